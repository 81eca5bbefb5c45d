"""Read the quantities of a Chinese text: the words around each numeral select the reader."""

from __future__ import annotations

import re
from collections.abc import Iterable
from decimal import Decimal

from l10n_flow.checks.numbers import masks
from l10n_flow.checks.numbers.chinese import names as no_numbers
from l10n_flow.checks.numbers.chinese.clocks import clock
from l10n_flow.checks.numbers.chinese.context import Reader, Reading, Text
from l10n_flow.checks.numbers.chinese.counts import counting, magnitude, money, ordinal
from l10n_flow.checks.numbers.chinese.dates import century, date, decade, quarter, tens
from l10n_flow.checks.numbers.chinese.folding import fold
from l10n_flow.checks.numbers.chinese.numerals import DIGITS, Run, runs
from l10n_flow.checks.numbers.chinese.phrases import phrases
from l10n_flow.checks.numbers.chinese.ratios import discount, fraction, multiple, percent, tenths
from l10n_flow.checks.numbers.lists import shared
from l10n_flow.checks.numbers.values import Need, Quantity
from l10n_flow.model import Span

# Separators in a list or range whose last member has the unit: 3至5萬, 三、四成.
_JOINTS = re.compile("(?:%|至|到|-|–|—|~|、|或|和|及|與|/|,|比){1,4}")

#: For each character after a numeral the possible readers; the first that succeeds is used.
_BEHIND: dict[str, tuple[Reader, ...]] = {
    **dict.fromkeys("%百巴厘", (percent,)),
    "個": (percent,),
    "分": (fraction,),
    "/": (fraction,),
    "成": (tenths,),
    "折": (discount,),
    "倍": (multiple,),
    "世": (century,),
    "年": (decade, date),
    "後": (decade,),
    "旬": (tens,),
    "季": (quarter,),
    "月": (date,),
    "日": (date,),
    "號": (date,),
    **dict.fromkeys(":點時", (clock,)),
}
#: For each character before a numeral the possible readers; the readers at the end accept every numeral.
_AHEAD: dict[str, tuple[Reader, ...]] = {"之": (percent,), "第": (ordinal,)}
_ANY: tuple[Reader, ...] = (magnitude, money)


def _year_end(before: Run, run: Run, text: str) -> Run:
    """Read two digits after a year as the end of a span of years, not as a pair: 二零二二至二三學年."""
    is_end = run.other is not None and len(run.text) == 2 and 1000 <= before.value <= 2100
    if not is_end or text[before.end : run.start].strip("年 ") not in {"至", "到", "-", "–", "/"}:
        return run
    value = Decimal("".join(str(DIGITS[char]) for char in run.text))
    return run._replace(value=value, other=None, positional=True)


def _read(here: Text) -> Reading:
    """Read a numeral by the words around it."""
    before, after = _AHEAD.get(here.before(1), ()), _BEHIND.get(here.after(1), ())
    # 第三季度 is a quarter, 第二年 and 第八日 are ordinals.
    readers = (*after, *before) if after == (quarter,) else (*before, *after)
    for reader in (*readers, *_ANY):
        if (reading := reader(here)) is not None:
            return reading
    return counting(here)


def read(text: str, names: Iterable[Span] = ()) -> list[Quantity]:
    """Return the quantities of a Chinese text in order, without the numerals in ``names``."""
    normal = fold(text)
    masked = no_numbers.NAMES.sub(_hidden, masks.without_codes(masks.blanked(normal, names)))
    numerals = list(runs(masked))
    found: list[Quantity] = []
    at = 0
    while at < len(numerals):
        run = _year_end(numerals[at - 1], numerals[at], normal) if at else numerals[at]
        here = Text.at(normal, run, numerals[at + 1] if at + 1 < len(numerals) else None)
        reading = _read(here)
        found += reading.found
        at += reading.took
    quantities = [*shared(found, normal, _JOINTS), *phrases(normal, masked)]
    if "《" in text:
        titled = {at for match in _TITLE.finditer(text) for at in range(*match.span())}
        quantities = [_in_title(quantity) if quantity.start in titled else quantity for quantity in quantities]
    return sorted(quantities, key=lambda quantity: quantity.start)


_TITLE = re.compile("《[^《》]{0,60}》")


def _in_title(quantity: Quantity) -> Quantity:
    """Make a quantity in the title of a work optional, because the work has its own English title."""
    return quantity._replace(need=min(quantity.need, Need.CONTESTED))


def _hidden(match: re.Match[str]) -> str:
    return "¤" * len(match[0])
