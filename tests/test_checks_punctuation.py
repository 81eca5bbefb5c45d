"""Quotation marks over whole blocks, and the marks sentences end in."""

from __future__ import annotations

import csv
from pathlib import Path

import pytest
from hypothesis import given
from hypothesis import strategies as st

from growth import assert_linear
from l10n_flow import checks
from l10n_flow.checks.punctuation import ending
from l10n_flow.checks.quotes import unpaired
from l10n_flow.model import Block, BlockKind, Finding, Key, Role, Span, State, Translation, Unit

PAIRS = Path(__file__).resolve().parent.parent.parent / "shared" / "data" / "pairs" / "pairs.tsv"


def check(
    *pairs: tuple[str, str],
    locale: str = "en",
    kind: BlockKind = BlockKind.PARAGRAPH,
    role: Role = Role.SENTENCE,
    states: dict[str, State] | None = None,
    rule: str = "quotes-unbalanced",
) -> list[Finding]:
    block = Block(kind, (1,), tuple(Unit(source, role, source) for source, _ in pairs))
    states = states or {}
    translations = {
        Key(None, source): Translation(Key(None, source), target, states.get(source, State.TRANSLATED))
        for source, target in pairs
    }
    subject = checks.Subject("a", "zh_Hant_HK", locale, (block,), translations)
    return checks.run(subject, rules=checks.select_rules([rule], []))


@pytest.mark.parametrize(
    "text",
    [
        "“I don’t know,” he said.",
        "the workers’ rights",
        "‘The workers’ rights’",
        "in the ’90s",
        "5'10\" tall",
        '"in 1999"',
        "1) first; a) second; iv) fourth",
        "(1) first",
        "“one ‘two’ three”",
        "“甲‘中’乙”",
        "《書》（甲）【乙】(c)",
        '"a" and "b"',
        "",
    ],
)
def test_balanced(text: str) -> None:
    assert unpaired(text) == []


@pytest.mark.parametrize(
    ("text", "found"),
    [
        ("“a", [("“", 0)]),
        ("a”", [("”", 1)]),
        ("“‘I don’t”", [("‘", 1)]),
        ("「甲『乙」", [("『", 2)]),
        ("甲’乙", [("’", 1)]),
        ("（甲)", [("（", 0), (")", 2)]),
        ("see the list)", [(")", 12)]),
        ('"a" "b', [('"', 4)]),
        ('a" "b"', [('"', 1)]),
        ('"a "b"', [('"', 0)]),
        ('a "b" c"', [('"', 7)]),
        ("”a“", [("”", 0), ("“", 2)]),
    ],
)
def test_unpaired(text: str, found: list[tuple[str, int]]) -> None:
    assert unpaired(text) == found


def test_a_quotation_over_several_sentences_is_balanced() -> None:
    assert check(("他說：「好。", "He said, “Good."), ("走吧。」", "Let’s go.”")) == []


def test_the_finding_is_on_the_unit_of_the_mark() -> None:
    (found,) = check(("他說：「好。", "He said, “Good."), ("走吧。」", "Let’s go."))
    assert (found.key.source, found.target_span) == ("他說：「好。", Span(9, 10))
    (found,) = check(("他說：「好。", "He said, Good."), ("走吧。」", "Let’s go.”"))
    assert (found.key.source, found.target_span, found.message) == (
        "走吧。」",
        Span(9, 10),
        "” closes nothing in this block",
    )


@pytest.mark.parametrize("state", [State.NEEDS_EDITING, State.UNTRANSLATED])
def test_a_block_not_wholly_translated_is_not_judged(state: State) -> None:
    pairs = [("他說：「好。", "He said, “Good."), ("走吧。」", "")]
    assert check(*pairs, states={"走吧。」": state}) == []


def test_a_block_with_an_unbalanced_source_is_not_judged() -> None:
    assert check(("他說：「好。", "He said, “Good.")) == []


