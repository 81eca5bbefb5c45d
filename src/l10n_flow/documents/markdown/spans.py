"""Where the texts of a Markdown file stand: passages with their kinds, and the shape of what is around them.

The block tokens of markdown-it-py say which lines a text is on and what it says; the columns are found again on those
lines. What cannot be found for sure stays skeleton.
"""

from __future__ import annotations

import re
import zlib
from array import array
from collections.abc import Iterator, MutableSequence, Sequence
from dataclasses import dataclass, field
from itertools import islice
from typing import Any, NamedTuple

from markdown_it.token import Token

from l10n_flow.documents.format import TEXT_EVENT
from l10n_flow.documents.markdown import parser
from l10n_flow.documents.markdown.paragraphs import Line, passages
from l10n_flow.documents.segmentation.flow import Passage
from l10n_flow.model import BlockKind

_LINE_END = re.compile(r"\r\n|\r|\n")
_NOT_BREAK = re.compile(r"[^\r\n]+")
_TASK = re.compile(r"\[[ xX]\][ \t]+")
# The words behind the name of a container: "::: tip Words", ":::note[Words]".
_CONTAINER_TITLE = re.compile(
    r":{3,}[ \t]*(?:\{[^{}\n]*\}|[\w-]+)(?:\[(?P<bracketed>.*)\]|[ \t]+(?P<words>[^\s{][^\n]*?))?"
    r"[ \t]*(?:\{[^{}]*\})?[ \t]*\Z"
)
_QUOTED_TITLE = re.compile(r"[ \t](?P<quote>[\"'])(?P<words>.*)(?P=quote)[ \t]*\Z")

_CONTAINERS = {
    "bullet_list": None,
    "ordered_list": None,
    "list_item": BlockKind.LIST_ITEM,
    "blockquote": BlockKind.QUOTATION,
    "footnote_reference": BlockKind.NOTE,
    "dd": BlockKind.LIST_ITEM,
    "dl": None,
    "table": None,
    "thead": None,
    "tbody": None,
    "tr": None,
    "th": BlockKind.TABLE_CELL,
    "td": BlockKind.TABLE_CELL,
    "dt": BlockKind.LIST_ITEM,
    "heading": BlockKind.HEADING,
}
_FORMS = {"th": "cell", "td": "cell", "dt": "term"}


#: Whole numbers, as many as a file has lines: a list would take many times the memory.
Numbers = MutableSequence[int]


class _What(NamedTuple):
    """What an inline text is, how it is written, and whether an item of a list begins with it."""

    kind: BlockKind
    form: str
    begins_item: bool = False


class _Texts:
    """The inline texts of a file until all of its links are known: their places alone, for there are many."""

    def __init__(self) -> None:
        self._what: list[_What] = []
        self._same: dict[_What, _What] = {}
        self._counts, self._lines = array("i"), array("i")

    def add(self, lines: Sequence[Line], what: _What) -> None:
        """Keep a text: its lines, and what it is."""
        self._what.append(self._same.setdefault(what, what))
        self._counts.append(len(lines))
        for line in lines:
            self._lines.extend((line.start, line.start + len(line.text), line.number))

    def given(self, text: str) -> Iterator[tuple[tuple[Line, ...], _What]]:
        """The texts of a file in order."""
        numbers = iter(self._lines)
        rows = ((text[start:end], start, number) for start, end, number in zip(*[numbers] * 3, strict=True))
        for what, count in zip(self._what, self._counts, strict=True):
            yield tuple(Line(*row) for row in islice(rows, count)), what


@dataclass
class Body:
    """What was found in the body of a file.

    Attributes:
        events: its shape, and ``lines`` where each event is.
        texts: the inline texts with where they stand, not yet looked into.
        references: the definitions of its links.
        code: where in the file its blocks of code stand.
    """

    events: list[str] = field(default_factory=list)
    lines: Numbers = field(default_factory=lambda: array("i"))
    texts: _Texts = field(default_factory=_Texts)
    references: dict[str, Any] = field(default_factory=dict)
    code: list[tuple[int, int]] = field(default_factory=list)

    def without_code(self, text: str) -> str:
        """The file with its code left out but for the line breaks: what is shown there is no part of the file's own."""
        parts: list[str] = []
        done = 0
        for start, end in self.code:
            parts += text[done:start], _NOT_BREAK.sub("", text[start:end])
            done = end
        return "".join((*parts, text[done:]))


_PARAGRAPH = _What(BlockKind.PARAGRAPH, "text")


def read_body(text: str, start: int, *, with_texts: bool = True) -> Body:
    """Look through the body of a file.

    Args:
        text: the decoded file.
        start: where the body begins in it.
        with_texts: whether the texts are wanted, or the shape alone.
    """
    reader = _Reader(text, start, with_texts=with_texts)
    reader.run()
    return reader.body


def found_in(body: Body, text: str, *, titled: bool = False) -> Iterator[tuple[Passage, BlockKind]]:
    """The passages of the texts of a body, in order, and what each is.

    Args:
        body: of the file.
        text: the file.
        titled: whether its front matter holds its title; then a heading of the first level is a heading.
    """
    for lines, what in body.texts.given(text):
        if what.begins_item and (task := _TASK.match(lines[0].text)):
            lines = (Line(lines[0].text[task.end() :], lines[0].start + task.end(), lines[0].number), *lines[1:])  # noqa: PLW2901 - the same without its box
        kind = BlockKind.HEADING if titled and what.kind is BlockKind.TITLE else what.kind
        found = list(passages(lines, text, kind, body.references, what.form))
        if len(found) > 1:  # the title of a link may be found before its words
            found.sort(key=lambda pair: pair[0].start)
        yield from found


