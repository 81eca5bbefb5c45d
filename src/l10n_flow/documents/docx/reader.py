"""A part of a Word file read from its XML events: paragraphs with their items, and the shape of what is around them.

Accepted text is read: insertions are text, deletions are not. A text box that stands in the file twice, for new and for
old programs, is read once.
"""

from __future__ import annotations

from dataclasses import dataclass, field
from typing import NamedTuple
from xml.parsers.expat import XMLParserType

from l10n_flow.documents.docx import scanning
from l10n_flow.documents.docx.fields import Edges, Fields, is_link
from l10n_flow.documents.docx.items import Is, Item, Paragraph
from l10n_flow.errors import SourceError

_NAMESPACES = frozenset(
    {
        "http://schemas.openxmlformats.org/wordprocessingml/2006/main",
        "http://purl.oclc.org/ooxml/wordprocessingml/main",
    }
)
_STRUCTURE = frozenset({"tbl", "tr", "tc", "txbxContent", "sectPr", "footnote", "endnote"})
_DELETED = frozenset({"del", "moveFrom"})
_INSERTED = frozenset({"ins", "moveTo"})
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
_OFF = frozenset({"0", "false", "off", "none"})


class Part(NamedTuple):
    """What was read of a part.

    Attributes:
        paragraphs: in the order in which they end.
        events: its shape, and ``numbers``, for each the number of the paragraph it is in.
        tracked: how many tracked changes there are.
        prefix: how the names of Word's elements begin, ``w:``.
    """

    paragraphs: list[Paragraph]
    events: list[str]
    numbers: list[int]
    tracked: int
    prefix: str


class _Frame(NamedTuple):
    """An element of a paragraph with runs in it."""

    depth: int
    outer: int  # how deep the element is whose children the runs around it are
    name: str
    pair: int = 0
    run: bytes | None = None  # of text with a reading, the properties of the run it is in
    run_depth: int = 0
    start: int = 0


@dataclass(slots=True)
class _Open:
    """A paragraph that is being read, and how deep what is being read is."""

    paragraph: Paragraph
    at: int  # how deep the element is whose children are runs
    run: int = 0  # how deep the run is, 0 outside
    properties: bytes = b""
    opaque: int = 0  # how deep the element is that is a code with all that is in it
    in_own: bool = False  # inside w:pPr
    started: int = 0  # where the element begins that is being read whole
    holds_text: bool = False  # whether the opaque element holds paragraphs with text
    frames: list[_Frame] = field(default_factory=list)
    fields: Fields = field(default_factory=Fields)
    content_end: int = 0  # where the content of a content control ends
    has_text: bool = False


def read(data: bytes, kind: str, first: int, *, path: str) -> Part:
    """Read a part.

    Args:
        data: the part.
        kind: what it is: ``document``, ``footnotes`` …
        first: the number of its first paragraph.
        path: for messages.

    Raises:
        SourceError: it is no XML, no part of a Word file, or deeper than is safe.
    """
    made: list[_Reader] = []

    def start(parser: XMLParserType) -> tuple[scanning.Start, scanning.End]:
        made.append(_Reader(data, parser, kind, first, path))
        return made[0].start, made[0].end

    scanning.scan(data, start, path=path)
    reader = made[0]
    return Part(reader.paragraphs, reader.events, reader.numbers, reader.tracked, reader.prefix)


