"""A part of a Word file while it is read: where the parser is, and the shape of what has been read."""

from __future__ import annotations

from dataclasses import dataclass, field
from xml.parsers.expat import XMLParserType

from l10n_flow.documents.docx import scanning
from l10n_flow.documents.docx.fields import Edges
from l10n_flow.errors import SourceError

#: Elements of tracked changes: what is in them is no text, or is text.
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
    """A part while it is read.

    Attributes:
        data: the part.
        path: for messages.
        parser: of it.
        number: how many paragraphs of the file have begun.
        prefix: how the names of Word's elements begin, ``w:``.
        edges: of its runs.
        depth: how deep the element is that begins.
        skip: how deep the element is that is passed over, 0 for none.
        tracked: how many tracked changes have begun.
        events: the shape so far.
        numbers: of each event, that of the paragraph it is in.
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
        """The first element begins: it says what prefix the part gives Word's elements.

        Raises:
            SourceError: it gives them none.
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
        """Where the event is in the data."""
        return self.parser.CurrentByteIndex

    def tag_end(self, start: int) -> int:
        """Where the tag ends that begins at a place."""
        return scanning.tag_end(self.data, start)

    def element_end(self, start: int) -> int:
        """Where the element ends whose end event this is, and that begins at a place."""
        return scanning.element_end(self.data, start, self.place)

    def event(self, what: str) -> None:
        """Add to the shape."""
        self.events.append(what)
        self.numbers.append(max(self.number, 1))
