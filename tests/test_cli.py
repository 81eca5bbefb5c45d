"""The command line: what is typed, what is seen, the exit code."""

from __future__ import annotations

import json
import subprocess
import sys
from pathlib import Path

import pytest

from conftest import CONFIG, Newsroom
from l10n_flow.config import load_project
from test_flow import ARTICLE, ENGLISH


def test_init_makes_a_project_that_works(tmp_path) -> None:
    shop = Newsroom(tmp_path)
    ran = shop.run("init")
    assert ran.code == 0
    assert {"l10n-flow.toml", ".gitattributes", ".gitignore"} <= {path.name for path in tmp_path.iterdir()}
    shop.write(ARTICLE)
    shop.sync()
    assert "union" in (tmp_path / ".gitattributes").read_text("utf-8")
    again = shop.run("init")
    assert again.code == 2
    assert "l10n-flow.toml: exists already" in again.err


@pytest.mark.parametrize(
    ("config", "told"),
    [
        (CONFIG.replace("name =", "nmae ="), "l10n-flow.toml:2: unknown key 'nmae' in [project]; did you mean 'name'?"),
        (CONFIG + "[chekcs]\n", "unknown key 'chekcs' at the top; did you mean 'checks'?"),
        (CONFIG.replace("hk2s", "hk2ss"), "l10n-flow.toml:6: there is no conversion 'hk2ss'; did you mean hk2s?"),
        (
            CONFIG + 'missing = "skip"\n',
            "l10n-flow.toml:9: missing must be one of fail, omit, source, mark, not 'skip'",
        ),
        (CONFIG + "fail-under = 101\n", "fail-under must be between 0 and 100, not 101"),
        (CONFIG + 'require = "fuzzy"\n', "require must be one of"),
        (CONFIG + "[locale.zh-Hant]\n", "zh_Hant"),
        (CONFIG + "[locale.qqq]\n", "qqq"),
        (CONFIG + "[project\n", "is not valid TOML"),
        (CONFIG.replace('name = "newsroom"', 'build-dir = "../out"'), "build-dir must be a folder or file inside"),
        (CONFIG.replace('name = "newsroom"', "sources = 3"), "sources must be a list of texts"),
        (CONFIG.replace('name = "newsroom"', 'build-dir = "source/out"'), "must not lie in one another"),
        (CONFIG.replace('name = "newsroom"', 'build-dir = "locales"'), "must not lie in one another"),
        (CONFIG + '[locale.de]\nname-in-output = "en"\n', "two locales would be written to the folder en"),
        ('[project]\nname = "x"\n', "names no locale to publish"),
        (CONFIG + '[checks.severity]\nfuzy = "error"\n', "unknown rule 'fuzy'"),
        (CONFIG + '[checks]\nignore = ["fuzy"]\n', "fuzzy"),
    ],
)
def test_a_wrong_configuration_is_told_with_its_line(newsroom: Newsroom, config: str, told: str) -> None:
    (newsroom.root / "l10n-flow.toml").write_text(config, "utf-8")
    newsroom.write(ARTICLE)
    ran = newsroom.run("sync")
    assert ran.code == 2
    assert told in ran.err
    assert not (newsroom.root / "locales").exists()


def test_a_project_is_found_from_below(newsroom: Newsroom) -> None:
    newsroom.write(ARTICLE)
    below = Newsroom(newsroom.root / "source")
    assert below.run("sync").code == 0
    assert newsroom.run("-C", "source", "status").code == 0
    assert Newsroom(newsroom.root.parent).run("status").code == 2


def test_approve_refuses_fuzzy_and_empty_units(newsroom: Newsroom) -> None:
    newsroom.write(ARTICLE)
    newsroom.sync()
    newsroom.translate(ENGLISH)
    newsroom.edit("en", lambda c: next(iter(c.entries.values())).flags.append("fuzzy"))
    newsroom.translate({"黎寒池攝": ""})
    ran = newsroom.run("approve", "a", "--locale", "en", "--by", "A. B.")
    assert ran.code == 0
    assert "not approved, needs-editing: 標題在此" in ran.out
    assert "not approved, untranslated: 黎寒池攝" in ran.out
    assert "4 units approved, 2 not" in ran.out
    row = next(r for r in json.loads(newsroom.run("status", "--format", "json").out) if r["locale"] == "en")
    assert (row["approved"], row["needs-editing"], row["untranslated"]) == (4, 1, 1)
    assert "approved" in newsroom.po_path("en").read_text("utf-8")
    assert "by A. B. on 2026-11-" in newsroom.po_path("en").read_text("utf-8")


