"""Read the documents of a project and their translations; all access to them goes through this module."""

from __future__ import annotations

import threading
from collections.abc import Callable, Hashable, Iterable, Iterator, Sequence
from dataclasses import dataclass
from typing import NamedTuple, TypeVar

from l10n_flow import catalogue as po
from l10n_flow import documents, files, termbase
from l10n_flow.catalogue import Catalogue
from l10n_flow.conversion import Converter
from l10n_flow.documents import Override, read_overrides
from l10n_flow.errors import L10nFlowError
from l10n_flow.model import Document
from l10n_flow.project.cache import ContentCache
from l10n_flow.project.configuration import OVERRIDES_NAME, LocaleConfig, Project
from l10n_flow.project.converters import converter_of
from l10n_flow.project.snapshot import Snapshot, snapshot_of
from l10n_flow.project.sources import Failure, Source, Sources, chosen, discover
from l10n_flow.termbase import Termbase

T = TypeVar("T")
#: The name, which no document can have, of the cache slot for the values shared by all documents.
_SHARED = ""


class Parsed(NamedTuple):
    """A document and its inputs: the digest of its source, and the author's overrides."""

    document: Document
    digest: str
    overrides: tuple[Override, ...]


@dataclass(frozen=True, slots=True)
class Inputs:
    """The bytes of one document's files; None for a file that does not exist.

    Attributes:
        source: the source.
        template: the template.
        catalogues: the catalogues of all locales, by locale id; the error for one that cannot be read.
    """

    source: bytes
    template: bytes | None
    catalogues: dict[str, bytes | L10nFlowError | None]


