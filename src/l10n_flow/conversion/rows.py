"""Reading our own tables: one row a line, with tabs between the columns."""

from __future__ import annotations

from collections.abc import Callable
from pathlib import Path
from typing import TypeVar

#: Our own lists.
DATA = Path(__file__).parent / "data"

Row = TypeVar("Row")


def rows_of(text: str, row: Callable[[int, list[str]], Row]) -> tuple[Row, ...]:
    """Return the rows of a table, in order.

    Args:
        text: the lines; a line that begins with # is a comment, the first other line is the header.
        row: makes a row of a line's number and columns.

    Raises:
        ValueError: when ``row`` raises it, or two rows have the same first column: an error in a file of this
            package.
    """
    lines = [(number, line) for number, line in enumerate(text.split("\n"), 1) if line and not line.startswith("#")]
    found: dict[str, Row] = {}
    for number, line in lines[1:]:
        columns = line.split("\t")
        made = row(number, columns)
        if columns[0] in found:
            raise ValueError(f"{columns[0]} comes twice")
        found[columns[0]] = made
    return tuple(found.values())


def exceptions(number: int, word: str, column: str) -> tuple[str, ...]:
    """Return the exceptions of a word; in its row there are spaces between them.

    Raises:
        ValueError: when an exception is not longer than the word or does not contain it.
    """
    found = tuple(column.split())
    if stray := [each for each in found if word not in each or each == word]:
        raise ValueError(f"line {number}: {' '.join(stray)} should be longer and contain {word}")
    return found
