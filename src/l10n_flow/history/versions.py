"""What the units of a catalogue were before: its journal and its commits, put together in time."""

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
    """A unit as it was, or is.

    Attributes:
        entry: its entry; empty when the catalogue had none.
        state: what it meant.
        when: the day and minute here; the day alone, or "", when no more is known.
        by: who made it so; "" when that is not known.
        did: what they did, as the journal calls it; "" when a commit or nothing tells.
        commit: the first commit that has it; "" when none that was looked at does.
        subject: what that says.
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
        """Who had approved it."""
        return tuple(seal.name for seal in po.edit.signatures(self.entry).approved)

    def is_same(self, entry: Entry) -> bool:
        """Whether an entry says the same, wherever it stands."""
        return _plain(self.entry).says(_plain(entry))


@dataclass(frozen=True, slots=True)
class History:
    """The versions of a catalogue's units.

    Attributes:
        units: newest first; the first is the unit as it is now. None for a unit that has always been empty.
        damaged: the numbers of the lines of the journal that cannot be read.
        newer: the numbers of those that a later version of the program wrote.
    """

    units: Mapping[Key, tuple[Version, ...]] = field(default_factory=dict)
    damaged: tuple[int, ...] = ()
    newer: tuple[int, ...] = ()


def history(path: Inside, locale: str, *, derived: bool, key: Key | None = None) -> History:
    """The versions of the units of a catalogue, as far back as the journal and the last commits tell.

    The catalogue is followed to the names it had before, also when its new name is not committed yet. A commit has only
    what was in the catalogue then; without git the journal alone tells.

    Args:
        path: the catalogue; it may be gone.
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
    """The versions of one unit as they are found, oldest first."""

    def __init__(self, key: Key, locale: str, *, derived: bool) -> None:
        self._key, self._locale, self._derived = key, locale, derived
        self._found: list[Version] = []

    def versions(
        self, commits: Iterable[Committed], lines: Iterable[Line], present: Entry | None
    ) -> tuple[Version, ...]:
        """All of them, newest first; ``commits`` are given newest first."""
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
        """A version, unless it is as the last one; what is not told of it, its seals may tell."""
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
    """Without what its place in the file says, and without what has expired."""
    return settled(entry)._replace(kinds=(), line=0)


def _signed(entry: Entry) -> tuple[str, str]:
    """Who wrote or approved an entry, and on which day, as its last seal says."""
    signed = [seal for seal in entry.seals if seal.kind in {SealKind.TRANSLATED, SealKind.APPROVED} and seal.date]
    return (signed[-1].name, signed[-1].date) if signed else ("", "")


def _in_time(commits: Iterable[Committed], lines: Iterable[Line]) -> list[Committed | Line]:
    """Both in one order: clocks may go wrong, so that each keeps its own, whatever the times say."""
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
    except (ValueError, OverflowError, OSError):  # no clock can have told it
        return ""
