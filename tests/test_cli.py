"""The command line: what is typed, what is seen, the exit code."""

from __future__ import annotations

import contextlib
import json
import os
import re
import subprocess
import sys
from pathlib import Path

import click
import pytest

from conftest import CONFIG, Newsroom
from l10n_flow.cli import cli
from l10n_flow.project import INDEX_NAME, load_project
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
        (CONFIG + '[checks.severity]\nfuzy = "error"\n', "l10n-flow.toml:10: there is no check called 'fuzy'; did you"),
        (CONFIG + '[checks]\nselect = ["fuzy"]\n', "l10n-flow.toml:10: there is no check called 'fuzy'; did you"),
        (CONFIG + '[checks]\nignore = ["fuzy"]\n', "did you mean 'fuzzy'?"),
        (CONFIG + '[[checks.overrides]]\nignore = ["fuzy"]\n', "l10n-flow.toml:10: there is no check called 'fuzy'"),
        (CONFIG + '[[checks.overrides]]\nseverity = { fuzy = "info" }\n', "there is no check called 'fuzy'"),
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
    newsroom.edit_unit("en", lambda entry: entry._replace(fuzzy=True))
    newsroom.translate({"黎寒池攝": ""})
    ran = newsroom.run("approve", "a", "--locale", "en", "--by", "A. B.")
    assert ran.code == 0
    assert re.search(
        r"a\.po:14: not approved: 標題在此 \(\w{8}\): a text that needs editing cannot be approved", ran.out
    )
    assert re.search(
        r"not approved: 黎寒池攝 \(\w{8}\): there is no translation, or Chinese is left in it; it cannot be approved yet",
        ran.out,
    )
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
    assert "it has a text of its own; empty it first" in newsroom.run("join", other, "--locale", "en").out
    newsroom.translate({"標題在此": ""})
    assert "it is the first of its block" in newsroom.run("join", other, "--locale", "en").out


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
    (tmp_path / "a.xyz").write_text("標題\n\n第一行文字，\n第二行文字。\n", "utf-8")
    assert shop.run("segment", "a.xyz").code == 2
    blocks = json.loads(shop.run("segment", "a.xyz", "--input-format", "text", "--format", "json").out)
    assert blocks[1] == {
        "kind": "paragraph", "lines": [3], "units": ["第一行文字，"], "roles": ["sentence"],
    }  # fmt: skip
    assert "none.txt: there is no such file" in shop.run("segment", "none.txt").err
    assert shop.run("convert", "-", "--upgrade").code == 2


def test_overrides_of_a_document_that_is_not_there_are_told(newsroom: Newsroom) -> None:
    newsroom.write(ARTICLE)
    override = '[[override]]\ndocument = "nope"\ntext = "x"\nkind = "heading"\n'
    (newsroom.root / "l10n-flow.overrides.toml").write_text(override, "utf-8")
    assert "there is no document 'nope'" in newsroom.run("sync").err


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


def test_what_the_machine_refuses_is_told_with_the_file(tmp_path) -> None:
    shop = Newsroom(tmp_path)
    shop.run("init")
    (tmp_path / "source" / "a.txt").write_text("甲。\n", "utf-8")
    (tmp_path / ".l10n-flow").write_text("in the way")
    ran = shop.run("sync")
    assert ran.code == 2
    assert re.match(r"error: .*\.l10n-flow\S*: .+\n", ran.err)


@pytest.mark.parametrize(
    ("happens", "code", "told"),
    [
        ("open('none/x')", 2, "error: none/x: No such file or directory\n"),
        ("os.write(99, b'x')", 2, "error: Bad file descriptor\n"),
        ("fail(BuildError('cannot be written', path='build'))", 2, "error: build: cannot be written\n"),
        ("fail(KeyboardInterrupt())", 130, "interrupted\n"),
        ("fail(BrokenPipeError())", 0, ""),
        ("1 / 0", 3, "fault: ZeroDivisionError: division by zero; L10N_FLOW_DEBUG=1 shows where. Please report it.\n"),
    ],
)
def test_whatever_happens_inside_is_one_sentence(tmp_path, happens: str, code: int, told: str) -> None:
    program = f"""
import os
from l10n_flow.cli import running
from l10n_flow.errors import BuildError

def fail(error):
    raise error

running.cli.main = lambda **_: {happens}
running.main()
"""
    ran = subprocess.run([sys.executable, "-c", program], capture_output=True, cwd=tmp_path, check=False)
    assert (ran.returncode, ran.stderr.decode()) == (code, told)


