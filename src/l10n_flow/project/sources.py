"""Which documents a project has, and what each holds."""

from __future__ import annotations

import os
import unicodedata
from collections import defaultdict
from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass, field, replace
from functools import cached_property
from pathlib import PurePosixPath

from l10n_flow import documents
from l10n_flow.documents import Override
from l10n_flow.errors import L10nFlowError, SourceError
from l10n_flow.inside import Inside
from l10n_flow.project import globs
from l10n_flow.project.configuration import Project
from l10n_flow.project.globs import Match
from l10n_flow.project.litter import LeftOut, is_conflict_copy, left_out


@dataclass(frozen=True, slots=True)
class Source:
    """A source file: ``name`` is the document's identity, its path below the sources' folder without suffix."""

    name: str
    path: Inside


@dataclass(frozen=True, slots=True)
class Failure:
    """A document, or one of its catalogues, that could not be done, or a folder of sources that is not looked into.

    The others were done.

    Attributes:
        document: its identity; of a folder its path, with a slash at the end.
        error: why.
        below: of a folder, how the identities of the documents begin that it may hold.
        locale: of a catalogue its locale: the document's other editions were done; "" for the whole document.
    """

    document: str
    error: L10nFlowError
    below: str | None = None
    locale: str = ""

    def covers(self, name: str) -> bool:
        """Whether a document of that name is the one, or may be in the folder, that could not be done."""
        return name == self.document or (self.below is not None and name.startswith(self.below))


class Names:
    """What the documents may be called, looked up only when somebody calls one.

    Args:
        groups: the sources, those together that would share a catalogue.
    """

    def __init__(self, groups: Sequence[Sequence[Source]]) -> None:
        self._groups = groups

    @cached_property
    def identity(self) -> Mapping[str, str]:
        """Every name and path of a document to its identity; a name outweighs a path.

        A group of twins goes by the name of its first, as its failure does.
        """
        names: dict[str, str] = {}
        paths: dict[str, str] = {}
        for group in self._groups:
            for source in group:
                names[_composed(source.name)] = group[0].name
                for path in (source.path.shown, str(source.path.plain)):
                    bare = str(PurePosixPath(path).with_suffix(""))
                    paths.setdefault(_composed(bare), group[0].name)
                    paths[_composed(path)] = group[0].name
        return {**paths, **names}


@dataclass(frozen=True, slots=True)
class Sources:
    """What the configuration's globs found, in order of name, and what among it cannot be used.

    Attributes:
        found: the documents.
        failures: sources that would share one catalogue, folders that are links.
        overrides: those of each document.
        strangers: documents that only the overrides name.
        left: files among the sources that are no documents, and why.
        locales_dirs: the folder of catalogues, as it may be typed.
        names: what a document may be called.
    """

    found: tuple[Source, ...]
    failures: tuple[Failure, ...] = ()
    overrides: Mapping[str, tuple[Override, ...]] = field(default_factory=dict)
    strangers: tuple[str, ...] = ()
    names: Names = field(default_factory=lambda: Names(()))
    left: tuple[LeftOut, ...] = ()
    locales_dirs: tuple[str, ...] = ()

    def identity(self, wanted: str) -> str | None:
        """The document called so, by identity or by path, of its source or a catalogue; None when there is none."""
        names = (_composed(each) for each in (wanted, os.path.abspath(wanted)))  # noqa: PTH100  # Path keeps ..
        for name in names:
            if found := self.names.identity.get(name) or self.names.identity.get(self._of_catalogue(name)):
                return found
        return None

    def _of_catalogue(self, path: str) -> str:
        """The document of a template or a catalogue, by its path; "" for another path."""
        folder = next((each for each in self.locales_dirs if path.startswith(f"{each}/")), None)
        name, dot, suffix = path.removeprefix(f"{folder}/").rpartition(".")
        if folder is None or not dot or suffix not in {"po", "pot"}:
            return ""
        locale, _, rest = name.partition("/LC_MESSAGES/")
        return name if suffix == "pot" else rest if "/" not in locale else ""

    def overrides_of(self, source: Source) -> tuple[Override, ...]:
        """What the author says of a document, in the file's order."""
        return self.overrides.get(_composed(source.name), ())

    def missing(self, wanted: str) -> L10nFlowError:
        """What to say of a document that there is not: it may lie in a folder that is not looked into."""
        for failure in self.failures:
            if failure.below is not None and wanted.startswith((failure.below, failure.document)):
                return failure.error
        return SourceError(f"there is no document {wanted!r}; l10n-flow status lists them")


