"""The locks of a project: only one program at a time writes a document, the build folder or the accounts."""

from __future__ import annotations

import contextlib
import hashlib
import os
from collections.abc import Iterator
from pathlib import Path

from l10n_flow import files, inside
from l10n_flow.errors import L10nFlowError
from l10n_flow.inside import Inside

_SECONDS = 60


@contextlib.contextmanager
def hold(root: Path, kind: str, name: str) -> Iterator[None]:
    """Hold a lock of the project against other processes and threads.

    Args:
        root: the project's folder.
        kind: the kind of locked thing (``document``, ``build`` …).
        name: its name; things of two kinds may have one name.

    Raises:
        L10nFlowError: when another process holds the lock for longer than a minute, or the private folder cannot be
            written or is a link.
    """
    from filelock import FileLock, Timeout  # noqa: PLC0415  # start-up: only writers need it

    which = hashlib.sha256(f"{kind}\0{name}".encode("utf-8", "surrogateescape")).hexdigest()[:16]
    path = Inside(root) / f"{files.PRIVATE_DIR}/locks/{which}.lock"
    inside.is_file(path)
    held = FileLock(str(path), timeout=_SECONDS, poll_interval=0.05)
    try:
        os.makedirs(str(path.parent), exist_ok=True)  # noqa: PTH103
        held.acquire()
    except Timeout:
        message = f"another l10n-flow has been writing {name} for a minute; try again when it has finished"
        raise L10nFlowError(message) from None
    except OSError as error:
        raise L10nFlowError(f"cannot be written: {error.strerror}", path=path.parent.plain) from None
    try:
        yield
    finally:
        held.release()
