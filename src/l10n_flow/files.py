"""Files: read with a guard, written atomically, locked across processes."""

from __future__ import annotations

import contextlib
import errno
import hashlib
import itertools
import os
import time
from collections.abc import Iterator
from contextvars import ContextVar
from pathlib import Path

from l10n_flow.errors import L10nFlowError, SourceError

#: Beside our configuration: the cache and the locks. It may be deleted at any time.
PRIVATE_DIR = ".l10n-flow"
_LOCK_SECONDS = 60
_PREFIX, _SUFFIX = ".l10n-flow-", ".tmp"
#: No writing takes that long: a temporary file as old as this was left by a program that was killed.
_STALE_SECONDS = 3600.0
# A process id alone comes again: in a container it is always the same.
_RUN = os.urandom(6).hex()
_numbers = itertools.count()
_swept: dict[Path, float] = {}
_put_off: ContextVar[set[Path] | None] = ContextVar("_put_off", default=None)


class OvertakenError(L10nFlowError):
    """Another program wrote a file after it was read; it was left as that program has it."""

    def __init__(self, path: Path) -> None:
        super().__init__("another program has written this file meanwhile; try again", path=path)


def digest(data: bytes | None) -> str:
    """The digest of a file's bytes; "" when there is no file."""
    return "" if data is None else hashlib.sha256(data).hexdigest()


def read_optional(path: Path) -> bytes | None:
    """The bytes of a file, or None when it does not exist.

    Raises:
        L10nFlowError: when it exists and cannot be read.
    """
    try:
        return path.read_bytes()
    except FileNotFoundError:
        return None
    except OSError as error:
        raise L10nFlowError(f"cannot be read: {error.strerror}", path=path) from None


def read_source(path: Path, root: Path) -> bytes:
    """The bytes of a source document.

    Raises:
        SourceError: when it cannot be read, or is a link that leads out of ``root``.
    """
    if path.is_symlink() or any(parent.is_symlink() for parent in path.parents if root in parent.parents):
        target = path.resolve()
        if not target.is_relative_to(root.resolve()):
            raise SourceError("is a symbolic link that leads out of the project; copy the file instead", path=path)
    try:
        return path.read_bytes()
    except OSError as error:
        raise SourceError(f"cannot be read: {error.strerror}", path=path) from None


# Writing ---------------------------------------------------------------------------------------------------------


def write_atomically(path: Path, data: bytes, *, over: str | None = None) -> None:
    """Replace a file as a whole: after a crash at any instant it is the old one or the new one.

    When this returns the new one is on the disk, its name in the folder too (but see ``folders_at_the_end``).

    Args:
        path: the file; its folder is made if need be.
        data: what it will hold.
        over: the ``digest`` of what it is to replace; None replaces anything.

    Raises:
        OvertakenError: when the file is not, or no longer, that of ``over``. It is compared when all that takes time is
            done: what another program writes while the disk is busy is not written over.
        L10nFlowError: when it is read-only or the folder cannot be written; the old file is untouched.
    """
    try:
        # Replacing a link would leave its target behind: write where it leads.
        path = path.resolve() if path.is_symlink() else path
        descriptor, name = _temporary(path)
        try:
            with os.fdopen(descriptor, "wb") as stream:
                stream.write(data)
                stream.flush()
                os.fsync(stream.fileno())
            _require_same(path, over)
            os.replace(name, path)  # noqa: PTH105
        except BaseException:
            with contextlib.suppress(OSError):
                os.unlink(name)  # noqa: PTH108
            raise
        _settle(path.parent)
    except OSError as error:
        raise L10nFlowError(f"cannot be written: {error.strerror}", path=path) from None


def _require_same(path: Path, over: str | None) -> None:
    if over is None:
        return
    seen = _seen(path)
    # Reading takes a while, in a program of many threads above all; a look at the end leaves next to no time.
    if digest(read_optional(path)) != over or _seen(path) != seen:
        raise OvertakenError(path)


def _seen(path: Path) -> tuple[int, int, int] | None:
    try:
        found = path.stat()
    except OSError:
        return None
    return found.st_ino, found.st_mtime_ns, found.st_size


