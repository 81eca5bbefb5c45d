"""A compiled chain: the results of ``matching.py``, many times faster.

For nearly every word of the dictionaries, the result is the same as for its characters one by one: such a word is not
needed, and a text without any *other* word (an effective one) is converted by a table of characters. Each effective
word contains a pair of neighbouring characters by which it is found; one of the two is a *trigger*. A text is searched
for triggers. Where the pair occurs, the chain itself converts a window around it, and the table converts the rest.

A window extends on both sides to the next *border*: two neighbours that are adjacent in no word of any stage, whatever
the earlier stages may have made of them. No match crosses a border, so each window can be converted by itself. This is
also true of the algorithm of opencc-python-reimplemented, which only splits differently between borders.
"""

from __future__ import annotations

import re
from collections.abc import Callable, Container, Iterable, Iterator, Mapping
from functools import cache, cached_property
from typing import TYPE_CHECKING, NamedTuple

from l10n_flow.conversion.matching import IDS_LONGEST, IDS_PARTS, Piece, ids_end

if TYPE_CHECKING:
    from l10n_flow.conversion.deciding import Decider

Convert = Callable[[str], str]
Trace = Callable[[str], list[Piece]]
#: The source of a piece that was decided by weighing.
DECIDED = "readings"

#: After this number of characters a converter makes the faster table: for a short text, that would take longer.
_FEW = 5_000
#: The number of pieces that are joined at once: a piece takes ten times the memory of its characters.
_MANY = 10_000
#: The Basic Multilingual Plane: characters beyond it are rare, and are looked up one by one.
_PLANE = 0x10000
_BEYOND = "\U00010000-\U0010ffff"
_START = re.Match.start


class Tables(NamedTuple):
    """Tables computed from a chain in advance; plain data, so that they can be stored on disk.

    Attributes:
        characters: the result for a character by itself, if it changes.
        always: characters that the chain itself must convert.
        triggers: characters of effective words.
        pairs: neighbours by which an effective word is found.
        inside: neighbours that are adjacent in a word.
        words: effective words and their results when nothing joins them to their neighbours.
        ambiguous: characters whose result depends on the words around them.
        whole: words with such a character that are converted as a whole, whatever the result of the character alone.
    """

    characters: Mapping[str, str]
    always: frozenset[str]
    triggers: frozenset[str]
    pairs: frozenset[str]
    inside: frozenset[str]
    words: Mapping[str, str]
    ambiguous: frozenset[str]
    whole: frozenset[str]


def table(characters: Mapping[str, str]) -> list[int | str]:
    """Return the table of the plane for ``str.translate``; numbers where possible, which are faster."""
    found: list[int | str] = list(range(_PLANE))
    for char, after in characters.items():
        if ord(char) < _PLANE:
            found[ord(char)] = ord(after) if len(after) == 1 else after
    return found


class _Met(dict[int, int | str]):
    """The same table for the characters that have occurred so far."""

    def __init__(self, characters: Mapping[str, str]) -> None:
        self._characters = characters

    def __missing__(self, ordinal: int) -> int | str:
        after = self[ordinal] = self._characters.get(chr(ordinal), ordinal) if ordinal < _PLANE else ordinal
        return after


