"""The table of rules, their selection, and what ``run`` does with what they find."""

from __future__ import annotations

import re
from pathlib import Path

import pytest
from hypothesis import given
from hypothesis import strategies as st

from l10n_flow import checks
from l10n_flow.errors import ConfigError
from l10n_flow.model import Block, BlockKind, Key, Role, Severity, State, Translation, Unit

ROOT = Path(__file__).resolve().parent.parent
IDS = [rule.id for rule in checks.RULES]
DEFAULT = [rule.id for rule in checks.RULES if rule.default]


def block(*sources: str, kind: BlockKind = BlockKind.PARAGRAPH) -> Block:
    return Block(kind, (1,), tuple(Unit(source, Role.SENTENCE, source) for source in sources))


def subject(blocks: list[Block], translations: list[Translation], locale: str = "en") -> checks.Subject:
    return checks.Subject("a", "zh_Hant_HK", locale, tuple(blocks), {one.key: one for one in translations})


def done(source: str, target: str, **more: object) -> Translation:
    return Translation(Key(None, source), target, State.TRANSLATED, **more)


def test_ids_are_distinct_words() -> None:
    assert len(set(IDS)) == len(IDS)
    assert all(re.fullmatch(r"[a-z]+(-[a-z]+)*", rule) for rule in IDS)


def test_every_rule_has_its_section_with_its_severity_and_no_other_has() -> None:
    docs = (ROOT / "docs" / "checks.md").read_text("utf-8")
    sections = re.findall(r"^## ([a-z-]+)\n\n\*\*(\w+)\*\*", docs, re.MULTILINE)
    assert sections == [(rule.id, rule.severity.value) for rule in checks.RULES]


@pytest.mark.parametrize("rule", checks.RULES, ids=IDS)
def test_summary_is_one_line(rule: checks.Rule) -> None:
    assert rule.summary
    assert "\n" not in rule.summary


@pytest.mark.parametrize(
    ("select", "ignore", "left"),
    [
        ([], [], DEFAULT),
        (["fuzzy", "untranslated"], [], ["untranslated", "fuzzy"]),
        ([], ["stale"], [one for one in DEFAULT if one != "stale"]),
        (["fuzzy", "stale"], ["fuzzy"], ["stale"]),
    ],
)
def test_select(select: list[str], ignore: list[str], left: list[str]) -> None:
    assert [rule.id for rule in checks.select_rules(select, ignore)] == left


@pytest.mark.parametrize(("select", "ignore"), [(["fuzy"], []), ([], ["fuzy"])])
def test_unknown_id_names_the_nearest(select: list[str], ignore: list[str]) -> None:
    with pytest.raises(ConfigError, match=r"'fuzy'; did you mean 'fuzzy'"):
        checks.select_rules(select, ignore)


def test_an_id_like_no_other_is_an_error_too() -> None:
    with pytest.raises(ConfigError, match="'漢'"):
        checks.require_known(["stale", "漢"])


def test_findings_come_in_document_order_then_in_rule_order() -> None:
    blocks = [block("甲。", "乙。"), block("丙{x}。")]
    found = checks.run(subject(blocks, [done("丙{x}。", "C"), done("乙。", "乙。")]))
    assert [(one.key.source, one.rule) for one in found] == [
        ("甲。", "untranslated"),
        ("乙。", "source-copied"),
        ("丙{x}。", "placeholder-mismatch"),
        ("丙{x}。", "end-punctuation"),
    ]


def test_a_finding_carries_where_it_is() -> None:
    (found,) = checks.run(subject([block("甲。")], [done("甲。", "A?", line=7)]))
    assert (found.document, found.locale, found.line, found.target) == ("a", "en", 7, "A?")


def test_severities_are_configured_by_id() -> None:
    (found,) = checks.run(subject([block("甲。")], []), severities={"untranslated": Severity.ERROR})
    assert found.severity is Severity.ERROR


def test_an_ignored_rule_is_silent_for_that_unit_only() -> None:
    blocks = [block("甲。", "乙。")]
    translations = [done("甲。", "A", ignores={"end-punctuation": "a label"}), done("乙。", "B")]
    assert [one.key.source for one in checks.run(subject(blocks, translations))] == ["乙。"]


def test_what_is_ignored_can_be_had_with_its_reason() -> None:
    blocks = [block("甲。", "乙。")]
    translations = [done("甲。", "A", ignores={"end-punctuation": "a label"}), done("乙。", "B")]
    standing = checks.run(subject(blocks, translations))
    both = checks.run(subject(blocks, translations), ignored=True)
    assert [(one.key.source, one.ignored) for one in both] == [("甲。", "a label"), ("乙。", None)]
    assert both[1:] == standing
    assert (both[0].message, both[0].target_span) == (standing[0].message, standing[0].target_span)


def test_a_unit_that_occurs_often_is_reported_once() -> None:
    blocks = [block("甲。", "甲。"), block("甲。")]
    assert len(checks.run(subject(blocks, []))) == 1
    assert len(checks.run(subject(blocks, [done("甲。", "“A.")]))) == 1


def test_units_are_told_apart_by_their_context() -> None:
    unit = Unit("甲。", Role.SENTENCE, "甲。", context="menu")
    found = checks.run(subject([block("甲。"), Block(BlockKind.PARAGRAPH, (2,), (unit,))], [done("甲。", "A.")]))
    assert [one.key for one in found] == [Key("menu", "甲。")]


def test_what_is_joined_is_judged_with_the_unit_before_it() -> None:
    blocks = [block("甲。", "乙{x}？")]
    joined = done("乙{x}？", "", joined=True)
    assert checks.run(subject(blocks, [done("甲。", "A and {x}?"), joined])) == []
    (found,) = checks.run(subject(blocks, [done("甲。", "A?"), joined]))
    assert found.rule == "placeholder-mismatch"
    assert found.source_span is None


@given(
    st.lists(st.tuples(st.text("甲乙「」{x}。“”%s@.", max_size=8), st.text("AB“”{x}.%s@甲", max_size=8)), max_size=8)
)
def test_ignoring_all_that_was_found_leaves_nothing(texts: list[tuple[str, str]]) -> None:
    blocks = [block(source) for source, _ in texts]
    translations = {Key(None, source): done(source, target) for source, target in texts}
    found = checks.run(subject(blocks, list(translations.values())))
    for one in found:
        assert one.target_span is None or 0 <= one.target_span.start <= one.target_span.end <= len(one.target)
        assert one.source_span is None or 0 <= one.source_span.start < one.source_span.end <= len(one.key.source)
    ignored = [done(key.source, one.target, ignores=dict.fromkeys(IDS, "why")) for key, one in translations.items()]
    assert checks.run(subject(blocks, ignored)) == []


def test_an_ignore_that_is_not_needed_is_told() -> None:
    def told(target: str, *rules: str, chosen: list[str] | None = None) -> list[tuple[str, str]]:
        unit = done("三名學生。", target, ignores=dict.fromkeys(rules, "why"))
        found = checks.run(subject([block("三名學生。")], [unit]), rules=checks.select_rules(chosen or [], []))
        return [(one.rule, str(one.message)) for one in found]

    unused = ("ignore-unused", "number-mismatch is ignored here and has nothing to say")
    assert told("Three pupils.", "number-mismatch") == [unused]
    assert told("Four pupils.", "number-mismatch") == []
    assert told("Three pupils.", "number-mismatch", chosen=["ignore-unused"]) == []  # the rule did not run
    assert told("Three pupils.", "number-identical", chosen=["ignore-unused"]) != []  # it makes no sense in English
