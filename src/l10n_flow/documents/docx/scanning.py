"""Reading XML parts with expat: events with their offsets in the bytes, without external or expanding entities.

A part must have no document type declaration, so it has no entities of its own. It must be UTF-8, as from Word and
LibreOffice, and the depth of its elements is limited.
"""

from __future__ import annotations

import re
from collections.abc import Callable
from xml.parsers import expat

from l10n_flow.errors import SourceError

MAX_DEPTH = 400
#: A start tag from its ``<``.
START_TAG = re.compile(rb"<[^\s/>]+(?:\s+[^\s=]+\s*=\s*(?:\"[^\"]*\"|'[^']*'))*\s*/?>")
#: The characters that XML cannot contain.
UNWRITABLE = re.compile("[^\t\n\r\x20-\ud7ff\ue000-\ufffd\U00010000-\U0010ffff]")
_UTF_8 = frozenset({"utf-8", "utf8", "us-ascii", "ascii"})

Start = Callable[[str, dict[str, str]], None]
End = Callable[[str], None]


def scan(data: bytes, start: Callable[[expat.XMLParserType], tuple[Start, End]], *, path: str) -> None:
    """Read a part.

    Args:
        data: the part.
        start: gets the parser, whose ``CurrentByteIndex`` is the place of an event; returns the event handlers.
        path: the part, for messages.

    Raises:
        SourceError: it is not XML, or does not meet the conditions above.
    """
    if data.startswith((b"\xff\xfe", b"\xfe\xff")):
        raise SourceError("the part is UTF-16; open the file in Word and save it again", path=path)
    parser = expat.ParserCreate()
    parser.StartElementHandler, parser.EndElementHandler = start(parser)

    def declared(_: str, encoding: str | None, __: int) -> None:
        if encoding is not None and encoding.lower() not in _UTF_8:
            raise SourceError(f"the part is {encoding}, not UTF-8; open the file in Word and save it again", path=path)

    def typed(*_: object) -> None:
        raise SourceError("the part has a document type declaration (DTD), which no Word file has", path=path)

    parser.XmlDeclHandler = declared
    parser.StartDoctypeDeclHandler = typed
    try:
        parser.Parse(data, True)
    except expat.ExpatError as error:
        said = expat.ErrorString(error.code)
        message = f"the part is damaged ({said}, line {error.lineno}); open the file in Word and save it again"
        raise SourceError(message, path=path) from None


def attributes(data: bytes, name: str, *, path: str) -> list[dict[str, str]]:
    """Return the attributes of every element of a name, in order."""
    found: list[dict[str, str]] = []

    def start(element: str, attrs: dict[str, str]) -> None:
        if element.rpartition(":")[2] == name:
            found.append(attrs)

    scan(data, lambda _: (start, lambda _: None), path=path)
    return found


def deep(path: str) -> SourceError:
    """Return the error for a part whose elements are nested too deep."""
    message = f"the part has elements more than {MAX_DEPTH} deep in one another, as no document has"
    return SourceError(message, path=path)


def tag_end(data: bytes, start: int) -> int:
    """Return the end of the tag that begins at a place."""
    found = START_TAG.match(data, start)
    return found.end() if found else data.index(b">", start) + 1


def element_end(data: bytes, start: int, place: int) -> int:
    """Return the end of the element that begins at ``start``, from the place of its end event.

    The end event is at the end tag; for an empty element it is after the only tag.
    """
    if data.startswith(b"/>", place - 2) and tag_end(data, start) == place:
        return place
    return data.index(b">", place) + 1
