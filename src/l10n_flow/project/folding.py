"""Fold texts for searching: case is ignored, and each Chinese script finds the other."""

from __future__ import annotations

import re
from collections.abc import Iterator, Sequence
from functools import cache

from l10n_flow.conversion import Converter, Punctuation
from l10n_flow.model import Span


class _Table(dict[int, str]):
    """A table for ``str.translate``; a character is added when it first occurs.

    Text is folded by single characters, never by words, so that every part of a text can be found.
    """

    def __init__(self) -> None:
        self._converter = Converter("t2s", Punctuation.KEEP)

    def __missing__(self, code: int) -> str:
        folded = self[code] = self._converter.convert_block([chr(code)])[0].casefold()
        return folded


@cache
def _table() -> _Table:
    return _Table()


def fold(text: str) -> str:
    """Return a text for comparison: in Simplified characters, case-folded."""
    return text.translate(_table())


_QUOTED = re.compile(r'"([^"]+)"|(\S+)')


def words_of(query: str) -> tuple[str, ...]:
    """Return the words of a query, folded, each once; a text in straight quotation marks is one word."""
    found = (fold((quoted or word).strip()) for quoted, word in _QUOTED.findall(query))
    return tuple(dict.fromkeys(word for word in found if word))


def has_all(words: Sequence[str], *folded: str) -> bool:
    """Whether each word is in one of these folded texts, in any order."""
    return all(any(word in text for text in folded) for word in words)


def places(words: Sequence[str], text: str) -> tuple[Span, ...]:
    """Return the spans of the words in an unfolded text, in order."""
    folded = fold(text)
    if len(folded) == len(text):
        starts: Sequence[int] = range(len(text) + 1)
    else:  # folding made several characters of one (ß)
        starts = [place for place, char in enumerate(text) for _ in fold(char)] + [len(text)]
    return tuple(
        sorted({span for word in words for span in _each(word, folded, starts)}, key=lambda s: (s.start, s.end))
    )


def _each(word: str, folded: str, starts: Sequence[int]) -> Iterator[Span]:
    place = folded.find(word)
    while place >= 0:
        yield Span(starts[place], starts[place + len(word) - 1] + 1)
        place = folded.find(word, place + len(word))
