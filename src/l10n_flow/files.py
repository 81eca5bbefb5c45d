"""Files: read with a guard, written atomically, locked across processes."""

from __future__ import annotations

import contextlib
import hashlib
import itertools
import os
from collections.abc import Iterator
from pathlib import Path

from l10n_flow.errors import L10nFlowError, SourceError

#: Beside our configuration: the cache and the locks. It may be deleted at any time.
PRIVATE_DIR = ".l10n-flow"
_LOCK_SECONDS = 60
_numbers = itertools.count()


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


def write_atomically(path: Path, data: bytes) -> None:
    """Replace a file as a whole: after a crash at any instant it is the old one or the new one.

    Raises:
        L10nFlowError: when the folder cannot be written; the old file is untouched.
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
            os.replace(name, path)  # noqa: PTH105
        except BaseException:
            with contextlib.suppress(OSError):
                os.unlink(name)  # noqa: PTH108
            raise
    except OSError as error:
        raise L10nFlowError(f"cannot be written: {error.strerror}", path=path) from None


def _temporary(path: Path) -> tuple[int, str]:
    """A new file in the folder of ``path`` (made if need be), with the permissions of the file it will replace."""
    name = f"{path.parent}/.l10n-flow-{os.getpid()}-{next(_numbers)}.tmp"
    flags = os.O_CREAT | os.O_EXCL | os.O_WRONLY | getattr(os, "O_BINARY", 0)
    try:
        descriptor = os.open(name, flags, 0o666)
    except FileNotFoundError:
        path.parent.mkdir(parents=True, exist_ok=True)
        descriptor = os.open(name, flags, 0o666)
    with contextlib.suppress(OSError):
        os.chmod(name, path.stat().st_mode & 0o777)  # noqa: PTH101
    return descriptor, name


def write_if_changed(path: Path, data: bytes) -> bool:
    """Write unless the file holds these bytes already; whether it wrote."""
    if read_optional(path) == data:
        return False
    write_atomically(path, data)
    return True


@contextlib.contextmanager
def lock(root: Path, name: str) -> Iterator[None]:
    """Hold the project's lock of that name (one per document) against other processes and threads.

    Raises:
        L10nFlowError: when another process holds it for longer than a minute.
    """
    from filelock import FileLock, Timeout  # noqa: PLC0415  # start-up: only writers need it

    folder = root / PRIVATE_DIR / "locks"
    try:
        folder.mkdir(parents=True, exist_ok=True)
        digest = hashlib.sha256(name.encode("utf-8", "surrogateescape")).hexdigest()[:16]
        with FileLock(folder / f"{digest}.lock", timeout=_LOCK_SECONDS, poll_interval=0.05):
            yield
    except Timeout:
        message = f"another l10n-flow has been writing {name} for a minute; try again when it has finished"
        raise L10nFlowError(message) from None
