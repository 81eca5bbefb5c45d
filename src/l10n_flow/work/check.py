"""``check``: run the rules of the project over its documents."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass

from l10n_flow import checks
from l10n_flow.model import Finding, Severity
from l10n_flow.project import (
    Failure,
    Known,
    LocaleConfig,
    OpenProject,
    Project,
    Source,
    Sources,
    check_document,
    rules_of,
)
from l10n_flow.publish.absent import NOTHING, Absent, absent
from l10n_flow.work import renames


@dataclass(frozen=True, slots=True)
class CheckResult:
    """The findings by document, locale and unit; the number of checked documents; the documents without a source."""

    findings: tuple[Finding, ...]
    documents: int
    failures: tuple[Failure, ...] = ()
    absent: Absent = NOTHING

    def failed(self, level: Severity) -> bool:
        """Whether a finding has at least the severity ``level``, or a document to be checked is missing."""
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
    wanted = project.chosen(locales)
    opened = OpenProject(project)
    renames.repair(opened)
    sources = opened.sources(names)
    known = None if select or ignore else Known(opened)
    run = _Check(opened, rules, wanted, known)
    run.failures += sources.failures
    for source in sources.found:
        run.add(source, sources)
    gone = absent(opened, names, empty=run.empty)
    return CheckResult(tuple(run.findings), run.documents, tuple(run.failures), gone)


class _Check:
    """A check in progress; findings of documents that have not changed are read from the index."""

    def __init__(
        self, opened: OpenProject, rules: Sequence[checks.Rule], locales: Sequence[LocaleConfig], known: Known | None
    ) -> None:
        self.opened, self.rules, self.locales, self.known = opened, rules, locales, known
        self.findings: list[Finding] = []
        self.failures: list[Failure] = []
        self.empty: list[str] = []
        self.documents = 0

    def add(self, source: Source, sources: Sources) -> None:
        """Check a document."""
        if self.known is not None and self._is_known(source, self.known):
            return
        for loaded in self.opened.snapshot(source, sources, self.locales):
            if isinstance(loaded, Failure):
                self.failures.append(loaded)
            else:
                self.documents += 1
                self.empty += [] if loaded.document.blocks else [loaded.name]
                self.findings += check_document(self.opened, loaded, self.rules)

    def _is_known(self, source: Source, known: Known) -> bool:
        found, summary = known.findings(source), known.summary_at(source.name)
        if found is None or summary is None:
            return False
        wanted = {locale.id: place for place, locale in enumerate(self.locales)}
        mine = [each for each in found if each.locale in wanted]
        self.findings += sorted(mine, key=lambda finding: wanted[finding.locale])
        self.documents += 1
        self.empty += [] if any(row.units for row in summary.rows) else [source.name]
        return True
