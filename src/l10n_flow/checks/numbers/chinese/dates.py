"""Centuries, decades, years, months, days and quarters in Chinese."""

from __future__ import annotations

from decimal import Decimal

from l10n_flow.checks.numbers.chinese.context import Reading, Text
from l10n_flow.checks.numbers.chinese.numerals import Run
from l10n_flow.checks.numbers.values import HUNDRED, Group, Kind, Meaning, Need, Quantity, plain

_ERAS = {"民國": 1911, "平成": 1988, "令和": 2018, "昭和": 1925}


def century(here: Text) -> Reading | None:
    """20世紀, 20世紀50年代, 十九世紀六七十年代."""
    run = here.run
    if here.after(2) != "世紀" or run.value > 30:
        return None
    end = here.gap("世紀")
    follower = here.next(end)
    if follower and here.text[follower.end : follower.end + 2] == "年代":
        base = (run.value - 1) * HUNDRED
        return Reading(_decades(follower, base, run.start, follower.end + 2), 2)
    also = ((Group.DECADE, (run.value - 1) * HUNDRED),)
    need = Need.OPTIONAL if run.text == "一" else Need.REQUIRED
    return Reading([Quantity(Kind.CENTURY, run.value, run.start, end, need, also)])


def decade(here: Text) -> Reading | None:
    """50年代, 1990年代, 六七十年代; 90後 and 八十後, who were born then."""
    run = here.run
    if here.after(2) == "年代":
        base = Decimal(0) if run.value >= 100 else Decimal(2000) if here.before(3) == "本世紀" else Decimal(1900)
        return Reading(_decades(run, base, run.start, here.gap("年代")))
    if here.after(1) == "後" and run.value in _GENERATIONS and here.before(1) not in {"第", "年"}:
        born = 1900 if run.value >= 30 else 2000
        also = (plain(run.value), (Group.DECADE, run.value))
        return Reading([Quantity(Kind.DECADE, born + run.value, run.start, here.gap("後"), Need.CONTESTED, also)])
    return None


_GENERATIONS = frozenset(map(Decimal, (50, 60, 70, 80, 90, 0, 10)))


def tens(here: Text) -> Reading | None:
    """七旬: in one's seventies."""
    run = here.run
    if here.after(1) != "旬" or run.figures or not 2 <= run.value <= 10:
        return None
    return Reading([Quantity(Kind.DECADE, run.value * 10, run.start, here.gap("旬"), also=(plain(run.value * 10),))])


def _decades(run: Run, base: Decimal, start: int, end: int) -> list[Quantity]:
    found = []
    for value in (run.value, run.other):
        if value is not None:
            short = (value if value < 100 else value % 100) // 10 * 10
            full = (base + value) // 10 * 10
            also: tuple[Meaning, ...] = ((Group.DECADE, short), plain(base + value))
            if base == 1900 and value <= 20:  # 20年代 may be the 2020s by now
                also = (*also, (Group.DECADE, full + 100))
            found.append(Quantity(Kind.DECADE, full, start, end, also=also, about=run.about))
    return found


def date(here: Text) -> Reading | None:
    """2018年, 二〇一八年, 98年, 民國88年; 9月, 九月份; 30日, 30號."""
    run = here.run
    after = here.after(3)
    whole = run.value == int(run.value) and run.other is None and run.power is None and not run.about
    if not whole:
        return None
    if after[:1] == "年":
        return _year(here)
    if after[:1] == "月" and 1 <= run.value <= 12 and after[1:2] not in {"球", "餅"}:
        end = here.gap("月份" if after[:2] == "月份" else "月")
        need = Need.REQUIRED if run.text != "一" or here.before(1) in {"年", ""} else Need.CONTESTED
        return Reading([Quantity(Kind.MONTH, run.value, run.start, end, need)])
    if after[:1] in {"日", "號"} and 1 <= run.value <= 31:
        is_dated = here.before(1) in {"月", "至", "到", "-", "、", "本"} or run.value > 1
        need = Need.REQUIRED if is_dated and (run.text != "一" or here.before(1) == "月") else Need.OPTIONAL
        end = here.gap(after[:1])
        return Reading([Quantity(Kind.DAY, run.value, run.start, end, need)])
    return None


def _year(here: Text) -> Reading | None:
    run, end = here.run, here.gap("年")
    era = _ERAS.get(here.before(2))
    if era:
        return Reading([Quantity(Kind.YEAR, run.value + era, run.start, end, also=(plain(run.value),))])
    is_row = (run.figures or run.positional) and 1000 <= run.value <= 2100 and len(run.text) == 4
    if is_row:
        return Reading([Quantity(Kind.YEAR, run.value, run.start, end)])
    if (
        (run.figures or run.positional)
        and len(run.text) == 2
        and here.text[end : end + 1] not in frozenset("來間內半前後")
    ):
        also = (plain(1900 + run.value), plain(2000 + run.value))
        return Reading([Quantity(Kind.NUMBER, run.value, run.start, end, also=also)])
    return None


def quarter(here: Text) -> Reading | None:
    """第三季, 一季度, 第二季度."""
    run = here.run
    if here.after(1) != "季" or not 1 <= run.value <= 4 or run.other is not None:
        return None
    is_quarter = here.after(2) == "季度"
    if not is_quarter and here.before(1) != "第":
        return None
    start = run.start - (here.before(1) == "第")
    need = Need.CONTESTED if run.value == 1 else Need.REQUIRED
    end = here.gap("季度" if is_quarter else "季")
    return Reading([Quantity(Kind.QUARTER, run.value, start, end, need, (plain(run.value),))])
