"""Earlier versions of the units of a catalogue, from its journal and its commits, ordered by time."""

from __future__ import annotations

import bisect
import calendar
import time
from collections.abc import Iterable, Mapping
from dataclasses import dataclass, field, replace

from l10n_flow import catalogue as po
from l10n_flow.catalogue import Entry, SealKind, journal, settled
from l10n_flow.catalogue.journal import Line
from l10n_flow.history.commits import Committed, committed
from l10n_flow.history.git import Commit
from l10n_flow.inside import Inside
from l10n_flow.model import Key, State


@dataclass(frozen=True, slots=True)
class Version:
    """One version of a unit, earlier or present.

    Attributes:
        entry: its entry; empty when the catalogue had none.
        state: the state of the entry.
        when: day and minute in the local time zone; only the day, or "", when more is not recorded.
        by: the person who made the change; "" when that is not recorded.
        did: the name of the action in the journal; "" when the version is not in the journal.
        commit: the first commit that contains the version; "" when none of those read does.
        subject: the first line of the commit's message.
    """

    entry: Entry
    state: State
    when: str = ""
    by: str = ""
    did: str = ""
    commit: str = ""
    subject: str = ""

    @property
    def text(self) -> str:
        return self.entry.msgstr

    @property
    def approvers(self) -> tuple[str, ...]:
        """The persons who had approved it."""
        return tuple(seal.name for seal in po.edit.signatures(self.entry).approved)

    def is_same(self, entry: Entry) -> bool:
        """Whether an entry has the same content, apart from its place in the file."""
        return _plain(self.entry).says(_plain(entry))


@dataclass(frozen=True, slots=True)
class History:
    """The versions of a catalogue's units.

    Attributes:
        units: the versions of each unit, newest first; the first is the present one. A unit that was always empty has
            none.
        damaged: the numbers of the lines of the journal that cannot be read.
        newer: the numbers of the lines that a later version of the program wrote.
    """

    units: Mapping[Key, tuple[Version, ...]] = field(default_factory=dict)
    damaged: tuple[int, ...] = ()
    newer: tuple[int, ...] = ()


def history(path: Inside, locale: str, *, derived: bool, key: Key | None = None) -> History:
    """Return the versions of the units of a catalogue, as far back as the journal and the last commits go.

    The catalogue is found under its earlier names, also when its new name is not committed yet. A commit contains only
    what was in the catalogue then. Without git the journal is the only source.

    Args:
        path: the catalogue; it may be deleted.
        locale: its locale.
        derived: whether the locale is converted.
        key: only this unit, which is faster.

    Raises:
        CatalogueError: when the catalogue is damaged.
        L10nFlowError: when it or its journal cannot be read.
    """
    catalogue = po.read(path, locale)
    present = catalogue.by_key if catalogue else {}
    kept = journal.read(path, key)
    commits = committed(path, locale, key)
    lines: dict[Key, list[Line]] = {}
    for line in kept.lines:
        lines.setdefault(line.key, []).append(line)
    if key is None:
        keys = dict.fromkeys((*present, *lines, *(each for commit in commits for each in commit.entries)))
    else:
        keys = {key: None}
    units = {
        each: _Unit(each, locale, derived=derived).versions(commits, lines.get(each, ()), present.get(each))
        for each in keys
    }
    return History(units, kept.damaged, kept.newer)


class _Unit:
    """The versions of one unit in the order in which they are found, oldest first."""

    def __init__(self, key: Key, locale: str, *, derived: bool) -> None:
        self._key, self._locale, self._derived = key, locale, derived
        self._found: list[Version] = []

    def versions(
        self, commits: Iterable[Committed], lines: Iterable[Line], present: Entry | None
    ) -> tuple[Version, ...]:
        """Return all versions, newest first; ``commits`` must be newest first."""
        for event in _in_time(commits, lines):
            if isinstance(event, Line):
                self._add(event.before)
                self._add(event.after, _local(_seconds(event.at)), event.by, event.did)
            elif self._key in event.entries:
                commit = event.commit
                self._add(event.entries[self._key], _local(commit.written), commit.by, commit=commit)
        self._add(present)
        return tuple(reversed(self._found))

    def _add(
        self, entry: Entry | None, when: str = "", by: str = "", did: str = "", *, commit: Commit | None = None
    ) -> None:
        """Add a version, unless it equals the last one; missing name and date are taken from its seals."""
        entry = _plain(entry or Entry(self._key))
        last = self._found[-1] if self._found else None
        if last is not None and last.is_same(entry):
            if commit is not None and not last.commit:
                self._found[-1] = replace(last, commit=commit.id, subject=commit.subject)
            return
        if last is None and not (entry.holds_work or when):
            return
        if not when:
            by, when = _signed(entry)
        state = po.translation(entry, self._locale, derived=self._derived).state
        found = Version(entry, state, when, by, did)
        self._found.append(found if commit is None else replace(found, commit=commit.id, subject=commit.subject))


def _plain(entry: Entry) -> Entry:
    """Return the entry without its place in the file, and without expired seals."""
    return settled(entry)._replace(kinds=(), line=0)


def _signed(entry: Entry) -> tuple[str, str]:
    """Return the person who wrote or approved an entry and the day, both from its last seal."""
    signed = [seal for seal in entry.seals if seal.kind in {SealKind.TRANSLATED, SealKind.APPROVED} and seal.date]
    return (signed[-1].name, signed[-1].date) if signed else ("", "")


def _in_time(commits: Iterable[Committed], lines: Iterable[Line]) -> list[Committed | Line]:
    """Merge commits and lines by time; as clocks may be wrong, each list keeps its own order."""
    placed: list[Committed | Line] = list(lines)
    moments, latest = [], 0
    for line in placed:
        latest = max(latest, _seconds(line.at) if isinstance(line, Line) else 0)
        moments.append(latest)
    latest = 0
    for commit in reversed(list(commits)):
        latest = max(latest, commit.commit.made)
        place = bisect.bisect_right(moments, latest)
        placed.insert(place, commit)
        moments.insert(place, latest)
    return placed


def _seconds(at: str) -> int:
    try:
        return calendar.timegm(time.strptime(at, "%Y-%m-%dT%H:%M:%SZ"))
    except ValueError:
        return 0


def _local(seconds: int) -> str:
    try:
        return time.strftime("%Y-%m-%d %H:%M", time.localtime(seconds)) if seconds else ""
    except (ValueError, OverflowError, OSError):  # not a possible time
        return ""