@pytest.mark.parametrize(("locale", "count"), [("de", 0), ("pl", 0), ("sv", 0), ("en", 2), ("fr", 2)])
def test_curly_quotes_where_they_turn_the_other_way(locale: str, count: int) -> None:
    assert len(check(("「甲」", "a ”b“"), locale=locale)) == count


def test_few_marks_are_told_of_a_hopeless_block() -> None:
    assert len(check(("甲。", "“" * 50))) == 5


NESTED = st.recursive(
    st.text("ab 甲。,", max_size=4),
    lambda inner: st.tuples(inner, st.sampled_from(["「」", "『』", "“”", "（）", "()", "《》", "【】"]), inner).map(
        lambda three: f"{three[1][0]}甲{three[0]}甲{three[1][1]}{three[2]}"
    ),
)


@given(NESTED, st.data())
def test_nested_marks_are_balanced_until_one_is_lost(text: str, data: st.DataObject) -> None:
    assert unpaired(text) == []
    if marks := [place for place, char in enumerate(text) if char in "「」『』“”（）()《》【】"]:
        lost = data.draw(st.sampled_from(marks))
        assert len(unpaired(text[:lost] + text[lost + 1 :])) == 1


@pytest.mark.parametrize(
    ("source", "target"),
    [
        ("甲。", "A."),
        ("甲。", "“A.”"),
        ("「甲」。", "“A.”"),
        ("「甲。」", "“A”."),
        ("甲（乙）。", "A (b)."),
        ("甲？」", "A?”"),
        ("甲！", "A!"),
        ("甲？！", "A?"),
        ("甲：", "A:"),
        ("甲：", "he said,"),
        ("甲；", "A;"),
        ("甲；", "A."),
        ("甲……", "A..."),
        ("甲……", "A…"),
        ("甲……。", "A. . ."),
        ("**甲。**", "**A.**"),
        ("甲。[1]", "A.[1]"),
        ("<b>甲。</b>", "<b>A.</b>"),
        ("甲", "A."),
        ("甲，", "A."),
        ("甲。", "A.\n"),
        ("「為什麼？」他問。", "He asked, “Why?”"),
        ("他問：「為什麼？」", "“Why?” he asked."),
        ("A.", "A."),
    ],
)
def test_same_end(source: str, target: str) -> None:
    assert check((source, target), rule="end-punctuation") == []


@pytest.mark.parametrize(
    ("source", "target", "locale", "message"),
    [
        ("甲。", "A", "en", "the source ends in a full stop (。), the translation in no mark"),
        ("甲？", "A.", "en", "the source ends in a question mark (？), the translation in a full stop (.)"),
        ("甲！", "A?", "en", "the source ends in an exclamation mark (！), the translation in a question mark (?)"),
        ("甲。", "A,", "en", "the source ends in a full stop (。), the translation in a comma (,)"),
        ("甲……", "A.", "en", "the source ends in an ellipsis (……), the translation in a full stop (.)"),
        ("甲。", "A。", "en", "the translation ends in 。; this locale writes half-width marks"),
        ("甲。", "甲.", "zh_Hans", "the translation ends in .; this locale writes full-width marks"),
        ("甲？", "甲?", "ja", "the translation ends in ?; this locale writes full-width marks"),
    ],
)
def test_other_end(source: str, target: str, locale: str, message: str) -> None:
    (found,) = check((source, target), locale=locale, rule="end-punctuation")
    assert found.message == message


@pytest.mark.parametrize(
    ("locale", "target"), [("hi", "A।"), ("ar", "A."), ("th", "A"), ("zh_Hans", "甲。"), ("ko", "A.")]
)
def test_other_scripts(locale: str, target: str) -> None:
    assert check(("甲。", target), locale=locale, rule="end-punctuation") == []


@pytest.mark.parametrize("kind", [BlockKind.TITLE, BlockKind.HEADING, BlockKind.BYLINE, BlockKind.TABLE_CELL])
def test_headings_need_no_stop(kind: BlockKind) -> None:
    assert check(("甲。", "A"), kind=kind, rule="end-punctuation") == []


