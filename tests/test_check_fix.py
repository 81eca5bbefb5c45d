"""``check --fix``: what it changes, what it leaves, and what it shows."""

from __future__ import annotations

import json

import pytest

from conftest import Newsroom

ARTICLE = "產值達2.5億元。\n\n三名學生。\n\n共58人，增長8%。\n\n再增5%？\n"
ENGLISH = {
    "產值達2.5億元。": "Output reached 2.5 billion yuan.",
    "三名學生。": "Four pupils.",
    "共58人，增長8%。": "85 people, up 8.",
    "再增5%？": "Up another 5",
}


@pytest.fixture
def translated(newsroom: Newsroom) -> Newsroom:
    newsroom.write(ARTICLE)
    newsroom.sync()
    newsroom.translate(ENGLISH)
    return newsroom


def targets(newsroom: Newsroom) -> dict[str, str]:
    return {key.source: entry.msgstr for key, entry in newsroom.catalogue("en").entries.items()}


def test_a_diff_shows_what_would_change_and_writes_nothing(translated: Newsroom) -> None:
    before = translated.tree()
    ran = translated.run("check", "--fix", "--diff", "--locale", "en", "--select", "number-mismatch")
    assert ran.code == 1
    assert [line for line in ran.out.splitlines() if line[0] in "-+"] == [
        "-Output reached 2.5 billion yuan.",
        "+Output reached 250 million yuan.",
        "-Four pupils.",
        "+Three pupils.",
        "-85 people, up 8.",
        "+58 people, up 8.",
    ]
    assert translated.tree() == before
    told = json.loads(translated.run("check", "--fix", "--diff", "--select", "number-percent", "--format", "json").out)
    assert [(one["before"], one["after"]) for one in told] == [
        ("85 people, up 8.", "85 people, up 8%."),
        ("Up another 5", "Up another 5%"),
    ]


def test_fixes_are_made_in_a_name_and_the_check_follows(translated: Newsroom) -> None:
    ran = translated.run("check", "--fix", "--by", "Ann", "--locale", "en", "--format", "json")
    assert "4 units fixed" in ran.err
    assert targets(translated)["產值達2.5億元。"] == "Output reached 250 million yuan."
    assert targets(translated)["三名學生。"] == "Three pupils."
    assert targets(translated)["共58人，增長8%。"] == "58 people, up 8%."
    assert [one["rule"] for one in json.loads(ran.out)] == ["end-punctuation"]
    assert "translated" in translated.po_path("en").read_text("utf-8")


def test_approved_texts_are_left_unless_asked_for(translated: Newsroom) -> None:
    assert translated.run("approve", "a", "--locale", "en", "--by", "Bob", "--despite-errors").code == 0
    arguments = ("check", "--fix", "--by", "Ann", "--locale", "en", "--select", "number-mismatch")
    assert "0 units fixed" in translated.run(*arguments).err
    assert "3 units fixed" in translated.run(*arguments, "--approved").err
    status = translated.run("status", "--locale", "en", "--format", "json").out
    assert json.loads(status)[0]["approved"] == 1


def test_converted_texts_are_never_fixed(newsroom: Newsroom) -> None:
    newsroom.write("姓乾的人。\n")
    newsroom.sync()
    before = newsroom.tree("locales")
    assert newsroom.run("check", "--fix", "--by", "Ann", "--locale", "zh_Hans").code == 0
    assert newsroom.tree("locales") == before


def test_names_of_the_termbase_are_no_numbers_for_the_checks(translated: Newsroom) -> None:
    config = translated.root / "l10n-flow.toml"
    config.write_text(
        config.read_text("utf-8").replace(
            'source-locale = "zh_Hant_HK"', 'source-locale = "zh_Hant_HK"\ntermbase = "t.csv"'
        ),
        "utf-8",
    )
    terms = translated.root / "t.csv"
    terms.write_text("zh_Hant,zh_Hans,en,flags\n三名學生,三名学生,Four pupils,not-number\n", "utf-8")
    arguments = ("check", "--locale", "en", "--select", "number-mismatch", "--format", "json")
    assert "三名學生。" not in {one["source"] for one in json.loads(translated.run(*arguments).out)}
    terms.write_text("zh_Hant,zh_Hans,en,flags\n三名學生,三名学生,Four pupils,\n", "utf-8")
    assert "三名學生。" in {one["source"] for one in json.loads(translated.run(*arguments).out)}


def test_overrides_of_the_configuration_reach_the_check(translated: Newsroom) -> None:
    config = translated.root / "l10n-flow.toml"
    text = config.read_text("utf-8")
    config.write_text(f'{text}\n[[checks.overrides]]\ndocuments = ["a"]\nignore = ["number-mismatch"]\n', "utf-8")
    assert "number-mismatch" not in translated.run("check", "--locale", "en").out
    config.write_text(f'{text}\n[[checks.overrides]]\ndocuments = ["b*"]\nignore = ["number-mismatch"]\n', "utf-8")
    assert "number-mismatch" in translated.run("check", "--locale", "en").out
    config.write_text(f'{text}\n[[checks.overrides]]\nseverity = {{ number-mismatch = "info" }}\n', "utf-8")
    assert ": info: " in translated.run("check", "--locale", "en", "--select", "number-mismatch").out
