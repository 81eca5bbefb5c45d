"""Find programs to run: never one inside a project, because other people may have put it there."""

from __future__ import annotations

import shutil
from pathlib import Path


def find(name: str, root: Path) -> str | None:
    """A program on the search path; None when there is none, or the first one lies in the project.

    Args:
        name: the program.
        root: the folder of the project.
    """
    found = shutil.which(name)
    # A search path may be relative, and is then looked up where one is, in the project too.
    path = Path(found).absolute() if found else None
    if path is None or path.resolve().is_relative_to(root.resolve()):
        return None
    return str(path)
