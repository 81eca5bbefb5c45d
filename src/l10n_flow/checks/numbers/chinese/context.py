"""A numeral with the words around it, and the result of reading it."""

from __future__ import annotations

from collections.abc import Callable, Container
from typing import NamedTuple

from l10n_flow.checks.numbers.chinese.numerals import Run
from l10n_flow.checks.numbers.values import Quantity


class Text(NamedTuple):
    """A normalised text, the present numeral, and the next one."""

    text: str
    run: Run
    follower: Run | None
    ahead: str
    behind: str

    @classmethod
    def at(cls, text: str, run: Run, follower: Run | None) -> Text:
        """Return a numeral of a text with a few characters around it, without a space next to it."""
        start, end = run.start, run.end
        return cls(text, run, follower, text[max(0, start - 7) : start].rstrip(" "), text[end : end + 7].lstrip(" "))

    def before(self, length: int = 4) -> str:
        return self.ahead[-length:]

    def after(self, length: int = 6) -> str:
        return self.behind[:length]

    def gap(self, suffix: str = "") -> int:
        """Return the end of a suffix after the numeral."""
        end = self.run.end
        return end + self.text.startswith(" ", end) + len(suffix)

    def next(self, start: int) -> Run | None:
        """Return the next numeral if it begins at ``start``, or after one space there."""
        follower = self.follower
        if follower is None or not 0 <= follower.start - start <= 1 or self.text[start : follower.start].strip():
            return None
        return follower


class Reading(NamedTuple):
    """Quantities, and the number of numerals that were used for them."""

    found: list[Quantity]
    took: int = 1


Reader = Callable[[Text], "Reading | None"]


def longest(text: str, table: Container[str]) -> str:
    """Return the longest word of a table at the start of a text; "" for none."""
    for size in range(min(6, len(text)), 0, -1):
        if (word := text[:size]) in table:
            return word
    return ""


def longest_end(text: str, table: Container[str]) -> str:
    """Return the longest word of a table at the end of a text; "" for none."""
    for size in range(min(4, len(text)), 0, -1):
        if (word := text[-size:]) in table:
            return word
    return ""
