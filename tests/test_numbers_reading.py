"""The quantities that Chinese and English texts are read as."""

from __future__ import annotations

from decimal import Decimal

import pytest
from hypothesis import given
from hypothesis import strategies as st

from l10n_flow.checks.numbers import chinese, english
from l10n_flow.checks.numbers.chinese import words
from l10n_flow.checks.numbers.chinese.folding import fold
from l10n_flow.checks.numbers.chinese.numerals import runs
from l10n_flow.checks.numbers.values import Need, Quantity
from l10n_flow.conversion import Converter, Punctuation
from l10n_flow.model import Span


def told(quantities: list[Quantity], *, least: Need = Need.CONTESTED) -> str:
    """Quantities in a line: kind and value, those that are wanted at all."""
    return " ".join(f"{one.kind}:{one.value.normalize():f}" for one in quantities if one.need >= least)


@pytest.mark.parametrize(
    ("text", "value"),
    [
        ("2萬4801", 24801),
        ("1.77萬億", 1_770_000_000_000),
        ("兩百萬", 2_000_000),
        ("3 百萬", 3_000_000),
        ("六百多萬", 6_000_000),
        ("30餘萬", 300_000),
        ("1億2000萬", 120_000_000),
        ("三點五億", 350_000_000),
        ("二〇一八", 2018),
        ("一九九七", 1997),
        ("一千二百三十四萬五千六百七十八", 12_345_678),
        ("兩萬五", 25_000),
        ("三百五", 350),
        ("兩千零五", 2005),
        ("廿八", 28),
        ("卅", 30),
        ("一百一十", 110),
        ("壹佰萬", 1_000_000),
        ("1,234,567.8", "1234567.8"),
        ("2900千", 2_900_000),
    ],
)
def test_a_numeral_has_one_value(text: str, value: float | str) -> None:
    assert [(run.text, run.value) for run in runs(text)] == [(text, Decimal(value))]


@pytest.mark.parametrize(
    ("text", "values"),
    [("三四百萬", (3_000_000, 4_000_000)), ("十三四", (13, 14)), ("七八", (7, 8)), ("五六十", (50, 60))],
)
def test_two_neighbours_are_a_pair(text: str, values: tuple[int, int]) -> None:
    (run,) = runs(text)
    assert (run.value, run.other) == values


@pytest.mark.parametrize(
    ("text", "expected"),
    [
        ("2.5億元", "number:250000000"),
        ("HK$300", "number:300"),
        ("十二元五角", "number:12.5"),
        ("２０００元", "number:2000"),
        ("30，000名", "number:30000"),
        ("2900千瓦", "number:2900"),
        ("20世紀50年代", "decade:1950"),
        ("十九世紀六十年代", "decade:1860"),
        ("六七十年代", "decade:1960 decade:1970"),
        ("四、五十年代", "decade:1940 decade:1950"),
        ("90後", "decade:1990"),
        ("七旬老人", "decade:70"),
        ("19世紀", "century:19"),
        ("2018年9月30日", "year:2018 month:9 day:30"),
        ("民國88年", "year:1999"),
        ("10 月 1 日", "month:10 day:1"),
        ("上午九時", "time:540"),
        ("下午3點45分", "time:225"),
        ("九點半", "time:570"),
        ("晚上十時三刻", "time:645"),
        ("14:30", "time:150"),
        ("百分之三點五", "percent:3.5"),
        ("0.1個百分點", "percent:0.1"),
        ("三成八", "percent:38"),
        ("八成半", "percent:85"),
        ("三、四成", "percent:30 percent:40"),
        ("3%至5%", "percent:3 percent:5"),
        ("八五折", "discount:15"),
        ("七折", "discount:30"),
        ("四分之三", "fraction:75"),
        ("三分二", "fraction:66.66666667"),
        ("兩倍", "multiple:2"),
        ("翻了一番", "multiple:2"),
        ("一半", "fraction:50"),
        ("半年", "number:6"),
        ("兩年半", "number:2.5"),
        ("三個半小時", "number:3.5"),
        ("1米85", "number:1.85"),
        ("9秒98", "number:9.98"),
        ("14½", "number:14.5"),
        ("第二位", "ordinal:2"),
        ("第十五屆", "ordinal:15"),
        ("「十四五」規劃", "ordinal:14"),
        ("第三季度", "quarter:3"),
        ("下半年", "half:2"),
        ("數百萬人", "magnitude:6"),
        ("數以千計", "magnitude:3"),
        ("上億", "magnitude:8"),
        ("十二強", "number:12"),
        ("3-1", "number:3 number:1"),
    ],
)
def test_chinese(text: str, expected: str) -> None:
    assert told(chinese.read(text)) == expected


@pytest.mark.parametrize(
    "text", ["20世纪50年代", "两年半", "第十五届", "数百万人", "下午3点45分", "1.77万亿", "约2万4801人"]
)
def test_simplified_reads_as_traditional(text: str) -> None:
    assert told(chinese.read(text)) == told(chinese.read(fold(text)))


