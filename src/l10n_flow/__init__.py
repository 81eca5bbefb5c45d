"""Localise Chinese articles: units in gettext catalogues, Simplified by conversion, English by people.

What other programs may use of it stands in ``__all__`` (docs/api.md). A name is imported when it is asked for, so that
a part of the package costs no more than itself.
"""

from typing import TYPE_CHECKING

if TYPE_CHECKING:
    from l10n_flow.api import (
        Block,
        BlockKind,
        BuildResult,
        Catalogue,
        CatalogueError,
        Change,
        CheckResult,
        ConfigError,
        ConversionError,
        Document,
        Entry,
        Failure,
        Finding,
        Key,
        L10nFlowError,
        Line,
        Origin,
        OvertakenError,
        Project,
        Severity,
        SourceError,
        State,
        StatusResult,
        StatusRow,
        SyncResult,
        Translation,
        Unit,
        UpdateResult,
        approve,
        build,
        check,
        convert,
        convert_text,
        explain_text,
        extract,
        find_project,
        from_polib,
        read_catalogue,
        segment,
        set_needs_editing,
        set_text,
        status,
        sync,
        to_polib,
        translations,
        unapprove,
        with_entries,
        write_catalogue,
    )

__version__ = "0.1.0"

__all__ = [
    "Block",
    "BlockKind",
    "BuildResult",
    "Catalogue",
    "CatalogueError",
    "Change",
    "CheckResult",
    "ConfigError",
    "ConversionError",
    "Document",
    "Entry",
    "Failure",
    "Finding",
    "Key",
    "L10nFlowError",
    "Line",
    "Origin",
    "OvertakenError",
    "Project",
    "Severity",
    "SourceError",
    "State",
    "StatusResult",
    "StatusRow",
    "SyncResult",
    "Translation",
    "Unit",
    "UpdateResult",
    "__version__",
    "approve",
    "build",
    "check",
    "convert",
    "convert_text",
    "explain_text",
    "extract",
    "find_project",
    "from_polib",
    "read_catalogue",
    "segment",
    "set_needs_editing",
    "set_text",
    "status",
    "sync",
    "to_polib",
    "translations",
    "unapprove",
    "with_entries",
    "write_catalogue",
]


def __getattr__(name: str) -> object:
    if name not in __all__:
        raise AttributeError(f"module {__name__!r} has no attribute {name!r}")
    from l10n_flow import api  # noqa: PLC0415 - start-up

    return getattr(api, name)


def __dir__() -> list[str]:
    return __all__
