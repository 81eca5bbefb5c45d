"""``history`` and ``restore``: journal and commits together, and putting a version back without inventing an approval."""

from __future__ import annotations

import json
import shutil
from typing import Any

import pytest

from conftest import Newsroom
from l10n_flow import history as pasts
from l10n_flow.catalogue import edit, journal
from l10n_flow.editing import Action, Status
from l10n_flow.errors import L10nFlowError, SourceError
from l10n_flow.history import compaction
from l10n_flow.inside import Inside
from l10n_flow.model import Key, State
from l10n_flow.project import find_project
from l10n_flow.report.history import damage_lines, history_lines, nothing_known
from l10n_flow.work import history as work
from l10n_flow.work import signing
from l10n_flow.work.extract import extract
from test_journal import ARTICLE, FIRST, SECOND, kept, path_of, save
from test_review_git import commit, git

UNIT = FIRST.digest[:8]
with_git = pytest.mark.skipif(shutil.which("git") is None, reason="git is not installed")


@pytest.fixture
def room(newsroom: Newsroom) -> Newsroom:
    newsroom.write(ARTICLE)
    newsroom.sync()
    return newsroom


def versions(room: Newsroom, locale: str = "en") -> tuple[pasts.Version, ...]:
    (found,) = work.history(find_project(room.root), "a", UNIT, [locale])
    return found.found.units[FIRST]


def told(room: Newsroom) -> list[tuple[str, str, str, str]]:
    return [(each.by, each.did or each.subject, each.text, each.state.value) for each in versions(room)]


def restore(room: Newsroom, number: int = 1, name: str = "Zoe", key: Key = FIRST) -> work.Restored:
    return work.restore(find_project(room.root), "a", key.digest[:8], "en", number=number, name=name)


def test_each_save_is_told_newest_first(room: Newsroom) -> None:
    for text, by in (("one", "Ann"), ("two", "Bob")):
        save(room, text, by=by)
    save(room, None, by="Cy", action=Action.APPROVE)
    assert told(room) == [
        ("Cy", "approve", "two", "approved"),
        ("Bob", "save", "two", "translated"),
        ("Ann", "save", "one", "translated"),
    ]
    assert {each.when[:4] for each in versions(room)} == {"2026"}


def test_what_another_program_wrote_is_told_when_it_was_replaced_and_while_it_stands(room: Newsroom) -> None:
    save(room, "ours")
    room.translate({FIRST.source: "theirs"})
    assert [row[1:3] for row in told(room)] == [("", "theirs"), ("save", "ours")]
    save(room, "ours again", by="Bob")
    assert [row[1:3] for row in told(room)] == [("save", "ours again"), ("", "theirs"), ("save", "ours")]


@with_git
def test_journal_and_commits_are_one_history(room: Newsroom) -> None:
    git(room, "init", "-q")
    commit(room, "begin", "2026-01-01")
    room.translate({FIRST.source: "zero"})
    commit(room, "by Poedit", "2026-01-02")
    save(room, "one")
    save(room, "two")
    commit(room, "two it is", "2027-01-01")
    found = versions(room)
    assert [(each.text, each.did, each.subject) for each in found] == [
        ("two", "save", "two it is"),
        ("one", "save", ""),
        ("zero", "", "by Poedit"),
        ("", "", "begin"),
    ]


def test_an_empty_history_says_so(room: Newsroom) -> None:
    ran = room.run("history", "a", "--locale", "en")
    assert (ran.code, ran.out, ran.err) == (0, "", "no earlier version is known (en)\n")
    ran = room.run("history", "a", UNIT, "--format", "json")
    assert (ran.code, json.loads(ran.out)) == (0, [])


