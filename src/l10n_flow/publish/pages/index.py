"""The index page: a row for each document, a cell for each of its editions."""

from __future__ import annotations

import math
from typing import NamedTuple

from l10n_flow.model import State
from l10n_flow.publish.pages import common
from l10n_flow.publish.pages.bilingual import counted
from l10n_flow.publish.pages.labels import labels
from l10n_flow.publish.pages.model import IndexPage, IndexRow


class Cell(NamedTuple):
    """One edition: its links, its status (``percent`` and ``bar``: state and number), and its open units.

    ``tongue`` is None when the document does not exist in the column's locale.
    """

    tongue: common.Tongue | None = None
    title: str = ""
    href: str = ""
    bilingual_href: str = ""
    units: int = 0
    percent: int = 0
    bar: tuple[tuple[str, int], ...] = ()
    counts: tuple[tuple[str, str, int], ...] = ()
    published: bool = False
    original: bool = False


class View(NamedTuple):
    """The values of the template: the columns' languages, and for each document its name and its cells."""

    columns: tuple[common.Tongue, ...]
    rows: tuple[tuple[str, tuple[Cell, ...]], ...]


def frame(page: IndexPage) -> common.Frame:
    return common.frame(page.name, page.source_locale, draft=page.draft)


def view(page: IndexPage) -> View:
    locales = tuple(dict.fromkeys(row.locale for row in page.rows))
    documents: dict[str, dict[str, Cell]] = {}
    for row in page.rows:
        documents.setdefault(row.document, {})[row.locale] = _cell(row, page.source_locale)
    rows = tuple(
        (document, tuple(cells.get(locale, Cell()) for locale in locales)) for document, cells in documents.items()
    )
    return View(tuple(common.tongue(locale) for locale in locales), rows)


def _cell(row: IndexRow, source_locale: str) -> Cell:
    return Cell(
        common.tongue(row.locale),
        row.title or row.document,
        common.url(row.href),
        common.url(row.bilingual_href),
        row.units,
        math.floor(min(max(row.done_percent, 0), 100)),
        tuple((state.value, row.counts[state]) for state in reversed(State) if row.counts.get(state)),
        counted(row.counts, labels(source_locale)),
        row.published,
        row.locale == source_locale,
    )
