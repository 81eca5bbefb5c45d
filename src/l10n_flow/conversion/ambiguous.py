"""Characters whose usual Simplified form can be wrong and which are not weighed: ``data/ambiguous.tsv``."""

from __future__ import annotations

import re
from collections.abc import Mapping
from functools import cache
from typing import NamedTuple

from l10n_flow.conversion.rows import DATA, rows_of

_UNKNOWN = "unknown"


class Ambiguity(NamedTuple):
    """One row of ``data/ambiguous.tsv``.

    Attributes:
        character: the Traditional character.
        usual: its Simplified form when no word decides.
        other: its other Simplified form.
        place: a pattern that must match at the character; None: anywhere.
        unless: words in which the usual form is right.
        reason: when the other form is right.
    """

    character: str
    usual: str
    other: str
    place: re.Pattern[str] | None
    unless: tuple[str, ...]
    reason: str


@cache
def ambiguities() -> Mapping[str, Ambiguity]:
    """Return the table, by character.

    Raises:
        ValueError: when a row does not have six columns, or occurs twice: an error in a file of this package.
    """
    text = (DATA / "ambiguous.tsv").read_text(encoding="utf-8")
    return {row.character: row for row in rows_of(text, _row)}


def _row(number: int, columns: list[str]) -> Ambiguity:
    if len(columns) != 6 or not all((*columns[:4], columns[5])):
        raise ValueError(f"line {number}: character, usual, other, when, unless and reason are wanted: {columns}")
    character, usual, other, when, unless, reason = columns
    place = None if when == _UNKNOWN else re.compile(when)
    return Ambiguity(character, usual, other, place, tuple(unless.split()), reason)
