"""Find the documents of a project."""

from __future__ import annotations

import os
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
from l10n_flow.project.globs import GlobMatch
from l10n_flow.project.litter import LeftOut, is_conflict_copy, is_second_copy, left_out
from l10n_flow.project.naming import composed


@dataclass(frozen=True, slots=True)
class Source:
    """A source file; ``name`` is the document's identity: its path below the sources' folder, without suffix."""

    name: str
    path: Inside


@dataclass(frozen=True, slots=True)
class Failure:
    """A document or catalogue that could not be processed, or a folder of sources that is not read.

    All other documents were processed.

    Attributes:
        document: the identity of the document; for a folder its path, with a slash at the end.
        error: the reason.
        below: for a folder, the prefix of the identities of its possible documents.
        locale: for a catalogue, its locale (the document's other editions were processed); "" for the whole document.
    """

    document: str
    error: L10nFlowError
    below: str | None = None
    locale: str = ""

    def covers(self, name: str) -> bool:
        """Whether this failure concerns a document of that name, or a folder that may contain it."""
        return name == self.document or (self.below is not None and name.startswith(self.below))


class Names:
    """The names by which documents can be given; computed on first use.

    Args:
        groups: the sources; those that would share a catalogue are in one group.
    """

    def __init__(self, groups: Sequence[Sequence[Source]]) -> None:
        self._groups = groups

    @cached_property
    def identity(self) -> Mapping[str, str]:
        """A map from every name and path of a document to its identity; a name has priority over a path.

        A group of several sources has the name of its first, and so has its failure.
        """
        names: dict[str, str] = {}
        paths: dict[str, str] = {}
        for group in self._groups:
            for source in group:
                names[composed(source.name)] = group[0].name
                suffix = PurePosixPath(source.path.shown).suffix
                paths.setdefault(composed(f"{source.name}{suffix}"), group[0].name)
                for path in (source.path.shown, str(source.path.plain)):
                    bare = str(PurePosixPath(path).with_suffix(""))
                    paths.setdefault(composed(bare), group[0].name)
                    paths[composed(path)] = group[0].name
        return {**paths, **names}


@dataclass(frozen=True, slots=True)
class Sources:
    """The documents found by the configuration's globs, in order of name, and the files that cannot be used.

    Attributes:
        found: the documents.
        failures: sources that would share one catalogue, folders that are links.
        overrides: the overrides of each document.
        strangers: names in the overrides that are not documents.
        left: files in the source folders that are not documents, and the reasons.
        locales_dirs: the folder of catalogues, in the forms in which a user may type it.
        names: the names by which documents can be given.
    """

    found: tuple[Source, ...]
    failures: tuple[Failure, ...] = ()
    overrides: Mapping[str, tuple[Override, ...]] = field(default_factory=dict)
    strangers: tuple[str, ...] = ()
    names: Names = field(default_factory=lambda: Names(()))
    left: tuple[LeftOut, ...] = ()
    locales_dirs: tuple[str, ...] = ()

    def identity(self, wanted: str) -> str | None:
        """Return the identity of a document given by identity or by path of its source or catalogue; else None."""
        names = (composed(each) for each in (wanted, os.path.abspath(wanted)))  # noqa: PTH100  # Path keeps ..
        for name in names:
            if found := self.names.identity.get(name) or self.names.identity.get(self._of_catalogue(name)):
                return found
        return None

    def _of_catalogue(self, path: str) -> str:
        """Return the document of a template or a catalogue, by its path; "" for another path."""
        folder = next((each for each in self.locales_dirs if path.startswith(f"{each}/")), None)
        if folder is None:
            return ""
        below = path.removeprefix(f"{folder}/")
        locale, _, rest = below.removesuffix(".po").partition("/LC_MESSAGES/")
        return rest if rest and "/" not in locale else below.removesuffix(".pot")

    def overrides_of(self, source: Source) -> tuple[Override, ...]:
        """Return the author's overrides for a document, in the order of their file."""
        return self.overrides.get(composed(source.name), ())

    def missing(self, wanted: str) -> L10nFlowError:
        """Return the error for a document that does not exist, or may be in a folder that is not read."""
        for failure in self.failures:
            if failure.below is not None and wanted.startswith((failure.below, failure.document)):
                return failure.error
        near = self._nearest(wanted)
        hint = f"; did you mean {near!r}?" if near else "; l10n-flow status lists them"
        return SourceError(f"there is no document {wanted!r}{hint}")

    def _nearest(self, wanted: str) -> str | None:
        """Return the document whose name or path, or the last part of it, is most like a mistyped one."""
        from difflib import get_close_matches  # noqa: PLC0415 - only for the message

        typed = composed(wanted).replace("\\", "/").casefold()
        forms: dict[str, str] = {}
        for form, name in self.names.identity.items():
            forms.setdefault(form.casefold(), name)
            forms.setdefault(PurePosixPath(form.casefold()).name, name)
        last = PurePosixPath(typed)
        near = (get_close_matches(each, forms, 1, 0.7) for each in (typed, last.name, last.stem))
        return next((forms[found[0]] for found in near if found), None)


