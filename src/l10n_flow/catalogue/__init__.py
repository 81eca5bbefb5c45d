"""Catalogues: gettext PO files as values, read strictly, written canonically, merged without losing anything."""

from l10n_flow.catalogue.entry import Entry
from l10n_flow.catalogue.merge import MergeReport, Wanted, empty_entries, merge
from l10n_flow.catalogue.states import translation, translations
from l10n_flow.catalogue.store import Catalogue, Draft, dumps, loads, new_catalogue, read, write

__all__ = [
    "Catalogue",
    "Draft",
    "Entry",
    "MergeReport",
    "Wanted",
    "dumps",
    "empty_entries",
    "loads",
    "merge",
    "new_catalogue",
    "read",
    "translation",
    "translations",
    "write",
]
