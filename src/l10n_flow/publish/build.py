"""A build under way: documents are staged one by one, then the whole is put in place, or nothing is."""

from __future__ import annotations

from collections.abc import Iterable, Mapping, Sequence, Set
from dataclasses import dataclass, replace
from functools import cached_property
from types import MappingProxyType

from l10n_flow import files
from l10n_flow.errors import BuildError, SourceError
from l10n_flow.files import Bytes
from l10n_flow.model import Finding
from l10n_flow.project import Failure, GateFailure, OpenProject, Snapshot, StatusRow, gate
from l10n_flow.publish import manifest
from l10n_flow.publish.absent import NOTHING, Absent
from l10n_flow.publish.beside import Beside
from l10n_flow.publish.choose import Problem
from l10n_flow.publish.errors import errors_of
from l10n_flow.publish.index import index_file, index_rows
from l10n_flow.publish.manifest import MANIFEST, Manifest, Record
from l10n_flow.publish.pages import IndexRow
from l10n_flow.publish.paths import INDEX
from l10n_flow.publish.place import Place
from l10n_flow.publish.record import Recorder
from l10n_flow.publish.sheets import DocumentFiles, Note, document_files
from l10n_flow.publish.stage import FilesInPlace, Stage

#: The files of a build that belong to no document.
OWN_FILES = (INDEX, MANIFEST)
_NO_FILES: Mapping[str, bytes] = MappingProxyType({})


