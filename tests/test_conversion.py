"""Conversion as the rest of the program sees it."""

from __future__ import annotations

import pytest

from l10n_flow.conversion import Converter, Punctuation, dictionaries, packages, require, traditional_spans
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


@pytest.mark.parametrize("conversion", ["hk2s", "tw2s", "t2s"])
def test_what_the_conversion_leaves_is_not_traditional(conversion: str) -> None:
    """餸, 嗰 and 劏 have no form in the Mainland's table; 畢昇 and 束脩 are words that keep a character."""
    every = "\n".join(map(chr, (*range(0x3400, 0x4DC0), *range(0x4E00, 0xA000), *range(0x20000, 0x2A6E0))))
    words = "買餸\n嗰啲\n劏房\n燶咗\n鍮石\n檸檬烯和薴\n" + "\n".join(
        dictionaries.dictionary(packages.Package.CURRENT, "TSPhrases.txt").entries
    )
    after = Converter(conversion, Punctuation.KEEP).convert_block([every + words])[0]
    assert [after[span.start - 1 : span.end + 1] for span in traditional_spans(after)] == []
    assert [span.start for span in traditional_spans("毕昇，昇平，束脩，脩改")] == [3, 9]
