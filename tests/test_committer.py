"""Saves of many at once: each is answered when it is in the file, and none is lost."""

from __future__ import annotations

import os
import shutil
import signal
import subprocess
import sys
import tempfile
import threading
from collections.abc import Callable, Iterator, Mapping
from concurrent.futures import ThreadPoolExecutor
from dataclasses import replace
from pathlib import Path
from typing import Any

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from entries import catalogue_of, comment_of, edit_for, unit
from l10n_flow import catalogue as po
from l10n_flow import editing, files, locks
from l10n_flow.catalogue import Catalogue, Draft
from l10n_flow.catalogue import edit as entries
from l10n_flow.editing import Action, Edit, Outcome, Standing, Status, UnitView
from l10n_flow.errors import L10nFlowError
from l10n_flow.inside import Inside
from l10n_flow.model import Key
from l10n_flow.project import Project, find_project
from l10n_flow.review.saving import cached_catalogue, locking
from l10n_flow.review.saving import committer as module
from l10n_flow.review.saving.committer import Committer

DAY = "2026-11-24"
NOW = "2026-11-24 09:00+0000"


def sources(count: int) -> list[Key]:
    return [Key(None, f"這是第{number}句。") for number in range(count)]


def fill(project: Project, count: int, locale: str = "en", document: str = "a") -> None:
    found = catalogue_of(*(unit(key.source, comment="paragraph") for key in sources(count)), locale=locale)
    po.write(project.catalogue_path(locale, document), found)


@pytest.fixture
def project(newsroom) -> Project:
    found = find_project(newsroom.root)
    fill(found, 20)
    return found


def committer_of(project: Project) -> Committer:
    return Committer(project, clock=lambda: NOW)


Shot = Mapping[Key, UnitView]


def snapshot(project: Project, locale: str = "en") -> Shot:
    """The units of the file as they are now."""
    return editing.views(on_disk(project, locale), derived=project.locale(locale).derived)


def unplaced(catalogue: Catalogue) -> dict[Key, UnitView]:
    """Its units, whatever the lines they stand on."""
    return {key: view.at({key: 0}) for key, view in editing.views(catalogue, derived=False).items()}


def in_memory(committer: Committer) -> Shot:
    parsed = committer._queue_of("a", "en").cached.parsed
    return unplaced(parsed.catalogue)


def edit_of(shot: Shot, key: Key, text: str | None, by: str = "Ann", **more: str) -> Edit:
    unit = shot.get(key)
    base = unit.version if unit else ""
    edit = edit_for("a", "en", key.digest[:8], Action.SAVE, by, DAY, base, text)
    return replace(edit, **more)


def on_disk(project: Project, locale: str = "en") -> po.Catalogue:
    found = po.read(project.catalogue_path(locale, "a"), locale)
    assert found is not None
    return found


def text_of(project: Project, key: Key) -> str:
    return str(on_disk(project).entries[key].msgstr)


def together(*calls: Callable[[], Outcome]) -> list[Outcome]:
    """Call all at the same moment, each in its thread."""
    barrier = threading.Barrier(len(calls))

    def one(call: Callable[[], Outcome]) -> Outcome:
        barrier.wait()
        return call()

    with ThreadPoolExecutor(len(calls)) as pool:
        return [future.result(timeout=60) for future in [pool.submit(one, call) for call in calls]]


def as_one_group(committer: Committer, edits: list[Edit]) -> list[Outcome]:
    """Submit edits while the document is being written by another, so that those after the first are one group."""
    with ThreadPoolExecutor(len(edits)) as pool, locks.hold(committer._project.root, "document", "a"):
        futures = []
        for count, edit in enumerate(edits):
            futures.append(pool.submit(committer.submit, edit))
            queue = committer._queue_of("a", edit.locale).combining
            while not queue._led or len(queue._queue) < count:
                pass
        waiting = futures
    return [future.result(timeout=60) for future in waiting]


KEY, OTHER, *_ = sources(20)


