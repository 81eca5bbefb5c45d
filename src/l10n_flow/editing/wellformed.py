"""Check an edit without its unit: its texts, its names, and that nothing is missing."""

from __future__ import annotations

import re

from l10n_flow import checks, ids
from l10n_flow.catalogue import agreeing
from l10n_flow.catalogue import edit as entries
from l10n_flow.editing.model import Action, Edit, Operation
from l10n_flow.errors import ConfigError
from l10n_flow.messages import Message

MAX_TEXT = 20_000
MAX_NOTE = 2_000
MAX_NAME = 100
# Line feed and tab are text; all other control characters, and halves of surrogate pairs, are accidents or attacks.
#: The digits of a unit's id in a link or a form; the command line accepts fewer.
_DIGITS = 8
_FORBIDDEN = re.compile("[\x00-\x08\x0b-\x1f\x7f-\x9f\ud800-\udfff]")


def _lines(text: str) -> str:
    """Return a text with LF in place of the CRLF that browsers send."""
    return text.replace("\r\n", "\n")


def fit(text: str, source: str) -> str:
    """Return a text with the same line feeds at its ends as its source; "" for a text of blanks only."""
    text = _lines(text)
    return agreeing(source, text) if text.strip() else ""


def malformed(edit: Edit) -> str | None:
    """Return one sentence with the reason why an edit cannot be applied to any unit; None when it can."""
    if not ids.is_id(edit.unit) or len(edit.unit) < _DIGITS:
        return Message("{id} is no unit id: 8 or more hex digits", id=repr(edit.unit[:64]))
    return unfit(edit)


def unfit(operation: Operation) -> str | None:
    """Return one sentence with the reason why nobody can make this edit on any unit; None when it can be made."""
    for text, limit in ((_lines(operation.text or ""), MAX_TEXT), (_lines(operation.note), MAX_NOTE)):
        if (found := _FORBIDDEN.search(text)) is not None:
            code = f"U+{ord(found[0]):04X}"
            return Message("there is the control character {code} in it; take it out", code=code)
        if len(text) > limit:
            return Message("it has {n:,} characters; {limit:,} are allowed", n=len(text), limit=limit)
    if (operation.by or operation.action not in _NAMELESS) and not _can_sign(operation):
        return Message("the name or the date cannot stand in a seal; choose a plain name")
    return _incomplete(operation)


#: The actions that record no name.
_NAMELESS = frozenset({Action.IGNORE, Action.UNIGNORE})


def _can_sign(operation: Operation) -> bool:
    if len(operation.name) > MAX_NAME or _FORBIDDEN.search(operation.name):
        return False
    return entries.can_sign(operation.name, operation.date)


_WITH_TEXT = frozenset({Action.SAVE, Action.NEEDS_EDITING})
_WITH_NOTE = {
    Action.NOTE: Message("a note needs a text"),
    Action.REJECT: Message("say why in a note"),
    Action.IGNORE: Message("say why"),
}


def _incomplete(operation: Operation) -> str | None:
    if operation.action in _WITH_TEXT and operation.text is None:
        return Message("there is no text to save")
    if operation.text is not None and operation.action not in _WITH_TEXT | {Action.APPROVE}:
        return Message("this saves no text; save it first")
    if operation.action in _WITH_NOTE and not operation.note.strip():
        return _WITH_NOTE[operation.action]
    if operation.action is Action.IGNORE:
        try:
            checks.select_rules((operation.rule,), ())
        except ConfigError as error:
            return error.message
    return None
