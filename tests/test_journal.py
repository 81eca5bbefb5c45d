"""The journal: whatever a write replaces is kept before it is replaced, and a damaged line costs that line only."""

from __future__ import annotations

import errno
import itertools
import os
import random
import signal
import subprocess
import sys
from collections.abc import Iterator
from pathlib import Path

import pytest
from hypothesis import given
from hypothesis import strategies as st

from conftest import Newsroom
from entries import edit_for
from l10n_flow import catalogue as po
from l10n_flow import editing, files
from l10n_flow.catalogue import Entry, edit, journal, seals
from l10n_flow.catalogue.journal import Journal, Line
from l10n_flow.editing import Action, Outcome, Status
from l10n_flow.errors import CatalogueError, L10nFlowError
from l10n_flow.inside import Inside
from l10n_flow.model import Key
from l10n_flow.project import find_project
from l10n_flow.review.saving.committer import Committer
from l10n_flow.work import fixing, signing
from l10n_flow.work.extract import extract

DAY = "2026-11-24"
ARTICLE = "題目\n\n第一句。第二句。\n"
FIRST, SECOND = Key(None, "第一句。"), Key(None, "第二句。")


@pytest.fixture
def room(newsroom: Newsroom) -> Newsroom:
    newsroom.write(ARTICLE)
    newsroom.sync()
    return newsroom


def kept(room: Newsroom, locale: str = "en", name: str = "a") -> Journal:
    return journal.read(Inside.at(room.po_path(locale, name)))


def path_of(room: Newsroom, locale: str = "en") -> Path:
    return journal.path_of(Inside.at(room.po_path(locale))).plain


def told(room: Newsroom, locale: str = "en", name: str = "a") -> list[tuple[str | None, ...]]:
    found = kept(room, locale, name)
    assert (found.damaged, found.newer) == ((), ())
    return [
        (each.by, each.did, each.key.source, each.before and each.before.msgstr, each.after and each.after.msgstr)
        for each in found.lines
    ]


def save(
    room: Newsroom, text: str | None, *, by: str = "Ann", action: Action = Action.SAVE, locale: str = "en",
    committer: Committer | None = None, **more: str,
) -> Outcome:  # fmt: skip
    """Change the first sentence as the review page does."""
    base = editing.view(room.catalogue(locale).entries[FIRST], locale, derived=locale == "zh_Hans").version
    asked = edit_for("a", locale, FIRST.digest, action, by, DAY, base, text, **more)
    return (committer or Committer(find_project(room.root))).submit(asked)


# Who writes ------------------------------------------------------------------------------------------------------


def test_a_text_saved_over_another_is_there(room: Newsroom) -> None:
    for text, by in (("one", "Ann"), ("two", "Bob"), ("three", "Ann")):
        assert save(room, text, by=by).status is Status.SAVED
    assert told(room) == [
        ("Ann", "save", FIRST.source, "", "one"),
        ("Bob", "save", FIRST.source, "one", "two"),
        ("Ann", "save", FIRST.source, "two", "three"),
    ]
    assert {each.at for each in kept(room).lines} != {""}
    assert kept(room).lines[-1].after == room.catalogue("en").entries[FIRST]._replace(kinds=(), line=0)


def test_saves_that_were_written_together_are_each_there(room: Newsroom) -> None:
    """Of one unit, by two people: the first was acknowledged and is in no file."""
    version = editing.view(room.catalogue("en").entries[FIRST], "en", derived=False).version
    one = edit_for("a", "en", FIRST.digest, Action.SAVE, "Ann", DAY, version, "one")
    made = edit.set_text(room.catalogue("en").entries[FIRST], "one", "Ann", DAY)
    two = edit_for(
        "a", "en", FIRST.digest, Action.SAVE, "Bob", DAY, editing.view(made, "en", derived=False).version, "two"
    )
    outcomes = Committer(find_project(room.root)).submit_all([one, two])
    assert [outcome.status for outcome in outcomes] == [Status.SAVED] * 2
    assert [row[-1] for row in told(room)] == ["one", "two"]


