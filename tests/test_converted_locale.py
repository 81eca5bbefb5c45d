"""A converted locale of a project: own words, vocabulary, strict, upgrades, explanations, checks, pages."""

from __future__ import annotations

import json
import re
from pathlib import Path

import pytest

from conftest import Newsroom
from l10n_flow import documents
from l10n_flow.catalogue.seals import digest
from l10n_flow.conversion import Converter
from l10n_flow.model import Key
from l10n_flow.project import first_conversions, load_project
from l10n_flow.work.check import check

CONFIG = """\
[project]
source-locale = "{source}"
sources = ["source/**/*.txt"]
{project}
[locale.{target}]
{locale}
"""


def project(
    root: Path, text: str, *, locale: str = 'conversion = "hk2s"', terms: str = "", source: str = "zh_Hant_HK",
    target: str = "zh_Hans",
) -> Newsroom:  # fmt: skip
    shop = Newsroom(root)
    (root / "source").mkdir()
    termbase = ""
    if terms:
        (root / "terms.csv").write_text(terms, "utf-8")
        termbase = 'termbase = "terms.csv"'
    (root / "l10n-flow.toml").write_text(
        CONFIG.format(source=source, target=target, project=termbase, locale=locale), "utf-8"
    )
    shop.write(text)
    return shop


def published(shop: Newsroom, locale: str = "zh_Hans") -> str:
    ran = shop.run("sync")
    assert ran.code == 0, ran.err
    return (shop.root / "preview" / locale / "a.txt").read_text("utf-8")


@pytest.mark.parametrize(
    ("locale", "text", "expected"),
    [
        ('conversion = "hk2s"', "他看著「的士」的質素。\n", "他看着“的士”的质素。\n"),
        ('conversion = "hk2s"\nvocabulary = true', "他看著「的士」的質素。\n", "他看着“出租车”的素质。\n"),
        ('conversion = "hk2s"\nvocabulary = true', "有的士兵受傷。\n", "有的士兵受伤。\n"),
        ('conversion = "hk2s"\npunctuation = "keep"', "他看著「甲」。\n", "他看着「甲」。\n"),
        ('conversion = "hk2s"\nstrict = true', "抬頭看著甚麼。\n", "擡头看著甚么。\n"),
        ('conversion = "tw2sp"', "軟體的品質。\n", "软件的品质。\n"),
    ],
)
def test_settings_of_a_converted_locale(tmp_path: Path, locale: str, text: str, expected: str) -> None:
    assert published(project(tmp_path, text, locale=locale)) == expected


def test_a_simplified_source_becomes_traditional(tmp_path: Path) -> None:
    shop = project(tmp_path, "“头发‘里面’”。\n", locale='conversion = "s2hk"', source="zh_Hans", target="zh_Hant_HK")
    assert published(shop, "zh_Hant_HK") == "「頭髮『裏面』」。\n"


def test_own_words_go_before_the_dictionaries_and_a_change_of_them_converts_afresh(tmp_path: Path) -> None:
    shop = project(tmp_path, "楊乾昌看著灣企。\n", terms="zh_Hant,zh_Hans\n楊乾昌,杨干昌\n")
    assert published(shop) == "杨干昌看着湾企。\n"
    (tmp_path / "terms.csv").write_text("zh_Hant,zh_Hans\n楊乾昌,杨干昌\n灣企,湾区企业\n", "utf-8")
    assert published(shop) == "杨干昌看着湾区企业。\n"
    (tmp_path / "terms.csv").write_text("zh_Hant,zh_Hans\n", "utf-8")
    assert published(shop) == "杨乾昌看着湾企。\n"


def test_what_the_conversion_itself_keeps_is_no_traditional_text(tmp_path: Path) -> None:
    """A character without a simplified form, a name that keeps its character, and a name that the termbase protects."""
    text = "買餸的劉志昇和張國。\n"
    shop = project(tmp_path, text, terms="zh_Hant,zh_Hans\n張國,张國\n")
    assert published(shop) == "买餸的刘志昇和张國。\n"
    assert shop.run("check", "--select", "traditional-in-simplified").code == 0
    shop.translate({text.strip(): "买了餸的刘志昇和张國。"}, "zh_Hans")
    assert shop.run("check", "--select", "traditional-in-simplified").code == 0
    assert published(shop) == "买了餸的刘志昇和张國。\n"
    shop.translate({text.strip(): "買了餸的刘志昇和张國。"}, "zh_Hans")
    ran = shop.run("check", "--select", "traditional-in-simplified")
    assert (ran.code, "Traditional characters in a Simplified text: 買" in ran.out) == (1, True), ran.out
    assert published(shop) == "买餸的刘志昇和张國。\n"


@pytest.mark.parametrize(
    ("terms", "told"),
    [
        ("zh_Hant,zh_Han\n甲,乙\n", r"terms\.csv:1: has no column for zh_Hans"),
        ("zh_Hant,zh_Hans\n甲,乙\n甲,丙\n", r"terms\.csv:3: 甲 is 丙 here and 乙 in line 2"),
    ],
)
def test_a_damaged_termbase_stops_the_conversion(tmp_path: Path, terms: str, told: str) -> None:
    ran = project(tmp_path, "甲。\n", terms=terms).run("sync")
    assert ran.code == 2
    assert re.search(told, ran.err)
    assert not (tmp_path / "preview" / "zh_Hans").exists()


