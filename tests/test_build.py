"""Builds: what may be published, what is said of it, and that the old build stays when it may not."""

from __future__ import annotations

import gettext
import io
import json
import shutil

import pytest

from conftest import Newsroom
from test_flow import ARTICLE, ENGLISH

FOLDER = "build"
PREVIEW = "preview"


def config(newsroom: Newsroom, english: str) -> None:
    path = newsroom.root / "l10n-flow.toml"
    path.write_text(path.read_text("utf-8").split("[locale.en]")[0] + f"[locale.en]\n{english}\n", "utf-8")


def text(newsroom: Newsroom, name: str, folder: str = FOLDER) -> str:
    return (newsroom.root / folder / name).read_bytes().decode()


def configure(newsroom: Newsroom, line: str) -> None:
    path = newsroom.root / "l10n-flow.toml"
    path.write_text(path.read_text("utf-8").replace("[project]", f"[project]\n{line}"), "utf-8")


@pytest.fixture
def translated(newsroom: Newsroom) -> Newsroom:
    newsroom.write(ARTICLE)
    newsroom.run("extract")
    newsroom.run("convert")
    newsroom.translate(ENGLISH)
    return newsroom


def test_release(translated: Newsroom) -> None:
    ran = translated.run("build")
    assert ran.code == 0, ran.err
    assert text(translated, "zh_Hant_HK/a.txt") == ARTICLE
    assert text(translated, "zh_Hans/a.txt") == (
        "标题在此\n\n柳州位于广西。他说：“这里很好。我们去。”\n\n工人检查汽车。黎寒池摄\n"
    )
    assert text(translated, "en/a.txt") == (
        "A title\n\nLiuzhou is in Guangxi. He said: “It is good here. Let us go.”\n\n"
        "Workers inspect cars. Photo by Li Hanchi\n"
    )
    page = text(translated, "en/a.html")
    assert '<html lang="en"' in page
    assert 'hreflang="zh-Hans"' in page
    assert "not approved" not in page
    assert "Draft" not in page
    catalogue = gettext.GNUTranslations(io.BytesIO((translated.root / "build/en/LC_MESSAGES/a.mo").read_bytes()))
    assert catalogue.gettext("標題在此") == "A title"


def test_an_incomplete_release_leaves_the_old_build(translated: Newsroom) -> None:
    translated.run("build")
    before = translated.tree()
    translated.write(ARTICLE.replace("工人", "工友"))
    translated.run("extract")
    locales = translated.tree("locales")
    ran = translated.run("build")
    assert ran.code == 1
    assert "needs-editing: 工友檢查汽車。" in ran.err
    assert translated.tree(FOLDER) == {k: v for k, v in before.items() if k.startswith(FOLDER)}
    assert translated.tree("locales") == locales


def test_drafts_publish_unfinished_text_and_say_so(translated: Newsroom) -> None:
    translated.write(ARTICLE.replace("工人", "工友"))
    translated.run("extract")
    ran = translated.run("build", "--drafts")
    assert ran.code == 0, ran.err
    for name in ("zh_Hant_HK/a.html", "zh_Hans/a.html", "en/a.html", "index.html", "bilingual/en/a.html"):
        assert 'name="robots" content="noindex"' in text(translated, name, PREVIEW), name
    assert "Draft: not approved for publication" in text(translated, "en/a.html", PREVIEW)
    assert text(translated, "en/a.txt", PREVIEW).startswith("[ DRAFT")
    assert "Workers inspect cars." in text(translated, "en/a.txt", PREVIEW)
    assert "DRAFT" not in text(translated, "zh_Hant_HK/a.txt", PREVIEW)


@pytest.mark.parametrize(
    ("policy", "expected"),
    [
        ("omit", "A title\n\nWorkers inspect cars.\n"),
        ("source", "A title\n\n柳州位於廣西。 他說：「這裏很好。 我們去。」\n\nWorkers inspect cars. 黎寒池攝\n"),
        (
            "mark",
            "A title\n\n〔柳州位於廣西。〕 〔他說：「這裏很好。〕 〔我們去。」〕\n\nWorkers inspect cars. 〔黎寒池攝〕\n",
        ),
    ],
)
def test_missing_text_follows_the_policy(newsroom: Newsroom, policy: str, expected: str) -> None:
    config(newsroom, f'missing = "{policy}"')
    newsroom.write(ARTICLE)
    newsroom.sync()
    newsroom.translate({"標題在此": "A title", "工人檢查汽車。": "Workers inspect cars."})
    ran = newsroom.run("build")
    assert ran.code == 0, ran.err
    built = text(newsroom, "en/a.txt")
    assert built.replace("」 ", "」").replace("。 ", "。").replace("〕 ", "〕") == expected.replace(
        "」 ", "」"
    ).replace("。 ", "。").replace("〕 ", "〕")


