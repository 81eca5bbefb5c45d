"""The index page: a row for each document, a cell for each of its editions."""

from __future__ import annotations

import math
from collections.abc import Iterator

from l10n_flow.messages import Message
from l10n_flow.model import State
from l10n_flow.publish.pages import common
from l10n_flow.publish.pages.bilingual import counted
from l10n_flow.publish.pages.frame import BILINGUAL, Frame, frame
from l10n_flow.publish.pages.labels import labels
from l10n_flow.publish.pages.marked import escape
from l10n_flow.publish.pages.model import IndexPage
from l10n_flow.publish.rows import IndexRow

_DOCUMENT = Message("Document")
_DONE = Message("done")
_SOURCE = Message("Source")
_ABSENT = Message("Not published")


def frame_of(page: IndexPage) -> Frame:
    return frame(page.name, page.source_locale, draft=page.draft)


def content(page: IndexPage, around: Frame) -> Iterator[str]:
    """Yield the heading and the table."""
    locales = tuple(dict.fromkeys(row.locale for row in page.rows))
    documents: dict[str, dict[str, IndexRow]] = {}
    for row in page.rows:
        documents.setdefault(row.document, {})[row.locale] = row
    yield f'<h1>{escape(around.title)}</h1>\n<table>\n<thead>\n<tr><th scope="col">{around.say(_DOCUMENT)}</th>'
    for column in map(common.tongue, locales):
        yield f'<th scope="col"{common.attributes(column)}>{escape(column.name)}</th>'
    yield "</tr>\n</thead>\n<tbody>\n"
    cells = _Cells(page, around)
    for document, rows in documents.items():
        yield f'<tr>\n<th scope="row">{escape(document)}</th>\n'
        for locale in locales:
            yield cells.cell(rows[locale]) if locale in rows else '<td class="none">–</td>\n'
        yield "</tr>\n"
    yield "</tbody>\n</table>\n"


class _Cells:
    """Makes the cells of the index from the HTML that they share."""

    def __init__(self, page: IndexPage, around: Frame) -> None:
        self.page, self.around = page, around
        self.names = labels(page.source_locale)
        self.done, self.source = around.say(_DONE), around.say(_SOURCE)
        self.absent = f'<span class="unpublished">{around.say(_ABSENT)}</span>'
        self.bilingual = around.say(BILINGUAL)

    def cell(self, row: IndexRow) -> str:
        """Return the cell of an edition: its links, its status, and its open units."""
        tongue = common.tongue(row.locale)
        attributes, title = common.attributes(tongue), escape(row.title or row.document)
        if row.href:
            title = f'<a href="{escape(common.url(row.href))}" hreflang="{escape(tongue.lang)}">{title}</a>'
        return (
            f'<td>\n<p class="locale" aria-hidden="true"{attributes}>{escape(tongue.name)}</p>\n'
            f'<p class="title"{attributes}>{title}</p>\n'
            f"{self._progress(row)}{self._links(row)}</td>\n"
        )

    def _progress(self, row: IndexRow) -> str:
        """Return the status of a draft."""
        counts = counted(row.counts, self.names)
        if not self.page.draft or not (row.published or counts):
            return ""
        units = escape(self.around.speak(Message("Units: {n}", n=row.units)))
        if row.locale == self.page.source_locale:
            return f'<p class="counts">{self.source} · {units}</p>\n'
        bar = "".join(
            f'<span class="{state}" style="flex-grow:{row.counts[state]}"></span>'
            for state in reversed(State)
            if row.counts.get(state)
        )
        percent = math.floor(min(max(row.done_percent, 0), 100))
        return (
            f'<div class="bar" aria-hidden="true">{bar}</div>\n'
            f'<p class="counts"><b>{percent}%</b> {self.done} · {units}</p>\n'
            f'<ul class="counts">\n{counts}</ul>\n'
        )

    def _links(self, row: IndexRow) -> str:
        if row.published and not row.bilingual_href:
            return ""
        absent = "" if row.published else self.absent
        link = row.bilingual_href and f' <a href="{escape(common.url(row.bilingual_href))}">{self.bilingual}</a>'
        return f'<p class="links">{absent}{link}</p>\n'
