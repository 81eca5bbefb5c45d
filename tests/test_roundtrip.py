"""Misspellings found by the way to Simplified and back."""

from __future__ import annotations

import json
from pathlib import Path

import pytest
from hypothesis import given
from hypothesis import strategies as st

from l10n_flow.conversion.roundtrip import RoundTrip, lint, ways
from l10n_flow.errors import ConversionError

DATA = Path(__file__).resolve().parent.parent.parent / "shared" / "data" / "segmentation"


def told(text: str, back: str = "s2hk") -> list[tuple[str, str]]:
    return [(found.word, found.suggestion) for found in lint(text, back=back)]


@pytest.mark.parametrize(
    ("text", "word", "suggestion"),
    [
        ("達產後復合產能達年產十萬噸", "復合", "複合"),
        ("與社群有緊密的聯系", "聯系", "聯繫"),
        ("國務院批複同意", "批複", "批覆"),
        ("提供營養幹預", "幹預", "干預"),
        ("電影制作人", "制作", "製作"),
        ("被開除黨藉", "黨藉", "黨籍"),
        ("籍此機會", "籍此機會", "藉此機會"),
        ("喜歡拖著一只大行李箱", "一只", "一隻"),
    ],
)
def test_a_misspelling_is_told(text: str, word: str, suggestion: str) -> None:
    at = text.index(word)
    assert lint(text) == [RoundTrip(at, at + len(word), word, suggestion)]


@pytest.mark.parametrize(
    "text",
    [
        "這裏和那裡",
        "台灣的電台與臺北",
        "群眾與羣眾",
        "看着他，跟著我",
        "因為和爲了",
        "一周與一週",
        "公布和公佈",
        "匯集意見",
        "司法覆核",
        "復興、重複、答覆",
        "頭髮，發動機",
        "不斷發送訊息",
        "進球後，幾天後",
        "系上的學長",
        "他係有責任",
        "hello",
        "",
    ],
)
def test_style_and_good_spelling_are_not_told(text: str) -> None:
    assert told(text) == []


def test_the_style_of_the_rest_of_a_word_is_the_authors() -> None:
    assert told("為電台制作節目", "s2tw") == [("制作", "製作")]


@pytest.mark.parametrize("back", ["s2hk", "s2tw", "s2t"])
def test_every_way_back_finds_it(back: str) -> None:
    assert told("緊密的聯系", back) == [("聯系", "聯繫")]


@pytest.mark.parametrize(
    ("locale", "conversions"),
    [
        ("zh_Hant_HK", ("hk2s", "s2hk")),
        ("zh_HK", ("hk2s", "s2hk")),
        ("zh_Hant_MO", ("hk2s", "s2hk")),
        ("zh_TW", ("tw2s", "s2tw")),
        ("zh_Hant", ("t2s", "s2t")),
    ],
)
def test_the_ways_follow_the_region(locale: str, conversions: tuple[str, str]) -> None:
    assert ways(locale) == conversions


def test_simplified_text_is_not_spelling() -> None:
    assert told("两国的关系") == []


def test_an_unknown_conversion_is_refused() -> None:
    with pytest.raises(ConversionError):
        lint("聯系", back="s2xx")


@given(st.text(alphabet="聯系復合複製裏裡台a，。", max_size=30))
def test_spans_are_in_order_and_hold_the_word(text: str) -> None:
    done = 0
    for found in lint(text):
        assert done <= found.start < found.end <= len(text)
        assert text[found.start : found.end] == found.word != found.suggestion
        done = found.end


def test_few_are_told_in_real_text() -> None:
    path = DATA / "gsd-hant-dev.jsonl"
    if not path.exists():
        pytest.skip("the shared development data are absent")
    sentences = [text for line in path.read_text(encoding="utf-8").splitlines() for text in json.loads(line)["sents"]]
    words = [found for text in sentences for found in told(text)]
    assert {"批複", "聯系"} <= {word for word, _ in words}
    assert len(words) <= 6
