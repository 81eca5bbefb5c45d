"""The Mainland words for Hong Kong words: rows of ``data/vocabulary.tsv``, off unless a locale switches them on.

Switched on, they are own words of the converter; switched off, the check ``regional-word`` suggests them.
"""

from __future__ import annotations

from collections.abc import Mapping
from functools import cache
from types import MappingProxyType
from typing import NamedTuple

from l10n_flow.conversion.explain import Rule
from l10n_flow.conversion.rows import DATA, exceptions, rows_of
from l10n_flow.conversion.words import Own, Words

_COLUMNS = ("from", "to", "unless", "kind", "note")
_KINDS = frozenset({"word", "name", "place", "unit"})


class Row(NamedTuple):
    """One row.

    Attributes:
        before: the Hong Kong word, Traditional.
        after: the usual Mainland word, Simplified.
        unless: longer words that contain ``before`` and are converted by the dictionaries.
        kind: ``word``, ``name`` (a person, a club, a work), ``place`` or ``unit``.
        note: the reason for the row; may be empty.
    """

    before: str
    after: str
    unless: tuple[str, ...]
    kind: str
    note: str


class Regional(NamedTuple):
    """A word of the list in a text, and the Mainland word for it."""

    start: int
    end: int
    word: str
    suggestion: str


@cache
def read() -> tuple[Row, ...]:
    """Return the rows, in the order of the file.

    Raises:
        ValueError: when a row does not have the form described at the head of the file: an error in this package.
    """
    return parse((DATA / "vocabulary.tsv").read_text(encoding="utf-8"))


def parse(text: str) -> tuple[Row, ...]:
    """Return the rows of a file's text; lines that begin with # are remarks, the first other one is the header.

    Raises:
        ValueError: when a row does not have five columns, changes nothing, has an unknown kind, has an exception that
            does not contain its word, or occurs twice.
    """
    return rows_of(text, _row)


def _row(number: int, columns: list[str]) -> Row:
    if len(columns) != len(_COLUMNS) or not all(columns[:2]) or columns[3] not in _KINDS:
        raise ValueError(f"line {number}: {', '.join(_COLUMNS)} are wanted, with a tab between them: {columns}")
    before, after, unless, kind, note = columns
    return Row(before, after, exceptions(number, before, unless), kind, note)


@cache
def entries() -> Mapping[str, Own]:
    """Return the list for :class:`Words`: replacements of words, and exceptions, which the dictionaries convert.

    If a word has a row and is also an exception of another row, its own row applies.
    """
    guards = {word: Own(None, Rule.VOCABULARY) for row in read() for word in row.unless}
    return MappingProxyType(guards | {row.before: Own(row.after, Rule.VOCABULARY) for row in read()})


@cache
def _words() -> Words:
    return Words(entries())


def regional(text: str) -> list[Regional]:
    """Return the Hong Kong words of a Traditional text for which the Mainland has another, in order."""
    found = _words().find(text)
    return [Regional(start, end, text[start:end], own.after) for start, end, own in found if own.after is not None]
