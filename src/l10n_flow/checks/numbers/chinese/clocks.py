"""Times of the day in Chinese."""

from __future__ import annotations

from decimal import Decimal

from l10n_flow.checks.numbers.chinese import words
from l10n_flow.checks.numbers.chinese.context import Reading, Text, longest
from l10n_flow.checks.numbers.values import Kind, Need, Quantity, plain


def clock(here: Text) -> Reading | None:
    """上午九時, 下午3點45分, 九點半, 九時正, 14:30."""
    run = here.run
    if not 0 <= run.value <= 24 or run.value != int(run.value) or run.other is not None or run.about:
        return None
    if here.after(1) == ":":
        return _digital(here)
    suffix = longest(here.after(3), ("點鐘", "點", "時"))
    if not suffix or here.after(2)[1:] in frozenset("間代期機段光區刻裝尚候建"):
        return None
    end, minutes, took = here.gap(suffix), Decimal(0), 1
    rest = here.text[end : end + 2]
    is_clock = suffix != "點" or _is_clock(here.before(6))
    if rest[:1] in {"半", "正"}:
        minutes, end, is_clock = Decimal(30 if rest[0] == "半" else 0), end + 1, True
    elif rest in {"一刻", "三刻"}:
        minutes, end, took, is_clock = Decimal(15 if rest[0] == "一" else 45), end + 2, 2, True
    elif (follower := here.next(end)) and here.text[follower.end : follower.end + 1] == "分" and follower.value < 60:
        minutes, end, took, is_clock = follower.value, follower.end + 1, 2, True
    need = Need.REQUIRED if is_clock or run.figures else Need.CONTESTED
    if run.value == 1 and not is_clock:
        need = Need.OPTIONAL
    also = () if minutes else (plain(run.value), plain(run.value * 100))
    return Reading([Quantity(Kind.TIME, _minutes(run.value, minutes), run.start, end, need, also)], took)


def _digital(here: Text) -> Reading | None:
    run = here.run
    follower = here.next(here.gap(":"))
    if follower is None or not follower.figures or len(follower.text) != 2 or follower.value > 59:
        return None
    also = (plain(run.value), plain(follower.value))
    return Reading([Quantity(Kind.TIME, _minutes(run.value, follower.value), run.start, follower.end, also=also)], 2)


def _minutes(hour: Decimal, minutes: Decimal) -> Decimal:
    return (hour % 12) * 60 + minutes


def _is_clock(before: str) -> bool:
    return before.endswith(words.CLOCK)
