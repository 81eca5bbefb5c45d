"""What git tells the review page: a unit's earlier versions, and what has changed since a day, in real repositories."""

from __future__ import annotations

import os
import shutil
import subprocess
import sys
import time
from collections.abc import Iterator
from pathlib import Path

import pytest
from polib import POEntry

from conftest import Newsroom
from l10n_flow.catalogue import edit
from l10n_flow.history import Past
from l10n_flow.history import git as commands
from l10n_flow.history.commits import _Reader
from l10n_flow.model import Key
from l10n_flow.project import load_project
from l10n_flow.review.page.model import Filter
from test_review_reading import ANN, ARTICLE, change, page, project_view, sources, sync, with_settings

pytestmark = pytest.mark.skipif(shutil.which("git") is None, reason="git is not installed")


@pytest.fixture(autouse=True)
def utc(monkeypatch: pytest.MonkeyPatch) -> Iterator[None]:
    """In November 2026, whatever the clock says."""
    monkeypatch.setenv("SOURCE_DATE_EPOCH", "1795000000")
    monkeypatch.setenv("TZ", "UTC")
    time.tzset()
    yield
    monkeypatch.undo()
    time.tzset()


@pytest.fixture
def room(newsroom: Newsroom) -> Newsroom:
    newsroom.write(ARTICLE)
    sync(newsroom)
    return newsroom


IDENTITY = {
    "GIT_AUTHOR_NAME": "Ann Lee", "GIT_AUTHOR_EMAIL": "ann@example.org",
    "GIT_COMMITTER_NAME": "Ann Lee", "GIT_COMMITTER_EMAIL": "ann@example.org",
    "GIT_CONFIG_GLOBAL": os.devnull, "GIT_CONFIG_NOSYSTEM": "1",
}  # fmt: skip


def git(room: Newsroom, *arguments: str, day: str = "2026-01-01") -> None:
    moment = day if "T" in day else f"{day}T12:00:00Z"
    dates = {"GIT_AUTHOR_DATE": moment, "GIT_COMMITTER_DATE": moment}
    done = subprocess.run(
        ["git", *arguments], cwd=room.root, env={**os.environ, **IDENTITY, **dates}, capture_output=True, check=False
    )
    assert done.returncode == 0, done.stderr


def commit(room: Newsroom, subject: str, day: str) -> None:
    git(room, "add", "-A", day=day)
    git(room, "commit", "-q", "-m", subject, day=day)


@pytest.fixture
def versioned(room: Newsroom) -> Newsroom:
    """A unit's story: extracted, translated, the file damaged for a while, another unit changed, improved."""
    git(room, "init", "-q")
    commit(room, "begin", "2026-01-01")
    room.translate({"圖1": "Fig 1"})
    commit(room, "translate", "2026-01-02")
    sound = room.po_path("en").read_bytes()
    room.po_path("en").write_bytes(sound + b"<<<<<<< HEAD\n")
    commit(room, "damage", "2026-01-03")
    room.po_path("en").write_bytes(sound)
    room.translate({"後面還有。": "More."})
    commit(room, "another", "2026-01-04")
    change(room, "圖1", lambda entry: edit.set_text(entry, "Figure 1", "Ann", "2026-01-05"))
    change(room, "圖1", lambda entry: edit.approve(entry, "Ann", "2026-01-05"))
    commit(room, "improve\n\nbody", "2026-01-05")
    return room


def id_of(source: str) -> str:
    return Key(None, source).digest[:8]


def test_history_tells_each_text_a_unit_had(versioned: Newsroom) -> None:
    found = project_view(versioned).history("a", "en", id_of("圖1"))
    assert [(each.when[:10], each.by, each.subject, each.text, each.state.value) for each in found] == [
        ("2026-01-05", "Ann Lee", "improve", "Figure 1", "approved"),
        ("2026-01-02", "Ann Lee", "translate", "Fig 1", "translated"),
        ("2026-01-01", "Ann Lee", "begin", "", "untranslated"),
    ]
    assert all(len(each.commit) == 40 for each in found)


