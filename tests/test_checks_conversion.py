"""Doubts, regional words and misspelt sources as findings."""

from __future__ import annotations

from functools import partial

import pytest

from l10n_flow import checks
from l10n_flow.conversion import Converter
from l10n_flow.conversion.doubt import Doubt, doubts
from l10n_flow.conversion.roundtrip import lint
from l10n_flow.conversion.vocabulary import regional
from l10n_flow.model import Block, BlockKind, Finding, Key, Origin, Role, Severity, Span, State, Translation, Unit

HK = Converter("hk2s")
RULES = ("conversion-doubt", "regional-word", "source-spelling")


def entry(source: str, target: str, **more: object) -> Translation:
    origin = Origin.CONVERTED if target else None
    state = State.TRANSLATED if target else State.UNTRANSLATED
    return Translation(Key(None, source), target, state, origin)._replace(**more)


def check(rule: str, *entries: Translation, derived: bool = True, **callables: object) -> list[Finding]:
    units = tuple(Unit(each.key.source, Role.SENTENCE, each.key.source) for each in entries)
    everything = {"doubts": partial(doubts, HK), "regional": regional, "spelling": lint} | callables
    subject = checks.Subject(
        "a",
        "zh_Hant_HK",
        "zh_Hans",
        (Block(BlockKind.PARAGRAPH, (1,), units),),
        {each.key: each for each in entries},
        derived=derived,
        **everything,
    )
    return checks.run(subject, rules=checks.select_rules([rule], []))


def test_a_doubt_names_the_characters_and_where_they_are() -> None:
    [found] = check("conversion-doubt", entry("他是楊乾昌。", "他是杨乾昌。"))
    assert found.severity is Severity.WARNING
    assert found.message.startswith("乾 was kept; it could be 干 here (it seems to be a name")
    assert (found.source_span, found.target_span) == (Span(3, 4), Span(3, 4))


def test_a_character_that_was_kept_is_told_so() -> None:
    [found] = check("conversion-doubt", entry("他瞭説", "他瞭说"))
    assert found.message.startswith("瞭 was kept; it could be 了 here")


def test_several_alternatives_are_all_named() -> None:
    made = [Doubt(0, 1, "甲", "乙", ("丙", "丁"), "why")]
    [found] = check("conversion-doubt", entry("甲", "乙"), doubts=lambda _: made)
    assert found.message == "甲 became 乙; it could be 丙 / 丁 here (why)"


def test_a_target_that_has_shifted_is_not_underlined() -> None:
    [found] = check("conversion-doubt", entry("的士的楊乾昌。", "出租车的杨乾昌。"))
    assert (found.source_span, found.target_span) == (Span(4, 5), None)


def test_the_same_doubt_is_told_once_in_a_unit() -> None:
    assert len(check("conversion-doubt", entry("楊乾昌和李乾平", "杨乾昌和李乾平"))) == 1


@pytest.mark.parametrize("rule", RULES)
def test_a_clean_unit_has_no_finding(rule: str) -> None:
    assert check(rule, entry("柳州位於廣西。", "柳州位于广西。")) == []


@pytest.mark.parametrize(
    "translation",
    [
        entry("楊乾昌坐的士", "杨乾昌坐的士", origin=Origin.HUMAN),
        entry("楊乾昌坐的士", "杨乾昌坐的士", state=State.NEEDS_EDITING),
        entry("楊乾昌坐的士", ""),
    ],
    ids=["human", "fuzzy", "empty"],
)
@pytest.mark.parametrize("rule", ["conversion-doubt", "regional-word"])
def test_only_what_the_converter_wrote_is_judged(rule: str, translation: Translation) -> None:
    assert check(rule, translation) == []
    assert check(rule, entry("楊乾昌坐的士", "杨乾昌坐的士")) != []


def test_a_doubt_about_a_character_the_target_has_not_is_not_told() -> None:
    assert check("conversion-doubt", entry("楊乾昌", "杨干昌")) == []


def test_a_regional_word_names_its_replacement() -> None:
    [found] = check("regional-word", entry("坐的士，坐的士", "坐的士，坐的士"))
    assert found.severity is Severity.INFO
    assert found.message == "的士 is a word of the source's region; on the Mainland it is 出租车"
    assert (found.source_span, found.target_span) == (Span(1, 3), None)


@pytest.mark.parametrize("translation", [entry("產能復合", ""), entry("產能復合", "capacity", origin=Origin.HUMAN)])
def test_a_misspelt_source_is_told_whatever_its_translation(translation: Translation) -> None:
    [found] = check("source-spelling", translation, derived=False)
    assert found.message == "復合 in the source may be a misspelling of 複合"
    assert (found.severity, found.source_span) == (Severity.WARNING, Span(2, 4))


def test_a_misspelling_in_a_joined_unit_is_told_without_a_span() -> None:
    [found] = check("source-spelling", entry("第一句。", "One."), entry("有聯系", "", joined=True))
    assert (found.key.source, found.source_span) == ("第一句。", None)


@pytest.mark.parametrize(
    ("rule", "name"), [("conversion-doubt", "doubts"), ("regional-word", "regional"), ("source-spelling", "spelling")]
)
def test_a_rule_without_its_callable_does_not_run(rule: str, name: str) -> None:
    unit = entry("楊乾昌坐的士，有聯系", "杨乾昌坐的士，有联系")
    assert len(check(rule, unit)) == 1
    assert check(rule, unit, **{name: None}) == []


@pytest.mark.parametrize("rule", ["conversion-doubt", "regional-word"])
def test_a_locale_that_is_not_derived_is_not_judged(rule: str) -> None:
    assert check(rule, entry("楊乾昌坐的士", "杨乾昌坐的士"), derived=False) == []


@pytest.mark.parametrize("rule", RULES)
def test_an_ignored_rule_is_silent(rule: str) -> None:
    unit = entry("楊乾昌坐的士，有聯系", "杨乾昌坐的士，有联系")
    assert check(rule, unit._replace(ignores={rule: "why"})) == []
