"""What an error message tells the user to do, done literally: the error is gone then.

Each message of the program that names a remedy is met by a fragment of ``COMMANDS`` or ``CHANGES``, or is listed below
them; a new one fails ``test_each_remedy_is_tried``.
"""

from __future__ import annotations

import ast
import contextlib
import io
import os
import re
import shutil
import subprocess
import sys
from collections.abc import Callable, Iterator
from pathlib import Path
from typing import NamedTuple

import pytest

import docx_files
import l10n_flow
from conftest import CONFIG, EPOCH, Newsroom, Ran
from l10n_flow.cli import main

ARTICLE = "題目\n\n一句。\n"
PO = """\
msgid ""
msgstr ""
"Language: en\\n"
"Content-Type: text/plain; charset=CHARSET\\n"

msgid "題目"
msgstr "Title 中"
"""
A = "locales/en/LC_MESSAGES/a.po"


def written(path: str, data: str | bytes) -> Callable[[Newsroom], None]:
    """A file of the project that is written so."""

    def write(room: Newsroom) -> None:
        file = room.root / path
        file.parent.mkdir(parents=True, exist_ok=True)
        file.write_bytes(data.encode() if isinstance(data, str) else data)

    return write


def config(more: str, old: str = "", new: str = "") -> Callable[[Newsroom], None]:
    return written("l10n-flow.toml", (CONFIG.replace(old, new, 1) if old else CONFIG) + more)


def gone(path: str) -> Callable[[Newsroom], None]:
    return lambda room: (room.root / path).unlink()


def cut(path: str, lines: int) -> Callable[[Newsroom], object]:
    """A file of which only the first lines are left; the whole of it is in ``kept``."""

    def write(room: Newsroom) -> None:
        shutil.copy(room.root / path, room.root / "kept")
        written(path, b"".join((room.root / path).read_bytes().splitlines(keepends=True)[:lines]))(room)

    return write


def moved(path: str, to: str) -> Callable[[Newsroom], None]:
    return lambda room: (room.root / path).rename(room.root / to) and None


# Commands that a message names ------------------------------------------------------------------------------------


class Command(NamedTuple):
    """A message with a command in it.

    Attributes:
        told: what the message says, with the command in the group.
        faulty: makes the project such that it is told.
        run: tells it.
    """

    told: str
    faulty: Callable[[Newsroom], None]
    run: tuple[str, ...] = ("sync",)


def merged_by_lines(room: Newsroom) -> None:
    """A catalogue with the markers of a merge."""
    text = room.po_path("en").read_text("utf-8")
    both = '<<<<<<< ours\nmsgstr "A"\n=======\nmsgstr "B"\n>>>>>>> theirs\n'
    room.po_path("en").write_text(text.replace('msgid "題目"\nmsgstr ""\n', 'msgid "題目"\n' + both), "utf-8")


def without_project(room: Newsroom) -> None:
    (room.root / "l10n-flow.toml").unlink()


def no_driver(room: Newsroom) -> None:
    subprocess.run(["git", "init", "-q"], cwd=room.root, check=True)
    room.run("init", "--git")
    subprocess.run(["git", "config", "--remove-section", "merge.l10n-flow"], cwd=room.root, check=True)


def published_without(room: Newsroom) -> None:
    config('missing = "source"\n')(room)
    room.write(ARTICLE, "b.txt")
    room.run("sync")
    room.run("build")
    room.source("b.txt").unlink()