@pytest.mark.parametrize(
    "source", ['說"好"的 C:\\new\\x 圖', "柳鋼的很長很長的一句話" * 20, "圖1", "tab\there", "back\\", "two\nlines"]
)
@pytest.mark.parametrize("layout", ["ours", "crlf", "wrapped", "numbered"])
def test_history_finds_a_unit_however_it_is_written(newsroom: Newsroom, source: str, layout: str) -> None:
    """Among others that hold its text, and with the same text obsolete and as a previous source."""
    newsroom.write("圖1\n")
    sync(newsroom)
    path, key = newsroom.po_path("en"), Key(None, source)
    others = [f"{source}!", f"a{source}"]
    entries = [POEntry(msgid=each, msgstr=f"of {each}") for each in others]
    entries += [POEntry(msgid="old", msgstr="o", previous_msgid=source, flags=["fuzzy"])]
    entries += [POEntry(msgid=source, msgstr="Mine.")]
    wrap = 20 if layout == "wrapped" else 0
    text = "\n".join(each.__unicode__(wrapwidth=wrap) for each in entries)
    if layout == "numbered":
        text = "".join(each if ord(each) < 128 else "".join(f"\\{byte:o}" for byte in each.encode()) for each in text)
    data = (text.replace("\n", "\r\n") if layout == "crlf" else text).encode()
    assert {_Reader(path, "en", each).entries(data)[key].msgstr for each in (key, None)} == {"Mine."}
    assert _Reader(path, "en", Key(None, source[1:])).entries(data) == {}


def test_history_without_git_is_empty(room: Newsroom, monkeypatch: pytest.MonkeyPatch) -> None:
    assert project_view(room).history("a", "en", id_of("圖1")) == ()
    git(room, "init", "-q")
    assert project_view(room).history("a", "en", id_of("圖1")) == (), "a file that git does not know"
    commit(room, "begin", "2026-01-01")
    assert project_view(room).history("a", "en", id_of("圖1"))
    monkeypatch.setenv("PATH", str(room.root))
    assert project_view(room).history("a", "en", id_of("圖1")) == ()