def test_the_commands_from_outside(room: Newsroom) -> None:
    save(room, "one")
    save(room, "two")
    listed = room.run("history", "source/a.txt", "--locale", "en")
    assert "save · translated\n       one\n" in listed.out
    rows: list[dict[str, Any]] = json.loads(room.run("history", "a", UNIT, "--locale", "en", "--format", "json").out)
    assert [(row["version"], row["by"], row["text"]) for row in rows] == [(0, "Ann", "two"), (1, "Ann", "one")]
    ran = room.run("restore", "a", UNIT, "--locale", "en", "--by", "Zoe")
    assert (ran.code, ran.out) == (0, f"a en {UNIT}: “two” (translated) → “one” (translated)\n")
    for wrong in (("a", UNIT, "--version", "9"), ("a", "00000000"), ("b", UNIT), ("../a", UNIT), ("a", "x")):
        ran = room.run("restore", *wrong, "--locale", "en", "--by", "Zoe")
        assert (ran.code, ran.out, "Traceback" in ran.err) == (2, "", False)


def test_a_damaged_line_is_named_and_the_rest_told(room: Newsroom) -> None:
    for text in ("one", "two", "three"):
        save(room, text)
    path = path_of(room)
    path.write_bytes(path.read_bytes().replace(b'"by":"Ann"', b'"by":"Ben"', 1) + b'{"v":2}\n')
    project = find_project(room.root)
    found = work.history(project, "a", None, ["en"])
    damaged, newer = damage_lines(project, found)
    assert damaged.startswith("locales/en/LC_MESSAGES/.journal/a.jsonl:1: this line is damaged")
    assert "1 line of a later version" in newer
    assert [each.text for each in versions(room)] == ["three", "two", "one"], "the next line knew what it replaced"


# Restoring -------------------------------------------------------------------------------------------------------


def test_a_text_comes_back_and_again(room: Newsroom) -> None:
    save(room, "one")
    save(room, "two", by="Bob")
    before = room.catalogue("en")
    assert restore(room).after.target == "one"
    assert edit.signatures(room.catalogue("en").entries[FIRST]).translated[0].name == "Ann"
    assert told(room)[0][:3] == ("Zoe", "restore", "one")
    restore(room)
    assert room.catalogue("en").entries[FIRST].says(before.entries[FIRST])


def test_an_approval_comes_back_with_its_text(room: Newsroom) -> None:
    save(room, "one", action=Action.APPROVE, by="Rita")
    save(room, "a slip")
    assert restore(room).after.state is State.APPROVED
    assert edit.is_approved_by(room.catalogue("en").entries[FIRST], "Rita")


@pytest.mark.parametrize("how", [Action.UNAPPROVE, Action.REJECT])
def test_an_approval_that_was_taken_back_does_not(room: Newsroom, how: Action) -> None:
    save(room, "one", action=Action.APPROVE, by="Rita")
    save(room, None, action=how, by="Rita", note="no" if how is Action.REJECT else "")
    save(room, "two")
    for number in range(1, len(versions(room))):
        if versions(room)[number].approvers:
            assert restore(room, number).after.state is State.TRANSLATED
            break
    else:
        pytest.fail("the approval is not in the history")
    assert not edit.is_approved_by(room.catalogue("en").entries[FIRST], "Rita")


def test_a_draft_comes_back_as_a_draft_and_notes_stay(room: Newsroom) -> None:
    save(room, "half", action=Action.NEEDS_EDITING)
    save(room, "whole")
    save(room, None, action=Action.NOTE, note="why?")
    assert restore(room, 2).after.state is State.NEEDS_EDITING
    assert [seal.text for seal in edit.signatures(room.catalogue("en").entries[FIRST]).notes] == ["why?"]


def test_what_is_so_already_changes_nothing(room: Newsroom) -> None:
    save(room, "one")
    save(room, "two")
    restore(room, 1)
    before = room.tree("locales"), path_of(room).read_bytes()
    assert not restore(room, 2).changed
    assert (room.tree("locales"), path_of(room).read_bytes()) == before


