"""The main job, as a user runs it: what must hold from the article to the published locales."""

from __future__ import annotations

import json
import shutil
import subprocess

import pytest

from conftest import SAMPLE, Newsroom
from entries import comment_of
from l10n_flow.catalogue import Catalogue, Draft
from l10n_flow.catalogue.edit import set_converted
from l10n_flow.model import Key

ARTICLE = "標題在此\n\n柳州位於廣西。他說：「這裏很好。我們去。」\n\n工人檢查汽車。黎寒池攝\n"
ENGLISH = {
    "標題在此": "A title",
    "柳州位於廣西。": "Liuzhou is in Guangxi.",
    "他說：「這裏很好。": "He said: “It is good here.",
    "我們去。」": "Let us go.”",
    "工人檢查汽車。": "Workers inspect cars.",
    "黎寒池攝": "Photo by Li Hanchi",
}

needs_gettext = pytest.mark.skipif(shutil.which("msgcat") is None, reason="needs GNU gettext: apt-get install gettext")


def states(newsroom: Newsroom, locale: str) -> dict[str, int]:
    rows = json.loads(newsroom.run("status", "--format", "json").out)
    return next(row for row in rows if row["locale"] == locale)


def entries(catalogue: Catalogue) -> dict[str, tuple[str, bool, str]]:
    return {key.source: (e.msgstr, e.fuzzy, comment_of(e)) for key, e in catalogue.entries.items()}


def test_sample_blocks(sample: Newsroom) -> None:
    blocks = json.loads(sample.run("segment", "source/liuzhou.txt", "--format", "json").out)
    kinds = [block["kind"] for block in blocks]
    assert [kinds.count(kind) for kind in ("title", "byline", "heading", "caption")] == [1, 1, 3, 5]
    captions = [block for block in blocks if block["kind"] == "caption"]
    assert [block["units"][-1] for block in captions] == [
        "黎寒池攝",
        "圖片由企業提供",
        "柳州市委宣傳部供圖",
        "柳州市委宣傳部供圖",
        "黎寒池攝",
    ]
    assert all(block["roles"][-1] == "credit" for block in captions)
    repaired = next(block for block in blocks if 21 in block["lines"])
    assert repaired["lines"] == [21, 23]
    assert any("提質增效改造和產品結構升級。" in unit for unit in repaired["units"])


def test_sample_is_committed_up_to_date_and_all_draft(sample: Newsroom) -> None:
    before = sample.tree("locales")
    sample.sync()
    assert sample.tree("locales") == before
    english = states(sample, "en")
    assert (english["untranslated"], english["needs-editing"]) == (0, english["units"])
    assert states(sample, "zh_Hans")["converted"] == states(sample, "zh_Hans")["units"]


@needs_gettext
def test_gnu_gettext_accepts_and_reproduces_every_catalogue(sample: Newsroom) -> None:
    for path in (sample.root / "locales").rglob("*.po*"):
        same = subprocess.run(["msgcat", "--no-wrap", str(path)], capture_output=True, check=True)
        assert same.stdout == path.read_bytes()
        subprocess.run(["msgfmt", "-c", "-o", "/dev/null", str(path)], check=True)


def test_a_second_run_changes_no_byte(newsroom: Newsroom) -> None:
    newsroom.write(ARTICLE)
    newsroom.sync()
    before = newsroom.tree()
    assert "1 document unchanged" in newsroom.run("sync").err
    assert newsroom.tree() == before
    shutil.rmtree(newsroom.root / ".l10n-flow")
    newsroom.sync()
    assert newsroom.tree() == before


def test_a_new_english_catalogue_is_empty(newsroom: Newsroom) -> None:
    newsroom.write(ARTICLE)
    newsroom.sync()
    row = states(newsroom, "en")
    assert (row["translated"], row["approved"], row["untranslated"]) == (0, 0, row["units"])