@pytest.mark.parametrize("name", ["source", "locales"])
def test_init_makes_a_whole_project_or_nothing(tmp_path, name: str) -> None:
    (tmp_path / name).write_text("a file")
    ran = Newsroom(tmp_path).run("init")
    assert (ran.code, ran.out) == (2, "")
    assert f"error: {name}: is a file where a folder has to be" in ran.err
    assert [path.name for path in tmp_path.iterdir()] == [name]


def on_a_terminal(newsroom: Newsroom, *arguments: str) -> str:
    """What is seen on a terminal that shows no colours; in a pipe click takes escape sequences out by itself."""
    pty = pytest.importorskip("pty", reason="this system has no pseudo-terminals")
    ours, theirs = pty.openpty()
    command = [sys.executable, "-m", "l10n_flow", *arguments]
    env = {**os.environ, "NO_COLOR": "1"}
    seen = b""
    with subprocess.Popen(command, cwd=newsroom.root, stdout=theirs, stderr=theirs, env=env):
        os.close(theirs)
        with contextlib.suppress(OSError):  # how Linux says that the other side has gone
            while chunk := os.read(ours, 4096):
                seen += chunk
    os.close(ours)
    return seen.decode()


_EVIL = "a\x1b[31mred"


@pytest.mark.parametrize(
    "arguments",
    [
        ["extract", "-v"],
        ["convert", "--dry-run", "-v"],
        ["convert", "--explain"],
        ["sync", "-v"],
        ["check"],
        ["status"],
        ["status", "--todo"],
        ["build"],
        ["approve", _EVIL, "-v", "--by", "A"],
        ["approve", _EVIL + "x", "--by", "A"],
        ["segment", f"source/{_EVIL}.txt"],
    ],
    ids=" ".join,
)
def test_no_escape_sequence_of_a_file_name_reaches_the_terminal(newsroom: Newsroom, arguments: list[str]) -> None:
    long = "這是一個很長的段落。" * 6
    newsroom.write(ARTICLE, f"{_EVIL}.txt")
    newsroom.run("sync")
    newsroom.edit_unit("en", lambda entry: entry._replace(msgstr="標題"), name=_EVIL)
    newsroom.write(ARTICLE.replace("工人", "工友") + f"\n{long}工廠和\n\n他們走了。\n", f"{_EVIL}.txt")
    seen = on_a_terminal(newsroom, *arguments)
    assert seen
    assert "\x1b[31m" not in seen


def test_no_escape_sequence_of_a_renamed_document_reaches_the_terminal(newsroom: Newsroom) -> None:
    newsroom.write(ARTICLE, f"{_EVIL}.txt")
    newsroom.run("extract")
    newsroom.source(f"{_EVIL}.txt").rename(newsroom.source(f"{_EVIL}2.txt"))
    assert "is now" in (seen := on_a_terminal(newsroom, "extract"))
    assert "\x1b[31m" not in seen
    newsroom.source(f"{_EVIL}2.txt").unlink()
    assert "its source is gone" in (seen := on_a_terminal(newsroom, "extract"))
    assert "\x1b[31m" not in seen


