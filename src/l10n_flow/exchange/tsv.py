"""Tab-separated values: one pair on each line, without quoting, with or without a header."""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Sequence
from pathlib import Path

from l10n_flow.errors import SourceError
from l10n_flow.exchange.model import LOCALE, SOURCE_LOCALE, BilingualPair

_SOURCE, _TARGET = "source", "target"
_LONGEST = 1_000_000


def read(pieces: Iterable[bytes], path: Path, source_locale: str, locale: str) -> Iterator[BilingualPair]:
    """Return the pairs of a TSV file: from the columns named in its header, else from the first two.

    A header has a column ``source``; the translations are in the column ``target``, or in the column named after their
    locale or language. Empty lines are ignored.

    Raises:
        SourceError: the file is not UTF-8, a line has too few columns, or no column contains the translations.
    """
    locales = source_locale or SOURCE_LOCALE, locale or LOCALE
    columns: tuple[int, int] | None = None
    row = 0
    for number, line in enumerate(_lines(pieces, path), 1):
        if not line.strip():
            continue
        cells = line.split("\t")
        if columns is None:
            columns, is_header = _columns(cells, path, number, locales[1])
            if is_header:
                continue
        if max(columns) >= len(cells):
            message = (
                f"has {len(cells)} columns, and the translation is in column {max(columns) + 1}; part them by tabs"
            )
            raise SourceError(message, path=path, line=number)
        row += 1
        yield BilingualPair(row, number, cells[columns[0]], cells[columns[1]], *locales)


def _lines(pieces: Iterable[bytes], path: Path) -> Iterator[str]:
    """Return the lines, ended by LF or CRLF only: a text may contain any other line separator."""
    rest, number = b"", 0
    for piece in pieces:
        *whole, rest = (rest + piece).split(b"\n")
        for line in whole:
            number += 1
            yield _text(line, path, number)
        if len(rest) > _LONGEST:
            raise SourceError(f"has more than {_LONGEST:,} bytes on a line; is it TSV?", path=path, line=number + 1)
    if rest:
        yield _text(rest, path, number + 1)


def _text(line: bytes, path: Path, number: int) -> str:
    try:
        return line.decode("utf-8-sig" if number == 1 else "utf-8").removesuffix("\r")
    except UnicodeDecodeError:
        raise SourceError("is not UTF-8; save it as UTF-8", path=path, line=number) from None


def _columns(cells: Sequence[str], path: Path, number: int, locale: str) -> tuple[tuple[int, int], bool]:
    """Return the columns of source and translation, and whether this line is a header."""
    names = [cell.strip().lower().replace("-", "_") for cell in cells]
    if _SOURCE not in names:
        return (0, 1), False
    wanted = locale.lower().replace("-", "_")
    for name in (_TARGET, wanted, wanted.split("_")[0]):
        if name and name in names:
            return (names.index(_SOURCE), names.index(name)), True
    message = f"the header has no column for the translations; call it target or {locale}"
    raise SourceError(message, path=path, line=number)
