"""Reading a part of a Word file from its XML events: paragraphs with their items, and the shape around them.

A text box that occurs twice, for new and for old programs, is read once.
"""

from __future__ import annotations

from typing import NamedTuple
from xml.parsers.expat import XMLParserType

from l10n_flow.documents.docx import scanning
from l10n_flow.documents.docx.items import Paragraph
from l10n_flow.documents.docx.open_paragraph import OpenParagraph
from l10n_flow.documents.docx.reading import DELETED, INSERTED, Reading

_STRUCTURE = frozenset({"tbl", "tr", "tc", "txbxContent", "sectPr", "footnote", "endnote"})
_PLACES = {"tc": "cell", "txbxContent": "box"}


class Part(NamedTuple):
    """The content of a part.

    Attributes:
        paragraphs: the paragraphs in the order of their ends.
        events: its shape.
        numbers: for each event the number of its paragraph.
        tracked: the number of tracked changes.
        prefix: the namespace prefix of Word's elements, ``w:``.
    """

    paragraphs: list[Paragraph]
    events: list[str]
    numbers: list[int]
    tracked: int
    prefix: str


def read(data: bytes, kind: str, first: int, *, path: str) -> Part:
    """Read a part.

    Args:
        data: the part.
        kind: its kind: ``document``, ``footnotes`` …
        first: the number of its first paragraph.
        path: for messages.

    Raises:
        SourceError: it is not XML, not a part of a Word file, or nested too deep.
    """
    made: list[_Reader] = []

    def start(parser: XMLParserType) -> tuple[scanning.Start, scanning.End]:
        made.append(_Reader(Reading(data, path, parser, first - 1), kind))
        return made[0].start, made[0].end

    scanning.scan(data, start, path=path)
    reader, reading = made[0], made[0].reading
    return Part(reader.paragraphs, reading.events, reading.numbers, reading.tracked, reading.prefix)


class _Reader:
    def __init__(self, reading: Reading, kind: str) -> None:
        self.reading = reading
        self.paragraphs: list[Paragraph] = []
        self._places = ["note" if kind in {"footnotes", "endnotes"} else kind]
        self._opened: list[OpenParagraph] = []  # those that contain a text box, and the present one
        self._here: OpenParagraph | None = None

    def start(self, qname: str, attrs: dict[str, str]) -> None:
        reading = self.reading
        reading.depth += 1
        if reading.depth > scanning.MAX_DEPTH:
            raise scanning.deep(reading.path)
        if reading.skip:
            return
        if reading.depth == 1:
            reading.root(attrs)
        name = qname.removeprefix(reading.prefix)
        if self._here is None:
            self._around(name)
        elif self._here.opaque:
            self._inside(name)
        else:
            self._here.start(name, attrs)

    def end(self, qname: str) -> None:
        reading = self.reading
        depth, reading.depth = reading.depth, reading.depth - 1
        if reading.skip:
            reading.skip = 0 if depth == reading.skip else reading.skip
            return
        name = qname.removeprefix(reading.prefix)
        if self._here is not None:
            if self._here.end(name, depth):
                self._end_paragraph(self._here)
        elif name in _PLACES:
            self._places.pop()
            if name == "txbxContent" and self._opened:
                self._here = self._opened[-1]

    def _around(self, name: str) -> None:
        """Handle an element that begins outside paragraphs."""
        reading = self.reading
        if name == "p":
            reading.number += 1
            reading.event("p")
            self._here = OpenParagraph(reading, Paragraph(reading.number, self._places[-1]), reading.depth)
            self._opened.append(self._here)
        elif name in _STRUCTURE:
            reading.event(name)
            if name in _PLACES:
                self._places.append(_PLACES[name])
        elif name in DELETED or name in INSERTED:
            reading.tracked += 1
        elif name == "mc:Fallback":
            reading.skip = reading.depth

    def _inside(self, name: str) -> None:
        """Handle an element that begins in a picture, which may contain text boxes."""
        if name == "txbxContent":
            self._here = None  # its paragraphs are ordinary; the outer paragraph continues at its end
        if name in {"txbxContent", "mc:Fallback"}:
            self._around(name)

    def _end_paragraph(self, here: OpenParagraph) -> None:
        self._opened.pop()
        self._here = None
        if here.has_text:
            for around in self._opened:
                around.holds_text = True
        self.paragraphs.append(here.paragraph)
