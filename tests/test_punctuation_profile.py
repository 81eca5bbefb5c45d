"""Punctuation profiles: quotation marks over a block, and the single marks of the Mainland."""

from __future__ import annotations

import json
import re
from collections.abc import Callable
from pathlib import Path

import pytest
from hypothesis import example, given, settings
from hypothesis import strategies as st

from growth import assert_linear
from l10n_flow.conversion.punctuation import Edit, Punctuation, apply, apply_each, edits, paragraphs_of
from l10n_flow.scripts import HAN, is_han

MAINLAND, CORNER, KEEP = Punctuation.MAINLAND, Punctuation.CORNER, Punctuation.KEEP
DATA = Path(__file__).parents[2] / "shared" / "data" / "segmentation"

QUOTATIONS = [
    (["「甲」"], ["“甲”"]),
    (["「甲『乙』丙」"], ["“甲‘乙’丙”"]),
    (["『外「內」外』"], ["“外‘內’外”"]),
    (["「甲『乙「丙」丁』」"], ["“甲‘乙“丙”丁’”"]),
    (["他說：「甲。", "乙『丙。", "丁』。」戊"], ["他說：“甲。", "乙‘丙。", "丁’。”戊"]),
    (["it’s 「a」"], ["it’s “a”"]),
    (["“甲「乙」”"], ["“甲‘乙’”"]),
    (["‘甲「乙」’"], ["‘甲“乙”’"]),
    (["「甲“乙”」"], ["“甲‘乙’”"]),
    (["「he said “yes” to me」"], ["“he said “yes” to me”"]),
    (["a “b「c」d” e"], ["a “b‘c’d” e"]),
    (["﹁直﹃排﹄﹂"], ["“直‘排’”"]),
    (["〝甲〞〝乙〟"], ["“甲”“乙”"]),
    (["｢甲｣"], ["“甲”"]),
    (["ﾊﾟﾝ｢ｱ｣"], ["ﾊﾟﾝ｢ｱ｣"]),
    (["と「は『漢』」と"], ["と「は『漢』」と"]),
    (["他說「ありがとう」。"], ["他說“ありがとう”。"]),
    (["沒有引號"], ["沒有引號"]),
    ([], []),
]

UNBALANCED = [
    # a quotation over several paragraphs: opened in each, closed in the last
    (["「甲『乙』丙。"], ["“甲‘乙’丙。"]),
    (["「『甲", "乙"], ["“‘甲", "乙"]),
    (["甲『乙』丙。」丁『戊』"], ["甲‘乙’丙。”丁“戊”"]),
    (["「甲「乙」丙『丁』"], ["“甲“乙”丙‘丁’"]),
    (["「甲『乙」丙『丁「戊」』"], ["“甲‘乙”丙“丁‘戊’”"]),
    (["「甲』乙」"], ["“甲’乙”"]),
    (["『內「甲」』與「未完"], ["“內‘甲’”與“未完"]),
    (["」"], ["”"]),
    (["『"], ["“"]),
]


@pytest.mark.parametrize(("texts", "expected"), QUOTATIONS + UNBALANCED)
def test_quotation_marks_nest_over_a_block(texts: list[str], expected: list[str]) -> None:
    assert apply(MAINLAND, texts) == expected


@pytest.mark.parametrize(
    ("texts", "expected"),
    [
        (["“甲‘乙’丙”"], ["「甲『乙』丙」"]),
        (["‘甲“乙”丙’"], ["「甲『乙』丙」"]),
        (["“甲。", "‘乙’。”"], ["「甲。", "『乙』。」"]),
        (["“甲‘乙’丙"], ["「甲『乙』丙"]),
        (["「甲“乙”」"], ["「甲『乙』」"]),
        (["“甲『乙「丙」』”"], ["「甲『乙「丙」』」"]),
        (["使用‘Word’ 2003版"], ["使用「Word」 2003版"]),
        (["举着“Tories Against Brexit”的标语"], ["举着「Tories Against Brexit」的标语"]),
        (["他说“it’s ok”"], ["他说「it’s ok」"]),
        (["他说 get ‘em 1990’s rock ‘n’ roll，the boys’ toys，5’10”"], None),
        (["他说：get ‘em“甲”"], ["他说：get ‘em「甲」"]),
        (["他 read “the book” twice"], None),
        (["“All in English, ‘it’s said’.”"], None),
        (['他说"甲"'], None),
        (["１０％‧⋯⋯"], None),
    ],
)
def test_corner_brackets(texts: list[str], expected: list[str] | None) -> None:
    assert apply(CORNER, texts) == (expected or texts)


