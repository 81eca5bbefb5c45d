"""Which documents a project has, and what each holds."""

from __future__ import annotations

import fnmatch
import os
import unicodedata
from collections import defaultdict
from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass, field, replace
from pathlib import Path

from l10n_flow import files, formats
from l10n_flow.catalogue import Wanted
from l10n_flow.config import OVERRIDES_NAME, Project, fixed_part
from l10n_flow.errors import L10nFlowError, SourceError
from l10n_flow.model import Document, Key, Role
from l10n_flow.segmentation.overrides import Override, load_overrides


@dataclass(frozen=True, slots=True)
class Source:
    """A source file: ``name`` is the document's identity, its path below the sources' folder without suffix."""

    name: str
    path: Path


@dataclass(frozen=True, slots=True)
class Failure:
    """A document that could not be done; the others were."""

    document: str
    error: L10nFlowError


@dataclass(frozen=True, slots=True)
class Sources:
    """What the configuration's globs found, in order of name, and what among it cannot be used.

    Attributes:
        found: the documents.
        failures: sources that would share one catalogue.
        overrides: those of each document.
        strangers: documents that only the overrides name.
        names: every name and path that a document may be called by, to its identity.
    """

    found: tuple[Source, ...]
    failures: tuple[Failure, ...] = ()
    overrides: Mapping[str, tuple[Override, ...]] = field(default_factory=dict)
    strangers: tuple[str, ...] = ()
    names: Mapping[str, str] = field(default_factory=dict)

    def identity(self, wanted: str) -> str | None:
        """The document called so, by identity or by path; None when there is none."""
        return self.names.get(wanted) or self.names.get(os.path.abspath(wanted))  # noqa: PTH100  # Path keeps ..


def discover(project: Project, wanted: Sequence[str] = ()) -> Sources:
    """The project's documents, or those asked for by identity or by path.

    Raises:
        ConfigError: for wrong overrides.
        SourceError: when a document asked for does not exist.
    """
    groups: dict[str, list[Source]] = defaultdict(list)
    unreadable = []
    for source in _glob(project):
        if _is_text(source.name):
            groups[_folded(source.name)].append(source)
        else:
            unreadable.append(_nameless(source))
    found = sorted((group[0] for group in groups.values() if len(group) == 1), key=lambda source: source.name)
    failures = (*unreadable, *(_twins(project, group) for group in groups.values() if len(group) > 1))
    overrides = load_overrides(project.root / OVERRIDES_NAME)
    known = {source.name for source in found} | {failure.document for failure in failures}
    strangers = tuple(sorted(set(overrides) - known))
    sources = Sources(tuple(found), failures, overrides, strangers, _names(project, groups.values()))
    return _chosen(sources, wanted) if wanted else sources


def _chosen(sources: Sources, wanted: Iterable[str]) -> Sources:
    names = set()
    for each in wanted:
        name = sources.identity(each)
        if name is None:
            raise SourceError(f"there is no document {each!r}; l10n-flow status lists them")
        names.add(name)
    found = tuple(source for source in sources.found if source.name in names)
    failures = tuple(failure for failure in sources.failures if failure.document in names)
    return replace(sources, found=found, failures=failures)


def _names(project: Project, groups: Iterable[Sequence[Source]]) -> dict[str, str]:
    """A group of twins goes by the name of its first, as its failure does; a name outweighs a path."""
    names, paths = {}, {}
    for group in groups:
        for source in group:
            names[source.name] = group[0].name
            paths[project.shown(source.path)] = paths[str(source.path)] = group[0].name
    return {**paths, **names}


def _glob(project: Project) -> Iterable[Source]:
    seen = set()
    for pattern in project.sources:
        base = fixed_part(pattern)
        for path in sorted(project.root.glob(pattern)):
            shown = path.relative_to(project.root).as_posix()
            if path in seen or path.is_dir() or any(fnmatch.fnmatch(shown, glob) for glob in project.exclude):
                continue
            seen.add(path)
            yield Source(path.relative_to(project.root / base).with_suffix("").as_posix(), path)


def _folded(name: str) -> str:
    return unicodedata.normalize("NFC", name).casefold()


def _is_text(name: str) -> bool:
    """Whether a file's name is UTF-8; Python keeps other bytes as halves of surrogate pairs."""
    return not any("\ud800" <= char <= "\udfff" for char in name)


def _nameless(source: Source) -> Failure:
    shown = source.name.encode("utf-8", "surrogateescape").decode("utf-8", "replace")
    return Failure(shown, SourceError(f"the name of the source {shown!r} is not UTF-8; rename the file"))


def _twins(project: Project, sources: list[Source]) -> Failure:
    paths = " and ".join(project.shown(source.path) for source in sources)
    error = SourceError(f"{paths} would share one catalogue; rename one of them")
    return Failure(sources[0].name, error)


def load_document(project: Project, source: Source, overrides: Mapping[str, tuple[Override, ...]]) -> Document:
    """Read and segment a source document.

    Raises:
        SourceError: as ``formats.parse``, and for links out of the project.
    """
    data = files.read_source(source.path, project.root)
    shown = project.shown(source.path)
    return formats.parse(
        data,
        path=shown,
        format=formats.format_of(shown, None),
        unit=project.unit.value,
        overrides=overrides.get(source.name, ()),
    )


def wanted_units(document: Document) -> tuple[Wanted, ...]:
    """The document's units as a catalogue wants them: each key once, in order, with all its kinds."""
    kinds: dict[Key, dict[str, None]] = {}
    sentences: dict[Key, tuple[str, ...]] = {}
    for block in document.blocks:
        for unit in block.units:
            kind = Role.CREDIT.value if unit.role is Role.CREDIT else block.kind.value
            kinds.setdefault(unit.key, {})[kind] = None
            if block.sentences:
                sentences.setdefault(unit.key, block.sentences)
    return tuple(Wanted(key, tuple(names), sentences.get(key, ())) for key, names in kinds.items())
