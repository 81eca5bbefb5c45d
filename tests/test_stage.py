"""The folder of a build changes as a whole, or not at all, whatever the disk does."""

from __future__ import annotations

import errno
import io
import itertools
import os
from collections.abc import Callable
from pathlib import Path

import pytest

from conftest import Newsroom
from l10n_flow.errors import BuildError
from l10n_flow.inside import Inside
from l10n_flow.project import load_project
from l10n_flow.publish import stage as stages
from l10n_flow.publish.stage import FilesInPlace, Stage, existing
from l10n_flow.work.build import build
from l10n_flow.work.sync import sync


def tree(root: Path) -> dict[str, bytes]:
    return {path.relative_to(root).as_posix(): path.read_bytes() for path in root.rglob("*") if path.is_file()}


def test_a_swap_that_fails_half_way_leaves_the_old_build(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    """The second rename: a program that watches the new folder holds it, as Windows lets it."""
    folder = Inside(tmp_path) / "build"
    first = Stage(folder)
    first.add("en/a.txt", b"old")
    assert first.commit(existing(folder))
    before = tree(tmp_path)
    rename = Path.rename

    def held(path: Path, target: Path) -> Path:
        if ".new-" in path.name:
            raise OSError(errno.EACCES, os.strerror(errno.EACCES))
        return rename(path, target)

    monkeypatch.setattr(Path, "rename", held)
    second = Stage(folder)
    second.add("en/a.txt", b"new")
    with pytest.raises(BuildError, match="build: cannot be written: Permission denied"):
        second.commit(existing(folder))
    second.discard()
    assert tree(tmp_path) == before
    assert [path.name for path in tmp_path.iterdir()] == ["build"]
    monkeypatch.undo()
    third = Stage(folder)
    third.add("en/a.txt", b"new")
    assert third.commit(existing(folder))
    assert tree(tmp_path) == {"build/en/a.txt": b"new"}


class _Full(io.FileIO):
    """A file on a disk that has room for one byte of it."""

    def write(self, data: object) -> int:
        if self.tell():
            raise OSError(errno.ENOSPC, os.strerror(errno.ENOSPC))
        return super().write(bytes(data)[:1])  # type: ignore[call-overload]


def full(number: int) -> Callable[..., io.IOBase]:
    """An ``open`` whose file of this number, and every later one, does not fit."""
    opened = 0

    def opens(path: str, mode: str, buffering: int = -1) -> io.IOBase:
        nonlocal opened
        opened += 1
        if opened < number:
            return Path(path).open(mode, buffering)
        raw = _Full(path, "w")
        return raw if buffering == 0 else io.BufferedWriter(raw)

    return opens


@pytest.mark.parametrize("number", [1, 3, 5])
@pytest.mark.parametrize("drafts", [False, True])
def test_a_full_disk_leaves_the_old_build_and_no_litter(
    newsroom: Newsroom, monkeypatch: pytest.MonkeyPatch, number: int, *, drafts: bool
) -> None:
    newsroom.write("標題在此\n\n柳州位於廣西。\n")
    project = load_project(newsroom.root / "l10n-flow.toml")
    sync(project)
    newsroom.translate({"標題在此": "A title", "柳州位於廣西。": "Liuzhou is in Guangxi."})
    assert build(project).written
    newsroom.translate({"標題在此": "The title"})
    newsroom.write("另一篇\n\n內容。\n", "b.txt")
    before, beside = newsroom.tree("build", "preview"), set(newsroom.root.iterdir())
    monkeypatch.setattr(stages, "open", full(number), raising=False)
    with pytest.raises(BuildError, match="cannot be written: No space left on device"):
        sync(project) if drafts else build(project, ["a"])
    assert newsroom.tree("build", "preview") == before
    assert set(newsroom.root.iterdir()) == beside
    monkeypatch.undo()
    sync(project)
    newsroom.translate({"另一篇": "Another", "內容。": "Content."}, name="b")
    assert build(project).written


def test_a_file_that_is_taken_back_leaves_what_there_was(tmp_path: Path) -> None:
    folder = Inside(tmp_path) / "build"
    first = Stage(folder)
    first.add("en/a.txt", b"old")
    first.add("en/b.txt", b"same")
    assert first.commit(existing(folder))
    second = Stage(folder)
    second.add("en/a.txt", b"new")
    second.add("en/b.txt", b"same")
    for name in ("en/a.txt", "en/b.txt"):
        second.drop(name)
    assert not second.names
    second.keep("en/a.txt")
    assert second.commit(existing(folder))
    assert tree(tmp_path) == {"build/en/a.txt": b"old"}


def test_of_a_preview_only_the_files_that_differ_are_touched(tmp_path: Path) -> None:
    folder = Inside(tmp_path) / "preview"
    first = FilesInPlace(folder, "build.json")
    for name in ("build.json", "en/a.txt", "en/gone/b.txt", "index.html"):
        first.add(name, b"old")
    assert first.commit(existing(folder))
    before = {name: (folder / name).plain.stat() for name in existing(folder)}
    second = FilesInPlace(folder, "build.json")
    for name, data in (("build.json", b"new"), ("en/a.txt", b"old"), ("en/gone.txt", b"new"), ("index.html", b"new")):
        second.add(name, data)
    assert second.commit(existing(folder))
    assert tree(tmp_path) == {
        "preview/build.json": b"new", "preview/en/a.txt": b"old", "preview/en/gone.txt": b"new", "preview/index.html": b"new"
    }  # fmt: skip
    assert not (folder / "en/gone").plain.exists()
    assert (folder / "en/a.txt").plain.stat() == before["en/a.txt"]
    assert [path.name for path in tmp_path.iterdir()] == ["preview"]


@pytest.mark.parametrize("at", range(5))
def test_a_kill_between_the_files_of_a_preview_is_made_good_by_the_next_run(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch, at: int
) -> None:
    """One file takes the place of a folder, and the manifest comes last whenever it happens."""
    folder = Inside(tmp_path) / "preview"
    old = {"build.json": b"old", "en/a/x.txt": b"old", "en/b.txt": b"old", "index.html": b"old"}
    new = {"build.json": b"new", "en/a": b"new", "en/b.txt": b"new", "index.html": b"new"}

    def staged(files: dict[str, bytes]) -> Stage:
        stage = FilesInPlace(folder, "build.json")
        for name, data in files.items():
            stage.add(name, data)
        return stage

    staged(old).commit(set())
    calls = itertools.count()
    replace = Path.replace

    def killed(path: Path, target: Path) -> Path:
        if next(calls) == at:
            raise KeyboardInterrupt
        return replace(path, target)

    monkeypatch.setattr(Path, "replace", killed)
    try:
        staged(new).commit(existing(folder))
    except KeyboardInterrupt:
        assert (folder / "build.json").plain.read_bytes() == b"old"
    monkeypatch.undo()
    again = staged(new)
    again.commit(existing(folder))
    again.discard()
    assert tree(tmp_path) == {f"preview/{name}": data for name, data in new.items()}