class _Reader:
    def __init__(self, data: bytes, parser: XMLParserType, kind: str, first: int, path: str) -> None:
        self.data, self.parser, self.path = data, parser, path
        self.place = "note" if kind in {"footnotes", "endnotes"} else kind
        self.number = first - 1
        self.paragraphs: list[Paragraph] = []
        self.events: list[str] = []
        self.numbers: list[int] = []
        self.tracked = 0
        self.prefix: str = "w:"
        self.cut = 2  # the length of the prefix
        self.depth = 0
        self.skip = 0  # how deep the element is that is passed over
        self.places: list[str] = []
        self.opened: list[_Open] = []
        self.here: _Open | None = None
        self.edges = Edges(data, "w:")
        self.text_start = 0

    # Events ------------------------------------------------------------------------------------------------------

    def start(self, qname: str, attrs: dict[str, str]) -> None:
        self.depth += 1
        if self.depth > scanning.MAX_DEPTH:
            raise scanning.deep(self.path)
        if self.skip:
            return
        if self.depth == 1:
            self.root(attrs)
        name = qname[self.cut :] if qname.startswith(self.prefix) else qname
        if self.here is None:
            self.around(name)
        else:
            self.within(self.here, name, attrs)

    def within(self, here: _Open, name: str, attrs: dict[str, str]) -> None:
        """An element that begins in a paragraph."""
        if here.opaque:
            self.inside(name)
        elif here.run:
            if self.depth == here.run + 1:
                self.in_run(here, name, attrs)
            elif name == "rPrChange":
                self.tracked += 1
        elif self.depth == here.at + 1:
            self.in_paragraph(here, name, attrs)
        elif here.in_own:
            self.own(here, name, attrs)
        elif name == "sdtContent" and here.frames and here.frames[-1].name == "sdt":
            self.open_content(here)
        elif name in {"rt", "rubyBase"} and here.frames and here.frames[-1].name == "ruby":
            self.in_ruby(here, name)

    def end(self, qname: str) -> None:
        depth = self.depth
        self.depth -= 1
        if self.skip:
            self.skip = 0 if depth == self.skip else self.skip
        elif self.here is not None:
            self.end_within(self.here, qname, depth)
        elif qname.endswith(("tc", "txbxContent")) and qname[self.cut :] in {"tc", "txbxContent"} and self.places:
            self.places.pop()
            if qname.endswith("txbxContent") and self.opened:
                self.here = self.opened[-1]

    def end_within(self, here: _Open, qname: str, depth: int) -> None:
        """An element that ends in a paragraph, or the paragraph itself."""
        if here.opaque:
            if depth == here.opaque:
                self.close_opaque(here)
        elif here.run:
            if depth == here.run + 1:
                self.end_in_run(here, qname)
            elif depth == here.run:
                here.run = 0
        elif depth == here.at and not here.frames:
            self.end_paragraph(here)
        elif here.in_own and depth == here.at + 1:
            here.in_own = False
        elif here.frames and depth == here.frames[-1].depth:
            self.close_frame(here)

    def root(self, attrs: dict[str, str]) -> None:
        """The prefix that the part gives Word's elements."""
        for key, value in attrs.items():
            if value in _NAMESPACES and key.partition(":")[0] == "xmlns":
                prefix = key.partition(":")[2]
                self.prefix = f"{prefix}:" if prefix else ""
                self.cut = len(self.prefix)
                self.edges = Edges(self.data, self.prefix)
                return
        message = "the part is none of a Word document; open the file in Word and save it again"
        raise SourceError(message, path=self.path)

    def event(self, what: str) -> None:
        self.events.append(what)
        self.numbers.append(max(self.number, 1))

    # Around paragraphs -------------------------------------------------------------------------------------------

    def around(self, name: str) -> None:
        if name == "p":
            self.number += 1
            self.event("p")
            place = self.places[-1] if self.places else self.place
            self.here = _Open(Paragraph(self.number, place), self.depth)
            self.opened.append(self.here)
        elif name in _STRUCTURE:
            self.event(name)
            if name == "tc":
                self.places.append("cell")
            elif name == "txbxContent":
                self.places.append("box")
        elif name in _DELETED or name in _INSERTED:
            self.tracked += 1
        elif name == "mc:Fallback":
            self.skip = self.depth

    def inside(self, name: str) -> None:
        """In a picture: it may hold text boxes."""
        if name == "txbxContent":
            self.here = None  # its paragraphs are like any others; what is around it comes back when it ends
        if name in {"txbxContent", "mc:Fallback"}:
            self.around(name)

    def own(self, here: _Open, name: str, attrs: dict[str, str]) -> None:
        """In the properties of a paragraph."""
        value = attrs.get(f"{self.prefix}val", "")
        if name == "pStyle":
            here.paragraph.style = value
        elif name == "outlineLvl":
            here.paragraph.level = int(value) if value.isdecimal() and len(value) < 3 else None
        elif name == "numId":
            here.paragraph.is_item = value != "0"
        elif name in _DELETED or name in _INSERTED or name in {"pPrChange", "rPrChange"}:
            self.tracked += 1
            if name == "pPrChange":
                self.skip = self.depth
        elif name == "sectPr":
            self.event(name)

    # In a paragraph ----------------------------------------------------------------------------------------------

    def in_paragraph(self, here: _Open, name: str, attrs: dict[str, str]) -> None:
        start = self.parser.CurrentByteIndex
        if name == "r":
            here.run, here.properties = self.depth, b""
        elif name == "pPr":
            here.in_own = True
        elif name == "hyperlink" or (name == "fldSimple" and is_link(attrs.get(f"{self.prefix}instr", ""))):
            self.open_frame(here, name, "a", start)
        elif name in _INSERTED:
            self.tracked += 1
            self.open_frame(here, name, "", start)
        elif name in _DELETED:
            self.tracked += 1
            self.skip = self.depth
        elif name in _GROUPS:
            self.open_frame(here, name, "s", start)
        elif name == "sdt":
            here.frames.append(_Frame(self.depth, here.at, "sdt", start=start))
            here.at = self.depth + 1_000_000  # nothing is a run before w:sdtContent
        elif name in _BEFORE or name in _BEHIND:
            what = Is.BEFORE if name in _BEFORE else Is.BEHIND
            here.paragraph.items.append(Item(what, start, scanning.tag_end(self.data, start)))
        elif name.endswith("Pr") or name in _NOTHING:
            pass
        else:
            name = "field" if name == "fldSimple" else "x"
            self.open_opaque(here, name, start)

    def open_frame(self, here: _Open, element: str, name: str, start: int) -> None:
        pair = self.edges.new_pair()
        here.frames.append(_Frame(self.depth, here.at, element, pair))
        here.at = self.depth
        here.paragraph.items.append(Item(Is.OPEN, start, scanning.tag_end(self.data, start), name, pair=pair))

    def open_content(self, here: _Open) -> None:
        """The content of a content control begins: its beginning is all that stands before it."""
        pair = self.edges.new_pair()
        frame = here.frames[-1]
        here.frames[-1] = frame._replace(pair=pair)
        here.at = self.depth
        end = scanning.tag_end(self.data, self.parser.CurrentByteIndex)
        here.paragraph.items.append(Item(Is.OPEN, frame.start, end, "s", pair=pair))
        here.frames.append(_Frame(self.depth, frame.outer, "sdtContent"))

    def in_ruby(self, here: _Open, name: str) -> None:
        if name == "rt":
            self.skip = self.depth
            return
        pair = self.edges.new_pair()
        frame = here.frames[-1]
        here.frames[-1] = frame._replace(pair=pair)
        here.at = self.depth
        end = scanning.tag_end(self.data, self.parser.CurrentByteIndex)
        begun = self.edges.start(frame.start, frame.run or b"")
        place = frame.start if begun is None else begun
        here.paragraph.items.append(Item(Is.OPEN, place, end, "ruby", None, pair))
        here.frames.append(_Frame(self.depth, frame.outer, "rubyBase"))

    def close_frame(self, here: _Open) -> None:
        frame = here.frames.pop()
        place = self.parser.CurrentByteIndex
        if frame.name in {"sdtContent", "rubyBase"}:
            here.content_end = place
            here.at = frame.depth + 1_000_000
            return
        here.at = frame.outer
        if frame.pair:
            start = here.content_end if frame.name in {"sdt", "ruby"} else place
            self.close_pair(here, frame, start, place)
        if frame.run_depth:  # the run in which there was text with a reading goes on
            here.run, here.properties = frame.run_depth, frame.run or b""

    def close_pair(self, here: _Open, frame: _Frame, start: int, place: int) -> None:
        """A pair ends; one with nothing in it stands for itself, and so does a reading that shares its run."""
        items = here.paragraph.items
        end = self.data.index(b">", place) + 1 if self.data.startswith(b"</", place) else place
        index = next(index for index in range(len(items) - 1, -1, -1) if items[index].pair == frame.pair)
        opening = items[index]
        if frame.name == "ruby":
            behind = self.edges.end(end)
            if behind is None:
                here.fields.swallowed(frame.start)
                items[index:] = [Item(Is.CODE, frame.start, end, "x", frame.run)]
                return
            end = behind
        if index + 1 == len(items) and not opening.name:
            items.pop()
            here.fields.without(index)
        elif index + 1 == len(items):
            here.fields.swallowed(opening.start)
            items[index] = opening._replace(what=Is.CODE, name="x", end=end, pair=0)
        else:
            items.append(Item(Is.CLOSE, start, end, opening.name, None, frame.pair))

    def open_opaque(self, here: _Open, name: str, start: int) -> None:
        here.opaque, here.started, here.holds_text = self.depth, start, False
        run = here.properties if here.run else None
        here.paragraph.items.append(Item(Is.CODE, start, start, name, run))

    def close_opaque(self, here: _Open) -> None:
        here.opaque = 0
        item = here.paragraph.items[-1]
        end = scanning.element_end(self.data, item.start, self.parser.CurrentByteIndex)
        what = Is.BARRIER if here.holds_text else Is.CODE
        here.paragraph.items[-1] = item._replace(what=what, end=end)

    # In a run ----------------------------------------------------------------------------------------------------

    def in_run(self, here: _Open, name: str, attrs: dict[str, str]) -> None:
        start = self.parser.CurrentByteIndex
        items = here.paragraph.items
        if name == "t":
            self.text_start = scanning.tag_end(self.data, start)
        elif name in {"rPr", "instrText"}:
            here.started = start
        elif name == "fldChar":
            self.field(here, attrs.get(f"{self.prefix}fldCharType", ""), start)
        elif name in _CHARACTERS:
            items.append(
                Item(Is.CHARACTER, start, scanning.tag_end(self.data, start), _CHARACTERS[name], here.properties)
            )
            here.has_text = True
        elif name in _SINGLES:
            items.append(Item(Is.CODE, start, scanning.tag_end(self.data, start), _SINGLES[name], here.properties))
        elif name == "ruby" and self.edges.start(start, here.properties) is not None:
            here.frames.append(_Frame(self.depth, here.at, "ruby", 0, here.properties, here.run, start))
            here.at, here.run = self.depth + 1_000_000, 0
        elif name == "commentReference":
            items.append(Item(Is.BEHIND, start, scanning.tag_end(self.data, start), "", here.properties))
        elif name == "mc:AlternateContent" or name in _PICTURES:
            self.open_opaque(here, "img", start)
        elif name in _NOTHING or name in {"delText", "delInstrText"}:
            pass
        else:
            self.open_opaque(here, "x", start)

    def end_in_run(self, here: _Open, qname: str) -> None:
        name = qname[self.cut :]
        place = self.parser.CurrentByteIndex
        if name == "t":
            if place > self.text_start:
                here.paragraph.items.append(Item(Is.TEXT, self.text_start, place, "", here.properties))
                here.has_text = True
        elif name == "rPr":
            here.properties = self.data[here.started : scanning.element_end(self.data, here.started, place)]
        elif name == "instrText":
            here.fields.instructed(self.data[scanning.tag_end(self.data, here.started) : place].decode())

    def field(self, here: _Open, kind: str, start: int) -> None:
        """A complex field begins, shows its result, or ends."""
        here.fields.tagged(
            kind,
            Item(Is.BEHIND, start, scanning.tag_end(self.data, start), "", here.properties),
            tuple(frame.pair for frame in here.frames),
            here.paragraph.items,
            self.edges,
        )

    def end_paragraph(self, here: _Open) -> None:
        here.fields.opened_up(here.paragraph.items)
        if here.fields.is_lost:
            here.paragraph.items.clear()
        self.opened.pop()
        self.here = None
        if here.has_text:
            for around in self.opened:
                around.holds_text = True
        self.paragraphs.append(here.paragraph)
