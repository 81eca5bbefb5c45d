"""The pieces of a text of a page: what is read, tags that are pairs or stand alone, elements that are kept whole."""

from __future__ import annotations

import html
import re
from collections import defaultdict
from collections.abc import Iterator
from dataclasses import dataclass
from enum import IntEnum
from html.entities import html5
from typing import NamedTuple

from l10n_flow.documents.html.elements import (
    ATTRIBUTES,
    BLOCKS,
    BUTTONS,
    CODE,
    GLOSS,
    KEEP,
    META,
    OBJECTS,
    OF_ELEMENTS,
    READINGS,
    VOID,
)
from l10n_flow.documents.html.tokens import Token, TokenKind, attributes
from l10n_flow.model import BlockKind

_HAN = re.compile(r"[\u3400-\u9fff\uf900-\ufaff\U00020000-\U000323af]")
#: What a tag holds of which attributes may be text, or that says whether it is translated.
_TELLING = re.compile(r"alt|title|aria-|placeholder|label|summary|translate|content|value|role", re.IGNORECASE)
#: Attributes that say what others mean.
_SAID = frozenset({"class", "itemprop", "name", "property", "role", "translate", "type"})
#: A reference to a character; ``html.unescape`` resolves it as the standard says.
REFERENCE = re.compile(r"&(?:#(?:[0-9]+|[xX][0-9a-fA-F]+);?|[A-Za-z][A-Za-z0-9]{1,31};?)")
_SPACES = frozenset("\t\n\f\r")
_NO_LETTERS = re.compile(r"[^a-z-]+")
#: Elements that end a reading whose end tag is left out, as it may be.
_AFTER_READING = frozenset({"rt", "rp", "rb", "rtc"})
_IN_DRAWINGS = frozenset({"audio", "canvas", "link", "meta", "param", "source", "style", "title", "track", "video"})


class PieceKind(IntEnum):
    """What a piece is; ``UNSEEN`` is a comment or the like, ``WHOLE`` an element that is kept with all it holds."""

    TEXT = 0
    OPENING = 1
    CLOSING = 2
    STANDING = 3
    WHOLE = 4
    UNSEEN = 5


class Value(NamedTuple):
    """An attribute that is translated: its name, its value's place, its quotation marks."""

    name: str
    start: int
    end: int
    quote: str


@dataclass(slots=True)
class Piece:
    """A piece of a text where it stands in the file; it learns its partner, and where it ends, while they are read.

    Attributes:
        kind: what it is.
        start, end: its place.
        name: of its element, in letters only, or a name of ours.
        values: its attributes that are translated.
        partner: of one that opens or closes, the number of the other; -1 for a lone one.
        held: where what is shown stands of an element that is kept whole.
    """

    kind: PieceKind
    start: int
    end: int
    name: str = ""
    values: tuple[Value, ...] = ()
    partner: int = -1
    held: tuple[int, int] = (0, 0)


class Start(NamedTuple):
    """What a start tag says: the attributes that are text, whether what it holds is translated, its role."""

    values: tuple[tuple[Value, BlockKind], ...] = ()
    translate: bool | None = None
    role: str = ""


_PLAIN = Start()


def start_of(text: str, token: Token) -> Start:
    """What a start tag says that matters here."""
    if token.end - token.start == len(token.name) + 2 or _TELLING.search(text, token.start, token.end) is None:
        return _PLAIN
    values: list[tuple[Value, BlockKind]] = []
    named: dict[str, str] = {}
    for each in attributes(text, token):
        if each.name in ATTRIBUTES or (token.name, each.name) in OF_ELEMENTS:
            values.append((Value(*each), BlockKind.CAPTION if each.name == "alt" else BlockKind.PARAGRAPH))
        elif each.name in _SAID:
            named[each.name] = text[max(each.start, 0) : max(each.end, 0)].strip().lower()
    if token.name in {"input", "meta"}:
        values += _content(text, token, named)
    translate = {"no": False, "yes": True, "": True}.get(named.get("translate", "-"))
    if translate is None and "notranslate" in named.get("class", "").split():
        translate = False
    if translate is False:
        return Start((), translate, named.get("role", ""))
    return Start(tuple(pair for pair in values if _is_text(text, pair[0])), translate, named.get("role", ""))


