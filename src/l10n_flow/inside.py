"""Paths inside a project, and their checks: no link is followed there, and only regular files are used.

A project comes from a repository, and git can store links: a branch can make any name a link to any file of the
machine. Therefore paths of a project have the type ``Inside``, which contains the folder that is not trusted, and
``files`` accepts no other type. The folder itself may be behind links.
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
#: A junction of Windows, a link to a folder that needs no privilege (``stat.IO_REPARSE_TAG_MOUNT_POINT``).
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
        """Return a path given by a person: its folder is trusted, the last name is not."""
        return cls(path.parent, (path.name,))

    def __truediv__(self, names: str) -> Inside:
        """Return a path below this one; ``names`` are separated by slashes.

        Raises:
            L10nFlowError: when the path would be outside this folder.
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
        """Whether it is the other path or below it; both have the same root."""
        return self.parts[: len(other.parts)] == other.parts

    def with_name(self, name: str) -> Inside:
        return self.parent / name


# Checks ----------------------------------------------------------------------------------------------------------


def look(path: Inside) -> os.stat_result | None:
    """Return the file status of a path; None when nothing has this name.

    Raises:
        L10nFlowError: when the path contains a link, or one of its folders is not a folder.
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
            if error.errno == errno.ENAMETOOLONG:  # like ValueError: such a file cannot exist
                return None
            raise L10nFlowError(f"cannot be read: {error.strerror}", path=here) from None
        if _is_link(found):
            raise L10nFlowError(_LINK, path=here)
    return found if path.parts else path.root.stat()


def require_file(path: Inside, found: os.stat_result) -> None:
    """Refuse anything but a regular file: a read from a pipe may never end, and a device may do anything.

    Raises:
        L10nFlowError: when ``found``, the status of the path, is not that of a regular file.
    """
    if not stat.S_ISREG(found.st_mode):
        raise L10nFlowError(f"is {_kind(found)} where a file has to be; move it away", path=path.plain)


def is_file(path: Inside) -> bool:
    """Whether the path is a regular file; False when nothing has this name.

    Raises:
        L10nFlowError: when there is something else, or the way there leads through a link.
    """
    found = look(path)
    if found is None:
        return False
    require_file(path, found)
    return True


def is_folder(path: Inside) -> bool:
    """Whether the path is a folder; False when nothing has this name.

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


class WalkItem(NamedTuple):
    """An item of ``walk`` that is not a folder: a regular file, or something else with the reason not to use it."""

    path: Inside
    error: L10nFlowError | None


def walk(folder: Inside, *, enters: Callable[[Inside], bool] = lambda _: True) -> Iterator[WalkItem]:
    """Return all files below a folder, in no order; links are not followed; an unreadable folder is an error, too.

    Args:
        folder: the start; when it does not exist, the result is empty.
        enters: whether a folder below it is read.

    Raises:
        L10nFlowError: when ``folder`` is not a folder, or its path contains a link.
    """
    waiting = [folder] if is_folder(folder) else []
    while waiting:
        here = waiting.pop()
        try:
            with os.scandir(str(here)) as entries:
                listed = list(entries)
        except OSError as error:
            yield WalkItem(here, L10nFlowError(f"cannot be read: {error.strerror}", path=here.plain))
            continue
        for entry in listed:
            path = Inside(here.root, (*here.parts, entry.name))
            if not _is_real_folder(entry):
                yield WalkItem(path, None if entry.is_file(follow_symlinks=False) else _refusal(path))
            elif enters(path):
                waiting.append(path)


def listed(folder: Inside, suffix: str = "") -> Iterator[str]:
    """Return the regular files below a folder with a suffix, by their paths with slashes, in no order.

    Links and unreadable files are skipped.

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
    """Return the reason why an entry of a folder is not used."""
    try:
        is_file(path)
    except L10nFlowError as error:
        return error
    return L10nFlowError("was exchanged while it was looked at; try again", path=path.plain)
