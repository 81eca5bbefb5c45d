"""Texts made comparable for searching: without regard to case, and either Chinese script finds the other."""

from __future__ import annotations

import re
from collections.abc import Iterator, Sequence
from functools import cache

from l10n_flow.conversion import Converter, Punctuation
from l10n_flow.model import Span


class _Table(dict[int, str]):
    """For ``str.translate``, filled as characters are met.

    Character by character, never by words: so that whatever stands in a text is found by any part of it.
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
    """A text as it is compared: Simplified, case-folded."""
    return text.translate(_table())


_QUOTED = re.compile(r'"([^"]+)"|(\S+)')


def words_of(query: str) -> tuple[str, ...]:
    """The words that a query asks for, folded, each once; what stands in straight quotation marks is one."""
    found = (fold((quoted or word).strip()) for quoted, word in _QUOTED.findall(query))
    return tuple(dict.fromkeys(word for word in found if word))


def has_all(words: Sequence[str], *folded: str) -> bool:
    """Whether each word is in one of some folded texts, in whatever order."""
    return all(any(word in text for text in folded) for word in words)


def places(words: Sequence[str], text: str) -> tuple[Span, ...]:
    """Where the words stand in a text as it is written, in order."""
    folded = fold(text)
    if len(folded) == len(text):
        starts: Sequence[int] = range(len(text) + 1)
    else:  # a character that became several (ß)
        starts = [place for place, char in enumerate(text) for _ in fold(char)] + [len(text)]
    return tuple(
        sorted({span for word in words for span in _each(word, folded, starts)}, key=lambda s: (s.start, s.end))
    )


def _each(word: str, folded: str, starts: Sequence[int]) -> Iterator[Span]:
    place = folded.find(word)
    while place >= 0:
        yield Span(starts[place], starts[place + len(word) - 1] + 1)
        place = folded.find(word, place + len(word))
