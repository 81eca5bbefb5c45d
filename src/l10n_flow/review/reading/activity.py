"""How far a document is, who did what to it, and what of it a search finds."""

from __future__ import annotations

from collections import Counter, defaultdict
from collections.abc import Iterable, Iterator, Mapping, Sequence
from datetime import datetime, timedelta
from operator import attrgetter

from l10n_flow.catalogue import Seal, SealKind, journal
from l10n_flow.errors import L10nFlowError
from l10n_flow.inside import Inside
from l10n_flow.model import Key, State
from l10n_flow.review.page.model import Activity, Hit, Progress, Sitting
from l10n_flow.review.reading.column import Column
from l10n_flow.review.reading.findings import Findings
from l10n_flow.review.reading.folding import has_all, places, words_of
from l10n_flow.review.reading.layout import Layout

#: How many sittings are told, and after how long a break another one begins.
RECENT = 30
_BREAK = timedelta(minutes=30)
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


def times(catalogue: Inside) -> Mapping[tuple[Key, Seal], str]:
    """When each seal was put to its unit, by the journal of a catalogue; nothing where that cannot be read."""
    try:
        lines = journal.read(catalogue).lines
    except L10nFlowError:
        return {}
    found: dict[tuple[Key, Seal], str] = {}
    for line in lines:
        before = line.before.seals if line.before is not None else ()
        for seal in line.after.seals if line.after is not None else ():
            if seal not in before and seal.name == line.by and line.at.startswith(seal.date):
                found[line.key, seal] = line.at
    return found


def activities(column: Column, when: Mapping[tuple[Key, Seal], str]) -> Iterator[Activity]:
    """Everything that the seals of a document's units say was done, and when.

    Args:
        column: the document in a locale.
        when: the time of each seal that the journal knows; of the others the day is told.
    """
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
                at = when.get((key, seal), seal.date)
                yield Activity(at, seal.name, what, layout.name, column.locale.id, layout.ids[key], text)


def sittings(found: Iterable[Activity]) -> tuple[Sitting, ...]:
    """What was done, a row for each person, document and sitting, the newest first.

    What has a day and no time (it came with a commit from elsewhere) is one sitting a day.
    """
    by_whom: defaultdict[tuple[str, str], list[Activity]] = defaultdict(list)
    for each in found:
        by_whom[each.by, each.document].append(each)
    groups: list[list[Activity]] = []
    for acts in by_whom.values():
        acts.sort(key=attrgetter("at"))
        groups.append([])
        for act in acts:
            if groups[-1] and not _continues(groups[-1][-1].at, act.at):
                groups.append([])
            groups[-1].append(act)
    return newest(map(_sitting, groups))


def newest(found: Iterable[Sitting]) -> tuple[Sitting, ...]:
    """The newest first, as many as are told."""
    return tuple(sorted(found, key=attrgetter("end"), reverse=True)[:RECENT])


def _continues(before: str, after: str) -> bool:
    try:
        return datetime.fromisoformat(_offset(after)) - datetime.fromisoformat(_offset(before)) <= _BREAK
    except (ValueError, TypeError):  # a day without a time, or a seal that somebody has typed
        return before == after


def _offset(at: str) -> str:
    return at.replace("Z", "+00:00") if "T" in at else at


def _sitting(acts: Sequence[Activity]) -> Sitting:
    """One row of some acts of a person, oldest first."""
    last = acts[-1]
    counts = Counter((act.what, act.locale) for act in acts)
    said = tuple(act for act in reversed(acts) if act.what in _SAID.values())
    told = tuple((what, locale, number) for (what, locale), number in counts.items())
    return Sitting(acts[0].at, last.at, last.by, last.document, told, said, last)


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
