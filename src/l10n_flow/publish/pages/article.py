"""The article page: its content, block by block."""

from __future__ import annotations

from collections.abc import Iterator
from itertools import groupby
from typing import NamedTuple

from l10n_flow.model import BlockKind, Role, State
from l10n_flow.publish.pages import common
from l10n_flow.publish.pages.frame import Frame, frame
from l10n_flow.publish.pages.labels import labels
from l10n_flow.publish.pages.marked import escape, marked
from l10n_flow.publish.pages.model import ArticlePage, PageBlock, PageUnit


class _Form(NamedTuple):
    """The HTML of a kind of block: before and after it, and around each line where several blocks are one element."""

    before: str
    after: str
    line: tuple[str, str] = ("", "")


_FORMS = {
    BlockKind.TITLE: _Form("<h1>", "</h1>\n"),
    BlockKind.BYLINE: _Form('<p class="byline">', "</p>\n"),
    BlockKind.DATELINE: _Form('<p class="dateline">', "</p>\n"),
    BlockKind.HEADING: _Form("<h2>", "</h2>\n"),
    BlockKind.CAPTION: _Form('<figure class="caption"><figcaption>', "</figcaption></figure>\n"),
    BlockKind.PARAGRAPH: _Form("<p>", "</p>\n"),
    BlockKind.LIST_ITEM: _Form("<ul>\n", "</ul>\n", ("<li>", "</li>\n")),
    BlockKind.QUOTATION: _Form('<blockquote class="quotation">\n', "</blockquote>\n", ("<p>", "</p>\n")),
    BlockKind.NOTE: _Form('<aside class="note">\n', "</aside>\n", ("<p>", "</p>\n")),
    BlockKind.TABLE_CELL: _Form('<div class="table-cell">\n', "</div>\n", ("<p>", "</p>\n")),
}
#: Kinds of which adjacent blocks form one element: items a list, cells a row, paragraphs a quotation or note.
_GATHERED = frozenset({BlockKind.LIST_ITEM, BlockKind.QUOTATION, BlockKind.NOTE, BlockKind.TABLE_CELL})


def frame_of(page: ArticlePage) -> Frame:
    title = page.title or common.title_of(page.blocks, page.locale, page.format) or page.document
    return frame(
        title,
        page.locale,
        draft=page.draft,
        editions=page.editions,
        is_edition=True,
        index_href=page.index_href,
        bilingual_href=page.bilingual_href,
    )


def content(page: ArticlePage) -> Iterator[str]:
    """Yield the article; the first title block is the heading, a later one an ordinary heading."""
    hint = labels(page.locale)["needs-editing"] if page.draft else ""
    lines = ((block.kind, line) for block in page.blocks if (line := _line(block, page, hint)) is not None)
    yield "<article>\n"
    titled = any(block.kind is BlockKind.TITLE and any(unit.text for unit in block.units) for block in page.blocks)
    if not titled:
        yield f"<h1>{escape(page.title or page.document)}</h1>\n"
    seen = False
    for kind, run in groupby(lines, key=lambda pair: pair[0]):
        form = _FORMS[kind]
        if kind in _GATHERED:
            opening, closing = form.line
            yield form.before
            yield from (f"{opening}{line}{closing}" for _, line in run)
            yield form.after
            continue
        for _, line in run:
            before, after, _ = _FORMS[BlockKind.HEADING] if kind is BlockKind.TITLE and seen else form
            yield f"{before}{line}{after}"
            seen = seen or kind is BlockKind.TITLE
    yield "</article>\n"


def _line(block: PageBlock, page: ArticlePage, hint: str) -> str | None:
    """Return the units with a text in a row; None when no unit has one."""
    parts: list[str] = []
    before = ""
    for unit in block.units:
        if not unit.text:
            continue
        here = unit.locale or page.locale
        if before:
            parts.append("<br>" if unit.breaks else common.gap(before, here))
        before = here
        parts.append(_piece(unit, page, hint))
    return "".join(parts) if before else None


def _piece(unit: PageUnit, page: ArticlePage, hint: str) -> str:
    """Return a unit's text; plain text in the page's language needs no element around it."""
    text = marked(page.format, unit.text)
    said = ""
    if page.anchors:
        said = f' id="u-{escape(unit.id)}"'
    unfinished = hint if unit.state is State.NEEDS_EDITING else ""
    classes = [name for name, there in (("credit", unit.role is Role.CREDIT), ("unfinished", unfinished)) if there]
    if classes:
        said += f' class="{" ".join(classes)}"'
    if unfinished:
        said += f' title="{escape(f"{unfinished}: {unit.note}" if unit.note else unfinished)}"'
    if unit.locale not in {"", page.locale}:
        said += common.attributes(common.tongue(unit.locale))
    return f"<span{said}>{text}</span>" if said else text
