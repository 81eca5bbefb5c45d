"""Where the conversion may be wrong, and where it is not asked."""

from __future__ import annotations

import json
import re
from pathlib import Path

import pytest
from hypothesis import given
from hypothesis import strategies as st

from l10n_flow.conversion import Converter, Own, Words, ambiguous, doubt, vocabulary
from l10n_flow.conversion.ambiguous import ambiguities
from l10n_flow.conversion.doubt import Doubt, doubts

DATA = Path(__file__).resolve().parent.parent.parent / "shared" / "data" / "segmentation"
HK = Converter("hk2s")


def told(text: str, converter: Converter = HK) -> list[tuple[str, str, tuple[str, ...]]]:
    return [(found.source, found.after, found.alternatives) for found in doubts(converter, text)]


@pytest.mark.parametrize(
    ("text", "source", "after", "other"),
    [
        ("他家的乾坎兒不見了", "乾", "干", "乾"),
        ("退休老師楊乾昌也來了", "乾", "乾", "干"),
        ("記者陳朗昇說", "昇", "昇", "升"),
        ("代主任李鍾元說", "鍾", "钟", "锺"),
        ("工程師王昇出席", "昇", "昇", "升"),
        ("開除黨藉", "藉", "藉", "籍"),
        ("剋了他一頓", "剋", "克", "剋"),
        ("於小姐，你好", "於", "于", "於"),
        ("他瞭説", "瞭", "瞭", "了"),
        ("王汎森先生", "汎", "泛", "汎"),
        ("若夥來了", "夥", "伙", "夥"),
        ("沈重光沒有說話", "沈", "沉", "沈"),
        ("沈默是金牌編劇", "沈", "沉", "沈"),
        ("消防員沈迷路", "沈", "沉", "沈"),
        ("導演於仁泰", "於", "于", "於"),
        ("費正清等著。", "著", "着", "著"),
        ("學者於可訓", "於", "于", "於"),
        ("死者姓於，六十歲", "於", "于", "於"),
        ("陳東昇董事長", "昇", "升", "昇"),
        ("李高昇出席", "昇", "升", "昇"),
        ("系爭著作", "著", "著", "着"),
        ("他戴著名錶", "著", "著", "着"),
        ("離岸 10 哩外", "哩", "哩", "里"),
        ("職位上陞了", "陞", "升", "陞"),  # 上升 is a word, of 上昇
    ],
)
def test_what_nothing_decides_is_doubtful(text: str, source: str, after: str, other: str) -> None:
    found = doubts(HK, text)
    assert [(each.source, each.after, each.alternatives) for each in found] == [(source, after, (other,))]
    assert text[found[0].start : found[0].end] == source
    assert found[0].reason


@pytest.mark.parametrize(
    "text",
    [
        "乾淨的餅乾",
        "他把衣服弄乾了",
        "乾隆皇帝扭轉乾坤",
        "看著他，走著走著",
        "他的著作，名著",
        "李白等著名詩人，魯迅的著作",
        "錢鍾書著《圍城》，魯迅著。",
        "獲益甚夥",
        "過份的要求，社會的一份子",
        "於二月在倫敦，位於廣西",
        "於是他說",
        "施恩百姓於，二人同姓於",
        "醫生於上周三，警員於囚車旁",
        "千錘百鍊的食材",
        "特徵、徵收、象徵",
        "藉口、藉此、狼藉",
        "瞭解，一目瞭然，瞭望",
        "答覆、覆蓋、顛覆",
        "夥伴和合夥人",
        "鍾先生和鍾小姐",
        "銀行帳戶，蚊帳，帳篷",
        "漫畫分三冊",
        "沈先生住在瀋陽",
        "多麼好，什麼",
        "其餘三百餘人",
        "想像，好像",
        "抬頭看",
        "plain text, 123",
        "",
    ],
)
def test_what_a_word_decides_is_not_doubtful(text: str) -> None:
    assert told(text) == []


def test_an_own_word_decides_and_the_rest_is_still_asked() -> None:
    own = Converter("hk2s", words=Words({"陳朗昇": Own("陈朗升", "term")}))
    assert told("陳朗昇，林振昇", own) == [("昇", "昇", ("升",))]
    assert [found.start for found in doubts(own, "陳朗昇，林振昇")] == [6]


def test_a_guard_leaves_the_word_to_the_dictionaries() -> None:
    guarded = Converter("hk2s", words=Words({"陳朗昇": Own(None, "term")}))
    assert told("陳朗昇", guarded) == [("昇", "昇", ("升",))]


