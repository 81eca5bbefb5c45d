"""The page of an article from its present catalogues, for the frame beside the units on the review page."""

from __future__ import annotations

from l10n_flow import ids
from l10n_flow.project import OpenProject, Snapshot
from l10n_flow.publish import pages
from l10n_flow.publish.choose import publish
from l10n_flow.publish.pages import ArticlePage
from l10n_flow.publish.rendering import page_blocks


def preview(opened: OpenProject, snapshot: Snapshot) -> str:
    """Return the page of a document's first edition with drafts, and without links, which would leave the frame."""
    edition = snapshot.editions[0]
    published = publish(opened, snapshot.document, edition, drafts=True)
    short = ids.short(unit.key for unit in snapshot.document.units())
    blocks = page_blocks(snapshot.document, published, opened.settings.source_locale, short)
    form = snapshot.document.format
    page = ArticlePage(snapshot.name, edition.locale.id, "", blocks, draft=True, anchors=True, format=form)
    return pages.render_article(page)
