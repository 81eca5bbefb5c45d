"""The home page: documents by locales, what was done lately, and what a search found."""

from __future__ import annotations

import itertools
from collections.abc import Iterator, Sequence
from dataclasses import dataclass

from l10n_flow import files
from l10n_flow.errors import L10nFlowError
from l10n_flow.project import ContentCache, Failure, Source, Sources
from l10n_flow.review.page.model import DeskPage, DeskRow, Hit, Reader, Sitting
from l10n_flow.review.reading import activity
from l10n_flow.review.reading.column import Column
from l10n_flow.review.reading.layout import Layout
from l10n_flow.review.reading.shelf import Shelf

#: How many units a search tells.
MOST_HITS = 200
_KEPT_ROWS = 5_000


@dataclass(frozen=True, slots=True)
class _Summary:
    """What the home page says of a document."""

    row: DeskRow
    activity: tuple[Sitting, ...]


class Home:
    """Makes the home page; what it says of a document is remembered until one of its files changes."""

    def __init__(self, shelf: Shelf) -> None:
        self.shelf = shelf
        self.loader = shelf.loader
        self.project = shelf.project
        self._rows = ContentCache(_KEPT_ROWS)

    def page(self, reader: Reader, query: str) -> DeskPage:
        """The page as it is now.

        Raises:
            ConfigError: for wrong overrides.
        """
        sources = self.loader.sources()
        summaries = [self._summary(source, sources) for source in sources.found]
        rows = [summary.row for summary in summaries] + [_failed(failure) for failure in sources.failures]
        found = list(itertools.islice(self._hits(sources, query), MOST_HITS + 1)) if query.strip() else None
        return DeskPage(
            name=self.project.name,
            source_locale=self.project.source_locale,
            locales=tuple(locale.id for locale in self.project.locales),
            rows=tuple(sorted(rows, key=lambda row: row.document)),
            activity=activity.newest([each for summary in summaries for each in summary.activity]),
            query=query,
            hits=None if found is None else tuple(found[:MOST_HITS]),
            more=found is not None and len(found) > MOST_HITS,
            reader=reader,
        )

    def _columns(self, source: Source, sources: Sources) -> tuple[Layout, list[Column]]:
        layout = self.shelf.layout(source, sources)
        return layout, [self.shelf.column(layout, locale) for locale in self.project.locales]

    def _hits(self, sources: Sources, query: str) -> Iterator[Hit]:
        for source in sources.found:
            try:
                layout, columns = self._columns(source, sources)
            except L10nFlowError:
                continue  # its row says so
            yield from activity.hits(layout, [column for column in columns if column.error is None], query)

    def _summary(self, source: Source, sources: Sources) -> _Summary:
        try:
            origin = self._origin(source, sources)
            with self._rows.held(source.name) as slot:
                slot.size = 1
                return slot.value("row", origin, lambda _: self._summarised(*self._columns(source, sources)))
        except L10nFlowError as error:
            return _Summary(DeskRow(source.name, source.name, (), str(error)), ())

    def _origin(self, source: Source, sources: Sources) -> tuple[object, ...]:
        """The digests of everything that the summary of a document follows from."""
        inputs = self.loader.inputs(source)
        catalogues = (
            str(data) if isinstance(data, L10nFlowError) else files.digest(data) for data in inputs.catalogues.values()
        )
        return (
            files.digest(inputs.source),
            sources.overrides_of(source),
            self.loader.termbase_digest(),
            *catalogues,
        )

    def _summarised(self, layout: Layout, columns: Sequence[Column]) -> _Summary:
        readable = [column for column in columns if column.error is None]
        found = [self.shelf.findings(layout, column) for column in readable]
        error = next(filter(None, (*(each.error for each in columns), *(each.error for each in found))), None)
        row = DeskRow(
            layout.name,
            layout.title,
            tuple(activity.progress(column, each) for column, each in zip(readable, found, strict=True)),
            "" if error is None else str(error),
            tuple(self.shelf.of_whole(layout, readable)) if error is None else (),
        )
        done = [
            act
            for column in readable
            for act in activity.activities(
                column, activity.times(self.project.catalogue_path(column.locale.id, layout.name))
            )
        ]
        return _Summary(row, activity.sittings(done))


def _failed(failure: Failure) -> DeskRow:
    return DeskRow(failure.document, failure.document, (), str(failure.error))
