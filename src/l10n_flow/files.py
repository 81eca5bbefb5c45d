"""Read and write the files of a project, only inside it, and atomically."""

from __future__ import annotations

import contextlib
import errno
import hashlib
import io
import itertools
import math
import os
import time
from collections.abc import Callable, Iterator
from pathlib import Path
from typing import TypeAlias, TypeVar

from l10n_flow import folders, inside
from l10n_flow.errors import L10nFlowError, SourceError
from l10n_flow.inside import Inside

#: The private folder beside the configuration, for the index and the locks. It may be deleted at any time.
PRIVATE_DIR = ".l10n-flow"
#: The number of attempts at a file that another program writes at the same time.
_ATTEMPTS = 5
_PREFIX, _SUFFIX = ".l10n-flow-", ".tmp"
#: The age from which a temporary file was left by a killed program: no write takes that long.
_STALE_SECONDS = 3600.0
# A process id alone is not unique: in a container it is always the same.
_RUN = os.urandom(6).hex()
_numbers = itertools.count()
_swept: dict[str, float] = {}
# Flags: follow no link, do not wait for the other end of a pipe, do not take a terminal as the controlling one.
# Windows has only the last of them.
_READING = sum(getattr(os, name, 0) for name in ("O_RDONLY", "O_NOFOLLOW", "O_NONBLOCK", "O_NOCTTY", "O_BINARY"))
_ADDING = sum(
    getattr(os, name, 0)
    for name in ("O_RDWR", "O_APPEND", "O_CREAT", "O_NOFOLLOW", "O_NONBLOCK", "O_NOCTTY", "O_BINARY")
)
_PIECE = 1 << 20
_Done = TypeVar("_Done")
#: Data to write; a large file may be assembled in a ``bytearray``.
Bytes: TypeAlias = bytes | bytearray


class OvertakenError(L10nFlowError):
    """Another program wrote a file after it was read; the file was not changed."""

    def __init__(self, path: Path) -> None:
        super().__init__("another program has written this file meanwhile; try again", path=path)


def digest(data: Bytes | None) -> str:
    """Return the digest of a file's bytes; "" when there is no file."""
    return "" if data is None else hashlib.sha256(data).hexdigest()


def read_optional(path: Inside) -> bytes | None:
    """Return the bytes of a file, or None when it does not exist.

    Raises:
        L10nFlowError: when it cannot be read, is not a regular file, or its path contains a link.
    """
    with _opened(path) as found:
        return None if found is None else _all(*found)


def holds(path: Inside, data: Bytes) -> bool:
    """Whether a file exists and has these bytes; it is read in pieces.

    Raises:
        L10nFlowError: as ``read_optional``.
    """
    with _opened(path) as found:
        if found is None or found[1] != len(data):
            return False
        view = memoryview(data)
        while piece := os.read(found[0], _PIECE):
            if view[: len(piece)] != piece:
                return False
            view = view[len(piece) :]
        return not view


@contextlib.contextmanager
def _opened(path: Inside) -> Iterator[tuple[int, int] | None]:
    """Open a file for reading: yield descriptor and size, or None when there is none. Errors as ``read_optional``."""
    found = inside.look(path)
    if found is None:
        yield None
        return
    inside.require_file(path, found)
    try:
        descriptor = os.open(str(path), _READING)
    except FileNotFoundError:
        yield None
        return
    except OSError as error:
        raise L10nFlowError(f"cannot be read: {error.strerror}", path=path.plain) from None
    try:
        found = os.fstat(descriptor)
        inside.require_file(path, found)  # it may be another one than a moment ago
        yield descriptor, found.st_size
    except OSError as error:
        raise L10nFlowError(f"cannot be read: {error.strerror}", path=path.plain) from None
    finally:
        os.close(descriptor)


def _all(descriptor: int, size: int) -> bytes:
    data = os.read(descriptor, size + 1)
    while more := os.read(descriptor, _PIECE):  # it has grown meanwhile
        data += more
    return data


def read_source(path: Inside) -> bytes:
    """Return the bytes of a source document.

    Raises:
        SourceError: when it does not exist; and as ``read_optional``.
    """
    try:
        data = read_optional(path)
    except L10nFlowError as error:
        raise SourceError(error.message, path=error.path) from None
    if data is None:
        raise SourceError(f"cannot be read: {os.strerror(errno.ENOENT)}", path=path.plain)
    return data


