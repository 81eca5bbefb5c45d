"""Wrong input, hostile input, killed processes: a clear sentence with file and line, and nothing lost."""

from __future__ import annotations

import os
import random
import signal
import subprocess
import sys
import time

import pytest

from conftest import Newsroom
from test_flow import ARTICLE, ENGLISH

OTHER = "另一篇\n\n內容在此。\n"


def test_an_article_with_a_conflict_is_not_published(newsroom: Newsroom) -> None:
    newsroom.write(ARTICLE)
    newsroom.write(OTHER, "b.txt")
    newsroom.sync()
    before = newsroom.tree("locales")
    newsroom.write(ARTICLE.replace("工人", "<<<<<<< HEAD\n工人\n=======\n工友\n>>>>>>> topic\n"))
    for command in (
        ["sync"],
        ["extract"],
        ["convert"],
        ["build"],
        ["build", "--drafts"],
        ["status", "--gate"],
        ["check"],
    ):
        ran = newsroom.run(*command)
        assert ran.code == 2
        assert "source/a.txt:5: a conflict marker of a version control merge; resolve the conflict first" in ran.err
    assert newsroom.tree("locales") == before
    assert b"<<<<" not in b"".join(newsroom.tree("preview").values())


def test_a_text_that_a_person_ended_in_a_line_feed_stops_nothing(newsroom: Newsroom) -> None:
    """Its sentence is deleted, so that it comes to stand at the end of the file, where a cut text would."""
    newsroom.write("標題在此\n\n柳州位於廣西。這裏很好。我們去。\n")
    newsroom.sync()
    newsroom.translate({"標題在此": "Title", "柳州位於廣西。": "One.", "這裏很好。": "Two.", "我們去。": "Three."})
    path = newsroom.po_path("en")
    path.write_bytes(path.read_bytes().replace(b'"Two."', b'"Two.\\n"'))
    newsroom.write("標題在此\n\n柳州位於廣西。我們去。\n")
    newsroom.sync()
    for command in (["status"], ["approve", "a", "--locale", "en", "--by", "T"], ["sync"], ["build"]):
        assert newsroom.run(*command).code == 0
    newsroom.write("標題在此\n\n柳州位於廣西。這裏很好。我們去。\n")
    newsroom.sync()
    assert newsroom.run("build").code == 0
    assert (newsroom.root / "build/en/a.txt").read_text("utf-8") == "Title\n\nOne. Two. Three.\n"


# Which damage is found, and on which line: tests/test_po_syntax.py. Here is what every command makes of it.
@pytest.mark.parametrize(
    ("locale", "damage", "line"),
    [
        ("en", lambda data: data.replace(b"#. caption", b"<<<<<<< HEAD\n#. caption", 1), ":"),
        ("zh_Hans", lambda _: b"", ":1"),
    ],
    ids=["conflict", "empty"],
)
def test_a_damaged_catalogue_costs_its_own_locale_only(newsroom: Newsroom, locale: str, damage, line: str) -> None:
    newsroom.write(ARTICLE)
    newsroom.write(OTHER, "b.txt")
    newsroom.sync()
    path = newsroom.po_path(locale)
    path.write_bytes(damage(path.read_bytes()))
    newsroom.write(ARTICLE.replace("工人", "工友"))
    newsroom.write(OTHER.replace("內容", "全文"), "b.txt")
    broken, other = path.read_bytes(), {"en": "zh_Hans", "zh_Hans": "en"}[locale]
    told = f"locales/{locale}/LC_MESSAGES/a.po{line}"
    ran = newsroom.run("sync")
    assert ran.code == 2
    assert told in ran.err
    assert "Traceback" not in ran.err
    assert path.read_bytes() == broken
    assert "工友" in newsroom.po_path(other).read_text("utf-8")
    assert "全文在此。" in newsroom.po_path("zh_Hans", "b").read_text("utf-8")
    for untrue in ("findings: none", "no documents"):
        assert untrue not in ran.out
    assert "findings: 1 catalogue could not be judged: see the errors" in ran.out
    assert "1 catalogue could not be counted: see the errors" in ran.out
    assert told in newsroom.run("sync").err  # until it is mended
    for command in (
        ["status", "--gate"],
        ["status", "--todo"],
        ["check"],
        ["check", "--format", "junit"],
        ["build"],
        ["build", "--drafts"],
        ["approve", "a", "--by", "T", "--locale", "en", "--locale", "zh_Hans"],
        ["convert"] if locale == "zh_Hans" else ["extract"],
    ):
        again = newsroom.run(*command)
        assert again.code == 2, command
        assert told in again.err
        for untrue in ("no findings", "nothing needs a person", "no documents"):
            assert untrue not in again.out
    assert path.read_bytes() == broken
    assert (b"approved" in newsroom.po_path("zh_Hans").read_bytes()) is (other == "zh_Hans")


