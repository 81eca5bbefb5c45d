"""The index page, which lists all documents of a build."""

from __future__ import annotations

from collections.abc import Iterator, Sequence

from l10n_flow.project import Project, Snapshot, StatusRow
from l10n_flow.publish import pages
from l10n_flow.publish.pages import IndexPage, IndexRow
from l10n_flow.publish.paths import article_path, bilingual_path


def index_file(project: Project, entries: Sequence[IndexRow], *, drafts: bool) -> bytes:
    """Return the index page of all documents and locales; only a preview shows their status."""
    page = IndexPage(project.name, tuple(entries), drafts, project.source_locale)
    return pages.render_index(page).encode()


def index_rows(
    project: Project, loaded: Snapshot, titles: dict[str, str], rows: Sequence[StatusRow], *, drafts: bool
) -> Iterator[IndexRow]:
    """Return the index entries of one document: its source, then its editions. Those of a release have no states.

    They have the number of units, because it is needed later to find a source without text (``absent``).
    """
    name, source = loaded.name, project.source_locale
    units = max((row.units for row in rows), default=0)
    yield IndexRow(
        name,
        titles.get(source, ""),
        source,
        article_path(source, name, loaded.path),
        "",
        units,
        100.0,
        {},
        published=True,
    )
    for row in rows:
        folder = project.locale(row.locale).folder
        counts = {
            "untranslated": row.untranslated,
            "needs-editing": row.needs_editing,
            "translated": row.translated,
            "approved": row.approved,
        }
        yield IndexRow(
            name,
            titles.get(row.locale, ""),
            row.locale,
            article_path(folder, name, loaded.path),
            bilingual_path(folder, name) if project.shows_bilingual(drafts=drafts) else "",
            row.units,
            row.percent if drafts else 100.0,
            {state: count for state, count in counts.items() if count and drafts},
            published=True,
        )