def test_credits_need_no_stop() -> None:
    pair = ("黎寒池攝。", "Photo: Li Hanchi")
    assert check(pair, kind=BlockKind.CAPTION, role=Role.CREDIT, rule="end-punctuation") == []
    assert len(check(pair, kind=BlockKind.CAPTION, rule="end-punctuation")) == 1


def test_both_ends_are_underlined() -> None:
    (found,) = check(("甲甲。」", "A?”"), rule="end-punctuation")
    assert (found.source_span, found.target_span) == (Span(2, 3), Span(1, 2))
    (found,) = check(("甲甲。」", "ABC"), rule="end-punctuation")
    assert found.target_span == Span(3, 3)


@given(st.text("甲a", min_size=1), st.sampled_from("。？！：；…"), st.text("」』”’）*_ \n"))
def test_what_closes_a_sentence_hides_no_end(text: str, mark: str, closers: str) -> None:
    found = ending(text + mark + closers)
    if len(closers) < 80:
        assert found is not None
        assert found.span == Span(len(text), len(text) + 1)


@pytest.mark.skipif(not PAIRS.exists(), reason="the development data (../shared/data/pairs) is not here")
@pytest.mark.parametrize(
    ("rule", "ceiling"),
    # The floors leave room for a retuned rule; quotes: half of these are one straight quote typed for an apostrophe.
    [("end-punctuation", 0.01), ("quotes-unbalanced", 0.015), ("placeholder-mismatch", 0.001), ("url-mismatch", 0.001)],
)
def test_false_alarms_on_human_translations(rule: str, ceiling: float) -> None:
    with PAIRS.open(encoding="utf-8", newline="") as file:
        rows = list(csv.DictReader(file, delimiter="\t", quoting=csv.QUOTE_NONE))
    assert len(rows) > 2000
    found = [row for row in rows if check((row["source"], row["en"]), rule=rule)]
    assert len(found) <= ceiling * len(rows)


@pytest.mark.skipif(not PAIRS.exists(), reason="the development data (../shared/data/pairs) is not here")
def test_a_lost_stop_is_found_in_human_translations() -> None:
    with PAIRS.open(encoding="utf-8", newline="") as file:
        rows = list(csv.DictReader(file, delimiter="\t", quoting=csv.QUOTE_NONE))
    ended = [(row["source"], row["en"]) for row in rows if row["source"].endswith("。") and row["en"].endswith(".")]
    found = sum(bool(check((source, target[:-1]), rule="end-punctuation")) for source, target in ended)
    assert found > 0.99 * len(ended)


@pytest.mark.parametrize(
    "piece", ["(", "{{a ", "<a ", "a@", "http://", "“", "’ ", '"', "一，", ".", "%(", "[1]", "</a>"]
)
def test_hostile_text_costs_linear_time(piece: str) -> None:
    def work(size):
        text = piece * (size // len(piece))

        def checked():
            for rule in checks.RULES:
                check(("甲。", text), rule=rule.id)
                check((text, "x @ {%<a http://"), rule=rule.id)

        return checked

    assert_linear(work, 200_000)


@pytest.mark.parametrize(
    ("source", "target", "fixed"),
    [
        ("甲。", "A. ", ["A."]),
        ("甲。", "\u3000A.", ["A."]),
        ("甲。", " A.\u00a0\t", ["A."]),
        ("甲。 ", "A. ", []),
        (" 甲。", " A.", []),
        ("甲。", "A.", []),
    ],
)
def test_blanks_at_the_ends_are_told_and_taken_away(source: str, target: str, fixed: list[str]) -> None:
    found = check((source, target), rule="edge-blank")
    assert [fix.applied(target) for each in found for fix in each.fixes] == fixed
    assert not check((source, target), locale="th", rule="edge-blank")
