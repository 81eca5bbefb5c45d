"""Write a catalogue again: only the text of changed entries is made again.

With a seal or two on each of 5,000 entries, writing and reading all of them takes longer than the rest of a save.
"""

from __future__ import annotations

from collections.abc import Collection, Iterator, Sequence
from dataclasses import replace
from pathlib import Path

from l10n_flow.catalogue.entry import settled
from l10n_flow.catalogue.store import Catalogue, all_settled, dumps, encoded, head_of, verified
from l10n_flow.catalogue.writer import BETWEEN, text_of
from l10n_flow.model import Key

#: The text of the header entry and of each entry, in the order of the file.
Pieces = tuple[str, ...]


def pieces_of(catalogue: Catalogue, path: Path) -> Pieces:
    """Return the pieces of a whole catalogue, after a check that they are read back as the same catalogue.

    Raises:
        FaultError: as ``store.verified``.
    """
    meant = all_settled(catalogue)
    text = dumps(meant)
    verified(encoded(text, path), path, meant)
    return tuple(text.removesuffix("\n").split(BETWEEN))


def renewed(pieces: Pieces, catalogue: Catalogue, changed: Collection[Key], path: Path) -> Pieces:
    """Return the pieces of a catalogue with the same keys in the same order, after changes of some live entries.

    The header may have changed, too. New pieces are read back as a check, as ``store.write`` does for a whole file.

    Raises:
        FaultError: as ``store.verified``.
    """
    part = replace(catalogue, entries={key: settled(catalogue.entries[key]) for key in changed}, obsolete={})
    verified(encoded(dumps(part), path), path, part)
    fresh = {key: text_of(entry) for key, entry in part.entries.items()}
    live = [fresh.get(key, piece) for key, piece in zip(catalogue.entries, pieces[1:], strict=False)]
    return (text_of(head_of(catalogue)), *live, *pieces[1 + len(live) :])


def joined(pieces: Sequence[str]) -> str:
    """Return the text of a file."""
    return BETWEEN.join(pieces) + "\n"


def lines_of(pieces: Pieces, numbers: Collection[int]) -> Iterator[tuple[int, int]]:
    """Return the numbers of some live pieces with the 1-based line of their msgctxt or msgid, below the comments."""
    line = 1
    for number, piece in enumerate(pieces):
        if number in numbers:
            yield number, line + sum(1 for each in piece.split("\n") if each.startswith("#"))
        line += piece.count("\n") + len(BETWEEN)