class Compiled:
    """A converter made of tables and the slow conversion of the chain. Immutable; any number of threads may use it.

    Args:
        tables: the tables of the chain.
        exact: the conversion of the chain.
        trace: the same conversion, with the source of each change.
        decider: makes the decider of ambiguous characters when a text first contains one; None: nothing decides.
    """

    def __init__(
        self, tables: Tables, exact: Convert, trace: Trace, decider: Callable[[], Decider] | None = None
    ) -> None:
        self._make_decider = decider
        self._ambiguous = tables.ambiguous if decider else frozenset[str]()
        self._characters, self._words = tables.characters, tables.words
        self._exact = exact
        self._trace = trace
        self._said_by = cache(lambda char: trace(char)[0].dictionaries)
        self._table: _Met | list[int | str] = _Met(tables.characters)
        self._left = _FEW
        self._always = tables.always | IDS_PARTS.keys()
        self._pairs, self._inside = tables.pairs, tables.inside
        self._looked_for = tables.triggers | self._always | self._ambiguous
        self._find: Callable[[str], Iterable[int]] = self._one_by_one

    @cached_property
    def decider(self) -> Decider | None:
        """The decider of ambiguous characters, if there is one."""
        return self._make_decider() if self._make_decider else None

    def _prepare(self, size: int) -> None:
        """Make the faster table and search after a certain amount of text."""
        self._left -= size
        if self._left < 0 and isinstance(self._table, _Met):
            self._find = _search(self._looked_for)
            self._table = table(self._characters)

    def _one_by_one(self, text: str) -> Iterator[int]:
        looked_for = self._looked_for
        return (at for at, char in enumerate(text) if char in looked_for or char >= _BEYOND[0])

    def __call__(self, text: str) -> str:
        """Return the conversion of a text."""
        if text.isascii():
            return text
        done, parts = 0, list[str]()
        whole: list[str] = []
        for start, end, decided in self._windows(text):
            if len(parts) > _MANY:
                whole.append("".join(parts))
                parts.clear()
            if start > done:
                parts.append(text[done:start].translate(self._table))
            window = text[start:end]
            parts.append(decided or self._known(window) or self._exact(window))
            done = end
        if not done:
            return text.translate(self._table)
        return "".join((*whole, *parts, text[done:].translate(self._table)))

    def _known(self, window: str) -> str | None:
        """Return the result of a span that needs no dictionary: a frequent word, or a single character; else None."""
        return self._characters.get(window, window) if len(window) == 1 else self._words.get(window)

    def pieces(self, text: str, characters: Container[str] | None = None) -> Iterator[Piece]:
        """Yield the places of a text where a word of a dictionary decides, or where a single character changes.

        They are in order; the text between them does not change.

        Args:
            text: the text to be converted.
            characters: the characters to report where they change by themselves; None: all.
        """
        done = 0
        for start, end, decided in (*self._windows(text), (len(text), len(text), None)):
            for at, char, after in self._changed(text[done:start], done):
                if characters is None or char in characters:
                    yield Piece(at, at + 1, after, self._said_by(char))
            if decided:
                yield Piece(start, end, decided, (DECIDED,))
            else:
                for piece in self._trace(text[start:end]):
                    if piece.dictionaries:
                        yield piece.moved(start)
            done = end

    def _changed(self, text: str, offset: int) -> Iterator[tuple[int, str, str]]:
        """Yield the characters that the table changes: their places, and their results."""
        after = text.translate(self._table)
        single: Iterable[str] = after if len(after) == len(text) else map(self._single, text)
        for at, (char, now) in enumerate(zip(text, single, strict=True), offset):
            if char != now:
                yield at, char, now

    def has_words(self, text: str) -> bool:
        """Whether a word decides anything in a text: faster than the pieces."""
        return next(self._windows(text), None) is not None

    def border(self, text: str) -> int:
        """Return the last place between two characters that no word joins; the end of the text if there is none."""
        from l10n_flow.conversion.runs import REACH  # noqa: PLC0415 - start-up

        places = range(len(text) - 1, 0, -1)
        return next((at for at in places if self._is_border(text, at, REACH + 2)), len(text))

    def _is_border(self, text: str, at: int, reach: int) -> bool:
        described = IDS_PARTS.keys() & set(text[max(0, at - IDS_LONGEST) : at])
        near = text[max(0, at - reach) : at + reach]
        return not described and self._ambiguous.isdisjoint(near) and text[at - 1 : at + 1] not in self._inside

    def _single(self, char: str) -> str:
        return char.translate(self._table)

    def _windows(self, text: str) -> Iterator[tuple[int, int, str | None]]:
        """Yield the spans that the chain itself must convert, and the characters that are decided, with results."""
        pairs, inside, always, ambiguous = self._pairs, self._inside, self._always, self._ambiguous
        self._prepare(len(text))
        done = 0
        for at in self._find(text):
            if at < done:
                continue
            char = text[at]
            if char in ambiguous and (decided := self._decided(text, at)) is not None:
                yield at, at + 1, decided
                done = at + 1
                continue
            if not (
                text[at : at + 2] in pairs
                or (at and text[at - 1 : at + 1] in pairs)
                or char in always
                or char >= _BEYOND[0]
            ):
                continue
            start, end = at, ids_end(text, at)
            while start > done and text[start - 1 : start + 1] in inside:
                start -= 1
            while text[end - 1 : end + 1] in inside and self._decided(text, end) is None:
                end = ids_end(text, end)
            yield start, end, None
            done = end

    def _decided(self, text: str, at: int) -> str | None:
        return self.decider(text, at) if self.decider and text[at] in self._ambiguous else None


def _search(characters: Iterable[str]) -> Callable[[str], Iterable[int]]:
    """Return a function that finds these characters, and all characters beyond the plane, in a text."""
    plane = sorted(char for char in characters if ord(char) < _PLANE)
    # One range for all characters beyond: a class that lists such characters is a hundred times slower.
    find = re.compile(f"[{''.join(map(re.escape, plane))}{_BEYOND}]").finditer
    return lambda text: map(_START, find(text))
