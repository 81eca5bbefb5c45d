"""The texts of a page in order: their places, their kinds, and the structure around them."""

from __future__ import annotations

import re
from array import array
from collections import Counter
from collections.abc import Iterator, MutableSequence, Sequence
from dataclasses import dataclass, field
from sys import intern
from typing import NamedTuple, overload

from l10n_flow.documents.format import TEXT_EVENT
from l10n_flow.documents.html.elements import BLOCKS, CLOSED, ITEMS, KINDS, NOTE_ROLES, VOID
from l10n_flow.documents.html.parts import Lines
from l10n_flow.documents.html.passages import bare, is_blank, passage_of, relative, value_passage
from l10n_flow.documents.html.pieces import Collector, Piece, PieceKind, paired
from l10n_flow.documents.html.starts import PLAIN, Start, start_of
from l10n_flow.documents.html.tokens import Token, TokenKind, tokens
from l10n_flow.documents.segmentation.flow import Passage
from l10n_flow.model import BlockKind

#: Front matter of Jekyll and Hugo.
_MATTER = re.compile(r"(---|\+\+\+)[ \t]*\r?\n.*?^\1[ \t]*(?:\r?\n|\Z)", re.DOTALL | re.MULTILINE)
_START = TokenKind.START
_END = TokenKind.END
_TEXT = TokenKind.TEXT


@dataclass(slots=True)
class Page:
    """The structure of a page as events, their places, and the index of the text that is the title; -1 for none."""

    events: list[str] = field(default_factory=list)
    places: MutableSequence[int] = field(default_factory=lambda: array("l"))
    title: int = -1


class LinesOf(Sequence[int]):
    """The lines of places in a file, each counted when it is needed, which is rare.

    Args:
        text: the decoded file.
        newline: the line end.
        places: the places in the file.
    """

    def __init__(self, text: str, newline: str, places: Sequence[int]) -> None:
        self._text, self._sign, self._places = text, newline[-1], places

    def __len__(self) -> int:
        return len(self._places)

    @overload
    def __getitem__(self, number: int) -> int: ...
    @overload
    def __getitem__(self, number: slice) -> list[int]: ...
    def __getitem__(self, number: int | slice) -> int | list[int]:
        if isinstance(number, slice):
            return [self[each] for each in range(*number.indices(len(self)))]
        return 1 + self._text.count(self._sign, 0, self._places[number])


class _Open(NamedTuple):
    """An element that is open: whether its content is translated, and the kind of its texts."""

    name: str
    translate: bool
    kind: BlockKind | None


def texts_of(text: str, newline: str, page: Page) -> Iterator[tuple[Passage, BlockKind]]:
    """Yield the texts of a page one by one, and their kinds.

    Args:
        text: the decoded file.
        newline: the line end.
        page: receives the structure during the iteration. The title is known only at the end, and is yielded as a
            heading.
    """
    return _Reader(text, newline, page, with_texts=True).run()


def structure_of(text: str, newline: str) -> Page:
    """Return the structure of a page; its texts are not examined."""
    page = Page()
    for _ in _Reader(text, newline, page, with_texts=False).run():
        pass
    return page


def _behind_matter(text: str) -> Iterator[Token]:
    """Yield the tokens of a page without its front matter."""
    matter = _MATTER.match(text)
    if matter is None:
        return tokens(text)
    skipped = matter.end()
    return (each._replace(start=max(each.start, skipped)) for each in tokens(text) if each.end > skipped)


