"""The difference between two versions of a source text, for display."""

from __future__ import annotations

import re
from difflib import SequenceMatcher
from typing import Literal, NamedTuple

from l10n_flow import graphemes
from l10n_flow.scripts import HAN

#: The greatest number of pieces on one side (without common ends): a longer comparison takes more than linear time.
_LIMIT = 400
# One Han character, a word or number, or one other character.
_PIECE = re.compile(rf"{HAN}|[^\W_](?:(?!{HAN})[^\W_])*|.", re.DOTALL)


class DiffRun(NamedTuple):
    """A run of text in both versions, or in one of them."""

    kind: Literal["same", "del", "ins"]
    text: str


def changes(before: str, after: str) -> tuple[DiffRun, ...]:
    """Compare two versions by Han character or by word, in linear time; return their runs in one sequence."""
    old, new = (graphemes.together(_PIECE.findall(text)) for text in (before, after))
    head = _shared(old, new)
    tail = _shared(old[head:][::-1], new[head:][::-1])
    middle = _compare(old[head : len(old) - tail], new[head : len(new) - tail])
    edges = (DiffRun("same", "".join(new[:head])), DiffRun("same", "".join(new[len(new) - tail :])))
    return tuple(change for change in (edges[0], *middle, edges[1]) if change.text)


def _shared(old: list[str], new: list[str]) -> int:
    """Return the number of pieces at the start that both share."""
    pairs = zip(old, new, strict=False)
    return next((at for at, (one, other) in enumerate(pairs) if one != other), min(len(old), len(new)))


def _compare(old: list[str], new: list[str]) -> list[DiffRun]:
    """Return the changes between two lists that share neither their first nor their last piece."""
    if not old or not new or max(len(old), len(new)) > _LIMIT:
        return [DiffRun("del", "".join(old)), DiffRun("ins", "".join(new))]
    found: list[DiffRun] = []
    for tag, from_old, to_old, from_new, to_new in SequenceMatcher(None, old, new, autojunk=False).get_opcodes():
        if tag == "equal":
            found.append(DiffRun("same", "".join(new[from_new:to_new])))
        else:
            found += [DiffRun("del", "".join(old[from_old:to_old])), DiffRun("ins", "".join(new[from_new:to_new]))]
    return found
