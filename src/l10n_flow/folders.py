"""Folders reach the disk: the names in them, for a file that was renamed into its place is there only then."""

from __future__ import annotations

import contextlib
import errno
import os
from collections.abc import Iterator
from contextvars import ContextVar

_put_off: ContextVar[set[str] | None] = ContextVar("_put_off", default=None)


@contextlib.contextmanager
def at_the_end() -> Iterator[None]:
    """Within it the folders reach the disk once, when it ends: for a run that tells nobody before that it is done.

    Until then a power cut can bring back the old version of a file, whole, and the run is repeated.
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
    """Within it each folder reaches the disk at once, whatever stands around: for steps whose order counts."""
    token = _put_off.set(None)
    try:
        yield
    finally:
        _put_off.reset(token)


def settle(folder: str) -> None:
    """Have the names in a folder reach the disk: until then a power cut can bring back a file that was replaced."""
    later = _put_off.get()
    if later is not None:
        later.add(folder)
        return
    if os.name == "nt":  # it opens no folders, and its file system keeps a journal of names
        return
    try:
        descriptor = os.open(folder, os.O_RDONLY)
    except PermissionError:  # a folder may be written without being read
        return
    try:
        os.fsync(descriptor)
    except OSError as error:
        if error.errno not in {errno.EBADF, errno.EINVAL}:  # file systems that know no such thing, as in PostgreSQL
            raise
    finally:
        os.close(descriptor)
