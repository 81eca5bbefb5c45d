"""The system's folder for caches of the user who runs the program."""

from __future__ import annotations

import os
import sys
from pathlib import Path


def cache_folder() -> Path | None:
    """The folder for our caches: by the XDG base directories, and their like elsewhere; None without a home folder."""
    variable, usual = {
        "win32": ("LOCALAPPDATA", "AppData/Local"),
        "darwin": ("", "Library/Caches"),
    }.get(sys.platform, ("XDG_CACHE_HOME", ".cache"))
    named = Path(os.environ.get(variable, ""))
    if named.is_absolute():  # a relative one is to be ignored, says the XDG specification
        return named / "l10n-flow"
    try:
        return Path.home() / usual / "l10n-flow"
    except RuntimeError:
        return None
