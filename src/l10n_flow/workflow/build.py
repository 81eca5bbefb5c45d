"""Build: the localised documents, their pages, the index and the compiled catalogues, all or nothing."""

from __future__ import annotations

from collections.abc import Iterable, Mapping, Sequence
from dataclasses import asdict, dataclass, replace
from typing import TYPE_CHECKING, Any

from l10n_flow import files
from l10n_flow.config import Project
from l10n_flow.errors import BuildError
from l10n_flow.pages import IndexRow
from l10n_flow.workflow.publishing.publish import Problem
from l10n_flow.workflow.publishing.sheets import INDEX, Note, document_files, index_file, index_rows
from l10n_flow.workflow.publishing.stage import Stage, existing
from l10n_flow.workflow.sources.documents import Failure
from l10n_flow.workflow.sources.loading import LoadedDocument, load_all
from l10n_flow.workflow.sources.manifest import MANIFEST, built, manifest_of
from l10n_flow.workflow.status import GateFailure, StatusRow, count, gate
from l10n_flow.workflow.updating.absent import NOTHING, Absent, absent
from l10n_flow.workflow.updating.cache import content_digest

if TYPE_CHECKING:
    from l10n_flow.workflow.desk import Desk


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


def build(
    project: Project,
    names: Sequence[str] = (),
    locales: Sequence[str] = (),
    *,
    drafts: bool = False,
    review: bool = False,
    remove: bool = False,
) -> BuildResult:
    """Build documents into the build folder; with ``review`` also the static twins of their review pages.

    A release is complete or is not written; its review pages are for drafts by nature, and are written all the same.
    Of a release asked for in part, the rest of the last release stays. A published document whose source is gone keeps
    a release back, unless ``remove`` says that it shall go; without any document nothing is built at all.
    """
    with files.lock(project.root, "build", "build"):
        builder = Builder(project, drafts=drafts, partial=bool(names or locales), review=review)
        builder.absent = absent(project, names)
        if remove or drafts or locales:  # drafts are no release, and a part of one takes nothing away
            builder.absent = replace(builder.absent, documents=())
        for loaded in load_all(project, names, locales):
            if isinstance(loaded, Failure):
                builder.fail(loaded)
            else:
                builder.add(loaded, count(loaded, project.source_locale))
        return builder.finish()


