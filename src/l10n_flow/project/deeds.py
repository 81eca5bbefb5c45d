"""What people did to the units of a document, from the seals, and when, from the journal."""

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

#: How many sittings are told, and after how long a break another one begins.
RECENT = 30
_BREAK = timedelta(minutes=30)
_SAID = {SealKind.NOTE: "note", SealKind.REJECTED: "rejected"}


class Activity(NamedTuple):
    """Something somebody did to a unit, from its seals: ``what`` is approved, translated, joined, rejected or note.

    ``at`` is when, in UTC (``2026-11-24T09:00:12Z``), where the journal says it; else the day.
    """

    at: str
    by: str
    what: str
    document: str
    locale: str
    unit: str
    text: str


class Sitting(NamedTuple):
    """What one person did to a document without a long break.

    Attributes:
        begin, end: when, as ``Activity.at``.
        by, document: whose, and of which.
        counts: what was done, in which locale, and to how many units.
        said: the notes and rejections, the newest first: none is left out.
        last: what was done last.
    """

    begin: str
    end: str
    by: str
    document: str
    counts: tuple[tuple[str, str, int], ...]
    said: tuple[Activity, ...]
    last: Activity


def signed(signatures: edit.Signatures, target: str, *, joined: bool) -> Iterator[tuple[str, Seal, str]]:
    """What the seals of a unit say was done, each with its seal and the text that it is about."""
    did = "joined" if joined else "translated"
    yield from ((did, seal, target) for seal in signatures.translated if seal.date)
    yield from (("approved", seal, target) for seal in signatures.approved if seal.date)
    yield from ((_SAID[seal.kind], seal, seal.text) for seal in signatures.notes if seal.date)


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
