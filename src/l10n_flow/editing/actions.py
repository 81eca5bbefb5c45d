"""What each action does to an entry, and the states in which the action is refused."""

from __future__ import annotations

import itertools
from collections.abc import Callable, Mapping
from dataclasses import dataclass
from typing import TypeAlias

from l10n_flow import catalogue as po
from l10n_flow.catalogue import Draft, Entry
from l10n_flow.catalogue import edit as entries
from l10n_flow.editing.model import Action, Conditions, Operation
from l10n_flow.editing.obstacles import Obstacle, to_approval, to_joining
from l10n_flow.editing.wellformed import fit
from l10n_flow.messages import Message
from l10n_flow.model import State, Translation


@dataclass(frozen=True, slots=True)
class Case:
    """An edit before it is applied.

    Attributes:
        operation, conditions: the edit, and the conditions under which it is applied.
        now: the unit before the edit.
        draft: the catalogue of the unit; it is only read.
        entry: the unit's entry.
    """

    operation: Operation
    conditions: Conditions
    now: Translation
    draft: Draft
    entry: Entry

    @property
    def text(self) -> str:
        return fit(self.operation.text or "", self.now.key.source)


#: The new entry, or one sentence with the reason why the action is refused.
Result: TypeAlias = Entry | Message

_SENTENCES: Mapping[Obstacle, Message] = {
    Obstacle.UNTRANSLATED: Message("there is no translation, or Chinese is left in it; it cannot be approved yet"),
    Obstacle.NEEDS_EDITING: Message("a text that needs editing cannot be approved; finish it first"),
    Obstacle.HAS_TEXT: Message("it has a text of its own; empty it first"),
    Obstacle.FIRST: Message("it is the first of its block, there is no unit before it to be joined to"),
}


def _save(case: Case) -> Result:
    return entries.set_text(case.entry, case.text, case.operation.name, case.operation.date)


def _needs_editing(case: Case) -> Result:
    if not case.text:
        return Message("there is no text that could need editing")
    return entries.set_needs_editing(case.entry, case.text)


def _approve(case: Case) -> Result:
    entry, operation = case.entry, case.operation
    if operation.text is not None and case.text and case.text == entry.msgstr:
        entry = entries.confirm(entry)  # the reviewer who approves a text is not its author
    elif operation.text is not None:
        entry = entries.set_text(entry, case.text, operation.name, operation.date)
    # The text may have been saved just now, so that the state is that of the new entry.
    obstacle = to_approval(po.translation(entry, case.draft.base.locale, derived=case.conditions.derived))
    if obstacle is not None:
        return _SENTENCES[obstacle]
    return (
        entry
        if entries.is_approved_by(entry, operation.name)
        else entries.approve(entry, operation.name, operation.date)
    )


def _unapprove(case: Case) -> Result:
    """Take back the approval of this person; a rejection removes the approvals of others."""
    approvers = [seal.name for seal in entries.signatures(case.entry).approved]
    if approvers and case.operation.name not in approvers:
        names = ", ".join(approvers)
        return Message("{name} has not approved it; it is approved by {names}", name=case.operation.name, names=names)
    return entries.unapprove(case.entry, case.operation.name)


def _reject(case: Case) -> Result:
    return entries.reject(case.entry) if case.now.target else Message("there is no text to reject")


def _note(case: Case) -> Result:
    return case.entry  # ``act`` adds the note, as for every action


def _resolve(case: Case) -> Result:
    operation = case.operation
    return entries.resolve(case.entry, operation.remark, operation.name, operation.date) or Message(
        "this note is no longer there"
    )


def _ignore(case: Case) -> Result:
    if not case.now.target:
        return Message("there is no text yet about which a rule could be wrong")
    if case.now.state is State.NEEDS_EDITING:
        return Message("finish the text first; then say what is to be ignored about it")
    return entries.ignore(case.entry, case.operation.rule, case.operation.note)


def _unignore(case: Case) -> Result:
    return entries.unignore(case.entry, case.operation.rule)


def _join(case: Case) -> Result:
    if case.now.joined:
        return case.entry
    obstacle = to_joining(case.now, case.entry, _before(case))
    if obstacle is not None:
        return _SENTENCES[obstacle]
    return entries.join(case.entry, case.operation.name, case.operation.date)


def _before(case: Case) -> Entry | None:
    """Return the entry before the unit's entry; None for the first."""
    pairs = itertools.pairwise(case.draft.entries.values())
    return next((before for before, entry in pairs if entry.key == case.now.key), None)


def _unjoin(case: Case) -> Result:
    return entries.unjoin(case.entry)


def _revert(case: Case) -> Result:
    conversion = case.conditions.conversion
    if conversion is None:
        return Message("this locale is not converted")
    return entries.revert(case.entry, conversion.text, conversion.name)


def _undo(case: Case) -> Result:
    """Return the entry before the edit with all its seals: nobody else has changed it in between."""
    before = case.conditions.undone
    if before is None:
        return Message("your last change of this unit is not the last one; its history has the earlier texts")
    return before._replace(kinds=case.entry.kinds, line=case.entry.line)


_ACTIONS: Mapping[Action, Callable[[Case], Result]] = {
    Action.SAVE: _save,
    Action.NEEDS_EDITING: _needs_editing,
    Action.APPROVE: _approve,
    Action.UNAPPROVE: _unapprove,
    Action.REJECT: _reject,
    Action.NOTE: _note,
    Action.RESOLVE: _resolve,
    Action.IGNORE: _ignore,
    Action.UNIGNORE: _unignore,
    Action.JOIN: _join,
    Action.UNJOIN: _unjoin,
    Action.REVERT: _revert,
    Action.UNDO: _undo,
}


def act(case: Case) -> Result:
    """Apply an edit: return the new entry with its note, or one sentence with the reason why it is refused."""
    made = _ACTIONS[case.operation.action](case)
    if isinstance(made, Message) or not case.operation.note or case.operation.action is Action.IGNORE:  # not a note
        return made
    add = entries.add_rejection if case.operation.action is Action.REJECT else entries.add_note
    return add(made, case.operation.name, case.operation.date, case.operation.note)
