"""The title among the properties of a Word file."""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from xml.parsers.expat import XMLParserType

from l10n_flow.documents.docx import inline, scanning
from l10n_flow.documents.docx.texts import text_parts
from l10n_flow.documents.docx.writing import escaped
from l10n_flow.documents.segmentation.flow import BLANKS, Passage, laid
from l10n_flow.model import Document


def title(data: bytes, number: int, *, path: str) -> Iterator[tuple[Passage, int]]:
    """Yield the title as a passage of one unit, with its place in the bytes of the part; nothing without a title.

    Args:
        data: the part with the core properties.
        number: its line number in messages.
        path: for messages.

    Raises:
        SourceError: the part is damaged.
    """
    places: list[int] = []

    def handlers(parser: XMLParserType) -> tuple[scanning.Start, scanning.End]:
        def start(name: str, _: dict[str, str]) -> None:
            if name == "dc:title" and not places:
                places.append(scanning.tag_end(data, parser.CurrentByteIndex))

        def end(name: str) -> None:
            if name == "dc:title" and len(places) == 1:
                places.append(parser.CurrentByteIndex)

        return start, end

    scanning.scan(data, handlers, path=path)
    if len(places) < 2 or places[0] >= places[1]:
        return
    raw = data[slice(*places)].decode()
    text = raw.strip(BLANKS + "\r\n")
    if "<" in raw or not any(map(str.isalpha, text)):
        return
    passage = laid(list(text_parts(text, number)), 0)
    codes = inline.codes(passage.text) if "&" in passage.text else ()
    yield passage._replace(whole=True, codes=codes), places[0] + len(raw[: raw.index(text)].encode())


def following(data: bytes, document: Document, targets: Sequence[str | None], *, path: str) -> bytes:
    """Return the part with its title translated like the same text in the document; the title is then not a unit.

    Args:
        data: the part.
        document: the document.
        targets: the inserted texts.
        path: for messages.
    """
    for passage, begin in title(data, 1, path=path):
        for unit, target in zip(document.units(), targets, strict=True):
            if target and unit.text == passage.text:
                if target == unit.text:
                    return data
                end = begin + len(data[begin:].decode()[: passage.end].encode())
                return data[:begin] + escaped(inline.said(target)).encode() + data[end:]
    return data
