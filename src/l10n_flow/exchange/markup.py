"""Read XML from other programs in pieces: no entity is expanded, nothing outside the file is opened.

A document type with an address, which every TMX file has, is ignored; a document type that declares an entity is an
error.
"""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Mapping
from pathlib import Path
from typing import Protocol
from xml.parsers import expat

from l10n_flow.errors import SourceError
from l10n_flow.exchange.model import BilingualPair

_DEEPEST = 200
_LONGEST = 1_000_000
_XML = "http://www.w3.org/XML/1998/namespace"
_LANGUAGE = f"{_XML} lang"


class Handler(Protocol):
    """The reader of the elements of one format; ``ready`` contains the complete pairs."""

    ready: list[BilingualPair]

    def start(self, name: str, attributes: Mapping[str, str], line: int) -> None: ...

    def end(self, name: str) -> None: ...

    def text(self, text: str) -> None: ...


def read(pieces: Iterable[bytes], path: Path, handler: Handler) -> Iterator[BilingualPair]:
    """Return the pairs that a handler finds, each as soon as its element ends.

    The handler gets names of elements and attributes without their namespace, and ``xml:lang`` as ``lang``.

    Raises:
        SourceError: the file is not well-formed, declares an entity, or is deeper or longer than any real file.
    """
    parser = _parser(path, handler)
    try:
        for piece in pieces:
            parser.Parse(piece, False)
            yield from _taken(handler)
        parser.Parse(b"", True)
    except expat.ExpatError as error:
        message = f"is not well-formed XML: {expat.errors.messages[error.code]}"
        raise SourceError(message, path=path, line=error.lineno) from None
    except SourceError:
        raise
    except (LookupError, ValueError):
        raise SourceError("is in an encoding that is not known; save it as UTF-8", path=path) from None
    yield from _taken(handler)


def _taken(handler: Handler) -> list[BilingualPair]:
    taken, handler.ready = handler.ready, []
    return taken


def _parser(path: Path, handler: Handler) -> expat.XMLParserType:
    parser = expat.ParserCreate(namespace_separator=" ")
    parser.buffer_text = True
    depth, length = 0, 0

    def refuse(message: str) -> SourceError:
        return SourceError(message, path=path, line=parser.CurrentLineNumber)

    def start(name: str, attributes: dict[str, str]) -> None:
        nonlocal depth, length
        depth, length = depth + 1, 0
        if depth > _DEEPEST:
            raise refuse(f"has more than {_DEEPEST} elements inside one another; nothing is read of it")
        named = {("lang" if key == _LANGUAGE else local(key)): value for key, value in attributes.items()}
        handler.start(local(name), named, parser.CurrentLineNumber)

    def end(name: str) -> None:
        nonlocal depth
        depth -= 1
        handler.end(local(name))

    def text(data: str) -> None:
        nonlocal length
        length += len(data)
        if length > _LONGEST:
            raise refuse(f"has a text of more than {_LONGEST:,} characters; nothing is read of it")
        handler.text(data)

    def entity(*_: object) -> None:
        raise refuse("declares an entity, which is never expanded; write the text itself")

    def skipped(name: str, is_parameter: object) -> None:
        del is_parameter
        raise refuse(f"has the entity &{name}; which is not declared; write the text itself")

    parser.StartElementHandler, parser.EndElementHandler, parser.CharacterDataHandler = start, end, text
    parser.EntityDeclHandler, parser.SkippedEntityHandler = entity, skipped
    parser.SetParamEntityParsing(expat.XML_PARAM_ENTITY_PARSING_NEVER)
    return parser


def local(name: str) -> str:
    """Return a name without its namespace."""
    return name.rpartition(" ")[2]
