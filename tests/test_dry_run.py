"""A dry run writes nothing, not even a lock, and works on a tree that cannot be written."""

from __future__ import annotations

from pathlib import Path

import pytest

from conftest import Newsroom
from l10n_flow import files, locks
from l10n_flow.project import find_project
from l10n_flow.work.extract import convert

RUNS = [["convert", "--dry-run"], ["convert", "--upgrade", "--dry-run"], ["check", "--fix", "--diff"]]


def everything(root: Path) -> dict[str, tuple[int, bytes]]:
    return {
        path.relative_to(root).as_posix(): (path.lstat().st_mtime_ns, path.read_bytes() if path.is_file() else b"")
        for path in sorted(root.rglob("*"))
    }


@pytest.mark.parametrize("synced", [False, True])
@pytest.mark.parametrize("run", RUNS)
def test_a_dry_run_writes_nothing(newsroom: Newsroom, run: list[str], *, synced: bool) -> None:
    newsroom.write("標題在此\n\n柳州位於廣西 。\n")
    if synced:
        newsroom.sync()
        newsroom.translate({"柳州位於廣西 。": "Liuzhou lies in Guangxi ."})
        newsroom.write("標題在此\n\n柳州位於廣東。\n")
    before = everything(newsroom.root)
    ran = newsroom.run(*run)
    assert ran.code in {0, 1}, ran.err
    assert everything(newsroom.root) == before


def test_a_dry_run_asks_for_no_lock(newsroom: Newsroom, monkeypatch: pytest.MonkeyPatch) -> None:
    def refused(*_args: object, **_more: object) -> None:
        raise AssertionError("a dry run writes")

    newsroom.write("標題在此\n")
    newsroom.sync()
    newsroom.write("標題在彼\n")
    monkeypatch.setattr(locks, "hold", refused)
    monkeypatch.setattr(files, "write_atomically", refused)
    found = convert(find_project(newsroom.root), dry_run=True)
    assert [change.after for change in found.documents[0].locales[0].changes] == ["标题在彼"]
