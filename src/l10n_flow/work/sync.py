"""Sync: extract, convert, check, the preview of drafts and the status, document by document."""

from __future__ import annotations

from collections import Counter
from collections.abc import Callable, Mapping, Sequence
from dataclasses import asdict, dataclass
from typing import Any, NamedTuple

from l10n_flow import checks, files
from l10n_flow.errors import L10nFlowError
from l10n_flow.model import Finding
from l10n_flow.project import Project
from l10n_flow.project.checking import check_document, rules_of
from l10n_flow.project.snapshot import LoadedDocument, edition_of
from l10n_flow.project.sources import Failure, Source, Sources, discover, load_document
from l10n_flow.project.status import StatusRow, count
from l10n_flow.publish.absent import NOTHING, Absent
from l10n_flow.publish.build import Builder, BuildResult
from l10n_flow.publish.manifest import Record, record_data, record_of
from l10n_flow.work.cache import Cache
from l10n_flow.work.extract import DocumentUpdate, UpdateResult, described, rename_documents
from l10n_flow.work.update import Steps, update_document

#: Told by the table of completeness already.
_COMPLETENESS = frozenset({"untranslated", "fuzzy"})


class Remark(NamedTuple):
    """A finding that the table of completeness does not tell."""

    document: str
    locale: str
    line: int
    severity: str
    message: str
    rule: str


@dataclass(frozen=True, slots=True)
class SyncResult:
    """What a sync did.

    Attributes:
        updates: the documents that were not up to date, the failures, and what was renamed or lost its source.
        tally: locale, rule and severity to the number of findings.
        remarks: the findings other than untranslated and fuzzy.
        rows: the status.
        build: what became of the preview.
        unchanged: how many documents were up to date.
    """

    updates: UpdateResult
    tally: Mapping[tuple[str, str, str], int]
    remarks: tuple[Remark, ...]
    rows: tuple[StatusRow, ...]
    build: BuildResult
    unchanged: int

    @property
    def emptied(self) -> bool:
        """Whether there is no document any more in a project that had some."""
        return bool(self.build.absent and self.updates.orphans)


def sync(
    project: Project, names: Sequence[str] = (), *, progress: Callable[[int, int], None] | None = None
) -> SyncResult:
    """Bring everything up to date and build the preview of drafts."""
    with files.lock(project.root, "build", "build"), files.folders_at_the_end():
        return _Sync(project, names).run(progress)


class _Sync:
    def __init__(self, project: Project, names: Sequence[str]) -> None:
        self.project = project
        self.rules: tuple[checks.Rule, ...] = rules_of(project)
        self.cache = Cache(project)
        self.builder = Builder(project, drafts=True, partial=bool(names))
        self.whole = not names
        self.sources: Sources = discover(project, names)
        self.done: list[DocumentUpdate] = []
        self.failures: list[Failure] = list(self.sources.failures)
        self.tally: Counter[tuple[str, str, str]] = Counter()
        self.remarks: list[Remark] = []

    def run(self, progress: Callable[[int, int], None] | None) -> SyncResult:
        moved, gone = rename_documents(self.project, self.sources) if self.whole else ((), ())
        for number, source in enumerate(self.sources.found, 1):
            try:
                self.one(source)
            except L10nFlowError as error:
                self.failures.append(Failure(source.name, error))
            if progress is not None:
                progress(number, len(self.sources.found))
        for failure in self.failures:
            self.builder.fail(failure)
        if not self.whole:
            self.cache.after = {**self.cache.before, **self.cache.after}
        # A preview of nothing would take the last build away.
        nothing = not (self.sources.found or self.failures)
        build = self.builder.finish(Absent(globs=self.project.sources) if nothing else NOTHING)
        self.cache.save()
        updates = UpdateResult(tuple(self.done), tuple(self.failures), moved, gone, self.sources.strangers)
        unchanged = len(self.sources.found) - len(self.done) - (len(self.failures) - len(self.sources.failures))
        return SyncResult(updates, self.tally, tuple(self.remarks), tuple(self.builder.rows), build, unchanged)

    def one(self, source: Source) -> None:
        known = self.cache.lookup(source)
        if known is not None:
            self.builder.reuse(source.name, record_of(known["entry"]), (StatusRow(**row) for row in known["rows"]))
            self.tell(known["tally"], [Remark(*each) for each in known["remarks"]])
            return
        document = load_document(self.project, source, self.sources.overrides)
        updates = update_document(self.project, source.name, document, self.project.locales, Steps())
        editions = tuple(
            edition_of(document, locale, update.catalogue)
            for locale, update in zip(self.project.locales, updates, strict=True)
        )
        loaded = LoadedDocument(source.name, source.path.shown, document, editions)
        findings = check_document(self.project, loaded, self.rules)
        rows = count(loaded, self.project.source_locale)
        record = self.builder.add(loaded, rows)
        tally, remarks = self.summary(findings)
        self.tell(tally, remarks)
        self.done.append(described(source, document, updates))
        self.cache.remember(
            source,
            {
                "entry": record_data(record),
                "rows": [asdict(row) for row in rows],
                "tally": tally,
                "remarks": remarks,
                "files": self.digests(record),
            },
        )

    def digests(self, record: Record) -> dict[str, str]:
        return {name: self.builder.digests[name] for name in record.files if name in self.builder.digests}

    def tell(self, tally: Sequence[Sequence[Any]], remarks: Sequence[Remark]) -> None:
        for locale, rule, severity, number in tally:
            self.tally[locale, rule, severity] += number
        self.remarks += remarks

    def summary(self, findings: Sequence[Finding]) -> tuple[list[list[Any]], list[Remark]]:
        tally = Counter((finding.locale, finding.rule, finding.severity.value) for finding in findings)
        remarks = [
            Remark(each.document, each.locale, each.line, each.severity.value, each.message, each.rule)
            for each in findings
            if each.rule not in _COMPLETENESS
        ]
        return [[*key, number] for key, number in tally.items()], remarks