COMMANDS = {
    "utf-16": Command(r"convert it with: (iconv .*)", written(A, PO.replace("CHARSET", "UTF-16").encode("utf-16"))),
    "utf-16le": Command(r"convert it with: (iconv .*)", written(A, PO.replace("CHARSET", "UTF-8").encode("utf-16-le"))),
    "hkscs": Command(r"Big5, say, convert it with: (iconv .*)", written(A, PO.replace("中", "𨋢").replace("CHARSET", "UTF-8").encode("big5hkscs"))),
    "gb18030": Command(r"convert the file with: (msgconv .*)", written(A, PO.replace("CHARSET", "GB18030").encode("gb18030"))),
    "big5": Command(r"convert the file with: (msgconv .*)", written(A, PO.replace("CHARSET", "BIG5").encode("big5"))),
    "ascii": Command(r"convert the file with: (msgconv .*)", written(A, PO.replace("CHARSET", "GB2312").replace("題目", "a").replace("中", "").encode())),
    "markers": Command(r": (l10n-flow resolve \S+) merges the two by unit", merged_by_lines, ("status",)),
    "init": Command(r"run: (l10n-flow init)", without_project),
    "git": Command(r"run: (l10n-flow init --git)", no_driver, ("status",)),
    "sync": Command(r"\(run (l10n-flow sync)\)", lambda room: room.write("題目\n\n一句。\n\n二句。\n"), ("build", "--locale", "en")),
    "extract": Command(r"or (extract --prune)", published_without, ("status",)),
    "remove": Command(r"or let it go: (build --remove)", published_without, ("status",)),
}  # fmt: skip


@pytest.fixture
def room(newsroom: Newsroom) -> Newsroom:
    newsroom.write(ARTICLE)
    newsroom.sync()
    return newsroom


@pytest.mark.parametrize("name", COMMANDS)
def test_a_command_that_a_message_names(room: Newsroom, name: str) -> None:
    case = COMMANDS[name]
    case.faulty(room)
    ran = run(room, *case.run)
    found = re.search(case.told, ran.err + ran.out)
    assert found, ran.err + ran.out
    command = found[1].split("\n")[0]
    if not shutil.which(command.split()[0]) and not command.startswith(("l10n-flow", "extract", "build")):
        pytest.skip(f"no {command.split()[0]} here")
    program = f'"{sys.executable}" -P -m l10n_flow'
    command = re.sub(r"^(?=extract|build)", "l10n-flow ", command).replace("l10n-flow", program, 1)
    done = subprocess.run(
        ["sh", "-c", command], cwd=room.root, capture_output=True, text=True, check=False,
        env={**os.environ, "SOURCE_DATE_EPOCH": EPOCH},
    )  # fmt: skip
    assert done.returncode in ({0, 1} if "build" in command or "resolve" in command else {0}), done.stderr
    after = run(room, *case.run)
    assert not re.search(case.told, after.err + after.out), after.err + after.out
    if command.startswith(("iconv", "msgconv")):
        assert after.code == 0
        assert "Title" in room.po_path("en").read_text("utf-8")


# Changes that a message asks for -----------------------------------------------------------------------------------


class Change(NamedTuple):
    """A message that asks for a change.

    Attributes:
        told: what it says.
        faulty: makes the project such that it is told.
        remedy: does what it says.
        run: tells it.
    """

    told: str
    faulty: Callable[[Newsroom], object]
    remedy: Callable[[Newsroom], object]
    run: tuple[str, ...] = ("sync",)


TERMS = CONFIG.replace("[locale.zh", 'termbase = "terms.csv"\n[locale.zh', 1)
ENTRY = '\nmsgid "x"\nmsgid_plural "y"\nmsgstr[0] "z"\n'


def added(path: str, text: str) -> Callable[[Newsroom], object]:
    return lambda room: (room.root / path).write_text((room.root / path).read_text("utf-8") + text, "utf-8")


def without(path: str, text: str) -> Callable[[Newsroom], object]:
    return lambda room: (room.root / path).write_text((room.root / path).read_text("utf-8").replace(text, ""), "utf-8")


def terms(text: str | bytes) -> Callable[[Newsroom], None]:
    def write(room: Newsroom) -> None:
        written("l10n-flow.toml", TERMS)(room)
        written("terms.csv", text)(room)

    return write


def override(text: str) -> Callable[[Newsroom], None]:
    return written("l10n-flow.overrides.toml", text)


