"""Plain text: paragraphs with or without blank lines between them, hard-wrapped or not."""

from __future__ import annotations

import codecs
import re
from collections.abc import Sequence

from l10n_flow import conflicts
from l10n_flow.documents.format import Reading, Shape
from l10n_flow.documents.segmentation.blocks import segment
from l10n_flow.documents.segmentation.lines import passages
from l10n_flow.documents.text_render import render
from l10n_flow.errors import SourceError
from l10n_flow.inline import InlineCode
from l10n_flow.model import Document

_BREAK = re.compile(r"\r\n|\r|\n")


class Text:
    """The format (``Format``); it has no state."""

    suffixes = (".txt", ".text")
    is_text = True

    def parse(self, data: bytes, reading: Reading) -> Document:
        """Read a plain text."""
        text, bom = decode(data, path=reading.path)
        refuse_conflict(text, path=reading.path)
        made = segment(text, passages(text), unit=reading.unit, overrides=reading.overrides)
        return Document(made.blocks, made.tail, newline_of(text), bom, made.notices, kept=made.kept)

    def render(self, document: Document, targets: Sequence[str | None], *, locale: str) -> bytes:
        """Write a plain text, with the byte order mark if the source had one."""
        text = render(document, targets, locale=locale)
        return (codecs.BOM_UTF8 if document.bom else b"") + text.encode()

    def shape(self, data: bytes) -> Shape:  # noqa: ARG002 - the protocol's
        """Return the shape of a plain text: it has no structure that a target could change."""
        return Shape()

    def inline(self, text: str) -> tuple[InlineCode, ...]:  # noqa: ARG002 - the protocol's
        """Return no inline codes: a plain text has no markup."""
        return ()

    def mark_draft(self, data: bytes, document: Document, notice: str) -> bytes:
        """Return the file with the notice as a paragraph at the top."""
        bom = codecs.BOM_UTF8 if document.bom else b""
        return bom + f"{notice}{document.newline * 2}".encode() + data.removeprefix(bom)


TEXT = Text()


def decode(data: bytes, *, path: str) -> tuple[str, bool]:
    """Return the text of a file without its byte order mark, and whether there was one.

    Raises:
        SourceError: it is not UTF-8, or contains a NUL character (with the line).
    """
    bom = data.startswith(codecs.BOM_UTF8)
    if data.startswith((codecs.BOM_UTF16_LE, codecs.BOM_UTF16_BE)):
        raise SourceError("this is UTF-16, not UTF-8; save the file as UTF-8, or name its encoding", path=path, line=1)
    body = data.removeprefix(codecs.BOM_UTF8)
    try:
        text = body.decode()
    except UnicodeDecodeError as error:
        line, column = _place(body[: error.start].decode())
        message = (
            f"byte 0x{body[error.start]:02X} at column {column} is not UTF-8; save the file as UTF-8,"
            " or name its encoding (encoding in l10n-flow.toml, or --encoding)"
        )
        raise SourceError(message, path=path, line=line) from error
    if "\0" in text:
        line, column = _place(text[: text.index("\0")])
        raise SourceError(f"there is a NUL character at column {column}; remove it", path=path, line=line)
    return text, bom


def refuse_conflict(text: str, *, path: str) -> None:
    """Refuse a text that contains a conflict marker.

    Raises:
        SourceError: it contains one (with the line).
    """
    if (number := conflicts.line_of_conflict(text)) is not None:
        raise SourceError(conflicts.MESSAGE, path=path, line=number)


def newline_of(text: str) -> str:
    """Return the most frequent line end of a text; a line feed when it has none."""
    crlf = text.count("\r\n")
    counts = {"\n": text.count("\n") - crlf, "\r\n": crlf, "\r": text.count("\r") - crlf}
    return max(counts, key=counts.__getitem__)


def _place(before: str) -> tuple[int, int]:
    """Return the 1-based line and column after the beginning ``before`` of a file."""
    breaks = list(_BREAK.finditer(before))
    return len(breaks) + 1, len(before) - (breaks[-1].end() if breaks else 0) + 1
