"""Names and paths as they are typed, compared with those on the disk.

A keyboard and a file system may write one letter in two ways (é as one character or as e and a mark): both are one
name, so all are compared in NFC (UAX #15). It stands by itself because four modules, one below the other, need it.
"""

from __future__ import annotations

import fnmatch
import os
import unicodedata
from pathlib import Path


def composed(name: str) -> str:
    """A name or a path as it is compared."""
    return name if name.isascii() else unicodedata.normalize("NFC", name)


def fits(name: str, glob: str) -> bool:
    """Whether a name or a path is one that a glob of the configuration names; upper and lower case are different."""
    return fnmatch.fnmatchcase(composed(name), composed(glob))


def on_disk(path: Path) -> Path:
    """The path of a file or folder that is there, however its names are typed; a path that leads nowhere as it is."""
    if os.path.lexists(path) or str(path).isascii():
        return path
    found = Path(path.anchor)
    for part in path.parts[1:] if path.anchor else path.parts:
        found /= part if os.path.lexists(found / part) else _like(found, part)
    return found


def _like(folder: Path, name: str) -> str:
    try:
        there = sorted(entry.name for entry in folder.iterdir())
    except OSError:
        return name
    return next((each for each in there if composed(each) == composed(name)), name)
