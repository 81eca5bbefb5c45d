"""What a conversion changed, span by span, and the rule that made each change."""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Sequence
from enum import StrEnum
from functools import cache
from typing import NamedTuple

from l10n_flow.conversion.matching import Piece, composed


class Rule(StrEnum):
    """What made a change, the strongest first."""

    TERM = "term"
    VOCABULARY = "vocabulary"
    CORRECTION = "correction"
    PHRASE = "phrase"
    DICTIONARY = "dictionary"
    PUNCTUATION = "punctuation"


_RULES = frozenset(Rule)
#: What decides besides OpenCC: the corrections, and the words around an ambiguous character.
_OURS = frozenset(("corrections", "readings"))


class Change(NamedTuple):
    """A change.

    Attributes:
        start, end: the span in the source text.
        before: what stands there.
        target_start, target_end: the span in the converted text.
        after: what stands there.
        rule: what made the change.
        by: the dictionaries that had a say, in order, or the rule of punctuation.
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
    """The changes that pieces of a text make, in order; pieces that change nothing are passed over."""
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
    """Two sets of pieces as one, ``second`` over what ``first`` made of the text; gaps stay gaps."""
    if not second:
        return list(first)
    apart = _apart(first, second)
    if apart is not None:
        return apart
    ours, theirs, between = _cuts(text, first, second)
    whole = composed(_filled(text, first, ours), _filled(between, second, theirs))
    return [piece for piece in whole if piece.dictionaries]


def _apart(first: Sequence[Piece], second: Sequence[Piece]) -> list[Piece] | None:
    """The pieces of both in order, if none of one touches any of the other."""
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
    """Where either set of pieces begins or ends, in the text and in what ``first`` made of it; and that itself."""
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
    """Pieces that cover the text: what lay between them is kept, cut at the places given."""
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
