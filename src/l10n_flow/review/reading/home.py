"""The home page: documents by locales, what was done lately, and what a search found."""

from __future__ import annotations

import itertools
from collections import Counter
from collections.abc import Iterator, Sequence, Set
from dataclasses import dataclass

from l10n_flow.errors import L10nFlowError
from l10n_flow.index import Origin
from l10n_flow.model import State
from l10n_flow.project import (
    WHOLE,
    Failure,
    Known,
    Sitting,
    Source,
    Sources,
    Summary,
    encoded,
    newest,
    places,
    places_in,
    sittings,
    times,
    words_of,
)
from l10n_flow.review.page.model import Hit, HomePage, HomeRow, Progress, Reader
from l10n_flow.review.reading import activity
from l10n_flow.review.reading.documents import TOLD_BY_THE_STATE, DocumentCache
from l10n_flow.review.reading.layout import Layout
from l10n_flow.review.reading.locale_view import LocaleView

#: How many units a search tells.
MOST_HITS = 200


@dataclass(frozen=True, slots=True)
class _Summary:
    """What the home page says of a document, and what that follows from.

    Attributes:
        origin: the files it was made from; None when nothing can be told from them, so that it is made each time.
        indexed: whether the index holds its texts.
    """

    row: HomeRow
    activity: tuple[Sitting, ...]
    origin: Origin | None = None
    indexed: bool = False


class Home:
    """Makes the home page; what it says of a document holds until one of its files changes."""

    def __init__(self, documents: DocumentCache) -> None:
        self.documents = documents
        self.loader = documents.loader
        self.project = documents.project
        self._known = Known(self.loader)
        self._rows: dict[str, _Summary] = {}

    def page(self, reader: Reader, query: str) -> HomePage:
        """The page as it is now.

        Raises:
            ConfigError: for wrong overrides.
        """
        sources = self.loader.sources()
        summaries = [self._summary(source, sources) for source in sources.found]
        self._rows = {source.name: each for source, each in zip(sources.found, summaries, strict=True)}
        indexed = {source.name for source, each in zip(sources.found, summaries, strict=True) if each.indexed}
        rows = [summary.row for summary in summaries] + [_failed(failure) for failure in sources.failures]
        found = list(itertools.islice(self._hits(sources, query, indexed), MOST_HITS + 1)) if query.strip() else None
        return HomePage(
            name=self.project.name,
            source_locale=self.project.source_locale,
            locales=tuple(locale.id for locale in self.project.locales),
            rows=tuple(sorted(rows, key=lambda row: row.document)),
            activity=newest([each for summary in summaries for each in summary.activity]),
            query=query,
            hits=None if found is None else tuple(found[:MOST_HITS]),
            more=found is not None and len(found) > MOST_HITS,
            reader=reader,
        )

    def _summary(self, source: Source, sources: Sources) -> _Summary:
        before = self._rows.get(source.name)
        if before is not None and before.origin is not None and self._known.is_fresh(before.origin):
            return before
        return self._indexed(source) or self._made(source, sources)

    def _indexed(self, source: Source) -> _Summary | None:
        """What the index knows of a document as its files are now."""
        origin = self._known.origin(source)
        summary = self._known.summary_at(source.name) if origin else None
        outline = self._known.outline_at(source.name) if summary else None
        if origin is None or summary is None or outline is None:
            return None
        row = HomeRow(source.name, outline.title, self._progress(summary), "", outline.whole)
        return _Summary(row, outline.sittings, origin, indexed=True)

    def _progress(self, summary: Summary) -> tuple[Progress, ...]:
        findings: dict[str, Counter[str]] = {}
        for locale, rule, severity, number in summary.tally:
            if rule not in TOLD_BY_THE_STATE | WHOLE:
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

    def _made(self, source: Source, sources: Sources) -> _Summary:
        """What there is to say of a document that the index does not know as it is now."""
        origin = self._known.now(source)
        try:
            return _Summary(*self._read(*self._locale_views(source, sources)), origin)
        except L10nFlowError as error:
            return _Summary(HomeRow(source.name, source.name, (), str(error)), ())

    def _locale_views(self, source: Source, sources: Sources) -> tuple[Layout, list[LocaleView]]:
        layout = self.documents.layout(source, sources)
        return layout, [self.documents.locale_view(layout, locale) for locale in self.project.locales]

    def _read(self, layout: Layout, locale_views: Sequence[LocaleView]) -> tuple[HomeRow, tuple[Sitting, ...]]:
        readable = [locale_view for locale_view in locale_views if locale_view.error is None]
        found = [self.documents.findings(layout, locale_view) for locale_view in readable]
        error = next(filter(None, (*(each.error for each in locale_views), *(each.error for each in found))), None)
        row = HomeRow(
            layout.name,
            layout.title,
            tuple(activity.progress(locale_view, each) for locale_view, each in zip(readable, found, strict=True)),
            "" if error is None else str(error),
            tuple(self.documents.of_whole(layout, readable)) if error is None else (),
        )
        done = [
            act
            for locale_view in readable
            for act in activity.activities(
                locale_view, times(self.project.catalogue_path(locale_view.locale.id, layout.name))
            )
        ]
        return row, sittings(done)

    # Searching ---------------------------------------------------------------------------------------------------

    def _hits(self, sources: Sources, query: str, indexed: Set[str]) -> Iterator[Hit]:
        """The units with all words of a query, document by document."""
        words = words_of(query)
        texts = self._known.folded()
        name, folded = next(texts, ("", b""))
        for source in sources.found:
            while name and name < source.name:
                name, folded = next(texts, ("", b""))
            if name != source.name or source.name not in indexed:
                yield from self._read_hits(source, sources, query)
            elif all(word in folded for word in encoded(words)):
                yield from self._indexed_hits(source, sources, folded, query)

    def _indexed_hits(self, source: Source, sources: Sources, folded: bytes, query: str) -> Iterator[Hit]:
        """The units of a document whose texts the index has; where its units are damaged, the document is read."""
        words, units, locales = words_of(query), self._known.units_at(source.name), self.project.locales
        if units is None:
            yield from self._read_hits(source, sources, query)
            return
        first = next((number for number, each in enumerate(locales) if not each.derived), 0)
        for number, found in places_in(folded, words):
            unit = units[number]
            for place in found or [first]:
                target, notes = unit.targets[place], tuple(note for note in unit.notes[place] if places(words, note))
                spans = places(words, unit.source), places(words, target)
                where = source.name, locales[place].id, unit.id
                yield Hit(*where, unit.source, target, unit.states[place], *spans, notes)

    def _read_hits(self, source: Source, sources: Sources, query: str) -> Iterator[Hit]:
        try:
            layout, locale_views = self._locale_views(source, sources)
        except L10nFlowError:
            return  # its row says so
        yield from activity.hits(
            layout, [locale_view for locale_view in locale_views if locale_view.error is None], query
        )


def _failed(failure: Failure) -> HomeRow:
    return HomeRow(failure.document, failure.document, (), str(failure.error))
