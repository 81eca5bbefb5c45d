"""The article page: turn blocks into the values of the article template."""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from itertools import groupby
from typing import NamedTuple

from markupsafe import Markup

from l10n_flow.model import BlockKind, Role, State
from l10n_flow.publish.pages import common
from l10n_flow.publish.pages.labels import labels
from l10n_flow.publish.pages.marked import marked
from l10n_flow.publish.pages.model import ArticlePage, PageBlock, PageUnit

#: Kinds of which adjacent blocks form one element: items a list, cells a row, paragraphs a quotation or note.
_GATHERED = frozenset({BlockKind.LIST_ITEM, BlockKind.QUOTATION, BlockKind.NOTE, BlockKind.TABLE_CELL})


_LINE_BREAK = Markup("<br>")


class Piece(NamedTuple):
    """A run of text; a plain run needs no element around it.

    Attributes:
        gap: the separator after the piece before.
        text: the text; a ``Markup`` when it has inline markup.
        plain: whether it is without credit or mark, and in the page's language.
        credit: whether it is a photo credit.
        hint: on a draft, the reason why the unit is marked, or "".
        tongue: its language when it is not the page's.
        anchor: its id, or "".
    """

    gap: str
    text: str
    plain: bool = True
    credit: bool = False
    hint: str = ""
    tongue: common.Tongue | None = None
    anchor: str = ""


class PageElement(NamedTuple):
    """One element of the article: a kind and its lines (paragraphs, items)."""

    kind: str
    lines: tuple[tuple[Piece, ...], ...]


class View(NamedTuple):
    """The values of the template; ``heading`` is the heading when there is no title block, else ""."""

    heading: str
    sections: tuple[PageElement, ...]


def frame(page: ArticlePage) -> common.Frame:
    title = page.title or common.title_of(page.blocks, page.locale, page.format) or page.document
    return common.frame(
        title,
        page.locale,
        draft=page.draft,
        editions=page.editions,
        is_edition=True,
        index_href=page.index_href,
        bilingual_href=page.bilingual_href,
    )


def view(page: ArticlePage) -> View:
    """Return the values of the template; the first title block is the heading, a later one an ordinary heading."""
    hint = labels(page.locale)["needs-editing"] if page.draft else ""
    sections = tuple(_sections(page, hint))
    titled = any(section.kind == BlockKind.TITLE for section in sections)
    return View("" if titled else page.title or page.document, sections)


def _sections(page: ArticlePage, hint: str) -> Iterator[PageElement]:
    lines = ((block.kind, line) for block in page.blocks if (line := tuple(_pieces(block, page, hint))))
    titled = False
    for kind, run in groupby(lines, key=lambda pair: pair[0]):
        group = tuple(line for _, line in run)
        if kind in _GATHERED:
            yield PageElement(kind, group)
            continue
        for line in group:
            yield PageElement(BlockKind.HEADING if kind is BlockKind.TITLE and titled else kind, (line,))
            titled = titled or kind is BlockKind.TITLE


def _pieces(block: PageBlock, page: ArticlePage, hint: str) -> Iterator[Piece]:
    """Return the units with a text, adjacent plain units combined."""
    before, plain = "", list[str]()
    for unit in block.units:
        if not unit.text:
            continue
        here = unit.locale or page.locale
        between = common.gap(before, here) if before else ""
        if unit.breaks and before:
            between = _LINE_BREAK
        before = here
        text = marked(page.format, unit.text)
        piece = _piece(unit, text, between, page.locale, hint)
        if page.anchors:
            piece = piece._replace(plain=False, anchor=f"u-{unit.id}")
        if piece.plain:
            plain += between, text
            continue
        if plain:
            yield Piece("", _joined(plain))
            plain = []
        yield piece
    if plain:
        yield Piece("", _joined(plain))


def _joined(texts: Sequence[str]) -> str:
    """Concatenate texts; if one has markup, the others are escaped."""
    return Markup("").join(texts) if any(isinstance(text, Markup) for text in texts) else "".join(texts)


def _piece(unit: PageUnit, text: str, between: str, locale: str, hint: str) -> Piece:
    marked = hint if unit.state is State.NEEDS_EDITING else ""
    foreign = unit.locale not in {"", locale}
    credit = unit.role is Role.CREDIT
    if not (marked or foreign or credit):
        return Piece(between, text)
    if marked and unit.note:
        marked = f"{marked}: {unit.note}"
    return Piece(between, text, False, credit, marked, common.tongue(unit.locale) if foreign else None)
