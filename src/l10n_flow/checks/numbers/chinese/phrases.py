"""Quantities that Chinese writes without a numeral: 上半年, 翻番, 一半."""

from __future__ import annotations

import re
from collections.abc import Iterable
from decimal import Decimal

from l10n_flow.checks.numbers.values import HUNDRED, Group, Kind, Meaning, Need, Quantity, plain

_DIGITS = "0-9〇零一二兩三四五六七八九十百千萬億幾數"
#: Quantities written without a numeral, with what they may mean.
_WORDS: dict[str, tuple[Kind, float, tuple[Meaning, ...]]] = {
    "上半年": (Kind.HALF, 1, (plain(6), plain(1))),
    "下半年": (Kind.HALF, 2, (plain(6), plain(2))),
    "上半場": (Kind.HALF, 1, (plain(1),)),
    "下半場": (Kind.HALF, 2, (plain(2),)),
    "首季": (Kind.QUARTER, 1, (plain(1), plain(3))),
    "次季": (Kind.QUARTER, 2, (plain(2),)),
    "末季": (Kind.QUARTER, 4, (plain(4),)),
    "半年": (Kind.NUMBER, 6, ((Group.RATIO, Decimal(50)), plain(2))),
    "半小時": (Kind.NUMBER, 30, ((Group.RATIO, Decimal(50)),)),
    "半個小時": (Kind.NUMBER, 30, ((Group.RATIO, Decimal(50)),)),
    "半個鐘": (Kind.NUMBER, 30, ((Group.RATIO, Decimal(50)),)),
    "半個月": (Kind.NUMBER, 15, ((Group.RATIO, Decimal(50)), plain(2))),
    "半個世紀": (Kind.NUMBER, 50, ((Group.RATIO, Decimal(50)),)),
    "半厘": (Kind.PERCENT, 0.5, ((Group.RATIO, Decimal(50)), plain(50))),
    "半成": (Kind.PERCENT, 5, ()),
    "半世紀": (Kind.NUMBER, 50, ((Group.RATIO, Decimal(50)),)),
    "一半": (Kind.FRACTION, 50, ()),
    "半數": (Kind.FRACTION, 50, ()),
    "過半": (Kind.FRACTION, 50, ()),
    "翻番": (Kind.MULTIPLE, 2, ((Group.RATIO, HUNDRED),)),
    "翻倍": (Kind.MULTIPLE, 2, ((Group.RATIO, HUNDRED),)),
    "翻一番": (Kind.MULTIPLE, 2, ((Group.RATIO, HUNDRED),)),
    "翻了一番": (Kind.MULTIPLE, 2, ((Group.RATIO, HUNDRED),)),
    "翻兩番": (Kind.MULTIPLE, 4, ((Group.RATIO, Decimal(300)),)),
    "翻了兩番": (Kind.MULTIPLE, 4, ((Group.RATIO, Decimal(300)),)),
    "倍增": (Kind.MULTIPLE, 2, ((Group.RATIO, HUNDRED),)),
    "雙倍": (Kind.MULTIPLE, 2, ()),
    "百分百": (Kind.PERCENT, 100, ()),
    "成千上萬": (Kind.MAGNITUDE, 4, ((Group.MAGNITUDE, Decimal(3)),)),
    "成百上千": (Kind.MAGNITUDE, 3, ((Group.MAGNITUDE, Decimal(2)),)),
    "百分之百": (Kind.PERCENT, 100, ()),
    "十一五": (Kind.ORDINAL, 11, ()),
    "十二五": (Kind.ORDINAL, 12, ()),
    "十三五": (Kind.ORDINAL, 13, ()),
    "十四五": (Kind.ORDINAL, 14, ()),
    "十五五": (Kind.ORDINAL, 15, ()),
}

#: Days that are named by their date: month and day.
_DAYS = {
    "五一": (5, 1), "五四": (5, 4), "六一": (6, 1), "六四": (6, 4), "七一": (7, 1), "七七": (7, 7), "八一": (8, 1),
    "九一一": (9, 11), "九一八": (9, 18), "雙十": (10, 10),
}  # fmt: skip
_DAY = re.compile(f"(?<![{_DIGITS}第])(?:{'|'.join(sorted(_DAYS, key=len, reverse=True))})(?![{_DIGITS}])")
_WORD = re.compile("|".join(sorted(_WORDS, key=len, reverse=True)))

_HINT = re.compile("[半季番倍]|百分|十.五|成[千百]上")


def phrases(text: str, masked: str) -> Iterable[Quantity]:
    for match in _DAY.finditer(text):
        month, day = _DAYS[match[0]]
        yield Quantity(Kind.MONTH, Decimal(month), *match.span(), Need.CONTESTED)
        yield Quantity(Kind.DAY, Decimal(day), *match.span(), Need.CONTESTED)
    if not _HINT.search(text):
        return
    for match in _WORD.finditer(text):
        kind, value, also = _WORDS[match[0]]
        if match[0][0] in "半一" and masked[match.start() - 1 : match.start()] in _NUMERALS:
            continue
        if match[0] == "半成" and text[match.end() : match.end() + 1] in {"品", "型"}:
            continue
        yield Quantity(kind, Decimal(value), *match.span(), Need.CONTESTED, also)


_NUMERALS = frozenset("0123456789一二兩三四五六七八九十百千萬億多餘幾年天月個時")
