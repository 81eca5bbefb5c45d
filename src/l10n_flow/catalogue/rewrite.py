"""A catalogue that was written before, written again: only the text of what changed since is made anew."""

from __future__ import annotations

import re
from collections.abc import Collection
from dataclasses import replace

from l10n_flow.catalogue.store import Catalogue, dumps
from l10n_flow.model import Key

_BETWEEN = "\n\n"  # none stands inside an entry: texts are quoted, and every line of a comment has its mark
_COMMENTS = re.compile(r"(?:#.*\n)*")


def dumps_changed(catalogue: Catalogue, changed: Collection[Key], pieces: list[str]) -> str:
    """The text that ``dumps`` gives, of a catalogue written before: only what changed since is written anew.

    With a seal or two on each of 5,000 entries, writing all of them takes longer than the rest of a save.

    Args:
        catalogue: with the same keys in the same order each time.
        changed: the live entries that changed since the time before; the header may have changed too.
        pieces: the header's and each entry's text; [] at first, and brought up to date here.
    """
    if not pieces:
        pieces[:] = _pieces(catalogue)
        return _BETWEEN.join(pieces) + "\n"
    part = {key: entry for key, entry in catalogue.entries.items() if key in changed}
    lines = {key: entry.linenum or 0 for key, entry in part.items()}
    header, *entries = _pieces(replace(catalogue, entries=part, obsolete={}))
    anew = dict(zip(part, entries, strict=True))
    shift = _put(pieces, 0, header)
    for place, (key, entry) in enumerate(catalogue.entries.items(), 1):
        if key not in anew:
            entry.linenum = (entry.linenum or 0) + shift
            continue
        entry.linenum = lines[key] + shift + _comments(anew[key]) - _comments(pieces[place])
        shift += _put(pieces, place, anew[key])
    return _BETWEEN.join(pieces) + "\n"


def _pieces(catalogue: Catalogue) -> list[str]:
    return dumps(catalogue).removesuffix("\n").split(_BETWEEN)


def _put(pieces: list[str], place: int, piece: str) -> int:
    """Put a piece in the place of another; by how many lines what follows it moves."""
    before, pieces[place] = pieces[place], piece
    return piece.count("\n") - before.count("\n")


def _comments(piece: str) -> int:
    """How many lines of comments an entry begins with; ``linenum`` is that of the line after them."""
    found = _COMMENTS.match(piece)
    return found[0].count("\n") if found else 0