def test_fail_under_is_a_gate_of_the_release(newsroom: Newsroom) -> None:
    config(newsroom, 'missing = "omit"\nfail-under = 50')
    newsroom.write(ARTICLE)
    newsroom.sync()
    newsroom.translate({"標題在此": "A title"})
    assert newsroom.run("build").code == 1
    newsroom.translate(ENGLISH)
    assert newsroom.run("build").code == 0


def test_only_approved_text_where_that_is_required(translated: Newsroom) -> None:
    config(translated, 'require = "approved"')
    assert translated.run("build").code == 1
    translated.run("approve", "a", "--locale", "en", "--by", "A")
    assert translated.run("build").code == 0
    translated.translate({"標題在此": "The title"})
    ran = translated.run("build")
    assert ran.code == 1
    assert "標題在此" in ran.err
    assert "柳州位於廣西" not in ran.err


@pytest.mark.parametrize("policy", ["omit", "source", "mark"])
def test_a_simplified_page_never_holds_traditional_text(newsroom: Newsroom, policy: str) -> None:
    path = newsroom.root / "l10n-flow.toml"
    path.write_text(path.read_text("utf-8").replace('hk2s"', f'hk2s"\nmissing = "{policy}"'), "utf-8")
    newsroom.write(ARTICLE)
    newsroom.sync()
    newsroom.translate({"柳州位於廣西。": "柳州位於廣西。", "標題在此": "標題啊"}, "zh_Hans")
    ran = newsroom.run("build", "--locale", "zh_Hans")
    assert ran.code == 0, ran.err
    assert "it holds Traditional characters" in ran.err
    for name in ("zh_Hans/a.txt", "zh_Hans/a.html"):
        assert not set(text(newsroom, name)) & set("於廣標題說這裏們檢車攝體國區別")


def test_a_correction_in_traditional_is_told_and_not_released(translated: Newsroom) -> None:
    translated.write("題目\n\n後來，他走了。\n")
    translated.sync()
    translated.translate({"後來，他走了。": "後来，他离去了。"}, "zh_Hans")
    assert "traditional-in-simplified" in translated.run("check", "--locale", "zh_Hans").out
    assert translated.run("build", "--locale", "zh_Hans").code == 0
    assert text(translated, "zh_Hans/a.txt") == "题目\n\n后来，他走了。\n"


def test_a_draft_keeps_one_byte_order_mark_first(newsroom: Newsroom) -> None:
    newsroom.write("\ufeff" + ARTICLE)
    newsroom.sync()
    draft = text(newsroom, "en/a.txt", PREVIEW)
    assert draft.startswith("\ufeff[ DRAFT")
    assert draft.count("\ufeff") == 1
    assert text(newsroom, "zh_Hant_HK/a.txt", PREVIEW) == "\ufeff" + ARTICLE


def test_foreign_files_stay_and_a_foreign_folder_is_left_alone(translated: Newsroom) -> None:
    (translated.root / FOLDER).mkdir()
    (translated.root / FOLDER / "CNAME").write_text("news.example")
    ran = translated.run("build")
    assert ran.code == 2
    assert "build: holds files that no build wrote" in ran.err
    (translated.root / FOLDER / "CNAME").unlink()
    assert translated.run("build").code == 0
    (translated.root / FOLDER / "CNAME").write_text("news.example")
    translated.translate({"標題在此": "The title"})
    assert translated.run("build").code == 0
    assert text(translated, "CNAME") == "news.example"


def test_chinese_left_in_english_is_not_published(translated: Newsroom) -> None:
    translated.translate({"標題在此": "標題在此", "黎寒池攝": "Photo by 黎寒池"})
    ran = translated.run("build", "--locale", "en")
    assert ran.code == 1
    assert ran.err.count("untranslated:") == 2
    translated.translate({"標題在此": "A title", "黎寒池攝": "Photo by Li Hanchi (黎寒池)"})
    assert translated.run("build", "--locale", "en").code == 0


