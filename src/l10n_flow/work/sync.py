"""``sync``: extract, convert, check, build the preview and count the status, document by document."""

from __future__ import annotations

import contextlib
from collections import Counter
from collections.abc import Callable, Mapping, Sequence
from dataclasses import dataclass, replace

from l10n_flow import folders, locks
from l10n_flow.errors import BuildError, L10nFlowError
from l10n_flow.model import Finding
from l10n_flow.project import (
    COMPLETENESS,
    Failure,
    Found,
    Known,
    OpenProject,
    Project,
    Remark,
    Snapshot,
    Source,
    Sources,
    StatusRow,
    Summary,
    count,
    entries_of,
    outline_of,
    snapshot_of,
    summarised,
    texts_of,
)
from l10n_flow.publish.absent import NOTHING, Absent
from l10n_flow.publish.build import OWN_FILES, Builder, BuildResult
from l10n_flow.work import renames
from l10n_flow.work.results import DocumentUpdate, UpdateResult, summary_of

#: The number of remarks that a brief sync keeps.
_REMARKS = 20


@dataclass(frozen=True, slots=True)
class SyncResult:
    """The result of a sync.

    Attributes:
        updates: the documents that were not up to date, the failures, the renames, and documents without a source.
        tally: the number of findings by locale, rule and severity.
        remarks: the findings other than untranslated and fuzzy; a brief sync keeps some, and ``remarked`` counts all.
        rows: the status.
        build: the result of building the preview.
        unchanged: the number of documents that were up to date.
    """

    updates: UpdateResult
    tally: Mapping[tuple[str, str, str], int]
    remarks: tuple[Remark, ...]
    rows: tuple[StatusRow, ...]
    build: BuildResult
    unchanged: int

    @property
    def remarked(self) -> int:
        return sum(number for (_, rule, _), number in self.tally.items() if rule not in COMPLETENESS)

    @property
    def emptied(self) -> bool:
        """Whether a project that had documents has none now."""
        return bool(self.build.absent and self.updates.moved.orphans)


def sync(
    project: Project,
    names: Sequence[str] = (),
    *,
    brief: bool = False,
    progress: Callable[[int, int], None] | None = None,
) -> SyncResult:
    """Update all catalogues and build the preview.

    Args:
        project: the project.
        names: the documents; empty for all.
        brief: whether to keep only the conversions and findings that the text report shows: all of them take much
            memory in a large project.
        progress: called with the number of finished documents and the number of documents.
    """
    with locks.hold(project.root, "build", "build"), folders.at_the_end():
        run = _Sync(project, names, brief=brief)
        with contextlib.closing(run.builder):
            return run.run(progress)


