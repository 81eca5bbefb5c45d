"""The block kind of a paragraph, by its style, its outline level, and its place in the file."""

from __future__ import annotations

import re
from dataclasses import dataclass

from l10n_flow.documents.docx import scanning
from l10n_flow.documents.docx.items import Paragraph
from l10n_flow.model import BlockKind

# The names of Word's own styles in every language of Word; LibreOffice writes them with a capital letter.
_KINDS = {
    "title": BlockKind.TITLE,
    "subtitle": BlockKind.HEADING,
    "toc heading": BlockKind.HEADING,
    "caption": BlockKind.CAPTION,
    "table of figures": BlockKind.LIST_ITEM,
    "quote": BlockKind.QUOTATION,
    "intense quote": BlockKind.QUOTATION,
    "block text": BlockKind.QUOTATION,
    "quotations": BlockKind.QUOTATION,
    "footnote text": BlockKind.NOTE,
    "endnote text": BlockKind.NOTE,
    "figure": BlockKind.CAPTION,
    "illustration": BlockKind.CAPTION,
    "table": BlockKind.CAPTION,
    "drawing": BlockKind.CAPTION,
}
_HEADING = re.compile(r"heading ([1-9])\Z")
_LIST = re.compile(r"(?:list(?: bullet| number| continue)?(?: [2-5])?|list paragraph|toc [1-9])\Z")
#: The longest chain of styles that are based on one another.
_CHAIN = 12
_BODY = 9  # the outline level of body text


@dataclass(frozen=True, slots=True)
class _Style:
    name: str = ""
    based_on: str = ""
    level: int | None = None
    is_item: bool | None = None


@dataclass(frozen=True, slots=True)
class Shown:
    """The result for a style: a kind, None for an ordinary paragraph, and the level of a heading, from 0."""

    kind: BlockKind | None = None
    level: int | None = None
    is_item: bool = False


class Styles:
    """The styles of a file.

    Args:
        data: the part with the styles; None if the file has none.
        path: for messages.

    Raises:
        SourceError: it is damaged.
    """

    def __init__(self, data: bytes | None, *, path: str) -> None:
        self._styles = _read(data, path) if data is not None else {}
        self._shown: dict[str, Shown] = {}

    def kind(self, paragraph: Paragraph) -> tuple[BlockKind, int | None]:
        """Return the kind of a paragraph, and the level of a heading, from 0."""
        shown = self._of(paragraph.style)
        level = shown.level if paragraph.level is None else paragraph.level
        if shown.kind is BlockKind.TITLE:
            return BlockKind.TITLE, None
        if paragraph.place == "note":
            return BlockKind.NOTE, None
        if level is not None and level < _BODY:
            return BlockKind.HEADING, level
        if shown.kind is not None:
            return shown.kind, None
        if paragraph.place == "cell":
            return BlockKind.TABLE_CELL, None
        is_item = shown.is_item if paragraph.is_item is None else paragraph.is_item
        return (BlockKind.LIST_ITEM if is_item else BlockKind.PARAGRAPH), None

    def _of(self, style: str) -> Shown:
        found = self._shown.get(style)
        if found is None:
            found = self._shown[style] = self._resolved(style)
        return found

    def _resolved(self, style: str) -> Shown:
        kind: BlockKind | None = None
        level: int | None = None
        is_item: bool | None = None
        for _ in range(_CHAIN):
            each = self._styles.get(style)
            if each is None:
                break
            heading = _HEADING.match(each.name)
            if level is None:
                level = int(heading[1]) - 1 if heading else each.level
            kind = kind or _KINDS.get(each.name)
            if is_item is None:
                is_item = True if _LIST.match(each.name) else each.is_item
            style = each.based_on
        return Shown(kind, level, bool(is_item))


def _read(data: bytes, path: str) -> dict[str, _Style]:
    found: dict[str, _Style] = {}
    prefix = "w:"
    style = ""  # the id of the style that is being read
    depth = 0

    def start(name: str, attrs: dict[str, str]) -> None:
        nonlocal style, prefix, depth
        depth += 1
        if depth > scanning.MAX_DEPTH:
            raise scanning.deep(path)
        head, _, local = name.rpartition(":")
        prefix = f"{head}:" if head else ""
        value = attrs.get(f"{prefix}val", "")
        if local == "style":
            style = attrs.get(f"{prefix}styleId", "") if attrs.get(f"{prefix}type", "paragraph") == "paragraph" else ""
            found[style] = _Style()
        elif not style:
            return
        elif local == "name":
            found[style] = _Style(value.lower())
        elif local == "basedOn":
            found[style] = _Style(found[style].name, value)
        elif local == "outlineLvl":
            level = int(value) if value.isdecimal() and len(value) < 3 else None
            found[style] = _Style(found[style].name, found[style].based_on, level, found[style].is_item)
        elif local == "numId":
            each = found[style]
            found[style] = _Style(each.name, each.based_on, each.level, value != "0")

    def end(_: str) -> None:
        nonlocal depth
        depth -= 1

    scanning.scan(data, lambda _: (start, end), path=path)
    return found
