"""Review pages beside the preview: what else lies in its folder stays, and there need not be any preview."""

from __future__ import annotations

from collections.abc import Mapping

from l10n_flow.project import Project
from l10n_flow.publish import manifest
from l10n_flow.publish.manifest import MANIFEST, Manifest, Record
from l10n_flow.publish.place import Place
from l10n_flow.publish.stage import FilesInPlace


class Beside:
    """Collects review pages, document by document; ``commit`` puts them in place."""

    def __init__(self, project: Project) -> None:
        self._project = project
        self._stage: FilesInPlace | None = None
        self._names: dict[str, tuple[str, ...]] = {}

    def add(self, document: str, pages: Mapping[str, bytes]) -> None:
        """Stage the pages of a document; without any nothing is touched."""
        for name, data in pages.items():
            if self._stage is None:
                self._stage = FilesInPlace(self._project.preview_dir, MANIFEST)
            self._stage.add(name, data)
        if pages:
            self._names[document] = tuple(pages)

    def commit(self) -> None:
        """Put them in place.

        Raises:
            BuildError: when the folder is somebody else's, or cannot be written.
        """
        stage = self._stage
        if stage is None:
            return
        place = Place(self._project, drafts=True)
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
        """Take away what was staged and not put in place."""
        if self._stage is not None:
            self._stage.discard()
