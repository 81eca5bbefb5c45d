"""The state of reading a part of a Word file: the place of the parser, and the shape so far."""

from __future__ import annotations

from dataclasses import dataclass, field
from xml.parsers.expat import XMLParserType

from l10n_flow.documents.docx import scanning
from l10n_flow.documents.docx.fields import Edges
from l10n_flow.errors import SourceError

#: Elements of tracked changes: those whose content is not text, and those whose content is text.
DELETED = frozenset({"del", "moveFrom"})
INSERTED = frozenset({"ins", "moveTo"})
_NAMESPACES = frozenset(
    {
        "http://schemas.openxmlformats.org/wordprocessingml/2006/main",
        "http://purl.oclc.org/ooxml/wordprocessingml/main",
    }
)


@dataclass(slots=True)
class Reading:
    """A part during reading.

    Attributes:
        data: the part.
        path: for messages.
        parser: its parser.
        number: the number of paragraphs of the file that have begun.
        prefix: the namespace prefix of Word's elements, ``w:``.
        edges: the edges of its runs.
        depth: the depth of the element that begins.
        skip: the depth of the skipped element, 0 for none.
        tracked: the number of tracked changes that have begun.
        events: the shape so far.
        numbers: for each event the number of its paragraph.
    """

    data: bytes
    path: str
    parser: XMLParserType
    number: int
    prefix: str = "w:"
    edges: Edges = field(init=False)
    depth: int = 0
    skip: int = 0
    tracked: int = 0
    events: list[str] = field(default_factory=list)
    numbers: list[int] = field(default_factory=list)

    def root(self, attrs: dict[str, str]) -> None:
        """Read the prefix of Word's elements from the first element.

        Raises:
            SourceError: it has no such prefix.
        """
        for key, value in attrs.items():
            if value in _NAMESPACES and key.partition(":")[0] == "xmlns":
                prefix = key.partition(":")[2]
                self.prefix = f"{prefix}:" if prefix else ""
                self.edges = Edges(self.data, self.prefix)
                return
        message = "the part is none of a Word document; open the file in Word and save it again"
        raise SourceError(message, path=self.path)

    @property
    def place(self) -> int:
        """Return the place of the event in the data."""
        return self.parser.CurrentByteIndex

    def tag_end(self, start: int) -> int:
        """Return the end of the tag that begins at a place."""
        return scanning.tag_end(self.data, start)

    def element_end(self, start: int) -> int:
        """Return the end of the element that begins at a place; the present event is its end event."""
        return scanning.element_end(self.data, start, self.place)

    def event(self, what: str) -> None:
        """Add an event to the shape."""
        self.events.append(what)
        self.numbers.append(max(self.number, 1))