def test_approve_and_unapprove_a_unit_by_id(newsroom: Newsroom) -> None:
    newsroom.write(ARTICLE)
    newsroom.sync()
    newsroom.translate(ENGLISH)
    before = newsroom.po_path("en").read_bytes()
    unit = next(key.digest[:8] for key in newsroom.catalogue("en").entries if key.source == "標題在此")
    assert "1 unit approved, 0 not" in newsroom.run("approve", unit, "--locale", "en", "--by", "A").out
    approved = newsroom.po_path("en").read_bytes()
    assert approved != before
    newsroom.run("approve", unit, "--locale", "en", "--by", "A")
    assert newsroom.po_path("en").read_bytes() == approved
    newsroom.run("unapprove", unit)
    assert newsroom.po_path("en").read_bytes() == before
    assert newsroom.run("approve", "deadbeef", "--by", "A").code == 2
    assert newsroom.run("approve", "nosuch", "--by", "A").code == 2


def test_two_sentences_rendered_as_one(newsroom: Newsroom) -> None:
    newsroom.write(ARTICLE)
    newsroom.sync()
    newsroom.translate({**ENGLISH, "他說：「這裏很好。": "He said: “It is good here, let us go.”", "我們去。」": ""})
    unit = next(key.digest[:8] for key in newsroom.catalogue("en").entries if key.source == "我們去。」")
    assert newsroom.run("build", "--locale", "en").code == 1
    assert "1 unit joined, 0 not" in newsroom.run("join", unit, "--locale", "en").out
    assert newsroom.run("build", "--locale", "en").code == 0
    built = (newsroom.root / "build/en/a.txt").read_text("utf-8")
    assert "He said: “It is good here, let us go.”\n" in built
    other = next(key.digest[:8] for key in newsroom.catalogue("en").entries if key.source == "標題在此")
    assert "not joined, has-text" in newsroom.run("join", other, "--locale", "en").out
    newsroom.translate({"標題在此": ""})
    assert "not joined, first-of-its-block" in newsroom.run("join", other, "--locale", "en").out


def test_a_finding_is_ignored_with_a_reason_until_the_text_changes(newsroom: Newsroom) -> None:
    newsroom.write(ARTICLE)
    newsroom.sync()
    newsroom.translate({**ENGLISH, "標題在此": "標題 title"})
    assert newsroom.run("check").code == 1
    unit = next(key.digest[:8] for key in newsroom.catalogue("en").entries if key.source == "標題在此")
    assert newsroom.run("ignore", "han-in-target", unit, "--locale", "en", "--reason", "the brand is Chinese").code == 0
    assert newsroom.run("check").code == 0
    newsroom.translate({"標題在此": "標題 titles"})
    assert newsroom.run("check").code == 1
    assert newsroom.run("ignore", "nonsense", unit, "--reason", "x").code == 2


def test_check_formats(newsroom: Newsroom) -> None:
    newsroom.write(ARTICLE)
    newsroom.sync()
    newsroom.translate({**ENGLISH, "標題在此": "標題 title"})
    found = json.loads(newsroom.run("check", "--format", "json").out)
    finding = next(each for each in found if each["rule"] == "han-in-target")
    assert finding["path"] == "locales/en/LC_MESSAGES/a.po"
    lines = newsroom.po_path("en").read_text("utf-8").splitlines()
    assert lines[finding["line"] - 1] == 'msgid "標題在此"'
    assert newsroom.run("check", "--format", "github").out.startswith("::error file=locales/en/LC_MESSAGES/a.po,line=")
    assert "^" in newsroom.run("check").out
    assert newsroom.run("check", "--select", "untranslated").code == 0
    assert newsroom.run("check", "--locale", "zh_Hans", "--fail-level", "info").code == 0


def test_status_gates(newsroom: Newsroom) -> None:
    newsroom.write(ARTICLE)
    newsroom.sync()
    assert newsroom.run("status").code == 0
    assert newsroom.run("status", "--gate").code == 1
    assert newsroom.run("status", "--fail-under", "zh_Hans=100").code == 0
    newsroom.translate({"標題在此": "A title", "黎寒池攝": "Photo", "柳州位於廣西。": "It is."})
    assert newsroom.run("status", "--fail-under", "en=50").code == 0
    ran = newsroom.run("status", "--fail-under", "en=51")
    assert (ran.code, ran.err) == (1, "en: 50 % ready, 51 % required; 3 units missing\n")
    assert newsroom.run("status", "--fail-under", "en").code == 2
    newsroom.translate(ENGLISH)
    assert newsroom.run("status", "--gate").code == 0


