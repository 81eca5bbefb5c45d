"""Conversion: the engine, the quotation marks, the filter."""

from __future__ import annotations

import io

import pytest
from hypothesis import given
from hypothesis import strategies as st

from l10n_flow.conversion import Converter, Punctuation, require, traditional_spans
from l10n_flow.conversion.punctuation import mainland_quotes
from l10n_flow.conversion.stream import convert_stream
from l10n_flow.errors import ConversionError, SourceError


@pytest.mark.parametrize(
    ("texts", "expected"),
    [
        (["「甲」"], ["“甲”"]),
        (["「甲『乙』丙」"], ["“甲‘乙’丙”"]),
        (["『外「內」外』"], ["“外‘內’外”"]),
        (["「甲『乙「丙」丁』」"], ["“甲‘乙“丙”丁’”"]),
        (["他說：「甲。", "乙『丙。", "丁』。」戊"], ["他說：“甲。", "乙‘丙。", "丁’。”戊"]),
        (["「未完，下段續"], ["“未完，下段續"]),
        (["『內』與「未完"], ["‘內’與“未完"]),
        (["it’s 「a」"], ["it’s “a”"]),
        (["“甲「乙」”"], ["“甲‘乙’”"]),
        (["﹁直﹂"], ["“直”"]),
        (["沒有引號"], ["沒有引號"]),
    ],
)
def test_quotation_marks_nest_over_a_block(texts: list[str], expected: list[str]) -> None:
    assert mainland_quotes(texts) == expected


@given(st.lists(st.text("甲「」『』“”‘’ a", max_size=12), max_size=5))
def test_quotation_marks_change_nothing_else(texts: list[str]) -> None:
    converted = mainland_quotes(texts)
    assert [len(text) for text in converted] == [len(text) for text in texts]
    for before, after in zip("".join(texts), "".join(converted), strict=True):
        assert before == after or (before in "「」『』" and after in "“”‘’")
    assert not set("「」『』") & set("".join(converted))


@pytest.mark.parametrize(
    ("conversion", "punctuation", "source", "expected"),
    [
        ("hk2s", "mainland", "「紫荊邀約」 灣企入柳", "“紫荆邀约” 湾企入柳"),
        ("hk2s", "keep", "「紫荊邀約」", "「紫荆邀约」"),
        ("tw2sp", "keep", "軟體", "软件"),
        ("s2hk", "keep", "里面", "裏面"),
    ],
)
def test_converter(conversion: str, punctuation: str, source: str, expected: str) -> None:
    assert Converter(conversion, Punctuation(punctuation)).convert_block([source]) == [expected]


def test_unknown_conversion_names_the_nearest() -> None:
    with pytest.raises(ConversionError, match="did you mean hk2s"):
        require("hk2x")


def test_a_run_without_punctuation_neither_recurses_nor_hangs() -> None:
    text = "柳" * 300_000 + "鋼"
    assert Converter("hk2s").convert_block([text]) == ["柳" * 300_000 + "钢"]


def test_traditional_characters_are_those_simplified_text_lacks() -> None:
    assert [(span.start, span.end) for span in traditional_spans("乾隆著作頭髮")] == [(4, 5), (5, 6)]
    assert traditional_spans("瞭望，藉口，乾坤，宫商角徵羽") == []


@pytest.mark.parametrize(
    ("data", "expected"),
    [
        ("「甲」\r\n\r\n乙\n".encode(), "“甲”\r\n\r\n乙\n".encode()),
        ("「前\n後」無行尾".encode(), "“前\n后”无行尾".encode()),
        ("「未完\n\n『新』段".encode(), "“未完\n\n“新”段".encode()),
        (b"\xef\xbb\xbf\xe9\xa0\xad", b"\xef\xbb\xbf\xe5\xa4\xb4"),
        (b"", b""),
    ],
)
def test_filter_keeps_line_ends(data: bytes, expected: bytes) -> None:
    sink = io.BytesIO()
    convert_stream(io.BytesIO(data), sink, "hk2s", "mainland")
    assert sink.getvalue() == expected


def test_filter_tells_the_line_of_wrong_bytes() -> None:
    sink = io.BytesIO()
    with pytest.raises(SourceError, match="standard input:3: byte 0xff"):
        convert_stream(io.BytesIO(b"a\nb\n\xff\n"), sink, "hk2s", "keep")
    assert sink.getvalue() == b"a\nb\n"