def test_what_people_say_of_a_text_is_there(room: Newsroom) -> None:
    save(room, "one")
    save(room, None, action=Action.APPROVE, by="Bob")
    save(room, None, action=Action.NOTE, note="why?")
    save(room, None, action=Action.REJECT, note="no", by="Cy")
    assert [(row[0], row[1]) for row in told(room)] == [
        ("Ann", "save"), ("Bob", "approve"), ("Ann", "note"), ("Cy", "reject")
    ]  # fmt: skip
    before, after = kept(room).lines[-1].before, kept(room).lines[-1].after
    assert before is not None
    assert after is not None
    assert [seal.name for seal in before.seals if seal.kind is po.SealKind.APPROVED] == ["Bob"]
    assert (before.fuzzy, after.fuzzy) == (False, True)


def test_the_commands_that_sign_and_fix_tell_who(room: Newsroom) -> None:
    room.translate({FIRST.source: "one ,two."})
    project = find_project(room.root)
    signing.approve(project, [FIRST.digest[:8]], ["en"], "Ann")
    signing.unapprove(project, [FIRST.digest[:8]], ["en"], None)
    save(room, "It says “one.” twice  over.", by="Bob")
    plan = fixing.planned(project, [], ["en"])
    fixing.fix(project, plan, "Cy")
    deeds = [(each.by, each.did) for each in kept(room).lines]
    assert deeds[:3] == [("Ann", "approve"), ("Ann", "unapprove"), ("Bob", "save")]
    assert deeds[3:] == [("Cy", "fix")] * len(plan.fixes)


def test_a_merge_keeps_what_it_makes_fuzzy_or_takes_away(room: Newsroom) -> None:
    save(room, "one")
    room.write(ARTICLE.replace("第一句", "第一段話"))
    room.sync()
    vanished = next(each for each in kept(room).lines if each.did == "merge" and each.key == FIRST)
    assert vanished.before is not None
    assert [seal.kind for seal in vanished.before.seals] == [po.SealKind.TRANSLATED]


def test_what_another_program_replaced_of_ours_is_there(room: Newsroom) -> None:
    save(room, "ours")
    room.translate({FIRST.source: "theirs"})
    room.sync()
    save(room, "ours again")
    texts = {text for row in told(room) for text in row[3:]}
    assert {"ours", "theirs", "ours again"} <= texts


def test_the_converter_s_texts_are_not_kept_and_people_s_are(room: Newsroom) -> None:
    room.write(ARTICLE.replace("第一句", "第一個句子"))
    room.sync()
    assert told(room, "zh_Hans") == []
    room.write(ARTICLE)
    room.sync()
    save(room, "我的", locale="zh_Hans")
    assert save(room, None, action=Action.REVERT, locale="zh_Hans").status is Status.SAVED
    assert [row[3:] for row in told(room, "zh_Hans")] == [("第一句。", "我的"), ("我的", "第一句。")]


def test_a_sync_that_changes_nothing_touches_no_journal(room: Newsroom) -> None:
    save(room, "one")
    room.sync()
    before = path_of(room).stat().st_mtime_ns, path_of(room).read_bytes()
    room.sync()
    (room.root / ".l10n-flow" / "index.sqlite").unlink()
    room.sync()
    assert (path_of(room).stat().st_mtime_ns, path_of(room).read_bytes()) == before
    assert not path_of(room, "zh_Hans").exists()


def test_it_goes_where_its_catalogue_goes(room: Newsroom) -> None:
    save(room, "one")
    save(room, "two")
    room.source().rename(room.source("b.txt"))
    room.sync()
    assert not path_of(room).exists()
    assert [row[-1] for row in told(room, name="b")] == ["one", "two"]


def test_it_is_continued_where_a_document_of_that_name_has_one(room: Newsroom) -> None:
    save(room, "one")
    old, new = (Inside.at(room.po_path("en", name)) for name in ("a", "b"))
    journal.append(new, [Line("", "Bob", "save", SECOND, None, Entry(SECOND, "other"))])
    at_b = journal.path_of(new).plain.read_bytes()
    at_a = journal.path_of(old).plain.read_bytes()
    journal.move(journal.path_of(old), journal.path_of(new))
    assert [row[-1] for row in told(room, name="b")] == ["other", "one"]
    assert told(room) == []
    # The move was killed before its end: gone through again, it says nothing twice.
    journal.path_of(old).plain.write_bytes(at_a)
    journal.move(journal.path_of(old), journal.path_of(new))
    assert journal.path_of(new).plain.read_bytes() == at_b + at_a


