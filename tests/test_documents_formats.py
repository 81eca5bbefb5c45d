"""A format owns both ways: what another one than plain text needs is asked of it, and of nothing else."""

from __future__ import annotations

import re
from collections.abc import Iterator, Sequence
from dataclasses import replace
from importlib import metadata
from types import SimpleNamespace

import pytest

from conftest import Newsroom
from l10n_flow import documents
from l10n_flow.documents import Reading, Shape, registry
from l10n_flow.documents.text import Text
from l10n_flow.errors import FaultError, SourceError
from l10n_flow.inline import CodeKind, CodeRole, InlineCode
from l10n_flow.model import Document
from l10n_flow.project import load_project
from l10n_flow.work.build import build
from l10n_flow.work.sync import sync


class Marked(Text):
    """Plain text in which {braces} are codes, # begins a section, and what a translator writes is escaped."""

    suffixes = (".mark",)

    def parse(self, data: bytes, reading: Reading) -> Document:
        return replace(super().parse(data, reading), shape=self.shape(data).events)

    def render(self, document: Document, targets: Sequence[str | None], *, locale: str) -> bytes:
        return super().render(
            document, [target and re.sub("([*_])", r"\\\1", target) for target in targets], locale=locale
        )

    def shape(self, data: bytes) -> Shape:
        lines = data.decode().splitlines()
        found = [(line[:1] if line[:1] == "#" else "text", n) for n, line in enumerate(lines, 1) if line]
        return Shape(tuple(event for event, _ in found), [line for _, line in found])

    def inline(self, text: str) -> tuple[InlineCode, ...]:
        return tuple(
            InlineCode(*found.span(), CodeRole.STANDALONE, CodeKind.OTHER) for found in re.finditer(r"\{[^}]*\}", text)
        )

    def mark_draft(self, data: bytes, document: Document, notice: str) -> bytes:
        return data + f"{document.newline}<!-- {notice} -->{document.newline}".encode()


class Reversed(Text):
    """A format whose files hold no text: bytes in, bytes out."""

    suffixes = (".rev",)
    is_text = False

    def parse(self, data: bytes, reading: Reading) -> Document:
        return super().parse(data[::-1], reading)

    def render(self, document: Document, targets: Sequence[str | None], *, locale: str) -> bytes:
        return super().render(document, targets, locale=locale)[::-1]


MARKED, REVERSED = Marked(), Reversed()


@pytest.fixture(autouse=True)
def formats(monkeypatch: pytest.MonkeyPatch) -> Iterator[None]:
    """Both come as those of another package do."""
    known = {"marked": MARKED, "reversed": REVERSED}
    points = [SimpleNamespace(name=name, load=lambda each=each: each) for name, each in known.items()]
    monkeypatch.setattr(metadata, "entry_points", lambda group: points if group == "l10n_flow.formats" else [])
    registry._others.cache_clear()
    yield
    registry._others.cache_clear()


@pytest.fixture
def room(newsroom: Newsroom) -> Newsroom:
    path = newsroom.root / "l10n-flow.toml"
    globs = 'sources = ["source/*.mark", "source/*.rev"]'
    path.write_text(path.read_text("utf-8").replace("[project]", f"[project]\n{globs}"), "utf-8")
    return newsroom


def test_a_format_escapes_marks_drafts_and_has_its_suffix(room: Newsroom) -> None:
    room.write("標題\n\n甲_乙_在此。\n", "a.mark")
    project = load_project(room.root / "l10n-flow.toml")
    assert not sync(project).updates.failures
    room.translate({"標題": "1. * _x_", "甲_乙_在此。": "Here."})
    assert build(project, drafts=True).written
    built = room.root / "preview"
    assert (built / "en/a.mark").read_text("utf-8") == "1. \\* \\_x\\_\n\nHere.\n"
    room.translate({"標題": ""})
    build(project, drafts=True)
    text = (built / "en/a.mark").read_text("utf-8")
    assert not text.startswith("[ DRAFT")
    assert re.search(r"\n<!-- \[ DRAFT, .+ \] -->\n\Z", text)


def test_a_format_reads_and_writes_bytes(room: Newsroom) -> None:
    data = "標題\n\n甲乙在此。\n".encode()[::-1]
    room.source("b.rev").write_bytes(data)
    project = load_project(room.root / "l10n-flow.toml")
    assert not sync(project).updates.failures
    assert (room.root / "preview/zh_Hant_HK/b.rev").read_bytes() == data
    assert (room.root / "preview/zh_Hans/b.rev").read_bytes()[::-1].decode() == "标题\n\n甲乙在此。\n"


def test_conversion_leaves_inline_codes_alone(room: Newsroom) -> None:
    room.write("標題\n\n頭{頭髮}髮在{麵}裏面。\n", "a.mark")
    sync(load_project(room.root / "l10n-flow.toml"))
    assert (room.root / "preview/zh_Hans/a.mark").read_text("utf-8") == "标题\n\n头{頭髮}发在{麵}里面。\n"


def test_another_structure_is_refused_and_says_where() -> None:
    document = documents.parse("題\n\n甲。\n".encode(), format="marked")
    with pytest.raises(
        SourceError, match=r"en/a.mark: line 3 of the edition would read 「# A」 .+ correct the translation"
    ):
        documents.render(document, ["T", "# A"], locale="en", path="en/a.mark")
    assert documents.render(document, ["T", None], locale="en").decode() == "T\n"
    changed = documents.parse("題\n\n甲。\n".encode(), format="marked")
    object.__setattr__(changed, "shape", ("#", "text"))
    with pytest.raises(FaultError, match="fault of ours"):
        documents.render(changed, ["題", "甲。"], locale="zh_Hant")


def test_a_project_whose_translation_changes_the_structure_is_not_released(room: Newsroom) -> None:
    room.write("標題\n\n甲在此。\n", "a.mark")
    project = load_project(room.root / "l10n-flow.toml")
    sync(project)
    room.translate({"標題": "Title", "甲在此。": "# Here."})
    result = build(project, drafts=True)
    assert [str(failure.error) for failure in result.failures] != []


def test_a_format_of_another_package_that_cannot_be_imported_is_named(monkeypatch: pytest.MonkeyPatch) -> None:
    def fail() -> None:
        raise ImportError("no module named xyz")

    monkeypatch.setattr(metadata, "entry_points", lambda **_: [SimpleNamespace(name="xyz", load=fail)])
    registry._others.cache_clear()
    with pytest.raises(
        SourceError, match="the format 'xyz' of another package cannot be imported: no module named xyz"
    ):
        documents.format_of("a.xyz", None)
    assert documents.format_of("a.txt", None) == "text"


@pytest.mark.parametrize("name", registry.FORMATS)
def test_the_table_has_the_suffixes_of_each_format(name: str) -> None:
    """It says them so that no format is imported for a suffix."""
    assert registry.get(name).suffixes == registry.FORMATS[name].suffixes


def test_the_number_of_targets_is_that_of_the_units() -> None:
    with pytest.raises(ValueError, match="2 units need as many targets, not 1"):
        documents.render(documents.parse("題\n\n甲。".encode()), ["T"], locale="en")
