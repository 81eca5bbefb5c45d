"""The actions of people on the units of a document, from seals, and their times, from the journal."""

from __future__ import annotations

from collections import Counter, defaultdict
from collections.abc import Iterable, Iterator, Mapping, Sequence
from datetime import datetime, timedelta
from operator import attrgetter
from typing import NamedTuple

from l10n_flow.catalogue import Seal, SealKind, edit, journal
from l10n_flow.errors import L10nFlowError
from l10n_flow.inside import Inside
from l10n_flow.model import Key

#: The number of sittings that are shown; the length of the break between two sittings.
RECENT = 30
_BREAK = timedelta(minutes=30)
_SAID = {SealKind.NOTE: "note", SealKind.REJECTED: "rejected"}


class Activity(NamedTuple):
    """One action of a person on a unit, from its seals: ``what`` is approved, translated, joined, rejected or note.

    ``at`` is the time in UTC (``2026-11-24T09:00:12Z``) if the journal has it; else the day.
    """

    at: str
    by: str
    what: str
    document: str
    locale: str
    unit: str
    text: str


class Sitting(NamedTuple):
    """The actions of one person on a document without a long break.

    Attributes:
        begin, end: the first and last time, as ``Activity.at``.
        by, document: the person and the document.
        counts: for each action and locale, the number of units.
        said: all notes and rejections, the newest first.
        last: the last action.
    """

    begin: str
    end: str
    by: str
    document: str
    counts: tuple[tuple[str, str, int], ...]
    said: tuple[Activity, ...]
    last: Activity


def signed(signatures: edit.Signatures, target: str, *, joined: bool) -> Iterator[tuple[str, Seal, str]]:
    """Return the actions recorded in the seals of a unit, each with its seal and the text that it applies to."""
    did = "joined" if joined else "translated"
    yield from ((did, seal, target) for seal in signatures.translated if seal.date)
    yield from (("approved", seal, target) for seal in signatures.approved if seal.date)
    yield from ((_SAID[seal.kind], seal, seal.text) for seal in signatures.notes if seal.date)


def times(catalogue: Inside) -> Mapping[tuple[Key, Seal], str]:
    """Return the time of each seal from the journal of a catalogue; empty when the journal cannot be read."""
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


def sittings(found: Iterable[Activity]) -> tuple[Sitting, ...]:
    """Group actions into a row for each person, document and sitting, the newest first.

    Actions with a day but no time (they came with a commit from elsewhere) make one sitting a day.
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
    """Return the newest sittings that are shown, newest first."""
    return tuple(sorted(found, key=attrgetter("end"), reverse=True)[:RECENT])


def _continues(before: str, after: str) -> bool:
    try:
        return datetime.fromisoformat(_offset(after)) - datetime.fromisoformat(_offset(before)) <= _BREAK
    except (ValueError, TypeError):  # a day without a time, or a seal that somebody has typed
        return before == after


def _offset(at: str) -> str:
    return at.replace("Z", "+00:00") if "T" in at else at


def _sitting(acts: Sequence[Activity]) -> Sitting:
    """Make one row of the actions of a person; ``acts`` are oldest first."""
    last = acts[-1]
    counts = Counter((act.what, act.locale) for act in acts)
    said = tuple(act for act in reversed(acts) if act.what in _SAID.values())
    told = tuple((what, locale, number) for (what, locale), number in counts.items())
    return Sitting(acts[0].at, last.at, last.by, last.document, told, said, last)
