"""What the checks say of a document in one locale, brought up to date as its translations change.

A rule looks at a unit, or at the units of a block (``checks``); blocks have to do with each other only through units
that stand in both. So after a save the rules run over the blocks whose units changed, and over those that share a
unit with them, and the result is that of a whole run.
"""

from __future__ import annotations

from collections import Counter
from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from functools import cached_property
from typing import TypeAlias

from l10n_flow import checks
from l10n_flow.config import LocaleConfig, Project
from l10n_flow.errors import L10nFlowError
from l10n_flow.model import Document, Finding, Key
from l10n_flow.workflow.check import check_document
from l10n_flow.workflow.desk.layout import Layout
from l10n_flow.workflow.editing import UnitView
from l10n_flow.workflow.loading import Edition, LoadedDocument

Views: TypeAlias = Mapping[Key, UnitView]


@dataclass(frozen=True)
class Findings:
    """The findings of a document in a locale, by unit, and what they follow from.

    Attributes:
        layout: the document.
        views: its units.
        terms: the digest of the termbase.
        by_key: the findings of each unit that has any.
        error: why there are none, if they cannot be had: a damaged termbase.
    """

    layout: Layout
    views: Views
    terms: str
    by_key: Mapping[Key, tuple[Finding, ...]]
    error: L10nFlowError | None = None

    @cached_property
    def severities(self) -> Mapping[str, int]:
        """How many there are of each severity."""
        return Counter(finding.severity.value for found in self.by_key.values() for finding in found)


@dataclass(frozen=True, slots=True)
class Examiner:
    """Runs the rules of a project over documents in one locale."""

    project: Project
    rules: Sequence[checks.Rule]
    locale: LocaleConfig

    def examine(self, layout: Layout, views: Views, terms: str, before: Findings | None) -> Findings:
        """The findings of a document, taking over what cannot have changed since ``before``."""
        try:
            if before is None or before.layout is not layout or before.terms != terms or before.error is not None:
                return Findings(layout, views, terms, self._run(layout, range(len(layout.keys)), views))
            changed = [key for key, view in views.items() if view is not before.views[key]]
            blocks = layout.related(changed)
            judged = {key for number in blocks for key in layout.keys[number]}
            kept = {key: found for key, found in before.by_key.items() if key not in judged}
            return Findings(layout, views, terms, kept | self._run(layout, blocks, views))
        except L10nFlowError as error:
            return Findings(layout, views, terms, {}, error)

    def _run(self, layout: Layout, numbers: Sequence[int], views: Views) -> dict[Key, tuple[Finding, ...]]:
        if not numbers:
            return {}
        blocks = tuple(layout.document.blocks[number] for number in numbers)
        translations = {key: views[key].translation for number in numbers for key in layout.keys[number]}
        edition = Edition(self.locale, translations, {})
        loaded = LoadedDocument(layout.name, "", Document(blocks), (edition,))
        found: dict[Key, tuple[Finding, ...]] = {}
        for finding in check_document(self.project, loaded, self.rules):
            found[finding.key] = (*found.get(finding.key, ()), finding)
        return found
