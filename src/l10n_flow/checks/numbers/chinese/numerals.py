"""Chinese numerals, also with Arabic digits: 2萬4801, 1.77萬億, 兩百萬, 3 百萬, 六百多萬, 數十億, 二〇一八."""

from __future__ import annotations

import re
from collections.abc import Iterator
from decimal import Decimal
from typing import NamedTuple

from l10n_flow.checks.numbers.values import ONE

DIGITS = {
    char: value
    for value, chars in enumerate(["〇零○", "一壹", "二兩貳", "三叁", "四肆", "五伍", "六陸", "七柒", "八捌", "九玖"])
    for char in chars
}
#: Units up to a thousand; 廿 and 卅 are twenty and thirty.
_SMALL = {"十": 1, "拾": 1, "百": 2, "佰": 2, "千": 3, "仟": 3}
_TENS = {"廿": 20, "卅": 30}
#: Units that multiply everything before them.
_BIG = {"萬": 4, "億": 8, "兆": 12}
_POWER = _SMALL | _BIG

_ARABIC = r"\d{1,3}(?:,\d{3})+(?:\.\d+)?|\d+(?:\.\d+)?"
_HAN = "[〇零○一壹二兩貳三叁四肆五伍六陸七柒八捌九玖廿卅]+"
# 千瓦 and 兆赫 are kilowatts and megahertz, 5千米 is five kilometres, 百帕 a unit of pressure.
_UNIT = r"(?:[十拾佰仟萬億]|百(?!帕)|千(?![瓦克卡帕赫伏焦])(?!(?<=\d千)米)|兆(?![瓦赫帕焦歐位字]))"
#: 多, 餘, 幾 and 來 may stand before a unit (六百多萬) or at the end (十幾).
_INFIX = "[多餘幾來]"
# 點 is a decimal point unless the numeral is a time: 三點五億, but 八點三十分.
_POINT = "點[〇零○一二三四五六七八九]+(?![十分])"
#: A whole numeral: digits, then units, each with digits after it.
RUN = re.compile(
    rf"(?:[數幾](?={_UNIT}))?"
    rf"(?:{_ARABIC}|{_HAN}(?:{_POINT})?)?"
    rf"(?: ?{_INFIX}?{_UNIT}(?:\d+(?:\.\d+)?|{_HAN}(?:{_POINT})?)?)*"
    r"(?:[多餘]|(?<=[十廿卅百千])[幾來])?"
)
_START = re.compile(r"[\d〇零○一壹二兩貳三叁四肆五伍六陸七柒八捌九玖廿卅十拾百佰千仟萬億兆]|[數幾](?=[十百千萬億])")
_TOKEN = re.compile(rf"{_ARABIC}|.")


class Run(NamedTuple):
    """A numeral at its place in a text.

    Attributes:
        text: as written.
        start: its start.
        end: its end.
        value: its value; the first one of a pair (三四百).
        scale: the big unit at its end, or 1: 10,000 for 3萬.
        figures: whether it contains Arabic digits.
        about: whether it contains 多, 餘 or 幾.
        other: the second value of a pair, or None.
        power: for an indefinite magnitude (數百萬) the power of ten, or None.
        positional: whether it is a sequence of Han digits (二〇一八).
    """

    text: str
    start: int
    end: int
    value: Decimal
    scale: Decimal = ONE
    figures: bool = False
    about: bool = False
    other: Decimal | None = None
    power: int | None = None
    positional: bool = False


def runs(text: str) -> Iterator[Run]:
    """Return the numerals of a text in order; the text must be folded (Traditional, half-width digits)."""
    at = 0
    while found := _START.search(text, at):
        match = RUN.match(text, found.start())
        if match is None or match.end() == match.start():
            at = found.end()
            continue
        yield _read(match[0], match.start())
        at = match.end()


