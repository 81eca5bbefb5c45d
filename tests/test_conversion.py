"""Conversion as the rest of the program sees it."""

from __future__ import annotations

import pytest

from l10n_flow.conversion import Converter, Punctuation, require, traditional_spans
from l10n_flow.errors import ConversionError


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
        require("hk2ss")


def test_a_run_without_punctuation_neither_recurses_nor_hangs() -> None:
    text = "柳" * 300_000 + "鋼"
    assert Converter("hk2s").convert_block([text]) == ["柳" * 300_000 + "钢"]


def test_traditional_characters_are_those_simplified_text_lacks() -> None:
    assert [(span.start, span.end) for span in traditional_spans("乾隆著作頭髮")] == [(4, 5), (5, 6)]
    assert traditional_spans("瞭望，藉口，乾坤，宫商角徵羽") == []
