"""The texts of a document for the search, so that a search opens only the documents in which it finds something."""

from __future__ import annotations

import json
from collections.abc import Iterator, Mapping, Sequence
from typing import NamedTuple

from l10n_flow.catalogue import Catalogue, edit
from l10n_flow.ids import short
from l10n_flow.model import Key, State
from l10n_flow.project.folding import fold, has_all
from l10n_flow.project.snapshot import Snapshot

_LINE, _FIELD, _NOTED = "\n", "\x01", "\x02"
_BLANKS = str.maketrans(dict.fromkeys((_LINE, _FIELD, _NOTED), " "))


class UnitText(NamedTuple):
    """A unit in a search result: its id, its source, and in each locale its target, state and notes."""

    id: str
    source: str
    targets: tuple[str, ...]
    states: tuple[State, ...]
    notes: tuple[tuple[str, ...], ...]


def texts_of(snapshot: Snapshot, catalogues: Mapping[str, Catalogue]) -> tuple[bytes, bytes]:
    """Return the texts of a document in two forms: one to search for words, one to show the results.

    Args:
        snapshot: the document.
        catalogues: its catalogues by locale, those of its editions at least.

    Returns:
        First, one folded line for each unit: its source, and for each locale its target and its notes. Second, the
        units as JSON, for ``units_of``.
    """
    ids = short(unit.key for unit in snapshot.document.units())
    folded, shown = [], []
    for key, name in ids.items():
        found = [edition.translations[key] for edition in snapshot.editions]
        notes = [_notes(catalogues[edition.locale.id], key) for edition in snapshot.editions]
        fields = [
            f"{_folded(each.target)}{_NOTED}{_folded(' '.join(noted))}"
            for each, noted in zip(found, notes, strict=True)
        ]
        folded.append(_FIELD.join([_folded(key.source), *fields]))
        shown.append([name, key.source, [each.target for each in found], [each.state.value for each in found], notes])
    return _LINE.join(folded).encode(), json.dumps(shown, ensure_ascii=False).encode()


def _folded(text: str) -> str:
    return fold(text).translate(_BLANKS)


def _notes(catalogue: Catalogue, key: Key) -> list[str]:
    entry = catalogue.entries.get(key)
    return [] if entry is None else [seal.text for seal in edit.signatures(entry).notes]


def units_of(shown: bytes) -> tuple[UnitText, ...] | None:
    """Read the units that ``texts_of`` wrote; None when the data is something else."""
    try:
        return tuple(
            UnitText(str(name), str(source), tuple(targets), tuple(map(State, states)), tuple(map(tuple, notes)))
            for name, source, targets, states, notes in json.loads(shown)
        )
    except (ValueError, TypeError, RecursionError):
        return None


def encoded(words: Sequence[str]) -> list[bytes]:
    """Encode words as in the first text of ``texts_of``; half a surrogate pair is never in it."""
    return [word.encode("utf-8", "surrogatepass") for word in words]


def places_in(folded: bytes, words: Sequence[str]) -> Iterator[tuple[int, Sequence[int]]]:
    """Find the units that contain all words.

    Args:
        folded: the first text of ``texts_of``.
        words: the words, folded.

    Yields:
        The number of a unit; then () when its source contains all words, else the numbers of the locales whose text
        contains them together with the source.
    """
    wanted = encoded(words)
    for number, line in enumerate(folded.split(_LINE.encode())):
        if not all(word in line for word in wanted):
            continue
        source, *fields = line.decode().split(_FIELD)
        if has_all(words, source):
            yield number, ()
        elif places := [place for place, each in enumerate(fields) if has_all(words, source, *each.split(_NOTED))]:
            yield number, places
