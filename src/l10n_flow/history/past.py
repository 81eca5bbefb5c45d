"""Return a catalogue as it was before a given day, from git."""

from __future__ import annotations

import calendar
import threading
from collections import OrderedDict
from collections.abc import Mapping
from datetime import date
from typing import TypeAlias

from l10n_flow import catalogue as po
from l10n_flow.dates import today
from l10n_flow.errors import L10nFlowError
from l10n_flow.history.git import Repository, repository
from l10n_flow.history.moved import committed_name, is_another, present
from l10n_flow.model import Key, State, Translation
from l10n_flow.project import LocaleConfig, Project

#: The parts of a translation whose change counts: its text, its state, whether it is joined.
Standing: TypeAlias = tuple[str, State, bool]
#: The units of an old version of a catalogue.
Old: TypeAlias = Mapping[Key, Standing]

_KEPT = 8


def standing(translation: Translation) -> Standing:
    """Return the parts of a translation that are compared."""
    return translation.target, translation.state, translation.joined


class Past:
    """Old catalogues of a project; the last few are cached. Any thread may call it."""

    def __init__(self, project: Project) -> None:
        self._project = project
        self._gate = threading.Lock()
        self._known: OrderedDict[tuple[str, ...], Old | None] = OrderedDict()

    def before(self, document: str, locale: LocaleConfig, day: str) -> Old | None:
        """Return a catalogue as it was when a day began, at midnight in UTC (the dates of seals are in UTC, too).

        It comes from the last commit before, by the committer's clock and along the first parents. A change on a
        branch counts from its merge, and a change that was not committed by then counts as later. The catalogue is
        found under the name that it had then.

        Returns:
            None when it is not in git: there is no git, no commit is old enough, the file was not in it or is damaged;
            or when the text is not a day, or the day is in the future.
        """
        moment = _midnight(day)
        place = repository(self._project.catalogue_path(locale.id, document)) if moment else None
        if place is None or moment is None:
            return None
        wanted = (place.head, document, locale.id, day)
        with self._gate:
            if wanted in self._known:
                self._known.move_to_end(wanted)
                return self._known[wanted]
        old = self._read(place, document, locale, moment)
        with self._gate:
            self._known[wanted] = old
            while len(self._known) > _KEPT:
                self._known.popitem(last=False)
        return old

    def _read(self, place: Repository, document: str, locale: LocaleConfig, moment: int) -> Old | None:
        commit = place.last_before(moment - 1)
        if not commit:
            return None
        path = self._project.catalogue_path(locale.id, document)
        name = committed_name(place, path, locale.id)
        data = place.blob(commit, place.name_at(commit, name))
        if is_another(data or b"", present(path) or b"") and (old := place.renamed_since(commit, name)):
            data = place.blob(commit, old)
        try:
            found = None if data is None else po.loads(data, path.plain, locale.id)
        except L10nFlowError:
            return None
        if found is None:
            return None
        return {key: standing(each) for key, each in po.translations(found, derived=locale.derived).items()}


def _midnight(day: str) -> int | None:
    """Return the start of a day in UTC, in seconds since 1970; None for no valid day, or a day in the future."""
    try:
        return calendar.timegm(date.fromisoformat(day).timetuple()) if day <= today() else None
    except (ValueError, OverflowError):
        return None