def test_every_character_of_the_tables_is_known_in_simplified() -> None:
    simplified = Converter("t2s", Punctuation.KEEP)
    tables = [*words.MONEY, *words.MONEY_BEFORE, *words.MEASURES, *words.PERIODS, *words.CLASSIFIERS, *words.CLOCK]
    characters = sorted({char for word in tables for char in word if char != "両"})
    assert [char for char in characters if fold(simplified.convert_block([char])[0]) != fold(char)] == []


@pytest.mark.parametrize(
    "text",
    [
        "一帶一路", "一汽", "兩廣", "雙循環", "COVID-19", "9880.HK", "世界500強", "週三至周五", "四川三亞", "十分感謝", "三番四次",
        "二手車", "千萬不要", "五顏六色", "隊伍大陸收拾", "Ka-52", "5G", "PM2.5", "https://example.org/2018/09", "<a1>字</a1>",
        "{0}個", "百分百", "第一",
    ],
)  # fmt: skip
def test_what_is_no_quantity_is_not_required(text: str) -> None:
    assert told(chinese.read(text), least=Need.REQUIRED) == ""


@pytest.mark.parametrize(
    ("text", "expected"),
    [
        ("250 million yuan", "number:250000000"),
        ("$2.5bn", "number:2500000000"),
        ("£11million", "number:11000000"),
        ("£125m", "number:125000000"),
        ("100m", "number:100"),
        ("half a million", "number:500000"),
        ("a hundred thousand", "number:100000"),
        ("fifty-eight", "number:58"),
        ("one hundred and five", "number:105"),
        ("two and a half years", "number:2.5"),
        ("a year and a half", "number:1.5"),
        ("14½", "number:14.5"),
        ("a dozen", "number:12"),
        ("two dozen", "number:2"),
        ("tens of thousands", "magnitude:4"),
        ("several hundred", "magnitude:2"),
        ("85 per cent", "percent:85"),
        ("5, 10 and 20 per cent", "percent:5 percent:10 percent:20"),
        ("20% off", "discount:20"),
        ("two-thirds", "fraction:66.66666667"),
        ("one in five", "fraction:20"),
        ("the 1950s", "decade:1950"),
        ("the '60s", "decade:60"),
        ("mid-1990s", "decade:1990"),
        ("in her fifties", "decade:50"),
        ("20th century", "century:20"),
        ("twenty-first", "ordinal:21"),
        ("23rd", "ordinal:23"),
        ("third quarter", "quarter:3"),
        ("September 30, 2018", "month:9 number:30 year:2018"),
        ("in May", "month:5"),
        ("9 a.m.", "time:540"),
        ("9.30am", "time:570"),
        ("half past nine", "time:570"),
        ("nine o'clock", "time:540"),
        ("three times", "multiple:3"),
        ("3-1", "number:3 number:1"),
        ("mph 85mph", "number:85"),
    ],
)
def test_english(text: str, expected: str) -> None:
    assert told(english.read(text)) == expected


@pytest.mark.parametrize(
    "text", ["they may", "Ka-52", "COVID-19", "5G", "World War II", "twice", "both", "one of them", "%s"]
)
def test_english_words_that_are_not_in_the_way(text: str) -> None:
    assert told(english.read(text), least=Need.REQUIRED) == ""


def test_names_are_left_out() -> None:
    assert told(chinese.read("柳州772園區", [Span(2, 7)])) == ""
    assert told(english.read("the 772 park", [Span(4, 12)])) == ""


@given(
    st.text(
        alphabet="0123456789.,%萬億十百千一二三兩半點年月日時成折倍第約多餘幾 -/:至個後世紀代½A分之秒米元", max_size=24
    )
)
def test_any_chinese_can_be_read(text: str) -> None:
    assert all(0 <= one.start < one.end <= len(text) for one in chinese.read(text))


WORDS = st.sampled_from(
    [
        "a",
        "an",
        "half",
        "quarter",
        "of",
        "and",
        "the",
        "two",
        "three",
        "twenty",
        "dozen",
        "hundred",
        "million",
        "billions",
        "tens",
        "th",
        "s",
        "%",
        "per",
        "cent",
        "in",
        "out",
        "1",
        "3.5",
        "1950",
        ",",
        "-",
        ":",
        "/",
        "$",
        "HK$",
        "am",
        "p",
        ".",
        "m",
        "May",
        "30",
        "first",
        "second",
        "third",
        "month",
        "year",
        "years",
        "century",
        "o",
        "clock",
        "past",
        "to",
        "couple",
        "several",
        "½",
        "decades",
        "II",
    ]
)


@given(st.lists(WORDS, max_size=10), st.sampled_from(["", " "]))
def test_any_english_can_be_read(parts: list[str], gap: str) -> None:
    text = gap.join(parts)
    assert all(0 <= one.start < one.end <= len(text) for one in english.read(text))


@given(st.integers(0, 10**13))
def test_a_figure_is_read_alike_in_both(value: int) -> None:
    assert chinese.read(f"共{value}人")[0].value == value
    assert english.read(f"some {value:,} people")[-1].value == value
