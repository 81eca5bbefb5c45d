"""Catalogues: gettext PO files as values. The only package that imports polib."""

from l10n_flow.catalogue.merge import MergeReport, Wanted, empty_entries, is_machine, merge
from l10n_flow.catalogue.store import Catalogue, dumps, loads, new_catalogue, read, write
from l10n_flow.catalogue.view import translation, translations

__all__ = [
    "Catalogue",
    "MergeReport",
    "Wanted",
    "dumps",
    "empty_entries",
    "is_machine",
    "loads",
    "merge",
    "new_catalogue",
    "read",
    "translation",
    "translations",
    "write",
]