def test_a_good_locale_is_released_beside_a_damaged_one(newsroom: Newsroom) -> None:
    newsroom.write(ARTICLE)
    newsroom.sync()
    newsroom.po_path("en").write_text("<<<<<<< HEAD\n", "utf-8")
    assert newsroom.run("build", "--locale", "zh_Hans").code == 0
    released = newsroom.tree("build")
    assert "build/zh_Hans/a.txt" in released
    ran = newsroom.run("build")
    assert ran.code == 2
    assert "not released" in ran.err
    assert newsroom.tree("build") == released
    newsroom.write(ARTICLE.replace("工人", "工友"))
    assert newsroom.run("sync").code == 2
    assert newsroom.run("build", "--locale", "zh_Hans").code == 0
    assert "工友" in newsroom.tree("build")["build/zh_Hans/a.txt"].decode()


def test_the_preview_keeps_a_damaged_edition_and_says_no_more_how_far_it_is(newsroom: Newsroom) -> None:
    newsroom.write(ARTICLE)
    newsroom.sync()
    newsroom.translate(ENGLISH)
    newsroom.sync()
    before = newsroom.tree("preview")
    assert before["preview/index.html"].decode().count("<b>100%</b>") == 2
    good = newsroom.po_path("en").read_bytes()
    newsroom.po_path("en").write_bytes(good[:300])
    newsroom.write(ARTICLE.replace("工人", "工友"))
    for _ in range(2):
        assert newsroom.run("sync").code == 2
        after = newsroom.tree("preview")
        assert after["preview/en/a.html"] == before["preview/en/a.html"]
        assert "工友" in after["preview/zh_Hans/a.txt"].decode()
        index = after["preview/index.html"].decode()
        assert index.count("<b>100%</b>") == 1
        assert "未發布" in index
    newsroom.po_path("en").write_bytes(good)
    newsroom.sync()
    assert "未發布" not in newsroom.tree("preview")["preview/index.html"].decode()


@pytest.mark.parametrize("form", ["github", "sarif", "junit"])
def test_what_could_not_be_judged_is_told_to_programs_too(newsroom: Newsroom, form: str) -> None:
    newsroom.write(ARTICLE)
    newsroom.sync()
    newsroom.po_path("en").write_text("<<<<<<< HEAD\n", "utf-8")
    ran = newsroom.run("check", "--format", form)
    assert ran.code == 2
    path = "locales/en/LC_MESSAGES/a.po"
    expected = {
        "github": f"::error file={path},line=1,title=l10n-flow::a conflict marker",
        "sarif": f'"text": "{path}:1: a conflict marker',
        "junit": f'<error message="{path}:1: a conflict marker',
    }
    assert expected[form] in ran.out


def test_a_catalogue_that_cannot_be_opened_costs_its_own_locale_only(newsroom: Newsroom) -> None:
    newsroom.write(ARTICLE)
    newsroom.sync()
    newsroom.po_path("en").unlink()
    newsroom.po_path("en").mkdir()
    newsroom.write(ARTICLE.replace("工人", "工友"))
    ran = newsroom.run("sync")
    assert ran.code == 2
    assert "locales/en/LC_MESSAGES/a.po: " in ran.err
    assert "工友" in newsroom.po_path("zh_Hans").read_text("utf-8")
    assert "工友" in (newsroom.root / "preview/zh_Hans/a.txt").read_text("utf-8")


