"""Documents that ought to be there: what a gate must not pass over, and a release must not take away by accident."""

from __future__ import annotations

from collections.abc import Iterable, Sequence
from dataclasses import dataclass

from l10n_flow.project import OpenProject, orphans
from l10n_flow.publish.manifest import Record, read


@dataclass(frozen=True, slots=True)
class Absent:
    """What a project has no source for.

    Attributes:
        globs: the patterns of the sources when no file matches any of them, else ().
        documents: the published documents whose source is gone and whose catalogues are still there.
        emptied: the published documents whose source holds no text any more.
    """

    globs: tuple[str, ...] = ()
    documents: tuple[str, ...] = ()
    emptied: tuple[str, ...] = ()

    def __bool__(self) -> bool:
        return bool(self.globs or self.documents or self.emptied)


NOTHING = Absent()


def absent(opened: OpenProject, names: Sequence[str] = (), *, empty: Iterable[str] = ()) -> Absent:
    """Look for what is gone; of what has no source nothing is when only some documents are asked for by name.

    Published is what the last release holds. A clone without a release has nothing but its catalogues to tell.

    Args:
        opened: where.
        names: the documents a command was given.
        empty: the documents that hold no text.
    """
    settings = opened.settings
    emptied = tuple(empty)
    sources = opened.sources()
    gone = () if names else orphans(settings, sources)
    globs = () if names or sources.found or sources.failures else settings.sources
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
