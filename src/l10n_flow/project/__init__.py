"""The project: ``l10n-flow.toml`` read, every key and value validated (docs/configuration.md)."""

from l10n_flow.project.configuration import (
    CONFIG_NAME,
    OVERRIDES_NAME,
    ChecksConfig,
    LocaleConfig,
    Missing,
    Project,
    UnitSize,
    source_folder,
)
from l10n_flow.project.load import find_project, load_project

__all__ = [
    "CONFIG_NAME",
    "OVERRIDES_NAME",
    "ChecksConfig",
    "LocaleConfig",
    "Missing",
    "Project",
    "UnitSize",
    "find_project",
    "load_project",
    "source_folder",
]
