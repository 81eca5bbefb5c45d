"""The sentences of the page: errors and refusals as the command line writes them, and the result of a save."""

from __future__ import annotations

import os
import re
from collections.abc import Iterator, Mapping, Sequence
from pathlib import Path

from l10n_flow import interface
from l10n_flow.editing import Action, Edit, Outcome, Status
from l10n_flow.messages import Message
from l10n_flow.model import Severity
from l10n_flow.review.page.model import ReviewUnit
from l10n_flow.scripts import is_chinese

DONE = frozenset({Status.SAVED, Status.UNCHANGED})
_DONE: Mapping[Action, Message] = {
    Action.SAVE: Message("Saved."),
    Action.NEEDS_EDITING: Message("Saved; it needs editing."),
    Action.APPROVE: Message("Approved."),
    Action.UNAPPROVE: Message("Your approval is taken back."),
    Action.REJECT: Message("Rejected."),
    Action.NOTE: Message("The note is added."),
    Action.RESOLVE: Message("The note is resolved."),
    Action.IGNORE: Message("Ignored from now on."),
    Action.UNIGNORE: Message("No longer ignored."),
    Action.JOIN: Message("Joined to the unit before it."),
    Action.UNJOIN: Message("No longer joined."),
    Action.REVERT: Message("As converted again."),
    Action.UNDO: Message("Undone."),
}
_UNCHANGED = Message("Nothing to save: it is so already.")
_WITHDRAWN = Message("The approval is withdrawn, for the text has changed.")
_WITH_TEXT = frozenset({Action.SAVE, Action.NEEDS_EDITING, Action.APPROVE, Action.REVERT})
#: Their findings repeat the state, which the card shows.
_OF_STATE = frozenset({"untranslated", "fuzzy"})

_ENDED = re.compile(r"[.!?…:。！？：][”’」』)）]?$")
_WORD = re.compile(r"[a-z]+(?=[\s,;']|$)")


def sentence(text: str, language: str) -> str:
    """A message in the reader's language, with a capital letter and a full stop; "" stays so.

    A message that begins with a name or a path keeps its first letter.
    """
    said = interface.speaker(language)(text).strip()
    if not said:
        return ""
    if _WORD.match(said):
        said = said[0].upper() + said[1:]
    if _ENDED.search(said):
        return said
    return said + ("。" if is_chinese(language) and not said.isascii() else ".")


def without_root(text: str, root: Path) -> str:
    """A message with paths relative to the project's folder, for readers need not know where that is."""
    beginning = f"{root}{os.sep}"
    return text.replace(beginning, "") if beginning in text else text


def result_of_edit(edit: Edit, outcome: Outcome, unit: ReviewUnit, *more: Message) -> Message:
    """The message after an edit that was saved, or that changed nothing.

    ``unit`` is as it is now; ``more`` are further sentences.
    """
    said = _DONE[edit.action] if outcome.status is Status.SAVED else _UNCHANGED
    for sentence in (*_consequences(edit, outcome, unit), *more):
        said = Message("{told} {more}", told=said, more=sentence)
    return said


def _consequences(edit: Edit, outcome: Outcome, unit: ReviewUnit) -> Iterator[Message]:
    if edit.action not in _WITH_TEXT:
        return
    if outcome.before is not None and outcome.before.signatures.approved and not unit.signatures.approved:
        yield _WITHDRAWN
    found = [each.severity for each in unit.findings if not each.ignored and each.rule not in _OF_STATE]
    if errors := found.count(Severity.ERROR):
        yield Message("Errors to look at: {n}.", n=errors)
    elif warnings := found.count(Severity.WARNING):
        yield Message("Findings to look at: {n}.", n=warnings)


def result_of_approvals(outcomes: Sequence[Outcome], found: int = 0) -> Message:
    """How many units were approved, ``found`` of them with findings; how many were not, for each reason."""
    reasons = [outcome.message for outcome in outcomes if outcome.status not in DONE]
    said = Message("Approved: {n:,}.", n=len(outcomes) - len(reasons))
    if found:
        said = Message("{told} {more}", told=said, more=Message("With findings to look at: {n:,}.", n=found))
    for why in dict.fromkeys(reasons):
        more = Message("Not approved: {n:,} ({why}).", n=reasons.count(why), why=why)
        said = Message("{told} {more}", told=said, more=more)
    return said
