"""``check``: run the rules of the project over its documents."""

from __future__ import annotations

from collections import Counter
from collections.abc import Collection, Iterator, Sequence
from dataclasses import dataclass
from typing import NamedTuple

from l10n_flow import checks
from l10n_flow.model import Finding, Severity
from l10n_flow.project import (
    COMPLETENESS,
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

#: The number of findings of a rule of completeness that a brief check keeps for a document and a locale.
_MOST = 5


class More(NamedTuple):
    """The number of further findings of a rule in a document."""

    document: str
    locale: str
    rule: str
    severity: Severity
    number: int


@dataclass(frozen=True, slots=True)
class CheckResult:
    """The result of a check.

    Attributes:
        findings: the findings by document, locale and unit.
        documents: the number of checked documents.
        failures: the documents and catalogues that could not be checked.
        absent: the documents without a source.
        more: the numbers of the findings that a brief check leaves out.
    """

    findings: tuple[Finding, ...]
    documents: int
    failures: tuple[Failure, ...] = ()
    absent: Absent = NOTHING
    more: tuple[More, ...] = ()

    def failed(self, level: Severity) -> bool:
        """Whether a finding has at least the severity ``level``, or a document to be checked is missing."""
        severities = {each.severity for each in self.findings} | {each.severity for each in self.more}
        return bool(self.absent) or any(severity.rank >= level.rank for severity in severities)


def check(
    project: Project,
    names: Sequence[str] = (),
    locales: Sequence[str] = (),
    *,
    select: Sequence[str] = (),
    ignore: Sequence[str] = (),
    brief: bool = False,
) -> CheckResult:
    """Run the rules over documents.

    Args:
        project: the project.
        names: the documents; empty for all.
        locales: the locales; empty for all.
        select: the rules to run; empty for all.
        ignore: the rules to leave out.
        brief: whether to keep only a few findings about untranslated and fuzzy units for a document and a locale, and
            to count the others: a new project has tens of thousands of them, and ``status`` counts them too.

    Raises:
        ConfigError: for an unknown rule or locale.
    """
    rules = rules_of(project, select, ignore)
    wanted = project.chosen(locales)
    opened = OpenProject(project)
    renames.repair(opened)
    sources = opened.sources(names)
    known = None if select or ignore else Known(opened)
    run = _Check(opened, rules, wanted, known, brief=brief)
    run.failures += sources.failures
    for source in sources.found:
        run.add(source, sources)
    gone = absent(opened, sources, some=bool(names), empty=run.empty)
    return CheckResult(tuple(run.findings), run.documents, tuple(run.failures), gone, tuple(run.more))


class _Choice:
    """Choose which findings of a document to keep: a few of each rule of completeness in a locale; count the others."""

    def __init__(self, locales: Collection[str], rules: Collection[str]) -> None:
        self.locales, self.rules = locales, rules
        self.counted: Counter[tuple[str, str, str]] = Counter()

    def keeps(self, locale: str, rule: str, severity: str) -> bool:
        if locale not in self.locales:
            return False
        if rule not in self.rules:
            return True
        self.counted[locale, rule, severity] += 1
        return self.counted[locale, rule, severity] <= _MOST

    def more(self, document: str) -> Iterator[More]:
        """Return the numbers of the findings that were not kept."""
        for (locale, rule, severity), number in self.counted.items():
            if number > _MOST:
                yield More(document, locale, rule, Severity(severity), number - _MOST)


class _Check:
    """A check in progress; findings of documents that have not changed are read from the index."""

    def __init__(
        self,
        opened: OpenProject,
        rules: Sequence[checks.Rule],
        locales: Sequence[LocaleConfig],
        known: Known | None,
        *,
        brief: bool,
    ) -> None:
        self.opened, self.rules, self.locales, self.known = opened, rules, locales, known
        self.findings: list[Finding] = []
        self.more: list[More] = []
        self.failures: list[Failure] = []
        self.empty: list[str] = []
        self.documents = 0
        self.order = {locale.id: place for place, locale in enumerate(locales)}
        self.brief = COMPLETENESS if brief else frozenset()

    def add(self, source: Source, sources: Sources) -> None:
        """Check a document."""
        if self.known is not None and self._is_known(source, self.known):
            return
        for loaded in self.opened.snapshot(source, sources, self.locales):
            if isinstance(loaded, Failure):
                self.failures.append(loaded)
            else:
                choice = _Choice(self.order, self.brief)
                found = check_document(self.opened, loaded, self.rules)
                self.findings += (each for each in found if choice.keeps(each.locale, each.rule, each.severity))
                self._end(loaded.name, choice, has_text=bool(loaded.document.blocks))

    def _is_known(self, source: Source, known: Known) -> bool:
        choice = _Choice(self.order, self.brief)
        found, summary = known.findings(source, choice.keeps), known.summary_at(source.name)
        if found is None or summary is None:
            return False
        self.findings += sorted(found, key=lambda finding: self.order[finding.locale])
        self._end(source.name, choice, has_text=any(row.units for row in summary.rows))
        return True

    def _end(self, name: str, choice: _Choice, *, has_text: bool) -> None:
        self.more += choice.more(name)
        self.documents += 1
        self.empty += [] if has_text else [name]