def test_a_save_is_in_the_file_when_it_is_answered(project):
    committer = committer_of(project)
    shot = snapshot(project)
    outcome = committer.submit(edit_of(shot, KEY, "one"))
    found = on_disk(project)
    assert (outcome.status, found.entries[KEY].msgstr) == (Status.SAVED, "one")
    assert found.header["PO-Revision-Date"] == NOW
    assert outcome.version == snapshot(project)[KEY].version
    assert outcome.translation.line == found.entries[KEY].line
    assert "translated" in comment_of(found.entries[KEY])


def test_what_is_in_memory_afterwards_is_what_is_in_the_file(project):
    committer = committer_of(project)
    shot = snapshot(project)
    for key, text, action in [(KEY, "one\n\n", "save"), (OTHER, "q\\", "needs-editing"), (KEY, "two", "approve")]:
        base = snapshot(project)[key].version
        edit = edit_of(shot, key, text, action=Action(action), base=base, note="l10n-flow: x \\")
        assert committer.submit(edit).status is Status.SAVED
    assert in_memory(committer) == unplaced(on_disk(project))


TEXTS = st.sampled_from(["", "one", "a\nb\n\nc", "\n\n", 'q"\\'])
NOTES = st.sampled_from(["", "l10n-flow: x \\", "msgid"])
SAVES = st.lists(st.tuples(st.sampled_from(list(Action)), st.integers(0, 3), TEXTS, NOTES), max_size=6)


@settings(max_examples=50)
@given(SAVES)
def test_the_file_is_what_writing_it_anew_would_give(saves):
    with tempfile.TemporaryDirectory() as folder:
        root = Path(folder)
        (root / "l10n-flow.toml").write_text('[project]\nname = "x"\n[locale.en]\n', encoding="utf-8")
        project = find_project(root)
        fill(project, 4)
        found = replace(on_disk(project), obsolete={Key(None, "a"): unit("a", tcomment="kept")}, comment="licence")
        po.write(project.catalogue_path("en", "a"), found)
        committer = committer_of(project)
        for action, number, text, note in saves:
            shot, key = snapshot(project), sources(4)[number]
            takes_text = action in {Action.SAVE, Action.NEEDS_EDITING, Action.APPROVE}
            edit = edit_of(shot, key, text if takes_text else None, action=action, note=note, rule="fuzzy")
            committer.submit(edit)
            found = on_disk(project)
            assert project.catalogue_path("en", "a").plain.read_text("utf-8") == po.dumps(found)
            assert in_memory(committer) == unplaced(on_disk(project))
            assert found.obsolete[Key(None, "a")].comments == ("kept",)


def test_nothing_is_written_when_nothing_changes(project):
    committer = committer_of(project)
    shot = snapshot(project)
    before = project.catalogue_path("en", "a").plain.stat()
    for edit, status in [
        (edit_of(shot, KEY, ""), Status.UNCHANGED),
        (edit_of(shot, KEY, "one", base="0" * 16), Status.CONFLICT),
        (edit_of(shot, KEY, "\0"), Status.REFUSED),
        (edit_of(shot, Key(None, "fort"), "one"), Status.GONE),
    ]:
        assert committer.submit(edit).status is status
    after = project.catalogue_path("en", "a").plain.stat()
    assert (before.st_ino, before.st_mtime_ns) == (after.st_ino, after.st_mtime_ns)


def test_a_unit_that_vanished_is_gone_and_its_catalogue_stays(project):
    committer = committer_of(project)
    shot = snapshot(project)
    found = on_disk(project)
    rest = {key: entry for key, entry in found.entries.items() if key != KEY}
    gone = found.entries[KEY]._replace(msgstr="before")
    po.write(project.catalogue_path("en", "a"), replace(found, entries=rest, obsolete={KEY: gone}))
    outcome = committer.submit(edit_of(shot, KEY, "one"))
    assert (outcome.status, outcome.unit) == (Status.GONE, None)
    assert on_disk(project).obsolete[KEY].msgstr == "before"
    project.catalogue_path("en", "a").plain.unlink()
    assert committer.submit(edit_of(shot, OTHER, "one")).status is Status.GONE
    assert not project.catalogue_path("en", "a").plain.exists()


