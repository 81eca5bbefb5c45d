"""Resolve the targets of a command, documents by name and units by id, before anything is written."""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Collection, Iterable, Mapping, Sequence
from dataclasses import dataclass, field

from l10n_flow import ids
from l10n_flow.errors import SourceError
from l10n_flow.model import Key
from l10n_flow.project.configuration import LocaleConfig
from l10n_flow.project.opening import OpenProject
from l10n_flow.project.sources import Failure, Sources


@dataclass(slots=True)
class Plan:
    """The resolved targets.

    Attributes:
        documents: the units of each document; None for all its units.
        failures: the documents and catalogues that cannot be read.
    """

    documents: dict[str, set[Key] | None] = field(default_factory=dict)
    failures: list[Failure] = field(default_factory=list)

    def add(self, document: str, key: Key) -> None:
        """Add a unit."""
        keys = self.documents.setdefault(document, set())
        if keys is not None:
            keys.add(key)


def plan_of(opened: OpenProject, targets: Sequence[str], locales: Collection[LocaleConfig]) -> Plan:
    """Resolve targets.

    Args:
        opened: the project.
        targets: names or paths of documents, and ids of units.
        locales: the locales in whose catalogues the units are searched.

    Raises:
        SourceError: for a target that is neither, or an id that is the prefix of several units' ids.
    """
    sources = opened.sources()
    names, units = _told_apart(sources, targets)
    plan = Plan({source.name: None for source in sources.found if source.name in names})
    plan.failures += [failure for failure in sources.failures if units or failure.document in names]
    if units:
        _find(opened, sources, units, locales, plan)
    return plan


def _told_apart(sources: Sources, targets: Sequence[str]) -> tuple[set[str], list[str]]:
    """Divide targets into names of documents and ids of units; a name that looks like an id is a name."""
    names, units = set(), []
    for target in targets:
        name = sources.identity(target)
        if name is not None:
            names.add(name)
        elif ids.is_id(target.lower()):
            units.append(target.lower())
        else:
            raise sources.missing(target)
    return names, units


def _find(
    opened: OpenProject, sources: Sources, units: Sequence[str], locales: Collection[LocaleConfig], plan: Plan
) -> None:
    """Search the ids in every catalogue, with one document in memory at a time."""
    asked = ids.Asked(units)
    found: defaultdict[str, dict[Key, None]] = defaultdict(dict)
    for source in sources.found:
        catalogues, failures = opened.catalogues(source.name, locales)
        plan.failures += failures
        for key in dict.fromkeys(key for _, catalogue in catalogues if catalogue for key in catalogue.entries):
            for unit in asked.of(key):
                found[unit][key] = None
                plan.add(source.name, key)
    _refuse(units, found, plan.failures)


def _refuse(units: Iterable[str], found: Mapping[str, Collection[Key]], failures: Collection[Failure]) -> None:
    for unit in units:
        keys = found.get(unit, ())
        if len(keys) > 1:
            longer = ", ".join(ids.short(keys).values())
            raise SourceError(f"{len(keys)} units begin with {unit}; say which: {longer}")
        if not keys:
            hint = "".join(f"; {failure.document} cannot be read: {failure.error}" for failure in list(failures)[:1])
            hint += f"; {len(failures) - 1:,} more cannot be read" if len(failures) > 1 else ""
            raise SourceError(f"there is no unit {unit}; l10n-flow check shows the ids{hint}")
