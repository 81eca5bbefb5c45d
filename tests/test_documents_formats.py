"""A format owns both ways: what another one than plain text needs is asked of it, and of nothing else."""

from __future__ import annotations

import re
from collections.abc import Sequence

import pytest

from conftest import Newsroom
from l10n_flow import documents
from l10n_flow.documents import Format
from l10n_flow.documents.segmentation.overrides import Override
from l10n_flow.documents.text import Text
from l10n_flow.model import Document
from l10n_flow.project import load_project
from l10n_flow.work.build import build
from l10n_flow.work.sync import sync


class Marked(Text):
    """Plain text in which marks have a meaning, as in Markdown."""

    suffixes = (".md",)

    def escape(self, target: str) -> str:
        return re.sub(r"([*_#])", r"\\\1", target)

    def mark_draft(self, data: bytes, document: Document, notice: str) -> bytes:
        return data + f"{document.newline}<!-- {notice} -->{document.newline}".encode()


class Reversed(Text):
    """A format whose files hold no text: bytes in, bytes out."""

    suffixes = (".rev",)

    def parse(self, data: bytes, *, path: str, unit: str, overrides: Sequence[Override]) -> Document:
        return super().parse(data[::-1], path=path, unit=unit, overrides=overrides)

    def render(self, document: Document, targets: Sequence[str | None], *, locale: str) -> bytes:
        return super().render(document, targets, locale=locale)[::-1]


@pytest.fixture(autouse=True)
def formats(monkeypatch: pytest.MonkeyPatch) -> None:
    added: dict[str, Format] = {"marked": Marked(), "reversed": Reversed()}
    monkeypatch.setattr(documents, "FORMATS", {**documents.FORMATS, **added})


@pytest.fixture
def room(newsroom: Newsroom) -> Newsroom:
    path = newsroom.root / "l10n-flow.toml"
    globs = 'sources = ["source/*.md", "source/*.rev"]'
    path.write_text(path.read_text("utf-8").replace("[project]", f"[project]\n{globs}"), "utf-8")
    return newsroom


def test_a_format_escapes_marks_drafts_and_has_its_suffix(room: Newsroom) -> None:
    room.write("標題\n\n甲_乙_在此。\n", "a.md")
    project = load_project(room.root / "l10n-flow.toml")
    assert not sync(project).updates.failures
    room.translate({"標題": "1. * _x_", "甲_乙_在此。": "Here."})
    assert build(project, drafts=True).written
    built = room.root / "preview"
    assert (built / "zh_Hant_HK/a.md").read_text("utf-8") == "標題\n\n甲_乙_在此。\n"
    assert (built / "en/a.md").read_text("utf-8") == "1. \\* \\_x\\_\n\nHere.\n"
    room.translate({"標題": ""})
    build(project, drafts=True)
    text = (built / "en/a.md").read_text("utf-8")
    assert not text.startswith("[ DRAFT")
    assert re.search(r"\n<!-- \[ DRAFT, .+ \] -->\n\Z", text)


def test_a_format_reads_and_writes_bytes(room: Newsroom) -> None:
    data = "標題\n\n甲乙在此。\n".encode()[::-1]
    room.source("b.rev").write_bytes(data)
    project = load_project(room.root / "l10n-flow.toml")
    assert not sync(project).updates.failures
    assert (room.root / "preview/zh_Hant_HK/b.rev").read_bytes() == data
    assert (room.root / "preview/zh_Hans/b.rev").read_bytes()[::-1].decode() == "标题\n\n甲乙在此。\n"


def test_the_number_of_targets_is_that_of_the_units() -> None:
    with pytest.raises(ValueError, match="2 units need as many targets, not 1"):
        documents.render(documents.parse("題\n\n甲。".encode()), ["T"], locale="en")
