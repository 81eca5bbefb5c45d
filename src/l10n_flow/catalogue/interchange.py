"""Convert catalogues to and from polib's objects, which other Python programs use; the only module that imports polib.

We have our own reader and writer because polib reads damaged files without an error (docs/file-formats.md).
"""

from __future__ import annotations

from collections.abc import Iterable

from polib import POEntry, POFile

from l10n_flow.catalogue import seals
from l10n_flow.catalogue.ends import agreeing
from l10n_flow.catalogue.entry import Entry, comment_lines
from l10n_flow.catalogue.store import Catalogue, head_of
from l10n_flow.locales import validate
from l10n_flow.model import Key


def to_polib(catalogue: Catalogue) -> POFile:
    """Return a catalogue as a ``polib.POFile``; changes of it do not change the catalogue."""
    made = POFile(encoding="utf-8", wrapwidth=0)
    made.metadata = dict(catalogue.header)
    made.header = "\n".join(head_of(catalogue).comments)
    made.extend(entry_to_polib(entry) for entry in catalogue.entries.values())
    made.extend(entry_to_polib(entry, obsolete=True) for entry in catalogue.obsolete.values())
    return made


def from_polib(entries: Iterable[POEntry], locale: str) -> Catalogue:
    """Return a catalogue of the entries of a ``polib.POFile``; of two with the same key the last counts.

    Args:
        entries: the file itself, or any of its entries.
        locale: the gettext locale id of the catalogue.

    Raises:
        ConfigError: there is no such locale.
    """
    validate(locale)
    found = [(each, entry_from_polib(each)) for each in entries]
    return Catalogue(
        locale,
        dict(getattr(entries, "metadata", {})),
        getattr(entries, "header", ""),
        {entry.key: entry for each, entry in found if not each.obsolete},
        {entry.key: entry for each, entry in found if each.obsolete},
    )


def entry_to_polib(entry: Entry, *, obsolete: bool = False) -> POEntry:
    """Return one entry as an entry of polib."""
    previous = entry.previous
    return POEntry(
        msgid=entry.key.source,
        msgstr=entry.msgstr,
        msgctxt=entry.key.context,
        comment="\n".join(entry.kinds),
        tcomment="\n".join((*entry.comments, *map(str, entry.seals))),
        flags=["fuzzy"] if entry.fuzzy else [],
        previous_msgid=previous.source if previous else None,
        previous_msgctxt=previous.context if previous else None,
        obsolete=obsolete,
        linenum=entry.line,
    )


def entry_from_polib(each: POEntry) -> Entry:
    """Return an entry of polib as ours; plural forms and flags other than ``fuzzy`` are left out."""
    found, comments = seals.parse(each.tcomment)
    previous = None if each.previous_msgid is None else Key(each.previous_msgctxt, each.previous_msgid)
    return Entry(
        Key(each.msgctxt, each.msgid),
        agreeing(each.msgid, each.msgstr),
        "fuzzy" in each.flags,
        previous,
        comment_lines(each.comment),
        comments,
        found,
        each.linenum or 0,
    )
