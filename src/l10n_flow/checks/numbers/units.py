"""Currencies and measures by ids, which the Chinese and the English reader share."""

from __future__ import annotations

#: For each unit of measure its dimension, and its size in the dimension's base unit (metre, m², kg, litre, °C).
SIZES = {
    "km": ("length", 1000.0),
    "li": ("length", 500.0),
    "mile": ("length", 1609.344),
    "m": ("length", 1.0),
    "nmi": ("length", 1852.0),
    "ft": ("length", 0.3048),
    "in": ("length", 0.0254),
    "cm": ("length", 0.01),
    "mm": ("length", 0.001),
    "yd": ("length", 0.9144),
    "mu": ("area", 666.6667),
    "ha": ("area", 10000.0),
    "qing": ("area", 66666.67),
    "acre": ("area", 4046.856),
    "km2": ("area", 1000000.0),
    "m2": ("area", 1.0),
    "ft2": ("area", 0.092903),
    "mi2": ("area", 2589988.0),
    "ping": ("area", 3.305785),
    "catty": ("mass", 0.5),
    "kg": ("mass", 1.0),
    "g": ("mass", 0.001),
    "lb": ("mass", 0.453592),
    "t": ("mass", 1000.0),
    "oz": ("mass", 0.0283495),
    "tael": ("mass", 0.0378),
    "mg": ("mass", 1e-06),
    "l": ("volume", 1.0),
    "ml": ("volume", 0.001),
    "gal": ("volume", 3.785412),
    "m3": ("volume", 1000.0),
    "C": ("temperature", 1.0),
    "F": ("temperature", 0.5556),
}
#: A catty is half a kilogram on the Mainland and 604.79 grams in Hong Kong; a tael is 50 or 37.8 grams.
OTHER_SIZES = {"catty": 0.604790, "tael": 0.05}

#: Units with an ambiguous Chinese name.
SEVERAL = frozenset({"li", "ft", "catty", "tael", "qing"})

#: Currencies by ISO 4217; DOLLAR is any dollar, YUAN any 元, YEN any ¥.
CURRENCIES = frozenset(
    ["HKD", "CNY", "USD", "EUR", "GBP", "JPY", "TWD", "AUD", "CAD", "SGD", "MOP", "KRW", "CHF", "INR", "RUB", "THB",
     "NZD", "BRL", "DOLLAR", "YUAN", "YEN"]
)  # fmt: skip
DOLLARS = frozenset({"USD", "HKD", "TWD", "AUD", "CAD", "SGD", "MOP", "DOLLAR"})
#: Ambiguous currencies and their possible meanings.
MAY_BE = {
    "DOLLAR": DOLLARS,
    "YUAN": frozenset({"CNY", "HKD", "TWD", "MOP"}),
    "YEN": frozenset({"JPY", "CNY"}),
}