def test_a_unit_that_went_away_is_listed_and_restored_when_it_is_there_again(room: Newsroom) -> None:
    save(room, "one", action=Action.APPROVE, by="Rita")
    room.translate({SECOND.source: "The second."})
    room.source().rename(room.source("away"))
    extract(find_project(room.root), prune=True)
    project = find_project(room.root)
    assert FIRST in work.history(project, "a", None, ["en"])[0].found.units
    with pytest.raises(SourceError, match="not in a now"):
        restore(room)
    room.source("away").rename(room.source())
    room.sync()
    assert room.catalogue("en").entries[FIRST].msgstr == ""
    assert restore(room).after.state is State.APPROVED
    assert restore(room, key=SECOND).after.target == "The second."


def test_a_journal_that_is_no_file_is_told(room: Newsroom) -> None:
    save(room, "one")
    path_of(room).unlink()
    path_of(room).mkdir()
    with pytest.raises(L10nFlowError, match="is a folder where a file has to be"):
        versions(room)


def test_nothing_known_is_said_of_all_locales(room: Newsroom) -> None:
    found = work.history(find_project(room.root), "a")
    assert nothing_known(found) == "no earlier version is known (zh_Hans, en)"
    assert [*history_lines(found)] == []


# Compaction ------------------------------------------------------------------------------------------------------


@pytest.fixture
def small(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(compaction, "LARGE", 1)


def sync_anew(room: Newsroom) -> None:
    (room.root / ".l10n-flow" / "index.sqlite").unlink(missing_ok=True)
    room.sync()


def texts(room: Newsroom) -> set[str]:
    return {entry.msgstr for line in kept(room).lines for entry in (line.before, line.after) if entry}


@with_git
def test_what_a_commit_holds_is_dropped_and_nothing_else(room: Newsroom, small: None) -> None:
    git(room, "init", "-q")
    commit(room, "begin", "2026-01-01")
    save(room, "one")
    commit(room, "one", "2026-01-02")
    save(room, "between")
    save(room, "two")
    save(room, "two", action=Action.APPROVE, by="Rita")
    commit(room, "two", "2026-01-03")
    before = [each.text for each in versions(room)]
    save(room, "three")
    sync_anew(room)
    assert texts(room) == {"one", "between", "two", "three"}
    commit(room, "three", "2026-01-04")
    sync_anew(room)
    assert [line.did for line in kept(room).lines] == ["save", "save", "approve"], "what was in no commit"
    assert "between" in texts(room)
    assert {each.text for each in versions(room)} == {*before, "three"}


@with_git
def test_it_does_not_grow_while_all_is_committed(room: Newsroom, small: None) -> None:
    git(room, "init", "-q")
    sizes = []
    for number in range(12):
        save(room, f"text {number % 3}")
        commit(room, str(number), f"2026-01-{number + 1:02}")
        sync_anew(room)
        sizes.append(path_of(room).stat().st_size)
    assert max(sizes) < 300
    assert [each.text for each in versions(room)][:3] == ["text 2", "text 1", "text 0"]


def test_without_git_nothing_is_dropped(room: Newsroom, small: None) -> None:
    save(room, "one")
    save(room, "two")
    before = path_of(room).read_bytes()
    sync_anew(room)
    assert path_of(room).read_bytes() == before


@with_git
def test_a_small_journal_is_left_alone(room: Newsroom) -> None:
    git(room, "init", "-q")
    save(room, "one")
    commit(room, "one", "2026-01-02")
    before = path_of(room).read_bytes()
    sync_anew(room)
    assert path_of(room).read_bytes() == before


def test_an_approval_by_command_is_in_the_history(room: Newsroom) -> None:
    room.translate({FIRST.source: "one"})
    signing.approve(find_project(room.root), [UNIT], ["en"], "Rita")
    assert told(room)[0] == ("Rita", "approve", "one", "approved")
    assert save(room, "two").status is Status.SAVED
    assert journal.read(Inside.at(room.po_path("en")), SECOND).lines == ()
