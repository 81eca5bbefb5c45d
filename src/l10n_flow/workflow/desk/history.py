"""What a unit was in earlier versions of its catalogue, from git where there is one.

The repository is somebody else's: its configuration may name programs to run. The two commands used run none of
them: no pager, no external difference, no signature check, no file system monitor, no transport for what is missing.
"""

from __future__ import annotations

import os
import shutil
import subprocess
import time
from collections.abc import Iterator, Sequence
from pathlib import Path

from l10n_flow import catalogue as po
from l10n_flow.errors import L10nFlowError
from l10n_flow.model import Key, State
from l10n_flow.pages.review.model import Revision

COMMITS = 30
_SECONDS = 10.0
_SAFE = (
    "--no-pager", "--literal-pathspecs", "--no-replace-objects",
    "-c", "core.fsmonitor=false", "-c", "log.showSignature=false",
)  # fmt: skip
_LOG = ("log", f"-{COMMITS}", "-z", "--no-ext-diff", "--no-textconv", "--no-show-signature", "--no-color")
_FORMAT = "--format=tformat:%H%x00%as%x00%an%x00%s"
_FIELDS = 4


def history(root: Path, path: Path, locale: str, key: Key, *, derived: bool) -> tuple[Revision, ...]:
    """The versions of a unit in the last commits of a catalogue, newest first; one for each text it has had.

    Args:
        root: the project's folder; no program in it is ever run.
        path: the catalogue.
        locale: its locale.
        key: the unit.
        derived: whether the locale is converted.

    Returns:
        Nothing without git, outside a repository, and for a file that git does not know.
    """
    git = shutil.which("git")
    if git is None or Path(git).resolve().is_relative_to(root.resolve()) or not path.is_file():
        return ()
    deadline = time.monotonic() + _SECONDS
    found = []
    for commit, date, by, subject in _commits(git, path, deadline):
        data = _git(git, path.parent, ("cat-file", "blob", f"{commit}:./{path.name}"), deadline)
        version = _version(data, path, locale, key, derived=derived) if data is not None else None
        if version is not None:
            found.append(Revision(commit, date, by, subject, *version))
    return tuple(_distinct(found))[::-1]


def _commits(git: str, path: Path, deadline: float) -> list[tuple[str, ...]]:
    data = _git(git, path.parent, (*_LOG, _FORMAT, "--", path.name), deadline) or b""
    fields = data.decode("utf-8", "replace").split("\0")
    rows = [tuple(fields[start : start + _FIELDS]) for start in range(0, len(fields), _FIELDS)]
    return [row for row in rows if len(row) == _FIELDS]


def _git(git: str, folder: Path, arguments: Sequence[str], deadline: float) -> bytes | None:
    """What a command says; None when it fails or time is up."""
    left = deadline - time.monotonic()
    if left <= 0:
        return None
    try:
        done = subprocess.run(  # noqa: S603  # a fixed program and arguments; the name follows "--" or a commit
            [git, *_SAFE, *arguments],
            cwd=folder,
            env=_environment(),
            stdin=subprocess.DEVNULL,
            capture_output=True,
            timeout=left,
            check=False,
        )
    except (OSError, ValueError, subprocess.TimeoutExpired):
        return None
    return done.stdout if done.returncode == 0 else None


def _environment() -> dict[str, str]:
    """Ours without what redirects git; it may reach no other machine and ask nobody."""
    kept = {name: value for name, value in os.environ.items() if not name.startswith("GIT_")}
    ours = {
        "GIT_OPTIONAL_LOCKS": "0",
        "GIT_TERMINAL_PROMPT": "0",
        "GIT_ALLOW_PROTOCOL": "none",
        "GIT_NO_LAZY_FETCH": "1",
    }
    return {**kept, **ours, "LC_ALL": "C.UTF-8"}


def _version(data: bytes, path: Path, locale: str, key: Key, *, derived: bool) -> tuple[str, State] | None:
    """The unit in an old catalogue; None when it is not in it, or the file was damaged."""
    try:
        found = po.loads(data, path, locale)
    except L10nFlowError:
        return None
    if key not in found.entries:
        return None
    found.entries = {key: found.entries[key]}
    translation = po.translations(found, derived=derived)[key]
    return translation.target, translation.state


def _distinct(revisions: Sequence[Revision]) -> Iterator[Revision]:
    """Oldest first, without those that left the unit as it was in the commit before."""
    before = None
    for revision in reversed(revisions):
        if before is None or (revision.text, revision.state) != (before.text, before.state):
            yield revision
        before = revision
