"""A paragraph of a Word file during reading: its items, and its open elements.

Tracked changes count as accepted: insertions are text, deletions are not.
"""

from __future__ import annotations

from dataclasses import dataclass, field
from typing import NamedTuple

from l10n_flow.documents.docx.fields import Fields, is_link
from l10n_flow.documents.docx.items import Is, Item, Paragraph
from l10n_flow.documents.docx.reading import DELETED, INSERTED, Reading

_GROUPS = frozenset({"smartTag", "customXml", "bdo", "dir"})
_BEFORE = frozenset({"bookmarkStart", "commentRangeStart", "permStart", "moveToRangeStart", "moveFromRangeStart"})
_BEHIND = frozenset({"bookmarkEnd", "commentRangeEnd", "permEnd", "moveToRangeEnd", "moveFromRangeEnd"})
_NOTHING = frozenset({"proofErr", "lastRenderedPageBreak"})
_PICTURES = frozenset({"drawing", "pict", "object"})
_SINGLES = {
    "tab": "tab",
    "ptab": "tab",
    "br": "br",
    "cr": "br",
    "footnoteReference": "note",
    "endnoteReference": "note",
}
_CHARACTERS = {"noBreakHyphen": "\u2011", "softHyphen": "\xad"}
#: A depth that no element has.
_NOWHERE = 1_000_000


class _Frame(NamedTuple):
    """An element of a paragraph that contains runs."""

    depth: int
    outer: int  # the depth of the parent of the runs around it
    name: str
    pair: int = 0
    run: bytes | None = None  # for text with a ruby annotation, the properties of its run
    run_depth: int = 0
    start: int = 0


