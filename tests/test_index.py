"""The index: what is known from earlier commands holds as long as the files do, and is nothing that anybody misses."""

from __future__ import annotations

import os
import sqlite3
from pathlib import Path

import pytest
from hypothesis import given
from hypothesis import strategies as st

from conftest import Newsroom
from l10n_flow import files, inside
from l10n_flow.index import (
    Origin,
    Remark,
    Seen,
    StatusRow,
    Store,
    Summary,
    Tally,
    findings_data,
    findings_of,
    look,
    origin_data,
    origin_of,
    summary_data,
    summary_of,
)
from l10n_flow.inside import Inside
from l10n_flow.messages import Message
from l10n_flow.model import Finding, Fix, Key, Severity, Span
from l10n_flow.project import INDEX_NAME, Known, OpenProject, load_project
from l10n_flow.review.page.model import NOBODY
from l10n_flow.review.reading import ProjectView
from l10n_flow.work.sync import sync

TEXT = "題目\n\n第一句在這裏。第二句有3個字。\n"
TEXTS = st.text(st.characters(codec="utf-8", exclude_characters="\0"), max_size=20)


@pytest.fixture
def store(tmp_path: Path) -> Store:
    return Store(Inside(tmp_path) / ".l10n-flow/index.sqlite")


@pytest.fixture
def room(newsroom: Newsroom) -> Newsroom:
    for name in ("a", "b"):
        newsroom.write(TEXT.replace("第一", f"第一{name}"), f"{name}.txt")
    newsroom.sync()
    newsroom.sync()
    return newsroom


def known(room: Newsroom) -> tuple[Known, OpenProject]:
    opened = OpenProject(load_project(room.root / "l10n-flow.toml"))
    return Known(opened), opened


def fresh(room: Newsroom) -> list[str]:
    """The documents that the index knows as their files are now."""
    index, opened = known(room)
    return [source.name for source in opened.sources().found if index.origin(source, built=True)]


# The file --------------------------------------------------------------------------------------------------------


def test_what_is_put_is_there_for_the_next_program(store: Store, tmp_path: Path) -> None:
    for number in range(250):
        store.put(f"{number:03d}", {"one": b"%d" % number, "two": b""})
    store.remove(["007"])
    store.close()
    again = Store(Inside(tmp_path) / ".l10n-flow/index.sqlite")
    assert [name for name, _ in again.each("one")] == [f"{n:03d}" for n in range(250) if n != 7]
    assert (again.get("249", "one"), again.get("249", "two"), again.get("007", "one")) == (b"249", b"", None)


def test_a_flipped_bit_is_seen(store: Store, tmp_path: Path) -> None:
    store.put("a", {"one": b"a value", "two": b"another"})
    store.close()
    path = tmp_path / ".l10n-flow/index.sqlite"
    path.write_bytes(path.read_bytes().replace(b"a value", b"b value"))
    again = Store(Inside(tmp_path) / ".l10n-flow/index.sqlite")
    assert (again.get("a", "one"), again.get("a", "two")) == (None, b"another")


@pytest.mark.parametrize("damage", [b"", b"no database", b"SQLite format 3\0" + b"\xff" * 5_000])
def test_a_file_that_is_no_index_is_made_anew(store: Store, tmp_path: Path, damage: bytes) -> None:
    path = tmp_path / ".l10n-flow/index.sqlite"
    path.parent.mkdir()
    path.write_bytes(damage)
    assert store.get("a", "one") is None
    store.put("a", {"one": b"1"})
    assert store.get("a", "one") == b"1"


def test_another_version_is_made_anew(store: Store, tmp_path: Path) -> None:
    path = tmp_path / ".l10n-flow/index.sqlite"
    path.parent.mkdir()
    with sqlite3.connect(path) as old:
        old.execute("CREATE TABLE known (something INTEGER)")
    old.close()
    store.put("a", {"one": b"1"})
    assert store.get("a", "one") == b"1"


def test_while_another_program_writes_nothing_is_known_and_nothing_fails(store: Store, tmp_path: Path) -> None:
    store.put("a", {"one": b"1"})
    store.save()
    other = sqlite3.connect(tmp_path / ".l10n-flow/index.sqlite", isolation_level=None)
    other.execute("BEGIN EXCLUSIVE")
    store.put("a", {"one": b"2"})
    assert store.get("a", "one") is None
    other.execute("COMMIT")
    other.close()


def test_while_another_program_is_about_to_write_all_is_read(store: Store, tmp_path: Path) -> None:
    store.put("a", {"one": b"1"})
    store.close()
    other = Store(Inside(tmp_path) / ".l10n-flow/index.sqlite")
    for number in range(80):  # more than SQLite keeps in memory
        other.put(f"b{number}", {"one": b"2" * 100_000})
    assert store.get("a", "one") == b"1"
    store.put("a", {"one": b"3"})  # in vain, and no reason to read nothing
    assert store.get("a", "one") == b"1"
    other.close()


