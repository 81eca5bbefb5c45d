"""``releases``: the history of what was published, from the records of the releases."""

from __future__ import annotations

import re
from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from typing import NamedTuple

from l10n_flow import ids
from l10n_flow.errors import ConfigError, L10nFlowError, SourceError
from l10n_flow.project import Project
from l10n_flow.publish import releases as records
from l10n_flow.publish.releases import DocumentChange, Head, PublishedDocument, PublishedUnit, Saying

_DAY = re.compile(r"\d{4}-\d\d-\d\d")


class PublishedText(NamedTuple):
    """A unit as published in one locale (the source's, too); ``number`` counts its release from 0."""

    number: int
    document: str
    unit: PublishedUnit
    locale: str
    saying: Saying


class ReleaseRow(NamedTuple):
    """A release: the number of new units in each document and locale, and the documents that were removed."""

    head: Head
    new: tuple[tuple[str, str, int], ...]
    gone: tuple[str, ...]


@dataclass(frozen=True, slots=True)
class ReleasesResult:
    """The releases, oldest first; the units that were asked for; and the records that cannot be read."""

    rows: tuple[ReleaseRow, ...]
    texts: tuple[PublishedText, ...] = ()
    failures: tuple[L10nFlowError, ...] = ()


def releases(
    project: Project, targets: Sequence[str] = (), locales: Sequence[str] = (), *, day: str | None = None
) -> ReleasesResult:
    """Read the records.

    Args:
        project: the project.
        targets: documents, and ids of units: only releases that changed them are returned, with their texts then.
        locales: only these locales; the source's locale is allowed, too.
        day: only the release that was current at the end of this day (UTC), with all texts that were asked for.

    Raises:
        ConfigError: when ``day`` is not a date.
        SourceError: for a target that was in no release.
        L10nFlowError: when the folder of the records is a link.
    """
    if day is not None and not _DAY.fullmatch(day):
        raise ConfigError(f"a day is written as 2026-11-27, not {day!r}")
    reader = _Reader(project, targets, locales, keeping=bool(targets) and day is None)
    for name in records.names(project.releases_dir):
        if not reader.read(name, day):
            break
    missing = [target for target in targets if target not in reader.met]
    if missing and not reader.failures:
        raise SourceError(f"no release has held a document or unit {missing[0]!r}; l10n-flow releases lists them")
    if day is not None:
        last = reader.rows[-1:]
        texts = tuple(reader.state(len(last) - 1)) if targets and last else ()
        return ReleasesResult(tuple(last), texts, tuple(reader.failures))
    return ReleasesResult(tuple(reader.rows), tuple(reader.texts), tuple(reader.failures))


class _Reader:
    """Read the releases one after the other, and keep what was asked for."""

    def __init__(self, project: Project, targets: Sequence[str], locales: Sequence[str], *, keeping: bool) -> None:
        self.project, self.targets, self.locales, self.keeping = project, targets, locales, keeping
        self.documents: dict[str, PublishedDocument] = {}
        self.met: set[str] = set()
        self.rows: list[ReleaseRow] = []
        self.texts: list[PublishedText] = []
        self.failures: list[L10nFlowError] = []

    def read(self, name: str, day: str | None) -> bool:
        """Read a release; False when it came after the day."""
        try:
            head, changes = records.load(self.project.releases_dir, name)
            if day is not None and head.released[:10] > day:
                return False
            new = list(changes)
        except L10nFlowError as error:
            self.failures.append(error)
            return True
        if head.whole:
            self.documents = {}
        numbers = [number for change in new for number in self.take(change)]
        gone = (change.document for change in new if change.units == ())
        self.rows.append(ReleaseRow(head, tuple(numbers), tuple(gone)))
        return True

    def take(self, change: DocumentChange) -> Iterator[tuple[str, str, int]]:
        """Apply the change of a document; return the number of new units in each locale."""
        state = self.documents.setdefault(change.document, PublishedDocument())
        before = {unit.id for unit in state.units}
        state.take(change)
        fresh = {unit.id: _source(unit) for unit in change.units or () if unit.id not in before}
        new = {
            locale: found
            for locale, found in {self.project.source_locale: fresh, **change.locales}.items()
            if found and self.wants(locale)
        }
        for unit in (unit for unit in state.units if self.asks(change.document, unit) and self.keeping):
            for locale, found in new.items():
                if unit.id in found:
                    self.texts.append(PublishedText(len(self.rows), change.document, unit, locale, found[unit.id]))
        yield from ((change.document, locale, len(found)) for locale, found in new.items())

    def wants(self, locale: str) -> bool:
        return not self.locales or locale in self.locales

    def asks(self, document: str, unit: PublishedUnit) -> bool:
        """Whether a unit was asked for, by its document or its id."""
        met = {each for each in self.targets if each == document or (ids.is_id(each.lower()) and _begins(unit, each))}
        self.met |= met
        return bool(met)

    def state(self, number: int) -> Iterator[PublishedText]:
        """Return the units that were asked for, as of the last release that was read."""
        for document in sorted(self.documents):
            state = self.documents[document]
            for unit in (unit for unit in state.units if self.asks(document, unit)):
                sayings = {self.project.source_locale: _source(unit)}
                sayings |= {locale: each[unit.id] for locale, each in state.locales.items() if unit.id in each}
                for locale, saying in sayings.items():
                    if self.wants(locale):
                        yield PublishedText(number, document, unit, locale, saying)


def _begins(unit: PublishedUnit, asked: str) -> bool:
    return unit.id.startswith(asked.lower()[: len(unit.id)])


def _source(unit: PublishedUnit) -> Saying:
    return {"state": "source", "text": unit.source}
