"""Times, months and decades in English."""

from __future__ import annotations

import re
from decimal import Decimal

from l10n_flow.checks.numbers.english import words
from l10n_flow.checks.numbers.english.tokens import Number, Reader, Result, read_number
from l10n_flow.checks.numbers.values import Group, Kind, Meaning, Need, Quantity, plain


def time(reader: Reader, at: int, word: str) -> Result:
    """9 a.m., 9:30pm, 09:30, 9.30am, nine o'clock, half past nine, noon."""
    if word in _NAMED:
        span = reader.start(at), reader.end(at + 1)
        return [Quantity(Kind.TIME, Decimal(0), *span, Need.OPTIONAL, (plain(12),))], at + 1
    if word in {"half", "quarter"} and reader.word(at + 1) in {"past", "to"}:
        return _spoken_time(reader, at, word)
    if word in words.SMALL and reader.word(at + 1) == "o":  # nine o'clock
        hour, after = words.SMALL[word], min(at + 4, len(reader.words))
        value = clock_minutes(hour, Decimal(0))
        return [Quantity(Kind.TIME, value, reader.start(at), reader.end(after), also=(plain(hour),))], after
    return _figured_time(reader, at, word) if _HOURS.fullmatch(word) else None


_NAMED = frozenset({"noon", "midday", "midnight"})
_HOURS = re.compile(r"\d+|\d{1,2}\.\d\d")


def _figured_time(reader: Reader, at: int, word: str) -> Result:
    first, _, second = word.partition(".")
    hour, minutes, after = Decimal(first), Decimal(second or 0), at + 1
    behind = reader.word(after + 1)
    has_colon = reader.word(after) == ":" and reader.touches(after)
    if has_colon and re.fullmatch(r"\d\d\.\d+", behind):
        return _race(reader, at)
    has_minutes = has_colon and behind.isdigit() and len(behind) == 2
    if has_minutes:
        minutes, after = Decimal(behind), after + 2
    is_clock, after = _meridiem(reader, after)
    is_clock = is_clock or has_minutes or reader.word(after) == "hrs"
    if not is_clock or hour > 24 or minutes > 59:
        return None
    also = (plain(hour), plain(minutes))[: 1 + bool(minutes)] if has_minutes or not minutes else ()
    return [Quantity(Kind.TIME, clock_minutes(hour, minutes), reader.start(at), reader.end(after), also=also)], after


def _race(reader: Reader, at: int) -> Result:
    """1:06.88, as 1分06秒88: minutes and seconds."""
    seconds, _, rest = reader.word(at + 2).partition(".")
    parts = (reader.word(at), f"{seconds}.{rest}")
    ends = reader.start(at), reader.end(at + 3)
    return [Quantity(Kind.NUMBER, Decimal(part), *ends) for part in parts], at + 3


def _spoken_time(reader: Reader, at: int, word: str) -> Result:
    if reader.word(at + 2) in _NAMED:
        number: Number | None = Number(Decimal(12), at + 3, figures=False)
    else:
        number = read_number(reader, at + 2)
    if number is None or number.value > 24:
        return None
    minutes = Decimal(30 if word == "half" else 15)
    value = clock_minutes(number.value, minutes if reader.word(at + 1) == "past" else -minutes) % 720
    return [Quantity(Kind.TIME, value, reader.start(at), reader.end(number.next))], number.next


def _meridiem(reader: Reader, at: int) -> tuple[bool, int]:
    if reader.word(at) in {"am", "pm"}:
        return True, at + 1
    if reader.word(at) in {"a", "p"} and reader.word(at + 1) == "." and reader.word(at + 2) == "m":
        return True, at + 3
    return False, at


def clock_minutes(hour: Decimal, minutes: Decimal) -> Decimal:
    return (hour % 12) * 60 + minutes


def month(reader: Reader, at: int, word: str) -> Result:
    """September; May and March beside a day, a year, or a word of time."""
    value = words.MONTHS.get(word)
    if value is None or not reader.original[reader.start(at)].isupper():
        return None
    span = reader.start(at), reader.end(at + 1)
    if word in words.OTHER_WORDS and not _is_dated(reader, at):
        return [Quantity(Kind.MONTH, value, *span, Need.OPTIONAL)], at + 1
    return [Quantity(Kind.MONTH, value, reader.start(at), reader.end(at + 1))], at + 1


def _is_dated(reader: Reader, at: int) -> bool:
    """Whether a word that may be a month is beside a number or a word of time."""
    before = reader.word(at - 1)
    after = reader.word(at + 1 + (reader.word(at + 1) == "."))
    return after[:1].isdigit() or before[:1].isdigit() or before in words.BEFORE_MONTH or before in words.MONTHS


def decade(reader: Reader, at: int, word: str) -> Result:
    """The 1950s, the '50s, the fifties, in her 20s."""
    if word in words.DECADES:
        value, after = words.DECADES[word], at + 1
    elif word.isdigit() and len(word) in {2, 4} and word[-1] == "0":
        after = at + 1 + (reader.word(at + 1) in {"'", "’"} and reader.touches(at + 1))
        if reader.word(after) != "s" or not reader.touches(after):
            return None
        value, after = int(word), after + 1
    else:
        return None
    also: tuple[Meaning, ...] = (plain(value),)
    if value % 100 == 0 and value >= 1000:
        also = (*also, (Group.CENTURY, Decimal(value // 100 + 1)))
    return [Quantity(Kind.DECADE, Decimal(value), reader.start(at), reader.end(after), also=also)], after
