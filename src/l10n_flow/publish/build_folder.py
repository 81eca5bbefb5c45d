"""The folder of a release or a preview before a build changes it."""

from __future__ import annotations

from collections.abc import Mapping, Set
from functools import cached_property

from l10n_flow import files
from l10n_flow.errors import BuildError
from l10n_flow.project import Project
from l10n_flow.publish import manifest
from l10n_flow.publish.manifest import MANIFEST, Manifest, Record
from l10n_flow.publish.paths import INDEX
from l10n_flow.publish.stage import existing


class BuildFolder:
    """The content of the folder; it is read on first use.

    Attributes:
        folder: the folder.
    """

    def __init__(self, project: Project, *, drafts: bool) -> None:
        self.folder = project.output_dir(drafts=drafts)
        self._drafts = drafts

    @cached_property
    def _manifest(self) -> Manifest | None:
        return manifest.loads(files.read_optional(self.folder / MANIFEST))

    @property
    def records(self) -> Mapping[str, Record]:
        """The record of each document; empty for a build of the other kind, because the two never mix."""
        return self._manifest.of_kind(drafts=self._drafts) if self._manifest else {}

    def files(self) -> set[str]:
        """The files in the folder, by their paths with slashes.

        Raises:
            BuildError: when the folder has files but no manifest, or a preview would replace a release.
        """
        there = existing(self.folder)
        key = "preview-dir" if self._drafts else "build-dir"
        if there and MANIFEST not in there:
            raise self._refusal(f"holds files that no build wrote; choose another {key}, or empty it")
        if self._drafts and self._manifest and not self._manifest.drafts:
            raise self._refusal(f"holds a release, which no preview replaces; choose another {key}, or empty it")
        return there

    def recorded(self) -> Set[str]:
        """The files that the folder has according to its manifest."""
        return {INDEX, MANIFEST, *(file for record in self.records.values() for file in record.files)}

    def foreign(self, there: Set[str]) -> list[str]:
        """Return the files that no build wrote (for example CNAME): they stay."""
        records = self._manifest.documents.values() if self._manifest else ()
        return sorted(there - {INDEX, MANIFEST, *(file for record in records for file in record.files)})

    def _refusal(self, message: str) -> BuildError:
        return BuildError(message, path=self.folder.shown)
