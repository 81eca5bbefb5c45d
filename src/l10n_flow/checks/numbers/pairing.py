"""Pair the quantities of source and translation: equal, rounded, or in another unit."""

from __future__ import annotations

import re
from collections.abc import Sequence
from decimal import ROUND_CEILING, ROUND_FLOOR, ROUND_HALF_UP, Decimal

from l10n_flow.checks.numbers import chinese, units
from l10n_flow.checks.numbers.values import GROUPS, HUNDRED, Group, Kind, Need, Quantity, digits


def paired(source: Sequence[Quantity], target: Sequence[Quantity], texts: tuple[str, str]) -> dict[int, int]:
    """Return for each paired quantity of the source that of the target; the most certain pairs are made first."""
    pairing: dict[int, int] = {}
    free = set(range(len(target)))
    order = sorted(range(len(source)), key=lambda at: -source[at].need)
    for test in (_same, _alike, _shares):
        for at in order:
            if at in pairing or not free:
                continue
            fits = [place for place in free if test(source[at], target[place])]
            fits = [place for place in fits if not _is_collective(source[at], target[place])]
            if fits:
                best = min(fits, key=lambda place: (source[at].unit != target[place].unit, abs(place - at), place))
                pairing[at] = best
                free.discard(best)
    for at in order:
        if at in pairing or source[at].need is Need.OPTIONAL:
            continue
        for place in sorted(free):
            if _is_rounded(source[at], target[place], texts) or _is_converted(source[at], target[place]):
                pairing[at] = place
                free.discard(place)
                break
    return pairing


def _is_collective(source: Quantity, target: Quantity) -> bool:
    """Whether the source is an ordinal and the target a collective: a pair is not "the second"."""
    return (
        source.kind is Kind.ORDINAL
        and target.need is Need.OPTIONAL
        and target.kind is not Kind.ORDINAL
        and source.value > 1
    )


def _same(first: Quantity, second: Quantity) -> bool:
    return first.kind is second.kind and first.value == second.value


def _alike(first: Quantity, second: Quantity) -> bool:
    return first.meaning == second.meaning


def _shares(first: Quantity, second: Quantity) -> bool:
    return not set(first.meanings).isdisjoint(second.meanings)


_ABOUT_SOURCE = re.compile("[約近逾超過多餘幾來概左右上下至少足達]|接近|大約|高達|不足|未滿|將近")

_ABOUT_TARGET = re.compile(
    r"\b(?:about|around|some|nearly|almost|over|more than|fewer than|less than|just under|at least|up to|roughly|"
    r"approximately|close to|estimated|exceed\w*|top\w*|approaching|or so|north of|upwards? of|surpass\w*|near|"
    r"approx)\b|[~+]",
    re.IGNORECASE,
)

_NEAR = 25


def _is_rounded(source: Quantity, target: Quantity, texts: tuple[str, str]) -> bool:
    """Whether the target is the source rounded to its digits, and a word in one of the texts indicates rounding."""
    groups = GROUPS[source.kind], GROUPS[target.kind]
    if groups == (Group.PLAIN, Group.MAGNITUDE):
        return source.value >= HUNDRED and source.value.adjusted() == target.value
    if groups[0] is not groups[1] or groups[0] not in _ROUNDED or Kind.YEAR in {source.kind, target.kind}:
        return False
    if not source.value or not target.value:
        return False
    is_about = source.about or _says_about(target, texts[1])
    if Kind.FRACTION in {source.kind, target.kind}:  # a third is 33%
        allowed = 1 if is_about else Decimal("0.4")
        return abs(source.value - target.value) <= min(allowed, source.value / 10)
    is_about = is_about or _ABOUT_SOURCE.search(chinese.fold(_around(source, texts[0], 4))) is not None
    return is_about and _is_near(source, target)


_ROUNDED = frozenset({Group.PLAIN, Group.RATIO})


def _is_near(source: Quantity, target: Quantity) -> bool:
    if source.kind is Kind.MULTIPLE:  # 增長2.3倍: more than tripled
        return any(_is_coarser(target.value, value) for group, value in source.meanings if group is Group.PLAIN)
    if abs(source.value - target.value) > source.value / 10:
        return False
    if source.about and digits(target.value).startswith(digits(source.value)) and source.value <= target.value:
        return True
    return _is_coarser(target.value, source.value) and (source.value >= HUNDRED or source.about)


def _is_coarser(rounded: Decimal, exact: Decimal) -> bool:
    """Whether a value is another one rounded to fewer digits: up, down or to the nearest."""
    size = len(digits(rounded))
    if size >= len(digits(exact)):
        return False
    step = Decimal(1).scaleb(rounded.adjusted() - size + 1)
    is_near = size > 1 or abs(rounded - exact) <= exact / 20
    modes = (ROUND_HALF_UP, ROUND_FLOOR, ROUND_CEILING) if is_near else (ROUND_HALF_UP,)
    return any(rounded == exact.quantize(step, mode) for mode in modes)


def _says_about(quantity: Quantity, text: str) -> bool:
    return _ABOUT_TARGET.search(_around(quantity, text, _NEAR)) is not None


def _around(quantity: Quantity, text: str, before: int) -> str:
    return text[max(0, quantity.start - before) : quantity.end + 8]


def _is_converted(source: Quantity, target: Quantity) -> bool:
    """Whether the target has the source's measure in another unit: 1.5萬畝 is 1,000 hectares."""
    first, second = units.SIZES.get(source.unit), units.SIZES.get(target.unit)
    if first is None or second is None or first[0] != second[0] or source.unit == target.unit:
        return False
    there = float(target.value) * second[1]
    if first[0] == "temperature":
        celsius = float(source.value) if source.unit == "C" else (float(source.value) - 32) / 1.8
        there = float(target.value) if target.unit == "C" else (float(target.value) - 32) / 1.8
        return abs(celsius - there) <= 1
    return any(
        abs(float(source.value) * size - there) <= 0.05 * there
        for size in (first[1], units.OTHER_SIZES.get(source.unit, first[1]))
    )
