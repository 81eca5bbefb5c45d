"""The ambiguous characters: the Simplified forms of each, and the words that decide."""

from __future__ import annotations

from collections.abc import Mapping
from functools import cache
from typing import NamedTuple

from l10n_flow.conversion.rows import DATA, rows_of


class Reading(NamedTuple):
    """One row of ``data/readings.tsv``.

    Attributes:
        character: the Traditional character.
        usual: its Simplified form when no word decides.
        other: its other Simplified form.
        named: its form in a personal name.
        alone: the additional costs of ``usual`` and ``other`` as words by themselves.
        doubtful: the places where it is doubtful after weighing: ``alone`` (in no word), ``given`` (in a given name),
            ``surname``, ``begins`` (as ``other`` at the beginning of a clause).
        cost: the rarity of the character for ``other``, in tenths of a natural logarithm.
        words: Traditional words with ``other``.
        usual_words: Traditional words with ``usual`` that look like words with ``other``.
        reason: the rule and its source.
    """

    character: str
    usual: str
    other: str
    named: str
    alone: tuple[int, int]
    doubtful: frozenset[str]
    cost: int
    words: tuple[str, ...]
    usual_words: tuple[str, ...]
    reason: str


@cache
def read() -> Mapping[str, Reading]:
    """Return the rows by their character.

    Raises:
        ValueError: when a row does not have the form described at the head of the file: an error in this package.
    """
    return {row.character: row for row in parse((DATA / "readings.tsv").read_text(encoding="utf-8"))}


def parse(text: str) -> tuple[Reading, ...]:
    """Return the rows of a file's text.

    Raises:
        ValueError: when a row does not have ten columns, has no reason, has a word without its character, or occurs
            twice.
    """
    return rows_of(text, _row)


def _row(number: int, columns: list[str]) -> Reading:
    if len(columns) != len(Reading._fields) or not all((*columns[:7], columns[9])):
        raise ValueError(f"line {number}: {', '.join(Reading._fields)} are wanted: {columns}")
    character, usual, other, named, alone, doubtful, cost, words, usual_words, reason = columns
    one, two = map(int, alone.split())
    row = Reading(
        character,
        usual,
        other,
        named,
        (one, two),
        frozenset(doubtful.split()) - {"-"},
        int(cost),
        tuple(words.split()),
        tuple(usual_words.split()),
        reason,
    )
    if stray := [word for word in (*row.words, *row.usual_words) if character not in word or word == character]:
        raise ValueError(f"line {number}: {' '.join(stray)} should be words with {character}")
    return row
