"""Read and write the results of a project's documents in the index, which keeps them between commands.

All commands and the review page read here first, and store here what they have computed. The results of a document are
valid as long as its source, its template and its catalogues are unchanged, and so are the inputs that all documents
share: the configuration, the overrides, the termbase, the dictionaries and the program itself.
"""

from __future__ import annotations

import hashlib
import os
from collections.abc import Callable, Iterable, Iterator, Mapping, Sequence, Set
from functools import cache
from typing import NamedTuple

from l10n_flow import __version__, files, languages
from l10n_flow.conversion import Converter
from l10n_flow.index import (
    Origin,
    Seen,
    Store,
    Summary,
    findings_data,
    findings_of,
    origin_data,
    origin_of,
    summary_data,
    summary_of,
)
from l10n_flow.inside import Inside
from l10n_flow.memory import Entry
from l10n_flow.model import Finding
from l10n_flow.project.configuration import LocaleConfig
from l10n_flow.project.memory_entries import Entries, entries_data, read_entries
from l10n_flow.project.opening import OpenProject
from l10n_flow.project.outline import Outline, outline_data, read_outline
from l10n_flow.project.searching import UnitText, units_of
from l10n_flow.project.sources import Source
from l10n_flow.project.unchanged import Unchanged

INDEX_NAME = f"{files.PRIVATE_DIR}/index.sqlite"
#: The kinds of values in the index.
_ORIGIN, _SUMMARY, _FINDINGS, _OUTLINE, _FOLDED, _SHOWN = "origin", "summary", "findings", "outline", "folded", "shown"
_MEMORY = "memory"
_SIZE = "size"
#: Used in place of a document's name for values that belong to no document.
_PLACE = ""


class Found(NamedTuple):
    """The results of a document in all its locales.

    Attributes:
        summary: the summary for ``sync`` and ``status``.
        findings: the findings of all rules.
        outline: the data for the home page.
        texts: the texts for the search (``searching.texts_of``).
        memory: the entries of the translation memory, by locale.
    """

    summary: Summary
    findings: Sequence[Finding]
    outline: Outline
    texts: tuple[bytes, bytes]
    memory: Mapping[str, Sequence[Entry]]


