"""How far a document is, who did what to it, and what of it a search finds."""

from __future__ import annotations

from collections import Counter
from collections.abc import Iterator, Mapping, Sequence

from l10n_flow.catalogue import Seal
from l10n_flow.model import Key, State
from l10n_flow.project import Activity, has_all, places, signed, words_of
from l10n_flow.review.page.model import Hit, Progress
from l10n_flow.review.reading.findings import Findings
from l10n_flow.review.reading.layout import Layout
from l10n_flow.review.reading.locale_view import LocaleView


def progress(locale_view: LocaleView, findings: Findings) -> Progress:
    """The units of a document in a locale by state, as ``status`` counts them."""
    states: Counter[State] = Counter()
    for (state, _), number in locale_view.tally.items():
        states[state] += number
    required = locale_view.locale.require.rank
    wrong = sum(locale_view.views[key].translation.state.rank >= required for key in findings.erring)
    return Progress(
        locale=locale_view.locale.id,
        units=states.total(),
        states={state.value: states[state] for state in State},
        ready=sum(number for state, number in states.items() if state.rank >= required) - wrong,
        stale=sum(number for (_, stale), number in locale_view.tally.items() if stale),
        findings=findings.severities,
        derived=locale_view.locale.derived,
        errors=wrong,
    )


def activities(locale_view: LocaleView, when: Mapping[tuple[Key, Seal], str]) -> Iterator[Activity]:
    """Everything that the seals of a document's units say was done, and when.

    Args:
        locale_view: the document in a locale.
        when: the time of each seal that the journal knows; of the others the day is told.
    """
    layout = locale_view.layout
    for key, view in locale_view.views.items():
        shown = view.translation
        for what, seal, text in signed(view.signatures, shown.target, joined=shown.joined):
            at = when.get((key, seal), seal.date)
            yield Activity(at, seal.name, what, layout.name, locale_view.locale.id, layout.ids[key], text)


def hits(layout: Layout, locale_views: Sequence[LocaleView], query: str) -> Iterator[Hit]:
    """The units with all words of a query in source, target and notes.

    One whose source has it is told once, in the first locale that people translate, for it is the same everywhere.
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