def test_a_part_of_a_release_leaves_the_rest(translated: Newsroom) -> None:
    translated.write("另一篇\n\n內容。\n", "b.txt")
    translated.run("extract")
    translated.run("convert")
    translated.translate({"另一篇": "Another", "內容。": "Content."}, name="b")
    assert translated.run("build").code == 0
    before = translated.tree(FOLDER)
    translated.translate({"另一篇": "One more"}, name="b")
    assert translated.run("build", "b", "--locale", "en").code == 0
    now = translated.tree(FOLDER)
    assert set(now) == set(before)
    assert {name for name in now if now[name] != before[name]} <= {
        "build/en/b.txt", "build/en/b.html", "build/en/LC_MESSAGES/b.mo", "build/index.html", "build/build.json",
    }  # fmt: skip
    assert text(translated, "en/b.txt").startswith("One more")


def test_drafts_never_mix_into_a_release(translated: Newsroom) -> None:
    translated.write("另一篇\n\n內容。\n", "b.txt")
    translated.sync()
    assert translated.run("build", "a").code == 0
    assert not any("/b." in name for name in translated.tree(FOLDER))
    assert "DRAFT" not in "".join(text(translated, name) for name in ("en/a.txt", "en/a.html"))


def test_a_killed_swap_is_mended(translated: Newsroom) -> None:
    translated.run("build")
    before = translated.tree(FOLDER)
    (translated.root / "build").rename(translated.root / ".build.old")
    (translated.root / ".build.new-left").mkdir()
    # A whole build would make the same tree anyway: this one is refused, and the old one must be there.
    translated.translate({"標題在此": ""})
    assert translated.run("build").code == 1
    assert translated.tree(FOLDER) == before
    assert not list(translated.root.glob(".build.*"))


def test_a_preview_and_its_work_pages_never_touch_the_release(translated: Newsroom) -> None:
    assert translated.run("build").code == 0
    released = translated.tree(FOLDER)
    assert set(released) == {
        *(f"build/{locale}/a.{suffix}" for locale in ("zh_Hant_HK", "zh_Hans", "en") for suffix in ("txt", "html")),
        "build/zh_Hans/LC_MESSAGES/a.mo", "build/en/LC_MESSAGES/a.mo", "build/index.html", "build/build.json",
    }  # fmt: skip
    index = text(translated, "index.html")
    assert 'href="en/a.html"' in index
    for word in ("bilingual/", "review/", "preview/", '<ul class="counts"', '<div class="bar"', "單元："):
        assert not [name for name in released if word in released[name].decode(errors="replace")], word
    translated.translate({"標題在此": ""})
    for command in (["sync"], ["build", "--drafts"], ["build", "--drafts", "--review"], ["build", "--review"]):
        translated.run(*command)
        assert translated.tree(FOLDER) == released, command
    assert '<div class="bar"' in text(translated, "index.html", PREVIEW)
    assert 'href="bilingual/en/a.html"' in text(translated, "index.html", PREVIEW)


def test_a_release_has_bilingual_pages_where_they_are_asked_for(translated: Newsroom) -> None:
    configure(translated, 'release-pages = ["bilingual"]')
    assert translated.run("build").code == 0
    assert "Liuzhou is in Guangxi." in text(translated, "bilingual/en/a.html")
    for name in ("en/a.html", "index.html"):
        assert "bilingual/en/a.html" in text(translated, name), name
    configure(translated, "")
    path = translated.root / "l10n-flow.toml"
    path.write_text(path.read_text("utf-8").replace('release-pages = ["bilingual"]', ""), "utf-8")
    ran = translated.run("build", "--locale", "en")  # the page in Simplified would go on linking to one
    assert ran.code == 2
    assert "build: the release still links to pages for those who work on it; build again: a" in ran.err
    assert translated.run("build", "a").code == 0
    assert not any("bilingual" in name for name in translated.tree(FOLDER))
    assert "bilingual/" not in text(translated, "zh_Hans/a.html")


