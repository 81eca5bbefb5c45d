"""A document with its translations, as status, checks and builds want it."""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Mapping, Sequence
from dataclasses import dataclass

from l10n_flow import catalogue as po
from l10n_flow.catalogue import Catalogue
from l10n_flow.errors import L10nFlowError
from l10n_flow.model import Document, Key, State, Translation
from l10n_flow.project import LocaleConfig, Project
from l10n_flow.project.sources import Failure, Source, discover, load_document


@dataclass(frozen=True, slots=True)
class Edition:
    """A document's translations into one locale.

    Attributes:
        locale: the locale's configuration.
        translations: every unit of the document by key; one that its catalogue lacks is untranslated.
        header: the catalogue's header fields.
    """

    locale: LocaleConfig
    translations: Mapping[Key, Translation]
    header: Mapping[str, str]


@dataclass(frozen=True, slots=True)
class LoadedDocument:
    """A document and its editions in the order of the configuration."""

    name: str
    path: str
    document: Document
    editions: tuple[Edition, ...]


def edition_of(document: Document, locale: LocaleConfig, catalogue: Catalogue | None) -> Edition:
    """What the document's units are in a catalogue (None when there is no file)."""
    catalogue = catalogue or Catalogue(locale.id)
    known = po.translations(catalogue, derived=locale.derived)
    wanted = {unit.key: None for unit in document.units()}
    found = {key: known.get(key) or Translation(key, "", State.UNTRANSLATED) for key in wanted}
    return Edition(locale, found, catalogue.header)


def load(project: Project, source: Source, document: Document, locales: Iterable[LocaleConfig]) -> LoadedDocument:
    """Read the catalogues of a document.

    Raises:
        CatalogueError: when one is damaged.
    """
    editions = tuple(
        edition_of(document, locale, po.read(project.catalogue_path(locale.id, source.name), locale.id))
        for locale in locales
    )
    return LoadedDocument(source.name, source.path.shown, document, editions)


def load_all(
    project: Project, names: Sequence[str] = (), locales: Sequence[str] = ()
) -> Iterator[LoadedDocument | Failure]:
    """Every document asked for (all without ``names``), one at a time, or why it cannot be had.

    Raises:
        ConfigError: for an unknown locale.
    """
    chosen = project.chosen(locales)
    sources = discover(project, names)
    yield from sources.failures
    for source in sources.found:
        try:
            yield load(project, source, load_document(project, source, sources.overrides), chosen)
        except L10nFlowError as error:
            yield Failure(source.name, error)