def test_catalogues_of_other_programs_are_read_and_taken_back(newsroom: Newsroom) -> None:
    newsroom.write(ARTICLE)
    newsroom.sync()
    newsroom.translate(ENGLISH)
    newsroom.sync()
    canonical = newsroom.po_path("en").read_bytes()
    foreign = b"\xef\xbb\xbf" + canonical.replace(b"\n", b"\r\n").replace(
        b"Content-Type",
        b'X-Generator: Poedit 3.4\\n"\r\n"POT-Creation-Date: 2026-01-01 00:00+0000\\n"\r\n"Content-Type',
        1,
    ).replace(b"#. title", b"#. title\r\n#: source/a.txt:1\r\n#= reviewed", 1)
    newsroom.po_path("en").write_bytes(foreign)
    newsroom.sync()
    assert newsroom.po_path("en").read_bytes() == canonical


@pytest.mark.parametrize(
    ("data", "told"),
    [
        ("好。\n".encode() + b"\xa4\xa4\xa4\xe5", "source/a.txt:2: "),
        (b"\xff\xfeh\x00", "source/a.txt:1: "),
        ("一\n二\0三".encode(), "source/a.txt:2: "),
    ],
    ids=["big5", "utf16", "nul"],
)
def test_a_wrong_source_stops_itself_only(newsroom: Newsroom, data: bytes, told: str) -> None:
    newsroom.source().write_bytes(data)
    newsroom.write(OTHER, "b.txt")
    ran = newsroom.run("sync")
    assert ran.code == 2
    assert told in ran.err
    assert not newsroom.po_path("en").exists()
    assert (newsroom.root / "preview/zh_Hans/b.txt").read_text("utf-8").startswith("另一篇")


def test_an_empty_source_is_a_document_without_units(newsroom: Newsroom) -> None:
    newsroom.source().write_bytes(b"")
    assert newsroom.run("sync").code == 0
    assert newsroom.run("build").code == 0
    assert (newsroom.root / "build/en/a.txt").read_bytes() == b""


def test_ten_megabytes_on_one_line(newsroom: Newsroom) -> None:
    newsroom.source().write_bytes(("柳州新能源汽車突破" + "很" * 50 + "。").encode() * 1000 + b"x" * 10_000_000)
    newsroom.write(OTHER, "b.txt")
    ran = newsroom.run("extract")
    assert ran.code == 0, ran.err
    assert newsroom.po_path("en", "b").exists()


def test_a_source_that_is_a_link_stops_itself_only(newsroom: Newsroom) -> None:
    secret = newsroom.root.parent / "secret.txt"
    secret.write_text("機密文件。\n", "utf-8")
    newsroom.source().symlink_to(secret)
    newsroom.write(OTHER, "b.txt")
    ran = newsroom.run("sync")
    assert ran.code == 2
    assert "source/a.txt: is a symbolic link, and inside a project no link is followed" in ran.err
    assert "機密" not in "".join(data.decode(errors="replace") for data in newsroom.tree().values())
    assert newsroom.po_path("en", "b").exists()


@pytest.mark.skipif(sys.platform == "darwin", reason="macOS has no file names that are not UTF-8")
def test_a_file_name_that_is_no_utf_8_stops_itself_only(newsroom: Newsroom) -> None:
    newsroom.write(OTHER, "b.txt")
    (newsroom.source().parent / os.fsdecode(b"bad\xff.txt")).write_text(OTHER, encoding="utf-8")
    ran = newsroom.run("sync")
    assert ran.code == 2
    assert "is not UTF-8; rename the file" in ran.err
    assert newsroom.po_path("en", "b").exists()


@pytest.mark.parametrize(
    "name", ["a b'c\".txt", "柳州／新聞.txt", "深/夾/文.txt", "line\nbreak.txt", "-dash.txt", "a#?%20.txt"]
)
def test_odd_file_names(newsroom: Newsroom, name: str) -> None:
    newsroom.write(ARTICLE, name)
    newsroom.sync()
    before = newsroom.tree()
    newsroom.sync()
    assert newsroom.tree() == before
    assert newsroom.po_path("en", name.removesuffix(".txt")).exists()
    assert (newsroom.root / "preview/zh_Hans" / name).exists()
    assert newsroom.run("check").code == 0
    ran = newsroom.run("build", "--", f"source/{name}")
    assert ran.code == 1


