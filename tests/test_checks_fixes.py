"""What is offered to settle a finding: that it does, that it breaks nothing, and that it is what a person would do."""

from __future__ import annotations

import re
from collections.abc import Sequence
from functools import partial
from pathlib import Path

import pytest
from hypothesis import example, given
from hypothesis import strategies as st

from l10n_flow import checks
from l10n_flow.checks.frame import as_one
from l10n_flow.conversion import Converter, Punctuation, traditional_spans
from l10n_flow.conversion.doubt import doubts
from l10n_flow.conversion.vocabulary import regional
from l10n_flow.model import Block, BlockKind, Finding, Fix, Key, Origin, Role, Severity, Span, State, Translation, Unit

PAIRS = Path(__file__).resolve().parent.parent.parent / "shared" / "data" / "pairs" / "pairs.tsv"
QUOTES = "quotes-unbalanced"
HK = Converter("hk2s", Punctuation.KEEP)


def simplify(text: str) -> str:
    return HK.convert_block([text])[0]


def check(
    pairs: Sequence[tuple[str, str]], locale: str = "en", origin: Origin = Origin.HUMAN, **more: object
) -> list[Finding]:
    block = Block(BlockKind.PARAGRAPH, (1,), tuple(Unit(source, Role.SENTENCE, source) for source, _ in pairs))
    keys = {Key(None, source): target for source, target in pairs}
    entries = {key: Translation(key, target, State.TRANSLATED, origin) for key, target in keys.items()}
    hans = {"traditional": traditional_spans, "simplify": simplify, "doubts": partial(doubts, HK)}
    extras = hans | {"regional": regional, "derived": True} if locale == "zh_Hans" else {}
    return checks.run(checks.Subject("a", "zh_Hant_HK", locale, (block,), entries, **(extras | more)))


def fixed(rule: str, source: str, target: str, locale: str = "en", **more: object) -> list[str]:
    """The target with each fix that this rule's finding offers."""
    [found] = [one for one in check([(source, target)], locale, **more) if one.rule == rule]
    return [fix.applied(target) for fix in found.fixes]


@pytest.mark.parametrize(
    ("locale", "source", "target", "expected"),
    [
        ("en", "甲。", "A", ["A."]),
        ("en", "甲？", "A.", ["A?"]),
        ("en", "甲！", "A?", ["A!"]),
        ("en", "甲？！", "A", ["A?!"]),
        ("en", "甲……", "A.", ["A…"]),
        ("en", "甲。", "A。", ["A."]),
        ("en", "甲？！", "A？！", ["A?!"]),
        ("en", "甲。", "A \n", ["A. \n"]),
        ("zh_Hans", "甲。", "甲.", ["甲。"]),
        ("zh_Hans", "甲？", "乙?", ["乙？"]),
        ("ja", "甲！", "乙!", ["乙！"]),
        ("zh_Hans", "甲。", "乙", ["乙。"]),
        ("ko", "甲。", "A", ["A."]),
        # Inside or outside what closes: as the source has it, but an American stop.
        ("en", "「甲。」", "“A”", ["“A.”"]),
        ("en", "「甲」。", "“A”", ["“A.”"]),
        ("en_GB", "「甲」。", "“A”", ["“A”."]),
        ("en_GB", "「甲。」", "“A”", ["“A.”"]),
        ("en_GB", "甲「『乙』」。", "A “‘B’”", ["A “‘B’”."]),
        ("en_US", "甲「『乙』」。", "A “‘B’”", ["A “‘B.’”"]),
        ("en", "甲「乙」？", "A “B”", ["A “B”?"]),
        ("en", "甲（乙）。", "A (b)", ["A (b)."]),
        ("en", "（甲。）", "(A)", ["(A.)"]),
        ("en", "**甲。**", "**A**", ["**A.**"]),
        ("en", "甲《乙》。", "A *B*", ["A *B*."]),
        ("zh_Hans", "「甲」。", "“甲”", ["“甲”。"]),
        ("zh_Hans", "「甲。」", "“甲”", ["“甲。”"]),
        # In doubt nothing is offered.
        ("en", "「甲。」", "A (b)", []),
        ("en", "甲。", "The workers’", []),
        ("en", "甲。", "The workers'", []),
        ("en", "甲。", "5'10\"", []),
        ("en", "甲。", "A —", []),
        ("en", "甲。", "A[1]", []),
        ("en", "甲。", "<b>A</b>", []),
        ("en", "甲。", "A。。。", []),
        ("en", "甲「乙」？", "A “B.”", []),
        ("en", "甲……！", "A", []),
        ("hi", "甲。", "A", []),
        ("ar", "甲？", "A.", []),
        ("es", "甲？", "A.", []),
        ("es", "甲。", "A", ["A."]),
        ("fr", "甲。", "A ?", []),
        ("de", "甲。", "A ?", []),
    ],
)
def test_the_end(locale: str, source: str, target: str, expected: list[str]) -> None:
    assert fixed("end-punctuation", source, target, locale) == expected


