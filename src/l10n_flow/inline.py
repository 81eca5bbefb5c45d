"""Inline codes: the markup inside a unit's text, as its format finds it, and the same text read without them.

What is a code is for the formats to say (``documents.inline``). Sentences are cut, converted and checked in the plain
reading of a text, and what is found there is told in places of the text itself.
"""

from __future__ import annotations

from bisect import bisect_left, bisect_right
from collections.abc import Iterable, Sequence
from enum import StrEnum
from typing import NamedTuple

#: What stands in the plain reading for a code that stands for itself: Unicode's object replacement character.
OBJECT = "\ufffc"


class CodeRole(StrEnum):
    """Whether a code begins something, ends it, or stands for itself (XLIFF 2: ``sc``, ``ec``, ``ph``)."""

    OPENING = "opening"
    CLOSING = "closing"
    STANDALONE = "standalone"


class CodeKind(StrEnum):
    """What a code does, as far as a page can show it."""

    EMPHASIS = "emphasis"
    STRONG = "strong"
    STRUCK = "struck"
    CODE = "code"
    LINK = "link"
    IMAGE = "image"
    NOTE = "note"
    BREAK = "break"
    TAG = "tag"
    CHARACTER = "character"
    OTHER = "other"


class InlineCode(NamedTuple):
    """One piece of markup in a text (a named tuple, because there are many).

    Attributes:
        start, end: where it stands, a half-open range of code points.
        role: opening, closing or standalone. Those that open and close are balanced in a unit.
        kind: what it does.
        value: by what it is compared with those of a translation; of a link or an image its address.
        text: what is read in its place: "" for nothing, ``OBJECT``, or the character it writes.
    """

    start: int
    end: int
    role: CodeRole
    kind: CodeKind
    value: str = ""
    text: str = ""

    def moved(self, by: int) -> InlineCode:
        """The same code moved by a number of characters."""
        return self._replace(start=self.start + by, end=self.end + by)


class Plain:
    """The plain reading of a text, and the way back from its places to those of the text.

    Args:
        text: with its codes.
        codes: ascending, apart from one another.
        stand_in: what is read for a code that is an ``OBJECT``.
    """

    def __init__(self, text: str, codes: Sequence[InlineCode], stand_in: str = OBJECT) -> None:
        self.codes = codes
        #: For each code where it begins and ends in the plain reading.
        self._starts: list[int] = []
        self._ends: list[int] = []
        parts: list[str] = []
        done = length = 0
        for code in codes:
            read = stand_in if code.text == OBJECT else code.text
            parts += text[done : code.start], read
            length += code.start - done
            self._starts.append(length)
            length += len(read)
            self._ends.append(length)
            done = code.end
        self.text = "".join((*parts, text[done:]))

    def after(self, place: int) -> int:
        """Where in the text the character begins that the plain reading has at ``place``."""
        return self._text_place(place, bisect_right(self._ends, place))

    def before(self, place: int) -> int:
        """Where in the text the character ends that the plain reading has before ``place``."""
        if not place:
            return self._text_place(0, 0)
        number = bisect_left(self._ends, place)
        if number < len(self.codes) and self._starts[number] < place:
            return self.codes[number].end  # inside or at the end of a code that is read as something
        return self._text_place(place, number)

    def span(self, start: int, end: int) -> tuple[int, int]:
        """The stretch of the text that is read as ``[start:end]``; of nothing, the place before it."""
        first, last = self.after(start), self.before(end)
        return (first, last) if start < end else (last, last)

    def at(self, place: int) -> Sequence[InlineCode]:
        """The codes read as nothing between the character before a place and that behind it, in order."""
        low, high = bisect_left(self._ends, place), bisect_right(self._starts, place)
        return [code for code in self.codes[low:high] if not code.text]

    def _text_place(self, place: int, codes_before: int) -> int:
        """The text's place for one in the plain reading, behind so many codes."""
        if not codes_before:
            return place
        code = self.codes[codes_before - 1]
        return code.end + place - self._ends[codes_before - 1]

    def restored(self, text: str, changes: Iterable[tuple[int, int, str]], original: str) -> str:
        """The text with its plain reading changed and its codes as they were.

        Args:
            text: the plain reading as it was, which is ``self.text`` with ``OBJECT`` for a stand-in.
            changes: what of it is replaced by what: starts, ends and texts, ascending.
            original: the text with its codes.
        """
        parts: list[str] = []
        number = done = 0
        for start, end, after in (*changes, (len(text), len(text), "")):
            while number < len(self.codes) and (self._ends[number] <= start or self._starts[number] < start):
                parts += text[done : self._starts[number]], self._written(number, original)
                done = self._ends[number]
                number += 1
            parts.append(text[done:start])
            put = 0
            while number < len(self.codes) and self._starts[number] < end:
                # A code inside what changes: as many characters as stood before it stand before it still.
                share = max(put, min(len(after), self._starts[number] - start))
                parts.append(after[put:share])
                if not self.codes[number].text:  # else what it writes has changed
                    parts.append(self._written(number, original))
                put = share
                number += 1
            parts.append(after[put:])
            done = end
        return "".join(parts)

    def _written(self, number: int, original: str) -> str:
        code = self.codes[number]
        return original[code.start : code.end]


class Stretches:
    """What of a text is not to be cut: from a code that opens to the one that closes, and codes themselves.

    Args:
        codes: ascending, apart from one another.
    """

    def __init__(self, codes: Iterable[InlineCode]) -> None:
        self._starts: list[int] = []
        self._ends: list[int] = []
        depth = begun = 0
        for code in codes:
            if not depth:
                begun = code.start
            if code.role is not CodeRole.STANDALONE:
                depth = max(0, depth + (1 if code.role is CodeRole.OPENING else -1))
            if not depth:
                self._starts.append(begun)
                self._ends.append(code.end)

    def __contains__(self, place: int) -> bool:
        """Whether a cut at a place would go through one of them."""
        number = bisect_left(self._starts, place) - 1
        return number >= 0 and place < self._ends[number]