def test_ids_may_be_longer_and_must_be_long_enough_to_tell_apart(project, monkeypatch):
    committer = committer_of(project)
    shot = snapshot(project)
    assert committer.submit(edit_of(shot, KEY, "one", unit=KEY.digest)).status is Status.SAVED
    assert committer.submit(edit_of(shot, KEY, "one", unit=KEY.digest[:8] + "0" * 9)).status is Status.GONE
    monkeypatch.setattr(Key, "digest", property(lambda key: "12345678" + ("a" if key == KEY else "b") * 56))
    edit = edit_of(snapshot(project), KEY, "two", unit="12345678")
    outcome = committer_of(project).submit(edit)
    assert (outcome.status, "20 units" in outcome.message) == (Status.REFUSED, True)
    assert committer_of(project).submit(replace(edit, unit="12345678a")).status is Status.SAVED


# Others ------------------------------------------------------------------------------------------------------------


@pytest.mark.parametrize("warm", [False, True], ids=["first read", "in memory"])
def test_what_another_program_wrote_is_seen_though_its_times_are_the_same(project, warm):
    path = project.catalogue_path("en", "a").plain
    shot = snapshot(project)
    committer = committer_of(project)
    if warm:
        assert committer.submit(edit_of(shot, OTHER, "mine")).status is Status.SAVED
    times = path.stat()
    draft = Draft(on_disk(project))
    draft.entries[KEY] = entries.set_text(draft.entries[KEY], "theirs", "Poe", DAY)
    po.write(project.catalogue_path("en", "a"), draft.done())
    os.utime(path, ns=(times.st_atime_ns, times.st_mtime_ns))
    stale = edit_of(shot, KEY, "")
    assert committer.submit(stale).translation.target == "theirs"
    assert snapshot(project)[KEY].translation.target == "theirs"
    outcome = committer.submit(edit_of(shot, KEY, "mine"))
    assert (outcome.status, outcome.translation.target) == (Status.CONFLICT, "theirs")
    again = edit_of(shot, KEY, "both", base=outcome.version)
    assert committer.submit(again).status is Status.SAVED
    assert text_of(project, KEY) == "both"


def interrupt(
    project: Project, monkeypatch: pytest.MonkeyPatch, texts: Iterator[str], where: tuple[Any, str] = (os, "fsync")
) -> None:
    """Have another program write one of the texts each time ours does something, without asking for the lock."""
    path, real = project.catalogue_path("en", "a").plain, getattr(*where)

    def interrupted(*arguments: Any) -> Any:
        theirs = next(texts, None)
        if theirs is not None:
            draft = Draft(on_disk(project))
            draft.entries[OTHER] = draft.entries[OTHER]._replace(msgstr=theirs)
            path.write_text(po.dumps(draft.done()), "utf-8")
        return real(*arguments)

    monkeypatch.setattr(*where, interrupted)


MOMENTS = {
    "while ours is put together": (cached_catalogue.rewrite, "joined"),
    "while ours is going to the disk": (os, "fsync"),
}


@pytest.mark.parametrize("where", list(MOMENTS.values()), ids=list(MOMENTS))
def test_a_program_that_writes_without_a_lock_in_the_middle_loses_nothing(project, monkeypatch, where):
    committer = committer_of(project)
    shot = snapshot(project)
    interrupt(project, monkeypatch, iter(["theirs"]), where)
    assert committer.submit(edit_of(shot, KEY, "mine")).status is Status.SAVED
    assert (text_of(project, KEY), text_of(project, OTHER)) == ("mine", "theirs")


