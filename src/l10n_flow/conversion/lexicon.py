"""The frequencies of words in Simplified Chinese, and of characters in names: ``data/frequencies.txt``.

The file is read when a text first needs it, and the words of a first character when the character occurs: a sentence
needs few. Words are looked up in a text whose unambiguous characters are converted into Simplified.
"""

from __future__ import annotations

from collections.abc import Mapping
from functools import cache, cached_property
from typing import NamedTuple

from l10n_flow.conversion.rows import DATA

#: The cost of a character that is not a word.
UNKNOWN = 180
#: The number of digits of the offset of a line.
_PLACE = 7


class Entry(NamedTuple):
    """A word.

    Attributes:
        cost: minus ten times the natural logarithm of its share of all words.
        verb: whether it is a verb.
        person: whether it is the name of a person.
        word: its Simplified form; "" when it has no ambiguous character.
    """

    cost: int
    verb: bool
    person: bool
    word: str


class Lexicon:
    """The words by their first character.

    Attributes:
        pairs: neighbours in words in which an ambiguous character does not have its usual form.
        verbs: the verbs of one character.
    """

    def __init__(self, data: bytes) -> None:
        self._data, self._body = data, data.index(b"\n\n") + 2
        head = data[: self._body - 2].decode()
        self._head = dict(line.split("\t") for line in head.split("\n") if line[0] != "#")
        self._buckets: dict[str, tuple[Mapping[str, str], int]] = {}
        packed = self._head["pairs"]
        self.pairs = frozenset(map("".join, zip(packed[::2], packed[1::2], strict=True)))
        self.verbs = frozenset(self._head["verbs"])

    def bucket(self, first: str) -> tuple[Mapping[str, str], int]:
        """Return the words that begin with a character, and the length of the longest.

        For each word there are the characters after the first, and the value that :func:`entries` reads.
        """
        found = self._buckets.get(first)
        if found is None:
            parts = self._line(first).split()
            words = parts[::2]
            longest = 1 + max(map(len, words), default=0)
            found = self._buckets[first] = dict(zip(words, parts[1::2], strict=True)), longest
        return found

    def _line(self, first: str) -> str:
        """Return the line of a first character; "" if there is none."""
        at = self._head["line"].find(first)
        if at < 0:
            return ""
        start = self._body + int(self._head["line-places"][_PLACE * at : _PLACE * (at + 1)])
        return self._data[start : self._data.index(b"\n", start)].decode()

    def single(self, char: str) -> int:
        """Return the cost of a character as a word."""
        return self._column("single", char, UNKNOWN)

    def in_name(self, state: str, char: str, rare: int) -> int:
        """Return the cost of a character that begins (B), continues (M) or ends (E) a name; ``rare`` if none has it."""
        return self._column(f"name{state}", char, rare)

    @cached_property
    def surnames(self) -> frozenset[str]:
        """The characters with which a name begins."""
        return frozenset(self._head["nameB"])

    def _column(self, name: str, char: str, default: int) -> int:
        at = self._head[name].find(char)
        return int(self._head[f"{name}-costs"][3 * at : 3 * at + 3]) if at >= 0 else default


@cache
def entries(value: str) -> tuple[Entry, ...]:
    """Return the readings of a word, the most frequent first."""
    return tuple(map(_entry, value.split("|")))


def _entry(value: str) -> Entry:
    number, _, word = value.partition(":")
    return Entry(int(number.rstrip("vr")), number.endswith("v"), number.endswith("r"), word)


@cache
def lexicon() -> Lexicon:
    """Return the lexicon; the file is read once."""
    return Lexicon((DATA / "frequencies.txt").read_bytes())
