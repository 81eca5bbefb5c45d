"""Units shared by a list or range: 3至5萬 is 30,000 to 50,000, "5, 10 and 20 per cent" are three percentages."""

from __future__ import annotations

import re
from collections.abc import Sequence

from l10n_flow.checks.numbers.values import HUNDRED, ONE, Group, Kind, Need, Quantity, plain, ratio

_SHARED = frozenset({Kind.MONTH, Kind.QUARTER, Kind.CENTURY})


def shared(found: Sequence[Quantity], text: str, joint: re.Pattern[str]) -> list[Quantity]:
    """Return quantities with the scale, unit and kind that they may share with the next one in their list."""
    done = list(found)
    for at in range(len(done) - 2, -1, -1):
        first, second = done[at], done[at + 1]
        gap = text[first.end : second.start].strip()
        if gap in {"-", "–", "/", "至"} and _is_short_year(first, second):  # 2016-17
            century = first.value // 100 * 100
            done[at + 1] = second._replace(also=(*second.also, plain(century + second.value)))
        if second.kind is Kind.MONTH and first.value == 1 and joint.fullmatch(gap):  # 1至8月: the first eight months
            done[at] = first._replace(kind=Kind.MONTH, need=Need.OPTIONAL)
            done[at + 1] = second._replace(also=(*second.also, plain(second.value)))
        elif first.kind in {Kind.NUMBER, Kind.TIME} and second.start >= first.end and joint.fullmatch(gap):
            done[at] = _as_in(first, second)
    return done


def _as_in(first: Quantity, second: Quantity) -> Quantity:
    """Return a quantity with the unit of the next one in its list; its own meaning stays possible."""
    need = max(first.need, Need.CONTESTED) if first.value > 2 else first.need
    whole = max(first.need, second.need)  # 三、四成: the first is as much a percentage as the second
    first = first._replace(unit=first.unit or second.unit)
    also = (*first.also, plain(first.value))
    if second.kind is Kind.DECADE:  # of 四、五十年代 the first is 1940
        short = first.value * 10 if first.value < 10 else first.value
        full = second.value // 100 * 100 + short if first.value < 100 else short
        return first._replace(kind=Kind.DECADE, value=full, need=whole, also=(*also, (Group.DECADE, short)))
    if second.kind is Kind.PERCENT:  # of 三、四成 the first is 30%
        return first._replace(
            kind=Kind.PERCENT, value=ratio(first.value * second.scale, HUNDRED), need=whole, also=also
        )
    if second.kind in _SHARED:
        return first._replace(kind=second.kind, need=whole, also=also)
    if second.scale != ONE and first.scale == ONE:
        return first._replace(need=need, also=(*first.also, plain(first.value * second.scale)))
    return first


def _is_short_year(first: Quantity, second: Quantity) -> bool:
    return 1000 <= first.value <= 2100 and first.scale == ONE and second.end - second.start <= 3 and second.value < 100
