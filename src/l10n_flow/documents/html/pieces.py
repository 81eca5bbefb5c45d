"""The pieces of a text of a page: text, tags with or without a partner, opaque elements."""

from __future__ import annotations

import re
from collections import defaultdict
from collections.abc import Iterator
from dataclasses import dataclass
from enum import IntEnum

from l10n_flow.documents.html.elements import BLOCKS, CODE, GLOSS, KEEP, OBJECTS, READINGS, VOID
from l10n_flow.documents.html.starts import PLAIN, Start, Value, start_of
from l10n_flow.documents.html.tokens import Token, TokenKind

_HAN = re.compile(r"[\u3400-\u9fff\uf900-\ufaff\U00020000-\U000323af]")
_NO_LETTERS = re.compile(r"[^a-z-]+")
#: Elements that end an annotation without an end tag, which is optional.
_AFTER_READING = frozenset({"rt", "rp", "rb", "rtc"})
_IN_DRAWINGS = frozenset({"audio", "canvas", "link", "meta", "param", "source", "style", "title", "track", "video"})


class PieceKind(IntEnum):
    """The kind of a piece; ``UNSEEN`` is a comment or the like, ``WHOLE`` an opaque element with its content."""

    TEXT = 0
    OPENING = 1
    CLOSING = 2
    STANDING = 3
    WHOLE = 4
    UNSEEN = 5


@dataclass(slots=True)
class Piece:
    """A piece of a text with its span in the file; partner and end are set later in the reading.

    Attributes:
        kind: its kind.
        start, end: its span.
        name: the name of its element, letters only, or a name of our own.
        values: its attributes that are translated.
        partner: for a tag of a pair, the index of the other; -1 without a partner.
        held: the span of the visible content of an opaque element.
    """

    kind: PieceKind
    start: int
    end: int
    name: str = ""
    values: tuple[Value, ...] = ()
    partner: int = -1
    held: tuple[int, int] = (0, 0)


class Collector:
    """Makes pieces of the tokens of a text.

    Args:
        text: the file.
    """

    def __init__(self, text: str) -> None:
        self.text = text
        self.pieces: list[Piece] = []
        self._whole = ""  # the opaque element that is open
        self._label = ""
        self._begun = self._held = self._depth = self._inside = self._end = 0

    def takes(self, token: Token) -> bool:
        """Whether a token of a block is part of a drawing that is open."""
        if self._whole not in {"svg", "math"}:
            return False
        return token.name not in BLOCKS or token.name in _IN_DRAWINGS or self._inside > 0

    @property
    def is_busy(self) -> bool:
        """Whether an opaque element is open."""
        return bool(self._whole)

    def given(self) -> list[Piece]:
        """Return the pieces so far, without partners yet; an opaque element without an end is left out."""
        if self._whole:
            if self._whole in READINGS:
                self._close(self._end, self._end)
            self._whole = ""
        if not self.pieces:
            return []
        found, self.pieces = self.pieces, []
        return found

    def take(self, token: Token, start: Start = PLAIN) -> None:
        """Take a token.

        Args:
            token: the next one.
            start: the attributes of a start tag.
        """
        self._end = token.end
        if self._whole and not self._ends_reading(token):
            self._take_inside(token)
        elif token.kind is TokenKind.TEXT:
            if self.pieces or not self.text[token.start : token.end].isspace():  # no text begins with a blank
                self.pieces.append(Piece(PieceKind.TEXT, token.start, token.end))
        elif token.kind is TokenKind.START:
            self._open(token, start)
        elif token.kind is TokenKind.END:
            self.pieces.append(Piece(PieceKind.CLOSING, token.start, token.end, _letters(token.name)))
        else:
            self.pieces.append(Piece(PieceKind.UNSEEN, token.start, token.end))

    def _open(self, token: Token, start: Start) -> None:
        name = token.name
        label = KEEP if start.translate is False else name
        is_whole = start.translate is False or name in CODE or name in OBJECTS or name in READINGS
        is_empty = name in VOID or (name in {"svg", "math"} and self.text.startswith("/>", token.end - 2))
        values = tuple(value for value, _ in start.values)
        if is_empty or not is_whole:
            kind = PieceKind.STANDING if is_empty else PieceKind.OPENING
            self.pieces.append(Piece(kind, token.start, token.end, _letters(name), values))
            return
        self._whole, self._label, self._begun, self._held = name, label, token.start, token.end
        self._depth, self._inside = 1, 0

    def _take_inside(self, token: Token) -> None:
        if token.name == "foreignobject":
            self._inside += {TokenKind.START: 1, TokenKind.END: -1}.get(token.kind, 0)
        if token.name == self._whole:
            self._depth += {TokenKind.START: 1, TokenKind.END: -1}.get(token.kind, 0)
            if not self._depth:
                self._close(token.start, token.end)

    def _close(self, stop: int, end: int) -> None:
        name, label, held = self._whole, self._label, (self._held, stop)
        self._whole = ""
        inside = self.text[self._held : stop]
        if name in READINGS and label != KEEP and "<" not in inside and _HAN.search(inside):
            self.pieces += (
                Piece(PieceKind.OPENING, self._begun, self._held, GLOSS),
                Piece(PieceKind.TEXT, *held),
                Piece(PieceKind.CLOSING, stop, end, GLOSS),
            )
        elif name in OBJECTS and label != KEEP:
            self.pieces.append(Piece(PieceKind.STANDING, self._begun, end, label))
        else:
            self.pieces.append(Piece(PieceKind.WHOLE, self._begun, end, label, held=held))

    def _ends_reading(self, token: Token) -> bool:
        """Whether a token ends an annotation without an end tag."""
        if self._whole not in READINGS:
            return False
        starts = token.kind is TokenKind.START and token.name in _AFTER_READING
        if starts or (token.kind is TokenKind.END and token.name == "ruby"):
            self._close(token.start, token.start)
            return True
        return False


def pieces_of(text: str, tokens: Iterator[Token]) -> list[Piece]:
    """Return the pieces of a separate text."""
    collector = Collector(text)
    for token in tokens:
        collector.take(token, start_of(text, token) if token.kind is TokenKind.START else PLAIN)
    return paired(collector.given(), text)


def _letters(name: str) -> str:
    """Return a name in the form for a numbered tag."""
    plain = name if name.isalpha() and name.isascii() else _NO_LETTERS.sub("", name).strip("-")
    return "tag" if plain in {"", KEEP, GLOSS} else plain


def paired(pieces: list[Piece], text: str) -> list[Piece]:
    """Return the pieces with partners set, and each run of line breaks as one; pairs are nested."""
    if len(pieces) < 2:
        return pieces
    found: list[Piece] = []
    opened: list[int] = []
    waiting: dict[str, int] = defaultdict(int)
    broken = -1  # the index of a line break that nothing has followed yet
    for piece in pieces:
        number = len(found)
        if piece.kind is PieceKind.STANDING and piece.name == "br":
            if broken >= 0:
                del found[broken + 1 :]
                found[broken].end = piece.end
                continue
            broken = number
        elif piece.kind is not PieceKind.UNSEEN and not (
            piece.kind is PieceKind.TEXT and text[piece.start : piece.end].isspace()
        ):
            broken = -1
        found.append(piece)
        if piece.kind is PieceKind.OPENING:
            opened.append(number)
            waiting[piece.name] += 1
        elif piece.kind is PieceKind.CLOSING and waiting[piece.name]:
            while found[other := opened.pop()].name != piece.name:
                waiting[found[other].name] -= 1
            waiting[piece.name] -= 1
            found[other].partner, piece.partner = number, other
    return found