def test_a_footnote_is_no_end() -> None:
    assert check([("甲。[1]", "A.[1]")]) == []
    assert fixed("end-punctuation", "甲？[1]", "A.[1]") == ["A?[1]"]


@pytest.mark.parametrize(
    ("rule", "source", "target", "locale", "expected"),
    [
        ("placeholder-mismatch", "{name}您好。", "Hello {nmae}.", "en", ["Hello {name}."]),
        ("placeholder-mismatch", "<b>甲</b>", "<b>A<b>", "en", ["<b>A</b>"]),
        ("placeholder-mismatch", "<b>甲</b>", "<b>A", "en", ["<b>A</b>"]),
        ("placeholder-mismatch", "甲：%s", "A:", "en", ["A: %s"]),
        ("placeholder-mismatch", "甲：%s", "甲：", "zh_Hans", ["甲：%s"]),
        ("placeholder-mismatch", "甲：%s", "See", "en", ["See %s"]),
        ("placeholder-mismatch", "{name}您好", "Hello", "en", []),
        ("placeholder-mismatch", "甲{name}", "A {a} {b}", "en", []),
        ("placeholder-mismatch", "甲{a}乙{b}", "A {c} {d}", "en", []),
        ("placeholder-mismatch", "甲<b>乙", "A {b} B", "en", []),
        ("placeholder-mismatch", "甲乙", "A {b} B", "en", []),
        ("placeholder-mismatch", "甲{{姓名}}乙", "A {{name}} B", "en", []),  # it would leave Han in the text
        ("placeholder-mismatch", "www.a.hk甲%s乙", "www.a.hk{x} B", "en", []),  # it would become part of the address
        ("url-mismatch", "見https://a.hk/b。", "See https://a.hk/c.", "en", ["See https://a.hk/b."]),
        ("url-mismatch", "見https://a.hk/b。", "See (https://a.hk/c).", "en", ["See (https://a.hk/b)."]),
        ("url-mismatch", "見 www.a.hk", "See", "en", ["See www.a.hk"]),
        ("url-mismatch", "見 www.a.hk", "见", "zh_Hans", ["见 www.a.hk"]),
        ("url-mismatch", "見www.a.hk。", "See.", "en", []),
        ("url-mismatch", "見https://a.hk/tc/b。", "See https://a.hk/en/c.", "en", []),
        ("email-mismatch", "電郵a@b.hk。", "Mail a@c.hk.", "en", ["Mail a@b.hk."]),
        ("email-mismatch", "電郵：a@b.hk", "Mail:", "en", ["Mail: a@b.hk"]),
    ],
)
def test_marks(rule: str, source: str, target: str, locale: str, expected: list[str]) -> None:
    assert fixed(rule, source, target, locale) == expected


