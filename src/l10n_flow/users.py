"""The cache folder of the user who runs the program."""

from __future__ import annotations

import os
import sys
from pathlib import Path


def cache_folder() -> Path | None:
    """Return the folder for our caches: by XDG, or the system's own convention; None without a home folder."""
    variable, usual = {
        "win32": ("LOCALAPPDATA", "AppData/Local"),
        "darwin": ("", "Library/Caches"),
    }.get(sys.platform, ("XDG_CACHE_HOME", ".cache"))
    named = Path(os.environ.get(variable, ""))
    if named.is_absolute():  # the XDG specification requires to ignore a relative one
        return named / "l10n-flow"
    try:
        return Path.home() / usual / "l10n-flow"
    except RuntimeError:
        return None