def test_a_release_replaces_a_preview_that_lies_in_its_folder(translated: Newsroom) -> None:
    """The first versions wrote both into one folder."""
    assert translated.run("build", "--drafts", "--review").code == 0
    (translated.root / PREVIEW).rename(translated.root / FOLDER)
    told = "build/ holds an earlier preview, which is no release; the next release replaces it, or remove it"
    before = translated.tree(FOLDER)
    translated.translate({"標題在此": ""})
    for command in ("sync", "build"):
        assert told in translated.run(command).err, command
    assert translated.tree(FOLDER) == before
    translated.translate(ENGLISH)
    ran = translated.run("build")
    assert ran.code == 0
    assert told not in ran.err
    assert not [name for name in translated.tree(FOLDER) if name.startswith(("build/review/", "build/bilingual/"))]


def test_no_preview_replaces_a_release(translated: Newsroom) -> None:
    """The setting may name the folder that was the release's."""
    translated.run("build")
    configure(translated, 'build-dir = "public"\npreview-dir = "build"')
    before = translated.tree(FOLDER)
    for command in (["sync"], ["build", "--drafts"], ["build", "--review"]):
        ran = translated.run(*command)
        assert (ran.code, "build: holds a release, which no preview replaces" in ran.err) == (2, True), command
    assert translated.tree(FOLDER) == before


def test_no_link_in_a_release_is_followed(translated: Newsroom) -> None:
    translated.run("build")
    (translated.root / FOLDER / "CNAME").symlink_to(translated.root.parent / "secret")
    translated.translate({"標題在此": "The title"})
    ran = translated.run("build")
    assert (ran.code, "build/CNAME: is a symbolic link" in ran.err) == (2, True)


def test_review_pages_are_written_though_the_release_is_refused(translated: Newsroom) -> None:
    translated.translate({"標題在此": ""})
    translated.run("build", "--drafts")
    preview = translated.tree(PREVIEW)
    ran = translated.run("build", "--review")
    assert ran.code == 1
    assert (
        "not released: 1 unit not ready (l10n-flow status --todo links to them); build/ is as it was; 2 review pages written into preview/review/\n"
        in ran.err
    )
    after = translated.tree(PREVIEW)
    assert set(after) - set(preview) == {"preview/review/en/a.html", "preview/review/zh_Hans/a.html"}
    assert {name for name in preview if after[name] != preview[name]} == {"preview/build.json"}
    assert "標題在此" in text(translated, "review/en/a.html", PREVIEW)
    again = translated.run("build", "--review", "--format", "json")
    assert translated.tree(PREVIEW) == after
    assert not translated.tree(FOLDER)
    told = json.loads(again.out)
    assert (told["written"], told["files"], told["reviews"], told["folder"]) == (False, 0, 2, "build")
    assert [(each["document"], each["locale"], each["state"]) for each in told["problems"]] == [
        ("a", "en", "untranslated")
    ]
    translated.sync()
    assert not any(name.startswith("preview/review/") for name in translated.tree(PREVIEW))


def test_review_pages_without_any_preview_before(translated: Newsroom) -> None:
    assert translated.run("build", "--review").code == 0
    names = {"preview/build.json", "preview/review/en/a.html", "preview/review/zh_Hans/a.html"}
    assert set(translated.tree(PREVIEW)) == names
    translated.sync()
    assert "Draft: not approved" in text(translated, "en/a.html", PREVIEW)


def test_review_pages_go_into_no_folder_of_somebody_elses(translated: Newsroom) -> None:
    translated.translate({"標題在此": ""})
    (translated.root / PREVIEW).mkdir()
    (translated.root / PREVIEW / "thesis.txt").write_text("mine")
    ran = translated.run("build", "--review")
    assert ran.code == 2
    assert "preview: holds files that no build wrote; choose another preview-dir, or empty it" in ran.err
    assert set(translated.tree(PREVIEW)) == {"preview/thesis.txt"}


# What ought to be there and is not ------------------------------------------------------------------------------


@pytest.fixture
def released(translated: Newsroom) -> Newsroom:
    """A release of two documents."""
    translated.write(ARTICLE, "b.txt")
    translated.run("extract")
    translated.run("convert")
    translated.translate(ENGLISH, name="b")
    ran = translated.run("build")
    assert ran.code == 0, ran.err
    return translated


GATES = (["status", "--gate"], ["status", "--fail-under", "en=1"], ["check"])
GLOBS = ", ".join(f"source/**/*.{suffix}" for suffix in ["txt", "md", "markdown", "html", "htm", "docx", "srt", "vtt"])
EMPTY = f"no file matches {GLOBS}: put articles there, or correct sources in l10n-flow.toml"
GONE = "b: published, and its source is gone; put it back, or let it go: build --remove, or extract --prune"


