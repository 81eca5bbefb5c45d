"""Check: the rules of the project over its documents."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass

from l10n_flow import checks, conversion, scripts
from l10n_flow.config import Project
from l10n_flow.errors import ConfigError
from l10n_flow.model import Finding, Severity
from l10n_flow.workflow.documents import Failure
from l10n_flow.workflow.loading import Edition, LoadedDocument, load_all


@dataclass(frozen=True, slots=True)
class CheckResult:
    """What was found, in order of document, locale and unit; how many documents were checked."""

    findings: tuple[Finding, ...]
    documents: int
    failures: tuple[Failure, ...] = ()

    def failed(self, level: Severity) -> bool:
        """Whether anything is as grave as ``level``."""
        return any(finding.severity.rank >= level.rank for finding in self.findings)


def check(
    project: Project, names: Sequence[str] = (), locales: Sequence[str] = (), *, select: Sequence[str] = ()
) -> CheckResult:
    """Run the rules over documents.

    Raises:
        ConfigError: for an unknown rule or locale.
    """
    rules = rules_of(project, select)
    findings: list[Finding] = []
    failures = []
    documents = 0
    for loaded in load_all(project, names, locales):
        if isinstance(loaded, Failure):
            failures.append(loaded)
        else:
            documents += 1
            findings += check_document(project, loaded, rules)
    return CheckResult(tuple(findings), documents, tuple(failures))


def rules_of(project: Project, select: Sequence[str] = ()) -> tuple[checks.Rule, ...]:
    """The rules that run: those selected, else those of ``[checks]``.

    Raises:
        ConfigError: for an unknown rule, in the option or in the configuration.
    """
    known = {rule.id for rule in checks.RULES}
    for rule in project.checks.severity:
        if rule not in known:
            raise ConfigError(
                f"[checks.severity] names an unknown rule {rule!r}; there are: {', '.join(sorted(known))}"
            )
    return checks.select_rules(select or project.checks.select, () if select else project.checks.ignore)


def check_document(project: Project, loaded: LoadedDocument, rules: Sequence[checks.Rule]) -> list[Finding]:
    """The findings of one document in all its editions."""
    found: list[Finding] = []
    for edition in loaded.editions:
        found += checks.run(_subject(project, loaded, edition), rules=rules, severities=project.checks.severity)
    return found


def _subject(project: Project, loaded: LoadedDocument, edition: Edition) -> checks.Subject:
    locale = edition.locale
    return checks.Subject(
        document=loaded.name,
        source_locale=project.source_locale,
        locale=locale.id,
        blocks=loaded.document.blocks,
        translations=edition.translations,
        traditional=conversion.traditional_spans if scripts.is_simplified(locale.id) else None,
        derived=locale.derived,
    )
