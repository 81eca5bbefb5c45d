"""Conversion as a filter: bytes in, bytes out, line ends as they came."""

from __future__ import annotations

from collections.abc import Iterator
from typing import BinaryIO

from l10n_flow.conversion import Converter, Punctuation, require
from l10n_flow.errors import SourceError

#: A paragraph is converted as a whole, for its quotation marks; a longer one than this is cut at a line end.
_LONGEST = 200_000


def convert_stream(source: BinaryIO, sink: BinaryIO, conversion: str, punctuation: str) -> None:
    """Convert UTF-8 text paragraph by paragraph (up to a blank line); everything but the text stays byte for byte.

    Raises:
        ConversionError: for an unknown conversion, before anything is read.
        SourceError: for bytes that are not UTF-8, with the line; what came before has been written.
    """
    converter = Converter(require(conversion), Punctuation(punctuation))
    try:
        sink.writelines("".join(converter.convert_block(lines)).encode() for lines in _paragraphs(source))
    finally:
        sink.flush()


def _paragraphs(source: BinaryIO) -> Iterator[list[str]]:
    lines: list[str] = []
    size = 0
    for number, line in enumerate(source, 1):
        try:
            text = line.decode()
        except UnicodeDecodeError as error:
            yield lines  # what was right is not held back
            message = f"byte 0x{line[error.start]:02x} is not UTF-8; convert the text to UTF-8 first"
            raise SourceError(message, path="standard input", line=number) from None
        lines.append(text)
        size += len(text)
        if not text.strip() or size > _LONGEST:
            yield lines
            lines, size = [], 0
    if lines:
        yield lines