@dataclass(frozen=True, slots=True)
class BuildResult:
    """What a build did.

    Attributes:
        problems: the units that kept it from being a release; then nothing was written.
        gates: the locales below their ``fail-under``; then nothing was written either.
        absent: what the build would have taken away, or that there is no document; then nothing was written either.
        notes: units published in another text than their catalogue's.
        written: whether the build is in place.
        files: how many files it has.
        reviews: how many static review pages are in the preview's folder, also when the build was refused.
        errors: what the checks found in texts of the release; then nothing was written either.
        recorded: the record of what is new in the release, by its path; "" when nothing is.
        leftover: whether the release's folder holds a preview, as the first versions wrote it there.
    """

    problems: tuple[Problem, ...]
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
    """Collects the documents of a build, and lets each go as soon as it is staged. It is closed, whatever happens.

    Args:
        opened: what is built.
        drafts: whether it is a preview, in which text that is not ready goes out.
        partial: whether the rest of what is in place stays.
    """

    def __init__(self, opened: OpenProject, *, drafts: bool, partial: bool = False) -> None:
        self.opened, self.drafts = opened, drafts
        self.project = project = opened.settings
        self.digests: dict[str, str] = {}
        self.rows: list[StatusRow] = []
        folder = project.output_dir(drafts=drafts)
        self._stage = FilesInPlace(folder, MANIFEST) if drafts else Stage(folder)
        self._place = Place(project, drafts=drafts)
        self._beside = Beside(project)
        self._partial = partial
        self._reused: list[str] = []
        self._records: dict[str, Record] = {}
        self._problems: list[Problem] = []
        self._notes: list[Note] = []
        self._recorder = None if drafts else Recorder(opened, partial=partial)
        self._errors: list[Finding] = []
        self._failures: list[Failure] = []
        self._reviews = 0

    @cached_property
    def _old(self) -> Mapping[str, Record]:
        """What is in place of each document."""
        return {name: self._fit(record) for name, record in self._place.records.items()}

    def fail(self, failure: Failure) -> None:
        """Leave what there was of what could not be done; the index does not say how far it is.

        When an edition fails, this comes before the rest of its document is added.
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
            rows: how far they are.
            findings: what the checks say, the errors at least.
            extras: its review pages, which go into the preview's folder even when a release is refused.

        Returns:
            What the manifest says of it.

        Raises:
            SourceError: it cannot be written, or a file of it would be one of another document.
        """
        before = self._records.get(loaded.name) or (self._old.get(loaded.name) if self._partial else None) or Record()
        made = self._staged(loaded, [row.locale for row in before.index])
        self.rows += rows
        self._problems += made.problems
        self._notes += made.notes
        if self._recorder is not None:
            self._recorder.add(loaded, made.published)
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
            self._beside.add(loaded.name, extras)
        for name, data in extras.items() if self.drafts else ():
            self._stage.add(name, data)
        return record

    def _staged(self, loaded: Snapshot, there: Sequence[str]) -> DocumentFiles:
        """Render a document and stage each file as it is made; when one cannot be, none of them is staged."""
        mine: list[str] = []

        def put(name: str, data: Bytes) -> None:
            if name in self._stage.names and name not in mine:
                message = f"another document is written to {name} as well; change the pattern in [outputs]"
                raise SourceError(message, path=loaded.path)
            if self.drafts or not self._problems:
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
        """Whether the build that is in place knows a document."""
        return name in self._old

    def reuse(self, name: str, rows: Iterable[StatusRow]) -> None:
        """Take a document over from the build that is in place."""
        self.rows += rows
        self._reused.append(name)

    def untouched(self, size: int) -> BuildResult:
        """What to say of a preview of which nothing is other than it ought to be.

        Args:
            size: how many files it has.
        """
        leftover = manifest.holds_preview(self.project)
        return BuildResult((), (), NOTHING, (), (), written=True, files=size, leftover=leftover)

    def finish(self, absent: Absent = NOTHING) -> BuildResult:
        """Put the build in place, unless it must not be published.

        Args:
            absent: what there is no source for; with anything in it nothing is built.
        """
        limits = {each.id: each.fail_under for each in self.project.locales if each.fail_under is not None}
        gates = () if self.drafts else gate(self.project, self.rows, limits)
        problems = () if self.drafts else tuple(self._problems)
        written = not absent and (self.drafts or not (problems or self._errors or gates or self._failures))
        recorded = self._commit() if written else ""
        if written or not self.drafts:
            self._beside.commit()
        size = len(self._stage.names) if written else 0
        notes, failures = tuple(self._notes), tuple(self._failures)
        reviews = self._reviews if written or not self.drafts else 0
        leftover = manifest.holds_preview(self.project)
        errors = tuple(self._errors)
        return BuildResult(problems, gates, absent, notes, failures, written, size, reviews, leftover, errors, recorded)

    def close(self) -> None:
        """Take away what was staged and is not in place: a build that fails leaves nothing behind."""
        self._stage.discard()
        self._beside.discard()

    def _commit(self) -> str:
        """Put it in place, and record what is new in a release; the path of the record."""
        there = self._place.files()
        for file in self._place.foreign(there):
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
        # Afterwards: a record of what was not published would be wrong, and the next release makes up for a lost one.
        return self._recorder.write(records) if self._recorder is not None else ""

    def _announce(self, records: Mapping[str, Record], there: Set[str]) -> None:
        """Say before files of a preview come or go whose they are: after a kill, none of them is taken for foreign."""
        if there and there != self._stage.names:
            owned = {
                name: Record(tuple(sorted({*record.files, *self._old.get(name, Record()).files})), record.index)
                for name, record in {**self._old, **records}.items()
            }
            files.write_if_changed(self._place.folder / MANIFEST, manifest.dumps(Manifest(True, owned)))

    def _fit(self, record: Record) -> Record:
        """What of an earlier release may stay: its work pages may not, unless they are asked for."""
        if self.drafts:
            return record
        away = ("review/",) if self.project.shows_bilingual(drafts=False) else ("review/", "bilingual/")
        return Record(tuple(name for name in record.files if not name.startswith(away)), record.index)

    def _require_no_work_pages(self, index: Sequence[IndexRow]) -> None:
        """A part that stays of an earlier release must not link to work pages either."""
        if self.project.shows_bilingual(drafts=self.drafts):
            return
        names = sorted({row.document for row in index if row.bilingual_href})
        if names:
            message = f"the release still links to pages for those who work on it; build again: {', '.join(names)}"
            raise BuildError(message, path=self._place.folder.shown)


def _unknown(row: IndexRow) -> IndexRow:
    return replace(row, done_percent=0.0, counts={}, published=False)
