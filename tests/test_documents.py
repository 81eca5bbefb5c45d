"""Which documents there are, and what they may be called."""

from __future__ import annotations

from collections.abc import Callable
from pathlib import Path

import pytest

from conftest import Newsroom
from growth import assert_linear
from l10n_flow.errors import SourceError
from l10n_flow.project import OpenProject, find_project


@pytest.mark.parametrize(
    "wanted",
    ["2026/a", "source/2026/a.txt", "./source/2026/a.txt", "locales/../source/2026/a.txt", "{root}/source/2026/a.txt"],
)
def test_a_document_is_called_by_name_or_by_path(
    newsroom: Newsroom, monkeypatch: pytest.MonkeyPatch, wanted: str
) -> None:
    newsroom.write("甲。\n", "2026/a.txt")
    newsroom.write("乙。\n", "b.txt")
    monkeypatch.chdir(newsroom.root)
    found = OpenProject(find_project(newsroom.root)).sources([wanted.format(root=newsroom.root.resolve())])
    assert [source.name for source in found.found] == ["2026/a"]


def test_a_path_is_told_from_where_one_is(newsroom: Newsroom, monkeypatch: pytest.MonkeyPatch) -> None:
    newsroom.write("甲。\n")
    monkeypatch.chdir(newsroom.root / "source")
    project = find_project(Path.cwd())
    assert [source.name for source in OpenProject(project).sources(["a.txt"]).found] == ["a"]
    for wrong in ("", "b.txt", "../a.txt", "A"):
        with pytest.raises(SourceError, match="there is no document"):
            OpenProject(project).sources([wrong])


def test_a_name_outweighs_a_path(newsroom: Newsroom) -> None:
    newsroom.write("甲。\n", "a.txt")
    newsroom.write("乙。\n", "source/a.txt.txt")
    project = find_project(newsroom.root)
    assert [source.name for source in OpenProject(project).sources(["source/a.txt"]).found] == ["source/a.txt"]
    assert [source.name for source in OpenProject(project).sources(["a"]).found] == ["a"]


@pytest.mark.parametrize("wanted", ["aa", "AA", "source/aa.txt", "source/AA.txt"])
def test_twins_fail_whichever_is_named(newsroom: Newsroom, wanted: str) -> None:
    newsroom.write("甲。\n", "AA.txt")
    newsroom.write("甲。\n", "aa.txt")
    if len(list((newsroom.root / "source").iterdir())) == 1:
        pytest.skip("this file system knows no case")
    newsroom.write("乙。\n", "b.txt")
    found = OpenProject(find_project(newsroom.root)).sources([wanted])
    assert (found.found, [failure.document for failure in found.failures]) == ((), ["AA"])


def test_many_names_take_time_in_proportion(newsroom: Newsroom) -> None:
    def work(count: int) -> Callable[[], object]:
        names = [f"n{number}.txt" for number in range(count)]
        for name in names:
            newsroom.write("", name)
        project = find_project(newsroom.root)

        def asked() -> None:
            assert len(OpenProject(project).sources([f"source/{name}" for name in names]).found) == count

        return asked

    assert_linear(work, 1600)
