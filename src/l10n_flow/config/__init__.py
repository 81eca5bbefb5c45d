"""The project: ``l10n-flow.toml`` read, every key and value validated (docs/configuration.md)."""

from l10n_flow.config.load import find_project, load_project
from l10n_flow.config.model import (
    CONFIG_NAME,
    OVERRIDES_NAME,
    ChecksConfig,
    LocaleConfig,
    Missing,
    Project,
    UnitSize,
    source_folder,
)

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
