"""The names of states, kinds and other ids on our pages; the ids are also used by the model and the style sheets."""

from __future__ import annotations

from collections.abc import Mapping
from functools import cache
from types import MappingProxyType

from l10n_flow import interface
from l10n_flow.messages import Message

_LABELS = {
    # states and origins
    "untranslated": Message("untranslated"),
    "needs-editing": Message("needs editing"),
    "translated": Message("translated"),
    "approved": Message("approved"),
    "stale": Message("stale"),
    "rejected": Message("rejected"),
    "joined": Message("joined"),
    "converted": Message("converted"),
    "copied": Message("copied"),
    "human": Message("by hand"),
    # blocks, and the credit of a caption
    "title": Message("Title"),
    "byline": Message("Byline"),
    "dateline": Message("Dateline"),
    "heading": Message("Heading"),
    "caption": Message("Caption"),
    "paragraph": Message("Paragraph"),
    "list-item": Message("List item"),
    "quotation": Message("Quotation"),
    "note": Message("Note in the text"),
    "table-cell": Message("Table cell"),
    "credit": Message("Credit"),
    # why a word was converted as it was
    "term": Message("term"),
    "vocabulary": Message("regional word"),
    "correction": Message("correction"),
    "phrase": Message("word of the dictionary"),
    # findings and filters
    "error": Message("error"),
    "warning": Message("warning"),
    "info": Message("remark"),
    "todo": Message("not ready"),
    "noted": Message("open notes"),
    # what was done to a unit, in its history
    "save": Message("saved"),
    "approve": Message("approved"),
    "unapprove": Message("approval withdrawn"),
    "reject": Message("rejected"),
    "note-added": Message("note added"),
    "resolve": Message("note resolved"),
    "ignore": Message("finding ignored"),
    "unignore": Message("finding no longer ignored"),
    "join": Message("joined"),
    "unjoin": Message("separated"),
    "revert-to-conversion": Message("back to the conversion"),
    "undo": Message("undone"),
    "fix": Message("fixed by a rule"),
    "merge": Message("source updated"),
    "restore": Message("restored"),
    "prune": Message("removed"),
    # people
    "translator": Message("translator"),
    "reviewer": Message("reviewer"),
}


@cache
def labels(locale: str) -> Mapping[str, str]:
    """Return the name of each id in the interface's language for readers of a locale."""
    say = interface.speaker(locale)
    return MappingProxyType({name: say(label) for name, label in _LABELS.items()})