def stamp(path: Inside) -> tuple[int, int, int] | None:
    """A value that changes when another file replaces this one; None when there is no file.

    Raises:
        L10nFlowError: as ``read_optional``.
    """
    found = inside.look(path)
    return None if found is None else (found.st_ino, found.st_mtime_ns, found.st_size)


# Writing ---------------------------------------------------------------------------------------------------------


def write_atomically(path: Inside, data: bytes, *, over: str | None = None, mode: int | None = None) -> None:
    """Replace a file as a whole: after a crash at any instant it is the old one or the new one.

    When the function returns, the new file and its name are on the disk (but see ``folders.at_the_end``).

    Args:
        path: the file; its folder is created if necessary.
        data: the new content.
        over: the ``digest`` of the version that may be replaced; None replaces any version.
        mode: the permissions, which it has from its creation; None: those of the old file, or the default.

    Raises:
        OvertakenError: when the file is another version than ``over``. It is compared after the slow steps, so that a
            write of another program in the meantime is not lost.
        L10nFlowError: when it is read-only or not a regular file, its path contains a link, or the folder cannot be
            written; the old file is unchanged.
    """
    before = _replaceable(path)
    try:
        descriptor, name = _temporary(path, before if mode is None else mode, 0o666 if mode is None else mode)
        try:
            with os.fdopen(descriptor, "wb") as stream:
                stream.write(data)
                stream.flush()
                os.fsync(stream.fileno())
            _require_same(path, over)
            os.replace(name, str(path))  # noqa: PTH105
        except BaseException:
            with contextlib.suppress(OSError):
                os.unlink(name)  # noqa: PTH108
            raise
        folders.settle(str(path.parent))
    except OSError as error:
        raise L10nFlowError(f"cannot be written: {error.strerror}", path=path.plain) from None


def append_lines(path: Inside, data: bytes) -> None:
    """Append whole lines to a file: they are on the disk when the function returns, or the file is unchanged.

    The caller holds a lock on the file. If a killed program left an unfinished last line, it is ended first.

    Args:
        path: the file; it and its folder are created if necessary.
        data: the lines, each with its line feed.

    Raises:
        L10nFlowError: when it is read-only, cannot be written or is not a regular file, or its path contains a link.
    """
    known = _replaceable(path) is not None
    try:
        try:
            descriptor = os.open(str(path), _ADDING, 0o666)
        except FileNotFoundError:
            os.makedirs(str(path.parent), exist_ok=True)  # noqa: PTH103
            descriptor = os.open(str(path), _ADDING, 0o666)
        with os.fdopen(descriptor, "r+b", buffering=0) as stream:
            found = os.fstat(descriptor)
            inside.require_file(path, found)  # it may be another one than a moment ago
            _append(stream, data, found.st_size)
        if not known:
            folders.settle(str(path.parent))
    except OSError as error:
        raise L10nFlowError(f"cannot be written: {error.strerror}", path=path.plain) from None


def _append(stream: io.FileIO, data: bytes, size: int) -> None:
    if size:
        stream.seek(size - 1)
        data = data if stream.read(1) == b"\n" else b"\n" + data
    try:
        left = memoryview(data)
        while left:
            left = left[stream.write(left) or 0 :]
        os.fsync(stream.fileno())
    except BaseException:
        with contextlib.suppress(OSError):  # half a line is worse than none
            stream.truncate(size)
        raise


def _require_same(path: Inside, over: str | None) -> None:
    if over is None:
        return
    seen = stamp(path)
    # Reading takes time, above all with many threads; the last comparison of the stamp leaves almost none.
    if digest(read_optional(path)) != over or stamp(path) != seen:
        raise OvertakenError(path.plain)