def test_a_program_that_never_stops_writing_is_told_of(project, monkeypatch):
    committer = committer_of(project)
    shot = snapshot(project)
    interrupt(project, monkeypatch, map("theirs {}".format, range(99)))
    outcome = committer.submit(edit_of(shot, KEY, "mine"))
    assert (outcome.status, "another program" in outcome.message) == (Status.REFUSED, True)
    assert (text_of(project, KEY), text_of(project, OTHER)[:6]) == ("", "theirs")
    assert snapshot(project)[KEY].translation.target == ""


def test_a_damaged_file_is_refused_with_its_line_and_left_alone(project):
    fill(project, 20, "zh_Hans")
    committer = committer_of(project)
    shot, other = snapshot(project), snapshot(project, "zh_Hans")
    path = project.catalogue_path("en", "a").plain
    path.write_text(path.read_text("utf-8") + '\nmsgid "cut', encoding="utf-8")
    before = path.read_bytes()
    outcomes = as_one_group(committer, [edit_of(shot, key, "one") for key in sources(3)])
    for outcome in outcomes:
        assert (outcome.status, outcome.unit) == (Status.REFUSED, None)
        assert f"a.po:{before.count(bytes([10])) + 1}: " in outcome.message
    assert path.read_bytes() == before
    assert committer.submit(edit_of(other, KEY, "one", locale="zh_Hans")).status is Status.SAVED


def test_an_error_while_writing_is_told_to_all_and_nothing_is_claimed(project, monkeypatch):
    committer = committer_of(project)
    shot = snapshot(project)

    def full(path: Inside, data: bytes, **_: str) -> None:
        raise L10nFlowError("cannot be written: No space left on device", path=path.plain)

    with monkeypatch.context() as patch:
        patch.setattr(module.files, "write_atomically", full)
        edits = [edit_of(shot, key, "one") for key in sources(5)] + [edit_of(shot, KEY, "two", base="0")]
        outcomes = as_one_group(committer, edits)
    assert {(outcome.status, outcome.unit) for outcome in outcomes} == {(Status.REFUSED, None)}
    assert all("No space left" in outcome.message for outcome in outcomes)
    assert snapshot(project) == shot
    assert committer.submit(edits[1]).status is Status.SAVED
    assert [entry.msgstr for entry in on_disk(project).entries.values()].count("") == 19


def test_a_fault_of_ours_reaches_everyone_who_waits_and_the_next_are_served(project, monkeypatch):
    committer = committer_of(project)
    shot = snapshot(project)
    with monkeypatch.context() as patch:
        patch.setattr(module.editing, "apply", lambda *_, **__: 1 / 0)
        with pytest.raises(ZeroDivisionError):
            as_one_group(committer, [edit_of(shot, key, "one") for key in sources(4)])
    assert committer.submit(edit_of(shot, KEY, "one")).status is Status.SAVED


NAMES = ["../../x", "/etc/passwd", "a/../a", "", ".", "a//a", "..", "./a"]


@pytest.mark.parametrize("document", NAMES)
def test_a_name_cannot_lead_out_of_the_catalogues(project, document):
    committer = committer_of(project)
    edit = edit_for(document, "en", KEY.digest, Action.SAVE, "Ann", DAY, "", "one")
    assert committer.submit(edit).status is Status.REFUSED


@pytest.mark.parametrize("document", ["b", "a\0", "\ud800", "a" * 5000, "a/b"])
def test_a_document_that_is_none_leaves_nothing_behind(project, document, newsroom):
    before = sorted(newsroom.root.rglob("*"))
    edit = edit_for(document, "en", KEY.digest, Action.SAVE, "Ann", DAY, "", "one")
    assert committer_of(project).submit(edit).status is Status.GONE
    assert sorted(newsroom.root.rglob("*")) == before


def test_an_unknown_locale_is_refused(project):
    edit = edit_for("a", "fr", KEY.digest, Action.SAVE, "Ann", DAY, "", "one")
    assert committer_of(project).submit(edit).status is Status.REFUSED


