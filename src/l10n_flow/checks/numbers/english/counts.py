"""Counts in English: with a currency, a percent sign, a measure or a noun; and words with a numeric meaning."""

from __future__ import annotations

import re
from decimal import Decimal

from l10n_flow.checks.numbers.english import words
from l10n_flow.checks.numbers.english.dates import clock_minutes
from l10n_flow.checks.numbers.english.tokens import HALF, Number, Reader, Result, and_a_half, read_number
from l10n_flow.checks.numbers.values import HUNDRED, ONE, Group, Kind, Meaning, Need, Quantity, plain, ratio


def vague(reader: Reader, at: int, word: str) -> Result:
    """Millions, tens of thousands, several hundred, a few dozen, decades."""
    if word in words.PLURALS:
        return _vague_plural(reader, at, word)
    after = at + 1 + (reader.word(at + 1) == "of")
    counted = reader.word(after)
    if word not in words.VAGUE:
        return None
    need = Need.REQUIRED
    if counted in words.LONG_TIMES:
        power, need = words.PLURALS[counted], Need.OPTIONAL
    elif counted in words.SCALES or counted == "dozen":
        power = words.SCALES.get(counted, 1)
        if power == 2 and reader.word(after + 1) in words.SCALES:
            power, after = power + words.SCALES[reader.word(after + 1)], after + 1
    else:
        return None
    also = (plain(words.VAGUE[word] * 10**power),) if words.VAGUE[word] else ()
    span = reader.start(at), reader.end(after + 1)
    return [Quantity(Kind.MAGNITUDE, Decimal(power), *span, need, also)], after + 1


def _vague_plural(reader: Reader, at: int, word: str) -> Result:
    power, after = words.PLURALS[word], at + 1
    if word == "scores" and reader.word(after) != "of":
        return [], after
    if word in words.LONG_TIMES:
        need, also = Need.OPTIONAL, ((plain(10),) if word == "decades" else ())
    else:
        need, also = Need.REQUIRED, ()
        if reader.word(after) == "of" and reader.word(after + 1) in words.PLURALS:
            power, after = power + words.PLURALS[reader.word(after + 1)], after + 2
    return [Quantity(Kind.MAGNITUDE, Decimal(power), reader.start(at), reader.end(after), need, also)], after


#: Endings of words that multiply: doubled, tripling, threefold.
_MULTIPLIES = ("double", "doubled", "doubles", "doubling", "triple", "tripled", "triples", "tripling", "trebled",
               "quadrupled", "fold")  # fmt: skip
_HALVES = frozenset({"halve", "halved", "halving"})


def count(reader: Reader, at: int, word: str) -> Result:
    """Twice, doubled, both, a decade, World War II: they can match a number, but are never reported."""
    if word in words.PERIODS and (half := and_a_half(reader, at + 1)):  # a year and a half
        value = ONE + HALF
        periods = tuple(plain(value * factor) for factor in words.PERIODS[word])
        return [Quantity(Kind.NUMBER, value, reader.start(at), reader.end(half), also=periods)], half
    span = reader.start(at), reader.end(at + 1)
    if word == "year" and reader.word(at - 1) not in {"a", "one"}:  # a year is twelve months, a 73-year-old none
        return None
    if word in words.COUNTS and read_number(reader, at) is None:
        value = Decimal(words.COUNTS[word])
        also: tuple[Meaning, ...] = ((Group.RATIO, (value - 1) * HUNDRED), (Group.RATIO, value * HUNDRED))
        if word == "fortnight":
            also = (plain(2),)
        elif word in _HALVES:
            also = ((Group.RATIO, Decimal(50)),)
        kind = Kind.MULTIPLE if word.endswith(_MULTIPLIES) else Kind.NUMBER
        return [Quantity(kind, value, *span, Need.OPTIONAL, also)], at + 1
    if word in words.ROMAN and _is_numbered(reader, at, word):
        return [Quantity(Kind.ORDINAL, Decimal(words.ROMAN[word]), *span, Need.OPTIONAL)], at + 1
    return None


def _is_numbered(reader: Reader, at: int, word: str) -> bool:
    """Whether a Roman numeral follows a name: Elizabeth II."""
    if not at or not reader.original[reader.start(at)].isupper():
        return False
    return reader.original[reader.start(at - 1)].isupper() and (len(word) > 1 or reader.word(at - 1).isalpha())


