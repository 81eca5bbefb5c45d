"""Read a file's history from git with a few commands that only read; renames are followed.

The repository is not trusted: its configuration may name programs to run, its names may contain any byte but NUL, its
objects may have any size. The commands run no other program: no pager, no external diff, no signature check, no file
system monitor, no filter (nothing is compared with the work tree), and no fetch of missing objects. Names are separated
by NUL and never unquoted, the output has a size limit, and all commands share one deadline.
"""

from __future__ import annotations

import os
import subprocess
import threading
import time
from dataclasses import dataclass
from pathlib import Path
from typing import NamedTuple

from l10n_flow import inside, programs
from l10n_flow.errors import L10nFlowError
from l10n_flow.inside import Inside

#: The greatest number of commits of a file that are read, and of renames that are followed.
COMMITS = 30
_SECONDS = 10.0
_BYTES = 32_000_000
_SAFE = (
    "--no-pager", "--no-replace-objects", "-c", "core.fsmonitor=false", "-c", "log.showSignature=false",
    "-c", "log.follow=false", "-c", "i18n.logOutputEncoding=UTF-8",
)  # fmt: skip
_LOG = ("--literal-pathspecs", "log", "-z", "--no-ext-diff", "--no-textconv", "--no-show-signature", "--no-color",
        "--no-renames")  # fmt: skip
_FORMAT = "--format=tformat:%H%x00%ct%x00%at%x00%an%x00%s"
# Only catalogues are compared, so that no template is taken for one. A catalogue that is filled in by the same commit
# keeps less than the half that git requires by default. Names can be exchanged (-B), and short catalogues share their
# headers.
_RENAMES = ("--glob-pathspecs", "diff-tree", "-r", "-m", "-z", "-B10%/10%", "-M30%", "-l1000", "--no-commit-id",
            "--name-status", "--diff-filter=RC")  # fmt: skip


class Commit(NamedTuple):
    """A commit.

    Attributes:
        id: its id.
        made: the committer's time, in seconds since 1970.
        written: the author's time, in seconds since 1970.
        by: the author's name.
        subject: the first line of the message.
    """

    id: str
    made: int
    written: int
    by: str
    subject: str


@dataclass(frozen=True, slots=True)
class Repository:
    """The repository that contains a file. Every method returns an empty result when git fails or time is up.

    Attributes:
        git: the program.
        top: the folder of its work tree; names are relative to it, with slashes.
        name: the name of the file.
        head: the commit that is checked out.
        deadline: the time of ``time.monotonic`` at which to stop.
    """

    git: str
    top: Path
    name: str
    head: str
    deadline: float

    def commits(self, tip: str, name: str) -> list[Commit]:
        """Return the last commits up to and including ``tip`` that changed a file, newest first."""
        data = self._run(*_LOG, f"-{COMMITS}", _FORMAT, tip, "--", name)
        fields = data.decode("utf-8", "replace").split("\0") if data else []
        width = len(Commit._fields)
        rows = (fields[start : start + width] for start in range(0, len(fields), width))
        whole = (row for row in rows if len(row) == width)
        return [Commit(id_, _number(made), _number(written), *rest) for id_, made, written, *rest in whole]

    def blob(self, commit: str, name: str) -> bytes | None:
        """Return a file as it is in a commit; None when it is not there, or too large."""
        return self._run("cat-file", "blob", f"{commit}:{name}")

    def staged(self, stage: int) -> bytes | None:
        """Return the unmerged file from git's index: stage 1 is the common ancestor, 2 ours, 3 theirs."""
        return self._run("cat-file", "blob", f":{stage}:{self.name}")

    def has(self, name: str) -> bool:
        """Whether the commit that is checked out contains a file of this name."""
        return self._run("cat-file", "-e", f"{self.head}:{name}") is not None

    def having(self, line: bytes) -> list[str]:
        """Return the files of the commit that is checked out that contain a line."""
        text = line.decode("utf-8", "replace")
        found = _names(self._run("grep", "-l", "-z", "-F", "--no-textconv", "--no-color", "-e", text, self.head))
        return [name.removeprefix(f"{self.head}:") for name in found]

    def names(self) -> list[str]:
        """Return all files of the commit that is checked out."""
        return _names(self._run("ls-tree", "-r", "-z", "--full-tree", "--name-only", self.head))

    def renamed_from(self, commit: str, name: str) -> str:
        """Return the name that a commit replaced by this name; "" when there is none."""
        return self._renamed(name, commit)

    def renamed_since(self, commit: str, name: str) -> str:
        """Return the name in an earlier commit of the content with this name in ``head``; "" when it is the same."""
        return self._renamed(name, commit, self.head)

    def _renamed(self, name: str, *commits: str) -> str:
        rows = iter(_names(self._run(*_RENAMES, *commits, "--", "**/*.po")))
        return next((old for _, old, new in zip(rows, rows, rows, strict=False) if new == name), "")

    def name_at(self, commit: str, name: str) -> str:
        """Return the name, in an earlier commit, of the file that has this name in ``head``."""
        tip = self.head
        for _ in range(COMMITS):
            since = f"{commit}..{tip}"
            tip = _id(self._run(*_LOG, "-1", "--diff-filter=A", "--format=tformat:%H", since, "--", name))
            old = self.renamed_from(tip, name) if tip else ""
            if not old:
                break
            name = old
        return name

    def last_before(self, moment: int) -> str:
        """Return the commit of a moment (seconds since 1970) along first parents: merges count when they were made."""
        limit = f"--before=@{moment} +0000"
        return _id(self._run("rev-list", "-1", "--first-parent", limit, self.head))

    def _run(self, *arguments: str) -> bytes | None:
        return _run(self.git, self.top, self.deadline, arguments)


