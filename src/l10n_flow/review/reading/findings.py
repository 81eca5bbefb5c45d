"""The findings of a document in one locale, updated when its translations change.

A rule checks a unit, or the units of a block (``checks``). Two blocks depend on each other only when they share a unit.
So after a save the rules run over the blocks whose units have changed and over the blocks that share a unit with them;
the result is the same as that of a run over the whole document.
"""

from __future__ import annotations

from collections import Counter
from collections.abc import Iterable, Iterator, Mapping, Sequence
from dataclasses import dataclass, field
from functools import cached_property
from typing import TypeAlias

from l10n_flow import checks
from l10n_flow.editing import UnitView
from l10n_flow.errors import L10nFlowError
from l10n_flow.model import Document, Finding, Key, Translation
from l10n_flow.project import Edition, LocaleConfig, OpenProject, Snapshot, check_document, erring
from l10n_flow.review.reading.layout import Layout

Views: TypeAlias = Mapping[Key, UnitView]
ByKey: TypeAlias = Mapping[Key, tuple[Finding, ...]]


@dataclass(frozen=True)
class Findings:
    """The findings of a document in a locale, by unit, and the values that they were made from.

    Attributes:
        layout: the document.
        views: its units.
        terms: the digest of the termbase.
        by_key: the findings of each unit that has any, with the ignored ones.
        severities: how many there are of each severity, without the ignored ones.
        error: why there are none: a termbase is damaged.
    """

    layout: Layout
    views: Views
    terms: str
    by_key: ByKey
    severities: Counter[str] = field(default_factory=Counter)
    error: L10nFlowError | None = None

    @cached_property
    def erring(self) -> frozenset[Key]:
        """The units with an error that is not ignored."""
        return frozenset(key for _, key in erring(each for found in self.by_key.values() for each in found))

    def standing(self) -> Iterator[Finding]:
        """The findings that are not ignored."""
        return (each for found in self.by_key.values() for each in found if each.ignored is None)


@dataclass(frozen=True, slots=True)
class Examiner:
    """Runs the rules of a project over documents in one locale."""

    loader: OpenProject
    rules: Sequence[checks.Rule]
    locale: LocaleConfig

    def examine(
        self, layout: Layout, views: Views, terms: str, before: Findings | None, changed: Iterable[Key] | None = None
    ) -> Findings:
        """The findings of a document. Findings of ``before`` that cannot have changed are kept.

        Args:
            layout: the document.
            views: its units.
            terms: the digest of the termbase.
            before: the findings of the last run.
            changed: the units that have changed since, when they are known.
        """
        try:
            if before is None or before.layout is not layout or before.terms != terms or before.error is not None:
                found = self._run(layout, range(len(layout.keys)), views)
                return Findings(layout, views, terms, found, _severities(found))
            if changed is None:
                changed = [key for key, view in views.items() if view is not before.views[key]]
            return self._mended(before, views, layout.related(changed))
        except L10nFlowError as error:
            return Findings(layout, views, terms, {}, error=error)

    def _mended(self, before: Findings, views: Views, blocks: Sequence[int]) -> Findings:
        """The same findings, with those of some blocks made anew."""
        fresh = self._run(before.layout, blocks, views)
        judged = {key for number in blocks for key in before.layout.keys[number]}
        by_key = dict(before.by_key)
        gone = {key: by_key.pop(key) for key in judged if key in by_key}
        severities = before.severities + _severities(fresh) - _severities(gone)
        return Findings(before.layout, views, before.terms, by_key | fresh, severities)

    def _run(self, layout: Layout, numbers: Sequence[int], views: Views) -> dict[Key, tuple[Finding, ...]]:
        if not numbers:
            return {}
        blocks = tuple(layout.document.blocks[number] for number in numbers)
        translations = _translations(layout, numbers, views)
        edition = Edition(self.locale, translations, {})
        loaded = Snapshot(layout.name, "", Document(blocks), (edition,))
        found: dict[Key, tuple[Finding, ...]] = {}
        for finding in check_document(self.loader, loaded, self.rules, ignored=True):
            found[finding.key] = (*found.get(finding.key, ()), finding)
        return found


def _translations(layout: Layout, numbers: Iterable[int], views: Views) -> dict[Key, Translation]:
    return {key: views[key].translation for number in numbers for key in layout.keys[number]}


def _severities(by_key: ByKey) -> Counter[str]:
    return Counter(finding.severity.value for found in by_key.values() for finding in found if finding.ignored is None)
