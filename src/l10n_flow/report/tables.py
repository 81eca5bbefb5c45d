"""Tables and sentences that all reports share."""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from typing import TYPE_CHECKING

from l10n_flow.report.excerpts import printable
from l10n_flow.scripts import display_width

if TYPE_CHECKING:
    from l10n_flow.project import Failure

#: The number of lines of one kind before "… and 5 more".
SHOWN = 20
_GAP = "  "


def plural(number: int, noun: str) -> str:
    """Return ``1 unit``, ``2,000 units``."""
    return f"{number:,} {noun}" if number == 1 else f"{number:,} {noun}s"


def table(rows: Sequence[Sequence[str]], *, right: frozenset[int] = frozenset()) -> list[str]:
    """Align rows of cells; a wide character counts as two columns; columns in ``right`` are right-aligned."""
    widths = widths_of(rows)
    sides = [str.rjust if i in right else str.ljust for i in range(len(widths))]
    lines = []
    for row in rows:
        # A wide character takes one column more than ``len`` counts.
        cells = [
            side(cell, width + len(cell) - display_width(cell))
            for cell, width, side in zip(row, widths, sides, strict=True)
        ]
        lines.append(_GAP.join(cells).rstrip())
    return lines


def widths_of(rows: Sequence[Sequence[str]]) -> list[int]:
    """Return the width of each column of a table, in columns of the terminal."""
    return [max(map(display_width, cells)) for cells in zip(*rows, strict=True)]


def width_of(widths: Sequence[int]) -> int:
    """Return the width of a table, in columns of the terminal."""
    return sum(widths) + len(_GAP) * (len(widths) - 1)


def left_out(failures: Sequence[Failure], done: str) -> Iterator[str]:
    """Return the sentence ``1 catalogue could not be counted: see the errors``; nothing without failures.

    Args:
        failures: the documents and catalogues that failed.
        done: the participle of what was done to the others, such as ``counted``.
    """
    told = _counted(failures)
    if told:
        yield f"{told} could not be {done}: see the errors"


def _counted(failures: Sequence[Failure]) -> str:
    """Return ``2 documents and 1 catalogue``."""
    documents = {failure.document for failure in failures if not failure.locale}
    catalogues = {(each.document, each.locale) for each in failures if each.locale and each.document not in documents}
    numbers = ((len(documents), "document"), (len(catalogues), "catalogue"))
    return " and ".join(plural(number, noun) for number, noun in numbers if number)


def failure_lines(failures: Sequence[Failure]) -> Iterator[str]:
    """Return a line for each error; an error that stops several documents (a missing termbase) is listed once.

    When there are many, the first ones have left the screen, and a line tells how many there are.
    """
    lines = dict.fromkeys(f"error: {printable(str(failure.error))}" for failure in failures)
    yield from lines
    if len(lines) > SHOWN:
        yield f"{plural(len(lines), 'error')} in {_counted(failures)}: correct the files, then run the command again"
