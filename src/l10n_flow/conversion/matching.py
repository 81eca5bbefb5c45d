"""OpenCC's algorithm, exactly: left to right, the longest word first, dictionary by dictionary, stage by stage.

Written after the C++ library 1.4 (``MaxMatchSegmentation``, ``Conversion``, ``DictGroup``): a text is normalised, cut
into segments by the words of the segmentation, and each segment goes through the stages by itself. What no dictionary
has is kept; an ideographic description sequence (U+2FF0 and following, which draws a character Unicode lacks) is kept
whole.

This is the definition; ``compiled.py`` gives the same answers many times faster.
"""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Mapping
from itertools import pairwise
from typing import TYPE_CHECKING, NamedTuple

if TYPE_CHECKING:
    from l10n_flow.conversion.dictionaries import Chain, Stage

#: How many parts each operator of an ideographic description sequence joins (Unicode 15, table 18-8; as OpenCC 1.4).
IDS_PARTS = dict.fromkeys(map(chr, range(0x2FF0, 0x2FFE)), 2) | {"⿲": 3, "⿳": 3, "\u2ffe": 1, "\u2fff": 1}
#: What is longer or nested deeper is no such sequence.
IDS_LONGEST, _IDS_DEEPEST = 64, 16


class Piece(NamedTuple):
    """A span of a text, what it became, and the dictionaries that had it, one for each stage that had."""

    start: int
    end: int
    after: str
    dictionaries: tuple[str, ...]

    def moved(self, by: int) -> Piece:
        """The same piece moved further on in a text."""
        return Piece(self.start + by, self.end + by, self.after, self.dictionaries)


def lengths(words: Iterable[str]) -> Mapping[str, tuple[int, ...]]:
    """First character of a word to the lengths of the words that begin with it, longest first."""
    found: dict[str, set[int]] = {}
    for word in words:
        found.setdefault(word[0], set()).add(len(word))
    return {first: tuple(sorted(known, reverse=True)) for first, known in found.items()}


def convert(chain: Chain, text: str) -> str:
    """The conversion of a text."""
    text = _through(chain.normalization, text)
    return "".join([_through(chain.stages, text[start:end]) for start, end in _segments(chain.segmentation, text)])


def _through(stages: Iterable[Stage], segment: str) -> str:
    for stage in stages:
        segment = joined(stage_pieces(stage, segment))
    return segment


def trace(chain: Chain, text: str) -> list[Piece]:
    """The conversion of a text span by span; the spans cover it in order, as short as the words that decided allow."""
    normal = _traced(chain.normalization, text, 0)
    between = joined(normal)
    segments = _segments(chain.segmentation, between)
    after = (piece for start, end in segments for piece in _traced(chain.stages, between[start:end], start))
    return list(composed(normal, after))


def _traced(stages: Iterable[Stage], segment: str, offset: int) -> list[Piece]:
    pieces = [Piece(at, at + 1, char, ()) for at, char in enumerate(segment, offset)]
    for stage in stages:
        pieces = list(composed(pieces, stage_pieces(stage, joined(pieces))))
    return pieces


def joined(pieces: Iterable[Piece]) -> str:
    """What the pieces became."""
    return "".join([piece.after for piece in pieces])


def composed(first: Iterable[Piece], second: Iterable[Piece]) -> Iterator[Piece]:
    """Two conversions as one: ``second`` covers what ``first`` made of the text."""
    left, right = iter(first), iter(second)
    reached = 0  # how much of the text between them the left pieces have made
    for piece in right:
        lefts: list[Piece] = []
        rights = [piece]
        while not lefts or reached != rights[-1].end:
            if reached < rights[-1].end:
                lefts.append(next(left))
                reached += len(lefts[-1].after)
            else:
                rights.append(next(right))
        names = (name for part in (*lefts, *rights) for name in part.dictionaries)
        yield Piece(lefts[0].start, lefts[-1].end, joined(rights), tuple(dict.fromkeys(names)))


def stage_pieces(stage: Stage, text: str) -> Iterator[Piece]:
    """One stage over one segment; the pieces cover it."""
    at, end = 0, len(text)
    while at < end:
        piece = _match(stage, text, at) or _unmatched(text, at)
        yield piece
        at = piece.end


def _match(stage: Stage, text: str, at: int) -> Piece | None:
    for dictionary in stage:
        for length in dictionary.lengths.get(text[at], ()):
            word = text[at : at + length]
            value = dictionary.entries.get(word)
            if value is not None:
                return Piece(at, at + len(word), value, (dictionary.origin(word),))
    return None


def _unmatched(text: str, at: int) -> Piece:
    end = ids_end(text, at)
    return Piece(at, end, text[at:end], ())


def ids_end(text: str, at: int) -> int:
    """Where the ideographic description sequence that begins here ends; one character further when it is none."""
    if text[at] not in IDS_PARTS:
        return at + 1
    wanted = [1]
    for place in range(at, min(len(text), at + IDS_LONGEST)):
        parts = IDS_PARTS.get(text[place], 0)
        wanted[-1] -= 1
        if parts:
            wanted.append(parts)
            if len(wanted) > _IDS_DEEPEST:
                break
        while wanted and not wanted[-1]:
            wanted.pop()
        if not wanted:
            return place + 1
    return at + 1


def _segments(words: Stage, text: str) -> Iterable[tuple[int, int]]:
    """Where the segments are: each word of the segmentation is one, and what lies between two words."""
    if not words:
        return ((0, len(text)),)
    borders = {0, len(text)}
    for piece in stage_pieces(words, text):
        if piece.dictionaries:
            borders.update(piece[:2])
    return pairwise(sorted(borders))