def test_what_one_may_is_told_from_the_unit_as_it_is_now(project):
    committer = committer_of(replace(project, forbid_own_approval=True))
    shot = snapshot(project)
    base = committer.submit(edit_of(shot, KEY, "one"), Standing.TRANSLATOR).version
    approval = edit_of(shot, KEY, None, action=Action.APPROVE, base=base)
    assert committer.submit(approval).status is Status.REFUSED
    assert committer.submit(replace(approval, by="Bob"), Standing.TRANSLATOR).status is Status.REFUSED
    assert committer.submit(replace(approval, by="Bob"), Standing.REVIEWER).status is Status.SAVED


def test_a_converted_text_comes_back_as_convert_makes_it(newsroom):
    newsroom.write("標題\n\n柳州說：「鋼鐵。」他說：『好。』\n")
    newsroom.sync()
    project = find_project(newsroom.root)
    committer = committer_of(project)
    before = newsroom.tree("locales")
    for key in snapshot(project, "zh_Hans"):
        edit = replace(edit_of(snapshot(project, "zh_Hans"), key, "我的"), locale="zh_Hans")
        saved = committer.submit(edit)
        assert saved.status is Status.SAVED
        back = replace(edit, action=Action.REVERT, text=None, base=saved.version)
        assert committer.submit(back).status is Status.SAVED
    newsroom.edit("zh_Hans", lambda found: found.header.update({"PO-Revision-Date": before_date(before)}))
    assert newsroom.tree("locales") == before


def before_date(tree: dict[str, bytes]) -> str:
    text = tree["locales/zh_Hans/LC_MESSAGES/a.po"].decode()
    return text.split("PO-Revision-Date: ")[1].split("\\n")[0]


def test_a_unit_that_left_the_source_cannot_be_converted(newsroom):
    newsroom.write("標題\n\n柳州鋼鐵。\n")
    newsroom.sync()
    project = find_project(newsroom.root)
    committer = committer_of(project)
    shot = snapshot(project, "zh_Hans")
    key = Key(None, "柳州鋼鐵。")
    saved = committer.submit(replace(edit_of(shot, key, "我的"), locale="zh_Hans"))
    back = replace(edit_of(shot, key, None), locale="zh_Hans", action=Action.REVERT, base=saved.version)
    newsroom.write("標題\n\n別的。\n")
    assert "sync" in committer.submit(back).message
    newsroom.source().unlink()
    assert committer.submit(back).status is Status.REFUSED


def test_nobody_waits_for_a_document_while_its_source_is_looked_for(newsroom, monkeypatch):
    newsroom.write("標題\n\n柳州鋼鐵。\n")
    newsroom.sync()
    project = find_project(newsroom.root)
    real = module._conversions_of

    def unlocked(*arguments: Any) -> Any:
        with pytest.MonkeyPatch.context() as patch:
            patch.setattr(locks, "_SECONDS", 0.1)
            with locks.hold(project.root, "document", "a"):
                return real(*arguments)

    monkeypatch.setattr(module, "_conversions_of", unlocked)
    edit = replace(edit_of(snapshot(project, "zh_Hans"), Key(None, "柳州鋼鐵。"), None), locale="zh_Hans")
    assert committer_of(project).submit(replace(edit, action=Action.REVERT)).status is Status.UNCHANGED


# Many at once ------------------------------------------------------------------------------------------------------


def test_of_two_on_one_unit_exactly_one_wins(project):
    committer = committer_of(project)
    for key in sources(20):
        shot = snapshot(project)
        edits = [edit_of(shot, key, f"by {name}", name) for name in ("Ann", "Bob")]
        outcomes = together(*(lambda edit=edit: committer.submit(edit) for edit in edits))
        assert sorted(outcome.status for outcome in outcomes) == [Status.CONFLICT, Status.SAVED]
        winner = next(
            edit.text for edit, outcome in zip(edits, outcomes, strict=True) if outcome.status is Status.SAVED
        )
        assert [outcome.translation.target for outcome in outcomes] == [winner, winner]
        assert text_of(project, key) == winner


