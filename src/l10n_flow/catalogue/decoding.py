"""Decode PO files, which are UTF-8 here, and name the command that converts one in another encoding."""

from __future__ import annotations

import re
import shlex
from pathlib import Path

from l10n_flow.errors import CatalogueError, shown_path

_CHARSET = re.compile(rb"charset=([\w.:-]+)")


def decode(data: bytes, path: Path) -> str:
    """Decode a PO file: UTF-8, without a byte order mark, with a line feed at the end of every line.

    Raises:
        CatalogueError: for bytes that are not UTF-8 and for NUL, with the line.
    """
    utf_16 = _utf_16(data)
    if utf_16:
        message = f"the file is {utf_16}, which gettext does not read; convert it with: {_iconv(utf_16, path)}"
        raise CatalogueError(message, path=path, line=1)
    try:
        text = data.decode("utf-8-sig")
    except UnicodeDecodeError as error:
        # The codec counts without the byte order mark it took away.
        start = error.start + (3 if data.startswith(b"\xef\xbb\xbf") else 0)
        message = f"byte 0x{data[start]:02x} is not UTF-8; {_remedy(data, path)}"
        raise CatalogueError(message, path=path, line=data.count(b"\n", 0, start) + 1) from None
    if "\0" in text:
        line = text.count("\n", 0, text.index("\0")) + 1
        raise CatalogueError("a NUL character; the file seems damaged, restore it", path=path, line=line)
    # Where no line feed is at all, a carriage return is one (classic Mac OS).
    return text.replace("\r\n", "\n") if "\n" in text else text.replace("\r", "\n")


def _utf_16(data: bytes) -> str:
    """Return the name of a file's UTF-16 encoding; "" for another encoding."""
    if data.startswith((b"\xff\xfe", b"\xfe\xff")):
        return "UTF-16"
    first, second = data[:1], data[1:2]  # of an ASCII character, with which every file begins
    if second == b"\0" != first:
        return "UTF-16LE"
    return "UTF-16BE" if first == b"\0" and second not in {b"", b"\0"} else ""


def _remedy(data: bytes, path: Path) -> str:
    """Return how to convert a file to UTF-8."""
    declared = _CHARSET.search(data)
    name = declared[1].decode() if declared else ""
    if name.upper() in {"", "CHARSET", "UTF-8", "UTF8"}:
        return f"save the file as UTF-8; if it is Big5, say, convert it with: {_iconv('BIG5-HKSCS', path)}"
    return f"the header says charset={name}; convert the file with: {recoding(path)}"


def recoding(path: Path) -> str:
    """The command that writes a catalogue in UTF-8 and says so in its header: msgconv reads all of it first."""
    name = shlex.quote(shown_path(path))
    return f"msgconv -t UTF-8 -o {name} {name}"


def _iconv(charset: str, path: Path) -> str:
    name = shlex.quote(shown_path(path))
    return f"iconv -f {charset} -t UTF-8 {name} > new.po && mv new.po {name}"
