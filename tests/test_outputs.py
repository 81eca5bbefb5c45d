"""Where the files of a build go: ``[outputs]``."""

from __future__ import annotations

from pathlib import Path

import pytest

from conftest import Newsroom
from l10n_flow.errors import ConfigError
from l10n_flow.project import OpenProject, load_project
from l10n_flow.work.build import build
from l10n_flow.work.sync import sync


def configured(room: Newsroom, outputs: str, sources: str = 'sources = ["docs/**/*.md", "docs/**/*.txt"]') -> Path:
    path = room.root / "l10n-flow.toml"
    text = path.read_text("utf-8").replace("[project]", f"[project]\n{sources}")
    path.write_text(f"{text}\n[outputs]\n{outputs}\n", "utf-8")
    return path


def write(room: Newsroom, name: str, text: str = "標題\n\n甲乙在此。\n") -> None:
    path = room.root / name
    path.parent.mkdir(parents=True, exist_ok=True)
    path.write_text(text, "utf-8")


@pytest.mark.parametrize(
    ("pattern", "expected"),
    [
        ("content/{bcp47}/{document}{suffix}", "content/zh-Hans/a/guide.md"),
        ("{document}.{bcp47}{suffix}", "a/guide.zh-Hans.md"),
        ("i18n/{locale}/current/{folder}{name}{suffix}", "i18n/zh_Hans/current/a/guide.md"),
    ],
)
def test_a_file_goes_where_the_pattern_says(newsroom: Newsroom, pattern: str, expected: str) -> None:
    write(newsroom, "docs/a/guide.md")
    write(newsroom, "docs/b.txt")
    project = load_project(configured(newsroom, f'"docs/*.md" = "{pattern}"'))
    sync(project)
    preview = newsroom.root / "preview"
    assert (preview / expected).read_text("utf-8") == "标题\n\n甲乙在此。\n"
    assert (preview / "zh_Hans/b.txt").exists()
    assert (preview / "zh_Hans/a/guide.html").exists()
    assert not (preview / "zh_Hans/a/guide.md").exists()


def test_what_is_written_once_is_taken_away_when_the_pattern_changes(newsroom: Newsroom) -> None:
    write(newsroom, "docs/guide.md")
    path = configured(newsroom, '"docs/*" = "{document}.{locale}{suffix}"')
    build(load_project(path), drafts=True)
    assert (newsroom.root / "preview/guide.en.md").exists()
    path.write_text(path.read_text("utf-8").replace("{document}.{locale}", "x/{document}.{locale}"), "utf-8")
    build(load_project(path), drafts=True)
    assert (newsroom.root / "preview/x/guide.en.md").exists()
    assert not (newsroom.root / "preview/guide.en.md").exists()


def test_an_edition_beside_its_source_is_no_source(newsroom: Newsroom) -> None:
    for name in ("guide.md", "guide.en.md", "guide.zh-Hans.md", "guide.fr.md", "en/other.md"):
        write(newsroom, f"docs/{name}")
    for pattern in ("{document}.{bcp47}{suffix}", "docs/{document}.{bcp47}{suffix}"):
        path = configured(newsroom, f'"docs/*" = "{pattern}"')
        found = OpenProject(load_project(path)).sources().found
        assert [source.name for source in found] == ["en/other", "guide", "guide.fr"]
        path.write_text(
            path.read_text("utf-8")
            .partition("\n[outputs]")[0]
            .replace('sources = ["docs/**/*.md", "docs/**/*.txt"]', "")
        )


@pytest.mark.parametrize(
    ("pattern", "message"),
    [
        ("{document}{suffix}", "the path needs {locale} or {bcp47}"),
        ("{locale}/x{suffix}", "the path needs {document} or {name}"),
        ("{locale}/{name}{suffix}", "documents of two folders may have one name"),
        ("{local}/{document}", "{local} is no field of a path; there are: bcp47, document, folder"),
        ("../{locale}/{document}", "must lie in the folder of the build"),
        ("/{locale}/{document}", "must lie in the folder of the build"),
        ("{locale}/{document}.html", "must be no HTML file"),
        ("review/{locale}/{document}", "not in bilingual/, pages/ or review/"),
    ],
)
def test_a_pattern_that_cannot_be_meant_is_refused(newsroom: Newsroom, pattern: str, message: str) -> None:
    with pytest.raises(ConfigError) as caught:
        load_project(configured(newsroom, f'"docs/*" = "{pattern}"'))
    assert message in str(caught.value)
    assert "l10n-flow.toml:" in str(caught.value)


def test_two_sources_with_one_identity_stay_an_error(newsroom: Newsroom) -> None:
    write(newsroom, "docs/a.md")
    write(newsroom, "docs/a.txt")
    failures = OpenProject(load_project(configured(newsroom, ""))).sources().failures
    assert [str(failure.error) for failure in failures] == [
        "docs/a.md and docs/a.txt would share one catalogue; rename one of them"
    ]
