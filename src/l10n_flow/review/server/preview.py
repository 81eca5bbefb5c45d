"""The preview of an article, from its files as they are now."""

from __future__ import annotations

from l10n_flow.project import Failure, OpenProject
from l10n_flow.publish import preview as pages


def preview(loader: OpenProject, document: str, locale: str) -> str:
    """The article's page, drafts included.

    Raises:
        ConfigError: for an unknown locale.
        SourceError: for an unknown document, or one that cannot be read.
        CatalogueError: when its catalogue is damaged.
    """
    loader.renew()
    snapshot = next(loader.snapshots((document,), (locale,)))
    if isinstance(snapshot, Failure):
        raise snapshot.error
    return pages.preview(loader, snapshot)