def test_names_are_exchanged_and_each_journal_goes_with_its_text(room: Newsroom) -> None:
    save(room, "one")
    room.write("另一篇\n\n這裏說的是別的事。\n", "b.txt")
    room.sync()
    one, other, aside = room.source(), room.source("b.txt"), room.source("c.txt")
    one.rename(aside)
    other.rename(one)
    aside.rename(other)
    room.sync()
    assert [row[-1] for row in told(room, name="b")] == ["one"]
    assert told(room) == []


def test_what_is_pruned_is_kept(room: Newsroom) -> None:
    save(room, "one", action=Action.APPROVE)
    room.write(ARTICLE.replace("第一句。", ""))
    room.sync()
    assert FIRST in room.catalogue("en").obsolete
    room.translate({SECOND.source: "two"})
    room.source().unlink()
    extract(find_project(room.root), prune=True)
    assert not room.po_path("en").exists()
    pruned = [each for each in kept(room).lines if each.did == "prune"]
    assert {each.key: each.before and each.before.msgstr for each in pruned} == {FIRST: "one", SECOND: "two"}


def test_a_damaged_catalogue_is_not_pruned(room: Newsroom) -> None:
    room.po_path("en").write_bytes(b'msgid "half')
    room.source().unlink()
    with pytest.raises(CatalogueError):
        extract(find_project(room.root), prune=True)
    assert room.po_path("en").exists()


def test_git_leaves_it_alone(room: Newsroom) -> None:
    subprocess.run(["git", "init", "-q"], cwd=room.root, check=True)
    save(room, "one")
    done = subprocess.run(
        ["git", "status", "--porcelain", "-uall"], cwd=room.root, capture_output=True, text=True, check=True
    )
    assert "a.po" in done.stdout
    assert journal.FOLDER not in done.stdout


# The file --------------------------------------------------------------------------------------------------------

TEXTS = st.text(st.characters(exclude_categories=["Cs"]), max_size=8) | st.sampled_from(
    ["\n", '","sum":"', "\u2028", "l10n-flow: note: x"]
)
KEYS = st.builds(Key, st.none() | TEXTS, TEXTS)
SEALS = st.builds(lambda text: seals.Seal(po.SealKind.NOTE, text=seals.one_line(text)), TEXTS)
ENTRIES = st.builds(
    lambda key, text, fuzzy, previous, found: po.settled(Entry(key, text, fuzzy, previous).with_seals(found)),
    KEYS, TEXTS, st.booleans(), st.none() | KEYS, st.lists(SEALS, max_size=2),
)  # fmt: skip
LINES = st.lists(
    st.builds(lambda one, two: Line("", "Ann", "save", one.key, one, two._replace(key=one.key)), ENTRIES, ENTRIES),
    max_size=4,
)


@given(LINES, LINES)
def test_what_was_added_is_read(tmp_path_factory: pytest.TempPathFactory, one: list[Line], two: list[Line]) -> None:
    place = Inside.at(tmp_path_factory.mktemp("x") / "a.po")
    journal.append(place, one)
    journal.append(place, two)
    assert journal.read(place) == Journal((*one, *two))
    for key in {each.key for each in one}:
        assert journal.read(place, key).lines == tuple(each for each in (*one, *two) if each.key == key)


def test_a_damaged_line_costs_that_line_only(room: Newsroom) -> None:
    for text in ("one", "two", "three"):
        save(room, text)
    path, lines = path_of(room), path_of(room).read_bytes().split(b"\n")
    path.write_bytes(
        b"\n".join([lines[0], lines[1].replace(b'"two"', b'"twO"'), b"\xff\xfe", b"[" * 99_999, *lines[2:]])
    )
    found = kept(room)
    assert [each.after and each.after.msgstr for each in found.lines] == ["one", "three"]
    assert found.damaged == (2, 3, 4)


@pytest.mark.parametrize("cut", [1, 2, 40])
def test_a_line_that_was_cut_is_not_there_and_the_next_is(room: Newsroom, cut: int) -> None:
    for text in ("one", "two"):
        save(room, text)
    path = path_of(room)
    path.write_bytes(path.read_bytes()[:-cut])
    assert kept(room).damaged == ()
    save(room, "three")
    assert [each.after and each.after.msgstr for each in kept(room).lines][-1] == "three"
    assert len(kept(room).lines) == (3 if cut == 1 else 2)


