"""Where the review page of a project is served at this moment, for links from the terminal."""

from __future__ import annotations

import socket
from collections.abc import Iterator
from contextlib import closing, contextmanager, suppress
from urllib.parse import urlsplit

from l10n_flow import files
from l10n_flow.project import Project

_NAME, _PORT = f"{files.PRIVATE_DIR}/review.address", f"{files.PRIVATE_DIR}/review.port"
_SECONDS = 0.5


@contextmanager
def announced(project: Project, address: str) -> Iterator[None]:
    """Let other commands know the address as long as this lasts."""
    path = project.file(_NAME)
    files.write_atomically(path, address.encode())
    try:
        yield
    finally:
        if files.read_optional(path) == address.encode():
            files.remove(path)


def usual_port(project: Project) -> int:
    """The port of last time, 0 when there was none: drafts in browsers belong to an address, its port included."""
    data = files.read_optional(project.file(_PORT)) or b""
    return int(data) if data.isdigit() and len(data) < 6 else 0


def remember_port(project: Project, port: int) -> None:
    """Let the next server take the same port."""
    files.write_if_changed(project.file(_PORT), str(port).encode())


def address_of(project: Project) -> str:
    """The address without a slash at its end; "" when nobody answers there."""
    data = files.read_optional(project.file(_NAME)) or b""
    address = data.decode(errors="replace").rstrip("/")
    with suppress(OSError, ValueError):
        parts = urlsplit(address)
        where = (parts.hostname or "", parts.port or {"https": 443}.get(parts.scheme, 80))
        with closing(socket.create_connection(where, _SECONDS)):
            return address
    return ""
