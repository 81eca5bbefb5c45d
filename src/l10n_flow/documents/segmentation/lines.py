"""The lines of a plain text: what stands on them, and what of it belongs together."""

from __future__ import annotations

import re
from collections.abc import Iterator, Sequence
from itertools import pairwise

from l10n_flow.documents.segmentation import tables, wrapping
from l10n_flow.documents.segmentation.flow import BLANKS, Line, Passage, connect

_LINE = re.compile(r"[^\r\n]*")
_BREAK = re.compile(r"\r\n|\r|\n")


def passages(text: str) -> list[Passage]:
    """Cut a decoded file into its paragraphs, lines that stand for themselves, and cells of tables.

    Args:
        text: the whole file; lines end in LF, CR LF or CR.

    Returns:
        The passages in order; lines without a letter or digit (``***``) are left out, and cells without a letter.
    """
    found: list[Passage] = []
    for run, chunk in enumerate(_chunks(text)):
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
        yield connect(pieces, [text[a.end : b.start] for a, b in pairwise(group)]) if len(pieces) > 1 else pieces[0]


def _cells(line: Line, row: Sequence[tuple[int, int]], run: int) -> Iterator[Passage]:
    for start, end in row:
        cell = line.text[start:end]
        if any(map(str.isalpha, cell)):
            yield Passage(cell, (line.number,), line.start + start, line.start + end, run=run, cell=True)


def _chunks(text: str) -> Iterator[list[Line]]:
    """The runs of lines without a blank one between them."""
    chunk: list[Line] = []
    start, number = 0, 0
    while start <= len(text):
        number += 1
        end = _LINE.match(text, start).end()  # type: ignore[union-attr]  # it matches everywhere
        content = text[start:end]
        stripped = content.strip(BLANKS)
        if any(map(str.isalnum, stripped)):
            indent = content[: len(content) - len(content.lstrip(BLANKS))]
            chunk.append(Line(number, stripped, start + len(indent), indent))
        elif chunk:
            yield chunk
            chunk = []
        line_break = _BREAK.match(text, end)
        start = line_break.end() if line_break else end + 1
    if chunk:
        yield chunk
