"""Conversion as a filter: bytes in, bytes out, unchanged line ends, in constant memory."""

from __future__ import annotations

import codecs
import re
from collections.abc import Iterator
from typing import BinaryIO, NamedTuple

from l10n_flow.conversion import Change, Converter
from l10n_flow.conversion.punctuation import BLANK_LINE, paragraphs_of
from l10n_flow.errors import SourceError

#: The number of bytes that are read at a time.
_CHUNK = 1 << 18
#: A paragraph is converted as a whole, because of its quotation marks; a longer one than this is split.
_LONGEST = 200_000
_LINE = r"[^\n]*\n|[^\n]+"  # str.splitlines splits at more line ends than a line number counts
_SENTENCE_ENDS = "\n。！？"


class Line(NamedTuple):
    """A change and its line; its spans count from the beginning of the line."""

    number: int
    change: Change


def convert_stream(source: BinaryIO, sink: BinaryIO, converter: Converter) -> None:
    """Convert UTF-8 text paragraph by paragraph (up to a blank line); line ends and blank lines do not change.

    Raises:
        ConversionError: for an unknown conversion, before anything is read.
        SourceError: for bytes that are not UTF-8, with the line; the text before them has been written.
    """
    converter.convert_block([""])
    try:
        sink.writelines(converter.convert_paragraphs(chunk).encode() for chunk in _chunks(source, converter))
    finally:
        sink.flush()


def explain_stream(source: BinaryIO, converter: Converter) -> Iterator[Line]:
    """Yield the changes of the conversion, in order.

    Raises:
        ConversionError, SourceError: as :func:`convert_stream`.
    """
    number, column, shift = 1, 0, 0  # after a split, the next piece begins inside a line
    for paragraph in _paragraphs(source, converter):
        lines = re.findall(_LINE, paragraph)
        for text, found in zip(lines, converter.explain_block(lines), strict=True):
            changes = [_moved(change, column, column + shift) for change in found] if column else found
            yield from [Line(number, change) for change in changes]
            if text.endswith("\n"):
                number, column, shift = number + 1, 0, 0
            else:
                column += len(text)
                shift += found[-1].target_end - found[-1].end if found else 0


def _moved(change: Change, by: int, target_by: int) -> Change:
    return change._replace(
        start=change.start + by,
        end=change.end + by,
        target_start=change.target_start + target_by,
        target_end=change.target_end + target_by,
    )


def _paragraphs(source: BinaryIO, converter: Converter) -> Iterator[str]:
    """Yield the text in pieces, each of which can be converted by itself."""
    return (paragraph for chunk in _chunks(source, converter) for paragraph in paragraphs_of(chunk))


def _chunks(source: BinaryIO, converter: Converter) -> Iterator[str]:
    """Yield the text in pieces of whole paragraphs, or of parts of a paragraph that is too long."""
    rest = ""
    try:
        for text in _decoded(source):
            *whole, rest = _parted(rest + text, converter)
            yield from whole
    except SourceError:
        yield rest  # the valid text before the error is passed on
        raise
    yield rest


def _parted(text: str, converter: Converter) -> Iterator[str]:
    """Yield the complete paragraphs of a text, then its last one, which may continue and is not too long."""
    done = text.rfind("\n\n") + 2 if "\n\n" in text else 0
    for found in BLANK_LINE.finditer(text, done):
        done = found.end()
    if done:
        yield text[:done]
    while len(text) - done > _LONGEST:
        end = max(text.rfind(mark, done, done + _LONGEST) for mark in _SENTENCE_ENDS) + 1
        if not end:
            end = done + converter.border(text[done : done + _LONGEST])
        yield text[done:end]
        done = end
    yield text[done:]


def _decoded(source: BinaryIO) -> Iterator[str]:
    decoder = codecs.getincrementaldecoder("utf-8")()
    lines = 1
    while True:
        data = source.read(_CHUNK)
        try:
            text = decoder.decode(data, final=not data)
        except UnicodeDecodeError as error:
            good = error.object[: error.start].decode()
            yield good
            message = f"byte 0x{error.object[error.start]:02x} is not UTF-8; convert the text to UTF-8 first"
            raise SourceError(message, path="standard input", line=lines + good.count("\n")) from None
        yield text
        lines += text.count("\n")
        if not data:
            return
