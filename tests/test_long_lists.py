"""Long lists end with their summary: how many of what, and what to do next. At a terminal the first lines are gone."""

from __future__ import annotations

from pathlib import Path

import pytest

from conftest import Newsroom, Ran

MANY = 60
BROKEN = b"\xff\xfe\xff"


@pytest.fixture
def room(newsroom: Newsroom) -> Newsroom:
    """Many documents and units without a translation."""
    for number in range(MANY):
        newsroom.write(f"題目\n\n第{number}句話在這裡。\n", f"d{number:02}.txt")
    newsroom.write("題目\n\n" + "\n\n".join(f"這是第{number}句。" for number in range(MANY)) + "\n", "big.txt")
    newsroom.sync()
    return newsroom


def last(text: str) -> str:
    return text.splitlines()[-1]


def test_a_refused_release_says_how_many_units_are_missing(room: Newsroom) -> None:
    ran = room.run("build")
    told = "181 units not ready (l10n-flow status --todo links to them)"
    assert (ran.code, last(ran.err)) == (
        1,
        f"not released: {told}; build/ is as it was (build --drafts writes a preview)",
    )
    assert last(room.run("build", "-v").err) == last(ran.err)


def test_a_release_that_is_refused_for_several_reasons_says_each(newsroom: Newsroom) -> None:
    newsroom.write("題目\n\n" + "\n\n".join(f"他賣了{number}噸鋼鐵。" for number in range(100, 100 + MANY)) + "\n")
    config = newsroom.root / "l10n-flow.toml"
    config.write_text(config.read_text() + "fail-under = 100\n")
    newsroom.sync()
    newsroom.translate({f"他賣了{number}噸鋼鐵。": f"He sold {number + 1} tons." for number in range(100, 100 + MANY)})
    ran = newsroom.run("build")
    assert ran.code == 1
    for part in ("1 unit not ready", f"{MANY} errors in texts that are ready", "1 locale below what is required"):
        assert part in last(ran.err)


def test_units_that_are_not_approved_are_counted_by_reason(room: Newsroom) -> None:
    lines = room.run("approve", "big", "--locale", "en", "--by", "Ann").out.splitlines()
    assert lines[-1] == "0 units approved, 61 not; l10n-flow status --todo links to what needs a person"
    assert lines[-2].startswith("61 units not approved: there is no translation")


def test_findings_end_with_their_numbers(room: Newsroom) -> None:
    assert last(room.run("check").out) == "181 warnings in 61 documents; l10n-flow review shows each at its unit"
    assert last(room.run("check", "d01").out) == "2 warnings in 1 document"


def test_what_needs_a_person_ends_with_its_number(room: Newsroom) -> None:
    assert last(room.run("status", "--todo", "--all").out) == last(room.run("status", "--todo").out)
    assert last(room.run("status", "--todo").out) == "181 units of 61 documents in all: 181 to translate"
    assert "in all" not in room.run("status", "--todo", "d01").out


@pytest.mark.parametrize("command", ["extract", "sync", "check", "status", "build", "convert", "check --fix --diff"])
def test_many_errors_end_with_their_number(room: Newsroom, command: str) -> None:
    for number in range(MANY):
        room.source(f"d{number:02}.txt").write_bytes(BROKEN)
    ran = room.run(*command.split())
    assert ran.code == 2
    errors = [line for line in ran.err.splitlines() if line.startswith("error: ")]
    assert len(errors) == MANY
    assert last(ran.err) == f"{MANY} errors in {MANY} documents: correct the files, then run the command again"


def test_damaged_catalogues_are_counted(room: Newsroom) -> None:
    for number in range(MANY):
        room.po_path("en", f"d{number:02}").write_text('msgid "unfinished\n')
    ran = room.run("sync")
    assert last(ran.err) == f"{MANY} errors in {MANY} catalogues: correct the files, then run the command again"


def test_an_unknown_unit_names_the_first_catalogue_that_cannot_be_read(room: Newsroom) -> None:
    for number in range(MANY):
        room.po_path("en", f"d{number:02}").write_text('msgid "unfinished\n')
    ran = room.run("approve", "0123456789", "--by", "Ann", "--locale", "en")
    assert (ran.code, ran.err.count("cannot be read")) == (2, 2)
    assert ran.err.rstrip().endswith(f"; {MANY - 1} more cannot be read")


def test_published_documents_without_a_source_are_counted(room: Newsroom) -> None:
    config = room.root / "l10n-flow.toml"
    config.write_text(config.read_text().replace("[locale.en]\n", ""))
    assert room.run("build").code == 0
    for number in range(MANY):
        room.source(f"d{number:02}.txt").unlink()
    ran = room.run("build")
    assert ran.code == 1
    remedy = "put them back, or let them go: build --remove"
    assert f"\n{MANY} published documents without a source or a text: {remedy}\n" in ran.err


def test_fixes_that_would_be_made_are_counted(newsroom: Newsroom) -> None:
    newsroom.write("題目\n\n" + "\n\n".join(f"這是第{number}句。" for number in range(MANY)) + "\n")
    newsroom.sync()
    newsroom.translate({f"這是第{number}句。": f"This is  sentence {number}。" for number in range(MANY)})
    ran = newsroom.run("check", "--fix", "--diff")
    assert (ran.code, ran.err) == (1, f"{MANY} units would be fixed; check --fix without --diff does it\n")
    assert newsroom.run("check", "--fix", "--diff", "-q").err == ""
    assert f"{MANY} units fixed\n" in newsroom.run("check", "--fix", "--by", "Ann").err
    after = newsroom.run("check", "--fix", "--diff")
    assert (after.code, after.err) == (0, "")


def test_pairs_end_with_what_to_do(tmp_path: Path, newsroom: Newsroom) -> None:
    path = tmp_path / "pairs.tsv"
    path.write_text(
        "".join(f"他賣了{number}噸鋼鐵。\tHe sold {number + 1} tons.\n" for number in range(100, 100 + MANY))
    )
    ran: Ran = newsroom.run(
        "check", "--bilingual", str(path), "--source-locale", "zh_Hant_HK", "--locale", "en", "--select", "number-mismatch"
    )  # fmt: skip
    assert last(ran.out) == (
        f"{MANY} errors in {MANY} pairs: correct them in {path}, or leave a rule out: --ignore RULE"
    )


HEADER = 'msgid ""\nmsgstr "Content-Type: text/plain; charset=UTF-8\\n"\n\n'


def test_files_that_are_merged_are_counted(newsroom: Newsroom) -> None:
    newsroom.root.joinpath("notes").mkdir()
    for number in range(MANY):
        newsroom.root.joinpath("notes", f"{number}.po").write_text(
            HEADER + f'msgid "a"\n<<<<<<< ours\nmsgstr "b{number}"\n=======\nmsgstr "c"\n>>>>>>> theirs\n'
        )
    ran = newsroom.run("resolve", *(f"notes/{number}.po" for number in range(MANY)))
    told = (
        f"{MANY} of {MANY} files are not merged completely: {MANY} units to choose (l10n-flow resolve lists the texts)"
    )
    assert (ran.code, last(ran.err)) == (1, told)