@pytest.mark.parametrize(
    ("text", "expected", "rule"),
    [
        ("雀克‧裴琳", "雀克·裴琳", "middle-dot"),
        ("香港•故事", "香港·故事", "middle-dot"),
        ("雀克・裴琳", "雀克·裴琳", "middle-dot"),
        ("雀克･裴琳", "雀克·裴琳", "middle-dot"),
        ("麥克．阿瑟", "麥克·阿瑟", "middle-dot"),
        ("麥克﹒阿瑟", "麥克·阿瑟", "middle-dot"),
        ("J‧K‧羅琳", "J·K·羅琳", "middle-dot"),
        ("喬治‧W‧布殊", "喬治·W·布殊", "middle-dot"),
        ("等等⋯⋯", "等等……", "ellipsis"),
        ("等等⋯", "等等…", "ellipsis"),
        ("⋯「甲", "…“甲", "ellipsis"),
        ("鼎湖上素──好齋", "鼎湖上素——好齋", "dash"),
        ("Cargo――Rust 的", "Cargo——Rust 的", "dash"),
        ("──好", "——好", "dash"),
        ("等等…──好", "等等…——好", "dash"),
        ("アニメ⋯⋯", "アニメ……", "ellipsis"),
        ("台北─高雄", "台北—高雄", "dash"),
        ("1811─1872年", "1811—1872年", "dash"),
        ("甲﹐乙﹑丙﹔丁﹕戊﹖己﹗﹙庚﹚", "甲，乙、丙；丁：戊？己！（庚）", "small-form"),
        ("一﹒背景", "一．背景", "small-form"),
        ("甲︰乙", "甲：乙", "vertical-form"),
        ("︽書︾︵甲︶︿乙﹀︻丙︼", "《書》（甲）〈乙〉【丙】", "vertical-form"),
        ("甲｡乙､丙", "甲。乙、丙", "width"),
        ("２０２６年ＡＢｃ股升１２．５％", "2026年ABc股升12.5%", "width"),
        ("３，４９４，０００元", "3,494,000元", "width"),
        ("１９９７，２００３年", "1997，2003年", "width"),
        ("１０：３０開會", "10:30開會", "width"),
        ("Ｊ．Ｋ．羅琳", "J.K.羅琳", "width"),
        ("12﹒5億", "12.5億", "width"),
    ],
)
def test_marks_of_the_mainland(text: str, expected: str, rule: str) -> None:
    assert apply(MAINLAND, [text]) == [expected]
    assert {edit.rule for edit in edits(MAINLAND, [text])[0]} <= {rule, "quotes"}
    assert apply(CORNER, [text]) == apply(KEEP, [text]) == [text]


@pytest.mark.parametrize(
    "text",
    [
        "見 https://a.hk/x?y=1,2&z=(3):8080 或 a.b@c.hk，10:30，3,494，1.5，`f(x);`",
        "甲。。。乙...丙…丁",
        "你好,世界!真的?(是)",
        "——甲—乙－－丙--丁～戊⸺己",
        "dic‧tion‧ary • item",
        "• 香港",
        "カタカナ・ガイドと東京・大阪、 “と――言った”",
        "1+2+⋯+n",
        "┌──┐│─│甲───乙",
        "──────",
        "── 完 ──",
        "一．背景 甲．總則 三．一四",
        "1．背景",
        "1997，2003年",
        "﹤b﹥﹡﹟＊＃＜＞＿｀",
        "（︶︿︶）╯︵╰ ︱︳︴",
        "　　縮排《書〈篇〉》",
    ],
)
def test_what_stays_in_the_mainland(text: str) -> None:
    assert apply(MAINLAND, [text]) == [text]


def test_edits_are_explained_in_the_given_texts() -> None:
    assert edits(MAINLAND, ["「甲‧乙", "⋯⋯」２０"]) == [
        [Edit(0, 1, "“", "quotes"), Edit(2, 3, "·", "middle-dot")],
        [Edit(0, 2, "……", "ellipsis"), Edit(2, 3, "”", "quotes"), Edit(3, 5, "20", "width")],
    ]
    assert edits(KEEP, ["「甲"]) == [[]]


MARKS = "甲乙 aA1と゛“”‘’「」『』﹁﹂﹃﹄〝〞〟｢｣⋯…︙─―—‧•・･．﹒，：Ａｚ１％｡､﹐﹖︰︵︶︿﹀︽一"
BLOCKS = st.lists(st.text(MARKS, max_size=14), max_size=4)


