"""The changes of a conversion, span by span, and the rule of each change."""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Sequence
from enum import StrEnum
from functools import cache
from typing import NamedTuple

from l10n_flow.conversion.matching import Piece, composed


class Rule(StrEnum):
    """The rule of a change, in order of precedence."""

    TERM = "term"
    VOCABULARY = "vocabulary"
    CORRECTION = "correction"
    PHRASE = "phrase"
    DICTIONARY = "dictionary"
    PUNCTUATION = "punctuation"


_RULES = frozenset(Rule)
#: What decides in addition to OpenCC: the corrections, and the words around an ambiguous character.
_OURS = frozenset(("corrections", "readings"))


class Change(NamedTuple):
    """A change.

    Attributes:
        start, end: the span in the source text.
        before: the text of this span.
        target_start, target_end: the span in the converted text.
        after: the text of that span.
        rule: the rule of the change.
        by: the dictionaries of the change, in order, or the rule of punctuation.
    """

    start: int
    end: int
    before: str
    target_start: int
    target_end: int
    after: str
    rule: Rule
    by: tuple[str, ...]


def changes(text: str, pieces: Iterable[Piece]) -> Iterator[Change]:
    """Yield the changes that pieces of a text make, in order; pieces that change nothing are skipped."""
    shift = 0
    for piece in pieces:
        before = text[piece.start : piece.end]
        target = piece.start + shift
        shift += len(piece.after) - len(before)
        if before != piece.after:
            end = target + len(piece.after)
            rule, by = _because(piece.dictionaries, len(before) > 1)
            yield Change(piece.start, piece.end, before, target, end, piece.after, rule, by)


@cache
def _because(dictionaries: tuple[str, ...], several: bool) -> tuple[Rule, tuple[str, ...]]:  # noqa: FBT001 - a cache's key
    return _rule(dictionaries, several=several), tuple(name for name in dictionaries if name not in _RULES)


def _rule(dictionaries: tuple[str, ...], *, several: bool) -> Rule:
    for rule in (Rule.TERM, Rule.VOCABULARY):
        if rule in dictionaries:
            return rule
    if not _OURS.isdisjoint(dictionaries):
        return Rule.CORRECTION
    if dictionaries[0] == Rule.PUNCTUATION:
        return Rule.PUNCTUATION
    return Rule.PHRASE if several else Rule.DICTIONARY


def merged(text: str, first: Sequence[Piece], second: Sequence[Piece]) -> list[Piece]:
    """Merge two sets of pieces; ``second`` has the text that ``first`` produces as its source; gaps remain gaps."""
    if not second:
        return list(first)
    apart = _apart(first, second)
    if apart is not None:
        return apart
    ours, theirs, between = _cuts(text, first, second)
    whole = composed(_filled(text, first, ours), _filled(between, second, theirs))
    return [piece for piece in whole if piece.dictionaries]


def _apart(first: Sequence[Piece], second: Sequence[Piece]) -> list[Piece] | None:
    """Return the pieces of both in order, if no piece of one touches a piece of the other."""
    found: list[Piece] = []
    shift = index = 0  # how much longer the text between is than the text so far
    for piece in first:
        start, end = piece.start + shift, piece.start + shift + len(piece.after)
        while index < len(second) and second[index].end <= start:
            found.append(second[index].moved(-shift))
            index += 1
        if index < len(second) and second[index].start < end:
            return None
        found.append(piece)
        shift += len(piece.after) - (piece.end - piece.start)
    return found + [piece.moved(-shift) for piece in second[index:]]


def _cuts(text: str, first: Sequence[Piece], second: Sequence[Piece]) -> tuple[set[int], set[int], str]:
    """Return the borders of both sets of pieces, in the text and in the result of ``first``; and that result."""
    ours, theirs, parts = {0, len(text)}, {0}, list[str]()
    marks = sorted({place for piece in second for place in piece[:2]})
    done = reached = index = 0
    for piece in (*first, Piece(len(text), len(text), "", ())):
        gap_end = reached + piece.start - done
        while index < len(marks) and marks[index] <= gap_end:
            if marks[index] >= reached:
                ours.add(marks[index] - reached + done)
            index += 1
        parts += text[done : piece.start], piece.after
        theirs.update((gap_end, gap_end + len(piece.after)))
        done, reached = piece.end, gap_end + len(piece.after)
    return ours, theirs, "".join(parts)


def _filled(text: str, pieces: Sequence[Piece], cuts: set[int]) -> Iterator[Piece]:
    """Yield pieces that cover the text: the text between the given ones is unchanged, and split at the cuts."""
    gaps = iter(sorted(cuts))
    done, cut = 0, next(gaps)
    for piece in (*pieces, Piece(len(text), len(text), "", ())):
        while done < piece.start:
            while cut <= done:
                cut = next(gaps, len(text))
            end = min(cut, piece.start)
            yield Piece(done, end, text[done:end], ())
            done = end
        if piece.end > piece.start:
            yield piece
        done = max(done, piece.end)
