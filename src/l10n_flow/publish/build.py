"""A build under way: documents are staged one by one, then the whole is put in place, or nothing is."""

from __future__ import annotations

from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass
from types import MappingProxyType

from l10n_flow import files
from l10n_flow.errors import BuildError
from l10n_flow.project import Failure, GateFailure, OpenProject, Snapshot, StatusRow, gate
from l10n_flow.publish import manifest
from l10n_flow.publish.absent import NOTHING, Absent
from l10n_flow.publish.choose import Problem
from l10n_flow.publish.manifest import MANIFEST, Manifest, Record
from l10n_flow.publish.sheets import INDEX, Note, document_files, index_file, index_rows
from l10n_flow.publish.stage import Stage, existing

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
        reviews: how many static review pages are in place, also when the build was refused.
    """

    problems: tuple[Problem, ...]
    gates: tuple[GateFailure, ...]
    absent: Absent
    notes: tuple[Note, ...]
    failures: tuple[Failure, ...]
    written: bool
    files: int
    reviews: int = 0

    @property
    def complete(self) -> bool:
        return not (self.problems or self.gates or self.absent or self.failures)


class Builder:
    """Collects the documents of a build, and lets each go as soon as it is staged.

    Args:
        opened: what is built.
        drafts: whether it is a preview, in which text that is not ready goes out.
        partial: whether the rest of the build that is in place stays.
    """

    def __init__(self, opened: OpenProject, *, drafts: bool, partial: bool = False) -> None:
        self.opened, self.drafts = opened, drafts
        self.project = project = opened.settings
        self.digests: dict[str, str] = {}
        self.rows: list[StatusRow] = []
        self._stage = Stage(project.build_dir)
        self._manifest = files.read_optional(project.build_dir / MANIFEST)
        self._before = manifest.loads(self._manifest)
        self._old = self._before.of_kind(drafts=drafts) if self._before else {}
        self._records: dict[str, Record] = dict(self._old) if partial else {}
        self._problems: list[Problem] = []
        self._notes: list[Note] = []
        self._failures: list[Failure] = []
        self._extras: dict[str, tuple[str, ...]] = {}

    def fail(self, failure: Failure) -> None:
        """Leave what there was of documents that could not be done."""
        self._failures.append(failure)
        self._records |= {name: record for name, record in self._old.items() if failure.covers(name)}

    def add(self, loaded: Snapshot, rows: Sequence[StatusRow], extras: Mapping[str, bytes] = _NO_FILES) -> Record:
        """Render and stage a document.

        Args:
            loaded: the document with the editions to build.
            rows: how far they are.
            extras: files beside those of the build, which are put in place even when a release is refused.

        Returns:
            What the manifest says of it.
        """
        before = self._records.get(loaded.name, Record())
        made = document_files(self.opened, loaded, drafts=self.drafts, there=[row.locale for row in before.index])
        self.rows += rows
        self._problems += made.problems
        self._notes += made.notes
        index = tuple(index_rows(self.project, loaded.name, made.titles, rows))
        done = {row.locale for row in index}
        record = Record(
            tuple(sorted({*before.files, *made.files, *extras})),
            (*index, *(row for row in before.index if row.locale not in done)),
        )
        self._records[loaded.name] = record
        self._extras[loaded.name] = tuple(extras)
        for name, data in extras.items():
            self._stage.add(name, data)
        if self.drafts or not self._problems:
            for name, data in made.files.items():
                self._stage.add(name, data)
                self.digests[name] = files.digest(data)
        return record

    def reuse(self, name: str, record: Record, rows: Iterable[StatusRow]) -> None:
        """Take a document over from the build that is in place."""
        self.rows += rows
        self._records[name] = record

    def finish(self, absent: Absent = NOTHING) -> BuildResult:
        """Put the build in place, unless it must not be published.

        Args:
            absent: what there is no source for; with anything in it nothing is built.
        """
        limits = {each.id: each.fail_under for each in self.project.locales if each.fail_under is not None}
        gates = () if self.drafts else gate(self.project, self.rows, limits)
        problems = () if self.drafts else tuple(self._problems)
        written = not absent and (self.drafts or not (problems or gates or self._failures))
        extras = sum(map(len, self._extras.values()))
        if written:
            self._commit()
        elif extras:
            self._commit_extras()
        self._stage.discard()
        size = len(self._stage.names) if written else 0
        notes, failures = tuple(self._notes), tuple(self._failures)
        return BuildResult(problems, gates, absent, notes, failures, written, size, extras)

    def _commit(self) -> None:
        there = existing(self.project.build_dir)
        self._keep_foreign(there)
        order = [self._records[name] for name in sorted(self._records)]
        for file in (file for record in order for file in record.files):
            if file not in self._stage.names and file in there:
                self._stage.keep(file)
        index = [row for record in order for row in record.index]
        self._stage.add(INDEX, index_file(self.project, index, drafts=self.drafts))
        data = manifest.dumps(Manifest(self.drafts, self._records))
        if data == self._manifest:
            self._stage.keep(MANIFEST)
        else:
            self._stage.add(MANIFEST, data)
        self._stage.commit()

    def _commit_extras(self) -> None:
        """Leave the build that is in place, but for the extras of these documents."""
        there = existing(self.project.build_dir)
        self._require_ours(there)
        stage = Stage(self.project.build_dir)
        for name in (name for names in self._extras.values() for name in names):
            stage.add(name, self._staged(name))
        for name in sorted(there - stage.names - {MANIFEST}):
            stage.keep(name)
        before = self._before or Manifest(drafts=False)
        records = dict(before.documents)
        for document, names in self._extras.items():
            record = records.get(document, Record())
            records[document] = Record(tuple(sorted({*record.files, *names})), record.index)
        stage.add(MANIFEST, manifest.dumps(Manifest(before.drafts, records)))
        stage.commit()

    def _keep_foreign(self, there: set[str]) -> None:
        """Files in the build folder that no build wrote (a CNAME, say) stay; a folder of such files is none of ours.

        Raises:
            BuildError: when the folder holds files and no manifest of a build.
        """
        self._require_ours(there)
        records = self._before.documents.values() if self._before else ()
        ours = {INDEX, MANIFEST, *(file for record in records for file in record.files)}
        for name in sorted(there - ours):
            self._stage.keep(name)

    def _staged(self, name: str) -> bytes:
        new = self._stage.new / name if self._stage.new else None
        if new and new.is_file():
            return new.read_bytes()
        return files.read_optional(self._stage.folder / name) or b""

    def _require_ours(self, there: set[str]) -> None:
        if there and MANIFEST not in there:
            message = "holds files that no build wrote; choose another build-dir, or empty it"
            raise BuildError(message, path=self.project.build_dir.shown)
