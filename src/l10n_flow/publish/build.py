"""Run a build: stage the documents one by one, then publish all of them, or none."""

from __future__ import annotations

from collections.abc import Iterable, Mapping, Sequence, Set
from dataclasses import dataclass, replace
from functools import cached_property
from types import MappingProxyType
from typing import TYPE_CHECKING

from l10n_flow import files
from l10n_flow.errors import BuildError, SourceError
from l10n_flow.files import Bytes
from l10n_flow.model import Finding
from l10n_flow.project import Failure, GateFailure, OpenProject, Snapshot, StatusRow, gate
from l10n_flow.publish import manifest
from l10n_flow.publish.absent import NOTHING, Absent
from l10n_flow.publish.build_folder import BuildFolder
from l10n_flow.publish.manifest import MANIFEST, Manifest, Record
from l10n_flow.publish.paths import INDEX
from l10n_flow.publish.review_pages import ReviewPages
from l10n_flow.publish.rows import IndexRow
from l10n_flow.publish.stage import FilesInPlace, Stage

if TYPE_CHECKING:  # start-up: a run without a change needs no pages, texts and records
    from l10n_flow.publish.choose import UnreadyUnit
    from l10n_flow.publish.record import Recorder
    from l10n_flow.publish.rendering import DocumentFiles, Note

#: The files of a build that belong to no document.
OWN_FILES = (INDEX, MANIFEST)
_NO_FILES: Mapping[str, bytes] = MappingProxyType({})


@dataclass(frozen=True, slots=True)
class BuildResult:
    """The result of a build.

    Attributes:
        problems: the units that stopped the release; if there are any, nothing was written.
        gates: the locales below their ``fail-under``; if there are any, nothing was written.
        absent: the documents that the build would have removed, or the fact that there is no document; if there are
            any, nothing was written.
        notes: the units published with another text than that of their catalogue.
        written: whether the build was published.
        files: the number of its files.
        reviews: the number of static review pages in the preview's folder, also when the build was refused.
        errors: the errors of the checks in texts of the release; if there are any, nothing was written.
        recorded: the path of the record of what is new in the release; "" when nothing is new.
        leftover: whether the release's folder contains a preview (the first versions wrote it there).
    """

    problems: tuple[UnreadyUnit, ...]
    gates: tuple[GateFailure, ...]
    absent: Absent
    notes: tuple[Note, ...]
    failures: tuple[Failure, ...]
    written: bool
    files: int
    reviews: int = 0
    leftover: bool = False
    errors: tuple[Finding, ...] = ()
    recorded: str = ""

    @property
    def complete(self) -> bool:
        return not (self.problems or self.errors or self.gates or self.absent or self.failures)


