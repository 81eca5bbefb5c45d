"""The static twin of the review page: the same article view as files to send to somebody, with nothing to save."""

from __future__ import annotations

from collections.abc import Callable, Mapping

from l10n_flow import interface
from l10n_flow.project import LocaleConfig, Project, Snapshot
from l10n_flow.review import page as review
from l10n_flow.review.page.model import Filter, Reader
from l10n_flow.review.reading import ProjectView


def twins_of(project: Project) -> Callable[[Snapshot], Mapping[str, bytes]]:
    """What makes the review pages of a document, in each locale that is built."""
    project_view = ProjectView(project)
    return lambda loaded: twin_files(project_view, loaded.name, tuple(edition.locale for edition in loaded.editions))


def twin_path(folder: str, name: str) -> str:
    return f"review/{folder}/{name}.html"


def twin_files(project_view: ProjectView, name: str, locales: tuple[LocaleConfig, ...]) -> Mapping[str, bytes]:
    """The whole of a document in each locale, each a self-contained HTML file, by its path in the preview's folder.

    Raises:
        SourceError, ConfigError: as ``ProjectView.article``.
    """
    pages = (
        (locale, project_view.article(name, locale.id, Filter(), _reader(locale.id), live=False)) for locale in locales
    )
    return {twin_path(locale.folder, name): review.render_review(page, inline=True).encode() for locale, page in pages}


def _reader(locale: str) -> Reader:
    """Nobody in particular, who reads the locale."""
    return Reader("", language=interface.nearest(locale))
