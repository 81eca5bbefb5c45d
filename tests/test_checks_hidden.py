"""Invisible characters, and what programs leave in a text."""

from __future__ import annotations

import pytest

import docx_files
from conftest import Newsroom
from l10n_flow import checks
from l10n_flow.locales import script
from l10n_flow.model import Block, BlockKind, Finding, Key, Role, Span, State, Translation, Unit
from l10n_flow.scripts import visible

SOURCE = "柳州位於廣西。"


def check(rule: str, target: str, source: str = SOURCE, locale: str = "en") -> list[Finding]:
    key = Key(None, source)
    blocks = (Block(BlockKind.PARAGRAPH, (1,), (Unit(source, Role.SENTENCE, source),)),)
    found = {key: Translation(key, target, State.TRANSLATED)}
    subject = checks.Subject("a", "zh_Hant_HK", locale, blocks, found, script=script(locale))
    return checks.run(subject, rules=checks.select_rules([rule], []))


@pytest.mark.parametrize(
    ("target", "name", "fixed"),
    [
        ("Guang\u200bxi.", "U+200B ZERO WIDTH SPACE", "Guangxi."),
        ("In\x0bGuangxi.", "U+000B CONTROL CHARACTER", "In Guangxi."),
        ("In \x0bGuangxi.", "U+000B CONTROL CHARACTER", "In Guangxi."),
        ("In\u2028Guangxi.", "U+2028 LINE SEPARATOR", "In Guangxi."),
        ("\ufeffGuangxi.", "U+FEFF ZERO WIDTH NO-BREAK SPACE", "Guangxi."),
        ("\x1b[31mGuangxi\u202e.", "U+001B CONTROL CHARACTER", "[31mGuangxi."),
        ("Guangxi.\u2066", "U+2066 LEFT-TO-RIGHT ISOLATE", "Guangxi."),
        ("Guangxi\u200e.", "U+200E LEFT-TO-RIGHT MARK", "Guangxi."),
        ("Guang\ufff9xi.", "U+FFF9 INTERLINEAR ANNOTATION ANCHOR", "Guangxi."),
    ],
)
def test_what_nobody_sees_is_told_and_goes(target: str, name: str, fixed: str) -> None:
    (finding,) = check("invisible-character", target)
    assert name in finding.message
    assert finding.target_span is not None
    assert target[finding.target_span.start] in name or ord(target[finding.target_span.start]) == int(name[2:6], 16)
    assert [fix.applied(target) for fix in finding.fixes] == [fixed]


@pytest.mark.parametrize(
    ("target", "locale"),
    [
        ("In Guangxi.", "en"), ("Tab\tand\nline.", "en"), ("👨\u200d👩\u200d👧", "en"), ("ภาษา\u200bไทย", "th"), ("\u2067עברית\u2069", "he"),
        ("The word \u2067עברית\u2069.", "en"), ("Lá\u00adszló", "en"),
    ],
)  # fmt: skip
def test_what_has_its_place_is_left_alone(target: str, locale: str) -> None:
    assert check("invisible-character", target, locale=locale) == []


def test_one_in_the_source_is_told_there() -> None:
    (finding,) = check("invisible-character", "Guangxi.", "柳州\u200b位於廣西。")
    assert (finding.source_span, finding.fixes) == (Span(2, 3), ())
    assert "take it out of the article" in finding.message


@pytest.mark.parametrize(
    ("target", "source", "told"),
    [
        ("#-#-#-#-#  a.po  #-#-#-#-#\nGuangxi.", SOURCE, True), ("In\\nGuangxi.", SOURCE, False), ("In\\n Guangxi.", SOURCE, True),
        ("Guangxi.\\n", SOURCE, True), ("Guangxi.\\r\\n", SOURCE, True), ("C:\\new", SOURCE, False), ("Write \\n.", "寫 \\n。", False),
        ("Guangxi.", SOURCE, False),
    ],
)  # fmt: skip
def test_what_a_program_left_is_an_error(target: str, source: str, *, told: bool) -> None:
    found = check("tool-leftover", target, source)
    assert ([finding.severity.value for finding in found] == ["error"]) is told


@pytest.mark.parametrize("name", ["a.txt", "a.md", "a.html", "a.srt", "a.docx"])
def test_no_page_of_ours_holds_what_nobody_sees(newsroom: Newsroom, name: str) -> None:
    odd = "\u202e\u200b\u2066\u200f\ufeff\u2028"
    body = {
        "a.md": f"# 題{odd}目\n\n一{odd}句。\n",
        "a.html": f"<title>題{odd}目</title>\n<p>一{odd}句。</p>\n",
        "a.srt": f"1\n00:00:01,000 --> 00:00:02,000\n一{odd}句。\n",
        "a.docx": docx_files.made(
            f"<w:p>{docx_files.run(f'題{odd}目')}</w:p><w:p>{docx_files.run(f'一{odd}句。')}</w:p>"
        ),
    }.get(name, f"題\x1b{odd}目\n\n一{odd}句\x07。\n")
    newsroom.source(name).write_bytes(body if isinstance(body, bytes) else body.encode())
    assert newsroom.run("sync").code == 0
    assert newsroom.run("build", "--locale", "zh_Hans").code == 0
    written = [page for folder in ("build", "preview") for page in (newsroom.root / folder).rglob("*.html")]
    pages = [
        page
        for page in written
        if name != "a.html" or {"pages", "bilingual"} & set(page.parts) or page.name == "index.html"
    ]
    assert {"pages", "bilingual"} & {part for page in pages for part in page.parts}
    for path in pages:
        assert not set(path.read_text("utf-8")) & set(f"{odd}\x1b\x07"), path


@pytest.mark.parametrize(
    ("text", "left"),
    [
        ("ภาษา\u200bไทย\x1b", "ภาษา\u200bไทย"), ("一\u200b句\u2066", "一句"), ("עברית\u200f!", "עברית\u200f!"), ("עברית\u202e", "עברית"),
        ("一句", "一句"), ("line\nline", "line\nline"),
    ],
)  # fmt: skip
def test_what_a_page_leaves_out(text: str, left: str) -> None:
    assert visible(text) == left


def test_what_stands_for_a_character_keeps_the_places_of_the_others() -> None:
    assert visible("一\u200b\x1b句", "\ufffd") == "一\ufffd\ufffd句"