def test_a_line_of_a_later_version_stays(room: Newsroom) -> None:
    save(room, "one")
    with path_of(room).open("ab") as stream:
        stream.write(b'{"v":2,"what":"is this"}\n')
    save(room, "two")
    assert (len(kept(room).lines), kept(room).newer) == (2, (2,))
    journal.compact(
        Inside.at(room.po_path("en")), "0123", lambda line: line.before is not None and line.before.msgstr != ""
    )
    assert (len(kept(room).lines), kept(room).newer) == (1, (2,))
    assert journal.compacted_at(Inside.at(room.po_path("en"))) == "0123"


# What goes wrong -------------------------------------------------------------------------------------------------


def in_the_way(room: Newsroom, kind: str) -> Path:
    path = path_of(room)
    victim = room.root.parent / "victim"
    match kind:
        case "link":
            path.unlink()
            path.symlink_to(victim)
        case "linked folder":
            victim.mkdir()
            path.unlink()
            path.with_name(".gitignore").unlink()
            path.parent.rmdir()
            path.parent.symlink_to(victim)
        case "pipe":
            path.unlink()
            os.mkfifo(path)
        case "folder":
            path.unlink()
            path.mkdir()
        case "read-only":
            path.chmod(0o444)
    return victim


@pytest.mark.skipif(sys.platform == "win32", reason="links need a privilege on Windows")
@pytest.mark.parametrize("kind", ["link", "linked folder", "pipe", "folder", "read-only"])
def test_a_journal_that_cannot_be_written_refuses_the_save(room: Newsroom, kind: str) -> None:
    save(room, "one")
    victim, before = in_the_way(room, kind), room.po_path("en").read_bytes()
    outcome = save(room, "two")
    assert outcome.status is Status.REFUSED
    assert "nothing was saved" in outcome.message
    result = signing.approve(find_project(room.root), ["a"], ["en"], "Ann")
    assert (len(result.units), len(result.failures)) == (0, 1)
    assert room.po_path("en").read_bytes() == before
    assert not victim.exists() or list(victim.iterdir()) == []
    ran = room.run("approve", "a", "--locale", "en", "--by", "Ann")
    assert (ran.code, "Traceback" in ran.err) == (2, False)


def test_a_full_disk_leaves_both_files_as_they_were(room: Newsroom, monkeypatch: pytest.MonkeyPatch) -> None:
    save(room, "one")
    committer = Committer(find_project(room.root))
    before = room.po_path("en").read_bytes(), path_of(room).read_bytes()

    def full(descriptor: int) -> None:
        raise OSError(errno.ENOSPC, os.strerror(errno.ENOSPC))

    monkeypatch.setattr(files.os, "fsync", full)
    assert "No space left" in save(room, "two", committer=committer).message
    assert (room.po_path("en").read_bytes(), path_of(room).read_bytes()) == before
    monkeypatch.undo()
    assert save(room, "two", committer=committer).status is Status.SAVED


def test_the_journal_is_written_before_the_catalogue(room: Newsroom, monkeypatch: pytest.MonkeyPatch) -> None:
    """Killed in between, there is a line too many, and never one too few."""
    save(room, "one")
    write = files.write_atomically

    def killed(path: Inside, *args: object, **more: object) -> None:
        if path.plain == room.po_path("en"):
            raise L10nFlowError("killed")
        write(path, *args, **more)  # type: ignore[arg-type]

    monkeypatch.setattr(files, "write_atomically", killed)
    assert save(room, "two").status is Status.REFUSED
    room.write(ARTICLE.replace("第一句", "第一段話"))
    assert extract(find_project(room.root)).failures
    assert room.catalogue("en").entries[FIRST].msgstr == "one"
    assert told(room)[1:3] == [("Ann", "save", FIRST.source, "one", "two"), ("", "merge", FIRST.source, "one", None)]


# Many at once, and kills -----------------------------------------------------------------------------------------

