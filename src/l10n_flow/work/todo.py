"""``status --todo``: the units that need a person."""

from __future__ import annotations

from collections import Counter
from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass
from enum import StrEnum
from typing import NamedTuple

from l10n_flow import checks, ids
from l10n_flow.errors import L10nFlowError
from l10n_flow.model import Key, Severity, State, Translation
from l10n_flow.project import Edition, Failure, OpenProject, Project, Snapshot, check_document, rules_of
from l10n_flow.work import renames

#: The number of units listed for each document and locale, unless all are requested; the counts include all.
NAMED = 5


class Need(StrEnum):
    """The reason why a unit needs a person, the gravest first (a closed list)."""

    STALE = "stale"
    ERROR = "error"
    NEEDS_EDITING = "needs-editing"
    UNTRANSLATED = "untranslated"
    WAITING = "waiting"


class TodoUnit(NamedTuple):
    """A unit that needs a person: the reason, its id in its document (for a link), its source and its target."""

    need: Need
    id: str
    key: Key
    target: str


@dataclass(frozen=True, slots=True)
class TodoRow:
    """One document in one locale.

    Attributes:
        document, locale: the document and the locale.
        counts: the number of units for each reason; a unit counts once, for its gravest reason.
        units: the first few of these units, or all, in document order.
    """

    document: str
    locale: str
    counts: Mapping[Need, int]
    units: tuple[TodoUnit, ...]

    @property
    def total(self) -> int:
        return sum(self.counts.values())


@dataclass(frozen=True, slots=True)
class TodoResult:
    """The rows with at least one unit, by document and then locale; and the documents that could not be read."""

    rows: tuple[TodoRow, ...]
    failures: tuple[Failure, ...] = ()

    @property
    def total(self) -> int:
        return sum(row.total for row in self.rows)


def todo(
    project: Project, names: Sequence[str] = (), locales: Sequence[str] = (), *, named: int | None = NAMED
) -> TodoResult:
    """Find the units that need a person.

    These are: corrections whose source has changed, units with an error of the checks, units that need editing or have
    no translation, and translations without the approval that their locale requires.

    Args:
        project: the project.
        names: the documents, by identity or path; empty: all.
        locales: the locales; empty: all.
        named: the number of units to list for each document and locale; None: all.

    Raises:
        ConfigError: for an unknown locale.
        SourceError: for an unknown document.
    """
    rules = rules_of(project)
    rows: list[TodoRow] = []
    failures = []
    opened = OpenProject(project)
    renames.repair(opened)
    for loaded in opened.snapshots(names, locales):
        if isinstance(loaded, Failure):
            failures.append(loaded)
            continue
        try:
            rows += _rows(opened, loaded, rules, named)
        except L10nFlowError as error:  # the termbase is damaged
            failures.append(Failure(loaded.name, error))
    return TodoResult(tuple(rows), tuple(failures))


def _rows(opened: OpenProject, loaded: Snapshot, rules: Sequence[checks.Rule], named: int | None) -> Iterator[TodoRow]:
    found = check_document(opened, loaded, rules)
    for edition in loaded.editions:
        errors = {each.key for each in found if each.severity is Severity.ERROR and each.locale == edition.locale.id}
        units = list(_units(edition, errors))
        if units:
            counts = Counter(unit.need for unit in units)
            ordered = {need: counts[need] for need in Need if counts[need]}
            yield TodoRow(loaded.name, edition.locale.id, ordered, tuple(units[:named]))


def _units(edition: Edition, errors: set[Key]) -> Iterator[TodoUnit]:
    short: dict[Key, str] = {}
    for key, translation in edition.translations.items():
        need = _need(translation, edition.locale.require, is_wrong=key in errors)
        if need is not None:
            short = short or ids.short(edition.translations)
            yield TodoUnit(need, short[key], key, translation.target)


def _need(translation: Translation, required: State, *, is_wrong: bool) -> Need | None:
    """Return the gravest reason why a unit needs a person; None when it needs none."""
    if translation.stale:
        return Need.STALE
    if is_wrong:
        return Need.ERROR
    if translation.state is State.NEEDS_EDITING:
        return Need.NEEDS_EDITING
    if translation.state is State.UNTRANSLATED:
        return Need.UNTRANSLATED
    return Need.WAITING if translation.state.rank < required.rank else None
