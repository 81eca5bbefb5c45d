"""Quantities: the numbers of a text with a kind and an exact value, independent of script."""

from __future__ import annotations

from decimal import Decimal
from enum import IntEnum, StrEnum
from typing import NamedTuple

ONE = Decimal(1)
HUNDRED = Decimal(100)


class Kind(StrEnum):
    """The kind of a quantity."""

    NUMBER = "number"
    ORDINAL = "ordinal"
    MULTIPLE = "multiple"
    PERCENT = "percent"
    FRACTION = "fraction"
    DISCOUNT = "discount"
    YEAR = "year"
    MONTH = "month"
    DAY = "day"
    QUARTER = "quarter"
    HALF = "half"
    DECADE = "decade"
    CENTURY = "century"
    TIME = "time"
    MAGNITUDE = "magnitude"


class Group(StrEnum):
    """A group of comparable quantities: two of one group with the same value are equal."""

    PLAIN = "plain"
    #: In per cent: a half, 50% and 五成 have the value 50.
    RATIO = "ratio"
    #: The reduction in per cent: 八折 is 20.
    DISCOUNT = "discount"
    MONTH = "month"
    QUARTER = "quarter"
    HALF = "half"
    DECADE = "decade"
    CENTURY = "century"
    #: In minutes, on a clock of twelve hours.
    TIME = "time"
    #: The power of ten: millions are 6.
    MAGNITUDE = "magnitude"


GROUPS = {
    Kind.NUMBER: Group.PLAIN,
    Kind.ORDINAL: Group.PLAIN,
    Kind.MULTIPLE: Group.PLAIN,
    Kind.YEAR: Group.PLAIN,
    Kind.DAY: Group.PLAIN,
    Kind.PERCENT: Group.RATIO,
    Kind.FRACTION: Group.RATIO,
    Kind.DISCOUNT: Group.DISCOUNT,
    Kind.MONTH: Group.MONTH,
    Kind.QUARTER: Group.QUARTER,
    Kind.HALF: Group.HALF,
    Kind.DECADE: Group.DECADE,
    Kind.CENTURY: Group.CENTURY,
    Kind.TIME: Group.TIME,
    Kind.MAGNITUDE: Group.MAGNITUDE,
}

#: A group and a value in it; equal quantities share one.
Meaning = tuple[Group, Decimal]


class Need(IntEnum):
    """Whether a quantity of the source must have an equal in the translation."""

    #: It may match another one, and is never reported as missing: 一, "one".
    OPTIONAL = 0
    #: It is reported only when another value is in its place: 兩, 半年, 1名.
    CONTESTED = 1
    REQUIRED = 2


class Quantity(NamedTuple):
    """A quantity in a text.

    Attributes:
        kind: its kind.
        value: its exact value; per cent for ratios, minutes for times, the power of ten for magnitudes.
        start: its start in the text.
        end: its end.
        need: whether it must be in the translation.
        also: other meanings: 18年 is eighteen years or a year.
        unit: the id of its currency or measure.
        scale: the factor written after its number: 10,000 in 3萬.
        about: whether it is marked as rounded: 600多.
    """

    kind: Kind
    value: Decimal
    start: int
    end: int
    need: Need = Need.REQUIRED
    also: tuple[Meaning, ...] = ()
    unit: str = ""
    scale: Decimal = ONE
    about: bool = False

    @property
    def meaning(self) -> Meaning:
        return (GROUPS[self.kind], self.value)

    @property
    def meanings(self) -> tuple[Meaning, ...]:
        return ((GROUPS[self.kind], self.value), *self.also)


def plain(value: Decimal | int) -> Meaning:
    return (Group.PLAIN, Decimal(value))


def ratio(part: Decimal, whole: Decimal) -> Decimal:
    """Return a fraction in per cent, rounded so that both readers get the same value."""
    return (part * HUNDRED / whole).quantize(Decimal("0.00000001"))


#: Fractions of one character.
VULGAR = {"½": Decimal("0.5"), "¼": Decimal("0.25"), "¾": Decimal("0.75"), "⅓": Decimal(1) / 3, "⅔": Decimal(2) / 3}


def digits(value: Decimal) -> str:
    """Return the significant digits."""
    return "".join(map(str, value.as_tuple().digits)).strip("0") or "0"


def figure(value: Decimal) -> str:
    """Return a value in digits with separators and without unnecessary zeros: 250,000,000, 2.5."""
    return f"{value.normalize():,f}"
