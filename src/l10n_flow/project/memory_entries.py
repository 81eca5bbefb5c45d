"""The entries of the translation memory in the catalogues of a document, and their form in the index."""

from __future__ import annotations

import itertools
import json
from collections.abc import Iterable, Iterator, Mapping
from typing import TypeAlias

from l10n_flow import catalogue as po
from l10n_flow.catalogue import Catalogue, edit
from l10n_flow.index import table_of
from l10n_flow.memory import Entry
from l10n_flow.model import Origin, State, Translation

#: The entries of a document, by locale.
Entries: TypeAlias = Mapping[str, tuple[Entry, ...]]


def entries_of(catalogue: Catalogue, document: str, *, derived: bool) -> Iterator[Entry]:
    """Return the finished translations of people in a catalogue, obsolete entries included (docs/memory.md).

    Args:
        catalogue: the catalogue.
        document: the name of its document.
        derived: whether the texts of its locale are converted.
    """
    for entry in catalogue.every:
        if not entry.msgstr or entry.is_machine:
            continue
        translation = po.translation(entry, catalogue.locale, derived=derived)
        if _counts(translation):
            approved = translation.state is State.APPROVED
            yield Entry(entry.key.source, entry.msgstr, document, approved, _date(entry), entry.key.context)


def _counts(translation: Translation) -> bool:
    """Whether a person has translated the unit and it needs no editing."""
    finished = translation.state.rank >= State.TRANSLATED.rank
    return finished and translation.origin is Origin.HUMAN and not translation.joined


def _date(entry: po.Entry) -> str:
    """Return the date of the last seal that has one."""
    signed = edit.signatures(entry)
    return max((seal.date for seal in itertools.chain(signed.translated, signed.approved)), default="")


def entries_data(entries: Mapping[str, Iterable[Entry]]) -> bytes:
    """Write the entries of a document for the index; their origin is left out."""
    rows = {
        locale: [[each.source, each.target, int(each.approved), each.date, each.context] for each in found]
        for locale, found in entries.items()
    }
    return json.dumps(rows, ensure_ascii=False, separators=(",", ":")).encode("utf-8", "surrogatepass")


def read_entries(data: bytes, document: str) -> Entries | None:
    """Read the entries that ``entries_data`` wrote; None when the data is something else."""
    try:
        found: dict[str, list[list[object]]] = json.loads(data)
        return {locale: tuple(_read(rows, document)) for locale, rows in found.items()}
    except (ValueError, TypeError, AttributeError, RecursionError):
        return None


def _read(rows: list[list[object]], document: str) -> Iterator[Entry]:
    table_of([(source, target, approved, date) for source, target, approved, date, _ in rows], "ssns")
    for source, target, approved, date, context in rows:
        if not (context is None or isinstance(context, str)):
            raise TypeError(context)
        yield Entry(str(source), str(target), document, bool(approved), str(date), context)
