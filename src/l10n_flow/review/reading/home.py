"""Makes the home page: the table of documents and locales, the last activity, the hits of a search."""

from __future__ import annotations

import itertools
from collections import Counter
from collections.abc import Sequence
from dataclasses import dataclass

from l10n_flow.catalogue import Catalogue
from l10n_flow.errors import L10nFlowError
from l10n_flow.index import Origin
from l10n_flow.model import State
from l10n_flow.project import (
    WHOLE,
    Failure,
    Known,
    Outline,
    Sitting,
    Snapshot,
    Source,
    Sources,
    Summary,
    check_document,
    count,
    erring,
    newest,
    outline_of,
    summarised,
)
from l10n_flow.review.page.model import HomePage, HomeRow, Progress, Reader
from l10n_flow.review.reading.documents import STATE_RULES, DocumentCache
from l10n_flow.review.reading.layout import Layout
from l10n_flow.review.reading.locale_view import LocaleView
from l10n_flow.review.reading.search import Search

#: How many units a search shows.
MOST_HITS = 200


@dataclass(frozen=True, slots=True)
class _RowEntry:
    """The row of a document, and its last activity.

    Attributes:
        origin: the files that it was made from; None when a change of them could be missed: then it is made each time.
        indexed: whether the index has the texts of the document.
    """

    row: HomeRow
    activity: tuple[Sitting, ...]
    origin: Origin | None = None
    indexed: bool = False


class Home:
    """Makes the home page. The row of a document is made again when one of its files has changed."""

    def __init__(self, documents: DocumentCache, known: Known) -> None:
        self.documents = documents
        self.loader = documents.loader
        self.project = documents.project
        self._known = known
        self._search = Search(documents, self._known)
        self._rows: dict[str, _RowEntry] = {}

    def page(self, reader: Reader, query: str) -> HomePage:
        """Make the page from the files as they are now.

        Raises:
            ConfigError: for wrong overrides.
        """
        sources = self.loader.sources()
        entries = [self._entry(source, sources) for source in sources.found]
        self._rows = {source.name: each for source, each in zip(sources.found, entries, strict=True)}
        indexed = {source.name for source, each in zip(sources.found, entries, strict=True) if each.indexed}
        rows = [entry.row for entry in entries] + [_failed(failure) for failure in sources.failures]
        found = (
            list(itertools.islice(self._search.hits(sources, query, indexed), MOST_HITS + 1)) if query.strip() else None
        )
        return HomePage(
            name=self.project.name,
            source_locale=self.project.source_locale,
            locales=tuple(locale.id for locale in self.project.locales),
            rows=tuple(sorted(rows, key=lambda row: row.document)),
            activity=newest([each for entry in entries for each in entry.activity]),
            query=query,
            hits=None if found is None else tuple(found[:MOST_HITS]),
            more=found is not None and len(found) > MOST_HITS,
            reader=reader,
        )

    def _entry(self, source: Source, sources: Sources) -> _RowEntry:
        before = self._rows.get(source.name)
        if before is not None and before.origin is not None and self._known.is_fresh(before.origin):
            return before
        return self._indexed(source) or self._examined(source, sources)

    def _indexed(self, source: Source) -> _RowEntry | None:
        """The row of a document that the index knows as its files are now."""
        origin = self._known.origin(source)
        summary = self._known.summary_at(source.name) if origin else None
        outline = self._known.outline_at(source.name) if summary else None
        if origin is None or summary is None or outline is None:
            return None
        return _RowEntry(self._row(source, summary, outline), outline.sittings, origin, indexed=True)

    def _examined(self, source: Source, sources: Sources) -> _RowEntry:
        """The row of another document, made of the values that ``sync`` makes for the index."""
        origin = self._known.now(source)
        try:
            summary, outline, wrong = self._judged(*self.documents.locale_views(source, sources))
        except L10nFlowError as error:
            return _RowEntry(HomeRow(source.name, source.name, (), str(error)), ())
        return _RowEntry(self._row(source, summary, outline, wrong), outline.sittings, origin)

    def _judged(self, layout: Layout, locale_views: Sequence[LocaleView]) -> tuple[Summary, Outline, str]:
        """The summary and the outline of a document without its damaged catalogues, and its first error."""
        readable = [each for each in locale_views if each.error is None]
        findings = [self.documents.findings(layout, each) for each in readable]
        errors = [*(each.error for each in locale_views), *(each.error for each in findings)]
        wrong = next((str(error) for error in errors if error is not None), "")
        snapshot = Snapshot(layout.name, "", layout.document, tuple(each.edition for each in readable))
        found = [each for one in findings for each in one.standing()]
        if not wrong:
            found += check_document(self.loader, snapshot, self.documents.whole)
        rows = count(snapshot, self.project.source_locale, erring(found))
        catalogues = {each.locale.id: each.catalogue or Catalogue(each.locale.id) for each in readable}
        outline = outline_of(self.project, snapshot, catalogues, found, layout.ids)
        return summarised(rows, found), outline, wrong

    def _row(self, source: Source, summary: Summary, outline: Outline, error: str = "") -> HomeRow:
        return HomeRow(source.name, outline.title, self._progress(summary), error, outline.whole)

    def _progress(self, summary: Summary) -> tuple[Progress, ...]:
        findings: dict[str, Counter[str]] = {}
        for locale, rule, severity, number in summary.tally:
            if rule not in STATE_RULES | WHOLE:
                findings.setdefault(locale, Counter())[severity] += number
        return tuple(
            Progress(
                locale=row.locale,
                units=row.units,
                states=dict(
                    zip(
                        [state.value for state in State],
                        (row.untranslated, row.needs_editing, row.translated, row.approved),
                        strict=True,
                    )
                ),
                ready=row.ready,
                stale=row.stale,
                findings=findings.get(row.locale, Counter()),
                derived=self.project.locale(row.locale).derived,
                errors=row.errors,
            )
            for row in summary.rows
        )


def _failed(failure: Failure) -> HomeRow:
    return HomeRow(failure.document, failure.document, (), str(failure.error))