@pytest.mark.parametrize(
    ("arguments", "stdin", "out"),
    [
        (["convert", "-"], "「頭髮」\r\n", "“头发”\r\n"),
        (["convert", "-", "--punctuation", "keep"], "「頭髮」", "「头发」"),
        (["convert", "-", "--conversion", "s2hk", "--punctuation", "keep"], "头发里面", "頭髮裏面"),
        (["segment", "-"], "標題\n\n好的。\n", "title 1\n    [line] 標題\nparagraph 3\n    好的。\n"),
    ],
)
def test_filters_need_no_project(tmp_path, arguments: list[str], stdin: str, out: str) -> None:
    ran = Newsroom(tmp_path).run(*arguments, stdin=stdin.encode())
    assert (ran.code, ran.out.replace("\r\n", "\r\n")) == (0, out)


def test_segment_other_files(tmp_path) -> None:
    shop = Newsroom(tmp_path)
    (tmp_path / "a.md").write_text("標題\n\n第一行文字，\n第二行文字。\n", "utf-8")
    assert shop.run("segment", "a.md").code == 2
    blocks = json.loads(shop.run("segment", "a.md", "--input-format", "text", "--format", "json").out)
    assert blocks[1] == {
        "kind": "paragraph", "lines": [3, 4], "units": ["第一行文字，第二行文字。"], "roles": ["sentence"],
    }  # fmt: skip
    assert "none.txt: there is no such file" in shop.run("segment", "none.txt").err
    assert shop.run("convert", "-", "--upgrade").code == 2


def test_overrides_of_a_document_that_is_not_there_are_told(newsroom: Newsroom) -> None:
    newsroom.write(ARTICLE)
    override = '[[override]]\ndocument = "nope"\ntext = "x"\nkind = "heading"\n'
    (newsroom.root / "l10n-flow.overrides.toml").write_text(override, "utf-8")
    assert "there is no document 'nope'" in newsroom.sync().err


@pytest.mark.parametrize(
    ("arguments", "told"),
    [
        (["--conversion", "s2hk", "--vocabulary"], "--vocabulary needs a conversion into Simplified"),
        (["--conversion", "jp2t", "--strict"], "there is no strict conversion 'jp2t'"),
        (["--format", "json"], "--format json goes with --explain"),
        (["other"], "takes no other document"),
    ],
)
def test_convert_refuses_what_makes_no_sense(tmp_path, arguments: list[str], told: str) -> None:
    ran = Newsroom(tmp_path).run("convert", "-", *arguments, stdin="甲".encode())
    assert (ran.code, ran.out) == (2, "")
    assert told in ran.err


def test_a_full_disk_is_no_fault_of_ours(tmp_path) -> None:
    if not Path("/dev/full").exists():
        pytest.skip("this system has no /dev/full")
    command = [sys.executable, "-m", "l10n_flow", "convert", "-"]
    with open("/dev/full", "wb") as full:  # noqa: PTH123
        ran = subprocess.run(
            command, input="甲".encode(), stdout=full, stderr=subprocess.PIPE, check=False, cwd=tmp_path
        )
    assert ran.returncode == 2
    assert ran.stderr.decode() == "error: No space left on device\n"


def test_conversion_options_belong_to_the_filter(newsroom: Newsroom) -> None:
    ran = newsroom.run("convert", "--strict")
    assert ran.code == 2
    assert "set in l10n-flow.toml" in ran.err


def test_exit_codes(newsroom: Newsroom) -> None:
    assert newsroom.run("--version").out == "l10n-flow, version 0.1.0\n"
    assert newsroom.run("nonsense").code == 2
    assert newsroom.run("status", "--nonsense").code == 2
    assert newsroom.run("--help").code == 0
    assert newsroom.run().code == 2


def test_a_closed_pipe_is_quiet(newsroom: Newsroom) -> None:
    for number in range(40):
        newsroom.write(ARTICLE, f"d{number}.txt")
    newsroom.run("extract")
    program = f"{sys.executable} -m l10n_flow check | head -n 1"
    ran = subprocess.run(program, shell=True, cwd=newsroom.root, capture_output=True, check=False)
    assert ran.stderr == b""


def test_the_sample_configuration_is_valid(sample: Newsroom) -> None:
    project = load_project(sample.root / "l10n-flow.toml")
    assert [locale.id for locale in project.locales] == ["zh_Hans", "en"]
