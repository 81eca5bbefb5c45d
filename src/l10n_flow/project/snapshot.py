"""A document with its translations at one moment: the input of status, checks and builds."""

from __future__ import annotations

from collections.abc import Iterable, Mapping
from dataclasses import dataclass

from l10n_flow import catalogue as po
from l10n_flow.catalogue import Catalogue, Wanted
from l10n_flow.model import Document, Key, Role, State, Translation
from l10n_flow.project.configuration import LocaleConfig


@dataclass(frozen=True, slots=True)
class Edition:
    """A document's translations into one locale.

    Attributes:
        locale: the locale's configuration.
        translations: every unit of the document by key; a unit that is not in the catalogue is untranslated.
        header: the catalogue's header fields.
    """

    locale: LocaleConfig
    translations: Mapping[Key, Translation]
    header: Mapping[str, str]


@dataclass(frozen=True, slots=True)
class Snapshot:
    """A document and its editions.

    Attributes:
        name: its identity.
        path: the path of its source, for messages.
        document: its blocks.
        editions: its translations, in the order of the requested locales.
    """

    name: str
    path: str
    document: Document
    editions: tuple[Edition, ...]


def snapshot_of(
    name: str, path: str, document: Document, catalogues: Iterable[tuple[LocaleConfig, Catalogue | None]]
) -> Snapshot:
    """Combine a document with its catalogues (None: there is no file)."""
    return Snapshot(name, path, document, tuple(_edition(document, locale, each) for locale, each in catalogues))


def _edition(document: Document, locale: LocaleConfig, catalogue: Catalogue | None) -> Edition:
    catalogue = catalogue or Catalogue(locale.id)
    known = po.translations(catalogue, derived=locale.derived)
    wanted = {unit.key: None for unit in document.units()}
    found = {key: known.get(key) or Translation(key, "", State.UNTRANSLATED) for key in wanted}
    return Edition(locale, found, catalogue.header)


def wanted_units(document: Document) -> tuple[Wanted, ...]:
    """Return the document's units for a catalogue: each key once, in order, with all its block kinds."""
    kinds: dict[Key, dict[str, None]] = {}
    sentences: dict[Key, tuple[str, ...]] = {}
    for block in document.blocks:
        for unit in block.units:
            kind = Role.CREDIT.value if unit.role is Role.CREDIT else block.kind.value
            kinds.setdefault(unit.key, {})[kind] = None
            if block.sentences:
                sentences.setdefault(unit.key, block.sentences)
    return tuple(Wanted(key, tuple(names), sentences.get(key, ())) for key, names in kinds.items())