WRITER = """
import sys
from pathlib import Path
from l10n_flow.files import write_atomically
from l10n_flow.inside import Inside
path = Path(sys.argv[1])
number = 0
while True:
    number += 1
    write_atomically(Inside.at(path), (f"{number % 10}" * 3_000_000).encode())
    print(number, flush=True)
"""


def test_killed_while_writing_leaves_the_old_or_the_new_file(tmp_path) -> None:
    path = tmp_path / "a.po"
    path.write_text("0" * 3_000_000)
    for seed in range(12):
        process = subprocess.Popen([sys.executable, "-c", WRITER, str(path)], stdout=subprocess.PIPE)
        assert process.stdout is not None
        assert process.stdout.readline() == b"1\n", "one write is finished, the next begins"
        time.sleep(random.Random(seed).uniform(0.0, 0.06))
        process.send_signal(signal.SIGKILL)
        process.wait()
        process.stdout.close()
        data = path.read_text()
        assert len(data) == 3_000_000
        assert len(set(data)) == 1


def test_killed_sync_can_be_run_again(newsroom: Newsroom) -> None:
    for number in range(12):
        newsroom.write(ARTICLE.replace("標題在此", f"標題第{number}號"), f"d{number}.txt")
    command = [sys.executable, "-m", "l10n_flow", "sync", "-q"]
    for seed in range(6):
        process = subprocess.Popen(command, cwd=newsroom.root, stdout=subprocess.DEVNULL, stderr=subprocess.DEVNULL)
        time.sleep(random.Random(seed).uniform(0.15, 0.5))
        process.kill()
        process.wait()
    newsroom.sync()
    whole = newsroom.tree()
    assert sum(name.endswith(".po") for name in whole) == 24
    newsroom.sync()
    assert newsroom.tree() == whole


def test_two_syncs_at_once(newsroom: Newsroom) -> None:
    for number in range(6):
        newsroom.write(ARTICLE.replace("標題在此", f"標題第{number}號"), f"d{number}.txt")
    command = [sys.executable, "-m", "l10n_flow", "sync", "-q"]
    both = [
        subprocess.Popen(command, cwd=newsroom.root, stdout=subprocess.DEVNULL, stderr=subprocess.PIPE)
        for _ in range(2)
    ]
    errors = [process.communicate()[1] for process in both]
    assert [process.returncode for process in both] == [0, 0], errors
    before = newsroom.tree()
    newsroom.sync()
    assert newsroom.tree() == before


@pytest.mark.parametrize("command", [["status", "--todo"], ["sync"], ["check"]])
def test_with_a_damaged_termbase_nothing_is_said_to_be_well(newsroom: Newsroom, command: list[str]) -> None:
    newsroom.write(ARTICLE)
    newsroom.sync()
    config = newsroom.root / "l10n-flow.toml"
    config.write_text(config.read_text("utf-8").replace("[project]", '[project]\ntermbase = "terms.csv"'), "utf-8")
    (newsroom.root / "terms.csv").write_text('zh_Hant,zh_Hans\n"a,b\n', "utf-8")
    ran = newsroom.run(*command)
    assert ran.code == 2
    assert "terms.csv:2: is not well-formed CSV" in ran.err
    for untrue in ("nothing needs a person", "findings: none", "no documents", "no findings"):
        assert untrue not in ran.out
    if command != ["check"]:
        assert "1 document could not be judged: see the errors" in ran.out


def test_files_of_a_project_are_no_modules_of_the_program(newsroom: Newsroom) -> None:
    newsroom.write(ARTICLE)
    for name in ("click", "json", "babel", "polib"):
        (newsroom.root / f"{name}.py").write_text("raise SystemExit('taken over')\n", "utf-8")
    ran = newsroom.run("sync")
    assert (ran.code, "taken over" in ran.err) == (0, False)
