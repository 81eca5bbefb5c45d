"""The static copy of the review page: an article as HTML files to send to somebody, who can read and not save."""

from __future__ import annotations

from collections.abc import Callable, Mapping

from l10n_flow import interface
from l10n_flow.project import LocaleConfig, Project, Snapshot
from l10n_flow.review import page as review
from l10n_flow.review.page.model import Filter, Reader
from l10n_flow.review.reading import ProjectView


def static_copies_of(project: Project) -> Callable[[Snapshot], Mapping[str, bytes]]:
    """Return a function that makes the static copies of a document, one for each locale that is built."""
    project_view = ProjectView(project)
    return lambda loaded: copy_files(project_view, loaded.name, tuple(edition.locale for edition in loaded.editions))


def copy_path(folder: str, name: str) -> str:
    return f"review/{folder}/{name}.html"


def copy_files(project_view: ProjectView, name: str, locales: tuple[LocaleConfig, ...]) -> Mapping[str, bytes]:
    """The whole of a document in each locale, each a self-contained HTML file, by its path in the preview's folder.

    Raises:
        SourceError, ConfigError: as ``ProjectView.article``.
    """
    pages = (
        (locale, project_view.article(name, locale.id, Filter(), _reader(locale.id), live=False)) for locale in locales
    )
    return {copy_path(locale.folder, name): review.render_review(page, inline=True).encode() for locale, page in pages}


def _reader(locale: str) -> Reader:
    """A reader without a name, with the interface in the language of the locale."""
    return Reader("", language=interface.nearest(locale))
