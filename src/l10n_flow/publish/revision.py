"""Find the commit of the project from which a release is built."""

from __future__ import annotations

import os
import subprocess
from pathlib import Path
from typing import NamedTuple

from l10n_flow import programs

_SECONDS = 20
# No program named by the repository runs, and nothing is written, not even git's index.
_SAFE = ("--no-pager", "--no-optional-locks", "--literal-pathspecs", "-c", "core.fsmonitor=false")


class Revision(NamedTuple):
    """The commit that is checked out ("" without git), and whether the project's files differ from it."""

    commit: str = ""
    dirty: bool = False


def revision(root: Path, made: tuple[str, ...]) -> Revision:
    """Return the revision of a project.

    Args:
        root: the project's folder.
        made: paths in the project that builds write; they are ignored.
    """
    commit = _git(root, "rev-parse", "--verify", "--quiet", "HEAD")
    if not commit:
        return Revision()
    changed = _git(root, "status", "--porcelain", "-z", "--no-renames", "--untracked-files=all", "--", ".")
    if changed is None:
        return Revision(commit.strip(), dirty=True)
    top = _git(root, "rev-parse", "--show-prefix") or ""
    below = tuple(f"{top.rstrip(chr(10))}{name}/" for name in made)
    names = (row[3:] for row in changed.split("\0") if row)
    return Revision(commit.strip(), any(not name.startswith(below) for name in names))


def _git(root: Path, *arguments: str) -> str | None:
    """Return the output of git; None when git is not installed, fails or takes too long."""
    git = programs.find("git", root)
    if git is None:
        return None
    try:
        done = subprocess.run(  # noqa: S603  # a fixed program, no shell
            [git, *_SAFE, *arguments],
            cwd=root,
            stdin=subprocess.DEVNULL,
            capture_output=True,
            env={**os.environ, "GIT_TERMINAL_PROMPT": "0", "LC_ALL": "C"},
            timeout=_SECONDS,
            check=False,
        )
    except (OSError, subprocess.TimeoutExpired):
        return None
    return None if done.returncode else done.stdout.decode("utf-8", "surrogateescape")