def discover(project: Project, overrides: Mapping[str, tuple[Override, ...]]) -> Sources:
    """The project's documents, with what the author says of them."""
    groups: dict[str, list[Source]] = defaultdict(list)
    unreadable = []
    matches = list(globs.find(project.root, project.sources, project.exclude))
    written = _written(project, matches) if project.outputs else frozenset()
    copies: list[str] = []
    beside: list[str] = []
    for match in matches:
        if match.error is None and match.name in written:
            continue  # an edition, put beside the sources as some sites want it
        if match.error is not None:
            unreadable.append(_closed(match, match.error))
            continue
        if not match.meant or is_conflict_copy(match.name):
            (copies if match.meant else beside).append(match.path.shown)
            continue
        source = Source(PurePosixPath(match.name).with_suffix("").as_posix(), match.path)
        if _is_text(source.name):
            groups[_folded(source.name)].append(source)
        else:
            unreadable.append(_nameless(source))
    found = sorted((group[0] for group in groups.values() if len(group) == 1), key=lambda source: source.name)
    failures = (*unreadable, *(_twins(group) for group in groups.values() if len(group) > 1))
    known = {_composed(name) for name in (*(one.name for one in found), *(one.document for one in failures))}
    overrides = {_composed(name): each for name, each in overrides.items()}
    strangers = tuple(sorted(name for name in set(overrides) - known if not any(f.covers(name) for f in failures)))
    left = left_out(beside, copies, documents.suffixes()) if beside or copies else ()
    folders = (project.locales_dir.shown, str(project.locales_dir.plain))
    return Sources(tuple(found), failures, overrides, strangers, Names(tuple(groups.values())), left, folders)


def chosen(sources: Sources, wanted: Iterable[str]) -> Sources:
    """The documents asked for by identity or by path.

    Raises:
        SourceError: when one does not exist.
    """
    names = set()
    for each in wanted:
        name = sources.identity(each)
        if name is None:
            raise sources.missing(each)
        names.add(name)
    found = tuple(source for source in sources.found if source.name in names)
    failures = tuple(failure for failure in sources.failures if failure.document in names)
    return replace(sources, found=found, failures=failures)


def _written(project: Project, matches: Iterable[Match]) -> frozenset[str]:
    """What the editions of the sources are called by ``[outputs]``, below the sources' folder: no edition is a source.

    The source's own edition is called like its source in no pattern but one, which then means the source.
    """
    found = set()
    locales = [project.source_locale, *(locale.id for locale in project.locales)]
    for match in matches:
        if match.error is None and match.meant:
            name = PurePosixPath(match.name).with_suffix("").as_posix()
            paths = {project.output_path(name, match.path.shown, locale) for locale in locales}
            found |= paths - {match.name}
            below = match.path.shown.removesuffix(match.name)
            found |= {path.removeprefix(below) for path in paths if path.startswith(below)} - {match.name}
    return frozenset(found)


def _composed(name: str) -> str:
    """A name as it is compared: a keyboard and a file system may write one letter in two ways (NFC, NFD)."""
    return name if name.isascii() else unicodedata.normalize("NFC", name)


def _folded(name: str) -> str:
    return _composed(name).casefold()


def _is_text(name: str) -> bool:
    """Whether a file's name is UTF-8; Python keeps other bytes as halves of surrogate pairs."""
    return not any("\ud800" <= char <= "\udfff" for char in name)


def _nameless(source: Source) -> Failure:
    shown = source.name.encode("utf-8", "surrogateescape").decode("utf-8", "replace")
    return Failure(shown, SourceError(f"the name of the source {shown!r} is not UTF-8; rename the file"))


def _closed(match: Match, error: L10nFlowError) -> Failure:
    """A folder that is not looked into; when it is that of all sources, it may hold any document."""
    below = f"{match.name}/" if match.name else ""
    return Failure(f"{match.path.shown}/", SourceError(error.message, path=error.path), below)


def _twins(sources: list[Source]) -> Failure:
    paths = " and ".join(source.path.shown for source in sources)
    error = SourceError(f"{paths} would share one catalogue; rename one of them")
    return Failure(sources[0].name, error)