@pytest.mark.parametrize(
    ("source", "target", "expected"),
    [
        ("廣西國會", "广西国會", ["广西国会"]),
        ("廣西國會", "廣西国會", ["广西国会"]),
        ("國民議會", "中國的会", ["中国的会"]),
        ("李鍾碩", "李鍾硕", []),  # 钟 or 锺
        ("計劃", "计畫", []),  # 画 or 划: the source has no such character
        ("髮髒", "髮髒", ["发脏"]),
        ("盡力儘量", "盡力", ["尽力"]),
    ],
)
def test_traditional_characters(source: str, target: str, expected: list[str]) -> None:
    assert fixed("traditional-in-simplified", source, target, "zh_Hans") == expected


@pytest.mark.parametrize(
    ("source", "target", "expected"),
    [
        ("「甲。」", "“A.", ["“A.”"]),
        ("「甲。」", "A.”", ["“A.”"]),
        ("「甲『乙』。」", "“A ‘B.’ \n", ["“A ‘B.’” \n"]),
        ("（甲。）", "(A.", ["(A.)"]),
        ("（甲。）", "1) A.)", []),
        ("「甲。」", "(A.", []),
        ("「甲」和「乙」", "“A and B", []),
        ("「甲。」他說。", "“A, he said.", []),
        ("「甲。」", "A, “B.", []),
        ("「甲。」", '"A.', []),
    ],
)
def test_a_lost_partner(source: str, target: str, expected: list[str]) -> None:
    assert fixed("quotes-unbalanced", source, target) == expected


def test_without_a_converter_traditional_characters_are_only_told() -> None:
    assert fixed("traditional-in-simplified", "國", "國", "zh_Hans", simplify=None) == []


@pytest.mark.parametrize(
    ("source", "target", "expected"),
    [
        ("他是楊乾昌。", "他是杨乾昌。", ["他是杨干昌。"]),
        ("楊乾昌和李乾平", "杨乾昌和李乾平", ["杨干昌和李干平"]),
        ("的士的楊乾昌。", "出租车的杨乾昌。", []),
        ("楊昇", "杨昇", ["杨升"]),  # 昇 is a Traditional character to the other rule
    ],
)
def test_doubtful_characters(source: str, target: str, expected: list[str]) -> None:
    assert fixed("conversion-doubt", source, target, "zh_Hans", origin=Origin.CONVERTED) == expected


@pytest.mark.parametrize(
    ("source", "target", "expected"),
    [
        ("坐的士去", "坐的士去", ["坐出租车去"]),
        ("坐的士，叫的士", "坐的士，叫的士", ["坐出租车，叫出租车"]),
        ("他坐的士去", "坐的士去", []),
    ],
)
def test_regional_words(source: str, target: str, expected: list[str]) -> None:
    assert fixed("regional-word", source, target, "zh_Hans", origin=Origin.CONVERTED) == expected


@pytest.mark.parametrize(
    ("target", "rule"),
    [("甲。", "source-copied"), ("A 柳.", "han-in-target"), ("“A.", "quotes-unbalanced")],
)
def test_rules_that_offer_nothing(target: str, rule: str) -> None:
    assert fixed(rule, "甲。", target) == []


def test_several_edits_are_one_fix() -> None:
    assert as_one("abcdef", [(Span(1, 2), "B"), (Span(3, 5), "")]) == Fix(Span(1, 5), "Bc")


PIECES = [
    *"甲乙國柳「」『』（）。？！：，；…",
    *["{a}", "{b}", "%s", "%d", "%(n)s", "<b>", "</b>", '<a x="1">', "https://a.hk/", "www.b.hk", "(", ")"],
    *["/x(1)", "/tc/", "a@b.hk", "c@d.hk", "……", "的士", "楊乾", "鍾", "[1]", "**", '"', " "],
]
ENDS = ["A", "b's", "’", "‘", "“", "”", '"', "'", ".", "?", "!", "...", "5", "1", " ", "\n", "—", "]", "*", "。", "國"]
SOURCES = st.lists(st.sampled_from(PIECES), min_size=1, max_size=6).map("".join)
TARGETS = st.lists(st.sampled_from([*PIECES, *ENDS]), min_size=1, max_size=8).map("".join)