def without_sources(room: Newsroom) -> None:
    (room.root / "source").rename(room.root / "articles")


def with_wrong_sources(room: Newsroom) -> None:
    path = room.root / "l10n-flow.toml"
    path.write_text(path.read_text("utf-8").replace("[project]", '[project]\nsources = ["sauce/**/*.txt"]'), "utf-8")


@pytest.mark.parametrize("loss", [without_sources, with_wrong_sources])
@pytest.mark.parametrize("clone", [False, True], ids=["", "a clone without a build"])
def test_a_release_does_not_empty_itself(released: Newsroom, loss, clone) -> None:
    loss(released)
    if clone:
        shutil.rmtree(released.root / FOLDER)
    before = released.tree()
    told = EMPTY.replace(GLOBS, "sauce/**/*.txt") if loss is with_wrong_sources else EMPTY
    for command in (*GATES, ["build"], ["build", "--remove"], ["build", "--drafts"], ["sync"]):
        ran = released.run(*command)
        assert (ran.code, told in ran.err) == (1, True), command
    assert released.run("status").code == 0
    assert told in released.run("status").err
    assert released.tree() == before


@pytest.mark.parametrize("clone", [False, True], ids=["", "a clone without a build"])
def test_a_release_does_not_shrink_by_accident(released: Newsroom, clone) -> None:
    released.source("b.txt").rename(released.root / "b.txt")
    if clone:
        shutil.rmtree(released.root / FOLDER)
    before = released.tree()
    for command in (*GATES, ["build"]):
        ran = released.run(*command)
        assert (ran.code, GONE in ran.err) == (1, True), command
    assert released.run("status").code == 0
    assert GONE in released.run("status").err
    assert released.tree() == before
    assert json.loads(released.run("build", "--format", "json").out)["absent"] == {
        "globs": [],
        "documents": ["b"],
        "emptied": [],
    }
    for command in (["build", "a"], ["check", "a"], ["status", "a", "--gate"]):  # the other is not asked for
        assert released.run(*command).code == 0
    (released.root / "b.txt").rename(released.source("b.txt"))
    assert released.run("build").code == 0
    assert text(released, "en/b.txt") == text(released, "en/a.txt")


@pytest.mark.parametrize("way", [["build", "--remove"], ["extract", "--prune"]])
def test_a_document_goes_when_it_is_asked_for(released: Newsroom, way: list[str]) -> None:
    released.source("b.txt").unlink()
    assert released.run(*way).code == 0
    assert released.run("build", *way[1:] if way[0] == "build" else ()).code == 0
    assert not list((released.root / FOLDER).rglob("b.*"))
    assert (released.root / FOLDER / "en" / "a.txt").exists()


def test_a_document_that_was_never_published_keeps_nothing_back(released: Newsroom) -> None:
    released.write(ARTICLE, "c.txt")
    assert released.run("extract").code == 0
    released.source("c.txt").unlink()
    assert released.run("build").code == 0


def test_a_project_that_is_still_empty(newsroom: Newsroom) -> None:
    for command in (["sync"], ["status"], ["extract"]):
        ran = newsroom.run(*command)
        assert ran.code == 0
    assert EMPTY in newsroom.run("sync").err
    assert not newsroom.tree(FOLDER, PREVIEW)
    for command in (*GATES, ["build"]):
        ran = newsroom.run(*command)
        assert (ran.code, EMPTY in ran.err) == (1, True), command


@pytest.mark.parametrize("clone", [False, True], ids=["", "a clone without a build"])
@pytest.mark.parametrize("left", ["", "\n\n", "***\n"], ids=["nothing", "blank lines", "a line of marks"])
def test_an_emptied_source_is_not_released(released: Newsroom, left: str, clone) -> None:
    told = "b: published, and its source holds no text any more; put it back, or say build --remove"
    if clone:
        shutil.rmtree(released.root / FOLDER)
    released.write(left, "b.txt")
    before = released.tree()
    for command in (*GATES, ["build"], ["build", "b"]):
        ran = released.run(*command)
        assert (ran.code, told in ran.err) == (1, True), command
    assert released.run("status").code == 0
    assert released.tree() == before
    assert released.run("build", "--remove").code == 0
    assert text(released, "en/b.txt") == left
    assert released.run("build").code == 0, "it has been released so"