def _content(text: str, token: Token, named: dict[str, str]) -> Iterator[tuple[Value, BlockKind]]:
    """The word on a button, or the content of a ``meta`` that is text."""
    if token.name == "input":
        wanted, kind = "value", BlockKind.PARAGRAPH if named.get("type") in BUTTONS else None
    else:
        kinds = (META.get(named.get(each, "")) for each in ("name", "property", "itemprop"))
        wanted, kind = "content", next((each for each in kinds if each), None)
    if kind is not None:
        yield from ((Value(*each), kind) for each in attributes(text, token) if each.name == wanted)


def _is_text(text: str, value: Value) -> bool:
    read = unescaped(text[max(value.start, 0) : max(value.end, 0)])
    return any(map(str.isalpha, read)) and "://" not in read


def unescaped(written: str) -> str:
    """A value of an attribute as it is read."""
    return "".join(read for read, _ in references(written, in_value=True)) if "&" in written else written


def references(written: str, *, in_value: bool = False) -> Iterator[tuple[str, str]]:
    """A text in parts, what is read and how it is written; a part is a character that is referred to, or text.

    Args:
        written: of the file.
        in_value: whether it is the value of an attribute, where ``&copy=`` is none.
    """
    done = 0
    for found in REFERENCE.finditer(written):
        raw = found[0]
        if in_value and raw[1] != "#":
            is_known = raw[1:] in html5 and (raw.endswith(";") or not written.startswith("=", found.end()))
            read = html5[raw[1:]] if is_known else raw
        else:
            read = html.unescape(raw)
        if read == raw:
            continue
        if done < found.start():
            yield written[done : found.start()], written[done : found.start()]
        yield (" " if read in _SPACES else read) or "\ufffd", raw
        done = found.end()
    if done < len(written):
        yield written[done:], written[done:]


class Collector:
    """Takes the tokens of a text, and gives its pieces.

    Args:
        text: the file.
    """

    def __init__(self, text: str) -> None:
        self.text = text
        self.pieces: list[Piece] = []
        self._whole = ""  # the element that is kept whole and is open
        self._label = ""
        self._begun = self._held = self._depth = self._inside = self._end = 0

    def takes(self, token: Token) -> bool:
        """Whether a token of a block is part of a drawing that is open."""
        if self._whole not in {"svg", "math"}:
            return False
        return token.name not in BLOCKS or token.name in _IN_DRAWINGS or self._inside > 0

    @property
    def is_busy(self) -> bool:
        """Whether an element that is kept whole is open."""
        return bool(self._whole)

    def given(self) -> list[Piece]:
        """The pieces so far, whose pairs do not know one another yet; what is kept whole and has no end is left out."""
        if self._whole:
            if self._whole in READINGS:
                self._close(self._end, self._end)
            self._whole = ""
        if not self.pieces:
            return []
        found, self.pieces = self.pieces, []
        return found

    def take(self, token: Token, start: Start = _PLAIN) -> None:
        """Take a token.

        Args:
            token: the next one.
            start: of a start tag what it says.
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
        """Whether a token ends a reading without its end tag."""
        if self._whole not in READINGS:
            return False
        starts = token.kind is TokenKind.START and token.name in _AFTER_READING
        if starts or (token.kind is TokenKind.END and token.name == "ruby"):
            self._close(token.start, token.start)
            return True
        return False


def pieces_of(text: str, tokens: Iterator[Token]) -> list[Piece]:
    """The pieces of a text by itself."""
    collector = Collector(text)
    for token in tokens:
        collector.take(token, start_of(text, token) if token.kind is TokenKind.START else _PLAIN)
    return paired(collector.given(), text)


def _letters(name: str) -> str:
    """A name as a numbered tag may bear it."""
    plain = name if name.isalpha() and name.isascii() else _NO_LETTERS.sub("", name).strip("-")
    return "tag" if plain in {"", KEEP, GLOSS} else plain


def paired(pieces: list[Piece], text: str) -> list[Piece]:
    """The same with tags that are a pair knowing one another, and line breaks in a row as one; pairs are nested."""
    if len(pieces) < 2:
        return pieces
    found: list[Piece] = []
    opened: list[int] = []
    waiting: dict[str, int] = defaultdict(int)
    broken = -1  # the number of a line break that nothing has followed yet
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