def test_a_sentence_inserted_first_changes_one_entry(newsroom: Newsroom) -> None:
    newsroom.write(ARTICLE)
    newsroom.sync()
    newsroom.translate(ENGLISH)
    newsroom.run("approve", "a", "--locale", "en", "--by", "A")
    before = {locale: newsroom.po_path(locale).read_text(encoding="utf-8").splitlines() for locale in ("en", "zh_Hans")}
    newsroom.write(ARTICLE.replace("柳州位於", "全新的第一句話。柳州位於"))
    newsroom.sync()
    for locale, lines in before.items():
        now = newsroom.po_path(locale).read_text(encoding="utf-8").splitlines()
        start = next(i for i, line in enumerate(now) if "全新的第一句話。" in line)
        added = [line for line in now if line not in lines]
        assert now[start] in added
        assert all("全新" in x or "converted" in x or "PO-Revision" in x for x in added), added
        rest = [line for line in now if line not in added and "PO-Revision" not in line]
        assert sorted(x for x in rest if x.startswith("msg")) == sorted(
            [x for x in lines if x.startswith("msg")] + ([] if locale == "zh_Hans" else ['msgstr ""'])
        )


def test_one_character_edited(newsroom: Newsroom) -> None:
    newsroom.write(ARTICLE)
    newsroom.sync()
    newsroom.translate(ENGLISH)
    english, simplified = entries(newsroom.catalogue("en")), entries(newsroom.catalogue("zh_Hans"))
    newsroom.write(ARTICLE.replace("工人檢查汽車", "工友檢查汽車"))
    newsroom.sync()
    catalogue = newsroom.catalogue("en")
    edited = next(entry for key, entry in catalogue.entries.items() if key.source == "工友檢查汽車。")
    assert (edited.msgstr, edited.fuzzy, edited.previous) == (
        "Workers inspect cars.",
        True,
        Key(None, "工人檢查汽車。"),
    )
    now = entries(newsroom.catalogue("zh_Hans"))
    assert now.pop("工友檢查汽車。")[:2] == ("工友检查汽车。", False)
    simplified.pop("工人檢查汽車。")
    assert now == simplified
    english.pop("工人檢查汽車。")
    assert {k: v for k, v in entries(catalogue).items() if k != "工友檢查汽車。"} == english
    newsroom.write(ARTICLE)
    newsroom.sync()
    assert entries(newsroom.catalogue("en")) == {**english, "工人檢查汽車。": ("Workers inspect cars.", False, "")}


def test_a_correction_survives_and_is_flagged_when_its_source_changes(newsroom: Newsroom) -> None:
    newsroom.write(ARTICLE)
    newsroom.sync()
    newsroom.translate({"柳州位於廣西。": "柳州就在广西。"}, "zh_Hans")
    newsroom.sync()
    assert states(newsroom, "zh_Hans")["human"] == 1
    assert entries(newsroom.catalogue("zh_Hans"))["柳州位於廣西。"] == ("柳州就在广西。", False, "")
    newsroom.write(ARTICLE.replace("位於廣西", "位於華南廣西"))
    newsroom.sync()
    row = states(newsroom, "zh_Hans")
    assert (row["stale"], row["needs-editing"]) == (1, 1)
    assert "stale" in newsroom.run("check", "--locale", "zh_Hans").out
    ran = newsroom.run("build", "--locale", "zh_Hans")
    assert ran.code == 0, ran.err
    assert "built from a fresh conversion: the source has changed" in ran.err
    assert "柳州位于华南广西。" in (newsroom.root / "build/zh_Hans/a.txt").read_text(encoding="utf-8")


def test_machine_text_is_known_after_msgmerge_made_it_fuzzy(newsroom: Newsroom) -> None:
    newsroom.write(ARTICLE)
    newsroom.sync()

    def as_msgmerge_does(draft: Draft) -> None:
        draft.entries.update({key: entry._replace(fuzzy=True) for key, entry in draft.entries.items()})

    newsroom.edit("zh_Hans", as_msgmerge_does)
    newsroom.sync()
    row = states(newsroom, "zh_Hans")
    assert (row["converted"], row["translated"]) == (row["units"], row["units"])


