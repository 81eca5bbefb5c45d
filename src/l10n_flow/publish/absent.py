"""Find published documents that have no source now: a gate must report them, and a release must not remove them."""

from __future__ import annotations

from collections.abc import Iterable
from dataclasses import dataclass

from l10n_flow.project import OpenProject, Sources, orphans
from l10n_flow.publish.manifest import Record, read


@dataclass(frozen=True, slots=True)
class Absent:
    """The documents without a source.

    Attributes:
        globs: the patterns of the sources when no file matches any of them, else ().
        documents: the published documents whose source is gone, and whose catalogues still exist.
        emptied: the published documents whose source contains no text now.
    """

    globs: tuple[str, ...] = ()
    documents: tuple[str, ...] = ()
    emptied: tuple[str, ...] = ()

    def __bool__(self) -> bool:
        return bool(self.globs or self.documents or self.emptied)


NOTHING = Absent()


def absent(opened: OpenProject, sources: Sources, *, some: bool = False, empty: Iterable[str] = ()) -> Absent:
    """Find the documents without a source; with ``some``, documents without a source are not searched.

    A document is published when it is in the last release. In a clone without a release, the catalogues decide.

    Args:
        opened: the project.
        sources: its documents.
        some: whether the command names some documents.
        empty: the documents that contain no text.
    """
    settings = opened.settings
    emptied = tuple(empty)
    gone = () if some else orphans(settings, sources)
    globs = () if some or sources.found or sources.failures else settings.sources
    if not gone and not emptied:
        return Absent(globs) if globs else NOTHING
    manifest = read(settings)
    released = manifest.of_kind(drafts=False) if manifest else {}

    def had_text(name: str) -> bool:
        if released:
            return any(row.units for row in released.get(name, Record()).index)
        catalogues, damaged = opened.catalogues(name, settings.locales)
        return bool(damaged) or any(each.every for _, each in catalogues if each is not None)

    published = tuple(name for name in gone if name in released or not released)
    return Absent(globs, published, tuple(filter(had_text, emptied)))
