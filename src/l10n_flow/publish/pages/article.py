"""The readable page: blocks to what the article template lays out."""

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

#: Kinds that stand together: items make one list, cells one row, paragraphs one quotation or note.
_GATHERED = frozenset({BlockKind.LIST_ITEM, BlockKind.QUOTATION, BlockKind.NOTE, BlockKind.TABLE_CELL})


_LINE_BREAK = Markup("<br>")


class Piece(NamedTuple):
    """A run of text; a plain one needs no element around it.

    Attributes:
        gap: what separates it from the piece before.
        text: the text itself; a ``Markup`` where it has inline markup.
        plain: no credit, no mark, in the page's language.
        credit: whether it is a photo credit.
        hint: on a draft, why the unit is marked, or "".
        tongue: its language where it is not the page's.
        anchor: its id, or "".
    """

    gap: str
    text: str
    plain: bool = True
    credit: bool = False
    hint: str = ""
    tongue: common.Tongue | None = None
    anchor: str = ""


class Section(NamedTuple):
    """One element of the article: a kind and the lines (paragraphs, items) it holds."""

    kind: str
    lines: tuple[tuple[Piece, ...], ...]


class View(NamedTuple):
    """The article; ``heading`` is the heading when no title block gives one, else ""."""

    heading: str
    sections: tuple[Section, ...]


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
    """Lay the article out; the first title block is its heading, a later one a heading like any other."""
    hint = labels(page.locale)["needs-editing"] if page.draft else ""
    sections = tuple(_sections(page, hint))
    titled = any(section.kind == BlockKind.TITLE for section in sections)
    return View("" if titled else page.title or page.document, sections)


def _sections(page: ArticlePage, hint: str) -> Iterator[Section]:
    lines = ((block.kind, line) for block in page.blocks if (line := tuple(_pieces(block, page, hint))))
    titled = False
    for kind, run in groupby(lines, key=lambda pair: pair[0]):
        group = tuple(line for _, line in run)
        if kind in _GATHERED:
            yield Section(kind, group)
            continue
        for line in group:
            yield Section(BlockKind.HEADING if kind is BlockKind.TITLE and titled else kind, (line,))
            titled = titled or kind is BlockKind.TITLE


def _pieces(block: PageBlock, page: ArticlePage, hint: str) -> Iterator[Piece]:
    """The units with a text, plain neighbours run together."""
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
    """Texts in a row; beside one with markup the others are escaped."""
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