@st.composite
def nearly(draw: st.DrawFn) -> tuple[str, str]:
    """A source, and a target that differs from it in a piece or two."""
    pieces = draw(st.lists(st.sampled_from([*PIECES, *ENDS]), min_size=1, max_size=7))
    target = list(pieces)
    for _ in range(draw(st.integers(1, 2))):
        place = draw(st.integers(0, len(target)))
        target[place : place + draw(st.integers(0, 1))] = draw(st.lists(st.sampled_from(PIECES), max_size=1))
    opener, closer, lost = draw(
        st.sampled_from([("", "", ""), ("「", "」", "「"), ("“", "”", "”"), ("（", "）", "）")])
    )
    return f"{opener}{''.join(pieces)}{closer}", f"{opener}{''.join(target)}{closer}".replace(lost or "\0", "")


BLOCKS = st.lists(st.tuples(SOURCES, TARGETS) | nearly(), min_size=1, max_size=3, unique_by=lambda pair: pair[0])


@given(BLOCKS, st.sampled_from(["en", "en_GB", "zh_Hans", "ja", "ko"]), st.sampled_from(Origin))
@example([("‘{a}。", "‘A"), ("乙{b}", "B’{a}")], "en", Origin.HUMAN)
def test_a_fix_settles_its_finding_and_brings_no_error(
    pairs: list[tuple[str, str]], locale: str, origin: Origin
) -> None:
    before = check(pairs, locale, origin)
    for one in before:
        for fix in one.fixes:
            assert 0 <= fix.span.start <= fix.span.end <= len(one.target)
            mended = fix.applied(one.target)
            assert mended != one.target
            changed = [(source, mended if source == one.key.source else target) for source, target in pairs]
            after = _after(changed, one.key.source, locale, origin)
            assert _errors(after) <= _errors(before)
            if one.rule == QUOTES:
                assert _count(after, QUOTES) < _count(before, QUOTES)
            else:
                assert (one.key.source, one.rule) not in {(each.key.source, each.rule) for each in after}
                assert _count(after, QUOTES) <= _count(before, QUOTES)


def _after(pairs: list[tuple[str, str]], source: str, locale: str, origin: Origin) -> list[Finding]:
    """The findings when a person has saved that unit."""
    units = tuple(Unit(each, Role.SENTENCE, each) for each, _ in pairs)
    entries = [
        Translation(Key(None, each), target, State.TRANSLATED, Origin.HUMAN if each == source else origin)
        for each, target in pairs
    ]
    return checks.run(
        checks.Subject(
            "a",
            "zh_Hant_HK",
            locale,
            (Block(BlockKind.PARAGRAPH, (1,), units),),
            {each.key: each for each in entries},
            traditional=traditional_spans if locale == "zh_Hans" else None,
        )
    )


def _errors(found: list[Finding]) -> set[tuple[str, str]]:
    return {(one.key.source, one.rule) for one in found if one.severity is Severity.ERROR and one.rule != QUOTES}


def _count(found: list[Finding], rule: str) -> int:
    return sum(one.rule == rule for one in found)


@pytest.mark.skipif(not PAIRS.exists(), reason="the development data (../shared/data/pairs) is not here")
def test_a_lost_stop_comes_back_where_the_translator_had_it() -> None:
    rows = [line.split("\t") for line in PAIRS.read_text("utf-8").splitlines()]
    pairs = [(row[1], row[2]) for row in rows[1:] if re.search(r"。」?$", row[1]) and re.search(r"\.”?$", row[2])]
    lost = [(source, target, re.sub(r"\.(”?)$", r"\1", target)) for source, target in pairs]
    found = [(target, one.fixes) for source, target, less in lost for one in check([(source, less)])]
    offered = [(target, fixes[0]) for target, fixes in found if fixes]
    assert len(offered) > 0.9 * len(found) > 500
    right = sum(f"{target[: fix.span.start]}.{target[fix.span.start + 1 :]}" == target for target, fix in offered)
    assert right > 0.98 * len(offered)
