"""Reads a project for the review page and decides what is shown. It writes nothing."""

from __future__ import annotations

import itertools
from dataclasses import replace

from l10n_flow import files
from l10n_flow import history as versions
from l10n_flow.editing import UnitView
from l10n_flow.errors import SourceError
from l10n_flow.memory import Match
from l10n_flow.messages import Message
from l10n_flow.model import Key, Severity
from l10n_flow.project import Known, OpenProject, Project, Source, Sources
from l10n_flow.review.page.model import (
    NOBODY,
    Filter,
    HomePage,
    Progress,
    Reader,
    ReviewPage,
    ReviewUnit,
)
from l10n_flow.review.reading.article_view import ArticleView
from l10n_flow.review.reading.documents import DocumentCache
from l10n_flow.review.reading.filters import PAGE_UNITS, Selection
from l10n_flow.review.reading.home import Home
from l10n_flow.review.reading.layout import Layout
from l10n_flow.review.reading.matches import Matches

__all__ = ["KEPT_UNITS", "PAGE_UNITS", "ProjectView"]

#: How many units of all documents stay in memory. One document stays, whatever its size.
KEPT_UNITS = 30_000


class ProjectView:
    """A project as the review page shows it. Any thread may call it; a file that has not changed is not read again.

    Args:
        project: the project.
    """

    def __init__(self, project: Project) -> None:
        self.project = project
        self.loader = OpenProject(project, kept_units=KEPT_UNITS)
        self._documents = DocumentCache(self.loader)
        known = Known(self.loader)
        self._home = Home(self._documents, known)
        self._matches = Matches(self.loader, known)
        self._past = versions.Past(project)

    def home(self, reader: Reader, query: str = "") -> HomePage:
        """The home page, with the units of all documents that have the words of ``query``, in either Chinese script.

        Raises:
            ConfigError: for wrong overrides.
        """
        self.loader.renew()
        return self._home.page(reader, query)

    def article(
        self,
        document: str,
        locale: str,
        filter: Filter,  # noqa: A002
        reader: Reader,
        *,
        live: bool = True,
    ) -> ReviewPage:
        """One page of a document in a locale; the whole document for the static copy.

        When the catalogue of the locale is damaged, the page has no blocks, and ``notices`` has the error.

        Args:
            document: its identity.
            locale: the locale to translate into.
            filter: the units to show; a page after the last one means the last one. ``since`` finds the units that
                differ from git's version at the start of that day in UTC (``history.Past``), and those with a seal of
                that day or later.
            reader: the person who uses the page.
            live: whether units can be saved; the units of the static copy have no version.

        Raises:
            SourceError: when there is no such document, or it cannot be read.
            ConfigError: when there is no such locale; for wrong overrides.
        """
        article = self._open(document, locale)
        selection = self._selection(article, filter, reader)
        number, parts = selection.page(filter.page) if live else (1, [*itertools.chain(*selection.pages)])
        damaged = article.locale_view.error is not None
        return ReviewPage(
            document=document,
            title=article.layout.title,
            project=self.project.name,
            revised=article.locale_view.revised,
            source_locale=self.project.source_locale,
            locale=locale,
            locales=tuple(each.id for each in self.project.locales),
            blocks=() if damaged else tuple(article.blocks(parts, reader, live=live)),
            progress=article.progress(),
            states=selection.states(),
            rules=selection.rules(),
            filter=replace(filter, page=number),
            found=0 if damaged else len(selection.found),
            pages=1 if damaged or not live else len(selection.pages),
            stamp=article.locale_view.stamp,
            reader=reader,
            live=live,
            notices=article.notices(),
        )

    def unit(
        self, document: str, locale: str, unit_id: str, reader: Reader, *, saved: UnitView | None = None
    ) -> tuple[ReviewUnit, Progress]:
        """One unit at its first place, and the progress of its document.

        Args:
            document: its identity.
            locale: the locale to translate into.
            unit_id: the id of the unit.
            reader: the person who uses the page.
            saved: the unit as ``Committer.submit`` returned it. With it, files that are in memory are not read again.

        Raises:
            SourceError: when there is no such unit; as ``article``.
            CatalogueError: when the catalogue is damaged.
            ConfigError: as ``article``.
        """
        article = self._open(document, locale, saved)
        key = _found(article.layout, unit_id)
        if article.locale_view.error is not None:
            raise article.locale_view.error
        return article.unit(key, reader), article.progress()

    def open_findings(self, document: str, locale: str) -> dict[str, int]:
        """The ids of the units with an error or a warning, and how many errors each has.

        Raises:
            SourceError, ConfigError: as ``article``.
        """
        article = self._open(document, locale)
        told: dict[str, int] = {}
        for key, found in article.findings.by_key.items():
            severities = [
                each.severity for each in found if each.ignored is None and each.severity is not Severity.INFO
            ]
            if severities:
                told[article.layout.ids[key]] = severities.count(Severity.ERROR)
        return told

    def page_of(
        self,
        document: str,
        locale: str,
        unit_id: str,
        filter: Filter,  # noqa: A002
        reader: Reader = NOBODY,
    ) -> int:
        """The number of the page that shows a unit; 1 when no page does.

        Args:
            document: its identity.
            locale: the locale to translate into.
            unit_id: the id of the unit.
            filter: the units to show.
            reader: the person who uses the page; ``mine`` finds nothing without a name.

        Raises:
            SourceError, ConfigError: as ``article``; an unknown unit is on page 1.
        """
        article = self._open(document, locale)
        key = article.layout.find(unit_id)
        return 1 if key is None else self._selection(article, filter, reader).page_of(key)

    def stamp(self, document: str, locale: str) -> str:
        """The digest of a catalogue's bytes; "" without a file.

        Raises:
            SourceError, ConfigError: as ``article``.
        """
        config = self.project.locale(locale)
        source = self._source(self.loader.sources(), document)
        return files.digest(self.loader.catalogue_bytes(source.name, config))

    def history(self, document: str, locale: str, unit_id: str) -> tuple[versions.Version, ...]:
        """The versions of a unit in its journal and in the last commits of its catalogue, newest first.

        Commits under earlier names of the document count too. The first version is the unit as it is now.

        Raises:
            SourceError, ConfigError: as ``unit``.
            CatalogueError: when the catalogue is damaged.
            L10nFlowError: when the journal cannot be read.
        """
        config = self.project.locale(locale)
        key = _found(self._layout(document), unit_id)
        path = self.project.catalogue_path(config.id, document)
        return versions.history(path, config.id, derived=config.derived, key=key).units.get(key, ())

    def matches(self, document: str, locale: str, unit_id: str) -> tuple[str, tuple[Match, ...]]:
        """A unit's source, and its matches in the memory of the project, best first; neither when the unit is gone.

        Raises:
            SourceError, ConfigError: as ``article``.
        """
        key = self._layout(document).find(unit_id)
        return ("", ()) if key is None else (key.source, self._matches.of(document, locale, key))

    def _source(self, sources: Sources, document: str) -> Source:
        """A document by its identity; a path is not accepted from the network."""
        for source in sources.found:
            if source.name == document:
                return source
        for failure in sources.failures:
            if failure.document == document:
                raise failure.error
        raise SourceError(Message("there is no document {name}; the first page lists them", name=repr(document[:200])))

    def _layout(self, document: str) -> Layout:
        self.loader.renew()
        sources = self.loader.sources()
        return self._documents.layout(self._source(sources, document), sources)

    def _selection(self, article: ArticleView, filter: Filter, reader: Reader) -> Selection:  # noqa: A002
        locale_view = article.locale_view
        old = self._past.before(article.layout.name, locale_view.locale, filter.since) if filter.since else None
        return Selection(article.layout, locale_view, article.findings, filter, reader.name, old)

    def _open(self, document: str, locale: str, saved: UnitView | None = None) -> ArticleView:
        config = self.project.locale(locale)
        article = self._documents.with_saved(document, config, saved) if saved is not None else None
        return article or self._documents.article_view(self._layout(document), config)


def _found(layout: Layout, unit_id: str) -> Key:
    key = layout.find(unit_id)
    if key is None:
        told = Message(
            "there is no unit {id} in {name}; its source may have changed", id=unit_id[:64], name=layout.name
        )
        raise SourceError(told)
    return key