def test_new_dictionaries_rewrite_only_when_told(newsroom: Newsroom) -> None:
    newsroom.write(ARTICLE)
    newsroom.sync()
    path = newsroom.po_path("zh_Hans")

    def other_dictionaries(draft: Draft) -> None:
        draft.header["X-L10n-Flow-Converter"] = "hk2s mainland 000000000000"
        key = Key(None, "柳州位於廣西。")
        draft.entries[key] = set_converted(draft.entries[key], "柳州位於广西。", "hk2s")

    newsroom.edit("zh_Hans", other_dictionaries)
    before = path.read_bytes()
    ran = newsroom.run("convert")
    assert path.read_bytes() == before
    assert "convert --upgrade" in ran.err
    shown = newsroom.run("convert", "--upgrade", "--dry-run")
    assert "- 柳州位於广西。\n+ 柳州位于广西。" in shown.out
    assert path.read_bytes() == before
    newsroom.run("convert", "--upgrade")
    assert entries(newsroom.catalogue("zh_Hans"))["柳州位於廣西。"][0] == "柳州位于广西。"
    assert "000000000000" not in path.read_text(encoding="utf-8")


def test_a_renamed_document_takes_its_work_along(newsroom: Newsroom) -> None:
    newsroom.write(ARTICLE)
    newsroom.sync()
    newsroom.translate(ENGLISH)
    newsroom.run("approve", "a", "--by", "A")
    before = newsroom.po_path("en").read_bytes()
    newsroom.source("2026").mkdir()
    newsroom.source().rename(newsroom.source("2026/b.txt"))
    ran = newsroom.run("sync")
    assert "a is now 2026/b" in ran.err
    assert newsroom.po_path("en", "2026/b").read_bytes() == before
    assert not newsroom.po_path("en").exists()
    assert not (newsroom.root / "locales/a.pot").exists()


def test_a_document_without_source_keeps_its_catalogues_until_pruned(newsroom: Newsroom) -> None:
    newsroom.write(ARTICLE)
    newsroom.sync()
    newsroom.source().unlink()
    assert "a: its source is gone" in newsroom.run("extract").err
    assert newsroom.po_path("en").exists()
    newsroom.run("extract", "--prune")
    assert not newsroom.po_path("en").exists()


def test_two_sources_of_one_identity(newsroom: Newsroom) -> None:
    newsroom.write(ARTICLE, "A.txt")
    newsroom.write(ARTICLE, "a.txt")
    newsroom.write("另一篇\n\n內容。\n", "b.txt")
    ran = newsroom.run("extract")
    assert ran.code == 2
    assert "source/A.txt and source/a.txt would share one catalogue" in ran.err
    assert newsroom.po_path("en", "b").exists()


def test_paragraph_units_take_the_sentences_along(newsroom: Newsroom) -> None:
    newsroom.write(ARTICLE)
    newsroom.sync()
    newsroom.translate(ENGLISH)
    config = newsroom.root / "l10n-flow.toml"
    config.write_text(config.read_text("utf-8").replace("[project]", '[project]\nunit = "paragraph"'), "utf-8")
    newsroom.sync()
    found = entries(newsroom.catalogue("en"))["柳州位於廣西。他說：「這裏很好。我們去。」"]
    assert found[:2] == ("Liuzhou is in Guangxi. He said: “It is good here. Let us go.”", True)


def test_texts_are_sample_bytes() -> None:
    assert SAMPLE.read_bytes().endswith("黎寒池攝".encode())


def test_a_text_that_is_cut_elsewhere_voids_nobodys_work(newsroom: Newsroom) -> None:
    newsroom.write("標題在此\n\n電話：2345 6789\n電郵：info@example.org\n\n柳州位於廣西。\n")
    overrides = newsroom.root / "l10n-flow.overrides.toml"
    joined = '[[override]]\ndocument = "a"\ntext = "電話"\njoin = "next"\n'
    overrides.write_text(joined, encoding="utf-8")  # as an earlier version cut it
    newsroom.sync()
    glued = "電話：2345 6789電郵：info@example.org"
    newsroom.translate({"標題在此": "A title", glued: "Phone, mail", "柳州位於廣西。": "Liuzhou is in Guangxi."})
    newsroom.run("approve", "a", "--locale", "en", "--by", "A")
    before = newsroom.po_path("en").read_bytes()
    overrides.unlink()
    newsroom.sync()
    text = newsroom.po_path("en").read_text(encoding="utf-8")
    assert entries(newsroom.catalogue("en"))["柳州位於廣西。"][0] == "Liuzhou is in Guangxi."
    assert states(newsroom, "en")["approved"] == 2
    assert "Phone, mail" in text  # obsolete, or offered for one of the lines
    overrides.write_text(joined, encoding="utf-8")
    newsroom.sync()
    assert newsroom.po_path("en").read_bytes() == before
