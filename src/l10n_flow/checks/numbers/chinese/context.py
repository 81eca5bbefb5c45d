"""A numeral with the words around it, and what a reader makes of it."""

from __future__ import annotations

from collections.abc import Callable, Iterable, Sequence
from typing import NamedTuple

from l10n_flow.checks.numbers.chinese.numerals import Run
from l10n_flow.checks.numbers.values import Quantity


class Text(NamedTuple):
    """A normalised text, its numerals, and which of them is being read."""

    text: str
    runs: Sequence[Run]
    at: int = 0

    @property
    def run(self) -> Run:
        return self.runs[self.at]

    def before(self, length: int = 4) -> str:
        return self.text[max(0, self.run.start - length - 2) : self.run.start].rstrip(" ")[-length:]

    def after(self, length: int = 6) -> str:
        return self.text[self.run.end : self.run.end + length + 1].lstrip(" ")[:length]

    def gap(self, suffix: str = "") -> int:
        """Where a suffix behind the numeral ends."""
        rest = self.text[self.run.end :]
        return self.run.end + len(rest) - len(rest.lstrip(" ")) + len(suffix)

    def next(self, start: int) -> Run | None:
        """The next numeral if it stands at ``start``, a space aside."""
        if self.at + 1 < len(self.runs):
            follower = self.runs[self.at + 1]
            if not self.text[start : follower.start].strip() and start <= follower.start:
                return follower
        return None


class Reading(NamedTuple):
    """Quantities and how many numerals they took."""

    found: list[Quantity]
    took: int = 1


Reader = Callable[[Text], "Reading | None"]


def longest(text: str, table: Iterable[str]) -> str:
    """The longest word of a table that a text begins with; "" for none."""
    known = table if isinstance(table, dict | frozenset) else frozenset(table)
    return next((text[:size] for size in range(min(6, len(text)), 0, -1) if text[:size] in known), "")


def longest_end(text: str, table: Iterable[str]) -> str:
    known = table if isinstance(table, dict | frozenset) else frozenset(table)
    return next((text[-size:] for size in range(min(4, len(text)), 0, -1) if text[-size:] in known), "")
