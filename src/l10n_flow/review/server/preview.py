"""The built page of an article as its catalogues are now, for the frame beside its units."""

from __future__ import annotations

from l10n_flow.project import Failure, OpenProject
from l10n_flow.publish import pages
from l10n_flow.publish.choose import publish
from l10n_flow.publish.pages import ArticlePage
from l10n_flow.publish.sheets import page_blocks


def preview(loader: OpenProject, document: str, locale: str) -> str:
    """The article's page, drafts included; without links, for they would lead out of the frame.

    Raises:
        ConfigError: for an unknown locale.
        SourceError: for an unknown document, or one that cannot be read.
        CatalogueError: when its catalogue is damaged.
    """
    loader.renew()
    loaded = next(loader.snapshots((document,), (locale,)))
    if isinstance(loaded, Failure):
        raise loaded.error
    published = publish(loader, loaded.document, loaded.editions[0], drafts=True)
    blocks = page_blocks(loaded.document, published, loader.settings.source_locale)
    return pages.render_article(ArticlePage(loaded.name, locale, "", blocks, draft=True, anchors=True))
