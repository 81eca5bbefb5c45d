"""The text of a quantity in a message."""

from __future__ import annotations

from decimal import Decimal

from l10n_flow.checks.numbers import units
from l10n_flow.checks.numbers.values import Kind, Quantity, figure
from l10n_flow.messages import Message

_MAGNITUDES = (
    Message("several"), Message("dozens"), Message("hundreds"), Message("thousands"), Message("tens of thousands"),
    Message("hundreds of thousands"), Message("millions"), Message("tens of millions"), Message("hundreds of millions"),
    Message("billions"), Message("tens of billions"), Message("hundreds of billions"), Message("trillions"),
)  # fmt: skip

_CURRENCIES = {
    "HKD": Message("Hong Kong dollars"), "CNY": Message("yuan"), "USD": Message("US dollars"), "EUR": Message("euros"),
    "GBP": Message("pounds"), "JPY": Message("yen"), "TWD": Message("Taiwan dollars"), "MOP": Message("patacas"),
    "KRW": Message("won"), "DOLLAR": Message("dollars"),
}  # fmt: skip


def said(quantity: Quantity, rival: Quantity | None = None) -> str:
    """Return the value of a quantity in words that need no context: 250,000,000 yuan, the 1950s, 8%."""
    kind, value = quantity.kind, figure(quantity.value)
    if kind in {Kind.PERCENT, Kind.FRACTION}:
        return f"{figure(round(quantity.value, 2))}%"
    if kind is Kind.DISCOUNT:
        return Message("{n}% off", n=value)
    if kind is Kind.TIME:
        return f"{int(quantity.value) // 60 or 12}:{int(quantity.value) % 60:02}"
    if kind is Kind.MAGNITUDE:
        return _MAGNITUDES[int(quantity.value)] if quantity.value < len(_MAGNITUDES) else f"10^{value}"
    return _named(kind, quantity.value) or _with_unit(quantity, rival)


def _named(kind: Kind, value: Decimal) -> str:
    number = str(int(value)) if value == int(value) else str(value)
    if kind is Kind.DECADE:
        return Message("the {n}s", n=number)
    if kind is Kind.CENTURY:
        return Message("century {n}", n=number)
    if kind is Kind.MONTH:
        return Message("month {n}", n=number)
    if kind is Kind.QUARTER:
        return Message("quarter {n}", n=number)
    if kind is Kind.HALF:
        return Message("half {n}", n=number)
    return number if kind is Kind.YEAR else ""


def _with_unit(quantity: Quantity, rival: Quantity | None) -> str:
    value = figure(quantity.value)
    # 元 is the local currency of the text: the yuan, unless the translation has dollars.
    unit = "CNY" if quantity.unit == "YUAN" and not (rival and rival.unit in units.DOLLARS) else quantity.unit
    name = _CURRENCIES.get(unit)
    return Message("{n} {currency}", n=value, currency=name) if name else value


def currency(unit: str) -> str:
    """Return the name of a currency by its id."""
    return _CURRENCIES.get("CNY" if unit == "YUAN" else unit, unit)
