"""What each action does to an entry, and the states in which it has nothing to do it to."""

from __future__ import annotations

import itertools
from collections.abc import Callable, Mapping
from dataclasses import dataclass

from l10n_flow import catalogue as po
from l10n_flow.catalogue import Catalogue
from l10n_flow.catalogue import edit as entries
from l10n_flow.catalogue.edit import Entry
from l10n_flow.messages import Message
from l10n_flow.model import State, Translation
from l10n_flow.workflow.editing.model import Action, Conditions, Edit
from l10n_flow.workflow.editing.obstacles import Obstacle, to_approval, to_joining
from l10n_flow.workflow.editing.wellformed import fit


@dataclass(frozen=True, slots=True)
class Case:
    """An edit about to be applied.

    Attributes:
        edit, conditions: what is wanted, and under which conditions.
        now: the unit before it.
        catalogue: only looked at.
        entry: a copy of the unit's entry; it alone changes.
    """

    edit: Edit
    conditions: Conditions
    now: Translation
    catalogue: Catalogue
    entry: Entry

    @property
    def text(self) -> str:
        return fit(self.edit.text or "", self.now.key.source)


_SENTENCES: Mapping[Obstacle, str] = {
    Obstacle.UNTRANSLATED: Message("there is no translation, or Chinese is left in it; it cannot be approved yet"),
    Obstacle.NEEDS_EDITING: Message("a text that needs editing cannot be approved; finish it first"),
    Obstacle.HAS_TEXT: Message("it has a text of its own; empty it first"),
    Obstacle.FIRST: Message("it is the first of its block, there is no unit before it to be joined to"),
}


def _save(case: Case) -> str | None:
    entries.set_text(case.entry, case.text, case.edit.name, case.edit.date)
    return None


def _needs_editing(case: Case) -> str | None:
    if not case.text:
        return Message("there is no text that could need editing")
    entries.set_needs_editing(case.entry, case.text)
    return None


def _approve(case: Case) -> str | None:
    if case.edit.text is not None and case.text and case.text == case.entry.msgstr:
        entries.confirm(case.entry)  # who approves what somebody else wrote has not written it
    elif case.edit.text is not None:
        _save(case)
    # The text may have been saved just now, so that the state is to be told of the entry as it has become.
    locale, derived = case.catalogue.locale, case.conditions.derived
    obstacle = to_approval(po.translation(case.now.key, case.entry, locale, derived=derived))
    if obstacle is not None:
        return _SENTENCES[obstacle]
    if not entries.is_approved_by(case.entry, case.edit.name):
        entries.approve(case.entry, case.edit.name, case.edit.date)
    return None


def _unapprove(case: Case) -> str | None:
    """One's own approval; that of others goes when the text is rejected."""
    entries.unapprove(case.entry, case.edit.name)
    return None


def _reject(case: Case) -> str | None:
    if not case.now.target:
        return Message("there is no text to reject")
    entries.reject(case.entry)
    return None


def _note(case: Case) -> str | None:
    del case  # ``act`` adds the note that any action is given
    return None


def _ignore(case: Case) -> str | None:
    if not case.now.target:
        return Message("there is no text yet about which a rule could be wrong")
    if case.now.state is State.NEEDS_EDITING:
        return Message("finish the text first; then say what is to be ignored about it")
    entries.ignore(case.entry, case.edit.rule, case.edit.note)
    return None


def _unignore(case: Case) -> str | None:
    entries.unignore(case.entry, case.edit.rule)
    return None


def _join(case: Case) -> str | None:
    if case.now.joined:
        return None
    obstacle = to_joining(case.now, case.entry, _before(case))
    if obstacle is not None:
        return _SENTENCES[obstacle]
    entries.join(case.entry, case.edit.name, case.edit.date)
    return None


def _before(case: Case) -> Entry | None:
    """The entry that stands before it; None for the first."""
    pairs = itertools.pairwise(case.catalogue.entries.items())
    return next((entry for (_, entry), (key, _) in pairs if key == case.now.key), None)


def _unjoin(case: Case) -> str | None:
    entries.unjoin(case.entry)
    return None


def _revert(case: Case) -> str | None:
    if case.conditions.conversion is None:
        return Message("this locale is not converted")
    entries.revert(case.entry, case.conditions.conversion.text, case.conditions.conversion.name)
    return None


_ACTIONS: Mapping[Action, Callable[[Case], str | None]] = {
    Action.SAVE: _save,
    Action.NEEDS_EDITING: _needs_editing,
    Action.APPROVE: _approve,
    Action.UNAPPROVE: _unapprove,
    Action.REJECT: _reject,
    Action.NOTE: _note,
    Action.IGNORE: _ignore,
    Action.UNIGNORE: _unignore,
    Action.JOIN: _join,
    Action.UNJOIN: _unjoin,
    Action.REVERT: _revert,
}


def act(case: Case) -> str | None:
    """Change a case's entry, and add the edit's note; why it cannot be done, in one sentence, or None."""
    refusal = _ACTIONS[case.edit.action](case)
    if case.edit.note and case.edit.action is not Action.IGNORE:  # of an ignore it is the reason
        add = entries.add_rejection if case.edit.action is Action.REJECT else entries.add_note
        add(case.entry, case.edit.name, case.edit.date, case.edit.note)
    return refusal