def test_the_second_opinion_is_heard(monkeypatch: pytest.MonkeyPatch) -> None:
    class Base:
        def __call__(self, text: str) -> str:
            return text.replace("柳州", "柳洲")

    real = doubt.engines.engine
    monkeypatch.setattr(doubt.engines, "engine", lambda name, strict=False: Base() if strict else real(name))
    found = doubts(HK, "，他在柳州。")
    assert found == [Doubt(4, 5, "州", "州", ("洲",), doubt.SECOND_OPINION)]


def test_another_reading_of_opencc_counts_at_the_end_of_a_clause_only() -> None:
    assert told("委著部") == []
    assert told("委著。") != []


def test_a_newer_rule_for_a_character_is_no_doubt() -> None:
    strict = Converter("hk2s", strict=True)
    assert HK.convert_block(["抬"]) != strict.convert_block(["抬"])
    assert told("抬著轎子") == []


@pytest.mark.parametrize("name", ["s2hk", "s2tw", "t2tw"])
def test_only_conversions_into_simplified_are_judged(name: str) -> None:
    assert told("陳朗昇", Converter(name)) == []


@pytest.mark.parametrize("name", ["hk2s", "hk2sp", "t2s", "tw2s", "tw2sp"])
def test_every_conversion_into_simplified_is_judged(name: str) -> None:
    assert told("陳朗昇", Converter(name)) == [("昇", "昇", ("升",))]


@given(st.text(alphabet="楊乾昌藉著於帳鍾李沈餘，a 哩1軟體", max_size=40))
def test_the_spans_are_in_order_and_hold_the_characters(text: str) -> None:
    for name in ("hk2s", "tw2sp"):
        found = doubts(Converter(name), text)
        assert [each.start for each in found] == sorted({each.start for each in found})
        assert all(text[each.start : each.end] == each.source for each in found)


def test_the_table_is_sound() -> None:
    for character, row in ambiguities().items():
        assert len(character) == len(row.usual) == len(row.other) == 1
        assert row.usual != row.other
        assert all(character in word and len(word) > 1 for word in row.unless)
        assert len(set(row.unless)) == len(row.unless)


def test_a_row_with_too_few_columns_is_refused() -> None:
    with pytest.raises(ValueError, match="are wanted"):
        ambiguous._row(1, ["乾", "干", "乾"])


def test_the_usual_form_is_what_the_converter_makes_of_the_character() -> None:
    made = {character: HK.convert_block([character])[0] for character in ambiguities()}
    assert made == {character: row.usual for character, row in ambiguities().items()}


@pytest.mark.parametrize("name", ["gsd-hant-dev", "ntrexc-hant"])
def test_few_are_told_in_real_text(name: str) -> None:
    path = DATA / f"{name}.jsonl"
    if not path.exists():
        pytest.skip("the shared development data are absent")
    sentences = [text for line in path.read_text(encoding="utf-8").splitlines() for text in json.loads(line)["sents"]]
    assert sum(bool(told(text)) for text in sentences) * 100 <= len(sentences)


# The vocabulary ------------------------------------------------------------------------------------------------------


def test_regional_words_are_found_and_their_guards_left_alone() -> None:
    found = vocabulary.regional("他坐的士，士兵叫的士兵。")
    assert found == [vocabulary.Regional(2, 4, "的士", "出租车")]


def test_the_vocabulary_is_sound() -> None:
    rows = vocabulary.read()
    assert len(rows) > 100
    for row in rows:
        assert row.before != row.after
        assert vocabulary.entries()[row.before] == Own(row.after, "vocabulary")


@pytest.mark.parametrize(
    ("text", "message"),
    [
        ("的士\t出租车", "line 2: from, to, unless, kind, note are wanted"),
        ("的士\t出租车\t\tthing\t", "are wanted"),
        ("\t出租车\t\tword\t", "are wanted"),
        ("的士\t出租车\t巴士\tword\t", "巴士 should be longer and contain 的士"),
        ("的士\t出租车\t\tword\t\n的士\t计程车\t\tword\t", "的士 comes twice"),
    ],
)
def test_a_bad_row_of_the_vocabulary_is_refused(text: str, message: str) -> None:
    with pytest.raises(ValueError, match=re.escape(message)):
        vocabulary.parse(f"from\tto\tunless\tkind\tnote\n{text}\n")
