"""Inline codes: the markup inside a unit's text, found by its format, and the plain text without them.

The formats define the codes (``documents.inline``). Segmentation, conversion and checks use the plain text; ``Plain``
translates positions in the plain text into positions in the text.
"""

from __future__ import annotations

from bisect import bisect_left, bisect_right
from collections.abc import Iterable, Sequence
from enum import StrEnum
from typing import NamedTuple

#: The character for a standalone code in the plain text: Unicode's object replacement character.
OBJECT = "\ufffc"


class CodeRole(StrEnum):
    """Whether a code opens, closes, or is standalone (XLIFF 2: ``sc``, ``ec``, ``ph``)."""

    OPENING = "opening"
    CLOSING = "closing"
    STANDALONE = "standalone"


class CodeKind(StrEnum):
    """The meaning of a code, as far as a page can show it."""

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
        start, end: its half-open range of code points.
        role: opening, closing or standalone. Opening and closing codes are balanced in a unit.
        kind: its meaning.
        value: the value for the comparison with codes of a translation; for a link or an image its address.
        text: its text in the plain text: "", ``OBJECT``, or the character that it represents.
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


def plain_text(text: str, codes: Iterable[InlineCode], stand_in: str = OBJECT) -> str:
    """The plain reading of a text alone; the arguments are those of ``Plain``, which knows the places as well."""
    parts: list[str] = []
    done = 0
    for code in codes:
        parts += text[done : code.start], stand_in if code.text == OBJECT else code.text
        done = code.end
    return "".join((*parts, text[done:]))


class Plain:
    """The plain text of a text with codes, and the map from its positions to those of the text.

    Args:
        text: the text with its codes.
        codes: the codes in ascending order, without overlaps.
        stand_in: the text for a code with ``OBJECT``.
    """

    def __init__(self, text: str, codes: Sequence[InlineCode], stand_in: str = OBJECT) -> None:
        self.codes = codes
        #: For each code its start and end in the plain text.
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
        """Return the start, in the text, of the character that the plain text has at ``place``."""
        return self._text_place(place, bisect_right(self._ends, place))

    def before(self, place: int) -> int:
        """Return the end, in the text, of the character that the plain text has before ``place``."""
        if not place:
            return self._text_place(0, 0)
        number = bisect_left(self._ends, place)
        if number < len(self.codes) and self._starts[number] < place:
            return self.codes[number].end  # inside or at the end of a code with a plain text
        return self._text_place(place, number)

    def span(self, start: int, end: int) -> tuple[int, int]:
        """Return the range in the text of ``[start:end]`` in the plain text; if it is empty, the position before."""
        first, last = self.after(start), self.before(end)
        return (first, last) if start < end else (last, last)

    def at(self, place: int) -> Sequence[InlineCode]:
        """Return the codes without a plain text between the characters before and after a position, in order."""
        low, high = bisect_left(self._ends, place), bisect_right(self._starts, place)
        return [code for code in self.codes[low:high] if not code.text]

    def _text_place(self, place: int, codes_before: int) -> int:
        """Return the position in the text for one in the plain text, after so many codes."""
        if not codes_before:
            return place
        code = self.codes[codes_before - 1]
        return code.end + place - self._ends[codes_before - 1]

    def restored(self, text: str, changes: Iterable[tuple[int, int, str]], original: str) -> str:
        """Return the text with a changed plain text and unchanged codes.

        Args:
            text: the old plain text, which is ``self.text`` with ``OBJECT`` for a stand-in.
            changes: the replacements in it: start, end and new text, in ascending order.
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
                # A code inside a change keeps the number of characters before it.
                share = max(put, min(len(after), self._starts[number] - start))
                parts.append(after[put:share])
                if not self.codes[number].text:  # else the character that it represents has changed
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
    """The ranges of a text that must not be cut: from an opening to its closing code, and each code itself.

    Args:
        codes: the codes in ascending order, without overlaps.
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
        """Whether a cut at this position divides one of the ranges."""
        number = bisect_left(self._starts, place) - 1
        return number >= 0 and place < self._ends[number]