@given(st.sampled_from(Punctuation), BLOCKS)
def test_apply_is_the_edits_applied(profile: Punctuation, texts: list[str]) -> None:
    found = edits(profile, texts)
    for text, after, changes in zip(texts, apply(profile, texts), found, strict=True):
        for change in reversed(changes):
            assert text[change.start : change.end] != change.after
            text = text[: change.start] + change.after + text[change.end :]  # noqa: PLW2901
        assert text == after
        ends = [place for change in changes for place in (change.start, change.end)]
        assert ends == sorted(ends)


@given(st.sampled_from(Punctuation), BLOCKS)
@example(MAINLAND, ["12﹒5⋯﹐"])
def test_a_profile_applied_again_changes_nothing(profile: Punctuation, texts: list[str]) -> None:
    once = apply(profile, texts)
    assert apply(profile, once) == once
    assert [len(text) for text in once] == [len(text) for text in texts]


@given(st.lists(st.text("甲「」『』“”‘’ a", max_size=12), max_size=5))
def test_no_corner_bracket_is_left_in_chinese(texts: list[str]) -> None:
    converted = "".join(apply(MAINLAND, texts))
    assert not set("「」『』") & set(converted)
    for before, after in zip("".join(texts), converted, strict=True):
        assert before == after or after in "“”‘’"


def nested(depth: int) -> st.SearchStrategy[str]:
    """Balanced corner brackets that alternate, outside 「」; no Latin, beside which a curly mark may be an apostrophe."""
    words = st.text("甲，。 ", max_size=2)
    if depth > 2:
        return words
    start, end = "「」" if depth % 2 == 0 else "『』"
    pair = nested(depth + 1).map(lambda inner: f"{start}{inner}甲{end}")
    return st.lists(st.tuples(words, pair), max_size=2).map(lambda parts: "".join(map("".join, parts)))


@given(nested(0).map(lambda text: f"甲{text}"))
def test_corner_after_mainland_restores_plain_nesting(text: str) -> None:
    cut = [text[: len(text) // 2], text[len(text) // 2 :]]
    assert apply(CORNER, apply(MAINLAND, cut)) == cut


@pytest.mark.parametrize(
    "text", ["「", "』", "「『", "『」", "「」", "“「‘『", "』「", "‘", "A‧", "⋯", "─", "１，", "　"]
)
@pytest.mark.parametrize("profile", [MAINLAND, CORNER])
def test_work_grows_with_the_length_only(profile: Punctuation, text: str) -> None:
    def work(size: int) -> Callable[[], object]:
        long = "甲" + text * (size // len(text))
        return lambda: apply(profile, [long])

    assert_linear(work, 100_000)


def test_an_editors_quotation_marks() -> None:
    if not DATA.is_dir():
        pytest.skip("the development data (../shared/data) are not here")
    hant, hans = (
        [
            sent
            for line in (DATA / f"gsd-{script}-dev.jsonl").read_text("utf-8").splitlines()
            for sent in json.loads(line)["sents"]
        ]
        for script in ("hant", "hans")
    )
    pairs = [(_marks(apply(MAINLAND, [before])[0]), _marks(after)) for before, after in zip(hant, hans, strict=True)]
    assert sum(bool(edited) for _, edited in pairs) > 30
    assert [pair for pair in pairs if pair[0] != pair[1]] == [("“”", "『』")]  # overlooked by the editors


def _marks(text: str) -> str:
    return "".join(char for char in text if char in "「」『』“”‘’")


@settings(max_examples=400)
@given(
    st.sampled_from(Punctuation),
    st.text(alphabet="…⋯─・０１％，：中a 。「」『』“”あ\n﹑", max_size=30)
    | st.lists(st.sampled_from(["「", "」", "『", "』", "「中", "『中』", "中」", "\n", "\n\n", "’"])).map("".join),
)
@example(Punctuation.MAINLAND, "「中『中』\n\n『中』中」")
def test_many_paragraphs_at_once_are_as_each_by_itself(profile: Punctuation, text: str) -> None:
    assert apply_each(profile, text) == "".join(apply(profile, [part])[0] for part in paragraphs_of(text))


def test_han_by_its_ranges_is_han_by_its_pattern() -> None:
    every = "".join(map(chr, range(0x110000)))
    assert [char for char in every if is_han.__wrapped__(char)] == re.findall(HAN, every)
