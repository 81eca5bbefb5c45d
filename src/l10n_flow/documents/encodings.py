"""Encodings other than UTF-8, used only if the user names them: no encoding is guessed.

Formats read and write UTF-8; the encoding of a file is converted before and after them.
"""

from __future__ import annotations

import codecs
import re

from l10n_flow.errors import SourceError

UTF_8 = "utf-8"
#: The names of encodings for users, and the Python codec of each.
ENCODINGS = {
    UTF_8: "utf-8",
    "big5": "cp950",  # the Windows variant, which files have
    "big5-hkscs": "big5hkscs",
    "gb18030": "gb18030",
    "utf-16": "utf-16",
    "utf-16le": "utf-16-le",
    "utf-16be": "utf-16-be",
}
_MARKS = {"utf-16-le": codecs.BOM_UTF16_LE, "utf-16-be": codecs.BOM_UTF16_BE}
_BREAK = re.compile(r"\r\n|\r|\n")


def require(name: str) -> str:
    """Return the encoding of a name, whatever its upper case, lower case and hyphens.

    Raises:
        SourceError: there is no such encoding.
    """
    wanted = re.sub(r"[-_ ]", "", name.lower())
    found = next((known for known in ENCODINGS if known.replace("-", "") == wanted), None)
    if found is None:
        raise SourceError(f"unknown encoding {name!r}; choose one of {', '.join(ENCODINGS)}")
    return found


def to_utf8(data: bytes, encoding: str, *, path: str) -> tuple[bytes, str]:
    """Return a file in UTF-8, with a byte order mark if it had one, and the codec that reproduces its bytes.

    Args:
        data: the file.
        encoding: a key of ``ENCODINGS``.
        path: the path of the file, for messages.

    Raises:
        SourceError: it is not in this encoding (with the line).
    """
    codec = ENCODINGS[encoding]
    if encoding == UTF_8:
        return data, codec
    if data.startswith(codecs.BOM_UTF8):
        raise SourceError(f"this is UTF-8 by its byte order mark, not {encoding}", path=path, line=1)
    if codec == "utf-16":
        codec = next((each for each, mark in _MARKS.items() if data.startswith(mark)), "")
        if not codec and data:
            message = "UTF-16 without a byte order mark; name utf-16le or utf-16be as its encoding"
            raise SourceError(message, path=path, line=1)
    mark = _MARKS.get(codec, b"")
    bom = bool(mark) and data.startswith(mark)
    body = data[len(mark) :] if bom else data
    try:
        text = body.decode(codec or "utf-8")
    except UnicodeDecodeError as error:
        before = body[: error.start].decode(codec)
        breaks = list(_BREAK.finditer(before))
        column = len(before) - (breaks[-1].end() if breaks else 0) + 1
        message = f"byte 0x{body[error.start]:02X} at column {column} is not {encoding}; is the encoding right?"
        raise SourceError(message, path=path, line=len(breaks) + 1) from error
    return (codecs.BOM_UTF8 if bom else b"") + text.encode(), codec or UTF_8


def from_utf8(data: bytes, codec: str, *, path: str) -> bytes:
    """Return a file in UTF-8 in the encoding of its source.

    Raises:
        SourceError: the encoding cannot represent a character of the file (with the line).
    """
    if codec == UTF_8:
        return data
    bom = data.startswith(codecs.BOM_UTF8)
    text = data.removeprefix(codecs.BOM_UTF8).decode()
    try:
        return (_MARKS.get(codec, b"") if bom else b"") + text.encode(codec)
    except UnicodeEncodeError as error:
        name = next(known for known, each in ENCODINGS.items() if each == codec)
        line = len(_BREAK.findall(text, 0, error.start)) + 1
        message = f'{text[error.start]!r} cannot be written in {name}; set output-encoding = "utf-8"'
        raise SourceError(message, path=path, line=line) from error


def without_foreign_mark(data: bytes, codec: str) -> bytes:
    """Return a file in UTF-8 without a byte order mark that only its source in UTF-16 needs."""
    return data if codec == UTF_8 else data.removeprefix(codecs.BOM_UTF8)


def writable(notice: str, codec: str) -> str:
    """Return the parts of a notice, separated by middle dots, that an encoding can represent."""

    def can_be(part: str) -> bool:
        try:
            part.encode(codec)
        except UnicodeEncodeError:
            return False
        return True

    return notice if can_be(notice) else " · ".join(filter(can_be, notice.split(" · ")))
