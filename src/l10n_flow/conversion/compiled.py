"""A chain compiled: the answers of ``matching.py`` at many times its speed.

Nearly every word of the dictionaries becomes what its characters become one by one: such a word changes nothing, and a
text without any *other* word (an effective one) is converted by a table of characters. Each effective word gives away
a pair of neighbouring characters, one of them a *trigger*. So a text is searched for triggers; where the pair is there
too, the chain itself converts a window around it, and the table does the rest.

A window reaches on both sides to the next *border*: two neighbours that stand side by side inside no word of any stage,
whatever earlier stages may have made of them. No match crosses a border, so the windows can be converted by themselves.
The same holds for the algorithm of opencc-python-reimplemented, which only splits differently between borders.
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
#: What made a piece that was decided.
DECIDED = "readings"

#: After so many characters a converter makes what only pays for more text: start-up is half of a short one.
_FEW = 5_000
#: So many pieces of a conversion are joined at once: a piece takes ten times the memory of its characters.
_MANY = 10_000
#: The Basic Multilingual Plane: characters beyond it are rare, and looked up one by one.
_PLANE = 0x10000
_BEYOND = "\U00010000-\U0010ffff"
_START = re.Match.start


class Tables(NamedTuple):
    """Tables computed from a chain in advance; plain data, so that they can be stored on disk.

    Attributes:
        characters: what a character becomes by itself, where that is another.
        always: characters that the chain itself must convert.
        triggers: characters of effective words.
        pairs: neighbours that give an effective word away.
        inside: neighbours that stand side by side inside a word.
        words: effective words and what they become when nothing joins them to their neighbours.
        ambiguous: characters that the words around them decide.
        whole: words with such a character that are converted as a whole, whatever it is by itself.
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
    """What ``str.translate`` makes of each character of the plane; numbers where it can be, which are quicker."""
    found: list[int | str] = list(range(_PLANE))
    for char, after in characters.items():
        if ord(char) < _PLANE:
            found[ord(char)] = ord(after) if len(after) == 1 else after
    return found


class _Met(dict[int, int | str]):
    """The same for the characters met so far."""

    def __init__(self, characters: Mapping[str, str]) -> None:
        self._characters = characters

    def __missing__(self, ordinal: int) -> int | str:
        after = self[ordinal] = self._characters.get(chr(ordinal), ordinal) if ordinal < _PLANE else ordinal
        return after


class Compiled:
    """A converter made of tables and the chain's own, slow conversion. Immutable, for any number of threads.

    Args:
        tables: what is known of the chain.
        exact: its own conversion.
        trace: the same with what made each change.
        decider: makes what decides ambiguous characters, when a text first has one; without, nothing does.
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
        """What decides ambiguous characters, if anything does."""
        return self._make_decider() if self._make_decider else None

    def _prepare(self, size: int) -> None:
        """Make the quicker table and search, once there is more than a little text."""
        self._left -= size
        if self._left < 0 and isinstance(self._table, _Met):
            self._find = _search(self._looked_for)
            self._table = table(self._characters)

    def _one_by_one(self, text: str) -> Iterator[int]:
        looked_for = self._looked_for
        return (at for at, char in enumerate(text) if char in looked_for or char >= _BEYOND[0])

    def __call__(self, text: str) -> str:
        """The conversion of a text."""
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
        """What a span becomes that needs no dictionary: one of the usual words, or a character by itself."""
        return self._characters.get(window, window) if len(window) == 1 else self._words.get(window)

    def pieces(self, text: str, characters: Container[str] | None = None) -> Iterator[Piece]:
        """The places of a text where a word of a dictionary decides, or where a single character changes.

        In order; what lies between them stays as it is.

        Args:
            text: what is converted.
            characters: which to tell of, where they are changed by themselves; all without.
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
        """The characters that the table changes: where they are, and what they become."""
        after = text.translate(self._table)
        single: Iterable[str] = after if len(after) == len(text) else map(self._single, text)
        for at, (char, now) in enumerate(zip(text, single, strict=True), offset):
            if char != now:
                yield at, char, now

    def has_words(self, text: str) -> bool:
        """Whether a word decides anything in a text: quicker than asking for the pieces."""
        return next(self._windows(text), None) is not None

    def border(self, text: str) -> int:
        """The last place between two characters that no word joins; the end of the text if there is none."""
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
        """The spans that the chain itself must convert, and the characters that are decided, with what they become."""
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
    """What finds the places of characters, and of all beyond the plane, in a text."""
    plane = sorted(char for char in characters if ord(char) < _PLANE)
    # One range for all that lies beyond: a class that lists such characters is searched a hundred times slower.
    find = re.compile(f"[{''.join(map(re.escape, plane))}{_BEYOND}]").finditer
    return lambda text: map(_START, find(text))
