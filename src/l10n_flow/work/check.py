"""Check: the rules of the project over its documents."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass

from l10n_flow.model import Finding, Severity
from l10n_flow.project import Failure, OpenProject, Project, check_document, rules_of
from l10n_flow.publish.absent import NOTHING, Absent, absent
from l10n_flow.work import renames


@dataclass(frozen=True, slots=True)
class CheckResult:
    """What was found, in order of document, locale and unit; how many documents were checked, and which are gone."""

    findings: tuple[Finding, ...]
    documents: int
    failures: tuple[Failure, ...] = ()
    absent: Absent = NOTHING

    def failed(self, level: Severity) -> bool:
        """Whether anything is as grave as ``level``, or a document is missing that ought to be judged."""
        return bool(self.absent) or any(finding.severity.rank >= level.rank for finding in self.findings)


def check(
    project: Project,
    names: Sequence[str] = (),
    locales: Sequence[str] = (),
    *,
    select: Sequence[str] = (),
    ignore: Sequence[str] = (),
) -> CheckResult:
    """Run the rules over documents.

    Raises:
        ConfigError: for an unknown rule or locale.
    """
    rules = rules_of(project, select, ignore)
    findings: list[Finding] = []
    failures = []
    documents = 0
    empty: list[str] = []
    opened = OpenProject(project)
    renames.repair(opened)
    for loaded in opened.snapshots(names, locales):
        if isinstance(loaded, Failure):
            failures.append(loaded)
        else:
            documents += 1
            empty += [] if loaded.document.blocks else [loaded.name]
            findings += check_document(opened, loaded, rules)
    return CheckResult(tuple(findings), documents, tuple(failures), absent(opened, names, empty=empty))
