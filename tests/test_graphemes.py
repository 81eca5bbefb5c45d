"""No cut falls inside what a reader sees as one character."""

from __future__ import annotations

import pytest
from hypothesis import given
from hypothesis import strategies as st

from l10n_flow import graphemes
from l10n_flow.documents.segmentation.sentences import split_sentences
from l10n_flow.documents.subtitles.breaking import broken
from l10n_flow.model import Span
from l10n_flow.publish.pages.diff import changes
from l10n_flow.report.excerpts import beginning, excerpt
from l10n_flow.report.tables import table
from l10n_flow.review.page import marks
from l10n_flow.scripts import display_width

#: Each is one extended grapheme cluster of UAX #29 (its GraphemeBreakTest.txt, and emoji-zwj-sequences.txt).
CLUSTERS = [
    "e\u0301", "a\u0308\u0323", "\r\n", "。\ufe00", "葛\U000e0100", "か\u3099", "ｶ\uff9e", "❤\ufe0f", "1\ufe0f\u20e3",
    "👍🏽", "👨\u200d👩\u200d👧", "🏳\ufe0f\u200d🌈", "🇭🇰", "🏴\U000e0067\U000e0062\U000e007f", "\u1112\u1161\u11ab", "한\u11a8", "ก\u0e33",
    "क\u094d\u0937\u093f", "क\u094d\u200d\u0937", "த\u0bc6", "\u06001", "ل\u200d",
]  # fmt: skip


@pytest.mark.parametrize("cluster", CLUSTERS, ids=ascii)
def test_a_cluster_is_whole(cluster: str) -> None:
    assert [at for at in range(1, len(cluster)) if graphemes.is_border(cluster, at)] == []
    text = f"甲{cluster}乙" if cluster[-1] != "\u200d" else f"甲{cluster} "
    assert [at for at in range(len(text) + 1) if graphemes.is_border(text, at)] == [0, 1, len(text) - 1, len(text)]
    assert graphemes.beginning(text, 2) == "甲"[: 2 - 1]
    assert graphemes.ending(text, 2) == text[-1]


@pytest.mark.parametrize(
    "text", ["甲乙", "ab", "\n\r", "🇭🇰🇹🇼"[1:3], "한국", "👨👩", "กข", "a\n\u0301", "\u0301\n"], ids=ascii
)
def test_what_stands_side_by_side_is_not_one(text: str) -> None:
    assert graphemes.is_border(text, 1) is (text != "🇰🇹")


def test_flags_are_told_from_where_their_row_begins() -> None:
    text = "甲🇭🇰🇹🇼🇲🇴"
    assert [at for at in range(len(text) + 1) if graphemes.is_border(text, at)] == [0, 1, 3, 5, 7]


def test_hundreds_of_marks_on_a_letter_are_cut_where_they_must_be() -> None:
    text = "a" + "\u0301" * 100_000
    assert len(graphemes.beginning(text, 50_000)) == 50_000
    assert display_width(beginning("柳" * 99 + text, 20)) <= 20


pieces = st.lists(st.sampled_from([*CLUSTERS[:2], *CLUSTERS[3:-2], "甲", "x", "。", "！", " ", "”", "."]), max_size=30)


def borders(parts: list[str]) -> set[int]:
    places = [0]
    for part in parts:
        places.append(places[-1] + len(part))
    return set(places)


@given(pieces)
def test_no_place_inside_a_cluster_is_a_border(parts: list[str]) -> None:
    text = "".join(parts)
    assert {at for at in range(len(text) + 1) if graphemes.is_border(text, at)} <= borders(parts)


@given(pieces, pieces)
def test_nothing_is_cut_inside_a_cluster(parts: list[str], others: list[str]) -> None:
    """Sentences, lines of subtitles, differences, excerpts on the page, and the beginnings of what is too long."""
    text, whole = "".join(parts), borders(parts)
    assert borders(split_sentences(text)) <= whole | {len(text)}
    assert borders([each.text for each in changes("".join(others), text) if each.kind != "del"]) <= whole | {len(text)}
    assert all(text.startswith(start) for start in [beginning(text, 8).removesuffix("…").replace("\ufffd", "\u200d")])
    for width in (1, 5, 9):
        assert len(graphemes.beginning(text, width)) in whole
        assert len(text) - len(graphemes.ending(text, width)) in whole
    lines = broken(text.strip(), (), "zh_Hant", 3)
    place = 0
    for line in lines:
        place = text.strip().index(line, place)
        assert graphemes.is_border(text.strip(), place)
        place += len(line)


@pytest.mark.parametrize("cluster", [each for each in CLUSTERS if each not in {"\r\n", "ل\u200d"}], ids=ascii)
def test_excerpts_hold_whole_characters(cluster: str) -> None:
    text = cluster * 60
    focus = Span(len(cluster) * 30, len(cluster) * 31)
    shown = marks.excerpt(text, focus)
    assert shown is not None
    assert len(shown[0].strip("…")) % len(cluster) == len(shown[2].strip("…")) % len(cluster) == 0
    for width in (20, 21, 22, 23):
        line, carets = excerpt(text, focus, width)
        assert len(line.strip("…")) % len(cluster) == 0, line
        assert display_width(line) <= max(width, 2 * len(cluster) + 2)
        assert set(carets) == {" ", "^"}


@pytest.mark.parametrize(
    ("text", "width"),
    [("e\u0301", 1), ("👨\u200d👩\u200d👧", 2), ("❤\ufe0f", 2), ("🇭🇰", 2), ("1\ufe0f\u20e3", 2), ("\u1112\u1161\u11ab", 2), ("a\u200db", 2), ("柳鋼", 4)],
    ids=ascii,
)  # fmt: skip
def test_columns_of_a_terminal(text: str, width: int) -> None:
    assert display_width(text) == width
    first, second = table([[text, "x"], ["柳柳柳", "y"]])
    assert display_width(first) == display_width(second)


@pytest.mark.parametrize("cluster", CLUSTERS, ids=ascii)
def test_a_text_in_the_list_of_what_was_done_is_cut_before_a_cluster(cluster: str) -> None:
    for before in range(195, 201):
        text = "甲" * before + cluster + "乙" * 20
        shown = marks.beginning(text).removesuffix("…")
        assert text.startswith(shown)
        assert len(shown) >= 195 - len(cluster)
        assert graphemes.is_border(text, len(shown)), (before, shown[-3:])
    assert marks.beginning("甲" * 200) == "甲" * 200
    assert marks.beginning("甲" * 201) == "甲" * 199 + "…"
