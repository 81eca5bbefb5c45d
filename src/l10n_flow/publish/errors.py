"""Errors that the checks find in what a release would hold: they keep it back."""

from __future__ import annotations

from collections.abc import Sequence

from l10n_flow.checks import Rule
from l10n_flow.model import Finding, Severity
from l10n_flow.project import OpenProject, Project, Snapshot, check_document, rules_of
from l10n_flow.publish.choose import publish


def error_rules(project: Project) -> tuple[Rule, ...]:
    """The rules whose findings may be errors in some document and locale.

    Raises:
        ConfigError: as ``rules_of``.
    """
    settings = project.checks
    named = (settings.severity, *(override.severity for override in settings.overrides))
    grave = {rule for each in named for rule, severity in each.items() if severity is Severity.ERROR}
    rules = rules_of(project)
    if "ignore-unused" in grave:  # it follows from what all the others find
        return rules
    return tuple(rule for rule in rules if rule.severity is Severity.ERROR or rule.id in grave)


def errors_of(opened: OpenProject, loaded: Snapshot, rules: Sequence[Rule]) -> tuple[Finding, ...]:
    """The errors in the texts of a document that a release would publish.

    A text that is not published (it is not ready, or a fresh conversion stands in its place) has none that count.
    """
    found = [each for each in check_document(opened, loaded, rules) if each.severity is Severity.ERROR]
    if not found:
        return ()
    said = {
        (edition.locale.id, unit.translation.key)
        for edition in loaded.editions
        for unit in publish(opened, loaded.document, edition, drafts=False)
        if unit.translation is not None and unit.text == unit.translation.target
    }
    return tuple(each for each in found if (each.locale, each.key) in said)
