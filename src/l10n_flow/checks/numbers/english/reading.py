"""Read the quantities of an English text: digits and words, with the words before and after them."""

from __future__ import annotations

import re
from collections.abc import Callable, Iterable, Iterator
from decimal import Decimal

from l10n_flow.checks.numbers import masks
from l10n_flow.checks.numbers.english import words
from l10n_flow.checks.numbers.english.counts import count, counting, vague
from l10n_flow.checks.numbers.english.dates import decade, month, time
from l10n_flow.checks.numbers.english.ranks import fraction, ordinal
from l10n_flow.checks.numbers.english.tokens import Reader, Result
from l10n_flow.checks.numbers.lists import shared
from l10n_flow.checks.numbers.values import Kind, Need, Quantity, plain
from l10n_flow.model import Span

_JOINTS = re.compile(r"(?:%|to|and|or|between|[-–—/,]|,\s?(?:and|or)|per\s?cent){1,6}")

#: The readers in order; the first that can read the token at a place is used.
_READINGS: tuple[Callable[[Reader, int, str], Result], ...] = (
    time,
    month,
    vague,
    decade,
    fraction,
    ordinal,
    counting,
    count,
)

_TABLES: tuple[Iterable[str], ...] = (
    words.SMALL, words.TENS, words.SCALES, words.PLURALS, words.VAGUE, words.ORDINALS, words.PARTS, words.DECADES,
    words.MONTHS, words.COUNTS, words.ROMAN, words.PERIODS, ("dozen", "noon", "midday", "midnight"),
)  # fmt: skip
_STARTS = frozenset(word for table in _TABLES for word in table)


def read(text: str, names: Iterable[Span] = ()) -> list[Quantity]:
    """Return the quantities of an English text in order, without the numbers in ``names``."""
    masked = masks.blanked(text, names)
    coded = masks.without_codes(masked)
    reader = Reader(coded, text)
    found: list[Quantity] = []
    at = 0
    while at < len(reader.words):
        word = reader.words[at]
        if word in _STARTS or word[0].isdigit() or (word[0] == "." and len(word) > 1):
            quantities, after = _read_at(reader, at)
            found += quantities
            at = max(after, at + 1)
        else:
            at += 1
    quantities = shared(found, coded, _JOINTS)
    return (
        sorted([*quantities, *_in_codes(masked, coded)], key=lambda one: one.start) if coded != masked else quantities
    )


def _in_codes(text: str, coded: str) -> Iterator[Quantity]:
    """Return the numbers in codes: 36Kr may translate 36氪, and SS19 the season of 2019; they are never reported."""
    for code in _HIDDEN.finditer(coded):
        for match in _FIGURES.finditer(text, *code.span()):
            value = Decimal(match[0])
            also = (plain(2000 + value),) if len(match[0]) == 2 else ()
            yield Quantity(Kind.NUMBER, value, *match.span(), Need.OPTIONAL, also)


_HIDDEN = re.compile("¤+")
_FIGURES = re.compile(r"\d{1,9}")


def _read_at(reader: Reader, at: int) -> tuple[list[Quantity], int]:
    word = reader.word(at)
    for reading in _READINGS:
        if (result := reading(reader, at, word)) is not None:
            return result
    return [], at + 1
