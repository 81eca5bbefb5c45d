"""Currencies and measures, by ids that both readers use."""

from __future__ import annotations

#: Of a unit of measure its dimension, and how many of the dimension's base it is (metres, m², kg, litres, °C).
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

#: Units whose Chinese name is that of others, too.
SEVERAL = frozenset({"li", "ft", "catty", "tael", "qing"})

#: Currencies by ISO 4217; DOLLAR is some dollar, YUAN some 元, YEN a ¥.
CURRENCIES = frozenset(
    ["HKD", "CNY", "USD", "EUR", "GBP", "JPY", "TWD", "AUD", "CAD", "SGD", "MOP", "KRW", "CHF", "INR", "RUB", "THB",
     "NZD", "BRL", "DOLLAR", "YUAN", "YEN"]
)  # fmt: skip
DOLLARS = frozenset({"USD", "HKD", "TWD", "AUD", "CAD", "SGD", "MOP", "DOLLAR"})
#: Currencies whose names leave something open, and what they may be.
MAY_BE = {
    "DOLLAR": DOLLARS,
    "YUAN": frozenset({"CNY", "HKD", "TWD", "MOP"}),
    "YEN": frozenset({"JPY", "CNY"}),
}
