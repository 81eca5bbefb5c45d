"""OpenCC's exact algorithm: left to right, the longest word first, dictionary by dictionary, stage by stage.

It follows the C++ library 1.4 (``MaxMatchSegmentation``, ``Conversion``, ``DictGroup``): a text is normalised, then
divided into segments by the words of the segmentation, and each segment passes through the stages by itself. Text that
no dictionary contains does not change. An ideographic description sequence (U+2FF0 and following, which describes a
character that Unicode does not have) does not change either.

This is the definition; ``compiled.py`` gives the same results many times faster.
"""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Mapping
from itertools import pairwise
from typing import TYPE_CHECKING, NamedTuple

if TYPE_CHECKING:
    from l10n_flow.conversion.dictionaries import Chain, Stage

#: The number of parts that each operator of an ideographic description sequence joins (Unicode 15, table 18-8).
IDS_PARTS = dict.fromkeys(map(chr, range(0x2FF0, 0x2FFE)), 2) | {"⿲": 3, "⿳": 3, "\u2ffe": 1, "\u2fff": 1}
#: Text that is longer or nested deeper does not count as such a sequence.
IDS_LONGEST, _IDS_DEEPEST = 64, 16


class Piece(NamedTuple):
    """A span of a text, its result, and the dictionaries that had a word for it, at most one of each stage."""

    start: int
    end: int
    after: str
    dictionaries: tuple[str, ...]

    def moved(self, by: int) -> Piece:
        """Return the piece at a later place of a text."""
        return Piece(self.start + by, self.end + by, self.after, self.dictionaries)


def lengths(words: Iterable[str]) -> Mapping[str, tuple[int, ...]]:
    """Return, for each first character, the lengths of the words that begin with it, longest first."""
    found: dict[str, set[int]] = {}
    for word in words:
        found.setdefault(word[0], set()).add(len(word))
    return {first: tuple(sorted(known, reverse=True)) for first, known in found.items()}


def convert(chain: Chain, text: str) -> str:
    """Return the conversion of a text."""
    text = _through(chain.normalization, text)
    return "".join([_through(chain.stages, text[start:end]) for start, end in _segments(chain.segmentation, text)])


def _through(stages: Iterable[Stage], segment: str) -> str:
    for stage in stages:
        segment = joined(stage_pieces(stage, segment))
    return segment


def trace(chain: Chain, text: str) -> list[Piece]:
    """Return the conversion of a text by spans; they cover it in order, and are as short as the words allow."""
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
    """Return the results of the pieces as one text."""
    return "".join([piece.after for piece in pieces])


def composed(first: Iterable[Piece], second: Iterable[Piece]) -> Iterator[Piece]:
    """Yield two conversions as one: ``second`` covers the result of ``first``."""
    left, right = iter(first), iter(second)
    reached = 0  # the length of the intermediate text from the left pieces so far
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
    """Yield the pieces of one stage for one segment; they cover it."""
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
    """Return the end of the ideographic description sequence that begins here; ``at`` + 1 when none begins."""
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
    """Return the spans of the segments: the words of the segmentation, and the text between them."""
    if not words:
        return ((0, len(text)),)
    borders = {0, len(text)}
    for piece in stage_pieces(words, text):
        if piece.dictionaries:
            borders.update(piece[:2])
    return pairwise(sorted(borders))
