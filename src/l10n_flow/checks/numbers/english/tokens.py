"""The tokens of an English text, and numbers made of them: 2.5 million, fifty-eight, half a million."""

from __future__ import annotations

import re
from decimal import Decimal
from typing import NamedTuple

from l10n_flow.checks.numbers.english import words
from l10n_flow.checks.numbers.values import ONE, VULGAR, Quantity

HALF = Decimal("0.5")

TOKEN = re.compile(
    r"\d{1,3}(?:,\d{3})+(?:\.\d+)?(?!\d)|\d+(?:\.\d+)?|\.\d+|(?:hk|us|nt|au|nz|cn|mop|[acsr])?[$¥](?=\s?[\d.])|[a-z]+|[^\sa-z\d]"
)


class Number(NamedTuple):
    """A number without its unit or noun; its end is the place of the next token."""

    value: Decimal
    next: int
    figures: bool
    scale: Decimal = ONE


class Reader:
    """The words, numbers and marks of a text in small letters, by place."""

    def __init__(self, text: str, original: str) -> None:
        lowered = text.lower()
        self.text = lowered if len(lowered) == len(text) else text  # İ becomes two characters
        self.original = original
        self.words: list[str] = TOKEN.findall(self.text)
        self.spans = [match.span() for match in TOKEN.finditer(self.text)]

    def word(self, at: int) -> str:
        return self.words[at] if 0 <= at < len(self.words) else ""

    def start(self, at: int) -> int:
        return self.spans[at][0]

    def end(self, at: int) -> int:
        """Return the end of the token before place ``at``."""
        return self.spans[at - 1][1]

    def touches(self, at: int) -> bool:
        """Whether nothing is between a token and the one before it."""
        return 0 < at < len(self.spans) and self.spans[at][0] == self.spans[at - 1][1]

    def skip_hyphen(self, at: int) -> int:
        return at + 1 if self.word(at) in _HYPHENS and self.touches(at) and self.touches(at + 1) else at


_HYPHENS = frozenset("-–‑")

Result = tuple[list[Quantity], int] | None


def read_number(reader: Reader, at: int) -> Number | None:
    """Read a number at a place, with its scale: 2.5 million, fifty-eight, a hundred and five, half a million."""
    word = reader.word(at)
    if word[:1].isdigit() or (word[:1] == "." and word[1:].isdigit()):
        return _scaled(reader, Decimal(word.replace(",", "")), at + 1, figures=True)
    if word == "half" and (scale := half_scale(reader, at)):
        return scale
    if word in words.SMALL or word in words.TENS:
        value, after = _below_hundred(reader, at)
        return _scaled(reader, value, after, figures=False)
    if word in words.SCALES:
        return _scaled(reader, ONE, at, figures=False)
    if word == "dozen":
        return Number(Decimal(12), at + 1, figures=False)
    return None


def half_scale(reader: Reader, at: int) -> Number | None:
    """Half a million, half-billion, half a dozen."""
    after = reader.skip_hyphen(at + 1)
    after += reader.word(after) in {"a", "an"}
    word = reader.word(after)
    if word in words.SCALES:
        scale = Decimal(10) ** words.SCALES[word]
        return Number(scale / 2, after + 1, figures=False)
    if word in {"dozen", "decade", "century"}:
        return Number(Decimal({"dozen": 6, "decade": 5, "century": 50}[word]), after + 1, figures=False)
    return None


def _below_hundred(reader: Reader, at: int) -> tuple[Decimal, int]:
    word = reader.word(at)
    if word in words.SMALL:
        return words.SMALL[word], at + 1
    after = reader.skip_hyphen(at + 1)
    follower = reader.word(after)
    if follower in words.SMALL and 1 <= words.SMALL[follower] <= 9:
        return words.TENS[word] + words.SMALL[follower], after + 1
    return words.TENS[word], at + 1


def _scaled(reader: Reader, value: Decimal, at: int, *, figures: bool) -> Number:
    """Return a number with the scales, the "and a half" and the words after it."""
    total, section, last = Decimal(0), value, ONE
    if figures and reader.word(at) in VULGAR and reader.touches(at):
        section, at = section + VULGAR[reader.word(at)], at + 1
    if half := and_a_half(reader, at):
        section, at = section + HALF, half
    while True:
        after = reader.skip_hyphen(at)
        word = reader.word(after)
        power = words.SCALES.get(word)
        if power is None and figures and (reader.touches(at) or word in {"bn", "mn"}):
            power = _short_power(reader, at, word)
        if power is None:
            break
        last = Decimal(10) ** power
        if power == 2:
            section *= last
        else:
            total, section = total + section * last, Decimal(0)
        at = after + 1
        more, at = _more(reader, at, last)
        section += more
    return Number(total + section, at, figures, max(last, ONE))


def _short_power(reader: Reader, at: int, word: str) -> int | None:
    """Return the power of m, bn or k after digits; 5m after a currency is money, elsewhere it may be metres."""
    if word in {"m", "t"} and not _after_currency(reader, at - 1):
        return None
    return words.SHORT_SCALES.get(word)


def _after_currency(reader: Reader, at: int) -> bool:
    return reader.word(at - 1) in words.MONEY_BEFORE


def _more(reader: Reader, at: int, scale: Decimal) -> tuple[Decimal, int]:
    """Read the rest after a scale: one hundred *and five*, two thousand *three* (hundred)."""
    after = at + 1 if reader.word(at) == "and" else at
    word = reader.word(after)
    if word in words.SMALL or word in words.TENS:
        value, after = _below_hundred(reader, after)
        follower = reader.word(after)
        if reader.word(at) == "and" and (scale > 1000 or reader.word(after) in {"million", "billion"}):
            return Decimal(0), at
        if value < scale and not (follower in words.SCALES and Decimal(10) ** words.SCALES[follower] >= scale):
            return value, after
    return Decimal(0), at


def and_a_half(reader: Reader, at: int) -> int:
    """Return the place after "and a half"; 0 without it."""
    parts: list[str] = []
    while len(parts) < 3 and reader.word(at):
        if reader.word(at) not in {"-", "–"}:
            parts.append(reader.word(at))
        at += 1
    return at if parts == ["and", "a", "half"] else 0
