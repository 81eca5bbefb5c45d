"""Counts in Chinese: people, money, measures, ranks; and whether a translation must have them."""

from __future__ import annotations

import re
from decimal import Decimal

from l10n_flow.checks.numbers.chinese import words
from l10n_flow.checks.numbers.chinese.context import Reading, Text, longest, longest_end
from l10n_flow.checks.numbers.chinese.numerals import Run
from l10n_flow.checks.numbers.values import ONE, VULGAR, Group, Kind, Meaning, Need, Quantity, plain

HALF = Decimal("0.5")


def magnitude(here: Text) -> Reading | None:
    """數百萬, 幾十; 上億, 數以千計; 十幾."""
    run = here.run
    if run.power is not None:
        return Reading([Quantity(Kind.MAGNITUDE, Decimal(run.power), run.start, _counted(here)[0])])
    is_bare = not run.figures and run.text[0] in "百千萬億" and all(char in "百千萬億" for char in run.text)
    if not is_bare:
        return None
    power = Decimal(run.value.adjusted())
    if here.before(1) in frozenset("上過逾超近成") or here.before(2) in {"數以", "超過", "接近"}:
        start = run.start - len(here.before(2) if here.before(2) == "數以" else here.before(1))
        kind = Kind.MAGNITUDE if here.before(1) in frozenset("上以成") else Kind.NUMBER
        value, other = (power, plain(run.value)) if kind is Kind.MAGNITUDE else (run.value, (Group.MAGNITUDE, power))
        found = Quantity(kind, value, start, _counted(here)[0], also=(other,), unit=_unit(here), about=True)
        return Reading([found])
    end, need = _counted(here)
    is_told = len(run.text) > 1 or here.before(1) == "每" or longest(here.after(), words.MEASURES)
    need = Need.CONTESTED if need is Need.REQUIRED and is_told else Need.OPTIONAL
    also = ((Group.MAGNITUDE, power),)
    return Reading([Quantity(Kind.NUMBER, run.value, run.start, end, need, also, _unit(here), run.scale)])


def ordinal(here: Text) -> Reading | None:
    """第二位, 第十五屆; a translation may omit 第一, and also 第二， at the start of an argument."""
    run = here.run
    if here.before(1) != "第" or run.power is not None:
        return None
    is_point = here.after(1) in frozenset("，,、：:是點") and run.value <= 9
    # 第二年 is the following year, 第二次 another time.
    need = Need.OPTIONAL if run.value == 1 else Need.CONTESTED if run.value == 2 or is_point else Need.REQUIRED
    return Reading([Quantity(Kind.ORDINAL, run.value, run.start - 1, _counted(here)[0], need)])


def money(here: Text) -> Reading | None:
    """250萬港元, HK$2.5億, 人民幣3,000元."""
    run = here.run
    unit = _unit(here)
    if unit not in _CURRENCIES:
        return None
    suffix = longest(here.after(), words.MONEY)
    start = run.start - len(longest_end(here.before(4), words.MONEY_BEFORE))
    need = Need.REQUIRED if run.figures or run.value > 1 else Need.OPTIONAL
    end = here.gap(suffix)
    if suffix in {"元", "塊", "蚊"} and (coin := here.next(end)) and here.text[coin.end : coin.end + 1] in {"角", "毫"}:
        return Reading(_pair(run._replace(value=run.value + coin.value / 10), start, coin.end + 1, need, unit), 2)
    return Reading(_pair(run, start, end, need, unit))


_CURRENCIES = frozenset(words.MONEY.values()) | frozenset(words.MONEY_BEFORE.values())


def counting(here: Text) -> Reading:
    """Other counts: 三名, 十五, 300公里, 兩年半, 9.8."""
    if (whole := _metres(here) or _seconds(here)) is not None:
        return whole
    run = here.run
    if part := VULGAR.get(here.text[run.end : run.end + 1]):  # 14½
        run = run._replace(value=run.value + part, end=run.end + 1)
        here = Text.at(here.text, run, here.follower)
    end, need = _counted(here)
    value, also = run.value, _looser(here)
    if here.text[end : end + 1] == "半" and here.text[end + 1 : end + 2] != "島" and end > run.end:  # 兩年半
        value, end = value + HALF, end + 1
        need = Need.REQUIRED if run.value > 1 else Need.CONTESTED
    elif here.after(2) == "個半":  # 三個半小時
        value, end = value + HALF, here.gap("個半")
    quantities = _pair(run._replace(value=value), run.start, end, need, _unit(here))
    quantities[0] = quantities[0]._replace(also=(*quantities[0].also, *also))
    return Reading(quantities)


def _looser(here: Text) -> list[Meaning]:
    """Return further meanings of a rounded number or an age: 十幾 is a dozen or fifteen, 二十多歲 the twenties."""
    run, also = here.run, list[Meaning]()
    if run.text[:1] == "十" and run.about and run.value == 10:
        also += [plain(number) for number in range(11, 20)] + [(Group.MAGNITUDE, ONE)]
    if (run.about and run.value < 100) or (here.after(1) == "歲" and run.value % 10 == 0):
        also.append((Group.DECADE, run.value))
    return also


