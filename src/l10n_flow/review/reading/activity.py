"""How far a document is, who did what to it, and what of it a search finds."""

from __future__ import annotations

from collections import Counter
from collections.abc import Iterator, Sequence
from operator import attrgetter

from l10n_flow.catalogue import SealKind
from l10n_flow.model import State
from l10n_flow.review.page.model import Activity, Hit, Progress
from l10n_flow.review.reading.column import Column
from l10n_flow.review.reading.findings import Findings
from l10n_flow.review.reading.folding import fold
from l10n_flow.review.reading.layout import Layout

RECENT = 30
_SAID = {SealKind.NOTE: "note", SealKind.REJECTED: "rejected"}


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


def activities(column: Column) -> Iterator[Activity]:
    """Everything that the seals of a document's units say was done, and when."""
    layout = column.layout
    for key, view in column.views.items():
        signed = view.signatures
        target = view.translation.target
        did = "joined" if view.translation.joined else "translated"
        seals = [(did, seal, target) for seal in signed.translated]
        seals += [("approved", seal, target) for seal in signed.approved]
        seals += [(_SAID[seal.kind], seal, seal.text) for seal in signed.notes]
        for what, seal, text in seals:
            if seal.date:
                yield Activity(seal.date, seal.name, what, layout.name, column.locale.id, layout.ids[key], text)


def newest(found: list[Activity]) -> tuple[Activity, ...]:
    """The newest first; those of one day in the order of the documents."""
    return tuple(sorted(found, key=attrgetter("date"), reverse=True)[:RECENT])


def hits(layout: Layout, columns: Sequence[Column], query: str) -> Iterator[Hit]:
    """The units with a text in source or targets.

    One whose source has it is told once, in the first locale that people translate, for it is the same everywhere.
    """
    wanted = fold(query.strip())
    first = next((column for column in columns if not column.locale.derived), columns[0] if columns else None)
    for key, source in layout.folded.items():
        if first is not None and wanted in source:
            found = [first]
        else:
            found = [column for column in columns if wanted in column.folded[key]]
        for column in found:
            shown = column.views[key].translation
            yield Hit(layout.name, column.locale.id, layout.ids[key], key.source, shown.target, shown.state)
