"""Ordinals, fractions and shares in English."""

from __future__ import annotations

from decimal import Decimal

from l10n_flow.checks.numbers.english import words
from l10n_flow.checks.numbers.english.tokens import HALF, Number, Reader, Result, half_scale, read_number
from l10n_flow.checks.numbers.values import ONE, Group, Kind, Meaning, Need, Quantity, plain, ratio


def ordinal(reader: Reader, at: int, word: str) -> Result:
    """Second, 23rd, twenty-first, 20th century, third quarter, first half."""
    value, after = _ordinal_value(reader, at, word)
    if value is None:
        return None
    noun = reader.word(reader.skip_hyphen(after))
    start, end = reader.start(at), reader.end(after)
    if noun in {"century", "centuries"} or (noun == "and" and reader.word(after + 2) == "centuries"):
        noun_at = reader.skip_hyphen(after)
        end = reader.end(noun_at + 1)
        return [Quantity(Kind.CENTURY, value, start, end)], noun_at + 1 if noun != "and" else after
    if noun in {"quarter", "half"} and value <= 4:
        need = Need.OPTIONAL if value == 1 and noun != "quarter" else Need.REQUIRED
        kind = Kind.QUARTER if noun == "quarter" else Kind.HALF
        return [Quantity(kind, value, start, reader.end(after + 1), need, (plain(value),))], after + 1
    need = Need.OPTIONAL if word in {"first", "second"} or value <= 1 else Need.REQUIRED
    if word == "second" and reader.word(at - 1) in {"the", "his", "her", "their", "its", "our"}:
        need = Need.REQUIRED
    also: tuple[Meaning, ...] = ((Group.RATIO, ratio(ONE, value)),) if value >= 3 else ()
    if value >= 3 and reader.word(at - 1) in {"a", "one"} and reader.word(after) == "of":
        return [Quantity(Kind.FRACTION, ratio(ONE, value), start, end, also=(plain(value),))], after
    if "month" in {noun, reader.word(after + 1)} and value <= 12:
        also = (*also, (Group.MONTH, value))
    return [Quantity(Kind.ORDINAL, value, start, end, need, also)], after


def _ordinal_value(reader: Reader, at: int, word: str) -> tuple[Decimal | None, int]:
    if word in words.ORDINALS:
        return words.ORDINALS[word], at + 1
    if word in words.TENS:
        after = reader.skip_hyphen(at + 1)
        if (follower := words.ORDINALS.get(reader.word(after))) and follower <= 9:
            return words.TENS[word] + follower, after + 1
    if word[0].isdigit() and reader.word(at + 1) in {"st", "nd", "rd", "th"} and reader.touches(at + 1):
        return Decimal(word.replace(",", "")), at + 2
    return None, at


def fraction(reader: Reader, at: int, word: str) -> Result:
    """Two-thirds, a third, one in five, 3 out of 10, half, a quarter, 1/3."""
    if word == "half" and not half_scale(reader, at):
        return _part(reader, at, 50, Need.CONTESTED, (plain(6), plain(30), plain(HALF)))
    if word == "quarter" and reader.word(reader.skip_hyphen(at + 1)) in {"final", "finals"}:
        return [Quantity(Kind.NUMBER, Decimal(8), reader.start(at), reader.end(at + 1), Need.OPTIONAL)], at + 1
    if word in {"quarter", "quarters"}:
        need = Need.REQUIRED if reader.word(at + 1) == "of" else Need.OPTIONAL
        return _part(reader, at, 25, need, (plain(15), plain(Decimal("0.25"))))
    number = read_number(reader, at)
    if number is None:
        return None
    value, after = number.value, number.next
    part_at = reader.skip_hyphen(after)
    if (parts := words.PARTS.get(reader.word(part_at))) and value < parts and not (number.figures and part_at == after):
        # The first three quarters of a year are nine months.
        also = (plain(value * 3), (Group.QUARTER, value), plain(value)) if reader.word(part_at) == "quarters" else ()
        span = reader.start(at), reader.end(part_at + 1)
        return [Quantity(Kind.FRACTION, ratio(value, Decimal(parts)), *span, also=also)], part_at + 1
    return _share(reader, at, number)


def _part(reader: Reader, at: int, value: int, need: Need, also: tuple[Meaning, ...]) -> Result:
    """A half or a quarter: of a year it may be months, of an hour minutes."""
    return [Quantity(Kind.FRACTION, Decimal(value), reader.start(at), reader.end(at + 1), need, also)], at + 1


def _share(reader: Reader, at: int, number: Number) -> Result:
    """One in five, six out of ten, 3/10: the two numbers, and their ratio."""
    gap, limit = _shared_by(reader, number.next)
    whole = read_number(reader, gap) if gap else None
    if whole is None or not 0 < number.value < whole.value:
        return None
    is_long = "," in reader.word(gap) or (number.value == 1 and whole.value in {100, 1000})
    behind = reader.word(whole.next)
    if (whole.value > limit and not is_long) or behind in _NO_SHARE or behind[:1] == "/":
        return None
    start, end = reader.start(at), reader.end(whole.next)
    first = Quantity(Kind.NUMBER, number.value, start, reader.end(number.next), Need.OPTIONAL)
    second = Quantity(Kind.NUMBER, whole.value, reader.start(gap), end, Need.OPTIONAL)
    share = Quantity(Kind.FRACTION, ratio(number.value, whole.value), start, end, Need.CONTESTED)
    return [share, first, second], whole.next


_NO_SHARE = frozenset({"%", "percent", "million", "years", "months"})


def _shared_by(reader: Reader, at: int) -> tuple[int, int]:
    """Return the place after "in", "of every", "out of" or a slash, and the greatest value there; 0 without one."""
    word, follower = reader.word(at), reader.word(at + 1)
    if word == "/" and reader.touches(at):
        return at + 1, 100
    if word == "in":
        return at + 1 + (follower == "every"), 20
    if word == "of" and follower == "every":
        return at + 2, 100
    if word == "out" and follower == "of":
        return at + 2 + (reader.word(at + 2) == "every"), 100
    return 0, 0