def _metres(here: Text) -> Reading | None:
    """1米85: 1.85 metres, 185 centimetres."""
    run = here.run
    if here.after(1) != "米" or not run.figures or not (rest := here.next(here.gap("米"))) or not rest.text.isdigit():
        return None
    if rest.start != here.gap("米") or len(rest.text) > 2 or not rest.figures:
        return None
    value = run.value + rest.value.scaleb(-len(rest.text))
    return Reading([Quantity(Kind.NUMBER, value, run.start, rest.end, also=(plain(value * 100),), unit="m")], 2)


def _seconds(here: Text) -> Reading | None:
    """9秒98: 9.98 seconds."""
    run = here.run
    rest = here.next(here.gap("秒")) if here.after(1) == "秒" and run.figures else None
    if rest is None or rest.start != here.gap("秒") or len(rest.text) > 3 or not rest.text.isdigit():
        return None
    return Reading([Quantity(Kind.NUMBER, run.value + rest.value.scaleb(-len(rest.text)), run.start, rest.end)], 2)


def _pair(run: Run, start: int, end: int, need: Need, unit: str) -> list[Quantity]:
    first = Quantity(Kind.NUMBER, run.value, start, end, need, (), unit, run.scale, run.about)
    if run.other is None:
        return [first]
    first = first._replace(also=(plain(run.other),), need=min(need, Need.REQUIRED))
    return [first, first._replace(value=run.other, need=Need.CONTESTED, also=())]


def _counted(here: Text) -> tuple[int, Need]:
    """Return the end of a numeral with its measure word, and its ``Need``."""
    run = here.run
    after = here.after(5)
    suffix = longest(after, words.MEASURES) or longest(after, words.PERIODS) or longest(after, words.CLASSIFIERS)
    return here.gap(suffix) if suffix else run.end, _need(here, suffix)


def _need(here: Text, suffix: str) -> Need:
    """Return the ``Need`` of a numeral with this measure word."""
    if here.after(1) == "強":  # 十六強: the last sixteen, or an eighth-final
        return Need.CONTESTED
    return _need_of_figures(here, suffix) if here.run.figures else _need_of_characters(here.run, suffix)


def _need_of_figures(here: Text, suffix: str) -> Need:
    run = here.run
    is_code = run.text[0] == "0" and run.text[1:2].isdigit()  # 007, 0815
    if is_code or (run.value == 1 and suffix) or here.before(1) == "斤":
        return Need.OPTIONAL
    is_named = not suffix and (_MODEL.search(here.before(2)) or _is_sequel(here))  # 殲-20, 特工3
    is_called = run.text in _HOTLINES and (here.before(2) in _CALLS or here.behind.startswith(_CALLED))
    is_set = is_called or (run.value == 24 and "小時" in suffix)  # around the clock
    return Need.CONTESTED if is_named or is_set or run.value == 0 else Need.REQUIRED


#: Telephone numbers that English may replace by their meaning: 撥打110 is to call the police.
_HOTLINES = frozenset({"110", "119", "120", "122", "999", "12306", "12345"})
_CALLS = frozenset({"撥打", "致電", "熱線", "電話", "打通"})
_CALLED = ("報警", "急救", "熱線", "救護", "求助", "客服", "中心")


def _need_of_characters(run: Run, suffix: str) -> Need:
    if run.value <= 1:
        return Need.CONTESTED if run.value == 1 and suffix in words.MEASURES else Need.OPTIONAL
    if run.value == 2 and not run.other:
        return Need.CONTESTED if suffix else Need.OPTIONAL
    if suffix == "度":  # 三度: three times, or "again"
        return Need.CONTESTED
    is_short = run.value <= 10 and not run.scale > 10
    is_row = run.positional and not 1000 <= run.value <= 2100  # 「九八」, 一二三產業
    return Need.CONTESTED if (is_short or is_row or run.other is not None) and not suffix else Need.REQUIRED


def _is_sequel(here: Text) -> bool:
    """Whether a number belongs to a name, such as that of a film: 特工3評論."""
    around = here.text[here.run.start - 1 : here.run.start], here.text[here.run.end : here.run.end + 1]
    return (
        len(here.run.text) == 1
        and around[0] not in _BEFORE_COUNT
        and all("\u4e00" <= char <= "\u9fff" for char in around if char)
        and all(around)
    )


#: Characters before a number that is a count.
_BEFORE_COUNT = frozenset("比至到約近逾達共有第僅只為了超過多於是和與及在由從")

#: A model is a character and a figure: 殲-20. What ends a figure of its own makes a range: 3月-5月.
_MODEL = re.compile("[\u4e00-\u9fff](?<![年月日號時分秒元萬億千百十季度歲米里斤至週天個名])[-–]$")


def _unit(here: Text) -> str:
    after = here.after(6)
    if (suffix := longest(after, words.MONEY)) and after[len(suffix) :][:1] not in frozenset("旦宵老首素件朝帥器音兇"):
        named = words.MONEY[suffix]
        if named != "YUAN":
            return named
        before = longest_end(here.before(4), words.MONEY_BEFORE)
        return words.MONEY_BEFORE.get(before, "YUAN")
    if before := longest_end(here.before(4), words.MONEY_BEFORE):
        return words.MONEY_BEFORE[before]
    return words.MEASURES[suffix] if (suffix := longest(after, words.MEASURES)) else ""
