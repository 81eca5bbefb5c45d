"""The blocks and units of a document, for ``segment``."""

from __future__ import annotations

from collections.abc import Iterator
from typing import TYPE_CHECKING

from l10n_flow.report.excerpts import printable

if TYPE_CHECKING:
    from l10n_flow.model import Document


def segments_json(document: Document) -> list[dict[str, object]]:
    """Return the blocks as ``{"kind", "lines", "units", "roles"}``."""
    return [
        {
            "kind": block.kind.value,
            "lines": list(block.lines),
            "units": [unit.text for unit in block.units],
            "roles": [unit.role.value for unit in block.units],
        }
        for block in document.blocks
    ]


def segments_text(document: Document) -> Iterator[str]:
    """Return a line for each block and, indented, one for each unit."""
    for block in document.blocks:
        first, last = block.lines[0], block.lines[-1]
        yield f"{block.kind} {first}" if first == last else f"{block.kind} {first}-{last}"
        for unit in block.units:
            yield f"    {'' if unit.role == 'sentence' else f'[{unit.role}] '}{printable(unit.text)}"


def notice_lines(document: Document, file: str) -> Iterator[str]:
    """Return the notices for the author, one on each line."""
    for notice in document.notices:
        yield printable(f"{file}:{notice.line}: {notice.message} [{notice.kind}]")