def _temporary(path: Path) -> tuple[int, str]:
    """A new file in the folder of ``path`` (made if need be), with the permissions of the file it will replace."""
    mode = _mode(path)
    _sweep(path.parent)
    name = f"{path.parent}/{_PREFIX}{os.getpid()}-{_RUN}-{next(_numbers)}{_SUFFIX}"
    flags = os.O_CREAT | os.O_EXCL | os.O_WRONLY | getattr(os, "O_BINARY", 0)
    try:
        descriptor = os.open(name, flags, 0o666)
    except FileNotFoundError:
        path.parent.mkdir(parents=True, exist_ok=True)
        descriptor = os.open(name, flags, 0o666)
    if mode is not None:
        with contextlib.suppress(OSError):
            os.chmod(name, mode)  # noqa: PTH101
    return descriptor, name


def _mode(path: Path) -> int | None:
    """The permissions of a file that may be replaced; None when there is no file.

    Replacing asks the folder only. Who has taken away the right to write has said that it shall stay as it is.
    """
    try:
        mode = path.stat().st_mode & 0o777
    except OSError:
        return None
    # Whether anybody may is asked as well, for the superuser always may.
    if not mode & 0o222 or not os.access(path, os.W_OK):
        raise L10nFlowError("is read-only; allow writing it (chmod u+w), and try again", path=path)
    return mode


def _sweep(folder: Path) -> None:
    """Take away what killed programs left in a folder; looked for once an hour."""
    now = time.time()
    if now - _swept.get(folder, 0.0) < _STALE_SECONDS:
        return
    _swept[folder] = now
    with contextlib.suppress(OSError), os.scandir(folder) as found:
        for entry in found:
            if entry.name.startswith(_PREFIX) and entry.name.endswith(_SUFFIX):
                with contextlib.suppress(OSError):  # somebody else sweeps too
                    if now - entry.stat(follow_symlinks=False).st_mtime > _STALE_SECONDS:
                        os.unlink(entry.path)  # noqa: PTH108


def write_if_changed(path: Path, data: bytes, *, over: str | None = None) -> bool:
    """Write unless the file holds these bytes already; whether it wrote.

    Raises:
        OvertakenError: as ``write_atomically``.
    """
    if read_optional(path) == data:
        return False
    write_atomically(path, data, over=over)
    return True


def move(old: Path, new: Path) -> None:
    """Give a file another name; its folder is made if need be.

    Raises:
        L10nFlowError: when it cannot be moved.
    """
    try:
        new.parent.mkdir(parents=True, exist_ok=True)
        os.replace(old, new)  # noqa: PTH105
        _settle(new.parent)
        _settle(old.parent)
    except OSError as error:
        raise L10nFlowError(f"cannot be moved to {new.name}: {error.strerror}", path=old) from None


@contextlib.contextmanager
def folders_at_the_end() -> Iterator[None]:
    """Within it the folders reach the disk once, when it ends: for a run that tells nobody before that it is done.

    Until then a power cut can bring back the old version of a file, whole, and the run is repeated.
    """
    folders: set[Path] = set()
    token = _put_off.set(folders)
    try:
        yield
    finally:
        _put_off.reset(token)
        for folder in folders:
            with contextlib.suppress(OSError):
                _settle(folder)


def _settle(folder: Path) -> None:
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


# Locks -----------------------------------------------------------------------------------------------------------


@contextlib.contextmanager
def lock(root: Path, kind: str, name: str) -> Iterator[None]:
    """Hold one of the project's locks against other processes and threads.

    Args:
        root: the project's folder.
        kind: of what (``document``, ``build`` …): things of two kinds may have one name.
        name: which of them.

    Raises:
        L10nFlowError: when another process holds it for longer than a minute, or the private folder cannot be written.
    """
    from filelock import FileLock, Timeout  # noqa: PLC0415  # start-up: only writers need it

    folder = root / PRIVATE_DIR / "locks"
    which = hashlib.sha256(f"{kind}\0{name}".encode("utf-8", "surrogateescape")).hexdigest()[:16]
    held = FileLock(folder / f"{which}.lock", timeout=_LOCK_SECONDS, poll_interval=0.05)
    try:
        folder.mkdir(parents=True, exist_ok=True)
        held.acquire()
    except Timeout:
        message = f"another l10n-flow has been writing {name} for a minute; try again when it has finished"
        raise L10nFlowError(message) from None
    except OSError as error:
        raise L10nFlowError(f"cannot be written: {error.strerror}", path=folder) from None
    try:
        yield
    finally:
        held.release()
