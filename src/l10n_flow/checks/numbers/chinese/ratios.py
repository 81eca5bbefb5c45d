"""Percentages, fractions, tenths, discounts and multiples in Chinese."""

from __future__ import annotations

from decimal import Decimal

from l10n_flow.checks.numbers.chinese.context import Reading, Text, longest
from l10n_flow.checks.numbers.values import HUNDRED, Group, Kind, Meaning, Need, Quantity, plain, ratio

HALF = Decimal("0.5")
_TEN = Decimal(10)


def percent(here: Text) -> Reading | None:
    """百分之八, 8%, 8個百分點; 千分之三."""
    run = here.run
    before = here.before(3)
    for mark, whole in (("百分之", HUNDRED), ("千分之", Decimal(1000))):
        if before == mark:
            start = here.text.rfind(mark, 0, run.start)
            also = (plain(run.value),) if whole > HUNDRED else ((Group.DISCOUNT, run.value),)
            return Reading(
                [Quantity(Kind.PERCENT, ratio(run.value, whole), start, run.end, also=also, about=run.about)]
            )
    suffix = longest(here.after(), ("%", "個百分點", "百分點", "個百分比", "巴仙", "厘"))
    if suffix and here.after(2) != "厘米":
        also = (plain(run.value),) if "點" in suffix or suffix == "厘" else ((Group.DISCOUNT, run.value),)
        quantity = Quantity(Kind.PERCENT, ratio(run.value, HUNDRED), run.start, here.gap(suffix), also=also)
        return Reading([quantity._replace(about=run.about)])
    return None


def fraction(here: Text) -> Reading | None:
    """四分之三, 1/3."""
    run = here.run
    if here.after(2) == "分之" and (part := here.next(here.gap("分之"))) and run.value:
        value = ratio(part.value, run.value)
        # 四分之一厘 is a quarter of a percentage point.
        also = ((Group.RATIO, value / 100), plain(value)) if here.text[part.end : part.end + 1] == "厘" else ()
        return Reading([Quantity(Kind.FRACTION, value, run.start, part.end, also=also)], 2)
    if here.after(1) == "分" and (part := here.next(here.gap("分"))) and part.start == run.end + 1:  # 三分二
        is_time = run.figures or part.figures or here.text[part.end : part.end + 1] in {"鐘", "秒"}
        if 0 < part.value < run.value and not is_time:
            return Reading([Quantity(Kind.FRACTION, ratio(part.value, run.value), run.start, part.end)], 2)
    if here.after(1) == "/" and (whole := here.next(here.gap("/"))) and run.value < whole.value <= 10 and run.value:
        date = (plain(run.value), plain(whole.value))
        value = ratio(run.value, whole.value)
        return Reading([Quantity(Kind.FRACTION, value, run.start, whole.end, Need.CONTESTED, also=date)], 2)
    return None


_NOT_TENTHS = frozenset("員功立為本果就交長績熟人分品效都龍語份因見型行敗")


def tenths(here: Text) -> Reading | None:
    """三成, 八成半, 八成五, 三四成."""
    run = here.run
    if here.after(1) != "成" or here.after(2)[1:] in _NOT_TENTHS or not 0 < run.value <= 10:
        return None
    end, took, value = here.gap("成"), 1, run.value
    if here.text[end : end + 1] == "半":
        value, end = value + HALF, end + 1
    elif (rest := here.next(end)) and rest.start == end and rest.value < 10 and not rest.figures:
        value, end, took = value + rest.value / 10, rest.end, 2
    also = (plain(run.value), (Group.DISCOUNT, value * 10))
    found = [Quantity(Kind.PERCENT, value * 10, run.start, end, also=also, scale=_TEN, about=run.about)]
    if run.other is not None:
        found.append(Quantity(Kind.PERCENT, run.other * 10, run.start, end, Need.OPTIONAL))
        found[0] = found[0]._replace(also=(*also, (Group.RATIO, run.other * 10)))
    return Reading(found, took)


def discount(here: Text) -> Reading | None:
    """七折 is 30% off, or 70% of the price; 八五折 15% off."""
    run = here.run
    if here.after(1) != "折" or here.after(2)[1:] in frozenset("磨射返"):
        return None
    paid = run.value * 10 if run.value < 10 else run.value
    also = ((Group.RATIO, paid), (Group.RATIO, HUNDRED - paid), plain(run.value))
    return Reading([Quantity(Kind.DISCOUNT, HUNDRED - paid, run.start, here.gap("折"), also=also)])


def multiple(here: Text) -> Reading | None:
    """兩倍: twice, or (grown by it) three times; 增長1倍: doubled, up 100%."""
    run = here.run
    if here.after(1) != "倍":
        return None
    value, end = run.value, here.gap("倍")
    if here.text[end : end + 1] == "半":
        value, end = value + HALF, end + 1
    also: tuple[Meaning, ...] = ((Group.RATIO, value * HUNDRED), (Group.RATIO, (value - 1) * HUNDRED))
    if not here.before(2).endswith(("的", "達", "至", "到", "是", "為")):  # 增長兩倍 is three times as much
        also = (plain(value + 1), *also)
    if run.power is not None:
        return Reading([Quantity(Kind.MAGNITUDE, Decimal(run.power), run.start, end)])
    return Reading([Quantity(Kind.MULTIPLE, value, run.start, end, also=also, about=run.about)])
