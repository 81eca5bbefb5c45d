"""What a conversion changed, span by span, and the rule that made each change."""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Sequence
from enum import StrEnum
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
            by = tuple(name for name in piece.dictionaries if name not in _RULES)
            yield Change(*piece[:2], before, target, end, piece.after, _rule(before, piece), by)


def _rule(before: str, piece: Piece) -> Rule:
    for rule in (Rule.TERM, Rule.VOCABULARY):
        if rule in piece.dictionaries:
            return rule
    if not _OURS.isdisjoint(piece.dictionaries):
        return Rule.CORRECTION
    if piece.dictionaries[0] == Rule.PUNCTUATION:
        return Rule.PUNCTUATION
    return Rule.PHRASE if len(before) > 1 else Rule.DICTIONARY


def merged(text: str, first: Sequence[Piece], second: Sequence[Piece]) -> list[Piece]:
    """Two sets of pieces as one, ``second`` over what ``first`` made of the text; gaps stay gaps."""
    if not second:
        return list(first)
    ours, theirs, between = _cuts(text, first, second)
    whole = composed(_filled(text, first, ours), _filled(between, second, theirs))
    return [piece for piece in whole if piece.dictionaries]


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
