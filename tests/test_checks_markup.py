"""Placeholders, tags, web and e-mail addresses."""

from __future__ import annotations

import pytest
from hypothesis import given
from hypothesis import strategies as st

from l10n_flow import checks
from l10n_flow.checks.markup import emails, placeholders, urls
from l10n_flow.model import Block, BlockKind, Finding, Key, Role, Span, State, Translation, Unit


def check(source: str, target: str, locale: str = "en") -> list[Finding]:
    key = Key(None, source)
    blocks = (Block(BlockKind.HEADING, (1,), (Unit(source, Role.LINE, source),)),)
    subject = checks.Subject("a", "zh_Hant_HK", locale, blocks, {key: Translation(key, target, State.TRANSLATED)})
    return checks.run(subject)


@pytest.mark.parametrize(
    ("text", "found"),
    [
        ("你好{name}先生", ["{name}"]),
        ("{0}和{1:.2f}和{}", ["{0}", "{1:.2f}", "{}"]),
        ("{user.name!r}", ["{user.name!r}"]),
        ("{{ x }}和{% if y %}", ["{{ x }}", "{% if y %}"]),
        ("${x}、%{y}", ["${x}", "%{y}"]),
        ("%s的%d個", ["%s", "%d"]),
        ("%1$s %.2f %05d", ["%1$s", "%.2f", "%05d"]),
        ("%(name)s先生", ["%(name)s"]),
        ('<a href="x">甲</a><br/>', ["<a>", "</a>", "<br>"]),
        ("20% of", []),
        ("100%。", []),
        ("20%d", []),
        ("5% discount, 5%s", []),
        ("%discount", []),
        ("100%%", []),
        ("{甲}", []),
        ("a < b > c, 3 <5", []),
        ("https://a.hk/?q=%d&x=%s", []),
        ("<me@a.hk>", []),
    ],
)
def test_placeholders(text: str, found: list[str]) -> None:
    assert [value for value, _ in placeholders(text)] == found


@pytest.mark.parametrize(
    ("text", "found"),
    [
        ("見https://a.hk/b。", ["https://a.hk/b"]),
        ("see (https://a.hk/b).", ["https://a.hk/b"]),
        ("https://a.hk/b_(c)", ["https://a.hk/b_(c)"]),
        ("HTTPS://A.hk/B/", ["https://a.hk/B"]),
        ("網址www.a.hk，", ["www.a.hk"]),
        ("xwww.a.hk", []),
        ("https://a.hk與http://b.hk", ["https://a.hk", "http://b.hk"]),
        ("[A](https://a.hk/b)/[B](https://c.hk)-like", ["https://a.hk/b", "https://c.hk"]),
        ("https://a.hk/x_(y)z]https://b.hk", ["https://a.hk/x_(y)z", "https://b.hk"]),
    ],
)
def test_urls(text: str, found: list[str]) -> None:
    assert [value for value, _ in urls(text)] == found


@pytest.mark.parametrize(
    ("text", "found"),
    [
        ("電郵Me@a.gov.hk。", ["me@a.gov.hk"]),
        ("a@b", []),
        ("@name", []),
        ("x.y+z@a-b.hk, c@d.hk", ["x.y+z@a-b.hk", "c@d.hk"]),
    ],
)
def test_emails(text: str, found: list[str]) -> None:
    assert [value for value, _ in emails(text)] == found


@pytest.mark.parametrize(
    ("source", "target", "rule", "message"),
    [
        ("{a}", "b", "placeholder-mismatch", "missing in the translation: {a}"),
        ("甲", "{a}", "placeholder-mismatch", "not in the source: {a}"),
        ("{a}{a}", "{a}", "placeholder-mismatch", "missing in the translation: {a}"),
        ("{name}", "{nmae}", "placeholder-mismatch", "missing in the translation: {name}; not in the source: {nmae}"),
        ("<b>甲</b>", "<b>A<b>", "placeholder-mismatch", "missing in the translation: </b>; not in the source: <b>"),
        ("www.a.hk", "www.b.hk", "url-mismatch", "missing in the translation: www.a.hk; not in the source: www.b.hk"),
        ("甲http://a.hk", "A", "url-mismatch", "missing in the translation: http://a.hk"),
        ("a@b.hk", "a@c.hk", "email-mismatch", "missing in the translation: a@b.hk; not in the source: a@c.hk"),
    ],
)
def test_differences(source: str, target: str, rule: str, message: str) -> None:
    (found,) = check(source, target)
    assert (found.rule, found.message) == (rule, message)


@pytest.mark.parametrize(
    ("source", "target"),
    [
        ("增長20%以上", "growth of 20% or more"),
        ("100%。", "100% sure"),
        ("{a}和{b}", "{b} and {a}"),
        ('<a title="甲">乙</a>', '<A title="A">B</A>'),
        ("見https://a.hk/，", "See https://a.hk."),
        ("https://www.info.gov.hk/tc/x", "https://www.info.gov.hk/en/x"),
        ("https://zh.wikipedia.org/x", "https://en.wikipedia.org/x"),
        ("https://a.hk/zh-hant/x", "https://a.hk/en/x"),
        ("Me@A.hk", "me@a.hk"),
        ("[甲](https://a.hk/x_(y))式", "[A](https://a.hk/x_(y))-like"),
    ],
)
def test_no_false_alarm(source: str, target: str) -> None:
    assert check(source, target) == []


def test_other_steps_of_an_address_are_no_language() -> None:
    assert [one.rule for one in check("https://a.hk/ab/x", "https://a.hk/cd/x")] == ["url-mismatch"]


def test_the_first_difference_is_underlined_on_both_sides() -> None:
    (found,) = check("甲{a}乙{b}", "{a} x {c}")
    assert (found.source_span, found.target_span) == (Span(5, 8), Span(6, 9))


PLACEHOLDERS = ["{name}", "{0}", "%s", "%(n)d", "${x}", "{{y}}", "<b>", "</b>"]


@given(st.lists(st.sampled_from(PLACEHOLDERS), min_size=1), st.randoms())
def test_any_order_is_right_and_any_loss_is_found(marks: list[str], random: object) -> None:
    shuffled = random.sample(marks, len(marks))
    assert check("甲".join(["", *marks, ""]), " x ".join(shuffled)) == []
    assert [one.rule for one in check("甲".join(["", *marks, ""]), " x ".join(["y", *shuffled[1:]]))] == [
        "placeholder-mismatch"
    ]