def test_in_one_group_the_first_wins_and_one_write_serves_all(project, monkeypatch):
    committer = committer_of(project)
    shot = snapshot(project)
    writes = []
    real = files.write_atomically
    monkeypatch.setattr(
        module.files, "write_atomically", lambda path, data, **more: (writes.append(path), real(path, data, **more))
    )
    edits = [edit_of(shot, key, "one") for key in sources(10)] + [edit_of(shot, OTHER, "two")]
    outcomes = as_one_group(committer, edits)
    assert [outcome.status for outcome in outcomes] == [Status.SAVED] * 10 + [Status.CONFLICT]
    assert outcomes[-1].translation.target == "one"
    assert len([path for path in writes if path.name.endswith(".po")]) <= 2


def test_what_is_submitted_together_is_answered_in_its_order_and_written_at_once(project, monkeypatch):
    fill(project, 20, "zh_Hans")
    committer, shot = committer_of(project), snapshot(project)
    writes = []
    real = files.write_atomically
    monkeypatch.setattr(
        files, "write_atomically", lambda path, data, **more: (writes.append(path), real(path, data, **more))
    )
    one = [edit_of(shot, key, f"{key.source} 1") for key in sources(20)]
    asked = [
        *one[:10],
        replace(one[0], text="late"),
        replace(one[0], locale="zh_Hans", base=snapshot(project, "zh_Hans")[KEY].version),
        replace(one[0], document="b"),
        replace(one[0], locale="fr"),
        *one[10:],
    ]
    outcomes = committer.submit_all(asked)
    expected = [Status.SAVED] * 10 + [Status.CONFLICT, Status.SAVED, Status.GONE, Status.REFUSED] + [Status.SAVED] * 10
    assert [outcome.status for outcome in outcomes] == expected
    assert [outcome.translation.target for outcome in outcomes[-10:]] == [edit.text for edit in one[10:]]
    assert len([path for path in writes if path.name.endswith(".po")]) == 2
    assert committer.submit_all([]) == []


def test_what_twenty_save_at_once_is_all_in_the_file(project):
    threads, saves = 20, 50
    fill(project, threads * saves)
    fill(project, threads, "zh_Hans")
    committer = committer_of(project)
    shots = {locale: snapshot(project, locale) for locale in ("en", "zh_Hans")}
    keys = sources(threads * saves)

    def save_all(number: int) -> list[tuple[Key, str]]:
        done = []
        for key in keys[number::threads]:
            outcome = committer.submit(edit_of(shots["en"], key, f"{number} {key.source}"))
            done += [(key, outcome.translation.target)] if outcome.status is Status.SAVED else []
        edit = edit_of(shots["zh_Hans"], keys[number], "x", locale="zh_Hans")
        assert committer.submit(edit).status is Status.SAVED
        return done

    with ThreadPoolExecutor(threads) as pool:
        acknowledged = [pair for done in pool.map(save_all, range(threads)) for pair in done]
    assert len(acknowledged) == threads * saves
    found = on_disk(project).entries
    assert sum(found[key].msgstr == text for key, text in acknowledged) == threads * saves
    assert all(entry.msgstr == "x" for entry in on_disk(project, "zh_Hans").entries.values())


def test_another_program_gets_its_turn_while_saves_never_cease(project, monkeypatch):
    monkeypatch.setattr(locking, "BUSY", 0.1)
    ours, done = locking.DocumentLocks(project.root), threading.Event()

    def save_on_and_on() -> None:
        while not done.is_set():
            with ours.writing("a"):
                done.wait(0.02)

    with ThreadPoolExecutor(3) as pool:
        futures = [pool.submit(save_on_and_on) for _ in range(3)]
        try:
            with pytest.MonkeyPatch.context() as patch:
                patch.setattr(locks, "_SECONDS", 1)
                for _ in range(2):
                    done.wait(0.2)
                    with locks.hold(project.root, "document", "a"):
                        pass
        finally:
            done.set()
    assert [future.result() for future in futures] == [None] * 3