class Known:
    """The index of an opened project. Any thread may call it.

    Args:
        opened: the project.
    """

    def __init__(self, opened: OpenProject) -> None:
        self._opened, self._project = opened, opened.settings
        self._store = Store(self._project.file(INDEX_NAME))
        self._unchanged = Unchanged(self._project, self._store.moment)
        self._bases: dict[tuple[str, ...], str] = {}

    # Reading ------------------------------------------------------------------------------------------------------

    def origin(self, source: Source, *, built: bool = False) -> Origin | None:
        """Return the inputs of a document's results when its files are unchanged; None when they have changed.

        Args:
            source: the document.
            built: whether to check its files in the preview, too; ``Origin.built`` is None when one has changed.
        """
        found = self._origin_at(source.name)
        if found is None or found.base != self.base() or not self._is_about(found, source):
            return None
        return self._renewed(source.name, found, built=built)

    def is_fresh(self, origin: Origin) -> bool:
        """Whether the files of a document are certainly unchanged; no file is read."""
        return origin.base == self.base() and self._unchanged.at_a_glance(origin.files)

    def now(self, source: Source) -> Origin | None:
        """Return the present files of a document; None when a later version of one could have the same stamp."""
        found = self._unchanged.now(path.shown for path in self.inputs(source))
        return Origin(self.base(), found, None) if all(each.stamp for each in found) else None

    def summary(self, source: Source) -> Summary | None:
        """Return the summary of a document, if its files are unchanged."""
        return self.summary_at(source.name) if self.origin(source) else None

    def findings(self, source: Source, keeps: Callable[[str, str, str], bool]) -> tuple[Finding, ...] | None:
        """Return the findings of all rules in a document, if its files are unchanged.

        Args:
            source: the document.
            keeps: whether to return a finding, by its locale, rule and severity; called once for each.
        """
        data = self._store.get(source.name, _FINDINGS) if self.origin(source) else None
        return None if data is None else findings_of(data, source.name, keeps)

    def summary_at(self, name: str) -> Summary | None:
        """Return the last summary of a document."""
        data = self._store.get(name, _SUMMARY)
        return None if data is None else summary_of(data)

    def outline_at(self, name: str) -> Outline | None:
        """Return the last data of a document for the home page."""
        data = self._store.get(name, _OUTLINE)
        return None if data is None else read_outline(data, name)

    def folded(self) -> Iterator[tuple[str, bytes]]:
        """Return the folded texts of all documents (``searching.texts_of``), in the order of their names."""
        return self._store.each(_FOLDED)

    def units_at(self, name: str) -> tuple[UnitText, ...] | None:
        """Return the last units of a document that a search shows."""
        data = self._store.get(name, _SHOWN)
        return None if data is None else units_of(data)

    def memory_at(self, name: str) -> Entries | None:
        """Return the last known entries of a document for the translation memory, by locale."""
        data = self._store.get(name, _MEMORY)
        return None if data is None else read_entries(data, name)

    def catalogue_digest(self, source: Source, locale: LocaleConfig) -> str | None:
        """Return the digest of a document's catalogue, if the files of the document are unchanged."""
        origin, path = self.origin(source), self._project.catalogue_path(locale.id, source.name).shown
        return next((each.digest for each in origin.files if each.path == path), None) if origin else None

    def place(self, names: Iterable[str]) -> int:
        """Return the number of files in the preview; 0 if its documents are others or its own files have changed."""
        origin, size = self._origin_at(_PLACE), self._store.get(_PLACE, _SIZE)
        if origin is None or size is None or not size.isdigit() or origin.base != _digest_of(names):
            return 0
        return int(size) if self._unchanged.are_same(origin.files) else 0

    def inputs(self, source: Source) -> list[Inside]:
        """Return the files from which a document's results are computed, without the shared files."""
        project, name = self._project, source.name
        catalogues = (project.catalogue_path(locale.id, name) for locale in project.locales)
        return [source.path, project.template_path(name), *catalogues]

    def _origin_at(self, name: str) -> Origin | None:
        data = self._store.get(name, _ORIGIN)
        return None if data is None else origin_of(data)

    def _is_about(self, origin: Origin, source: Source) -> bool:
        """Whether the results were computed from the present files of the document; paths are compared as texts."""
        folder, name = self._project.locales_dir.shown, source.name
        catalogues = (f"{folder}/{locale.id}/LC_MESSAGES/{name}.po" for locale in self._project.locales)
        return [each.path for each in origin.files] == [source.path.shown, f"{folder}/{name}.pot", *catalogues]

    def _renewed(self, name: str, origin: Origin, *, built: bool) -> Origin | None:
        """Return the origin with new stamps for files whose bytes had to be compared; None when one has changed."""
        if not self._unchanged.are_inside(origin.files):
            return None
        there = origin.built if built else None
        if self._unchanged.at_a_glance((*origin.files, *(there or ()))):
            return origin
        if not self._unchanged.are_same(origin.files):
            return None
        fresh = origin._replace(files=self._unchanged.looked_at(origin.files))
        if there is not None:
            is_there = self._unchanged.are_same(there)
            fresh = fresh._replace(built=self._unchanged.looked_at(there) if is_there else None)
        self._store.put(name, {_ORIGIN: origin_data(fresh)})
        self._store.save()  # nothing may stay unsaved in a server: no other program could write
        return fresh

    # Writing ------------------------------------------------------------------------------------------------------

    def keep(self, source: Source, digests: Sequence[str], found: Found, built: Mapping[str, str]) -> None:
        """Store the results of a document.

        Args:
            source: the document.
            digests: the digests of the bytes of its ``inputs``, from which the results were computed.
            found: the results.
            built: the digests of its files in the preview, by their paths there.
        """
        preview = self._project.preview_dir
        seen = tuple(Seen(path.shown, digest) for path, digest in zip(self.inputs(source), digests, strict=True))
        there = tuple(Seen((preview / name).shown, built[name]) for name in sorted(built))
        folded, shown = found.texts
        values = {
            _ORIGIN: origin_data(Origin(self.base(), seen, there)),
            _SUMMARY: summary_data(found.summary),
            _FINDINGS: findings_data(found.findings),
            _OUTLINE: outline_data(found.outline),
            _FOLDED: folded,
            _SHOWN: shown,
            _MEMORY: entries_data(found.memory),
        }
        self._store.put(source.name, values)

    def keep_place(self, names: Iterable[str], built: Iterable[str], size: int) -> None:
        """Store the data of the preview as a whole.

        Args:
            names: the documents.
            built: the files of the preview that belong to no document.
            size: the number of its files.
        """
        preview = self._project.preview_dir
        origin = Origin(_digest_of(names), self._unchanged.now((preview / name).shown for name in built), None)
        self._store.put(_PLACE, {_ORIGIN: origin_data(origin), _SIZE: str(size).encode()})
        self._store.save()

    def forget_all_but(self, names: Set[str]) -> None:
        """Remove the results of all other documents."""
        self._store.remove(name for name in self._store.names() if name not in names and name != _PLACE)

    def settle(self, names: Iterable[str]) -> None:
        """Renew the stamps of documents after all files are written, so that the next command need not read these."""
        for name in names:
            origin = self._origin_at(name)
            if origin is not None:
                built = None if origin.built is None else self._unchanged.looked_at(origin.built)
                fresh = Origin(origin.base, self._unchanged.looked_at(origin.files), built)
                self._store.put(name, {_ORIGIN: origin_data(fresh)})
        self._store.save()

    # Shared by all documents --------------------------------------------------------------------------------------

    def base(self) -> str:
        """Return the digest of the inputs that all documents share."""
        shared = self._opened.shared_digests()
        if shared not in self._bases:
            locales = self._project.locales
            prints = sorted({Converter("", strict=each.strict).fingerprint for each in locales if each.derived})
            code = f"{__version__} {_code_digest()} {prints} {shared} {languages.fingerprint()}"
            self._bases[shared] = hashlib.sha256(code.encode() + self._project.digest_input).hexdigest()
        return self._bases[shared]


def _digest_of(names: Iterable[str]) -> str:
    return hashlib.sha256("\0".join(sorted(names)).encode()).hexdigest()


def modules() -> list[str]:
    """Return the files of this package, on all of which a result may depend."""
    found = []
    for folder, inner, names in os.walk(os.path.dirname(files.__file__)):  # noqa: PTH120
        inner[:] = [name for name in inner if name != "__pycache__"]
        found += [f"{folder}/{name}" for name in names]
    return sorted(found)


@cache
def _code_digest() -> str:
    """Return a digest of the sizes and times of our own modules: a developer's change makes all results invalid."""
    found = [(stat.st_size, stat.st_mtime_ns) for stat in map(os.stat, modules())]
    return hashlib.blake2b(repr(found).encode(), digest_size=8).hexdigest()
