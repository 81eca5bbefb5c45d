"""The commit of the project that a release is made from."""

from __future__ import annotations

import os
import subprocess
from pathlib import Path
from typing import NamedTuple

from l10n_flow import programs

_SECONDS = 20
# No program of the repository's runs, and nothing is written, not even git's index.
_SAFE = ("--no-pager", "--no-optional-locks", "--literal-pathspecs", "-c", "core.fsmonitor=false")


class Revision(NamedTuple):
    """The commit that is checked out, "" without git; and whether the project's files are not as it has them."""

    commit: str = ""
    dirty: bool = False


def revision(root: Path, made: tuple[str, ...]) -> Revision:
    """The revision of a project.

    Args:
        root: its folder.
        made: what builds write, by paths in it: it does not count.
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
    """What git answers; None when there is none, it refuses or takes too long."""
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
