"""What a text says in numbers: quantities with a kind and an exact value, whatever script they are written in."""

from __future__ import annotations

from decimal import Decimal
from enum import IntEnum, StrEnum
from typing import NamedTuple

ONE = Decimal(1)
HUNDRED = Decimal(100)


class Kind(StrEnum):
    """What a quantity counts or names."""

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
    """What may be compared: quantities of one group with one value say the same."""

    PLAIN = "plain"
    #: In per cent: a half, 50% and 五成 are 50 here.
    RATIO = "ratio"
    #: What is taken off, in per cent: 八折 is 20.
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

#: A group and a value in it: what two quantities must share.
Meaning = tuple[Group, Decimal]


class Need(IntEnum):
    """How much a quantity of the source wants an equal in the translation."""

    #: It may satisfy another one and is itself never missed: 一, "one".
    OPTIONAL = 0
    #: It is missed only when another value stands in its place: 兩, 半年, 1名.
    CONTESTED = 1
    REQUIRED = 2


class Quantity(NamedTuple):
    """A quantity in a text.

    Attributes:
        kind: what it is.
        value: exact; per cent for ratios, minutes for times, the power of ten for magnitudes.
        start: where it begins in the text.
        end: where it ends.
        need: how much it is wanted.
        also: what else it may mean: 18年 is eighteen years or a year.
        unit: its currency or measure, by an id of ours.
        scale: the power of ten that stands behind its figure: 10,000 in 3萬.
        about: whether it says itself that it is rounded: 600多.
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
    """A fraction in per cent, rounded so that both readers get the same."""
    return (part * HUNDRED / whole).quantize(Decimal("0.00000001"))


#: Figures of one character.
VULGAR = {"½": Decimal("0.5"), "¼": Decimal("0.25"), "¾": Decimal("0.75"), "⅓": Decimal(1) / 3, "⅔": Decimal(2) / 3}


def digits(value: Decimal) -> str:
    """The significant digits."""
    return "".join(map(str, value.as_tuple().digits)).strip("0") or "0"


def figure(value: Decimal) -> str:
    """Figures with separators and without needless zeros: 250,000,000, 2.5."""
    return f"{value.normalize():,f}"
