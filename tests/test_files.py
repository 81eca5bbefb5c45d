"""Files on the disk: what may be replaced, what a crash leaves, and who holds a lock."""

from __future__ import annotations

import os
import stat
import sys
from collections.abc import Callable, Iterator
from pathlib import Path

import pytest

from l10n_flow import catalogue as po
from l10n_flow import files, folders, locks
from l10n_flow.errors import L10nFlowError
from l10n_flow.inside import Inside

POSIX = pytest.mark.skipif(sys.platform == "win32", reason="Windows has no such folders and permissions")


@pytest.fixture
def path(tmp_path: Path) -> Path:
    found = tmp_path / "a.po"
    found.write_bytes(b"old")
    return found


@pytest.fixture(autouse=True)
def _swept_long_ago(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(files, "_swept", {})


def while_the_disk_is_busy(monkeypatch: pytest.MonkeyPatch, do: Callable[[], object]) -> None:
    fsync = os.fsync

    def busy(descriptor: int) -> None:
        fsync(descriptor)
        if stat.S_ISREG(os.fstat(descriptor).st_mode):
            do()

    monkeypatch.setattr(os, "fsync", busy)


def names(folder: Path) -> list[str]:
    return sorted(each.name for each in folder.iterdir())


@pytest.mark.parametrize("before", [b"old", None], ids=["replaced", "new"])
def test_what_another_program_writes_while_the_disk_is_busy_is_not_written_over(path, before, monkeypatch):
    if before is None:
        path.unlink()
    while_the_disk_is_busy(monkeypatch, lambda: path.write_bytes(b"theirs"))
    with pytest.raises(files.OvertakenError, match=r"a\.po: another program"):
        files.write_atomically(Inside.at(path), b"ours", over=files.digest(before))
    assert path.read_bytes() == b"theirs"
    assert names(path.parent) == ["a.po"]
    files.write_atomically(Inside.at(path), b"ours")
    assert path.read_bytes() == b"ours"


def test_nor_what_it_writes_while_ours_compares(path, monkeypatch):
    digest = files.digest

    def slow(data: bytes | None) -> str:
        found = digest(data)
        path.write_bytes(b"theirs")
        return found

    old = digest(b"old")
    monkeypatch.setattr(files, "digest", slow)
    with pytest.raises(files.OvertakenError):
        files.write_atomically(Inside.at(path), b"ours", over=old)
    assert path.read_bytes() == b"theirs"


def test_a_catalogue_replaces_the_file_it_was_read_from_and_no_other(tmp_path):
    path = tmp_path / "a.po"
    catalogue = po.new_catalogue("en", "x", "")
    assert po.write(Inside.at(path), catalogue)
    catalogue.header["Language-Team"] = "ours"
    assert po.write(Inside.at(path), catalogue)
    mine, theirs = po.read(Inside.at(path), "en"), po.read(Inside.at(path), "en")
    theirs.header["Language-Team"] = "theirs"
    mine.header["Language-Team"] = "mine"
    assert po.write(Inside.at(path), theirs)
    with pytest.raises(files.OvertakenError):
        po.write(Inside.at(path), mine)
    assert po.read(Inside.at(path), "en").header["Language-Team"] == "theirs"


# Crashes -----------------------------------------------------------------------------------------------------------


@pytest.fixture
def calls(monkeypatch: pytest.MonkeyPatch) -> list[str]:
    """What reached the disk, in order: ``file``, ``replace`` and the names of folders."""
    found: list[str] = []
    fsync, replace = os.fsync, os.replace

    def seen(descriptor: int) -> None:
        target = Path(f"/proc/self/fd/{descriptor}")
        folder = stat.S_ISDIR(os.fstat(descriptor).st_mode)
        found.append(target.readlink().name if folder else "file")
        fsync(descriptor)

    monkeypatch.setattr(os, "fsync", seen)
    monkeypatch.setattr(os, "replace", lambda *paths: (found.append("replace"), replace(*paths)))
    return found


PROC = pytest.mark.skipif(not Path("/proc/self/fd").exists(), reason="the names of open folders are looked up in /proc")


@PROC
def test_a_file_and_its_name_are_on_the_disk_when_it_is_written(tmp_path, calls):
    files.write_atomically(Inside.at(tmp_path / "en/a.po"), b"1")
    assert calls == ["file", "replace", "en"]
    calls.clear()
    files.move(Inside.at(tmp_path / "en/a.po"), Inside.at(tmp_path / "fr/b.po"))
    assert calls == ["replace", "fr", "en"]


@PROC
def test_a_run_that_nobody_waits_for_brings_its_folders_to_the_disk_once(tmp_path, calls):
    with folders.at_the_end():
        for number in range(3):
            files.write_atomically(Inside.at(tmp_path / f"en/{number}.po"), b"1")
        assert calls == ["file", "replace"] * 3
    assert calls[6:] == ["en"]
    files.write_atomically(Inside.at(tmp_path / "en/0.po"), b"2")
    assert calls[7:] == ["file", "replace", "en"]


def test_what_a_killed_program_of_the_same_process_id_left_is_in_nobodys_way(path):
    for number in range(next(files._numbers) + 1, next(files._numbers) + 5):
        (path.parent / f".l10n-flow-{os.getpid()}-{number}.tmp").touch()
    files.write_atomically(Inside.at(path), b"new")
    assert path.read_bytes() == b"new"


def test_what_killed_programs_left_an_hour_ago_is_taken_away(path, monkeypatch):
    old, foreign, young = (path.parent / name for name in (".l10n-flow-1-2.tmp", ".other-1-2.tmp", ".l10n-flow-9.tmp"))
    for each in (old, foreign, young):
        each.touch()
    for each in (old, foreign):
        os.utime(each, (1e9, 1e9))
    files.write_atomically(Inside.at(path), b"new")
    assert names(path.parent) == sorted([foreign.name, young.name, path.name])
    now = files.time.time()
    monkeypatch.setattr(files.time, "time", lambda: now + 2 * 3600)
    files.write_atomically(Inside.at(path), b"newer")
    assert names(path.parent) == sorted([foreign.name, path.name])


# Permissions -------------------------------------------------------------------------------------------------------


@pytest.mark.parametrize("write", [files.write_atomically, files.write_if_changed])
def test_a_read_only_file_is_refused_and_stays(path, write):
    path.chmod(0o444)
    with pytest.raises(L10nFlowError, match=r"a\.po: is read-only; .*chmod"):
        write(Inside.at(path), b"new")
    assert path.read_bytes() == b"old"
    assert not files.write_if_changed(Inside.at(path), b"old")
    path.chmod(0o644)
    write(Inside.at(path), b"new")
    assert path.read_bytes() == b"new"


@POSIX
def test_a_replaced_file_keeps_its_permissions(path):
    path.chmod(0o640)
    files.write_atomically(Inside.at(path), b"new")
    assert stat.S_IMODE(path.stat().st_mode) == 0o640


# Locks -------------------------------------------------------------------------------------------------------------


@pytest.fixture
def _impatient(monkeypatch: pytest.MonkeyPatch) -> Iterator[None]:
    monkeypatch.setattr(locks, "_SECONDS", 0.1)
    return


@pytest.mark.usefixtures("_impatient")
def test_things_of_two_kinds_may_have_one_name(tmp_path):
    with locks.hold(tmp_path, "build", "build"):
        with locks.hold(tmp_path, "document", "build"):
            pass
        with pytest.raises(L10nFlowError, match="writing build"), locks.hold(tmp_path, "build", "build"):
            pass
    with locks.hold(tmp_path, "build", "build"):
        pass


def test_a_lock_that_cannot_be_made_is_told_of(tmp_path):
    (tmp_path / ".l10n-flow").write_bytes(b"")
    with (
        pytest.raises(L10nFlowError, match=r"\.l10n-flow: is a file where a folder"),
        locks.hold(tmp_path, "document", "a"),
    ):
        pass