def test_turns_are_not_waited_for_when_nobody_is_busy(project, monkeypatch):
    monkeypatch.setattr(locking.time, "sleep", lambda _: pytest.fail("it slept"))
    ours = locking.DocumentLocks(project.root)
    for _ in range(3):
        with ours.writing("a"):
            pass


def test_only_so_many_catalogues_stay_in_memory(project, monkeypatch):
    monkeypatch.setattr(module, "KEPT", 2)
    committer = committer_of(project)
    for number in range(4):
        fill(project, 1, document=f"d{number}")
        edit = edit_for(f"d{number}", "en", KEY.digest, Action.SAVE, "Ann", DAY, "", "one")
        assert committer.submit(edit).status is Status.CONFLICT
    assert sum(bench.cached.parsed is not None for bench in committer._queues.values()) == 2


WRITER = """
import os, sys, threading
from pathlib import Path
from l10n_flow import catalogue as po
from l10n_flow.project import find_project
from l10n_flow import editing
from l10n_flow.review.saving.committer import Committer
from l10n_flow.editing import Action, Edit, Status

committer = Committer(find_project(Path(sys.argv[1])))
project = find_project(Path(sys.argv[1]))
units = list(editing.views(po.read(project.catalogue_path("en", "a"), "en"), derived=False).items())

def save(number):
    for key, unit in units[int(sys.argv[2]) :: int(sys.argv[3])][number::8]:
        edit = Edit(Action.SAVE, "Ann", "2026-11-24", "EN " + key.digest, document="a", locale="en", unit=key.digest, base=unit.version)
        if committer.submit(edit).status is Status.SAVED:
            os.write(1, key.digest.encode() + b"\\n")

threads = [threading.Thread(target=save, args=(number,)) for number in range(8)]
for thread in threads: thread.start()
for thread in threads: thread.join()
"""


def test_two_processes_do_not_write_over_each_other(project):
    fill(project, 400)
    commands = [[sys.executable, "-c", WRITER, str(project.root), number, "2"] for number in "01"]
    processes = [subprocess.Popen(command, stdout=subprocess.PIPE) for command in commands]
    acknowledged = [line for process in processes for line in process.communicate(timeout=60)[0].split()]
    assert len(acknowledged) == len(set(acknowledged)) == 400
    assert {entry.msgstr[:2] for entry in on_disk(project).entries.values()} == {"EN"}


@pytest.mark.skipif(sys.platform == "win32", reason="there is no SIGKILL on Windows")
@pytest.mark.parametrize("after", [1, 150, 700])
def test_what_was_acknowledged_before_a_kill_is_in_the_file(project, after, tmp_path):
    fill(project, 2000)
    process = subprocess.Popen([sys.executable, "-c", WRITER, str(project.root), "0", "1"], stdout=subprocess.PIPE)
    assert process.stdout is not None
    with process:
        lines = [process.stdout.readline() for _ in range(after)]
        process.send_signal(signal.SIGKILL)
        lines += process.stdout.readlines()  # communicate would not see what has been read ahead, and begin in a line
    acknowledged = [line.decode().strip() for line in lines if line.endswith(b"\n")]
    assert process.returncode == -signal.SIGKILL
    assert after <= len(acknowledged) < 2000
    path = project.catalogue_path("en", "a").plain
    saved = {entry.msgstr for entry in on_disk(project).entries.values()}
    assert sum(f"EN {digest}" in saved for digest in acknowledged) == len(acknowledged)
    text = path.read_text("utf-8")
    assert po.dumps(po.loads(text.encode(), path, "en")) == text
    if shutil.which("msgfmt"):
        subprocess.run(["msgfmt", "-c", "-o", str(tmp_path / "a.mo"), str(path)], check=True, capture_output=True)
