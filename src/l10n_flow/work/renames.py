"""A moved or renamed document takes its catalogues and seals along; one whose source is gone is reported.

All of it happens under the locks of the documents: a save that comes in meanwhile is in the file before it moves, or
finds no file any more and is refused.
"""

from __future__ import annotations

import contextlib
from collections import defaultdict
from collections.abc import Collection, Iterable, Iterator, Mapping, Sequence
from dataclasses import dataclass

from l10n_flow import catalogue as po
from l10n_flow import files, inside
from l10n_flow.inside import Inside
from l10n_flow.model import Document, Key
from l10n_flow.project import Project

#: A new document that shares at least this part of the larger one's text with a vanished one is that one, renamed:
#: as ``git diff -M`` counts, by size, so that a title that many articles have tells little.
_SHARED = 0.5
#: Of so many of a vanished document's rarest units the owners are compared with it, and so many owners at most.
_RAREST, _OWNERS = 6, 20


@dataclass(frozen=True, slots=True)
class Renamed:
    """A document found again under another name."""

    old: str
    new: str


def adopt(project: Project, gone: Iterable[str], new: Mapping[str, Document]) -> Iterator[Renamed]:
    """Move the catalogues of vanished documents to the new ones that hold their text: best pairs first, one to one.

    Args:
        project: whose catalogues they are.
        gone: documents with a template and no source.
        new: documents with a source and no template.

    Raises:
        CatalogueError: when the template of a vanished document is damaged.
        L10nFlowError: when a file cannot be moved.
    """
    before = {name: _keys(project, name) for name in gone}
    after = {name: {unit.key for unit in document.units()} for name, document in new.items()}
    taken: set[str] = set()
    for old, fresh in _pairs(before, after):
        if old not in taken and fresh not in taken and _move(project, old, fresh):
            taken |= {old, fresh}
            yield Renamed(old, fresh)


def _pairs(before: Mapping[str, Collection[Key]], after: Mapping[str, Collection[Key]]) -> list[tuple[str, str]]:
    """The pairs that share enough, those that share most first."""
    owners: defaultdict[Key, list[str]] = defaultdict(list)
    for name, keys in after.items():
        for key in keys:
            owners[key].append(name)
    scored = []
    for old, keys in before.items():
        for fresh in _candidates(keys, owners):
            share = _share(keys, after[fresh])
            if share >= _SHARED:
                scored.append((-share, old, fresh))
    return [(old, fresh) for _, old, fresh in sorted(scored)]


def _candidates(keys: Collection[Key], owners: Mapping[Key, Sequence[str]]) -> Collection[str]:
    """The new documents that own some of the rarest of these units: so few that all documents take linear time."""
    shared = (key for key in keys if key in owners)
    # All of a key has a say: the units come from a set, and its order must not be seen in the outcome.
    rarest = sorted(shared, key=lambda key: (len(owners[key]), key.source, key.context or ""))[:_RAREST]
    return dict.fromkeys(name for key in rarest for name in owners[key][:_OWNERS])


def _share(one: Collection[Key], other: Collection[Key]) -> float:
    larger = max(_size(one), _size(other))
    return _size(set(one).intersection(other)) / larger if larger else 0.0


def _size(keys: Iterable[Key]) -> int:
    return sum(len(key.source) for key in keys)


def _keys(project: Project, name: str) -> set[Key]:
    """The units of a vanished document; without a template (some keep none in git), those of its catalogues."""
    template = po.read(project.template_path(name), "")
    if template is not None:
        return set(template.entries)
    return {
        key
        for locale in project.locales
        if (found := po.read(project.catalogue_path(locale.id, name), locale.id))
        for key in found.entries
    }


def _files(project: Project, name: str) -> list[Inside]:
    """The path of each catalogue a document may have; the template is the last, for by it an orphan is known."""
    return [project.catalogue_path(locale.id, name) for locale in project.locales] + [project.template_path(name)]


def _move(project: Project, old: str, new: str) -> bool:
    """Move all of a document's files, or none when the other has one already; whether it did."""
    with contextlib.ExitStack() as held:
        for name in sorted((old, new)):  # in one order, so that two runs do not wait for one another
            held.enter_context(files.lock(project.root, "document", name))
        pairs = list(zip(_files(project, old), _files(project, new), strict=True))
        there = [(before, after) for before, after in pairs if inside.is_file(before)]
        if any(inside.is_file(after) for _, after in there):
            return False
        for before, after in there:
            files.move(before, after)
        return True


def prune(project: Project, names: Iterable[str]) -> None:
    """Remove the catalogues of documents whose source is gone."""
    for name in names:
        with files.lock(project.root, "document", name):
            files.remove(*_files(project, name))
