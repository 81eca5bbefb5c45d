"""Write review pages into the preview's folder; other files there stay, and there may be no preview yet."""

from __future__ import annotations

from collections.abc import Mapping

from l10n_flow.project import Project
from l10n_flow.publish import manifest
from l10n_flow.publish.build_folder import BuildFolder
from l10n_flow.publish.manifest import MANIFEST, Manifest, Record
from l10n_flow.publish.stage import FilesInPlace


class ReviewPages:
    """A set of review pages, added document by document; ``commit`` publishes them."""

    def __init__(self, project: Project) -> None:
        self._project = project
        self._stage: FilesInPlace | None = None
        self._names: dict[str, tuple[str, ...]] = {}

    def add(self, document: str, pages: Mapping[str, bytes]) -> None:
        """Stage the pages of a document; without pages nothing is written."""
        for name, data in pages.items():
            if self._stage is None:
                self._stage = FilesInPlace(self._project.preview_dir, MANIFEST)
            self._stage.add(name, data)
        if pages:
            self._names[document] = tuple(pages)

    def commit(self) -> None:
        """Publish the staged pages.

        Raises:
            BuildError: when the folder was not written by a build, or cannot be written.
        """
        stage = self._stage
        if stage is None:
            return
        place = BuildFolder(self._project, drafts=True)
        there = place.files()
        for name in sorted(there - stage.names - {MANIFEST}):
            stage.keep(name)
        records = dict(place.records)
        for document, names in self._names.items():
            record = records.get(document, Record())
            records[document] = Record(tuple(sorted({*record.files, *names})), record.index)
        stage.add(MANIFEST, manifest.dumps(Manifest(drafts=True, documents=records)))
        stage.commit(there)

    def discard(self) -> None:
        """Remove the staged pages that were not published."""
        if self._stage is not None:
            self._stage.discard()
