"""The lines of a plain text: what stands on them, and what of it belongs together."""

from __future__ import annotations

import re
from collections.abc import Container, Iterator, Sequence

from l10n_flow.documents.segmentation import tables, wrapping
from l10n_flow.documents.segmentation.flow import BLANKS, Line, Passage, connect
from l10n_flow.documents.segmentation.furniture import furniture

_LINE = re.compile(r"[^\r\n]*")
_BREAK = re.compile(r"\r\n|\r|\n")


def passages(text: str) -> list[Passage]:
    """Cut a decoded file into its paragraphs, lines that stand for themselves, and cells of tables.

    Args:
        text: the whole file; lines end in LF, CR LF or CR.

    Returns:
        The passages in order; lines without a letter or digit (``***``), page furniture, and cells without a letter
        are left out.
    """
    found: list[Passage] = []
    for run, chunk in enumerate(_chunks(text, furniture(text))):
        rows = tables.rows(chunk)
        first = 0
        for index, row in enumerate(rows):
            if row is not None:
                found += _joined(text, chunk[first:index], run)
                found += _cells(chunk[index], row, run)
                first = index + 1
        found += _joined(text, chunk[first:], run)
    return found


def _joined(text: str, lines: Sequence[Line], run: int) -> Iterator[Passage]:
    for group in wrapping.paragraphs(lines) if lines else ():
        pieces = [Passage(line.text, (line.number,), line.start, line.end, run=run) for line in group]
        yield connect(pieces, text) if len(pieces) > 1 else pieces[0]


def _cells(line: Line, row: Sequence[tuple[int, int]], run: int) -> Iterator[Passage]:
    for start, end in row:
        cell = line.text[start:end]
        if any(map(str.isalpha, cell)):
            yield Passage(cell, (line.number,), line.start + start, line.start + end, run=run, cell=True)


def _chunks(text: str, left_out: Container[int]) -> Iterator[list[Line]]:
    """The runs of lines without a blank one between them; a line of page furniture between them leaves no trace."""
    chunk: list[Line] = []
    start, number = 0, 0
    while start <= len(text):
        number += 1
        end = _LINE.match(text, start).end()  # type: ignore[union-attr]  # it matches everywhere
        content = text[start:end]
        stripped = content.strip(BLANKS)
        indent = content[: len(content) - len(content.lstrip(BLANKS))]
        if start + len(indent) in left_out and stripped:
            pass
        elif any(map(str.isalnum, stripped)):
            chunk.append(Line(number, stripped, start + len(indent), indent))
        elif chunk:
            yield chunk
            chunk = []
        line_break = _BREAK.match(text, end)
        start = line_break.end() if line_break else end + 1
    if chunk:
        yield chunk