def test_what_was_looked_at_again_is_saved_at_once(room: Newsroom) -> None:
    """A server that left it unsaved would keep every other program from writing."""
    os.utime(room.root / "source/a.txt")
    assert fresh(room) == ["a", "b"]
    index, opened = known(room)
    os.utime(room.root / "source/a.txt")
    assert index.origin(opened.sources().found[0])
    with sqlite3.connect(room.root / INDEX_NAME, timeout=0) as other:
        other.execute("UPDATE known SET value = value")
    other.close()


# What is written -------------------------------------------------------------------------------------------------


@given(st.lists(st.tuples(TEXTS, TEXTS, TEXTS), max_size=5), st.integers(0, 5), st.booleans())
def test_an_origin_is_read_as_it_was_written(seen: list[tuple[str, str, str]], number: int, built: bool) -> None:  # noqa: FBT001
    made = [Seen(*each) for each in seen]
    origin = Origin("base", tuple(made[:number]), tuple(made[number:]) if built else None)
    assert origin_of(origin_data(origin)) == (origin if built else origin._replace(built=None))


@given(st.lists(st.builds(Remark, TEXTS, TEXTS, st.integers(0, 9), TEXTS, TEXTS, TEXTS), max_size=3))
def test_a_summary_is_read_as_it_was_written(remarks: list[Remark]) -> None:
    rows = (StatusRow("a", "en", 1, 2, 3, 4, 5, 6, 7, 8, 9, 10, 11),)
    summary = Summary(rows, (Tally("en", "rule", "error", 2),), tuple(remarks))
    assert summary_of(summary_data(summary)) == summary


@given(
    TEXTS,
    TEXTS,
    st.one_of(st.none(), TEXTS),
    st.one_of(st.none(), st.builds(Span, st.integers(0, 9), st.integers(0, 9))),
)
def test_findings_are_read_as_they_were_written(
    source: str, target: str, context: str | None, span: Span | None
) -> None:
    message = Message("{what} of {n}", what=Message("a colon"), n=3)
    found = Finding(
        "r",
        Severity.WARNING,
        message,
        "a",
        "en",
        Key(context, source),
        target,
        7,
        span,
        None,
        (Fix(Span(0, 1), target),),
        context,
    )
    (again,) = findings_of(findings_data([found]), "a") or ()
    assert again == found
    assert isinstance(again.message, Message)
    assert (again.message.msgid, again.message.values) == (message.msgid, message.values)


@pytest.mark.parametrize(
    "data", [b"", b"[", b"{}", b"[1]", b"[[1],[],[]]", b"[[[1,2]],[],[]]", b"\xff", b"[" * 100_000]
)
def test_what_nobody_wrote_is_nothing(data: bytes) -> None:
    assert (summary_of(data), findings_of(data, "a") or None, origin_of(data)) == (None, None, None)


# Files -----------------------------------------------------------------------------------------------------------


def test_another_file_has_another_stamp(tmp_path: Path) -> None:
    path = tmp_path / "a"
    stamps = [look(str(path))]
    for text in ("1", "2", "22"):
        path.write_text(text)
        os.utime(path, ns=(1, 1))
        stamps.append(look(str(path)))
        path.unlink()
    path.mkdir()
    assert len(set(stamps)) == 4
    assert look(str(path)) is None


def test_a_link_is_not_what_it_leads_to(tmp_path: Path) -> None:
    (tmp_path / "a").write_text("1")
    (tmp_path / "b").symlink_to("a")
    assert look(str(tmp_path / "b")) is None


def test_the_index_names_the_files_of_a_document_as_the_project_does(room: Newsroom) -> None:
    index, opened = known(room)
    for source in opened.sources().found:
        origin = index.origin(source)
        assert origin is not None
        assert [each.path for each in origin.files] == [each.shown for each in index.inputs(source)]


def test_what_is_unchanged_is_not_read(room: Newsroom, monkeypatch: pytest.MonkeyPatch) -> None:
    read: list[str] = []
    before = files.read_optional
    monkeypatch.setattr(files, "read_optional", lambda path: (read.append(path.shown), before(path))[1])
    assert fresh(room) == ["a", "b"]
    assert not [path for path in read if path.startswith(("source/", "locales/", "preview/"))]


def test_a_touched_file_is_read_and_then_known_again(room: Newsroom) -> None:
    path = room.root / "source/a.txt"
    os.utime(path)
    assert fresh(room) == ["a", "b"]
    path.write_text(path.read_text("utf-8").replace("3", "4"), "utf-8")  # as long as before
    assert fresh(room) == ["b"]


def test_an_edit_that_keeps_size_and_time_is_seen(room: Newsroom) -> None:
    path = room.po_path("en", "a")
    found = path.stat()
    path.write_bytes(path.read_bytes().replace(b"charset=UTF-8", b"charset=utf-8"))
    os.utime(path, ns=(found.st_atime_ns, found.st_mtime_ns))
    assert path.stat().st_size == found.st_size
    assert fresh(room) == ["b"]


