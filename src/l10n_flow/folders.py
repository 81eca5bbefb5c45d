"""Write folders to the disk: a rename is safe against a power cut only when the folder is on the disk, too."""

from __future__ import annotations

import contextlib
import errno
import os
from collections.abc import Iterator
from contextvars import ContextVar

_put_off: ContextVar[set[str] | None] = ContextVar("_put_off", default=None)


@contextlib.contextmanager
def at_the_end() -> Iterator[None]:
    """Context in which folders are written to the disk only once, at its end: for a run that reports nothing before.

    Until then a power cut can bring back the complete old version of a file, and the run is repeated.
    """
    folders: set[str] = set()
    token = _put_off.set(folders)
    try:
        yield
    finally:
        _put_off.reset(token)
        for folder in folders:
            with contextlib.suppress(OSError):
                settle(folder)


@contextlib.contextmanager
def at_once() -> Iterator[None]:
    """Context in which each folder is written to the disk at once, also inside ``at_the_end``: the order matters."""
    token = _put_off.set(None)
    try:
        yield
    finally:
        _put_off.reset(token)


def settle(folder: str) -> None:
    """Write the names in a folder to the disk: before that, a power cut can bring back a file that was replaced."""
    later = _put_off.get()
    if later is not None:
        later.add(folder)
        return
    if os.name == "nt":  # it cannot open folders, and its file system has a journal of names
        return
    try:
        descriptor = os.open(folder, os.O_RDONLY)
    except PermissionError:  # a folder may be writable but not readable
        return
    try:
        os.fsync(descriptor)
    except OSError as error:
        if error.errno not in {errno.EBADF, errno.EINVAL}:  # file systems without this operation, as in PostgreSQL
            raise
    finally:
        os.close(descriptor)