class OpenProject:
    """A project whose files are read on demand, and parsed again only when their bytes have changed.

    The overrides and the termbase, which all documents share, are read once until ``renew``, so that a command sees one
    version of them. Any thread may call it.

    Args:
        settings: its configuration.
        kept_units: the number of units of unused documents that stay in memory.
    """

    def __init__(self, settings: Project, *, kept_units: int = 0) -> None:
        self.settings = settings
        self.cache = ContentCache(kept_units)
        self._shared: dict[str, tuple[bytes | None, str]] = {}
        self._gate = threading.Lock()

    def renew(self) -> None:
        """Read the shared files again when they are next used."""
        with self._gate:
            self._shared = {}

    # Shared by all documents -------------------------------------------------------------------------------------

    def _read(self, name: str) -> tuple[bytes | None, str]:
        """Return the bytes of a shared file, by its path in the project, and their digest; None and "" without one."""
        with self._gate:
            if name not in self._shared:
                data = files.read_optional(self.settings.file(name))
                self._shared[name] = data, files.digest(data)
            return self._shared[name]

    def _made(self, name: str, kind: object, make: Callable[[bytes | None], T]) -> T:
        """Return a value computed from a shared file; it is cached as long as the bytes of the file are the same."""
        data, origin = self._read(name)
        with self.cache.held(_SHARED) as slot:
            return slot.value((name, kind), origin, lambda _: make(data))

    def shared_digests(self) -> tuple[str, ...]:
        """The digests of the overrides and the termbase, on which the results of every document depend."""
        names = [OVERRIDES_NAME, *([self.settings.termbase.shown] if self.settings.termbase else [])]
        return tuple(self._read(name)[1] for name in names)

    def sources(self, wanted: Sequence[str] = ()) -> Sources:
        """Return the project's present documents, or those given by identity or by path.

        Raises:
            ConfigError: for wrong overrides.
            SourceError: when a given document does not exist.
        """
        path = self.settings.file(OVERRIDES_NAME)
        overrides = self._made(OVERRIDES_NAME, "overrides", lambda data: read_overrides(data, path.plain))
        found = discover(self.settings, overrides)
        return chosen(found, wanted) if wanted else found

    def termbase(self) -> Termbase | None:
        """Return the termbase; None when the project has none.

        Raises:
            ConfigError: when it is missing or damaged.
        """
        path = self.settings.termbase
        if path is None:
            return None
        return self._made(path.shown, "terms", lambda data: termbase.parse(data, path.plain))

    def of_termbase(self, kind: Hashable, make: Callable[[Termbase | None], T]) -> T:
        """Return a value computed from the termbase; it is cached as long as the termbase is the same.

        Args:
            kind: the kind of value.
            make: computes the value; its argument is None when the project has no termbase.

        Raises:
            ConfigError: as ``termbase``.
        """
        with self.cache.held(_SHARED) as slot:
            return slot.value(kind, self.termbase_digest(), lambda _: make(self.termbase()))

    def termbase_digest(self) -> str:
        """Return the digest of the termbase's bytes; "" without a termbase."""
        return "" if self.settings.termbase is None else self._read(self.settings.termbase.shown)[1]

    def converter(self, locale: LocaleConfig, *, all_terms: bool = False) -> Converter | None:
        """Return the converter of a locale; None when people translate it.

        Args:
            locale: its configuration.
            all_terms: as for ``converter_of``.

        Raises:
            ConfigError: when the termbase is missing or damaged.
        """
        if locale.conversion is None:
            return None

        source_locale = self.settings.source_locale
        return self.of_termbase(
            ("converter", locale.id, all_terms),
            lambda base: converter_of(locale, base, source_locale, all_terms=all_terms),
        )

    # Documents ---------------------------------------------------------------------------------------------------

    def inputs(self, source: Source) -> Inputs:
        """Return the bytes of all files on which the results of a document depend, without the shared files.

        Raises:
            SourceError: when the source cannot be read.
            L10nFlowError: when the template cannot be read.
        """
        settings = self.settings
        data = files.read_source(source.path)
        template = files.read_optional(settings.template_path(source.name))
        return Inputs(data, template, {each.id: self._readable(source.name, each) for each in settings.locales})

    def _readable(self, document: str, locale: LocaleConfig) -> bytes | L10nFlowError | None:
        try:
            return self.catalogue_bytes(document, locale)
        except L10nFlowError as error:
            return error

    def document(self, source: Source, overrides: tuple[Override, ...], data: bytes | None = None) -> Parsed:
        """Return a source document, read and segmented.

        Args:
            source: the source file.
            overrides: the author's overrides for it.
            data: the bytes of the source, when they have been read already; None: read them.

        Raises:
            SourceError: as ``documents.parse`` and ``files.read_source``.
        """
        found = files.read_source(source.path) if data is None else data
        digest, shown = files.digest(found), source.path.shown

        def make(_: Parsed | None) -> Parsed:
            made = documents.parse(
                found,
                path=shown,
                format=documents.format_of(shown, None),
                unit=self.settings.unit.value,
                overrides=overrides,
                encoding=self.settings.encoding_of(shown),
                front_matter=self.settings.front_matter,
            )
            return Parsed(made, digest, overrides)

        with self.cache.held(source.name) as slot:
            parsed = slot.value("document", (digest, overrides), make)
            slot.size = sum(len(block.units) for block in parsed.document.blocks) * (1 + len(self.settings.locales))
            return parsed

    def catalogue_bytes(self, document: str, locale: LocaleConfig) -> bytes | None:
        """Return the bytes of a document's catalogue; None when there is no such file.

        Raises:
            L10nFlowError: when it cannot be read.
        """
        return files.read_optional(self.settings.catalogue_path(locale.id, document))

    def catalogue(self, document: str, locale: LocaleConfig) -> Catalogue | None:
        """Return a document's catalogue; None when there is no file. Its ``origin`` is the digest of the file.

        Raises:
            CatalogueError: when it is damaged.
            L10nFlowError: when it cannot be read.
        """
        return self.parse_catalogue(document, locale, self.catalogue_bytes(document, locale))

    def parse_catalogue(self, document: str, locale: LocaleConfig, data: bytes | None) -> Catalogue | None:
        """Return a document's catalogue from bytes that have been read; None for None.

        Raises:
            CatalogueError: when it is damaged.
        """
        path = self.settings.catalogue_path(locale.id, document)
        if data is None:
            return None
        with self.cache.held(document) as slot:
            return slot.value(
                ("catalogue", locale.id), files.digest(data), lambda _: po.loads(data, path.plain, locale.id)
            )

    def catalogues(
        self, document: str, locales: Iterable[LocaleConfig]
    ) -> tuple[list[tuple[LocaleConfig, Catalogue | None]], list[Failure]]:
        """Return a document's catalogues, and a failure for each one that cannot be read; the others are complete."""
        found, failures = [], []
        for locale in locales:
            try:
                found.append((locale, self.catalogue(document, locale)))
            except L10nFlowError as error:
                failures.append(Failure(document, error, locale=locale.id))
        return found, failures

    def snapshots(self, names: Sequence[str] = (), locales: Sequence[str] = ()) -> Iterator[Snapshot | Failure]:
        """Return these documents (empty: all) one at a time; a failure for each one that cannot be read.

        When a catalogue cannot be read, its failure comes first, and then the document without that edition; a document
        without any edition is left out.

        Raises:
            ConfigError: for an unknown locale, or wrong overrides.
        """
        wanted = self.settings.chosen(locales)
        sources = self.sources(names)
        yield from sources.failures
        for source in sources.found:
            yield from self.snapshot(source, sources, wanted)

    def snapshot(
        self, source: Source, sources: Sources, locales: Sequence[LocaleConfig]
    ) -> Iterator[Snapshot | Failure]:
        """Return a document in some locales, as ``snapshots`` does."""
        try:
            document = self.document(source, sources.overrides_of(source)).document
        except L10nFlowError as error:
            yield Failure(source.name, error)
            return
        catalogues, failures = self.catalogues(source.name, locales)
        yield from failures
        if catalogues:
            yield snapshot_of(source.name, source.path.shown, document, catalogues)
