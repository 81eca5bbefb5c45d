"""The rules about a unit's state and its script."""

from __future__ import annotations

import re

import pytest

from l10n_flow import checks
from l10n_flow.model import Block, BlockKind, Finding, Key, Origin, Role, Span, State, Translation, Unit

TRADITIONAL = re.compile("[國體會]")


def find(text: str) -> list[Span]:
    return [Span(*match.span()) for match in TRADITIONAL.finditer(text)]


def check(
    source: str, target: str, state: State = State.TRANSLATED, locale: str = "en", **more: object
) -> list[Finding]:
    key = Key(None, source)
    blocks = (Block(BlockKind.PARAGRAPH, (1,), (Unit(source, Role.SENTENCE, source),)),)
    translations = {key: Translation(key, target, state, **more)}
    return checks.run(checks.Subject("a", "zh_Hant_HK", locale, blocks, translations, traditional=find))


def rules(*args: object, **more: object) -> list[str]:
    return [one.rule for one in check(*args, **more)]


@pytest.mark.parametrize(
    ("target", "state", "more", "expected"),
    [
        ("", State.UNTRANSLATED, {}, ["untranslated"]),
        ("A.", State.NEEDS_EDITING, {}, ["fuzzy"]),
        ("A", State.NEEDS_EDITING, {"previous": "乙。"}, ["fuzzy"]),
        ("甲。", State.NEEDS_EDITING, {}, ["fuzzy"]),
        ("A.", State.NEEDS_EDITING, {"stale": True}, ["stale"]),
        ("A.", State.TRANSLATED, {}, []),
        ("A.", State.APPROVED, {}, []),
        ("", State.TRANSLATED, {"joined": True}, []),
        ("甲。", State.UNTRANSLATED, {}, ["source-copied"]),
        ("甲。", State.TRANSLATED, {}, ["source-copied"]),
        ("A 甲.", State.UNTRANSLATED, {}, ["han-in-target"]),
        ("A.", State.UNTRANSLATED, {}, ["untranslated"]),
    ],
)
def test_state(target: str, state: State, more: dict[str, object], expected: list[str]) -> None:
    assert rules("甲。", target, state, **more) == expected


@pytest.mark.parametrize(("stale", "start"), [(False, "needs editing: "), (True, "the source has changed")])
def test_previous_source_is_told_and_shortened(*, stale: bool, start: str) -> None:
    (found,) = check("甲。", "A.", State.NEEDS_EDITING, previous="乙" * 100, stale=stale)
    assert found.message.startswith(start)
    assert found.message.endswith(f" was “{'乙' * 39}…”")


def test_a_unit_missing_in_the_catalogue_is_untranslated() -> None:
    blocks = (Block(BlockKind.PARAGRAPH, (1,), (Unit("甲。", Role.SENTENCE, "甲。"),)),)
    (found,) = checks.run(checks.Subject("a", "zh_Hant_HK", "en", blocks, {}))
    assert (found.rule, found.line) == ("untranslated", 0)


@pytest.mark.parametrize(
    ("source", "target", "locale", "expected"),
    [
        ("唐琳", "唐琳", "zh_Hans", []),
        ("唐琳", "唐琳", "zh_Hant_TW", []),
        ("唐琳", "唐琳", "en", ["source-copied"]),
        ("唐琳", "唐琳", "ja", ["source-copied"]),
        ("2023", "2023", "en", []),
        ("唐琳", "Tang Lin (唐琳)", "en", []),
        ("唐琳", "Tang Lin 唐琳", "en", ["han-in-target"]),
        ("唐琳", "タン・リン唐琳", "ja", []),
        ("唐琳", "Тан 琳", "ru", ["han-in-target"]),
        ("國家", "国家", "zh_Hans", []),
        ("國家", "國家", "zh_Hans", ["traditional-in-simplified"]),
        ("國家", "國家", "zh_Hant_TW", []),
    ],
)
def test_script(source: str, target: str, locale: str, expected: list[str]) -> None:
    assert rules(source, target, locale=locale) == expected


def test_without_a_finder_traditional_is_not_judged() -> None:
    key = Key(None, "國")
    blocks = (Block(BlockKind.HEADING, (1,), (Unit("國", Role.LINE, "國"),)),)
    subject = checks.Subject("a", "zh_Hant_HK", "zh_Hans", blocks, {key: Translation(key, "國", State.TRANSLATED)})
    assert checks.run(subject) == []


def test_what_is_left_over_is_named_once_each_and_the_first_underlined() -> None:
    (found,) = check("甲。", "x 柳州, 柳州, 南寧, 桂林, 廣西.")
    assert found.message == "Chinese characters left in the translation: 柳州, 南寧, 桂林 and 1 more"
    assert found.target_span == Span(2, 4)


def test_converted_text_is_judged_like_any_other() -> None:
    (found,) = check("國會", "国會", locale="zh_Hans", origin=Origin.CONVERTED)
    assert (found.message, found.target_span) == ("Traditional characters in a Simplified text: 會", Span(1, 2))
