"""The lines of a plain text, and the passages that they form."""

from __future__ import annotations

import re
from collections.abc import Container, Iterator, Sequence

from l10n_flow.documents.segmentation import tables, wrapping
from l10n_flow.documents.segmentation.flow import BLANKS, Line, Passage, connect
from l10n_flow.documents.segmentation.furniture import furniture

_LINE = re.compile(r"([^\r\n]*)(?:\r\n|\r|\n|\Z)")
# A line directly below another.
_NEIGHBOURS = re.compile(r"(?<=[^\r\n])(?:\r\n|\r|\n)[^\S\r\n]{0,80}\S")
_WORDED = re.compile(r"[^\W_]")
# The mark of a list item alone on its line, as in a PDF that lost its indents: nothing to translate.
_BARE_MARK = re.compile(r"[(（]?(?:\d{1,2}|[A-Za-z]|[ivx]{1,4})[.)．）]\Z")


class _Kept:
    """One copy of each short text that a document repeats, to keep a list of a million marks small."""

    def __init__(self) -> None:
        self.texts: dict[str, str] = {}

    def one(self, text: str) -> str:
        if len(text) > 4:
            return text
        if len(self.texts) < 1000:
            return self.texts.setdefault(text, text)
        return self.texts.get(text, text)


def passages(text: str) -> list[Passage]:
    """Divide a decoded file into paragraphs, single lines, and cells of tables.

    Args:
        text: the whole file; lines end in LF, CR LF or CR.

    Returns:
        The passages in order; lines without a letter or digit (``***``), page furniture, and cells without a letter
        are left out.
    """
    found: list[Passage] = []
    kept, left_out = _Kept(), furniture(text)
    width = _width(text, left_out)
    for chunk in _chunks(text, left_out, kept):
        rows = tables.rows(chunk)
        first = 0
        for index, row in enumerate(rows):
            if row is not None:
                found += _joined(text, chunk[first:index], chunk[0].number, width)
                found += _cells(chunk[index], row, chunk[0].number, kept)
                first = index + 1
        found += _joined(text, chunk[first:] if first else chunk, chunk[0].number, width)
    return found


def _width(text: str, left_out: Container[int]) -> int:
    """Return the width to which most paragraphs of a document are wrapped that prove to be, 0 when none does."""
    if _NEIGHBOURS.search(text) is None:
        return 0
    found = [(wrapping.width_of(chunk), len(chunk)) for chunk in _chunks(text, left_out, _Kept()) if len(chunk) > 2]
    widths = sorted(width for width, lines in found if width for _ in range(lines))
    return widths[len(widths) // 2] if len(widths) > 2 else 0


def _joined(text: str, lines: Sequence[Line], run: int, width: int) -> Iterator[Passage]:
    for group in wrapping.paragraphs(lines, width) if len(lines) > 1 else [lines] if lines else ():
        pieces = [Passage(line.text, (line.number,), line.start, line.end, run=run) for line in group]
        yield connect(pieces, text) if len(pieces) > 1 else pieces[0]


def _cells(line: Line, row: Sequence[tuple[int, int]], run: int, kept: _Kept) -> Iterator[Passage]:
    for start, end in row:
        cell = kept.one(line.text[start:end])
        if any(map(str.isalpha, cell)):
            yield Passage(cell, (line.number,), line.start + start, line.start + end, run=run, cell=True)


def _chunks(text: str, left_out: Container[int], kept: _Kept) -> Iterator[list[Line]]:
    """Yield the runs of lines without a blank line between them; lines of page furniture are skipped."""
    chunk: list[Line] = []
    for number, found in enumerate(_LINE.finditer(text), 1):
        content = found[1]
        stripped = content.strip(BLANKS)
        start = found.start()
        indent = ""
        if stripped and content[0] != stripped[0]:
            indent = content[: len(content) - len(content.lstrip(BLANKS))]
            start += len(indent)
        if stripped and start in left_out:
            continue
        if _WORDED.search(stripped) and not _BARE_MARK.match(stripped):
            chunk.append(Line(number, kept.one(stripped), start, indent))
        elif chunk:
            yield chunk
            chunk = []
    if chunk:
        yield chunk
