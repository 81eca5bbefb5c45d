"""Golden files: cases of a title, a source and what is read of it, with a line of one dot between any two texts."""

from __future__ import annotations

from pathlib import Path

import pytest

from l10n_flow import documents
from l10n_flow.model import Document

HERE = Path(__file__).parent / "golden"


def read(file: str) -> list[tuple[str, str, str]]:
    """The cases of a file: of each its title, its source and what is read of it."""
    texts = (HERE / file).read_text("utf-8").split("\n.\n")
    return [(title.strip(), *rest) for title, *rest in zip(texts[::3], texts[1::3], texts[2::3], strict=False)]


def cases(*files: str) -> pytest.MarkDecorator:
    """The parameters ``source`` and ``expected`` of a test, from some files."""
    return pytest.mark.parametrize(
        ("source", "expected"),
        [
            pytest.param(source, expected, id=f"{Path(file).stem}: {title}")
            for file in files
            for title, source, expected in read(file)
        ],
    )


def shown(document: Document) -> str:
    """A document as the golden files show it."""
    lines = []
    for block in document.blocks:
        lines.append(f"{block.kind} {','.join(map(str, block.lines))}")
        lines += [f"  {unit.role}: {unit.text}" for unit in block.units]
    lines += [f"! {notice.kind} {notice.line}" for notice in document.notices]
    return "\n".join(lines)


def assert_golden(source: str, expected: str, format_: str) -> None:
    """A text is read as expected, and comes back as it is, and with brackets around each unit, in the same shape."""
    document = documents.parse(source.encode(), format=format_)
    assert shown(document).replace("\r", "") == expected
    texts = [unit.text for unit in document.units()]
    assert documents.render(document, texts, locale="en").decode() == source
    bracketed = documents.render(document, [f"〔{text}〕" for text in texts], locale="en")
    assert bracketed.decode().replace("〔", "").replace("〕", "") == source
    assert documents.parse(bracketed, format=format_).shape == document.shape