class _Reader:
    def __init__(self, text: str, newline: str, page: Page, *, with_texts: bool) -> None:
        self.text = text
        self.with_texts = with_texts
        self.lines = Lines(text, newline)
        self.page = page
        self.texts: list[tuple[Passage, BlockKind]] = []  # texts that are not yielded yet
        self.given = 0  # the number of texts yielded
        self.collector = Collector(text)
        self.opened: list[_Open] = []
        self.translates = True  # in the element that is open now
        self.count: Counter[str] = Counter()
        self.item_done = False  # whether the item that is open has had its first text
        self.has_h1 = False  # the first h1 is the title of the article; without one, the title of the page is

    def run(self) -> Iterator[tuple[Passage, BlockKind]]:
        for token in _behind_matter(self.text):
            self.take(token)
            if self.texts:
                self.given += len(self.texts)
                yield from self.texts
                self.texts.clear()
        self.flush()
        yield from self.texts

    def take(self, token: Token) -> None:
        kind, name = token.kind, token.name
        if kind is _TEXT:
            if self.translates or self.collector.is_busy:
                self.collector.take(token)
            return
        if name in BLOCKS and (kind is _START or kind is _END) and not self.collector.takes(token):
            self.flush()
            self.event(name if kind is _START else f"/{name}", token.start)
            if kind is _START:
                self.open_block(token)
            else:
                self.close(name)
        elif kind is TokenKind.RAW and name == "title" and self.opened and self.opened[-1].name == "title":
            self.take_title(token)
        elif kind is not _START:
            if self.translates or self.collector.is_busy:
                self.collector.take(token)
            if kind is _END and self.count[name]:
                self.close(name)
        else:
            self.open_inline(token)

    def open_inline(self, token: Token) -> None:
        name = token.name
        if not (self.translates or self.collector.is_busy):
            if self.count[name]:
                self.push(name, PLAIN, None)
            return
        start = start_of(self.text, token)
        self.collector.take(token, start)
        if (start.translate is not None or self.count[name]) and name not in VOID:
            self.push(name, start, None)

    # Blocks ------------------------------------------------------------------------------------------------------

    def open_block(self, token: Token) -> None:
        name = token.name
        start = start_of(self.text, token)
        if self.translates and self.with_texts:
            for value, meaning in start.values:
                self.add(value_passage(self.text, value, self.lines), meaning)
        if name in VOID:
            return
        kind = BlockKind.NOTE if start.role in NOTE_ROLES else KINDS.get(name)
        if name in ITEMS:
            self.item_done = False
        self.push(name, start._replace(translate=False) if name in CLOSED else start, kind)

    def push(self, name: str, start: Start, kind: BlockKind | None) -> None:
        translate = self.translates if start.translate is None else start.translate
        above = self.opened[-1].kind if self.opened else None
        self.opened.append(_Open(name, translate, kind or above))
        self.translates = translate
        self.count[name] += 1

    def close(self, name: str) -> None:
        if not self.count[name]:
            return
        while True:
            gone = self.opened.pop()
            self.count[gone.name] -= 1
            if gone.name == name:
                break
        self.translates = not self.opened or self.opened[-1].translate

    def event(self, what: str, place: int) -> None:
        self.page.events.append(intern(what))
        self.page.places.append(place)

    def add(self, passage: Passage, kind: BlockKind) -> None:
        self.texts.append((passage, kind))

    # Texts -------------------------------------------------------------------------------------------------------

    def flush(self) -> None:
        """Make a text of the pieces since the last border of a block."""
        pieces = self.collector.given()
        if not pieces:
            return
        seen = (piece for piece in pieces if piece.kind is PieceKind.TEXT and not is_blank(self.text, piece))
        first = next(seen, None)
        if first is not None:
            self.event(TEXT_EVENT, first.start)
        if not self.with_texts:
            return
        if first is not None and len(pieces) == 1:  # the most frequent case
            if passage := self.passage(pieces):
                self.add_read(passage, ())
            return
        pieces = paired(pieces, self.text)
        low, high, names = bare(self.text, pieces) if first or any(p.values for p in pieces) else (0, 0, [])
        passage = self.passage(relative(pieces, low, high))
        if passage is None:
            self.add_values(pieces)
            return
        self.add_values(pieces[:low])
        self.add_read(passage, names)
        self.add_values(pieces[high:])

    def passage(self, pieces: list[Piece]) -> Passage | None:
        """Return pieces as a passage; None without a word."""
        is_cell = bool(self.opened) and self.opened[-1].kind is BlockKind.TABLE_CELL
        return passage_of(self.text, pieces, self.lines, is_cell=is_cell) if pieces else None

    def add_read(self, passage: Passage, names: Sequence[str]) -> None:
        """Add a text of the page; ``names`` are the names of the pairs of tags around all of it."""
        kind = self.kind()
        if kind is BlockKind.PARAGRAPH and "time" in names:
            kind = BlockKind.DATELINE
        self.add(passage, kind)
        if kind is BlockKind.HEADING and not self.has_h1 and self.count["h1"]:
            self.has_h1 = True
            self.page.title = self.given + len(self.texts) - 1

    def kind(self) -> BlockKind:
        kind = (self.opened[-1].kind if self.opened else None) or BlockKind.PARAGRAPH
        if kind is BlockKind.LIST_ITEM:
            if self.item_done:
                return BlockKind.PARAGRAPH
            self.item_done = True
        return kind

    def add_values(self, pieces: list[Piece]) -> None:
        for piece in pieces:
            for value in piece.values:
                kind = BlockKind.CAPTION if value.name == "alt" else BlockKind.PARAGRAPH
                self.add(value_passage(self.text, value, self.lines), kind)

    def take_title(self, token: Token) -> None:
        """Take the title of the page, which contains no tags."""
        piece = Piece(PieceKind.TEXT, token.start, token.end)
        if not self.translates or is_blank(self.text, piece):
            return
        self.event(TEXT_EVENT, token.start)
        if self.with_texts and (passage := passage_of(self.text, [piece], self.lines)) is not None:
            if self.page.title < 0:
                self.page.title = self.given + len(self.texts)
            self.add(passage, BlockKind.HEADING)
