"""A moved or renamed document takes its catalogues and seals along; one whose source is gone is reported."""

from __future__ import annotations

import os
from collections.abc import Iterable, Iterator, Mapping
from dataclasses import dataclass
from pathlib import Path

from l10n_flow import catalogue as po
from l10n_flow.config import Project
from l10n_flow.model import Document, Key

#: A new document that shares at least this part of its units with a vanished one is that one, renamed.
_SHARED = 0.5


@dataclass(frozen=True, slots=True)
class Renamed:
    """A document found again under another name."""

    old: str
    new: str


def orphans(project: Project, names: Iterable[str]) -> tuple[str, ...]:
    """The documents that have a template and no source any more, in order."""
    found = {
        path.relative_to(project.locales_dir).with_suffix("").as_posix() for path in project.locales_dir.rglob("*.pot")
    }
    return tuple(sorted(found - set(names)))


def adopt(project: Project, gone: Iterable[str], new: Mapping[str, Document]) -> Iterator[Renamed]:
    """Move the catalogues of vanished documents to the new ones that hold their units.

    Args:
        project: whose catalogues they are.
        gone: documents with a template and no source.
        new: documents with a source and no template.
    """
    left = {name: {unit.key for unit in document.units()} for name, document in new.items()}
    for old in gone:
        keys = _keys(project, old)
        best = max(left, key=lambda name: _shared(keys, left[name]), default=None)
        if best is not None and _shared(keys, left[best]) >= _SHARED:
            del left[best]
            _move(project, old, best)
            yield Renamed(old, best)


def _keys(project: Project, name: str) -> set[Key]:
    template = po.read(project.template_path(name), "")
    return set(template.entries) if template else set()


def _shared(one: set[Key], other: set[Key]) -> float:
    return len(one & other) / max(1, min(len(one), len(other))) if one and other else 0.0


def _files(project: Project, name: str) -> list[tuple[str, Path]]:
    """The locale ("" for the template) and path of each catalogue a document has."""
    return [("", project.template_path(name))] + [
        (locale.id, project.catalogue_path(locale.id, name)) for locale in project.locales
    ]


def _move(project: Project, old: str, new: str) -> None:
    for (_, before), (_, after) in zip(_files(project, old), _files(project, new), strict=True):
        if before.is_file() and not after.exists():
            after.parent.mkdir(parents=True, exist_ok=True)
            os.replace(before, after)  # noqa: PTH105


def prune(project: Project, names: Iterable[str]) -> None:
    """Remove the catalogues of documents whose source is gone."""
    for name in names:
        for _, path in _files(project, name):
            path.unlink(missing_ok=True)