@dataclass(slots=True)
class OpenParagraph:
    """A paragraph during reading.

    Attributes:
        reading: the part.
        paragraph: the paragraph so far.
        holds_text: whether the open opaque element contains paragraphs with text.
        has_text: whether the paragraph itself has text.
    """

    reading: Reading
    paragraph: Paragraph
    at: int  # the depth of the parent of the runs
    holds_text: bool = False
    has_text: bool = False
    opaque: int = 0  # the depth of the opaque element, 0 outside
    _run: int = 0  # the depth of the run, 0 outside
    _properties: bytes = b""
    _in_own: bool = False  # inside w:pPr
    _started: int = 0  # the start of the element that is read as a whole
    _text_start: int = 0
    _frames: list[_Frame] = field(default_factory=list)
    _fields: Fields = field(default_factory=Fields)
    _content_end: int = 0  # the end of the content of a content control

    def start(self, name: str, attrs: dict[str, str]) -> None:
        """Handle the start of an element outside opaque elements."""
        depth = self.reading.depth
        if self._run:
            if depth == self._run + 1:
                self._in_run(name, attrs)
            elif name == "rPrChange":
                self.reading.tracked += 1
        elif depth == self.at + 1:
            self._in_paragraph(name, attrs)
        elif self._in_own:
            self._own(name, attrs)
        elif name == "sdtContent" and self._frames and self._frames[-1].name == "sdt":
            self._open_content()
        elif name in {"rt", "rubyBase"} and self._frames and self._frames[-1].name == "ruby":
            self._in_ruby(name)

    def end(self, name: str, depth: int) -> bool:
        """Handle the end of an element of this depth; return whether it is the paragraph."""
        if self.opaque:
            if depth == self.opaque:
                self._close_opaque()
        elif self._run:
            if depth == self._run + 1:
                self._end_in_run(name)
            elif depth == self._run:
                self._run = 0
        elif depth == self.at and not self._frames:
            self._finish()
            return True
        elif self._in_own and depth == self.at + 1:
            self._in_own = False
        elif self._frames and depth == self._frames[-1].depth:
            self._close_frame()
        return False

    def _finish(self) -> None:
        self._fields.opened_up(self.paragraph.items)
        if self._fields.is_lost:
            self.paragraph.items.clear()

    # In the paragraph --------------------------------------------------------------------------------------------

    def _in_paragraph(self, name: str, attrs: dict[str, str]) -> None:
        start = self.reading.place
        if name == "r":
            self._run, self._properties = self.reading.depth, b""
        elif name == "pPr":
            self._in_own = True
        elif name == "hyperlink" or (name == "fldSimple" and is_link(attrs.get(f"{self.reading.prefix}instr", ""))):
            self._open_frame(name, "a", start)
        elif name in INSERTED:
            self.reading.tracked += 1
            self._open_frame(name, "", start)
        elif name in DELETED:
            self.reading.tracked += 1
            self.reading.skip = self.reading.depth
        elif name in _GROUPS:
            self._open_frame(name, "s", start)
        elif name == "sdt":
            self._frames.append(_Frame(self.reading.depth, self.at, "sdt", start=start))
            self.at = _NOWHERE  # there are no runs before w:sdtContent
        elif name in _BEFORE or name in _BEHIND:
            what = Is.BEFORE if name in _BEFORE else Is.BEHIND
            self.paragraph.items.append(Item(what, start, self.reading.tag_end(start)))
        elif name.endswith("Pr") or name in _NOTHING:
            pass
        else:
            name = "field" if name == "fldSimple" else "x"
            self._open_opaque(name, start)

    def _own(self, name: str, attrs: dict[str, str]) -> None:
        """Handle an element in the properties of a paragraph."""
        value = attrs.get(f"{self.reading.prefix}val", "")
        if name == "pStyle":
            self.paragraph.style = value
        elif name == "outlineLvl":
            self.paragraph.level = int(value) if value.isdecimal() and len(value) < 3 else None
        elif name == "numId":
            self.paragraph.is_item = value != "0"
        elif name in DELETED or name in INSERTED or name in {"pPrChange", "rPrChange"}:
            self.reading.tracked += 1
            if name == "pPrChange":
                self.reading.skip = self.reading.depth
        elif name == "sectPr":
            self.reading.event(name)

    def _open_frame(self, element: str, name: str, start: int) -> None:
        pair = self.reading.edges.new_pair()
        self._frames.append(_Frame(self.reading.depth, self.at, element, pair))
        self.at = self.reading.depth
        self.paragraph.items.append(Item(Is.OPEN, start, self.reading.tag_end(start), name, pair=pair))

    def _open_content(self) -> None:
        """Handle the start of the content of a content control: everything before it is its opening markup."""
        pair = self.reading.edges.new_pair()
        frame = self._frames[-1]
        self._frames[-1] = frame._replace(pair=pair)
        self.at = self.reading.depth
        end = self.reading.tag_end(self.reading.place)
        self.paragraph.items.append(Item(Is.OPEN, frame.start, end, "s", pair=pair))
        self._frames.append(_Frame(self.reading.depth, frame.outer, "sdtContent"))

    def _in_ruby(self, name: str) -> None:
        if name == "rt":
            self.reading.skip = self.reading.depth
            return
        pair = self.reading.edges.new_pair()
        frame = self._frames[-1]
        self._frames[-1] = frame._replace(pair=pair)
        self.at = self.reading.depth
        end = self.reading.tag_end(self.reading.place)
        begun = self.reading.edges.start(frame.start, frame.run or b"")
        place = frame.start if begun is None else begun
        self.paragraph.items.append(Item(Is.OPEN, place, end, "ruby", None, pair))
        self._frames.append(_Frame(self.reading.depth, frame.outer, "rubyBase"))

    def _close_frame(self) -> None:
        frame = self._frames.pop()
        place = self.reading.place
        if frame.name in {"sdtContent", "rubyBase"}:
            self._content_end = place
            self.at = _NOWHERE
            return
        self.at = frame.outer
        if frame.pair:
            start = self._content_end if frame.name in {"sdt", "ruby"} else place
            self._close_pair(frame, start, place)
        if frame.run_depth:  # the run that contained text with a ruby annotation continues
            self._run, self._properties = frame.run_depth, frame.run or b""

    def _close_pair(self, frame: _Frame, start: int, place: int) -> None:
        """Handle the end of a pair; an empty pair is a standalone code, and so is a ruby text that shares its run."""
        items = self.paragraph.items
        end = self.reading.data.index(b">", place) + 1 if self.reading.data.startswith(b"</", place) else place
        index = next(index for index in range(len(items) - 1, -1, -1) if items[index].pair == frame.pair)
        opening = items[index]
        if frame.name == "ruby":
            behind = self.reading.edges.end(end)
            if behind is None:
                self._fields.swallowed(frame.start)
                items[index:] = [Item(Is.CODE, frame.start, end, "x", frame.run)]
                return
            end = behind
        if index + 1 == len(items) and not opening.name:
            items.pop()
            self._fields.without(index)
        elif index + 1 == len(items):
            self._fields.swallowed(opening.start)
            items[index] = opening._replace(what=Is.CODE, name="x", end=end, pair=0)
        else:
            items.append(Item(Is.CLOSE, start, end, opening.name, None, frame.pair))

    def _open_opaque(self, name: str, start: int) -> None:
        self.opaque, self._started, self.holds_text = self.reading.depth, start, False
        run = self._properties if self._run else None
        self.paragraph.items.append(Item(Is.CODE, start, start, name, run))

    def _close_opaque(self) -> None:
        self.opaque = 0
        item = self.paragraph.items[-1]
        end = self.reading.element_end(item.start)
        what = Is.BARRIER if self.holds_text else Is.CODE
        self.paragraph.items[-1] = item._replace(what=what, end=end)

    # In a run ----------------------------------------------------------------------------------------------------

    def _in_run(self, name: str, attrs: dict[str, str]) -> None:
        start = self.reading.place
        items = self.paragraph.items
        if name == "t":
            self._text_start = self.reading.tag_end(start)
        elif name in {"rPr", "instrText"}:
            self._started = start
        elif name == "fldChar":
            self._field(attrs.get(f"{self.reading.prefix}fldCharType", ""), start)
        elif name in _CHARACTERS:
            items.append(Item(Is.CHARACTER, start, self.reading.tag_end(start), _CHARACTERS[name], self._properties))
            self.has_text = True
        elif name in _SINGLES:
            items.append(Item(Is.CODE, start, self.reading.tag_end(start), _SINGLES[name], self._properties))
        elif name == "ruby" and self.reading.edges.start(start, self._properties) is not None:
            self._frames.append(_Frame(self.reading.depth, self.at, "ruby", 0, self._properties, self._run, start))
            self.at, self._run = _NOWHERE, 0
        elif name == "commentReference":
            items.append(Item(Is.BEHIND, start, self.reading.tag_end(start), "", self._properties))
        elif name == "mc:AlternateContent" or name in _PICTURES:
            self._open_opaque("img", start)
        elif name in _NOTHING or name in {"delText", "delInstrText"}:
            pass
        else:
            self._open_opaque("x", start)

    def _end_in_run(self, name: str) -> None:
        place = self.reading.place
        if name == "t":
            if place > self._text_start:
                self.paragraph.items.append(Item(Is.TEXT, self._text_start, place, "", self._properties))
                self.has_text = True
        elif name == "rPr":
            self._properties = self.reading.data[self._started : self.reading.element_end(self._started)]
        elif name == "instrText":
            self._fields.instructed(self.reading.data[self.reading.tag_end(self._started) : place].decode())

    def _field(self, kind: str, start: int) -> None:
        """Handle the begin, separate or end character of a complex field."""
        self._fields.tagged(
            kind,
            Item(Is.BEHIND, start, self.reading.tag_end(start), "", self._properties),
            tuple(frame.pair for frame in self._frames),
            self.paragraph.items,
            self.reading.edges,
        )