WRITER = """
import sys
from dataclasses import replace
from pathlib import Path
from l10n_flow import editing, catalogue as po
from l10n_flow.editing import Action, Edit
from l10n_flow.project import find_project
from l10n_flow.review.saving.committer import Committer
from l10n_flow.work import signing

root, who, count = Path(sys.argv[1]), sys.argv[2], int(sys.argv[3])
project = find_project(root)
committer = Committer(project)
for number in range(count):
    found = po.read(project.catalogue_path("en", "a"), "en")
    for key, entry in list(found.entries.items())[:3]:
        version = editing.view(entry, "en", derived=False).version
        text = f"{who} {number} {key.digest[:4]}"
        edit = Edit(Action.SAVE, who, "2026-11-24", text, document="a", locale="en", unit=key.digest, base=version)
        if committer.submit(edit).status == "saved":
            print(text, flush=True)
    signing.approve(project, ["a"], ["en"], who)
"""


def writers(room: Newsroom, names: str, count: int) -> list[subprocess.Popen[str]]:
    command = [sys.executable, "-c", WRITER, str(room.root)]
    return [
        subprocess.Popen([*command, name, str(count)], stdout=subprocess.PIPE, text=True, cwd=room.root)
        for name in names
    ]


def acknowledged(running: list[subprocess.Popen[str]]) -> Iterator[str]:
    for process in running:
        with process:
            assert process.stdout is not None
            yield from process.stdout.read().splitlines()


def require_all(room: Newsroom, texts: list[str]) -> None:
    """Every acknowledged text is in the catalogue or the journal, which is sound."""
    found = kept(room)
    assert found.damaged == ()
    known = {entry.msgstr for each in found.lines for entry in (each.before, each.after) if entry}
    known |= {entry.msgstr for entry in room.catalogue("en").every}
    assert set(texts) - known == set()
    by_key: dict[Key, list[Line]] = {}
    for each in found.lines:
        by_key.setdefault(each.key, []).append(each)
    for lines in by_key.values():  # whoever replaced a text had read it: no line is missing in between
        for one, two in itertools.pairwise(lines):
            assert one.after is not None
            assert two.before is not None
            assert one.after.msgstr == two.before.msgstr


def test_many_writers_lose_nothing(room: Newsroom) -> None:
    running = writers(room, "ABC", 6)
    for number in range(3):
        room.write(ARTICLE.replace("第二句", f"第二句{number}"))
        room.sync()
    texts = list(acknowledged(running))
    assert len(texts) >= 20
    require_all(room, texts)


def test_kills_lose_nothing(room: Newsroom) -> None:
    texts: list[str] = []
    dice = random.Random(11)
    for number in range(4):
        (process,) = writers(room, "ABCD"[number], 400)
        assert process.stdout is not None
        texts += [process.stdout.readline().strip() for _ in range(dice.randrange(1, 12))]
        process.send_signal(signal.SIGKILL)
        texts += acknowledged([process])
        for path in room.root.rglob("*.po"):
            po.loads(path.read_bytes(), path, "en")
    assert save(room, "the end").status is Status.SAVED
    found = kept(room)
    known = {entry.msgstr for each in found.lines for entry in (each.before, each.after) if entry}
    assert {text for text in texts if len(text.split()) == 3 and len(text.split()[2]) == 4} - known == set()


# Undo ------------------------------------------------------------------------------------------------------------


def test_the_undo_of_a_save_gives_text_state_and_approval_back(room: Newsroom) -> None:
    save(room, "one", action=Action.APPROVE, by="Rita")
    before = room.catalogue("en").entries[FIRST]
    save(room, "a slip")
    assert save(room, None, action=Action.UNDO).status is Status.SAVED
    assert room.catalogue("en").entries[FIRST].says(before)
    assert told(room)[-1][:2] == ("Ann", "undo")
    assert save(room, None, action=Action.UNDO).status is Status.SAVED
    assert room.catalogue("en").entries[FIRST].msgstr == "a slip"


def test_nobody_undoes_what_is_not_theirs_or_not_the_last(room: Newsroom) -> None:
    assert save(room, None, action=Action.UNDO).status is Status.REFUSED
    save(room, "one")
    assert save(room, None, action=Action.UNDO, by="Bob").status is Status.REFUSED
    room.translate({FIRST.source: "by Poedit"})
    assert save(room, None, action=Action.UNDO).status is Status.REFUSED
    assert room.catalogue("en").entries[FIRST].msgstr == "by Poedit"