def _temporary(path: Inside, mode: int | None, made: int) -> tuple[int, str]:
    """Create a file in the folder of ``path`` with the permissions ``made``, then change them to ``mode``."""
    folder = str(path.parent)
    _sweep(folder)
    name = f"{folder}/{_PREFIX}{os.getpid()}-{_RUN}-{next(_numbers)}{_SUFFIX}"
    flags = os.O_CREAT | os.O_EXCL | os.O_WRONLY | getattr(os, "O_BINARY", 0)
    try:
        descriptor = os.open(name, flags, made)
    except FileNotFoundError:
        os.makedirs(folder, exist_ok=True)  # noqa: PTH103
        descriptor = os.open(name, flags, made)
    if mode is not None:
        with contextlib.suppress(OSError):
            os.chmod(name, mode)  # noqa: PTH101
    return descriptor, name


def _replaceable(path: Inside) -> int | None:
    """The permissions of a file that may be replaced; None when there is no file.

    To replace a file, the system requires the right to write in its folder only. But a file that is read-only for its
    owner must not be changed, so it is not replaced.
    """
    found = inside.look(path)
    if found is None:
        return None
    inside.require_file(path, found)
    # The mode is checked, too, because the superuser may always write.
    if not found.st_mode & 0o222 or not os.access(str(path), os.W_OK):
        raise L10nFlowError("is read-only; allow writing it (chmod u+w), and try again", path=path.plain)
    return found.st_mode & 0o777


def _sweep(folder: str) -> None:
    """Remove the temporary files that killed programs left in a folder, at most once an hour."""
    now = time.time()
    if now - _swept.get(folder, 0.0) >= _STALE_SECONDS:
        _swept[folder] = now
        _remove_temporary(folder, before=now - _STALE_SECONDS)


def _remove_temporary(folder: str, *, before: float) -> None:
    with contextlib.suppress(OSError), os.scandir(folder) as found:
        for entry in found:
            if entry.name.startswith(_PREFIX) and entry.name.endswith(_SUFFIX):
                with contextlib.suppress(OSError):  # another process removes the same files
                    if entry.stat(follow_symlinks=False).st_mtime < before:
                        os.unlink(entry.path)  # noqa: PTH108


def remove_folder(folder: Inside) -> None:
    """Remove a folder together with temporary files of killed programs; a folder with other files stays.

    Raises:
        L10nFlowError: when it is not a folder, or its path contains a link.
    """
    if inside.is_folder(folder):
        _remove_temporary(str(folder), before=math.inf)
        with contextlib.suppress(OSError):
            folder.plain.rmdir()


def write_if_changed(path: Inside, data: bytes, *, over: str | None = None) -> bool:
    """Write a file unless it holds these bytes already; return whether it was written.

    Raises:
        OvertakenError: as ``write_atomically``.
    """
    if read_optional(path) == data:
        return False
    write_atomically(path, data, over=over)
    return True


def again_if_overtaken(path: Inside, attempt: Callable[[], _Done]) -> _Done:
    """Read, change and write a file; start again when a program without our locks (Poedit) wrote it meanwhile.

    Args:
        path: the file, for the message.
        attempt: does all three steps; raises ``OvertakenError`` and writes nothing when another program wrote.

    Raises:
        L10nFlowError: when the other program does not stop; and what ``attempt`` raises.
    """
    for _ in range(_ATTEMPTS):
        with contextlib.suppress(OvertakenError):
            return attempt()
    message = "another program keeps writing this file; try again when that has ended"
    raise L10nFlowError(message, path=path.plain)


def move(old: Inside, new: Inside) -> None:
    """Give a file another name; the new folder is created if necessary.

    Raises:
        L10nFlowError: when it cannot be moved, one of the two is not a regular file, or a path contains a link.
    """
    for path in (old, new):
        inside.is_file(path)
    try:
        os.makedirs(str(new.parent), exist_ok=True)  # noqa: PTH103
        os.replace(str(old), str(new))  # noqa: PTH105
        folders.settle(str(new.parent))
        folders.settle(str(old.parent))
    except OSError as error:
        raise L10nFlowError(f"cannot be moved to {new.name}: {error.strerror}", path=old.plain) from None


def remove(*paths: Inside) -> None:
    """Remove those of the files that exist: all of them, or none when one must not be removed.

    Raises:
        L10nFlowError: when one cannot be removed or is not a regular file, or its path contains a link.
    """
    for path in [path for path in paths if inside.is_file(path)]:
        try:
            path.plain.unlink(missing_ok=True)
        except OSError as error:
            raise L10nFlowError(f"cannot be removed: {error.strerror}", path=path.plain) from None
