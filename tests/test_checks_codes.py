"""Checks of units with inline markup: the rules about words read over it, and one sees that it is still there."""

from __future__ import annotations

from functools import partial

import pytest

from l10n_flow import checks, documents
from l10n_flow.model import Block, BlockKind, Finding, Key, Role, State, Translation, Unit


def findings(
    source: str, target: str, *, locale: str = "en", rules: tuple[str, ...] = (), form: str = "markdown"
) -> list[Finding]:
    translation = Translation(Key(None, source), target, State.TRANSLATED)
    block = Block(BlockKind.PARAGRAPH, (1,), (Unit(source, Role.SENTENCE, source),))
    subject = checks.Subject(
        "a",
        "zh_Hant_HK",
        locale,
        (block,),
        {translation.key: translation},
        inline=partial(documents.inline, form),
    )
    return checks.run(subject, rules=checks.select_rules(rules, ()))


@pytest.mark.parametrize(
    ("source", "target"),
    [
        ("見[文檔](/x)和`a_b`。[^1]", "See `a_b` and [the docs](/x).[^1]"),
        ("**重要**：不要刪。", "*Important*: do not delete it."),
        ("共**3**萬人。", "**30,000** people in all."),
        ("「**好**」。", "“*Good*”."),
        ("用`《a`開啟。", "Open it with `《a`."),
        ("見`第 30 行`。", "See `第 30 行`."),
        ("這是**一句話。**", "This is **one sentence.**"),
        ("[說明](/zh/x)。", "[Help](/en/x)."),
        ("![圖](a.png)在此。", "![A picture](a.png) is here."),
        ("甲<b>乙</b>。", "A <b>B</b>."),
    ],
)
def test_markup_that_is_kept_is_no_finding(source: str, target: str) -> None:
    assert [(each.rule, str(each.message)) for each in findings(source, target)] == []


@pytest.mark.parametrize(
    ("source", "target", "message", "marked"),
    [
        ("見[文檔](/x)。", "See the docs.", "missing in the translation: /x", None),
        ("見[文檔](/x)。", "See [the docs](/y).", "missing in the translation: /x; not in the source: /y", "["),
        ("用`a`。", "Use it.", "missing in the translation: a", None),
        ("甲。[^1]", "A.", "missing in the translation: [^1]", None),
        ("甲{{< x >}}。", "A.", "missing in the translation: {{< x >}}", None),
        ("**甲**乙。", "**A B.", "the mark ** has no partner", "**"),
        ("`甲`乙。", "`甲` B`.", "the mark ` has no partner", "`"),
        ("甲<b>乙</b>。", "A</b> B<b>.", "the tags are not pairs as in the source", "</b>"),
    ],
)
def test_markup_that_is_lost_is_an_error(source: str, target: str, message: str, marked: str | None) -> None:
    (found,) = findings(source, target, rules=("markup-mismatch",))
    assert (str(found.message), found.severity) == (message, "error")
    span = found.target_span
    assert (target[span.start : span.end] if span else None) == marked


@pytest.mark.parametrize(
    ("source", "target", "rule", "marked", "fixed"),
    [
        ("甲[乙](/x)完。", "A [b](/x) end", "end-punctuation", None, "A [b](/x) end."),
        ("甲**乙。**", "A **b**", "end-punctuation", None, "A **b.**"),
        ("甲**3**。", "A **4**.", "number-mismatch", "4", None),
        ("甲**乙**。", "A **乙** b.", "han-in-target", "乙", None),
    ],
)
def test_what_a_rule_finds_is_told_in_places_of_the_text(
    source: str, target: str, rule: str, marked: str | None, fixed: str | None
) -> None:
    (found,) = findings(source, target, rules=(rule,))
    if marked is not None:
        assert found.target_span is not None
        assert target[found.target_span.start : found.target_span.end] == marked
    if fixed is not None:
        assert fixed in [fix.applied(target) for fix in found.fixes]
    assert found.key.source == source


@pytest.mark.parametrize(
    ("source", "target"),
    [
        ("見<a1>文檔</a1>和<code2>a_b</code2>。", "See <code2>a_b</code2> and <a1>the docs</a1>."),
        ('<a1 title="說明">甲</a1>。<br2/>', '<a1 title="Help">A</a1>.<br2/>'),
    ],
)
def test_numbered_tags_that_are_kept_are_no_finding(source: str, target: str) -> None:
    assert [(each.rule, str(each.message)) for each in findings(source, target, form="html")] == []


@pytest.mark.parametrize(
    ("target", "rules"),
    [
        ("A B.", {"placeholder-mismatch"}),
        ("<b1>A<i2>B</b1></i2>.", {"markup-mismatch"}),
        ("<b1>A <i2>B</i2>.", {"markup-mismatch", "placeholder-mismatch"}),
        ("<b>A</b> <b1><i2>B</i2></b1>.", {"markup-mismatch", "placeholder-mismatch"}),
    ],
)
def test_numbered_tags_that_are_lost_are_errors(target: str, rules: set[str]) -> None:
    assert {each.rule for each in findings("<b1>甲<i2>乙</i2></b1>。", target, form="html")} == rules
