"""Paths inside a project, and the guard over them: no link is followed there, and a file is a regular one.

A project comes out of a repository, and git carries links: a branch can make any name lead anywhere on the machine. So
the files of a project are named by ``Inside``, which says where the folder begins that may hold anything, and what
reads and writes files (``files``) takes nothing else. The folder itself may be reached through links.
"""

from __future__ import annotations

import contextlib
import errno
import os
import stat
from collections.abc import Callable, Iterator
from dataclasses import dataclass
from pathlib import Path
from typing import NamedTuple

from l10n_flow.errors import L10nFlowError

_LINK = "is a symbolic link, and inside a project no link is followed; put the file or folder itself there"
#: What Windows calls a link to a folder that needs no privilege (``stat.IO_REPARSE_TAG_MOUNT_POINT``).
_JUNCTION = 0xA0000003
_KINDS = (
    (stat.S_ISREG, "a file"),
    (stat.S_ISDIR, "a folder"),
    (stat.S_ISFIFO, "a pipe"),
    (stat.S_ISSOCK, "a socket"),
    (lambda mode: stat.S_ISCHR(mode) or stat.S_ISBLK(mode), "a device"),
)


@dataclass(frozen=True, slots=True)
class Inside:
    """A path inside a folder.

    Attributes:
        root: the folder; what is below it is not trusted.
        parts: the names that lead from there to the file; none for the folder itself.
    """

    root: Path
    parts: tuple[str, ...] = ()

    @classmethod
    def at(cls, path: Path) -> Inside:
        """A path that a person gave: its folder is trusted, the last name is not."""
        return cls(path.parent, (path.name,))

    def __truediv__(self, names: str) -> Inside:
        """A path below this one; ``names`` are separated by slashes.

        Raises:
            L10nFlowError: when it would lead out of this folder.
        """
        parts = tuple((names.replace("\\", "/") if os.name == "nt" else names).split("/"))
        if any(part in {"", ".", ".."} for part in parts):
            raise L10nFlowError(f"{names!r} is not the name of a file inside {self}; use names and slashes only")
        return Inside(self.root, self.parts + parts)

    def __str__(self) -> str:
        return "/".join((str(self.root).rstrip("/"), *self.parts))

    @property
    def plain(self) -> Path:
        """The path for messages, and for functions that do not use ``Inside``."""
        return Path(str(self))

    @property
    def shown(self) -> str:
        """The path from the root, with slashes."""
        return "/".join(self.parts)

    @property
    def name(self) -> str:
        return self.parts[-1]

    @property
    def parent(self) -> Inside:
        return Inside(self.root, self.parts[:-1])

    def is_within(self, other: Inside) -> bool:
        """Whether it is the other path or lies below it; both have one root."""
        return self.parts[: len(other.parts)] == other.parts

    def with_name(self, name: str) -> Inside:
        return self.parent / name


# The guard -------------------------------------------------------------------------------------------------------


def look(path: Inside) -> os.stat_result | None:
    """What there is at a path; None when there is nothing.

    Raises:
        L10nFlowError: when it, or a folder on the way to it, is a link, or a folder on the way is none.
    """
    here, found = str(path.root).rstrip("/"), None
    for part in path.parts:
        if found is not None and not stat.S_ISDIR(found.st_mode):
            raise L10nFlowError(f"is {_kind(found)} where a folder has to be; move it away", path=here)
        here = f"{here}/{part}"
        try:
            found = os.lstat(here)
        except (FileNotFoundError, ValueError):
            return None
        except OSError as error:
            if error.errno == errno.ENAMETOOLONG:  # like ValueError: there can be no such file
                return None
            raise L10nFlowError(f"cannot be read: {error.strerror}", path=here) from None
        if _is_link(found):
            raise L10nFlowError(_LINK, path=here)
    return found if path.parts else path.root.stat()


def require_file(path: Inside, found: os.stat_result) -> None:
    """Refuse what is not a regular file: reading a pipe waits for ever, and a device does what its driver likes.

    Raises:
        L10nFlowError: when ``found``, which is at the path, is none.
    """
    if not stat.S_ISREG(found.st_mode):
        raise L10nFlowError(f"is {_kind(found)} where a file has to be; move it away", path=path.plain)


def is_file(path: Inside) -> bool:
    """Whether there is a file; False when there is nothing.

    Raises:
        L10nFlowError: when there is something else, or the way there leads through a link.
    """
    found = look(path)
    if found is None:
        return False
    require_file(path, found)
    return True


def is_folder(path: Inside) -> bool:
    """Whether there is a folder; False when there is nothing.

    Raises:
        L10nFlowError: when there is something else, or the way there leads through a link.
    """
    found = look(path)
    if found is not None and not stat.S_ISDIR(found.st_mode):
        raise L10nFlowError(f"is {_kind(found)} where a folder has to be; move it away", path=path.plain)
    return found is not None


def _is_link(found: os.stat_result) -> bool:
    return stat.S_ISLNK(found.st_mode) or getattr(found, "st_reparse_tag", 0) == _JUNCTION


def _kind(found: os.stat_result) -> str:
    return next((name for fits, name in _KINDS if fits(found.st_mode)), "something special")


# Folders ---------------------------------------------------------------------------------------------------------


class Found(NamedTuple):
    """What ``walk`` met that is no folder: a regular file, or something else and why it is not used."""

    path: Inside
    error: L10nFlowError | None


def walk(folder: Inside, *, enters: Callable[[Inside], bool] = lambda _: True) -> Iterator[Found]:
    """Everything below a folder, in no order; no link is followed, and a folder that cannot be read is an error too.

    Args:
        folder: where to begin; when it is not there nothing is found.
        enters: tells the folders below it that are looked into.

    Raises:
        L10nFlowError: when ``folder`` is not a folder, or the way there leads through a link.
    """
    waiting = [folder] if is_folder(folder) else []
    while waiting:
        here = waiting.pop()
        try:
            with os.scandir(str(here)) as entries:
                listed = list(entries)
        except OSError as error:
            yield Found(here, L10nFlowError(f"cannot be read: {error.strerror}", path=here.plain))
            continue
        for entry in listed:
            path = Inside(here.root, (*here.parts, entry.name))
            if not _is_real_folder(entry):
                yield Found(path, None if entry.is_file(follow_symlinks=False) else _refusal(path))
            elif enters(path):
                waiting.append(path)


def listed(folder: Inside, suffix: str = "") -> Iterator[str]:
    """The regular files below a folder whose names have a suffix, by their paths there with slashes, in no order.

    What is a link, or cannot be read, is passed over.

    Raises:
        L10nFlowError: as ``walk``.
    """
    waiting = [""] if is_folder(folder) else []
    while waiting:
        below = waiting.pop()
        with contextlib.suppress(OSError), os.scandir(f"{folder}/{below}") as entries:
            for entry in entries:
                if _is_real_folder(entry):
                    waiting.append(f"{below}{entry.name}/")
                elif entry.name.endswith(suffix) and entry.is_file(follow_symlinks=False):
                    yield f"{below}{entry.name}"


def _is_real_folder(entry: os.DirEntry[str]) -> bool:
    if not entry.is_dir(follow_symlinks=False):
        return False
    return os.name != "nt" or not _is_link(entry.stat(follow_symlinks=False))


def _refusal(path: Inside) -> L10nFlowError:
    """The reason why an entry of a folder is not used."""
    try:
        is_file(path)
    except L10nFlowError as error:
        return error
    return L10nFlowError("was exchanged while it was looked at; try again", path=path.plain)