class _Sync:
    def __init__(self, project: Project, names: Sequence[str], *, brief: bool) -> None:
        self.project, self.brief = project, brief
        self.opened = OpenProject(project, kept_units=renames.KEPT_UNITS)
        self.known = Known(self.opened)
        self.builder = Builder(self.opened, drafts=True, partial=bool(names))
        self.whole = not names
        self.sources: Sources = self.opened.sources(names)
        self.done: list[DocumentUpdate] = []
        self.failures: list[Failure] = []
        self.tally: Counter[tuple[str, str, str]] = Counter()
        self.remarks: list[Remark] = []
        self.placed = 0

    def run(self, progress: Callable[[int, int], None] | None) -> SyncResult:
        self.fail(*self.sources.failures)
        renames.repair(self.opened)
        self.placed = self.known.place(source.name for source in self.sources.found) if self.whole else 0
        unchanged = {source.name for source in self.sources.found if self.is_unchanged(source)}
        changed = [source for source in self.sources.found if source.name not in unchanged]
        moved = renames.rearrange(self.opened, self.sources, changed) if self.whole else renames.NOTHING
        for number, source in enumerate(self.sources.found, 1):
            try:
                if source.name not in unchanged or not self.reuse(source):
                    unchanged.discard(source.name)
                    self.one(source)
            except BuildError:  # for example a full disk: not an error of one document, and nothing may be published
                raise
            except L10nFlowError as error:
                self.fail(Failure(source.name, error))
            if progress is not None:
                progress(number, len(self.sources.found))
        changed = [source for source in self.sources.found if source.name not in unchanged]
        build = self.build(untouched=bool(self.placed) and not (changed or self.failures))
        self.remember(changed, build)
        updates = UpdateResult(tuple(self.done), tuple(self.failures), moved, self.sources.strangers, self.sources.left)
        return SyncResult(updates, self.tally, tuple(self.remarks), tuple(self.builder.rows), build, len(unchanged))

    def build(self, *, untouched: bool) -> BuildResult:
        """Publish the preview; when nothing has changed, it is not even read."""
        if untouched:
            return self.builder.untouched(self.placed)
        # A preview without documents would remove the last build.
        nothing = not (self.sources.found or self.failures)
        absent = Absent(globs=self.project.sources) if nothing else NOTHING
        return self.builder.finish(absent, placed=0 if self.failures else self.placed)

    def is_unchanged(self, source: Source) -> bool:
        """Whether a document and its files in the preview are up to date."""
        origin = self.known.origin(source, built=True)
        if origin is None or origin.built is None:
            return False
        return bool(self.placed) or self.builder.holds(source.name)

    def reuse(self, source: Source) -> bool:
        """Use the summary of an unchanged document in the index; return whether the index has one."""
        summary = self.known.summary_at(source.name)
        if summary is None:
            return False
        self.builder.reuse(source.name, summary.rows)
        self.tell(summary)
        return True

    def one(self, source: Source) -> None:
        """Update one document."""
        from l10n_flow.work.update import Steps, update_document  # noqa: PLC0415  # a run without a change needs none

        inputs = self.opened.inputs(source)
        parsed = self.opened.document(source, self.sources.overrides_of(source), inputs.source)
        inputs = replace(inputs, source=b"")  # frees memory: a long document needs as much as several
        locales = self.project.locales
        updated = update_document(self.opened, source.name, parsed.document, inputs, locales, steps=Steps())
        self.fail(*updated.failures)
        self.done.append(summary_of(source, parsed.document, updated.locales, brief=self.brief))
        if not updated.locales:
            return
        self._compact_journals(source.name)
        catalogues = [update.catalogue for update in updated.locales]
        pairs = ((self.project.locale(each.locale), each) for each in catalogues)
        snapshot = snapshot_of(source.name, source.path.shown, parsed.document, pairs)
        findings, rows = self._judged(snapshot)
        record = self.builder.add(snapshot, rows, findings)
        summary = summarised(rows, findings)
        self.tell(summary)
        if not updated.failures:  # an error is reported again by each sync until it is corrected
            built = {name: self.builder.digests[name] for name in record.files if name in self.builder.digests}
            digests = (parsed.digest, updated.template, *(each.origin or "" for each in catalogues))
            by_locale = {each.locale: each for each in catalogues}
            outline = outline_of(self.project, snapshot, by_locale, findings)
            memory = {
                locale.id: tuple(entries_of(by_locale[locale.id], source.name, derived=locale.derived))
                for locale in locales
            }
            found = Found(summary, findings, outline, texts_of(snapshot, by_locale), memory)
            self.known.keep(source, digests, found, built)

    def _judged(self, snapshot: Snapshot) -> tuple[Sequence[Finding], tuple[StatusRow, ...]]:
        """Return the findings of all rules in a document, and its status rows."""
        from l10n_flow.project import check_document, erring, rules_of  # noqa: PLC0415  # a run without a change needs none

        findings = check_document(self.opened, snapshot, rules_of(self.project))
        return findings, tuple(count(snapshot, self.project.source_locale, erring(findings)))

    def remember(self, changed: Sequence[Source], build: BuildResult) -> None:
        """Store the results in the index for the next run."""
        names = {source.name for source in self.sources.found}
        if self.whole and (changed or not self.placed):
            self.known.forget_all_but(names)
        self.known.settle(source.name for source in changed)
        if self.whole and build.written and (changed or not self.placed):
            self.known.keep_place(names, OWN_FILES, build.files)

    def fail(self, *failures: Failure) -> None:
        """Record failures; the preview keeps the old files of these documents."""
        for failure in failures:
            self.failures.append(failure)
            self.builder.fail(failure)

    def _compact_journals(self, name: str) -> None:
        from l10n_flow.history import compact  # noqa: PLC0415  # start-up: a run that changes nothing needs no git

        for locale in self.project.locales:
            compact(self.project, name, locale)

    def tell(self, told: Summary) -> None:
        for locale, rule, severity, number in told.tally:
            self.tally[locale, rule, severity] += number
        room = max(_REMARKS - len(self.remarks), 0) if self.brief else None
        self.remarks += told.remarks[:room]