def test_history_runs_nothing_that_the_repository_names(
    versioned: Newsroom, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    move(versioned, "a", "b")
    commit(versioned, "rename", "2026-01-06")
    trap = tmp_path / "trap"
    sprung = tmp_path / "sprung"
    trap.write_text(f"#!/bin/sh\ntouch '{sprung}'\ncat\n")
    trap.chmod(0o755)
    for name in ("core.pager", "pager.log", "core.fsmonitor", "diff.external", "diff.po.command", "diff.po.textconv",
                 "gpg.program", "core.sshCommand", "core.editor", "filter.po.smudge", "filter.po.clean"):  # fmt: skip
        git(versioned, "config", name, str(trap))
    git(versioned, "config", "log.showSignature", "true")
    (versioned.root / ".git/info/attributes").write_text("*.po diff=po filter=po\n")
    program = versioned.root / "git"
    program.write_text(trap.read_text())
    program.chmod(0o755)
    for name in ("b", "c"):
        assert len(project_view(versioned).history(name, "en", id_of("圖1"))) == 3
        assert since(versioned, "2026-01-03", name) == ["後面還有。", "圖1"]
        if name == "b":
            move(versioned, "b", "c")
    monkeypatch.setenv("PATH", f"{versioned.root}{os.pathsep}{os.environ['PATH']}")
    assert subjects(versioned, "c") == []
    assert not sprung.exists()


@pytest.mark.parametrize("name", ["--output=x", "a b", ":(glob)star", "柳鋼", "a[1]", "HEAD"])
def test_history_of_documents_with_odd_names(newsroom: Newsroom, name: str) -> None:
    newsroom.write("圖1\n", f"{name}.txt")
    sync(newsroom)
    git(newsroom, "init", "-q")
    commit(newsroom, "begin", "2026-01-01")
    assert [each.subject for each in project_view(newsroom).history(name, "en", id_of("圖1"))] == ["begin"]


# Renames -------------------------------------------------------------------------------------------------------------


def move(room: Newsroom, old: str, new: str) -> None:
    """Rename a document; sync takes its catalogues along."""
    room.source(f"{new}.txt").parent.mkdir(parents=True, exist_ok=True)
    room.source(f"{old}.txt").rename(room.source(f"{new}.txt"))
    sync(room)
    assert not room.po_path("en", old).exists()


def subjects(room: Newsroom, document: str = "a") -> list[str]:
    return [each.subject for each in project_view(room).history(document, "en", id_of("圖1")) if each.commit]


@pytest.fixture
def begun(room: Newsroom) -> Newsroom:
    git(room, "init", "-q", "-b", "main")
    commit(room, "begin", "2026-01-01")
    return room


@pytest.mark.parametrize("name", ["b", "sub/b", "a b", ":(glob)star", "柳鋼", "a[1]", '"q"', "--output=x"])
@pytest.mark.parametrize("committed", [True, False])
def test_history_follows_a_renamed_document(versioned: Newsroom, name: str, *, committed: bool) -> None:
    told = project_view(versioned).history("a", "en", id_of("圖1"))
    move(versioned, "a", name)
    if committed:
        commit(versioned, "rename", "2026-01-06")
        versioned.translate({"圖1": "Fig. 1"}, name=name)
        commit(versioned, "change", "2026-01-07")
    found = project_view(versioned).history(name, "en", id_of("圖1"))
    assert found[-len(told) :] == told
    assert [each.subject for each in found[: -len(told)]] == (["change"] if committed else [])


def test_history_follows_there_and_back_again(begun: Newsroom) -> None:
    for day, (old, new) in enumerate([("a", "b"), ("b", "c"), ("c", "a"), ("a", "b")], 2):
        move(begun, old, new)
        commit(begun, f"rename {day}", f"2026-01-{day:02}")
        begun.translate({"圖1": f"Figure {day}"}, name=new)
        commit(begun, f"change {day}", f"2026-01-{day:02}")
    assert subjects(begun, "b") == ["change 5", "change 4", "change 3", "change 2", "begin"]


def test_history_follows_a_renaming_that_fills_the_catalogue(begun: Newsroom) -> None:
    move(begun, "a", "b")
    begun.translate(
        {key.source: f"Something {key.digest}." * 2 for key in begun.catalogue("en", "b").entries}, name="b"
    )
    commit(begun, "rename and translate", "2026-01-02")
    assert subjects(begun, "b") == ["rename and translate", "begin"]


def test_history_is_not_that_of_another_file_of_the_name(begun: Newsroom) -> None:
    """b was removed, then a took its name; both have the unit."""
    begun.write("圖1\n", "b.txt")
    sync(begun)
    begun.translate({"圖1": "of b"}, name="b")
    commit(begun, "another file", "2026-01-02")
    for path in begun.root.rglob("b.*"):
        path.unlink()
    begun.translate({"圖1": "of a"})
    commit(begun, "remove", "2026-01-03")
    move(begun, "a", "b")
    commit(begun, "rename", "2026-01-04")
    assert subjects(begun, "b") == ["remove", "begin"]


@pytest.mark.parametrize("ours", ["main", "side"])
def test_history_follows_through_merges(begun: Newsroom, ours: str) -> None:
    """Renamed on one branch, translated on the other; either is merged into the other."""
    git(begun, "checkout", "-q", "-b", "side")
    move(begun, "a", "b")
    commit(begun, "rename", "2026-01-02")
    git(begun, "checkout", "-q", "main")
    begun.translate({"圖1": "Figure 1"})
    commit(begun, "translate", "2026-01-03")
    git(begun, "checkout", "-q", ours)
    git(begun, "merge", "-q", "-m", "merge", "side" if ours == "main" else "main", day="2026-01-04")
    found = project_view(begun).history("b", "en", id_of("圖1"))
    assert [each.text for each in found] == ["Figure 1", ""]
    assert found[-1].subject in {"begin", "rename"}


def test_history_follows_a_merge_that_renames(begun: Newsroom) -> None:
    git(begun, "checkout", "-q", "-b", "side")
    begun.translate({"圖1": "Figure 1"})
    commit(begun, "translate", "2026-01-02")
    git(begun, "checkout", "-q", "main")
    git(begun, "merge", "-q", "--no-ff", "--no-commit", "side")
    move(begun, "a", "b")
    commit(begun, "merge", "2026-01-03")
    assert subjects(begun, "b") == ["translate", "begin"]


OTHER = "另一篇的題目\n\n另一篇的第一句話。另一篇的第二句話。另一篇的第三句話。\n\n圖1\n"


@pytest.mark.parametrize("committed", [True, False])
def test_names_that_are_exchanged_do_not_show_another_ones_history(begun: Newsroom, *, committed: bool) -> None:
    begun.write(OTHER, "b.txt")
    sync(begun)
    begun.translate({"圖1": "of b"}, name="b")
    commit(begun, "b", "2026-01-02")
    begun.translate({"圖1": "of a"})
    commit(begun, "a", "2026-01-03")
    sources = {name: begun.source(f"{name}.txt").read_bytes() for name in "ab"}
    begun.source("a.txt").write_bytes(sources["b"])
    begun.source("b.txt").write_bytes(sources["a"])
    sync(begun)
    if committed:
        commit(begun, "exchange", "2026-01-04")
        begun.translate({"圖1": "of a, later"}, name="b")
        commit(begun, "later", "2026-01-05")
    texts = {name: [each.text for each in project_view(begun).history(name, "en", id_of("圖1"))] for name in "ab"}
    assert texts == {"a": ["of b"], "b": [*(["of a, later"] if committed else []), "of a", ""]}
    past = Past(load_project(begun.root / "l10n-flow.toml"))
    english = next(each for each in load_project(begun.root / "l10n-flow.toml").locales if each.id == "en")
    old = past.before("b", english, "2026-01-04")
    assert old is not None
    assert old[Key(None, "圖1")][0] == "of a"


def test_a_new_document_is_not_one_that_has_vanished(room: Newsroom) -> None:
    """Neither one without its units nor the same one in another locale."""
    english = room.po_path("en").read_bytes()
    room.po_path("en").unlink()
    git(room, "init", "-q")
    commit(room, "begin", "2026-01-01")
    room.po_path("en").write_bytes(english)
    move(room, "a", "b")
    assert subjects(room, "b") == []
    assert len(project_view(room).history("b", "zh_Hans", id_of("圖1"))) == 1
    commit(room, "rename", "2026-01-02")
    for path in room.root.rglob("b.*"):
        path.unlink()
    room.write("圖1\n\n完全不同的一篇。\n\n無關。\n", "c.txt")
    sync(room)
    assert subjects(room, "c") == []


@pytest.mark.parametrize("committed", [True, False])
def test_history_follows_a_moved_folder_of_catalogues(begun: Newsroom, *, committed: bool) -> None:
    begun.write("圖1\n", "b.txt")
    sync(begun)
    commit(begun, "another document", "2026-01-02")
    begun.translate({"圖1": "Figure 1"})
    commit(begun, "translate", "2026-01-03")
    with_settings(begun, 'locales-dir = "texts/po"')
    (begun.root / "texts").mkdir()
    (begun.root / "locales").rename(begun.root / "texts/po")
    if committed:
        commit(begun, "move", "2026-01-04")
    assert subjects(begun) == ["translate", "begin"]
    assert subjects(begun, "b") == ["another document"]


def test_a_project_may_be_a_folder_of_its_repository(room: Newsroom) -> None:
    above = Newsroom(room.root.parent)
    git(above, "init", "-q")
    commit(above, "begin", "2026-01-01")
    room.translate({"圖1": "Figure 1"})
    commit(above, "translate", "2026-01-02")
    moved = Newsroom(above.root / "deep" / "er")
    moved.root.parent.mkdir()
    room.root.rename(moved.root)
    move(moved, "a", "b")
    commit(above, "move", "2026-01-03")
    assert subjects(moved, "b") == ["translate", "begin"]
    assert since(moved, "2026-01-02", "b") == ["圖1"]
    move(moved, "b", "c")
    assert subjects(moved, "c") == ["translate", "begin"]
    assert since(moved, "2026-01-02", "c") == ["圖1"]


def test_history_tells_thirty_versions_at_most(begun: Newsroom) -> None:
    name = "a"
    for number in range(33):
        if number == 20:
            move(begun, "a", name := "b")
        begun.translate({"圖1": f"Figure {number}"}, name=name)
        commit(begun, str(number), "2026-01-02")
    assert subjects(begun, "b") == [str(number) for number in range(32, 2, -1)]


@pytest.mark.parametrize(("what", "value"), [("_BYTES", 20), ("_SECONDS", 0.0)])
def test_nothing_is_told_beyond_the_limits(
    versioned: Newsroom, monkeypatch: pytest.MonkeyPatch, what: str, value: float
) -> None:
    assert since(versioned, "2026-01-03") == ["後面還有。", "圖1"]
    monkeypatch.setattr(commands, what, value)
    assert subjects(versioned) == []
    assert since(versioned, "2026-01-03") == ["圖1"], "by its seal"


def test_a_git_that_does_not_end_is_ended(versioned: Newsroom, tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    program = tmp_path / "bin" / "git"
    program.parent.mkdir()
    ended = tmp_path / "ended"
    waits = f"import time; time.sleep(30); open({str(ended)!r}, 'w')"
    program.write_text(f'#!/bin/sh\nexec "{sys.executable}" -c "{waits}"\n')
    program.chmod(0o755)
    monkeypatch.setenv("PATH", f"{program.parent}{os.pathsep}{os.environ['PATH']}")
    monkeypatch.setattr(commands, "_SECONDS", 0.2)
    assert subjects(versioned) == []
    assert not ended.exists(), "it was not waited for"


def test_a_relative_search_path_does_not_lead_into_the_repository(
    versioned: Newsroom, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    sprung = tmp_path / "sprung"
    for folder in (tmp_path / "here", versioned.root, versioned.po_path("en").parent):
        program = folder / "bin" / "git"
        program.parent.mkdir(parents=True)
        program.write_text(f"#!/bin/sh\ntouch '{sprung if folder != tmp_path / 'here' else tmp_path / 'ours'}'\n")
        program.chmod(0o755)
    monkeypatch.chdir(tmp_path / "here")
    monkeypatch.setenv("PATH", f"bin{os.pathsep}{os.environ['PATH']}")
    assert subjects(versioned) == []
    assert (tmp_path / "ours").exists()
    assert not sprung.exists()


# Changed since -------------------------------------------------------------------------------------------------------

ALL = ["柳鋼的新聞", "柳鋼今年增產。", "「柳州很好，」他說。", "第二段在此。", "後面還有。", "圖1"]


def since(room: Newsroom, day: str, document: str = "a", locale: str = "en") -> list[str]:
    return sources(project_view(room).article(document, locale, Filter(since=day), ANN))


@pytest.fixture
def told(begun: Newsroom) -> Newsroom:
    """In git on the first day; on the tenth, changed by all that can change a unit, most of it without a seal."""
    begun.translate({"柳鋼的新聞": "News", "柳鋼今年增產。": "It grew.", "第二段在此。": "Second.", "圖1": "Figure 1"})
    commit(begun, "translate", "2026-01-02")
    return begun


CHANGES = {
    "its text": ("圖1", lambda entry: entry._replace(msgstr="Figure One")),
    "its text is gone": ("圖1", lambda entry: entry._replace(msgstr="")),
    "a new text": ("後面還有。", lambda entry: entry._replace(msgstr="More.")),
    "needs editing": ("圖1", lambda entry: entry._replace(fuzzy=True)),
    "approved": ("圖1", lambda entry: edit.approve(entry, "Ann", "")),
    "approved, by its seal": ("圖1", lambda entry: edit.approve(entry, "Ann", "2026-01-10")),
    "joined": ("後面還有。", lambda entry: edit.join(entry, "Ann", "")),
    "noted": ("圖1", lambda entry: edit.add_note(entry, "Ann", "2026-01-10", "?")),
}


@pytest.mark.parametrize("how", CHANGES)
@pytest.mark.parametrize("committed", [True, False])
def test_what_has_changed_is_found(told: Newsroom, how: str, *, committed: bool) -> None:
    source, what = CHANGES[how]
    change(told, source, what)
    if committed:
        commit(told, "change", "2026-01-10")
    for day in ("2026-01-03", "2026-01-10"):
        assert since(told, day) == [source]
    if committed:
        assert since(told, "2026-01-11") == []
    assert since(told, "2026-01-03", locale="zh_Hans") == []


def test_what_a_seal_says_counts_from_its_day_whenever_it_was_committed(told: Newsroom) -> None:
    change(told, "圖1", lambda entry: edit.add_note(entry, "Ann", "2026-01-04", "?"))
    commit(told, "late", "2026-01-10")
    assert [since(told, f"2026-01-{day:02}") for day in (4, 5)] == [["圖1"], []]


def test_an_edited_source_is_a_change_in_every_locale(told: Newsroom) -> None:
    told.write(ARTICLE.replace("第二段在此。", "第二段在此處。") + "\n新的一段。\n")
    for _ in range(2):  # before and after sync
        assert since(told, "2026-01-10") == ["第二段在此處。", "新的一段。"]
        assert since(told, "2026-01-10", locale="zh_Hans") == ["第二段在此處。", "新的一段。"]
        sync(told)


def test_a_conversion_that_has_changed_is_a_change(told: Newsroom) -> None:
    change(told, "圖1", lambda entry: entry._replace(msgstr="图 1"), "zh_Hans")
    assert since(told, "2026-01-10", locale="zh_Hans") == ["圖1"]


def test_what_is_again_as_it_was_has_not_changed(told: Newsroom) -> None:
    told.translate({"圖1": "Figure One"})
    commit(told, "change", "2026-01-10")
    told.translate({"圖1": "Figure 1"})
    commit(told, "change back", "2026-01-11")
    assert since(told, "2026-01-10") == []
    assert since(told, "2026-01-11") == ["圖1"]


@pytest.mark.parametrize("day", ["2025-12-31", "2026-01-01", "1969-12-31", "0001-01-01", "9999-12-31", "2026-02-31"])
def test_by_the_seals_where_git_does_not_tell(told: Newsroom, day: str) -> None:
    """Before the first commit; a day that has not come; one that is none."""
    change(told, "圖1", lambda entry: edit.approve(entry, "Ann", "2026-01-10"))
    assert since(told, day) == (["圖1"] if day < "2026-01-10" else [])


def test_by_the_seals_where_the_file_is_new_or_was_damaged(told: Newsroom) -> None:
    told.write("圖1\n\n二\n", "b.txt")
    sync(told)
    assert since(told, "2026-01-03", "b") == []
    commit(told, "another", "2026-01-05")
    assert since(told, "2026-01-03", "b") == []
    sound = told.po_path("en").read_bytes()
    told.po_path("en").write_bytes(sound + b"<<<<<<< HEAD\n")
    commit(told, "damage", "2026-01-06")
    told.po_path("en").write_bytes(sound)
    assert since(told, "2026-01-07") == []
    told.translate({"圖1": "Fig"})
    assert since(told, "2026-01-07") == []
    assert since(told, "2026-01-06") == ["圖1"]


@pytest.fixture
def hong_kong(utc: None, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setenv("TZ", "Asia/Hong_Kong")
    time.tzset()


@pytest.mark.usefixtures("hong_kong")
@pytest.mark.parametrize(
    ("moment", "day"), [("2026-01-09T23:59:59Z", "2026-01-09"), ("2026-01-10T00:00:00Z", "2026-01-10")]
)
def test_a_day_begins_at_midnight_in_utc_wherever_one_is(told: Newsroom, moment: str, day: str) -> None:
    told.translate({"圖1": "Fig"})
    commit(told, "around midnight", moment)
    assert since(told, day) == ["圖1"]
    assert since(told, f"2026-01-{int(day[-2:]) + 1:02}") == []


@pytest.mark.parametrize("committed", [True, False])
def test_changes_of_a_renamed_document(told: Newsroom, *, committed: bool) -> None:
    move(told, "a", "b")
    if committed:
        commit(told, "rename", "2026-01-05")
        move(told, "b", "sub/c")
        commit(told, "again", "2026-01-06")
    name = "sub/c" if committed else "b"
    assert since(told, "2026-01-03", name) == []
    told.translate({"圖1": "Fig"}, name=name)
    assert since(told, "2026-01-03", name) == ["圖1"]
    assert since(told, "2026-01-02", name) == ["柳鋼的新聞", "柳鋼今年增產。", "第二段在此。", "圖1"]


def test_changes_are_not_counted_from_another_file_of_the_name(told: Newsroom) -> None:
    told.write("圖1\n", "b.txt")
    sync(told)
    commit(told, "another file", "2026-01-03")
    for path in told.root.rglob("b.*"):
        path.unlink()
    commit(told, "remove", "2026-01-05")
    move(told, "a", "b")
    commit(told, "rename", "2026-01-06")
    assert since(told, "2026-01-04", "b") == []


def test_what_is_merged_changes_on_the_day_of_the_merge(told: Newsroom) -> None:
    git(told, "checkout", "-q", "-b", "side")
    told.translate({"圖1": "Fig"})
    commit(told, "on the side", "2026-01-05")
    git(told, "checkout", "-q", "main")
    told.translate({"後面還有。": "More."})
    commit(told, "here", "2026-01-04")
    git(told, "merge", "-q", "-m", "merge", "side", day="2026-01-08")
    assert since(told, "2026-01-07") == ["圖1"]
    assert since(told, "2026-01-03") == ["後面還有。", "圖1"]
    assert since(told, "2026-01-09") == []


def test_the_old_catalogue_is_read_once(told: Newsroom, monkeypatch: pytest.MonkeyPatch) -> None:
    ran: list[str] = []
    run = commands._run
    monkeypatch.setattr(commands, "_run", lambda *given: ran.append(given[-1][0]) or run(*given))
    one = project_view(told)

    def asked(day: str) -> tuple[list[str], int]:
        ran.clear()
        return sources(one.article("a", "en", Filter(since=day), ANN)), len(ran)

    assert asked("2026-01-03") == ([], 6)
    assert asked("2026-01-03") == ([], 1), "only where HEAD is"
    told.translate({"圖1": "Fig"})
    assert asked("2026-01-03") == (["圖1"], 1)
    commit(told, "change", "2026-01-10")
    assert asked("2026-01-03") == (["圖1"], 6)
    for day in range(4, 14):
        one.article("a", "en", Filter(since=f"2026-01-{day:02}"), ANN)
    assert len(one._past._known) == 8
    assert asked("2026-01-13") == ([], 1)
    assert asked("2026-01-03") == (["圖1"], 6)
    ran.clear()
    one.article("a", "en", Filter(text="圖"), ANN)
    assert ran == [], "git is asked for the one filter that needs it"


def test_counts_and_pages_are_of_what_has_changed(told: Newsroom) -> None:
    told.translate({"圖1": "Fig"})
    shown = page(told, since="2026-01-10", state="untranslated")
    assert {tally.value: tally.number for tally in shown.states}["translated"] == 1
    assert (shown.found, sources(shown)) == (0, [])
    assert sources(page(told, since="2026-01-02")) == ["柳鋼的新聞", "柳鋼今年增產。", "第二段在此。", "圖1"]
    assert sources(page(told)) == ALL


def test_without_git_the_seals_tell(room: Newsroom) -> None:
    room.translate({"圖1": "Figure 1"})
    change(room, "後面還有。", lambda entry: edit.set_text(entry, "More.", "Ann", "2026-01-10"))
    assert since(room, "2026-01-10") == ["後面還有。"]
