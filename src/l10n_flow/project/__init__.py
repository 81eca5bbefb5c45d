"""A project: its configuration, its documents, their translations, and their status.

``Project`` is the validated content of ``l10n-flow.toml`` (docs/configuration.md). ``OpenProject`` reads all its files.
The names of ``checking`` are imported when they are used: a command that finds no change needs no rule, and the rules
are half of all imports.
"""

from typing import TYPE_CHECKING

from l10n_flow.index import Remark, StatusRow, Summary, Tally
from l10n_flow.project.activity import RECENT, Activity, Sitting, newest, signed, sittings, times
from l10n_flow.project.cache import ContentCache, Slot
from l10n_flow.project.configuration import (
    CONFIG_NAME,
    OVERRIDES_NAME,
    ChecksConfig,
    LocaleConfig,
    Missing,
    OutputEncoding,
    Project,
    ReleasePage,
    UnitSize,
)
from l10n_flow.project.converters import block_codes, first_conversions
from l10n_flow.project.copied import copied_units
from l10n_flow.project.folding import fold, has_all, places, words_of
from l10n_flow.project.known import INDEX_NAME, Found, Known, modules
from l10n_flow.project.litter import LeftOut
from l10n_flow.project.load import find_project, load_project
from l10n_flow.project.memory_entries import entries_of
from l10n_flow.project.naming import on_disk
from l10n_flow.project.opening import Inputs, OpenProject, Parsed
from l10n_flow.project.orphans import orphans
from l10n_flow.project.outline import Outline, outline_of, title_of
from l10n_flow.project.searching import encoded, places_in, texts_of
from l10n_flow.project.snapshot import Edition, Snapshot, snapshot_of, wanted_units
from l10n_flow.project.sources import Failure, Source, Sources
from l10n_flow.project.status import GateFailure, count, gate, has_traditional, size, thresholds
from l10n_flow.project.summary import COMPLETENESS, summarised
from l10n_flow.project.targets import Plan, plan_of

if TYPE_CHECKING:
    from l10n_flow.project.checking import KEEPING_BACK, WHOLE, check_document, erring, error_rules, rules_of

__all__ = [
    "COMPLETENESS",
    "CONFIG_NAME",
    "INDEX_NAME",
    "KEEPING_BACK",
    "OVERRIDES_NAME",
    "RECENT",
    "WHOLE",
    "Activity",
    "ChecksConfig",
    "ContentCache",
    "Edition",
    "Failure",
    "Found",
    "GateFailure",
    "Inputs",
    "Known",
    "LeftOut",
    "LocaleConfig",
    "Missing",
    "OpenProject",
    "Outline",
    "OutputEncoding",
    "Parsed",
    "Plan",
    "Project",
    "ReleasePage",
    "Remark",
    "Sitting",
    "Slot",
    "Snapshot",
    "Source",
    "Sources",
    "StatusRow",
    "Summary",
    "Tally",
    "UnitSize",
    "block_codes",
    "check_document",
    "copied_units",
    "count",
    "encoded",
    "entries_of",
    "erring",
    "error_rules",
    "find_project",
    "first_conversions",
    "fold",
    "gate",
    "has_all",
    "has_traditional",
    "load_project",
    "modules",
    "newest",
    "on_disk",
    "orphans",
    "outline_of",
    "places",
    "places_in",
    "plan_of",
    "rules_of",
    "signed",
    "sittings",
    "size",
    "snapshot_of",
    "summarised",
    "texts_of",
    "thresholds",
    "times",
    "title_of",
    "wanted_units",
    "words_of",
]

_OF_CHECKING = frozenset({"KEEPING_BACK", "WHOLE", "check_document", "erring", "error_rules", "rules_of"})

if not TYPE_CHECKING:  # a type checker would accept every name of a module with ``__getattr__``

    def __getattr__(name: str) -> object:
        if name in _OF_CHECKING:
            from l10n_flow.project import checking  # noqa: PLC0415 - start-up

            return getattr(checking, name)
        raise AttributeError(f"module {__name__!r} has no attribute {name!r}")