def repository(path: Inside) -> Repository | None:
    """Return the repository that contains an existing file; None without git, a repository, or a commit.

    No program in the project's folder is ever run, and a file behind a link counts as absent.
    """
    git = programs.find("git", path.root)
    if git is None or not _is_there(path):
        return None
    deadline, folder = time.monotonic() + _SECONDS, path.parent.plain
    told = _run(git, folder, deadline, ("rev-parse", "--show-prefix", "HEAD"))
    if told is None:
        return None
    prefix, _, head = os.fsdecode(told).rstrip("\n").rpartition("\n")
    top = folder.joinpath(*[os.pardir] * prefix.count("/"))
    return Repository(git, top, prefix + path.name, head, deadline)


def versions_of_conflict(path: Inside) -> tuple[bytes, bytes, bytes] | None:
    """Return common ancestor (b"" without one), ours and theirs of a file; None when the file is not unmerged."""
    place = repository(path)
    ours, theirs = (place.staged(2), place.staged(3)) if place else (None, None)
    if place is None or ours is None or theirs is None:
        return None
    return place.staged(1) or b"", ours, theirs


def _is_there(path: Inside) -> bool:
    try:
        return inside.is_file(path)
    except L10nFlowError:
        return False


def _run(git: str, folder: Path, deadline: float, arguments: tuple[str, ...]) -> bytes | None:
    """Return the output of a command; None when it fails, its output is too long, or time is up."""
    left = deadline - time.monotonic()
    if left <= 0:
        return None
    try:
        with subprocess.Popen(  # noqa: S603  # a fixed program and arguments; a name follows "--" or a commit
            [git, *_SAFE, *arguments],
            cwd=folder,
            env=_environment(),
            stdin=subprocess.DEVNULL,
            stdout=subprocess.PIPE,
            stderr=subprocess.DEVNULL,
        ) as process:
            data = _read(process, left)
    except (OSError, ValueError):
        return None
    return data if process.returncode == 0 and len(data) <= _BYTES else None


def _read(process: subprocess.Popen[bytes], seconds: float) -> bytes:
    """Return the output of a command; end the command when it runs too long or writes too much."""
    timer = threading.Timer(seconds, process.kill)
    timer.start()
    try:
        data = process.stdout.read(_BYTES + 1) if process.stdout else b""
        if len(data) > _BYTES:
            process.kill()
        process.wait()
    finally:
        timer.cancel()
    return data


def _id(data: bytes | None) -> str:
    return data.decode("ascii", "replace").strip("\0\n") if data else ""


def _number(text: str) -> int:
    return int(text) if text.isascii() and text.isdigit() else 0


def _names(data: bytes | None) -> list[str]:
    return os.fsdecode(data).split("\0")[:-1] if data else []


def _environment() -> dict[str, str]:
    """Return our environment variables without those that redirect git, and with network and prompts switched off."""
    kept = {name: value for name, value in os.environ.items() if not name.startswith("GIT_")}
    ours = {
        "GIT_OPTIONAL_LOCKS": "0",
        "GIT_TERMINAL_PROMPT": "0",
        "GIT_ALLOW_PROTOCOL": "none",
        "GIT_NO_LAZY_FETCH": "1",
    }
    return {**kept, **ours, "LC_ALL": "C.UTF-8"}