def counting(reader: Reader, at: int, word: str) -> Result:
    """Any other number, with its currency, percent sign, measure or noun."""
    number = read_number(reader, at)
    if number is None:
        return None
    start, after, value = reader.start(at), number.next, number.value
    need = _need(reader, at, number)
    if at and reader.word(at - 1) in words.MONEY_BEFORE:
        unit = words.MONEY_BEFORE[reader.word(at - 1)]
        start = reader.start(at - 1)
        return [Quantity(Kind.NUMBER, value, start, reader.end(after), need, (), unit, number.scale)], after
    if (percent := _percent(reader, after)) is not None:
        return [_percentage(reader, at, value, percent)], percent
    follower = reader.word(reader.skip_hyphen(after))
    if follower in {"fold", "times", "x"}:
        more = ((Group.RATIO, (value - 1) * HUNDRED), (Group.RATIO, value * HUNDRED))
        return [Quantity(Kind.MULTIPLE, value, start, reader.end(after), need, more)], after
    also = _readings(reader, at, number, word)
    if follower in words.MULTIPLIED:
        number = number._replace(scale=Decimal(words.MULTIPLIED[follower]))
        also.append(plain(value * number.scale))
        after = reader.skip_hyphen(after) + 1
    if follower in words.PERIODS:
        if half := and_a_half(reader, reader.skip_hyphen(after) + 1):
            value, after = value + HALF, half  # two years and a half
        also += [plain(value * factor) for factor in words.PERIODS[follower]]
    kind = Kind.YEAR if number.figures and _is_year(reader, at, number) else Kind.NUMBER
    return [
        Quantity(kind, value, start, reader.end(after), need, tuple(also), _unit(reader, after), number.scale)
    ], after


def _percentage(reader: Reader, at: int, value: Decimal, after: int) -> Quantity:
    also = (plain(value),) if reader.word(after - 1) in {"point", "points"} else ()
    kind = Kind.DISCOUNT if reader.word(after) in {"off", "discount", "discounts"} else Kind.PERCENT
    return Quantity(kind, ratio(value, HUNDRED), reader.start(at), reader.end(after), also=also)


def _readings(reader: Reader, at: int, number: Number, word: str) -> list[Meaning]:
    """Return other meanings of a number: a time (6.30, in British style), a magnitude (a thousand), a month (30/9)."""
    also: list[Meaning] = []
    if _BRITISH_TIME.fullmatch(word):
        also.append((Group.TIME, clock_minutes(Decimal(int(number.value)), number.value % 1 * 100)))
    if number.value in _ROUND and not number.figures:
        also.append((Group.MAGNITUDE, Decimal(number.value.adjusted())))
    if number.figures and number.value <= 12 and {reader.word(at - 1), reader.word(at + 1)} & {"/", "-", "."}:
        also.append((Group.MONTH, number.value))
    return also


_BRITISH_TIME = re.compile(r"(?:1?\d|2[0-4])\.[0-5]\d")
_ROUND = frozenset({100, 1000, 1_000_000, 1_000_000_000})


def _is_year(reader: Reader, at: int, number: Number) -> bool:
    return 1000 <= number.value <= 2100 and len(reader.word(at)) == 4 and number.scale == ONE


def _need(reader: Reader, at: int, number: Number) -> Need:
    if number.figures:
        return Need.REQUIRED
    if number.value in {0, 1}:
        return Need.OPTIONAL
    if reader.word(at) in words.SCALES and reader.word(at - 1) not in {"a", "an"}:
        return Need.OPTIONAL
    return Need.REQUIRED


def _percent(reader: Reader, at: int) -> int | None:
    """Return the place after a percent sign or word at this place; None without one."""
    after = reader.skip_hyphen(at)
    word = reader.word(after)
    if word in {"%", "％", "percent", "pct", "pc", "percentage"}:
        return after + 1 + (reader.word(after + 1) in {"point", "points"})
    if word == "per" and reader.word(after + 1) == "cent":
        return after + 2
    return None


def _unit(reader: Reader, at: int) -> str:
    """Return the currency or measure before a place."""
    at = reader.skip_hyphen(at)
    first, second, third = reader.word(at), reader.word(at + 1), reader.word(at + 2)
    currency = words.MONEY_PHRASES.get((first, second, third)) or words.MONEY_PHRASES.get((first, second))
    if currency is None and first == "u" and third == "s":  # U.S. dollars
        currency = "USD"
    if currency is None and not (first == "pounds" and second in {"of", "heavier", "lighter"}):
        currency = words.MONEY_AFTER.get(first)
    if currency:
        return currency
    name = f"{first} {third}" if second == "-" else f"{first} {second}"
    return words.MEASURES.get(name) or words.MEASURES.get(first, "")