def discover(project: Project, overrides: Mapping[str, tuple[Override, ...]]) -> Sources:
    """Return the project's documents, with the author's overrides."""
    groups: dict[str, list[Source]] = defaultdict(list)
    unreadable = []
    matches = list(globs.find(project.root, project.sources, project.exclude))
    written = _written(project, matches) if project.outputs else frozenset()
    copies: list[str] = []
    beside: list[str] = []
    meant = {match.name for match in matches if match.meant}
    for match in matches:
        if match.error is None and match.name in written:
            continue  # an edition that ``[outputs]`` places beside the sources
        if match.error is not None:
            unreadable.append(_closed(match, match.error))
            continue
        if not match.meant or is_conflict_copy(match.name) or is_second_copy(match.name, meant):
            (copies if match.meant else beside).append(match.path.shown)
            continue
        source = Source(PurePosixPath(match.name).with_suffix("").as_posix(), match.path)
        if _is_text(source.name):
            groups[_folded(source.name)].append(source)
        else:
            unreadable.append(_nameless(source))
    found = sorted((group[0] for group in groups.values() if len(group) == 1), key=lambda source: source.name)
    failures = (*unreadable, *(_twins(group) for group in groups.values() if len(group) > 1))
    known = {composed(name) for name in (*(one.name for one in found), *(one.document for one in failures))}
    overrides = {composed(name): each for name, each in overrides.items()}
    strangers = tuple(sorted(name for name in set(overrides) - known if not any(f.covers(name) for f in failures)))
    left = left_out(beside, copies, documents.suffixes()) if beside or copies else ()
    folders = (project.locales_dir.shown, str(project.locales_dir.plain))
    return Sources(tuple(found), failures, overrides, strangers, Names(tuple(groups.values())), left, folders)


def chosen(sources: Sources, wanted: Iterable[str]) -> Sources:
    """Return the documents given by identity or by path.

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


def _written(project: Project, matches: Iterable[GlobMatch]) -> frozenset[str]:
    """Return the names of editions below the sources' folder, by ``[outputs]``; an edition is not a source.

    A name of an edition in the source's locale that equals the source's own name means the source.
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


def _folded(name: str) -> str:
    return composed(name).casefold()


def _is_text(name: str) -> bool:
    """Whether a file's name is UTF-8; Python represents other bytes as halves of surrogate pairs."""
    return not any("\ud800" <= char <= "\udfff" for char in name)


def _nameless(source: Source) -> Failure:
    shown = source.name.encode("utf-8", "surrogateescape").decode("utf-8", "replace")
    return Failure(shown, SourceError(f"the name of the source {shown!r} is not UTF-8; rename the file"))


def _closed(match: GlobMatch, error: L10nFlowError) -> Failure:
    """Return the failure of a folder that is not read; the folder of all sources may contain any document."""
    below = f"{match.name}/" if match.name else ""
    return Failure(f"{match.path.shown}/", SourceError(error.message, path=error.path), below)


def _twins(sources: list[Source]) -> Failure:
    paths = " and ".join(source.path.shown for source in sources)
    error = SourceError(f"{paths} would share one catalogue; rename one of them")
    return Failure(sources[0].name, error)