class _Reader:
    def __init__(self, text: str, start: int, *, with_texts: bool) -> None:
        self.text = text
        self.with_texts = with_texts
        self.body = Body()
        self.starts = array("i", [start])  # of each line of the body in the file, and where the last one ends
        self.starts.extend(found.end() for found in _LINE_END.finditer(text, start))
        if self.starts[-1] < len(text) or len(self.starts) == 1:
            self.starts.append(len(text))
        self.first = len(_LINE_END.findall(text, 0, start)) + 1
        self.kinds: list[BlockKind | None] = []
        self.opened: list[str] = []
        self.cells: tuple[int, int] = (-1, 0)  # the line of the row that is read, and how far
        self.item_begins = False
        self.has_title = False

    def run(self) -> None:
        source = self.text[self.starts[0] :]
        source = source.replace("\r\n", "\n").replace("\r", "\n") if "\r" in source else source
        env: dict[str, Any] = {}
        parser.read_blocks(source, env, self.take, self.take_plain)
        self.body.references = env.get("references", {})

    def line(self, number: int) -> str:
        """A line of the body, its end left out."""
        return self.text[self.starts[number] : self.starts[number + 1]].rstrip("\r\n")

    def event(self, what: str, number: int) -> None:
        self.body.events.append(what)
        self.body.lines.append(number + self.first)

    def take(self, token: Token) -> None:
        number = token.map[0] if token.map else 0
        if token.type == "inline":
            self.take_text(token, number)
            return
        if token.type in {"paragraph_open", "paragraph_close"}:
            return
        name, _, side = token.type.rpartition("_")
        if side == "open":
            self.event(f"{name} {token.tag}" if name == "heading" else name, number)
            self.kinds.append(_CONTAINERS.get(name))
            self.opened.append(f"heading {token.markup}" if name == "heading" else name)
            self.item_begins = name == "list_item"
            if name.startswith(("container", parser.DIRECTIVE)):
                self.take_title(number)
        elif side == "close":
            self.event("/", number)
            self.kinds.pop()
            self.opened.pop()
        else:
            if token.type in {"fence", "code_block"} and token.map:
                self.body.code.append((self.starts[number], self.starts[min(token.map[1], len(self.starts) - 1)]))
            self.event(f"{token.type} {zlib.crc32(token.content.encode()):x}", number)
            self.item_begins = False

    def take_plain(self, number: int, count: int) -> None:
        """A paragraph that stands in nothing, its lines at the margin."""
        self.item_begins = False
        self.event(TEXT_EVENT, number)
        if self.with_texts:
            numbers = range(number, number + count)
            lines = [Line(self.line(each).rstrip(), self.starts[each], each + self.first) for each in numbers]
            self.body.texts.add(lines, _PARAGRAPH)

    def take_text(self, token: Token, number: int) -> None:
        begins_item, self.item_begins = self.item_begins, False
        opened = self.opened[-1] if self.opened else ""
        is_cell = opened in {"th", "td"}
        if not token.content and not is_cell:
            return
        self.event(TEXT_EVENT, number)
        if not self.with_texts or not token.content:
            return
        lines = self.cell(token.content, number) if is_cell else self.located(token.content, number)
        if lines is None:
            return
        kind = next((kind for kind in reversed(self.kinds) if kind is not None), BlockKind.PARAGRAPH)
        if opened.startswith("heading"):
            level_one = opened in {"heading #", "heading ="}
            kind = BlockKind.TITLE if level_one and not self.has_title else BlockKind.HEADING
            self.has_title = self.has_title or level_one
            form = "atx" if "#" in opened else "setext"
        else:
            form = _FORMS.get(opened, "text")
            if kind is BlockKind.LIST_ITEM and not begins_item and opened != "dt" and "list_item" in self.opened[-1:]:
                kind = BlockKind.PARAGRAPH
        self.body.texts.add(lines, _What(kind, form, begins_item))

    def located(self, content: str, number: int) -> list[Line] | None:
        """The lines of a text where they stand; None when one is not there."""
        found = []
        for place, line in enumerate(content.split("\n"), number):
            core = line.strip()
            if place + 1 >= len(self.starts):
                return None
            source = self.line(place)
            if not core:
                return None
            at = len(source.rstrip()) - len(core)
            if not source.startswith(core, at):
                at = source.rfind(core)  # a heading with its closing marks
            if at < 0:
                return None
            found.append(Line(core, self.starts[place] + at, place + self.first))
        return found

    def cell(self, content: str, number: int) -> list[Line] | None:
        """A cell of a row: its bars are escaped in the file."""
        line = self.line(number)
        raw = content.replace("|", "\\|")
        at = line.find(raw, self.cells[1] if self.cells[0] == number else 0)
        if at < 0:
            return None
        self.cells = (number, at + len(raw))
        return [Line(raw, self.starts[number] + at, number + self.first)]

    def take_title(self, number: int) -> None:
        """The words on the line that begins a container."""
        line = self.line(number)
        found = _CONTAINER_TITLE.search(line) or _QUOTED_TITLE.search(line)
        if found is None or not self.with_texts:
            return
        name = "bracketed" if found.re is _CONTAINER_TITLE and found["bracketed"] else "words"
        words = found[name]
        if not words or not words.strip():
            return
        start = self.starts[number] + found.start(name) + len(words) - len(words.lstrip())
        where = Line(words.strip(), start, number + self.first)
        self.body.texts.add([where], _What(BlockKind.HEADING, "bracketed" if name == "bracketed" else "words"))
