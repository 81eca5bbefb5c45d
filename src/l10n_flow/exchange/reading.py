"""Open a bilingual file and choose the reader for its format."""

from __future__ import annotations

from collections.abc import Callable, Iterator
from itertools import chain
from pathlib import Path
from typing import BinaryIO

from l10n_flow.errors import SourceError
from l10n_flow.exchange import po, tmx, tsv, xliff
from l10n_flow.exchange.model import BilingualPair

_PIECE = 1 << 16
Pieces = Iterator[bytes]
_Reader = Callable[[Pieces, Path, str, str], Iterator[BilingualPair]]

#: The formats, and the file name suffixes of each.
FORMATS: dict[str, tuple[str, ...]] = {
    "tsv": (".tsv", ".tab", ".txt"),
    "tmx": (".tmx",),
    "xliff": (".xlf", ".xliff", ".xlif", ".mxliff", ".sdlxliff", ".mqxliff"),
    "po": (".po", ".pot"),
}
_READERS: dict[str, _Reader] = {"tsv": tsv.read, "tmx": tmx.read, "xliff": xliff.read, "po": po.read}


def read_pairs(path: Path, source_locale: str = "", locale: str = "") -> Iterator[BilingualPair]:
    """Return the pairs of a bilingual file one after the other; the memory used does not depend on its size.

    Args:
        path: the file; its suffix decides the format, or with an unknown suffix its first characters.
        source_locale: the locale of the source; "": the one in the file.
        locale: the locale of the translations; "": the one in the file.

    Raises:
        SourceError: the file cannot be read, is not well-formed, or lacks the columns or languages.
    """
    try:
        with path.open("rb") as file:
            pieces = _pieces(file)
            first = next(pieces, b"")
            yield from _READERS[_form(path, first)](chain([first], pieces), path, source_locale, locale)
    except OSError as error:
        raise SourceError(f"cannot be read: {error.strerror}", path=path) from None


def _pieces(file: BinaryIO) -> Pieces:
    while piece := file.read(_PIECE):
        yield piece


def _form(path: Path, first: bytes) -> str:
    suffix = path.suffix.lower()
    named = next((name for name, endings in FORMATS.items() if suffix in endings), None)
    if named and named != "tsv":
        return named
    head = first[:4096].replace(b"\0", b"").lstrip(b"\xef\xbb\xbf\xff\xfe \t\r\n")
    if not head.startswith(b"<"):
        return named or ("po" if b"\nmsgid " in b"\n" + head else "tsv")
    return "tmx" if b"<tmx" in head else "xliff" if b"<xliff" in head else named or "xliff"