SOUND = override('[[override]]\ndocument = "a"\ntext = "題目"\nkind = "heading"\n')
GOOD = terms("zh_Hant,zh_Hans,en\n題目,题目,Title\n")


def word(footnotes: bytes | None = None) -> bytes:
    body = f"<w:p>{docx_files.run('題目')}</w:p>"
    return docx_files.made(body) if footnotes is None else docx_files.made(body, footnotes=footnotes)


WORD = word()
#: A name in Big5, which no decoder of UTF-8 reads.
WRONG = os.fsdecode(b"source/\xa4\xa4.txt")

CHANGES = [
    Change("save the file as UTF-8, or name its encoding", written("source/a.txt", "題目\n".encode("big5")), written("source/a.txt", "題目\n")),
    Change("or name its encoding", written("source/a.txt", "題目\n".encode("big5")), config("", "[locale", 'encoding = "big5"\n[locale')),
    Change("this is UTF-16, not UTF-8; save the file as UTF-8, or name its encoding", written("source/a.txt", "題目\n".encode("utf-16")), config("", "[locale", 'encoding = "utf-16"\n[locale')),
    Change("there is a NUL character at column 2; remove it", written("source/a.txt", "題\0目\n"), written("source/a.txt", "題目\n")),
    Change("would share one catalogue; rename one of them", written("source/a.md", "題目\n"), moved("source/a.md", "source/b.md")),
    Change("is a symbolic link, and inside a project no link is followed; put the file or folder itself there", lambda room: (room.root / A).rename(room.root / "x.po") and (room.root / A).symlink_to(room.root / "x.po"), lambda room: (room.root / A).unlink() or (room.root / "x.po").rename(room.root / A)),
    Change("is a folder where a file has to be; move it away", lambda room: (room.root / A).unlink() or (room.root / A).mkdir(), lambda room: (room.root / A).rename(room.root / "away")),
    Change("where a folder has to be; move it away", lambda room: shutil.rmtree(room.root / "preview", ignore_errors=True) or written("preview", "x")(room), moved("preview", "away")),
    Change("the catalogue is empty; restore it, or delete it to begin anew", written(A, ""), gone(A)),
    Change("plural forms have no place in the catalogue of an article; take the entry out", added(A, ENTRY), without(A, ENTRY)),
    Change('a second or an obsolete header entry (msgid ""); take it out', added(A, '\nmsgid ""\nmsgstr "x"\n'), without(A, '\nmsgid ""\nmsgstr "x"\n')),
    Change("a NUL character; the file seems damaged, restore it", added(A, "\n# \0\n"), without(A, "\n# \0\n")),
    Change("a conflict marker of a version control merge; resolve the conflict first", written("source/a.txt", "<<<<<<< a\n題目\n=======\n題\n>>>>>>> b\n"), written("source/a.txt", "題目\n")),
    Change("did you mean 'name'?", config("", "name =", "nmae ="), config("")),
    Change("names no locale to publish; add a [locale.<id>] table", written("l10n-flow.toml", '[project]\nname = "x"\n'), config("")),
    Change("two locales would be written to the folder en; set name-in-output", config('name-in-output = "en"\n[locale.de]\nname-in-output = "en"\n'), config('name-in-output = "en"\n[locale.de]\nname-in-output = "de"\n')),
    Change("must not lie in one another; choose another", config("", 'name = "newsroom"', 'build-dir = "locales"'), config("", 'name = "newsroom"', 'build-dir = "out"')),
    Change("write an id such as zh_Hant_HK, zh_Hans or en_GB", config("[locale.qqq]\n"), config("[locale.en_GB]\n")),
    Change("is not spelt as gettext does; write zh_Hant", config("[locale.zh-Hant]\n"), config("[locale.zh_Hant]\n")),
    Change("unknown encoding 'big6'; choose one of utf-8", config("", "[locale", 'encoding = "big6"\n[locale'), config("", "[locale", 'encoding = "utf-8"\n[locale')),
    Change("does not exist; create it, or take termbase out of l10n-flow.toml", written("l10n-flow.toml", TERMS), config("")),
    Change("does not exist; create it", written("l10n-flow.toml", TERMS), written("terms.csv", "zh_Hant,zh_Hans,en\n")),
    Change("is not UTF-8; save it as CSV UTF-8", terms("zh_Hant,zh_Hans,en\n題目,题目,x\n".encode("gbk")), GOOD),
    Change("holds a NUL byte; save it as CSV UTF-8", terms("zh_Hant,zh_Hans,en\n題\0,题,x\n"), GOOD),
    Change('put a cell that holds a comma in quotation marks: "…"', terms("zh_Hant,zh_Hans,en\n題目,题目,Title, of\n"), terms('zh_Hant,zh_Hans,en\n題目,题目,"Title, of"\n')),
    Change("has two columns en (columns 3 and 4); rename or remove one", terms("zh_Hant,zh_Hans,en,en\n"), terms("zh_Hant,zh_Hans,en\n")),
    Change('look for a " without its partner', terms('zh_Hant,zh_Hans,en\n題目,题目,"Title\n'), terms('zh_Hant,zh_Hans,en\n題目,题目,"Title"\n')),
    Change("keep one, or write admitted in the status column of the other", terms("zh_Hant,zh_Hans,en,status\n甲,乙,x,\n甲,丙,x,\n"), terms("zh_Hant,zh_Hans,en,status\n甲,乙,x,\n甲,丙,x,admitted\n")),
    Change("write [[override]] tables", override('[overide]\ntext = "x"\n'), SOUND),
    Change("the override says nothing to do; add one of", override('[[override]]\ndocument = "a"\ntext = "題目"\n'), SOUND),
    Change("the override has no 'text'; add text = ", override('[[override]]\ndocument = "a"\nkind = "heading"\n'), SOUND),
    Change("contain it; quote more of the text or add nth", lambda room: room.write("題目在此\n\n一句。\n\n題目在彼。\n") or SOUND(room), override('[[override]]\ndocument = "a"\ntext = "題目"\nkind = "heading"\nnth = 2\n')),
    Change("contain it; quote more of the text", lambda room: room.write("題目在此\n\n一句。\n\n題目在彼。\n") or SOUND(room), override('[[override]]\ndocument = "a"\ntext = "題目在彼"\nkind = "heading"\n')),
    Change("there is no document 'x'; its overrides do nothing", override('[[override]]\ndocument = "x"\ntext = "題目"\nkind = "heading"\n'), SOUND),
    Change("is not UTF-8; save it as UTF-8", written("l10n-flow.toml", CONFIG.replace("newsroom", "報館").encode("big5")), config("")),
    Change("no line has the times of a subtitle (00:00:01,000 --> 00:00:02,000); write them above each text", written("source/s.srt", "1\n題目\n"), written("source/s.srt", "1\n00:00:01,000 --> 00:00:02,000\n題目\n")),
    Change("a WebVTT file begins with the word WEBVTT; write it there", written("source/s.vtt", "00:01.000 --> 00:02.000\n題目\n"), written("source/s.vtt", "WEBVTT\n\n00:01.000 --> 00:02.000\n題目\n")),
    Change("sources in l10n-flow.toml names no .md; add a glob for it, or exclude it", lambda room: config("", "[locale", 'sources = ["source/*.txt"]\n[locale')(room) or written("source/b.md", "題目\n")(room), config("", "[locale", 'sources = ["source/*.txt", "source/*.md"]\n[locale')),
    Change("add a glob for it, or exclude it", lambda room: config("", "[locale", 'sources = ["source/*.txt"]\n[locale')(room) or written("source/b.md", "題目\n")(room), config("", "[locale", 'sources = ["source/*.txt"]\nexclude = ["source/*.md"]\n[locale')),
    Change("save it in a format that is read, or exclude it", written("source/b.odt", "x"), config("", "[locale", 'exclude = ["source/*.odt"]\n[locale')),
    Change("take over what is new in it and delete it, or rename it", written("source/a (conflicted copy).txt", "題目\n"), moved("source/a (conflicted copy).txt", "source/b.txt")),
    Change("holds files that no build wrote; choose another preview-dir, or empty it", lambda room: shutil.rmtree(room.root / "preview", ignore_errors=True) or written("preview/mine.txt", "x")(room), lambda room: shutil.rmtree(room.root / "preview")),
    Change("cannot be written in big5; set output-encoding", lambda room: config("", "[locale.zh", 'encoding = "big5"\noutput-encoding = "source"\n[locale.zh')(room) or written("source/a.txt", "國語\n".encode("big5"))(room), config("", "[locale.zh", 'encoding = "big5"\noutput-encoding = "utf-8"\n[locale.zh')),
    Change("exists already; edit it, or remove it to begin anew", written("x", "x"), gone("l10n-flow.toml"), ("init",)),
    Change("restore the file if it was cut, else end the line", added(A, "\n# x"), added(A, '\nmsgid "x"\nmsgstr "z"\n')),
    Change("the same msgid as on line 13; keep one of the two entries", added(A, '\nmsgid "題目"\nmsgstr "x"\n'), without(A, '\nmsgid "題目"\nmsgstr "x"\n')),
    Change("an invisible character in the source: U+200B ZERO WIDTH SPACE; take it out of the article", written("source/a.txt", "題\u200b目\n"), written("source/a.txt", "題目\n")),
    Change("UTF-16 without a byte order mark; name utf-16le or utf-16be as its encoding", lambda room: config("", "[locale", 'encoding = "utf-16"\n[locale')(room) or written("source/a.txt", "題目\n".encode("utf-16-le"))(room), config("", "[locale", 'encoding = "utf-16le"\n[locale')),
    Change("is read-only; allow writing it (chmod u+w), and try again", lambda room: room.write("題目\n\n一句。\n\n二句。\n") or (room.root / A).chmod(0o444), lambda room: (room.root / A).chmod(0o644)),
    Change("must be a list of tables; write [[checks.overrides]] before each", config('[checks.overrides]\nignore = ["fuzzy"]\n'), config('[[checks.overrides]]\nignore = ["fuzzy"]\n')),
    Change("has no column for zh_Hans; name one zh_Hans, empty if need be", terms("zh_Hant,en\n題目,x\n"), GOOD),
    Change("; open it in Word and save it again", written("source/d.docx", WORD[: len(WORD) // 2]), written("source/d.docx", WORD)),
    Change("this is a zip file, but no Word file; save it as .docx", written("source/d.docx", WORD.replace(b"xml", b"xmk")), written("source/d.docx", WORD)),
    Change("this is a Word 97–2003 document (.doc); save it as .docx", written("source/d.docx", bytes.fromhex("d0cf11e0a1b11ae1") + b"\0" * 600), written("source/d.docx", WORD)),
    Change("the part is UTF-16; open the file in Word and save it again", written("source/d.docx", word('<?xml version="1.0" encoding="UTF-16"?><w:footnotes/>'.encode("utf-16"))), written("source/d.docx", WORD)),
    Change("the part is BIG5, not UTF-8; open the file in Word and save it again", written("source/d.docx", word(b'<?xml version="1.0" encoding="BIG5"?><w:footnotes/>')), written("source/d.docx", WORD)),
    Change("the part is none of a Word document; open the file in Word and save it again", written("source/d.docx", word(b'<?xml version="1.0"?><x/>')), written("source/d.docx", WORD)),
    Change("); open the file in Word and save it again", written("source/d.docx", word(b'<?xml version="1.0"?><x')), written("source/d.docx", WORD)),
    Change("published, and its source holds no text any more; put it back, or say build --remove", lambda room: config('missing = "source"\n')(room) or (room.run("build") and room.write("")), lambda room: room.write(ARTICLE), ("build",)),
    Change("the record of a release is damaged; restore it from git", lambda room: config('missing = "source"\n')(room) or (room.run("build") and [path.write_text("x") for path in (room.root / "releases").iterdir()]), lambda room: [path.unlink() for path in (room.root / "releases").iterdir()], ("releases",)),
    Change("there is no document 'b'; l10n-flow status lists them", written("x", "x"), lambda room: room.write(ARTICLE, "b.txt"), ("sync", "b")),
    Change("is not UTF-8; rename the file", lambda room: (room.root / WRONG).write_text("題目\n", "utf-8"), moved(WRONG, "source/b.txt")),
    Change("a comment without an entry after it; restore the file if it was cut, else take it out", added(A, "\n#. x\n"), without(A, "\n#. x\n")),
    Change("the header ends in the middle; the file seems cut, restore it", cut(A, 3), moved("kept", A)),
    Change("this is RTF; save it as .docx in Word or LibreOffice", written("source/d.docx", r"{\rtf1 x}"), written("source/d.docx", WORD)),
    Change("the file is encrypted with a password; save it without one", written("source/d.docx", bytes.fromhex("d0cf11e0a1b11ae1") + "EncryptedPackage".encode("utf-16-le")), written("source/d.docx", WORD)),
    Change("is damaged; restore it, or remove it and add the accounts anew", written("l10n-flow.users.json", "{"), gone("l10n-flow.users.json"), ("user", "list")),
    Change("/b/a.txt as well; change the pattern in [outputs]", lambda room: config('[outputs]\n"source/a*" = "{locale}/b/{document}{suffix}"\n')(room) or room.write(ARTICLE, "b/a.txt"), config('[outputs]\n"source/a*" = "{locale}/c/{document}{suffix}"\n')),
    Change("no file matches", gone("source/a.txt"), lambda room: room.write(ARTICLE), ("status",)),
]  # fmt: skip


def run(room: Newsroom, *arguments: str) -> Ran:
    """The program, in this process."""
    out, err = io.StringIO(), io.StringIO()
    code: object = 0
    with contextlib.chdir(room.root), contextlib.redirect_stdout(out), contextlib.redirect_stderr(err):
        try:
            main(list(arguments))
        except SystemExit as stop:
            code = stop.code
    return Ran(code if isinstance(code, int) else int(code is not None), out.getvalue(), err.getvalue())


@pytest.mark.parametrize("case", CHANGES, ids=lambda case: case.told[:60])
def test_a_change_that_a_message_asks_for(room: Newsroom, case: Change) -> None:
    case.faulty(room)
    ran = run(room, *case.run)
    assert case.told in ran.err + ran.out, ran.err + ran.out
    case.remedy(room)
    after = run(room, *case.run)
    assert case.told not in after.err + after.out
    assert after.code == 0, after.err


#: Nothing that could be followed: help, the text of files, what only says where to read more.
NO_REMEDY = [
    "files; open",
    "Show each change and the rule that makes it; write nothing.",
    "; l10n-flow --help lists them",
    "; l10n-flow docs lists the pages",
    "; l10n-flow docs {} shows all of it",
    "let a proxy end TLS (l10n-flow docs review)",
    "links begin with the address that l10n-flow review prints",
    "Put articles into source/ and run: l10n-flow sync",
    "; l10n-flow check shows the ids",
    "more; l10n-flow check shows all",
    ": see the errors",
    '<meta name="referrer" content="no-referr',
    "; l10n-flow user list shows them",
    ", and none was; l10n-flow history DOCUMENT shows those with a past",
    "# What l10n-flow makes anew at any time",
    "no release has held a document or unit",
]

#: What other tests follow, with the test.
ELSEWHERE = {
    "# The settings of l10n-flow.": "test_manual.py::test_pages_and_what_settings_and_findings_point_to",
    "l10n-flow docs {}#{}": "test_manual.py::test_each_rule_is_explained_and_nothing_else_with_it",
    "it has a text of its own; empty it first": "test_cli.py::test_two_sentences_rendered_as_one",
    "units begin with": "test_signing.py::test_an_id_of_several_units_is_refused_with_the_longer_ones",
    "the release still links to pages for those who work on it; build again:": "test_build.py::test_a_release_has_bilingual_pages_where_they_are_asked_for",
    ": l10n-flow resolve lists the texts": "test_branches.py::test_two_texts_stand_beside_the_entry_and_somebody_chooses",
    "to choose; take a text by its number, such as:": "test_branches.py::test_two_texts_stand_beside_the_entry_and_somebody_chooses",
    "with the texts of two branches; l10n-flow resolve lists them": "test_branches.py::test_two_texts_stand_beside_the_entry_and_somebody_chooses",
    "hy it is none (l10n-flow ignore), or approve them all the same: --despite-errors": "test_errors_block.py::test_approve_refuses_errors_tells_warnings_and_can_be_told_to_go_on",
    "n texts that are ready: correct them, or say why they are none: l10n-flow ignore": "test_build.py::test_an_error_keeps_a_release_back_until_it_is_settled",
    "otherwise; see convert --upgrade --dry-run": "test_converted_locale.py::test_newer_dictionaries_change_nothing_that_is_published_unless_asked",
    "l10n-flow review printed a new address to come in again.": "test_web_entry.py::test_a_link_leads_on_after_the_token",
    "this address was used already; take the one that l10n-flow review printed last": "test_web_security.py::test_the_token_opens_once_only",
    "ed on to the page you wanted. Each works once; then the terminal shows the next.": "test_web_entry.py::test_a_link_leads_on_after_the_token",
    "too many attempts; try again in": "test_web_security.py::test_guessing_is_slowed_down_even_with_the_right_password",
    " in, and there are no accounts; add one: l10n-flow user add NAME --role reviewer": "test_accounts.py::test_the_command",
    "now; restore it when it is there again": "test_history.py::test_a_unit_that_went_away_is_listed_and_restored_when_it_is_there_again",
}  # fmt: skip

#: Told in tests or not at all, but followed by none: what wants Word, a library, a later version, another person or time,
#: and what is left to try.
NOT_FOLLOWED = [
    "(l10n-flow resolve lists the texts)",
    "(l10n-flow status --todo links to them)",
    "; l10n-flow review shows each at its unit",
    ", or leave a rule out: --ignore RULE",
    "; l10n-flow status --todo links to what needs a person",
    ": correct the files, then run the command again",
    "already; choose another name",
    "olds no invisible characters, and nothing that reads as a date; write it plainly",
    "There is unsaved text in this unit; save or delete it first.",
    "was exchanged while it was looked at; try again",
    "another program keeps writing this file; try again when that has ended",
    "is not the name of a file inside",
    "is half a surrogate pair, no character; take it out",
    "is half a surrogate pair and cannot be written; take it out",
    "a form of the table; use --format text or json",
    "is not installed; run: pip install",
    "is not UTF-8; convert the text to UTF-8 first",
    "this is an Office file, but no Word document; save it as .docx",
    ", which no Word file can hold; remove it",
    '; if they are one, mend the source or add an override with join = "next"',
    "; correct the translation that stands there, or in the block before it",
    "somebody else has to approve your translation; save it",
    "the name or the date cannot stand in a seal; choose a plain name",
    "this saves no text; save it first",
    "there is the control character",
    "declares an entity, which is never expanded; write the text itself",
    "; which is not declared; write the text itself",
    "another program has written this file meanwhile; try again",
    "for a minute; try again when it has finished",
    "needs a library more; install it with: pip install '",
    "of a later version of l10n-flow left out; upgrade to see them",
    "You cannot approve this unit; save it with Ctrl+Enter.",
    "the source does not hold this unit any more; run: l10n-flow sync",
    "; give more of its digits",
    "many log in at this moment; try again in a few seconds",
    "ed: open the address that the terminal shows in another tab, then try again here",
    "your session has ended; log in again in another tab, then save once more",
    "this was not sent by this page; open the page itself and try again",
    "This unit is not in the catalogue yet; nothing was saved. Run: l10n-flow sync",
    "ogram holds this document. Nothing was saved; your text is kept here, try again.",
    "To do so, save once more.",
    "is no address of a server; write it like https://review.example.org",
    "has changed while it was looked at; run it again",
    "git is not installed, and this file is merged by lines; install git",
    "damaged; move the catalogues in this folder back to their places, then delete it",
    "too many catalogues are called",
]


# All of them -------------------------------------------------------------------------------------------------------

#: Words that begin a remedy, after a semicolon or a colon.
_VERBS = (
    "add|allow|build|change|choose|close|commit|convert|correct|create|delete|edit|empty|exclude|give|install|keep|l10n-flow|log|look|"
    "make|mend|move|name|open|put|quote|reload|remove|rename|replace|resolve|restore|run|save|say|see|set|take|try|turn|upgrade|"
    "use|wait|write"
)
_REMEDY = re.compile(rf"[;:,] (?:or )?(?:{_VERBS})\b|l10n-flow [a-z-]+|pip install|\\b(?:iconv|msgconv) -")


def messages() -> Iterator[tuple[str, str]]:
    """Each text of the program that names a remedy, and where; what is computed in it is written {}."""
    root = Path(l10n_flow.__file__).parent
    for path in sorted(root.rglob("*.py")):
        tree = ast.parse(path.read_text("utf-8"))
        inner = {id(each) for node in ast.walk(tree) if isinstance(node, ast.JoinedStr) for each in node.values}
        inner |= {id(node.value) for node in ast.walk(tree) if isinstance(node, ast.Expr)}
        for node in ast.walk(tree):
            if id(node) in inner or not isinstance(node, ast.Constant | ast.JoinedStr):
                continue
            text = _text(node)
            if " " in text and _REMEDY.search(text):
                yield f"{path.relative_to(root)}:{node.lineno}", text


def _text(node: ast.expr) -> str:
    if isinstance(node, ast.JoinedStr):
        return "".join(_text(each) if isinstance(each, ast.Constant) else "{}" for each in node.values)
    return node.value if isinstance(node, ast.Constant) and isinstance(node.value, str) else ""


def is_tried(text: str) -> bool:
    """Whether a message is told by one of the cases above."""
    told = [re.sub(r"[\\()]", "", case.told).split(".*")[0] for case in COMMANDS.values()]
    told += [case.told for case in CHANGES]
    pieces = [piece for piece in re.split(r"\{[^}]*\}", text) if len(piece) > 8]
    return any(each in text or any(piece[-16:] in each for piece in pieces) for each in told)


def test_each_remedy_is_tried() -> None:
    known = [*NO_REMEDY, *ELSEWHERE, *NOT_FOLLOWED]
    missing = [
        f"{where} {text}"
        for where, text in messages()
        if not is_tried(text) and not any(each in text for each in known)
    ]
    assert missing == [], "add a case to COMMANDS or CHANGES, or name in ELSEWHERE the test that follows it"


def test_no_remedy_is_listed_that_is_not_said_or_is_tried() -> None:
    said = [text for _, text in messages()]
    known = [*NO_REMEDY, *ELSEWHERE, *NOT_FOLLOWED]
    assert [each for each in known if not any(each in text for text in said)] == []
    assert [each for each in NOT_FOLLOWED if any(case.told in each or each in case.told for case in CHANGES)] == []


@pytest.mark.parametrize("test", sorted(set(ELSEWHERE.values())))
def test_the_tests_that_follow_a_remedy_are_there(test: str) -> None:
    file, _, name = test.partition("::")
    assert f"def {name}(" in Path(__file__).with_name(file).read_text("utf-8")
