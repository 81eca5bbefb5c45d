"""Entries of catalogues, as tests write them: by polib's names, and polib's object is what they are made from."""

from __future__ import annotations

from collections.abc import Callable, Iterable
from dataclasses import replace

from polib import POEntry

from l10n_flow import catalogue as po
from l10n_flow.catalogue import Catalogue, Draft, Entry, seals
from l10n_flow.catalogue.interchange import entry_from_polib
from l10n_flow.catalogue.seals import Seal
from l10n_flow.editing import Action, Edit
from l10n_flow.model import Key


class Gone(Entry):
    """An entry that is to be obsolete."""


def unit(source: str, target: str = "", *, obsolete: bool = False, **fields) -> Entry:
    """An entry; ``comment``, ``tcomment``, ``flags``, ``previous_msgid`` … are polib's."""
    entry = entry_from_polib(POEntry(msgid=source, msgstr=target, **fields))
    return Gone(*entry) if obsolete else entry


def catalogue_of(*entries: Entry, locale: str = "en") -> Catalogue:
    """A catalogue of entries, those that are ``Gone`` being obsolete."""
    live = {entry.key: entry for entry in entries if not isinstance(entry, Gone)}
    obsolete = {entry.key: Entry(*entry) for entry in entries if isinstance(entry, Gone)}
    return replace(po.new_catalogue(locale, "x", "2026-11-23 10:00+0000"), entries=live, obsolete=obsolete)


def changed(found: Catalogue, *changes: Callable[[Draft], object]) -> Catalogue:
    """A catalogue after some changes."""
    draft = Draft(found)
    for change in changes:
        change(draft)
    return draft.done()


def comment_of(entry: Entry) -> str:
    """The translator comment, as polib has it."""
    return "\n".join((*entry.comments, *map(str, entry.seals)))


def compose(found: Iterable[Seal], others: Iterable[str]) -> str:
    """The translator comment of seals and other lines, as an entry is written."""
    return comment_of(Entry(Key(None, "x"), comments=tuple(others), seals=seals.ordered(found)))


def edit_for(document: str, locale: str, unit: str, action: Action, by: str, date: str, base: str = "", text: str | None = None,
             **more: str) -> Edit:  # fmt: skip
    """An edit of one unit, in the order in which one would say it."""
    return Edit(action, by, date, text, document=document, locale=locale, unit=unit, base=base, **more)