class Builder:
    """A build under way: documents are added one by one, and each is let go as soon as it is staged."""

    def __init__(self, project: Project, *, drafts: bool, partial: bool = False, review: bool = False) -> None:
        self.desk = _desk(project) if review else None
        self.project, self.drafts = project, drafts
        self.stage = Stage(project.build_dir)
        self.before = built(project)
        self.old = built(project, drafts=drafts)
        self.entries: dict[str, dict[str, Any]] = dict(self.old) if partial else {}
        self.rows: list[StatusRow] = []
        self.problems: list[Problem] = []
        self.notes: list[Note] = []
        self.failures: list[Failure] = []
        self.digests: dict[str, str] = {}
        self.twins: dict[str, list[str]] = {}
        self.absent = NOTHING

    def fail(self, failure: Failure) -> None:
        self.failures.append(failure)
        self.entries |= {name: entry for name, entry in self.old.items() if failure.covers(name)}

    def add(self, loaded: LoadedDocument, rows: Sequence[StatusRow]) -> dict[str, Any]:
        """Render and stage a document; what the manifest says of it."""
        before = self.entries.get(loaded.name, {"files": [], "index": []})
        there = [row["locale"] for row in before["index"]]
        made = document_files(self.project, loaded, drafts=self.drafts, there=there)
        self.rows += rows
        self.problems += made.problems
        self.notes += made.notes
        index = [asdict(row) for row in index_rows(self.project, loaded.name, made.titles, rows)]
        done = {row["locale"] for row in index}
        entry = {
            "files": sorted({*before["files"], *made.files, *self._add_twins(loaded)}),
            "index": index + [row for row in before["index"] if row["locale"] not in done],
        }
        self.entries[loaded.name] = entry
        if self.drafts or not self.problems:
            for name, data in made.files.items():
                self.stage.add(name, data)
                self.digests[name] = content_digest(data)
        return entry

    def _add_twins(self, loaded: LoadedDocument) -> list[str]:
        """Stage the review pages of a document; their names."""
        twins = _twins(self.desk, loaded) if self.desk is not None else {}
        for name, data in twins.items():
            self.stage.add(name, data)
        self.twins[loaded.name] = list(twins)
        return self.twins[loaded.name]

    def reuse(self, name: str, entry: dict[str, Any], rows: Iterable[StatusRow]) -> None:
        """Take a document over from the build that is in place."""
        self.rows += rows
        self.entries[name] = entry

    def finish(self) -> BuildResult:
        """Put the build in place, unless it must not be published."""
        gates = () if self.drafts else self._gates()
        problems = () if self.drafts else tuple(self.problems)
        written = not self.absent and (self.drafts or not (problems or gates or self.failures))
        reviews = sum(map(len, self.twins.values()))
        if written:
            self._commit()
        elif reviews:
            self._commit_reviews()
        self.stage.discard()
        size = len(self.stage.names) if written else 0
        return BuildResult(
            problems, gates, self.absent, tuple(self.notes), tuple(self.failures), written, size, reviews
        )

    def _gates(self) -> tuple[GateFailure, ...]:
        limits = {each.id: each.fail_under for each in self.project.locales if each.fail_under is not None}
        return gate(self.project, self.rows, limits)

    def _commit(self) -> None:
        order = sorted(self.entries)
        there = existing(self.project.build_dir)
        self._keep_foreign(there)
        for name in order:
            for file in self.entries[name]["files"]:
                if file not in self.stage.names and file in there:
                    self.stage.keep(file)
        index = [IndexRow(**row) for name in order for row in self.entries[name]["index"]]
        self.stage.add(INDEX, index_file(self.project, index, drafts=self.drafts))
        self.stage.add(MANIFEST, manifest_of(self.entries, drafts=self.drafts))
        self.stage.commit()

    def _commit_reviews(self) -> None:
        """Leave the build that is in place, but for the review pages of these documents."""
        there = existing(self.project.build_dir)
        self._require_ours(there)
        stage = Stage(self.project.build_dir)
        for name in (name for names in self.twins.values() for name in names):
            stage.add(name, self._staged(name))
        for name in sorted(there - stage.names - {MANIFEST}):
            stage.keep(name)
        entries = dict(self.before)
        for document, names in self.twins.items():
            entry = entries.get(document, {"files": [], "index": []})
            entries[document] = {**entry, "files": sorted({*entry["files"], *names})}
        drafts = bool(self.before) and self.before == built(self.project, drafts=True)
        stage.add(MANIFEST, manifest_of(entries, drafts=drafts))
        stage.commit()

    def _keep_foreign(self, there: set[str]) -> None:
        """Files in the build folder that no build wrote (a CNAME, say) stay; a folder of such files is none of ours.

        Raises:
            BuildError: when the folder holds files and no manifest of a build.
        """
        self._require_ours(there)
        ours = {INDEX, MANIFEST, *(file for entry in self.before.values() for file in entry["files"])}
        for name in sorted(there - ours):
            self.stage.keep(name)

    def _staged(self, name: str) -> bytes:
        new = self.stage.new / name if self.stage.new else None
        if new and new.is_file():
            return new.read_bytes()
        return files.read_optional(self.stage.folder / name) or b""

    def _require_ours(self, there: set[str]) -> None:
        if there and MANIFEST not in there:
            message = "holds files that no build wrote; choose another build-dir, or empty it"
            raise BuildError(message, path=self.project.build_dir.shown)


# Imported when asked for: most builds write no review pages.


def _desk(project: Project) -> Desk:
    from l10n_flow.workflow.desk import Desk  # noqa: PLC0415

    return Desk(project)


def _twins(desk: Desk, loaded: LoadedDocument) -> Mapping[str, bytes]:
    from l10n_flow.workflow.publishing.twin import twin_files  # noqa: PLC0415

    return twin_files(desk, loaded.name, tuple(edition.locale for edition in loaded.editions))
