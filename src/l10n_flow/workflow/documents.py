"""Which documents a project has, and what each holds."""

from __future__ import annotations

import fnmatch
import unicodedata
from collections import defaultdict
from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass, field
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

    ``strangers`` are documents that only the overrides name.
    """

    found: tuple[Source, ...]
    failures: tuple[Failure, ...] = ()
    overrides: Mapping[str, tuple[Override, ...]] = field(default_factory=dict)
    strangers: tuple[str, ...] = ()


def discover(project: Project, wanted: Sequence[str] = ()) -> Sources:
    """The project's documents, or those asked for by identity or by path.

    Raises:
        ConfigError: for wrong overrides.
        SourceError: when a document asked for does not exist.
    """
    by_name: dict[str, list[Source]] = defaultdict(list)
    for source in _glob(project):
        by_name[_folded(source.name)].append(source)
    found = tuple(sources[0] for sources in by_name.values() if len(sources) == 1)
    failures = tuple(_twins(project, sources) for sources in by_name.values() if len(sources) > 1)
    overrides = load_overrides(project.root / OVERRIDES_NAME)
    known = {source.name for source in found} | {failure.document for failure in failures}
    strangers = tuple(sorted(set(overrides) - known))
    if wanted:
        names = {_identity(project, name, found, failures) for name in wanted}
        found = tuple(source for source in found if source.name in names)
        failures = tuple(failure for failure in failures if failure.document in names)
    return Sources(tuple(sorted(found, key=lambda source: source.name)), failures, overrides, strangers)


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


def _twins(project: Project, sources: list[Source]) -> Failure:
    paths = " and ".join(project.shown(source.path) for source in sources)
    error = SourceError(f"{paths} would share one catalogue; rename one of them")
    return Failure(sources[0].name, error)


def _identity(project: Project, wanted: str, found: tuple[Source, ...], failures: tuple[Failure, ...]) -> str:
    for source in found:
        if wanted in {source.name, project.shown(source.path)} or Path(wanted).absolute() == source.path:
            return source.name
    for failure in failures:
        if wanted == failure.document:
            return wanted
    raise SourceError(f"there is no document {wanted!r}; l10n-flow status lists them")


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
