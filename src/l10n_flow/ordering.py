"""Merge the order of two versions of a list; the result does not depend on which side is called ours."""

from __future__ import annotations

from collections.abc import Callable, Hashable, Sequence
from typing import Any, TypeVar

_T = TypeVar("_T", bound=Hashable)


def merged_order(base: Sequence[_T], ours: Sequence[_T], theirs: Sequence[_T], rank: Callable[[_T], Any]) -> list[_T]:
    """Merge two lists into one order; each list has a member once.

    The members of both lists have the order of the side that changed it. A member of only one list stays after the
    member that it follows there.

    Args:
        base: the common ancestor.
        ours: one side.
        theirs: the other side.
        rank: the sort key when nothing else decides.
    """
    common = set(ours) & set(theirs)
    spine = _spine(base, [each for each in ours if each in common], [each for each in theirs if each in common], rank)
    runs: dict[_T | None, list[list[_T]]] = {}
    for row in (ours, theirs):
        anchor: _T | None = None
        run: list[_T] = []
        for each in row:
            if each in common:
                runs.setdefault(anchor, []).append(run)
                anchor, run = each, []
            else:
                run.append(each)
        runs.setdefault(anchor, []).append(run)
    found: list[_T] = []
    for place in (None, *spine):
        found += [] if place is None else [place]
        for run in sorted(runs.get(place, ()), key=lambda run: [rank(each) for each in run]):
            found += run
    return found


def _spine(base: Sequence[_T], ours: list[_T], theirs: list[_T], rank: Callable[[_T], Any]) -> list[_T]:
    known, common = set(base), set(ours)
    before = [each for each in base if each in common]
    moved = [each for each in (ours, theirs) if [one for one in each if one in known] != before]
    return moved[0] if len(moved) == 1 else min(ours, theirs, key=lambda row: [rank(each) for each in row])