@pytest.mark.parametrize(
    ("arguments", "keys"),
    [
        (["extract"], {"documents", "renamed", "aside", "sections", "orphans", "strangers", "left"}),
        (["convert"], {"documents", "renamed", "aside", "sections", "orphans", "strangers", "left"}),
        (
            ["build", "--drafts"],
            {"written", "files", "reviews", "folder", "recorded", "problems", "errors", "gates", "absent", "notes"},
        ),
        (["sync"], {"updates", "unchanged", "findings", "remarks", "status", "build"}),
    ],
)
def test_what_was_done_is_told_to_programs(newsroom: Newsroom, arguments: list[str], keys: set[str]) -> None:
    newsroom.write(ARTICLE)
    ran = newsroom.run(*arguments, "--format", "json", "-q")
    assert (ran.code, ran.err) == (0, "")
    assert set(json.loads(ran.out)) == keys


def test_the_conversions_are_told_to_programs(newsroom: Newsroom) -> None:
    newsroom.write(ARTICLE)
    (document,) = json.loads(newsroom.run("convert", "--dry-run", "--format", "json").out)["documents"]
    (locale,) = document["locales"]
    assert (document["document"], locale["locale"], locale["converted"]) == ("a", "zh_Hans", 6)
    change = locale["changes"][0]
    assert (change["source"], change["before"], change["after"]) == ("標題在此", "", "标题在此")
    assert not (newsroom.root / "locales").exists()


def test_the_remarks_of_a_sync_are_the_findings_themselves(newsroom: Newsroom) -> None:
    newsroom.write(ARTICLE)
    newsroom.sync()
    newsroom.translate({**ENGLISH, "標題在此": "標題 title"})
    for _ in range(2):  # the second comes out of the cache
        found = json.loads(newsroom.run("sync", "--format", "json").out)["remarks"]
        finding = next(each for each in found if each["rule"] == "han-in-target")
        assert finding["path"] == "locales/en/LC_MESSAGES/a.po"
        assert (finding["document"], finding["locale"], finding["severity"]) == ("a", "en", "error")


def test_extract_for_one_locale(newsroom: Newsroom) -> None:
    newsroom.write(ARTICLE)
    assert newsroom.run("extract", "--locale", "en").code == 0
    assert newsroom.po_path("en").is_file()
    assert not newsroom.po_path("zh_Hans").exists()
    assert newsroom.run("extract", "--locale", "fr").code == 2


def test_a_quiet_check_without_findings_says_nothing(newsroom: Newsroom) -> None:
    newsroom.write(ARTICLE)
    newsroom.sync()
    assert newsroom.run("check", "--locale", "zh_Hans").out == "no findings\n"
    assert newsroom.run("check", "--locale", "zh_Hans", "-q").out == ""
    assert "untranslated" in newsroom.run("check", "-q").out


def test_check_counts_most_of_what_is_not_translated_yet(newsroom: Newsroom) -> None:
    newsroom.write("標題在此\n\n" + "\n\n".join(f"第{number}段。" for number in range(20)) + "\n")
    newsroom.sync()
    for _ in range(2):  # what is known, and what is not
        brief = newsroom.run("check").out
        assert brief.count("[untranslated]  (") == 5
        assert "… and 16 more [untranslated] (-v shows all)\n" in brief
        assert brief.endswith("\n21 warnings in 1 document\n")
        assert newsroom.run("check", "--fail-level", "warning").code == 1
        for everything in (["-v"], ["--select", "untranslated"]):
            assert newsroom.run("check", *everything).out.count("[untranslated]  (") == 21
        assert len(json.loads(newsroom.run("check", "--format", "json").out)) == 21
        (newsroom.root / INDEX_NAME).unlink(missing_ok=True)


_PAST = {"history", "restore"}
_OF_DOCUMENTS = {
    "extract",
    "convert",
    "status",
    "check",
    "approve",
    "unapprove",
    "join",
    "ignore",
    "build",
    "sync",
    *_PAST,
}


