"""Tables in plain text: rows with tabs, with blanks that align the cells in columns, or with bars."""

from __future__ import annotations

import re
from collections import Counter
from collections.abc import Sequence
from itertools import chain
from statistics import median

from l10n_flow.documents.segmentation.flow import Line, columns
from l10n_flow.documents.segmentation.markers import MARKER

#: The cells of a row: the span of each in the line's text.
Row = list[tuple[int, int]]

_TABS = re.compile(r"[ \u3000\xa0]*\t[\s\u3000]*")
_BLANKS = re.compile(r"[ \xa0\u3000\t]{2,}|\u3000")
_BARS = re.compile(r"[ \u3000]*[|│｜][ \u3000]*")
#: Columns of a printed page are wider than those of a table.
_WIDEST_CELL = 30
#: The maximal length of a row, in characters.
_LONGEST = 300
#: A blank between columns: longer than any between words or sentences.
_LONG = 3


def rows(lines: Sequence[Line]) -> list[Row | None]:
    """Return the cells of every line that is a row of a table; None for the other lines.

    Args:
        lines: lines without a blank one between them.
    """
    if len(lines) == 1 and "\t" not in lines[0].text and not _is_barred(lines[0].text):
        return [None]
    barred = [_split(_BARS, line.text) if _is_barred(line.text) else None for line in lines]
    if any(barred):
        return barred
    if any("\t" in line.text for line in lines):
        tabbed = [_tabbed(line.text) for line in lines]
        cells = [row for row in tabbed if row]
        return tabbed if len(cells) > 1 or any(len(row) > 2 for row in cells) else [None] * len(lines)
    return _aligned(lines)


def _is_barred(text: str) -> bool:
    return text[0] in "|│｜" and text[-1] in "|│｜" and len(text) > 2


def _tabbed(text: str) -> Row | None:
    """Return the cells between tabs; a tab after the mark of a list item does not separate cells."""
    marker = MARKER.match(text)
    row = _split(_TABS, text)
    return None if len(row) < 2 or (len(row) == 2 and marker and marker.end() >= row[0][1]) else row


def _blanked(text: str) -> Row | None:
    row = _split(_BLANKS, text)
    return row if len(row) > 1 else None


def _split(separator: re.Pattern[str], text: str) -> Row:
    bounds = [0, *chain.from_iterable(found.span() for found in separator.finditer(text)), len(text)]
    return [(start, end) for start, end in zip(bounds[::2], bounds[1::2], strict=True) if start < end]


def _aligned(lines: Sequence[Line]) -> list[Row | None]:
    """Return the rows whose cells are aligned below one another by blanks of various lengths or by long ones."""
    none: list[Row | None] = [None] * len(lines)
    if len(lines) < 2 or any(len(line.text) > _LONGEST for line in lines):
        return none
    if sum(_BLANKS.search(line.text) is not None for line in lines) * 3 < len(lines) * 2:
        return none
    found = [_blanked(line.text) for line in lines]
    edges: Counter[tuple[str, int]] = Counter()
    gaps: dict[tuple[str, int], set[int]] = {}
    widths: list[int] = []
    for line, row in zip(lines, found, strict=True):
        indent = columns(line.indent)
        for (_, left), (start, end) in zip(row or (), (row or ())[1:], strict=False):
            widths.append(columns(line.text[start:end]))
            for edge in (("start", indent + columns(line.text[:start])), ("end", indent + columns(line.text[:end]))):
                edges[edge] += 1
                gaps.setdefault(edge, set()).add(columns(line.text[left:start]))
    edge, count = max(edges.items(), key=lambda item: item[1], default=(("", 0), 0))
    aligned = count >= max(2, sum(row is not None for row in found) * 2 / 3)
    if aligned and (len(gaps[edge]) > 1 or min(gaps[edge]) >= _LONG) and median(widths) <= _WIDEST_CELL:
        return found
    return none
