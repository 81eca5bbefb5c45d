"""Compare the quantities of source and translation: find missing ones, and those in their place."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from enum import StrEnum
from typing import NamedTuple

from l10n_flow.checks.numbers import units
from l10n_flow.checks.numbers.pairing import paired
from l10n_flow.checks.numbers.values import GROUPS, Group, Kind, Need, Quantity, digits


class Fault(StrEnum):
    """The kinds of differences."""

    MISMATCH = "number-mismatch"
    MISSING = "number-missing"
    PERCENT = "number-percent"
    MAGNITUDE = "number-magnitude"
    CURRENCY = "currency-mismatch"
    EXTRA = "number-extra"


class Difference(NamedTuple):
    """A difference between source and translation.

    Attributes:
        fault: its kind.
        source: the quantity of the source; None for one added by the translation.
        target: the quantity of the translation; None for a missing one.
        certain: whether there is no other explanation.
    """

    fault: Fault
    source: Quantity | None
    target: Quantity | None
    certain: bool = True


def compare(source: Sequence[Quantity], target: Sequence[Quantity], texts: tuple[str, str]) -> list[Difference]:
    """Return the differences between two lists of quantities in the order of the source; ``texts`` are their texts."""
    pairing = paired(source, target, texts)
    said = {meaning for quantity in source for meaning in quantity.meanings}
    used = set(pairing.values())
    left = [at for at in range(len(target)) if at not in used and said.isdisjoint(target[at].meanings)]
    found = _unrendered(source, target, pairing, left)
    for at, place in pairing.items():
        if _currencies_differ(source[at], target[place]):
            found.append((at, Difference(Fault.CURRENCY, source[at], target[place])))
        elif _measures_differ(source[at], target[place]):
            found.append((at, Difference(Fault.MISMATCH, source[at], target[place], certain=False)))
    extra = [target[place] for place in left if target[place].need is Need.REQUIRED]
    found += [(len(source), Difference(Fault.EXTRA, None, quantity, certain=False)) for quantity in extra]
    return [difference for _, difference in sorted(found, key=lambda pair: pair[0])]


def _unrendered(
    source: Sequence[Quantity], target: Sequence[Quantity], pairing: Mapping[int, int], left: list[int]
) -> list[tuple[int, Difference]]:
    """Return the quantities missing in the target with their places; remove from ``left`` those in their place."""
    found: list[tuple[int, Difference]] = []
    told = {meaning for quantity in target for meaning in quantity.meanings}
    wanted = [at for at in range(len(source)) if at not in pairing and source[at].need is not Need.OPTIONAL]
    # First pair percentages that lost their sign, because these pairs are certain.
    signs = [at for at in wanted if any(_lost_sign(source[at], target[place]) for place in left)]
    for at in sorted(wanted, key=lambda at: (-source[at].need, at not in signs)):
        quantity = source[at]
        is_told = not told.isdisjoint(quantity.meanings)
        rivals = [place for place in left if _may_stand_for(target[place], quantity)]
        if is_told:  # 三年方案和三年方案: two three-year plans
            times = sum(not set(quantity.meanings).isdisjoint(one.meanings) for one in source)
            rivals = [place for place in rivals if target[place].value != times]
        if rivals:
            place = max(rivals, key=lambda place: _likeness(quantity, target[place]))
            if quantity.need is Need.REQUIRED or _is_serious(quantity, target[place]):
                left.remove(place)
                found.append((at, _judged(quantity, target[place], lone=len(rivals) == 1 and not is_told)))
        elif quantity.need is Need.REQUIRED and not is_told:
            found.append((at, Difference(Fault.MISSING, quantity, None, certain=False)))
    return found


#: The groups of quantities that may be in the place of a quantity of each group.
_RIVALS = {
    Group.PLAIN: {Group.PLAIN, Group.RATIO, Group.MAGNITUDE},
    Group.RATIO: {Group.RATIO, Group.PLAIN, Group.DISCOUNT},
    Group.DISCOUNT: {Group.DISCOUNT, Group.RATIO, Group.PLAIN},
    Group.MONTH: {Group.MONTH},
    Group.QUARTER: {Group.QUARTER, Group.PLAIN},
    Group.HALF: {Group.HALF},
    Group.DECADE: {Group.DECADE, Group.PLAIN},
    Group.CENTURY: {Group.CENTURY, Group.PLAIN, Group.DECADE},
    Group.TIME: {Group.TIME, Group.PLAIN},
    Group.MAGNITUDE: {Group.MAGNITUDE, Group.PLAIN},
}


def _may_stand_for(target: Quantity, source: Quantity) -> bool:
    if target.need is Need.OPTIONAL and not _is_slip(source, target):
        return False
    return GROUPS[target.kind] in _RIVALS[GROUPS[source.kind]]


def _is_slip(source: Quantity, target: Quantity) -> bool:
    """Whether an optional word is certainly wrong here: doubled for 三倍."""
    return source.kind is Kind.MULTIPLE and target.kind is Kind.MULTIPLE


def _is_serious(source: Quantity, target: Quantity) -> bool:
    """Whether a quantity in the place of an optional one is an error: it has the same kind."""
    if _is_slip(source, target):
        return True
    groups = {group for group, _ in target.meanings}
    return (
        GROUPS[source.kind] in groups
        and target.need is Need.REQUIRED
        and (target.kind is not Kind.YEAR or source.kind is Kind.YEAR)
    )


def _likeness(source: Quantity, target: Quantity) -> tuple[int, int, int, int, float]:
    """Return how likely a quantity of the target is in the place of one of the source; the greatest is best."""
    same_digits = int(digits(source.value) == digits(target.value)) if source.kind is not Kind.MAGNITUDE else 0
    same_kind = int(source.kind is target.kind) + int(GROUPS[source.kind] is GROUPS[target.kind])
    same_unit = int(bool(source.unit) and source.unit == target.unit)
    apart = abs(float(source.value.adjusted() - target.value.adjusted()))
    return (
        _lost_sign(source, target),
        same_digits,
        same_unit + same_kind,
        int(sorted(digits(source.value)) == sorted(digits(target.value))),
        -apart,
    )


def _lost_sign(source: Quantity, target: Quantity) -> bool:
    return {GROUPS[source.kind], GROUPS[target.kind]} == {Group.RATIO, Group.PLAIN} and source.value == target.value


def _judged(source: Quantity, target: Quantity, *, lone: bool) -> Difference:
    groups = GROUPS[source.kind], GROUPS[target.kind]
    if _lost_sign(source, target):
        return Difference(Fault.PERCENT, source, target, certain=source.need is Need.REQUIRED)
    if Group.MAGNITUDE in groups:
        return Difference(Fault.MAGNITUDE, source, target, certain=False)
    is_slip = digits(source.value) == digits(target.value) and len(digits(source.value)) > 1  # of a power of ten
    certain = source.need is Need.REQUIRED and groups[0] is groups[1] and (lone or is_slip)
    return Difference(Fault.MISMATCH, source, target, certain)


def _currencies_differ(source: Quantity, target: Quantity) -> bool:
    first, second = source.unit, target.unit
    if first not in units.CURRENCIES or second not in units.CURRENCIES or first == second:
        return False
    return units.MAY_BE.get(first, frozenset({first})).isdisjoint(units.MAY_BE.get(second, frozenset({second})))


def _measures_differ(source: Quantity, target: Quantity) -> bool:
    """Whether one number has two units of a dimension: 500公里 and 500 miles; 里 and 尺 are ambiguous."""
    first, second = units.SIZES.get(source.unit), units.SIZES.get(target.unit)
    if first is None or second is None or first[0] != second[0] or source.value != target.value or not source.value:
        return False
    apart = max(first[1], second[1]) / min(first[1], second[1])
    return apart > (5 if source.unit in units.SEVERAL else 1.2)