@pytest.mark.parametrize(
    ("option", "commands"),
    [
        ("--locale", {*_OF_DOCUMENTS, "releases", "resolve"} - {"sync"}),
        ("--format", {*_OF_DOCUMENTS, "segment", "releases", "resolve"}),
        ("--quiet", {*_OF_DOCUMENTS, "resolve"} - {"status"}),
        ("--verbose", _OF_DOCUMENTS - {"status", *_PAST}),
    ],
)
def test_the_shared_options_are_where_one_expects_them(option: str, commands: set[str]) -> None:
    context = click.Context(cli)
    there = {name: cli.get_command(context, name) for name in cli.list_commands(context)}
    assert {name for name, command in there.items() for each in command.params if option in each.opts} == commands


def test_every_command_is_listed_by_help_and_none_else(newsroom: Newsroom) -> None:
    context = click.Context(cli)
    listed = re.findall(r"^  ([a-z][a-z-]*)  ", newsroom.run("--help").out, re.MULTILINE)
    assert listed == cli.list_commands(context)
    assert cli.get_command(context, "group") is None


def test_the_version_is_told_without_importing_any_command(tmp_path) -> None:
    program = (
        "import sys; from l10n_flow.cli import main\n"
        "try: main(['--version'])\n"
        "finally: print(sorted(name for name in sys.modules if name.startswith('l10n_flow')))"
    )
    ran = subprocess.run([sys.executable, "-c", program], capture_output=True, cwd=tmp_path, check=True)
    names = ["__main__", "cli", "cli.exits", "cli.group", "cli.running"]
    assert ran.stdout.decode().splitlines()[1] == str(["l10n_flow", *(f"l10n_flow.{name}" for name in names)])


def test_the_filter_has_its_own_help_and_options(tmp_path) -> None:
    shop = Newsroom(tmp_path)
    assert "--punctuation" in shop.run("convert", "-", "--help").out
    assert "--dry-run" not in shop.run("convert", "-", "--help").out
    assert "--dry-run" in shop.run("convert", "--help").out
    ran = shop.run("convert", "--explain", "--upgrade")
    assert (ran.code, "leave --dry-run and --upgrade out" in ran.err) == (2, True)


#: Surroundings in which Python would read names and write text in another encoding than UTF-8.
SURROUNDINGS = {
    "Windows": {"PYTHONIOENCODING": "cp1252"},
    "ASCII": {"PYTHONIOENCODING": "ascii:strict"},
    "UTF-16": {"PYTHONIOENCODING": "utf-16"},
    "a locale of another encoding": {"LC_ALL": "C", "PYTHONUTF8": "0", "PYTHONCOERCECLOCALE": "0"},
}


@pytest.mark.parametrize("env", SURROUNDINGS.values(), ids=SURROUNDINGS)
def test_in_any_surroundings_names_and_output_are_utf8(newsroom: Newsroom, env: dict[str, str]) -> None:
    newsroom.write(ARTICLE, "文章 一.txt")
    here, there = (newsroom.run("sync", env=variables) for variables in ({"LC_ALL": "C.UTF-8"}, env))
    assert (there.code, there.err) == (0, "1 document unchanged\n")
    assert there.out == here.out
    assert "文章 一" in there.out
    ran = newsroom.run("status", "沒有", env=env)
    assert (ran.code, ran.err) == (2, "error: there is no document '沒有'; l10n-flow status lists them\n")
    assert newsroom.run("convert", "-", stdin="廣西".encode(), env=env).out == "广西"


def test_a_name_that_is_not_utf8_is_judged_by_its_bytes(newsroom: Newsroom) -> None:
    newsroom.write(ARTICLE)
    name = os.fsencode(newsroom.source()).replace(b"a.txt", "文章.txt".encode("big5"))
    try:
        Path(os.fsdecode(name)).write_bytes(ARTICLE.encode())
    except OSError:
        pytest.skip("this file system takes names in UTF-8 only")
    for env in ({"LC_ALL": "C.UTF-8"}, SURROUNDINGS["a locale of another encoding"]):
        ran = newsroom.run("sync", env=env)
        assert ran.code == 2
        assert "is not UTF-8; rename the file" in ran.err
        assert "Traceback" not in ran.err
