"""Documents that ought to be there: what a gate must not pass over, and a release must not take away by accident."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass

from l10n_flow.project import OpenProject, orphans
from l10n_flow.publish.manifest import read


@dataclass(frozen=True, slots=True)
class Absent:
    """What a project has no source for.

    Attributes:
        globs: the patterns of the sources when no file matches any of them, else ().
        documents: the published documents whose source is gone and whose catalogues are still there.
    """

    globs: tuple[str, ...] = ()
    documents: tuple[str, ...] = ()

    def __bool__(self) -> bool:
        return bool(self.globs or self.documents)


NOTHING = Absent()


def absent(opened: OpenProject, names: Sequence[str] = ()) -> Absent:
    """Look for what is gone; nothing is when only some documents are asked for by name.

    Published is what the last release holds. A clone without a release has nothing but its catalogues to tell.

    Args:
        opened: where.
        names: the documents a command was given.
    """
    if names:
        return NOTHING
    sources = opened.sources()
    gone = orphans(opened.settings, sources)
    if not gone and sources.found:
        return NOTHING
    manifest = read(opened.settings)
    released = manifest.of_kind(drafts=False) if manifest else {}
    published = tuple(name for name in gone if name in released or not released)
    return Absent(() if sources.found or sources.failures else opened.settings.sources, published)
