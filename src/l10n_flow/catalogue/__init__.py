"""Catalogues: gettext PO files as values, read strictly, written canonically, merged without losing anything."""

from l10n_flow.catalogue import edit, journal, rewrite, seals
from l10n_flow.catalogue.ends import agreeing
from l10n_flow.catalogue.entry import Entry, settled
from l10n_flow.catalogue.inherit import Giver, inherit, retain
from l10n_flow.catalogue.merge import MergeReport, Wanted, empty_entries, merge
from l10n_flow.catalogue.mo import compile_mo
from l10n_flow.catalogue.seals import Seal, SealKind
from l10n_flow.catalogue.states import translation, translations
from l10n_flow.catalogue.store import Catalogue, Draft, dumps, loads, new_catalogue, read, write
from l10n_flow.catalogue.threeway import Merged, merge_branches

__all__ = [
    "Catalogue",
    "Draft",
    "Entry",
    "Giver",
    "MergeReport",
    "Merged",
    "Seal",
    "SealKind",
    "Wanted",
    "agreeing",
    "compile_mo",
    "dumps",
    "edit",
    "empty_entries",
    "inherit",
    "interchange",
    "journal",
    "loads",
    "merge",
    "merge_branches",
    "new_catalogue",
    "read",
    "retain",
    "rewrite",
    "seals",
    "settled",
    "translation",
    "translations",
    "write",
]