class Builder:
    """A build in progress. Each document is staged and then dropped from memory. The caller always calls ``close``.

    Args:
        opened: the project.
        drafts: whether this is a preview, which also contains texts that are not ready.
        partial: whether documents of the last build that are not in this one stay.

    Attributes:
        digests: the digests of the files of the last added document.
        rows: the status of all documents.
    """

    def __init__(self, opened: OpenProject, *, drafts: bool, partial: bool = False) -> None:
        self.opened, self.drafts = opened, drafts
        self.project = project = opened.settings
        self.digests: dict[str, str] = {}
        self.rows: list[StatusRow] = []
        folder = project.output_dir(drafts=drafts)
        self._stage = FilesInPlace(folder, MANIFEST) if drafts else Stage(folder)
        self._folder = BuildFolder(project, drafts=drafts)
        self._review_pages = ReviewPages(project)
        self._partial = partial
        self._reused: list[str] = []
        self._records: dict[str, Record] = {}
        self._problems: list[UnreadyUnit] = []
        self._notes: list[Note] = []
        self._recorder = None if drafts else _recorder(opened, partial=partial)
        self._errors: list[Finding] = []
        self._failures: list[Failure] = []
        self._reviews = 0

    @cached_property
    def _old(self) -> Mapping[str, Record]:
        """The record of each document in the last build."""
        return {name: self._fit(record) for name, record in self._folder.records.items()}

    def fail(self, failure: Failure) -> None:
        """Keep the old files of a document or edition that failed; the index page shows no status for it.

        For an edition, call this before the rest of its document is added.
        """
        self._failures.append(failure)
        for name in self._old:
            if failure.covers(name):
                record = self._records.get(name, self._old[name])
                index = tuple(_unknown(row) if failure.locale in {"", row.locale} else row for row in record.index)
                self._records[name] = Record(record.files, index)

    def add(
        self,
        loaded: Snapshot,
        rows: Sequence[StatusRow],
        findings: Sequence[Finding],
        extras: Mapping[str, bytes] = _NO_FILES,
    ) -> Record:
        """Render and stage a document.

        Args:
            loaded: the document with the editions to build.
            rows: the status of the editions.
            findings: the findings of the checks, at least the errors.
            extras: its review pages, which go into the preview's folder even when a release is refused.

        Returns:
            The record of the document in the manifest.

        Raises:
            SourceError: the document cannot be rendered, or one of its files has the path of another document's file.
        """
        from l10n_flow.publish.index import index_rows  # noqa: PLC0415 - start-up, as above

        self.digests = {}
        before = self._records.get(loaded.name) or (self._old.get(loaded.name) if self._partial else None) or Record()
        made = self._staged(loaded, [row.locale for row in before.index])
        self.rows += rows
        self._problems += made.problems
        self._notes += made.notes
        if self._recorder is not None:
            self._recorder.add(loaded, made.published)
            from l10n_flow.publish.errors import errors_of  # noqa: PLC0415 - start-up, as above

            self._errors += errors_of(self.opened, loaded, findings)
        index = tuple(index_rows(self.project, loaded, made.titles, rows, drafts=self.drafts))
        done = {row.locale for row in index}
        record = Record(
            tuple(sorted({*before.files, *made.names, *(extras if self.drafts else ())})),
            (*index, *(row for row in before.index if row.locale not in done)),
        )
        self._records[loaded.name] = record
        self._reviews += len(extras)
        if not self.drafts:
            self._review_pages.add(loaded.name, extras)
        for name, data in extras.items() if self.drafts else ():
            self._stage.add(name, data)
        return record

    def _staged(self, loaded: Snapshot, there: Sequence[str]) -> DocumentFiles:
        """Render a document and stage each file at once; when one file fails, all of them are removed again."""
        from l10n_flow.publish.rendering import document_files  # noqa: PLC0415 - start-up, as above

        mine: list[str] = []

        def put(name: str, data: Bytes) -> None:
            if name in self._stage.names and name not in mine:
                message = f"another document is written to {name} as well; change the pattern in [outputs]"
                raise SourceError(message, path=loaded.path)
            if not self._problems:
                self._stage.add(name, data)
                self.digests[name] = files.digest(data)
                mine.append(name)

        try:
            return document_files(self.opened, loaded, put, drafts=self.drafts, there=there)
        except BaseException:
            for name in mine:
                self._stage.drop(name)
                del self.digests[name]
            raise

    def holds(self, name: str) -> bool:
        """Whether the last build contains a document."""
        return name in self._old

    def reuse(self, name: str, rows: Iterable[StatusRow]) -> None:
        """Keep a document from the last build."""
        self.rows += rows
        self._reused.append(name)

    def untouched(self, size: int) -> BuildResult:
        """Return the result for a preview in which nothing has changed.

        Args:
            size: the number of its files.
        """
        leftover = manifest.holds_preview(self.project)
        return BuildResult((), (), NOTHING, (), (), written=True, files=size, leftover=leftover)

    def finish(self, absent: Absent = NOTHING, *, placed: int = 0) -> BuildResult:
        """Publish the build, unless something forbids it.

        Args:
            absent: the documents without a source; if there are any, nothing is published.
            placed: for a preview whose files are known to be those of its manifest, their number with that of foreign
                files. The folder is not searched then.
        """
        limits = {each.id: each.fail_under for each in self.project.locales if each.fail_under is not None}
        gates = () if self.drafts else gate(self.project, self.rows, limits)
        problems = tuple(self._problems)
        written = not absent and (self.drafts or not (problems or self._errors or gates or self._failures))
        there = self._folder.recorded() if placed else self._folder.files() if written else frozenset()
        recorded = self._commit(there) if written else ""
        if written or not self.drafts:
            self._review_pages.commit()
        size = len(self._stage.names) + (placed - len(there) if placed else 0) if written else 0
        notes, failures = tuple(self._notes), tuple(self._failures)
        reviews = self._reviews if written or not self.drafts else 0
        leftover = manifest.holds_preview(self.project)
        errors = tuple(self._errors)
        return BuildResult(problems, gates, absent, notes, failures, written, size, reviews, leftover, errors, recorded)

    def close(self) -> None:
        """Remove staged files that were not published: a build that fails leaves no files."""
        self._stage.discard()
        self._review_pages.discard()

    def _commit(self, there: Set[str]) -> str:
        """Publish the build, and write the record of a release; return the path of the record."""
        from l10n_flow.publish.index import index_file  # noqa: PLC0415 - start-up, as above

        for file in self._folder.foreign(there):
            self._stage.keep(file)
        kept = self._old if self._partial else {name: self._old[name] for name in self._reused}
        records = {**kept, **self._records}
        order = [records[name] for name in sorted(records)]
        index = [row for record in order for row in record.index]
        self._require_no_work_pages(index)
        for file in (file for record in order for file in record.files):
            if file not in self._stage.names and file in there:
                self._stage.keep(file)
        self._stage.add(INDEX, index_file(self.project, index, drafts=self.drafts))
        self._stage.add(MANIFEST, manifest.dumps(Manifest(self.drafts, records)))
        if self.drafts:
            self._announce(records, there)
        self._stage.commit(there)
        # After publishing, because the record of a failed release would be wrong; the next release repairs a lost one.
        return self._recorder.write(records) if self._recorder is not None else ""

    def _announce(self, records: Mapping[str, Record], there: Set[str]) -> None:
        """Write the manifest before files of a preview change: after a kill, none of them is taken for foreign."""
        if there and there != self._stage.names:
            owned = {
                name: Record(tuple(sorted({*record.files, *self._old.get(name, Record()).files})), record.index)
                for name, record in {**self._old, **records}.items()
            }
            files.write_if_changed(self._folder.folder / MANIFEST, manifest.dumps(Manifest(True, owned)))

    def _fit(self, record: Record) -> Record:
        """Return the part of an earlier record that may stay: work pages go, unless the configuration lists them."""
        if self.drafts:
            return record
        away = ("review/",) if self.project.shows_bilingual(drafts=False) else ("review/", "bilingual/")
        return Record(tuple(name for name in record.files if not name.startswith(away)), record.index)

    def _require_no_work_pages(self, index: Sequence[IndexRow]) -> None:
        """Refuse to keep a part of an earlier release that links to work pages."""
        if self.project.shows_bilingual(drafts=self.drafts):
            return
        names = sorted({row.document for row in index if row.bilingual_href})
        if names:
            message = f"the release still links to pages for those who work on it; build again: {', '.join(names)}"
            raise BuildError(message, path=self._folder.folder.shown)


def _recorder(opened: OpenProject, *, partial: bool) -> Recorder:
    from l10n_flow.publish.record import Recorder  # noqa: PLC0415 - start-up, as above

    return Recorder(opened, partial=partial)


def _unknown(row: IndexRow) -> IndexRow:
    return replace(row, done_percent=0.0, counts={}, published=False)
