"""The built page of an article as its catalogues are now, for the frame beside its units."""

from __future__ import annotations

from collections.abc import Sequence

from l10n_flow import pages
from l10n_flow.config import Project
from l10n_flow.model import Role
from l10n_flow.pages import ArticlePage, PageBlock, PageUnit
from l10n_flow.workflow.documents import Failure
from l10n_flow.workflow.loading import LoadedDocument, load_all
from l10n_flow.workflow.publish import Published, publish


def preview(project: Project, document: str, locale: str) -> str:
    """The article's page, drafts included; without links, for they would lead out of the frame.

    Raises:
        ConfigError: for an unknown locale.
        SourceError: for an unknown document, or one that cannot be read.
        CatalogueError: when its catalogue is damaged.
    """
    loaded = next(load_all(project, (document,), (locale,)))
    if isinstance(loaded, Failure):
        raise loaded.error
    published = publish(project, loaded.document, loaded.editions[0], drafts=True)
    page = ArticlePage(loaded.name, locale, "", _blocks(project, loaded, published), draft=True, anchors=True)
    return pages.render_article(page)


def _blocks(project: Project, loaded: LoadedDocument, published: Sequence[Published]) -> tuple[PageBlock, ...]:
    rest = iter(published)
    return tuple(
        PageBlock(block.kind, tuple(_unit(project, unit.role, unit.text, next(rest)) for unit in block.units))
        for block in loaded.document.blocks
    )


def _unit(project: Project, role: Role, source: str, unit: Published) -> PageUnit:
    assert unit.translation is not None  # only the source locale has none
    return PageUnit(
        unit.text or "",
        role,
        unit.translation.state,
        source,
        note=unit.note,
        id=unit.translation.key.digest[:8],
        locale=project.source_locale if unit.foreign else "",
    )