def test_a_file_written_in_the_tick_of_the_look_is_never_trusted(
    room: Newsroom, monkeypatch: pytest.MonkeyPatch
) -> None:
    """A clock that stands still: whatever is written now bears the time of the look."""
    index, opened = known(room)
    path = room.root / "source/a.txt"
    path.write_text(TEXT, "utf-8")
    monkeypatch.setattr(index._unchanged, "_moment", lambda: path.stat().st_ctime_ns)
    source = opened.sources().found[0]
    assert index.now(source) is None


@pytest.mark.parametrize("name", ["l10n-flow.toml", "l10n-flow.overrides.toml"])
def test_what_all_documents_share_makes_all_unknown(room: Newsroom, name: str) -> None:
    path = room.root / name
    path.write_text((path.read_text("utf-8") if path.exists() else "") + "# a comment\n", "utf-8")
    assert fresh(room) == []


def test_a_file_of_the_preview_that_somebody_changed_is_built_again(room: Newsroom) -> None:
    page = room.root / "preview/en/a.html"
    before = page.read_bytes()
    page.write_bytes(before + b"<!-- -->")
    room.sync()
    assert page.read_bytes() == before


def files_said(text: str) -> str:
    return next(line for line in text.splitlines() if line.startswith("preview of drafts"))


def test_an_edit_replaces_its_files_and_does_not_search_the_preview(
    room: Newsroom, monkeypatch: pytest.MonkeyPatch
) -> None:
    preview = room.root / "preview"
    (preview / "CNAME").write_text("example.org\n", "utf-8")
    (room.root / INDEX_NAME).unlink()
    whole = files_said(room.run("sync").out)
    times = {path: path.lstat().st_mtime_ns for path in preview.rglob("*") if path.is_file()}
    room.write(TEXT.replace("第一", "第三"))
    searched: list[str] = []
    walk = inside.walk
    monkeypatch.setattr(inside, "walk", lambda folder, **more: (searched.append(folder.shown), walk(folder, **more))[1])
    result = sync(load_project(room.root / "l10n-flow.toml"))
    assert f"preview of drafts: {result.build.files} files; open preview/index.html" == whole
    assert "source" in searched
    assert "preview" not in searched
    changed = {path.stem for path, time in times.items() if path.lstat().st_mtime_ns != time}
    assert {"a"} <= changed <= {"a", "build", "index"}
    monkeypatch.undo()
    (room.root / INDEX_NAME).unlink()
    assert files_said(room.run("sync").out) == whole


def test_a_folder_of_the_preview_that_became_a_link_is_not_written_through(room: Newsroom) -> None:
    elsewhere = room.root.parent / "elsewhere"
    (room.root / "preview/en").rename(elsewhere)
    (room.root / "preview/en").symlink_to(elsewhere)
    before = {path: path.read_bytes() for path in elsewhere.rglob("*") if path.is_file()}
    room.write(TEXT.replace("第一", "第三"))
    ran = room.run("sync")
    assert ran.code == 2
    assert "preview/en: is a symbolic link" in ran.err
    assert {path: path.read_bytes() for path in elsewhere.rglob("*") if path.is_file()} == before


def test_without_the_index_all_is_as_with_it(room: Newsroom) -> None:
    told = {command: room.run(*command) for command in (("status",), ("check",), ("sync",))}
    (room.root / INDEX_NAME).unlink()
    for command, before in told.items():
        after = room.run(*command)
        assert (after.code, after.out) == (before.code, before.out)


def test_the_home_page_is_the_same_with_and_without_the_index(room: Newsroom) -> None:
    room.translate({"題目": "A title", "第一a句在這裏。": "The first sentence."})
    room.run("sync")
    project = load_project(room.root / "l10n-flow.toml")
    for query in ("", "第一", "title", "沒有"):
        (room.root / INDEX_NAME).rename(room.root / "away")
        without = ProjectView(project).home(NOBODY, query)
        (room.root / "away").rename(room.root / INDEX_NAME)
        assert ProjectView(project).home(NOBODY, query) == without


def test_a_search_reads_a_document_whose_units_in_the_index_are_damaged(room: Newsroom) -> None:
    project_view = ProjectView(load_project(room.root / "l10n-flow.toml"))
    before = project_view.home(NOBODY, "第一").hits
    assert before
    with sqlite3.connect(room.root / INDEX_NAME) as index:
        index.execute("UPDATE known SET value = x'00' WHERE kind = 'shown'")
    index.close()
    assert project_view.home(NOBODY, "第一").hits == before


def test_texts_with_any_character_are_searched(room: Newsroom) -> None:
    room.translate({"第一a句在這裏。": "One\x01 two\x02 three\nfour."})
    room.run("sync")
    project = load_project(room.root / "l10n-flow.toml")
    with_index = [ProjectView(project).home(NOBODY, query).hits for query in ("two", "three four", "第一a", "One zwei")]
    (room.root / INDEX_NAME).unlink()
    assert [
        ProjectView(project).home(NOBODY, query).hits for query in ("two", "three four", "第一a", "One zwei")
    ] == with_index
    assert [len(hits or ()) for hits in with_index] == [1, 1, 1, 0]
