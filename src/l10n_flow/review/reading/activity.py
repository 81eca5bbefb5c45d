"""How far a document is, who did what to it, and what of it a search finds."""

from __future__ import annotations

from collections import Counter
from collections.abc import Iterator, Mapping, Sequence

from l10n_flow.catalogue import Seal
from l10n_flow.model import Key, State
from l10n_flow.project import Activity, has_all, places, signed, words_of
from l10n_flow.review.page.model import Hit, Progress
from l10n_flow.review.reading.column import Column
from l10n_flow.review.reading.findings import Findings
from l10n_flow.review.reading.layout import Layout


def progress(column: Column, findings: Findings) -> Progress:
    """The units of a document in a locale by state, as ``status`` counts them."""
    states: Counter[State] = Counter()
    for (state, _), number in column.tally.items():
        states[state] += number
    required = column.locale.require.rank
    wrong = sum(column.views[key].translation.state.rank >= required for key in findings.erring)
    return Progress(
        locale=column.locale.id,
        units=states.total(),
        states={state.value: states[state] for state in State},
        ready=sum(number for state, number in states.items() if state.rank >= required) - wrong,
        stale=sum(number for (_, stale), number in column.tally.items() if stale),
        findings=findings.severities,
        derived=column.locale.derived,
        errors=wrong,
    )


def activities(column: Column, when: Mapping[tuple[Key, Seal], str]) -> Iterator[Activity]:
    """Everything that the seals of a document's units say was done, and when.

    Args:
        column: the document in a locale.
        when: the time of each seal that the journal knows; of the others the day is told.
    """
    layout = column.layout
    for key, view in column.views.items():
        shown = view.translation
        for what, seal, text in signed(view.signatures, shown.target, joined=shown.joined):
            at = when.get((key, seal), seal.date)
            yield Activity(at, seal.name, what, layout.name, column.locale.id, layout.ids[key], text)


def hits(layout: Layout, columns: Sequence[Column], query: str) -> Iterator[Hit]:
    """The units with all words of a query in source, target and notes.

    One whose source has it is told once, in the first locale that people translate, for it is the same everywhere.
    """
    words = words_of(query)
    first = next((column for column in columns if not column.locale.derived), columns[0] if columns else None)
    for key, source in layout.folded.items():
        if first is not None and has_all(words, source):
            found = [first]
        else:
            found = [
                column for column in columns if has_all(words, source, column.folded[key], column.noted.get(key, ""))
            ]
        for column in found:
            yield _hit(layout, column, key, words)


def _hit(layout: Layout, column: Column, key: Key, words: Sequence[str]) -> Hit:
    view = column.views[key]
    shown = view.translation
    notes = tuple(seal.text for seal in view.signatures.notes if places(words, seal.text))
    spans = places(words, key.source), places(words, shown.target)
    return Hit(layout.name, column.locale.id, layout.ids[key], key.source, shown.target, shown.state, *spans, notes)
