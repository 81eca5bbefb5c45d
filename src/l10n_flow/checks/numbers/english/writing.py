"""Write the number of the source in the style of the translation."""

from __future__ import annotations

import re
from decimal import Decimal

from l10n_flow.checks.numbers import units
from l10n_flow.checks.numbers.english import words
from l10n_flow.checks.numbers.values import Kind, Quantity, figure

_PARTS = re.compile(r"^(\D*?)(\d[\d,]*(?:\.\d+)?|\.\d+)([-\s]?)([A-Za-z]*)(.*)$", re.DOTALL)

_SCALES = ((12, "trillion", "tn"), (9, "billion", "bn"), (6, "million", "m"))

_SMALL = {value: word for word, value in words.SMALL.items()}

_ORDINALS = {value: word for word, value in words.ORDINALS.items() if value <= 20}

_MONTHS = {value: name.title() for name, value in words.MONTHS.items() if len(name) > 3 and name != "sept"} | {5: "May"}


def rewritten(source: Quantity, target: Quantity, text: str) -> str | None:
    """Return the source's quantity in the style of the target's words; None when that is uncertain.

    Args:
        source: the right quantity.
        target: the wrong quantity.
        text: the words of ``target``.
    """
    if source.kind is Kind.MONTH:
        return _MONTHS[source.value] if len(text) > 4 or text == "May" else None
    if source.kind is Kind.DECADE:
        return f"{int(source.value)}s" if re.fullmatch(r"\d{4}s", text) else None
    if source.kind not in _WRITTEN or not text.isascii():
        return None
    if text.isalpha():
        return _word(source, target, text)
    if target.kind is Kind.ORDINAL:
        return _nth(source.value) if re.fullmatch(r"\d+(?:st|nd|rd|th)", text) else None
    return _figures(source, target, text)


_WRITTEN = frozenset({Kind.NUMBER, Kind.ORDINAL, Kind.YEAR, Kind.DAY, Kind.PERCENT})


def _figures(source: Quantity, target: Quantity, text: str) -> str | None:
    parts = _PARTS.match(text)
    if parts is None:
        return None
    before, number, gap, scale, rest = parts.groups()
    if any(char.isdigit() for char in rest):  # 1:06.88
        return None
    if source.unit in units.CURRENCIES and not scale and source.value != int(source.value) and source.value < 10_000:
        return f"{before}{source.value:,.2f}{gap}{rest}"  # HK$12.50
    if source.kind in {Kind.YEAR, Kind.DAY} or target.kind is Kind.YEAR:
        return f"{before}{int(source.value)}{gap}{scale}{rest}"
    return f"{before}{_scaled(source.value, number, gap, scale)}{rest}"


def _word(source: Quantity, target: Quantity, text: str) -> str | None:
    table = _ORDINALS if target.kind is Kind.ORDINAL else _SMALL
    word = table.get(source.value)
    if word is None or text.lower() not in table.values():
        return None
    return word.capitalize() if text[0].isupper() else word


def _nth(value: Decimal) -> str:
    number = int(value)
    ending = "th" if number % 100 in {11, 12, 13} else {1: "st", 2: "nd", 3: "rd"}.get(number % 10, "th")
    return f"{number}{ending}"


def _scaled(value: Decimal, number: str, gap: str, scale: str) -> str:
    """Return a value in digits, with a scale word if the text had one: 250 million."""
    word = scale.lower()
    if word not in words.SCALES and word not in words.SHORT_SCALES:
        plain = figure(value) if "," in number or value >= 10_000 else figure(value).replace(",", "")
        return f"{plain}{gap}{scale}"
    short = word in words.SHORT_SCALES
    for power, long, brief in _SCALES:
        if value >= Decimal(10) ** power and len((value.scaleb(-power)).normalize().as_tuple().digits) <= 5:
            return f"{figure(value.scaleb(-power))}{gap if not short else ''}{brief if short else long}"
    return figure(value)
