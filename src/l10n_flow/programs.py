"""Find programs to run, but never inside a project, because its content is not trusted."""

from __future__ import annotations

import shutil
from pathlib import Path


def find(name: str, root: Path) -> str | None:
    """Return the path of a program on the search path; None when there is none, or the first one is in the project.

    Args:
        name: the name of the program.
        root: the folder of the project.
    """
    found = shutil.which(name)
    # The search path may contain relative folders, which are relative to the working folder: perhaps to the project.
    path = Path(found).absolute() if found else None
    if path is None or path.resolve().is_relative_to(root.resolve()):
        return None
    return str(path)
