"""Texts with inline codes: their plain reading, where they may be cut, and changes put back around the codes."""

from __future__ import annotations

import re

import pytest
from hypothesis import given
from hypothesis import strategies as st

from l10n_flow.conversion import Converter
from l10n_flow.documents.segmentation.flow import Part, laid
from l10n_flow.documents.segmentation.sentences import split_marked
from l10n_flow.inline import OBJECT, CodeKind, CodeRole, InlineCode, Plain, Stretches

_ROLES = {"<": CodeRole.OPENING, "/": CodeRole.CLOSING, "=": CodeRole.STANDALONE, "^": CodeRole.STANDALONE}


def codes_of(text: str) -> list[InlineCode]:
    """``<a>`` opens, ``</a>`` closes, ``<=x>`` stands for itself, ``<^1>`` is a note, ``<&x>`` writes x, ``<|>`` is a break."""
    found = []
    for match in re.finditer(r"<(/|=|\^|&|\|)?(\w*)>", text):
        sign = match[1] or "<"
        role = _ROLES.get(sign, CodeRole.STANDALONE)
        kind = {"^": CodeKind.NOTE, "|": CodeKind.BREAK, "&": CodeKind.CHARACTER}.get(sign, CodeKind.TAG)
        read = {"=": OBJECT, "^": OBJECT, "&": match[2]}.get(sign, "")
        found.append(InlineCode(*match.span(), role, kind, match[0], read))
    return found


@pytest.mark.parametrize(
    ("text", "pieces"),
    [
        ("甲<a>乙。丙</a>丁。戊。", ["甲<a>乙。丙</a>丁。", "戊。"]),
        ("<a>甲。</a>乙。", ["<a>甲。</a>", "乙。"]),
        ("甲。<a>乙。</a>丙", ["甲。", "<a>乙。</a>", "丙"]),
        ("甲。<^1>乙。<^2>", ["甲。<^1>", "乙。<^2>"]),
        ("甲。</a><^1><b>乙</b>", ["甲。</a><^1>", "<b>乙</b>"]),
        ("See <=x>. Then <=y> ends. <=z> too.", ["See <=x>. ", "Then <=y> ends. ", "<=z> too."]),
        ("甲<|>乙。丙<|>丁", ["甲<|>", "乙。", "丙<|>", "丁"]),
        ("<a>甲<|>乙</a>。丙", ["<a>甲<|>乙</a>。", "丙"]),
        ("<a>甲。<b>乙。</b>丙。</a>丁。", ["<a>甲。<b>乙。</b>丙。</a>", "丁。"]),
        ("說「<a>甲。</a>」乙。", ["說「<a>甲。</a>」", "乙。"]),
    ],
)
def test_no_cut_is_made_inside_a_pair(text: str, pieces: list[str]) -> None:
    assert split_marked(text, codes_of(text)) == pieces


_PIECES = ["甲", "乙。", "丙！", "<a>", "</a>", "<=x>", "<^1>", "<|>", " ", "「", "」", "A. ", "Bc"]


@given(st.lists(st.sampled_from(_PIECES), max_size=30).map("".join))
def test_the_pieces_are_the_text_and_hold_whole_pairs(text: str) -> None:
    codes = codes_of(text)
    pieces = split_marked(text, codes)
    assert "".join(pieces) == text
    whole, place = Stretches(codes), 0
    for piece in pieces:
        place += len(piece)
        assert place == len(text) or place not in whole


@given(
    st.lists(st.sampled_from(["頭", "髮", "x", "<a>", "</a>", "<=x>", "<&頭>"]), max_size=20).map("".join), st.data()
)
def test_places_of_the_plain_reading_are_found_in_the_text(text: str, data: st.DataObject) -> None:
    codes = codes_of(text)
    plain = Plain(text, codes)
    assert plain.restored(plain.text, [], text) == text
    if plain.text:
        start = data.draw(st.integers(0, len(plain.text) - 1))
        first, last = plain.span(start, start + 1)
        read = Plain(text[first:last], [code.moved(-first) for code in codes if first <= code.start < last])
        assert read.text == plain.text[start]


@pytest.mark.parametrize(
    ("text", "converted"),
    [
        ("頭<a>髮</a>", "头<a>发</a>"),
        ("<=頭>頭</a>。", "<=頭>头</a>。"),
        ("<&頭>髮", "头发"),
        ("「<a>甲</a>」", "“<a>甲</a>”"),
        ("軟<a>體</a>", "软<a>体</a>"),
    ],
)
def test_conversion_keeps_codes_and_reads_over_them(text: str, converted: str) -> None:
    converter = Converter("hk2s")
    assert converter.convert_block([text], [codes_of(text)]) == [converted]
    rebuilt, done = "", 0
    for change in converter.explain_block([text], [codes_of(text)])[0]:
        rebuilt += text[done : change.start]
        assert len(rebuilt) == change.target_start
        rebuilt += converted[change.target_start : change.target_end]
        done = change.end
    assert rebuilt + text[done:] == converted


def test_what_was_moved_behind_a_passage_stands_behind_its_last_part() -> None:
    passage = laid([Part("甲乙", "甲乙", 1)], 0)._replace(moved="\u3000")
    assert (passage.cut(0, 1).moved, passage.cut(1, 2).moved) == ("", "\u3000")


def test_parts_in_a_row_are_a_passage() -> None:
    parts = [Part('"', '\\"', 3, inner=True), Part("甲", "甲", 3), Part("", "\n> ", 4), Part("乙", "乙", 4)]
    passage = laid(parts, 10)
    assert (passage.text, passage.start, passage.end, passage.lines) == ('"甲乙', 10, 17, (3, 3, 4))
    assert passage.raw(0, 3) == '\\"甲\n> 乙'
    assert passage.raw(0, 2) + passage.gap(2, 2) + passage.raw(2, 3) == '\\"甲\n> 乙'