def test_a_document_that_never_held_text_keeps_nothing_back(released: Newsroom) -> None:
    released.write("***\n", "c.txt")
    assert released.run("build").code == 0


# Errors ----------------------------------------------------------------------------------------------------------


def test_an_error_keeps_a_release_back_until_it_is_settled(translated: Newsroom) -> None:
    assert translated.run("build").code == 0
    before = translated.tree(FOLDER)
    translated.translate({"柳州位於廣西。": "Liuzhou (is in Guangxi."})
    for command in (["build"], ["status", "--gate"], ["status", "--fail-under", "en=1"]):
        ran = translated.run(*command)
        assert (ran.code, "[quotes-unbalanced]\n1 error in texts that are ready" in ran.err) == (1, True), command
    assert [each["rule"] for each in json.loads(translated.run("build", "--format", "json").out)["errors"]] == [
        "quotes-unbalanced"
    ]
    assert translated.run("status").code == 0
    assert translated.run("build", "--drafts").code == 0
    assert translated.run("build", "--locale", "zh_Hans").code == 0  # the other edition has none
    assert translated.tree(FOLDER) == before
    path = translated.root / "l10n-flow.toml"
    settings = path.read_text("utf-8")
    path.write_text(settings + '\n[checks.severity]\nquotes-unbalanced = "warning"\n', "utf-8")
    assert translated.run("status", "--gate").code == 0
    path.write_text(settings, "utf-8")
    unit = json.loads(translated.run("check", "--format", "json").out)[0]["unit"]
    assert translated.run("ignore", "quotes-unbalanced", unit, "--reason", "as the author has it").code == 0
    assert translated.run("build").code == 0


def test_an_error_in_a_text_that_is_not_published_keeps_nothing_back(translated: Newsroom) -> None:
    configure(translated, "")
    config(translated, 'missing = "omit"\nrequire = "approved"')
    translated.translate({"柳州位於廣西。": "Liuzhou (is in Guangxi."})
    assert translated.run("build", "--locale", "en").code == 0


def test_what_is_not_translated_is_converted_where_the_script_is_another(newsroom: Newsroom) -> None:
    newsroom.write("題目\n\n唐琳國際\n\n國。\n\n後記：廣會議\n\n國際。\n")
    overrides = "".join(
        f'[[override]]\ndocument = "a"\ntext = "{text}"\ntranslate = false\n' for text in ("唐琳國際", "後記：廣會議")
    )
    (newsroom.root / "l10n-flow.overrides.toml").write_text(overrides, "utf-8")
    config = newsroom.root / "l10n-flow.toml"
    config.write_text(config.read_text("utf-8") + "[locale.zh_Hans_SG]\n", "utf-8")
    newsroom.sync()
    texts = {"題目": "Title", "國。": "Land.", "國際。": "World."}
    newsroom.translate(texts)
    newsroom.translate({"題目": "题目", "國。": "国。", "國際。": "国际。"}, "zh_Hans_SG")
    assert newsroom.run("build").code == 0
    simplified = "题目\n\n唐琳国际\n\n国。\n\n后记：广会议\n\n国际。\n"
    assert text(newsroom, "zh_Hans/a.txt") == text(newsroom, "zh_Hans_SG/a.txt") == simplified
    assert text(newsroom, "zh_Hant_HK/a.txt") == newsroom.source().read_text("utf-8")
    assert text(newsroom, "en/a.txt") == "Title\n\n唐琳國際\n\nLand.\n\n後記：廣會議\n\nWorld.\n"


def test_what_is_not_translated_is_converted_in_its_place_and_without_its_codes(newsroom: Newsroom) -> None:
    source = "# 題目\n\n```\n見[國際](國際)，\n```\n\n> 見[國際](國際)，\n> 國`國`。\n\n國。\n"
    newsroom.write(source, "a.md")
    overrides = '[[override]]\ndocument = "a"\ntext = "見[國際](國際)，"\ntranslate = false\n'
    (newsroom.root / "l10n-flow.overrides.toml").write_text(overrides, "utf-8")
    newsroom.sync()
    assert newsroom.run("build", "--locale", "zh_Hans").code == 0
    simplified = "# 题目\n\n```\n見[國際](國際)，\n```\n\n> 见[国际](國際)，\n> 国`國`。\n\n国。\n"
    assert text(newsroom, "zh_Hans/a.md") == simplified