def _read(text: str, start: int) -> Run:
    end = start + len(text)
    if text.isdigit() and text.isascii():
        return Run(text, start, end, Decimal(text), figures=True)
    about = any(mark in text for mark in "多餘幾來")
    units = [char for char in text if char in _POWER]
    if text[0] in "數幾":
        return Run(text, start, end, Decimal(0), power=sum(_POWER[char] for char in units))
    figures = any(char.isascii() and char.isdigit() for char in text)
    scale = _scale(text)
    if not units and not figures and "點" not in text:
        return _row(text.rstrip("多餘"), text, start)
    first, other = _pair(text)
    value = _value(first)
    return Run(text, start, end, value, scale, figures, about, None if other is None else _value(other))


def _row(row: str, text: str, start: int) -> Run:
    """Read digits without a unit: one (五), two consecutive ones for a range (三四), or several (二〇一八)."""
    end = start + len(text)
    values = [_TENS.get(char, DIGITS.get(char, 0)) for char in row]
    if len(row) == 1:
        return Run(text, start, end, Decimal(values[0]), about=row != text)
    if row[0] in _TENS:
        return Run(text, start, end, Decimal(values[0] + values[1]))
    if len(row) == 2 and values[1] == values[0] + 1 and values[0]:
        return Run(text, start, end, Decimal(values[0]), other=Decimal(values[1]))
    return Run(text, start, end, Decimal("".join(map(str, values))), positional=True)


def _pair(text: str) -> tuple[str, str | None]:
    """Return the two numerals of a pair of consecutive digits: 三四百萬 is 三百萬 or 四百萬; also 十三四."""
    plain = text
    for at in range(len(plain) - 1):
        first, second = plain[at], plain[at + 1]
        if first in DIGITS and second in DIGITS and 0 < DIGITS[first] == DIGITS[second] - 1:
            before_is_point = "點" in plain[:at]
            alone = at == 0 or plain[at - 1] not in DIGITS
            if alone and not before_is_point and plain[at + 2 : at + 3] not in DIGITS:
                return plain[: at + 1] + plain[at + 2 :], plain[:at] + plain[at + 1 :]
    return plain, None


def _scale(text: str) -> Decimal:
    """Return the big units at the end as a factor: 萬億 is 10^12; small ones after a digit are included (3百萬)."""
    power = 0
    for char in reversed(text.rstrip("多餘幾來")):
        if char not in _POWER:
            break
        power += _POWER[char]
    return Decimal(10) ** power


def _value(text: str) -> Decimal:
    """Return the value of digits and units; 多, 餘, 幾 and 來 are ignored."""
    total: list[tuple[Decimal, int]] = []  # what is finished, each with the power of its unit
    figure: Decimal | None = None
    small, power, zero = Decimal(0), 0, False
    chars = iter(_TOKEN.findall(text.replace("點", ".").replace(" ", "")))
    fraction = ""
    for char in chars:
        if char in _BIG:
            below = [entry for entry in total if entry[1] < _BIG[char]]
            total = [entry for entry in total if entry[1] >= _BIG[char]]
            whole = small + (figure or Decimal(0)) + sum((entry[0] for entry in below), Decimal(0))
            total.append(((whole or ONE).scaleb(_BIG[char]), _BIG[char]))
            figure, small, power, zero = None, Decimal(0), _BIG[char], False
        elif char in _SMALL:
            small += (ONE if figure is None else figure).scaleb(_SMALL[char])
            figure, power, zero = None, _SMALL[char], False
        elif char in _TENS:
            small += _TENS[char]
            power = 1
        elif char == ".":
            fraction = "".join(str(DIGITS[digit]) for digit in _until_unit(text.split("點", 1)[1]))
            figure = (figure or Decimal(0)) + Decimal(f"0.{fraction}")
            for _ in fraction:
                next(chars)
        elif char in DIGITS:
            zero = zero or DIGITS[char] == 0
            figure = Decimal(DIGITS[char]) if not figure else figure * 10 + DIGITS[char]
        elif char[0].isdigit():
            figure = Decimal(char.replace(",", ""))
    is_short = figure is not None and figure < 10 and power > 1 and not zero and text[-1] in DIGITS
    if figure is not None:  # 兩萬五 is 25,000, 三百五 350
        small += figure.scaleb(power - 1) if is_short else figure
    return small + sum((entry[0] for entry in total), Decimal(0))


def _until_unit(text: str) -> str:
    return next((text[:at] for at, char in enumerate(text) if char not in DIGITS), text)
