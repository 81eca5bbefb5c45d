"""Find documents that have catalogues but no source."""

from __future__ import annotations

from collections.abc import Iterator

from l10n_flow import files, inside
from l10n_flow.inside import Inside
from l10n_flow.project.configuration import Project
from l10n_flow.project.sources import Sources

_SEAL = b"l10n-flow:"


def orphans(project: Project, sources: Sources) -> tuple[str, ...]:
    """Return the documents that have a template, or a catalogue with seals, but no source; in order.

    A document that may be in a folder which is not read is not an orphan.
    """
    known = {source.name for source in sources.found}
    found = set(_names(project.locales_dir, ".pot")) - known
    for locale in project.locales:
        for name in set(_names(_folder(project, locale.id), ".po")) - known - found:
            # Other programs may have catalogues in the same folder.
            if _SEAL in (files.read_optional(project.catalogue_path(locale.id, name)) or b""):
                found.add(name)
    return tuple(sorted(name for name in found if not any(each.covers(name) for each in sources.failures)))


def _names(folder: Inside, suffix: str) -> Iterator[str]:
    """Return the documents that have a regular file of this kind below a folder."""
    return (name.removesuffix(suffix) for name in inside.listed(folder, suffix))


def _folder(project: Project, locale: str) -> Inside:
    return project.catalogue_path(locale, "x").parent
