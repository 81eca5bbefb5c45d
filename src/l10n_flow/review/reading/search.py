"""The search over all documents: it finds units with all words of a query in source, target or notes."""

from __future__ import annotations

from collections.abc import Iterator, Sequence, Set

from l10n_flow.errors import L10nFlowError
from l10n_flow.model import Key
from l10n_flow.project import Known, Source, Sources, encoded, has_all, places, places_in, words_of
from l10n_flow.review.page.model import Hit
from l10n_flow.review.reading.documents import DocumentCache
from l10n_flow.review.reading.layout import Layout
from l10n_flow.review.reading.locale_view import LocaleView


class Search:
    """Searches the index for the documents that it knows as their files are now, and reads the others.

    Args:
        documents: reads documents.
        known: the index.
    """

    def __init__(self, documents: DocumentCache, known: Known) -> None:
        self._documents = documents
        self._known = known
        self._locales = documents.project.locales

    def hits(self, sources: Sources, query: str, indexed: Set[str]) -> Iterator[Hit]:
        """The units with all words of a query, document by document.

        Args:
            sources: the documents.
            query: the words.
            indexed: the documents that the index knows as their files are now.
        """
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
        """The units of a document in the index. When the index is damaged there, the document is read."""
        words, units, locales = words_of(query), self._known.units_at(source.name), self._locales
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
            layout, locale_views = self._documents.locale_views(source, sources)
        except L10nFlowError:
            return  # the row of the document has the error
        yield from hits(layout, [each for each in locale_views if each.error is None], query)


def hits(layout: Layout, locale_views: Sequence[LocaleView], query: str) -> Iterator[Hit]:
    """The units with all words of a query in source, target or notes.

    A unit with the words in its source is shown once, in the first locale that people translate into.
    """
    words = words_of(query)
    people = (each for each in locale_views if not each.locale.derived)
    first = next(people, locale_views[0] if locale_views else None)
    for key, source in layout.folded.items():
        if first is not None and has_all(words, source):
            found = [first]
        else:
            found = [each for each in locale_views if has_all(words, source, each.folded[key], each.noted.get(key, ""))]
        for locale_view in found:
            yield _hit(layout, locale_view, key, words)


def _hit(layout: Layout, locale_view: LocaleView, key: Key, words: Sequence[str]) -> Hit:
    view = locale_view.views[key]
    shown = view.translation
    notes = tuple(seal.text for seal in view.signatures.notes if places(words, seal.text))
    spans = places(words, key.source), places(words, shown.target)
    return Hit(
        layout.name, locale_view.locale.id, layout.ids[key], key.source, shown.target, shown.state, *spans, notes
    )
