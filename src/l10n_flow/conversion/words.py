"""The project's own words: found in a text by longest match, before any dictionary is searched.

A word does not match within a run of Latin letters and digits, nor within a longer word of the list. It does not match
either where OpenCC's dictionaries have a word of at least its length that begins before it and overlaps it: there is
no 里長 in 公里長.
"""

from __future__ import annotations

import re
from collections.abc import Iterable, Iterator, Mapping, Set
from functools import cache
from typing import NamedTuple

from l10n_flow.conversion.matching import lengths
from l10n_flow.conversion.packages import Package


class Own(NamedTuple):
    """The replacement of a word, and its rule; ``after`` None: the dictionaries convert it."""

    after: str | None
    rule: str


class TermMatch(NamedTuple):
    """A word of the list in a text."""

    start: int
    end: int
    own: Own


class Words:
    """A list of words for searching. Immutable."""

    def __init__(self, entries: Mapping[str, Own]) -> None:
        self.entries = {word: own for word, own in entries.items() if word}
        self._lengths = lengths(self.entries)
        self._begins = {word[:2] for word in self.entries}
        self._find = re.compile("|".join(_beginnings(self.entries.keys()))).finditer if self.entries else None

    def find(self, text: str) -> Iterator[TermMatch]:
        """Yield the words in a text, in order, without overlaps; the leftmost wins, then the longest."""
        done = 0
        for candidate in self._find(text) if self._find else ():
            start = candidate.start()
            if start < done or not (text[start : start + 2] in self._begins or text[start] in self._begins):
                continue
            for length in self._lengths[text[start]]:
                end = start + length
                own = self.entries.get(text[start:end])
                if own is not None and end <= len(text) and not _is_cut(text, start, end):
                    yield TermMatch(start, end, own)
                    done = end
                    break


def _beginnings(words: Set[str]) -> Iterator[str]:
    """Yield patterns for the start of a word: a word of one character, or two characters that words begin with."""
    if single := {word for word in words if len(word) == 1}:
        yield _class(single)
    if longer := words - single:
        yield f"{_class({word[0] for word in longer})}(?={_class({word[1] for word in longer})})"


def _class(characters: Iterable[str]) -> str:
    return f"[{''.join(map(re.escape, sorted(characters)))}]"


NO_WORDS = Words({})


def _is_cut(text: str, start: int, end: int) -> bool:
    """Whether ``text[start:end]`` is part of a longer run of letters, or consists of parts of two words."""
    if _joins(text[start - 1 : start], text[start]) or _joins(text[end - 1], text[end : end + 1]):
        return True
    return start > 0 and text[start - 1] > "\u2e80" and _begins_earlier(text, start, end - start)


def _joins(left: str, right: str) -> bool:
    """Whether two neighbours belong to one run of letters and figures of a script with spaces."""
    return left.isalnum() and right.isalnum() and left < "\u2e80" and right < "\u2e80"


def _begins_earlier(text: str, start: int, length: int) -> bool:
    known, longest = _known_words()
    for earlier in range(max(0, start - longest + 1), start):
        for end in range(max(start + 1, earlier + length), min(len(text), earlier + longest) + 1):
            if text[earlier:end] in known:
                return True
    return False


@cache
def _known_words() -> tuple[frozenset[str], int]:
    """Return the Traditional words of OpenCC's phrase dictionaries, and the length of the frequent ones."""
    from l10n_flow.conversion import dictionaries  # noqa: PLC0415 - start-up

    names = ("STPhrases", "STPhrases_GeneratedFromRegionalPhrases")
    found = (dictionaries.dictionary(Package.CURRENT, f"{name}.txt").entries.values() for name in names)
    return frozenset(word for words in found for word in words if len(word) <= _COMMON), _COMMON


_COMMON = 4