def test_newer_dictionaries_change_nothing_that_is_published_unless_asked(tmp_path: Path) -> None:
    shop = project(tmp_path, "他看著。\n\n第二段。\n")
    published(shop)
    path = shop.po_path("zh_Hans")
    old = path.read_text("utf-8").replace("他看着。", "他看著。")
    now = Converter("hk2s").fingerprint
    old = re.sub(r"converted hk2s [0-9a-f]{12}", "converted hk2s " + digest("他看著。"), old, count=1)
    path.write_text(old.replace(now, "000000000000"), "utf-8")
    assert published(shop) == "他看著。\n\n第二段。\n"
    assert "newer dictionaries convert 1 unit otherwise" in shop.run("convert").err
    shown = shop.run("convert", "--upgrade", "--dry-run")
    assert "- 他看著。\n+ 他看着。\n" in shown.out
    assert shop.run("convert", "--upgrade").code == 0
    assert published(shop) == "他看着。\n\n第二段。\n"
    assert now in path.read_text("utf-8")


def test_changes_are_explained(tmp_path: Path) -> None:
    shop = project(tmp_path, "楊乾昌看著「甲」。\n", terms="zh_Hant,zh_Hans\n楊乾昌,杨干昌\n")
    told = shop.run("convert", "--explain")
    assert (told.code, shop.po_path("zh_Hans").exists()) == (0, False)
    lines = [line.strip() for line in told.out.splitlines()[1:]]
    assert lines == [
        "1: 楊乾昌 → 杨干昌  term",
        "5: 著 → 着  correction (readings)",
        "6: 「 → “  punctuation (quotes)",
        "8: 」 → ”  punctuation (quotes)",
    ]
    (unit,) = json.loads(shop.run("convert", "--explain", "--format", "json").out)
    assert unit["changes"][1] == {
        "source": {"start": 4, "end": 5, "text": "著"},
        "target": {"start": 4, "end": 5, "text": "着"},
        "rule": "correction",
        "by": ["readings"],
    }


def test_words_are_explained_on_the_bilingual_page(tmp_path: Path) -> None:
    shop = project(tmp_path, "他看著頭髮。\n")
    published(shop)
    page = (tmp_path / "preview" / "bilingual" / "zh_Hans" / "a.html").read_text("utf-8")
    assert re.search(r'<span class="why" title="看?著 → 看?着 · 订正">看?着</span>头发', page)
    shop.translate({"他看著頭髮。": "他看见头发。"}, locale="zh_Hans")
    published(shop)
    assert 'class="why"' not in (tmp_path / "preview" / "bilingual" / "zh_Hans" / "a.html").read_text("utf-8")


def test_doubts_words_and_spelling_are_told(tmp_path: Path) -> None:
    shop = project(tmp_path, "楊乾昌坐的士來看復合材料。\n\n復合材料很好。\n")
    published(shop)
    found = json.loads(shop.run("check", "--format", "json").out)
    assert sorted(finding["rule"] for finding in found) == ["conversion-doubt", "regional-word", "source-spelling"]
    (tmp_path / "terms.csv").write_text("zh_Hant,zh_Hans\n楊乾昌,杨干昌\n", "utf-8")
    config = tmp_path / "l10n-flow.toml"
    settled = config.read_text("utf-8").replace("[locale", 'termbase = "terms.csv"\n[locale') + "vocabulary = true\n"
    config.write_text(settled, "utf-8")
    published(shop)
    found = json.loads(shop.run("check", "--format", "json").out)
    assert [finding["rule"] for finding in found] == ["source-spelling"]


@pytest.mark.parametrize(
    ("locales", "told"),
    [
        ('[locale.en]\n[locale.zh_Hans]\nconversion = "hk2s"\n[locale.de]\n', "zh_Hans"),
        ("[locale.en]\n[locale.de]\n", "en"),
    ],
    ids=["the first that is converted", "the first of all"],
)
def test_a_misspelling_of_the_source_is_told_once(newsroom: Newsroom, locales: str, told: str) -> None:
    path = newsroom.root / "l10n-flow.toml"
    path.write_text(f"[project]\n{locales}", "utf-8")
    newsroom.write("復合材料很好。\n")
    newsroom.sync()
    found = check(load_project(path), select=["source-spelling"]).findings
    assert [finding.locale for finding in found] == [told]


def test_a_unit_is_converted_where_it_stands_first() -> None:
    document = documents.parse("「甲。\n\n頭髮。」\n\n頭髮。\n\n別的。\n".encode())
    wanted = {Key(None, "頭髮。"), Key(None, "頭髮。」")}
    found = list(first_conversions(document, Converter("hk2s"), wanted))
    assert [(key.source, text) for key, text in found] == [("頭髮。」", "头发。”"), ("頭髮。", "头发。")]
    again = documents.parse("頭髮。\n\n別的。頭髮。頭髮。\n".encode())
    assert len(list(first_conversions(again, Converter("hk2s"), wanted))) == 1


def test_a_rejected_conversion_waits_for_a_person(tmp_path: Path) -> None:
    shop = project(tmp_path, "他看著。\n")
    published(shop)

    shop.edit_unit("zh_Hans", lambda entry: entry._replace(fuzzy=True))
    ran = shop.run("build")
    assert ran.code == 1
    assert "a.po" in ran.err or "needs editing" in ran.err
