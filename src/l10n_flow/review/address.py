"""The address of a running review server: other commands read it for their links, and a browser opens it."""

from __future__ import annotations

import html
import socket
import webbrowser
from collections.abc import Iterator
from contextlib import closing, contextmanager, suppress
from pathlib import Path
from urllib.parse import urlsplit

from l10n_flow import files
from l10n_flow.errors import L10nFlowError
from l10n_flow.inside import Inside
from l10n_flow.project import Project

_NAME, _PORT = f"{files.PRIVATE_DIR}/review.address", f"{files.PRIVATE_DIR}/review.port"
_SECONDS = 0.5
_PAGE = """<!DOCTYPE html>
<html lang="en">
<meta charset="utf-8">
<meta http-equiv="refresh" content="0; url={url}">
<meta name="referrer" content="no-referrer">
<title>l10n-flow</title>
<p><a href="{url}">l10n-flow review</a></p>
</html>
"""


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


class EntryFile:
    """A file that leads to an address, for a browser to open.

    A program's arguments are seen by everybody on the machine (``ps``), and a browser is started with the address in
    them. So it gets that of a file that only its owner may read; Jupyter does the same. It lies in the project, for
    browsers in a sandbox (snap) see no folder of temporary files.

    Args:
        root: of the project.
        name: tells it from that of another server of the project.
    """

    def __init__(self, root: Path, name: str) -> None:
        self.path = Inside(root) / f"{files.PRIVATE_DIR}/open-{name}.html"

    def open(self, url: str) -> None:
        """Write it, and open it; nothing happens when it cannot be written, for the address is printed as well."""
        with suppress(L10nFlowError):
            # A new file takes the place of one that somebody has put there to read what is written.
            files.write_atomically(self.path, _PAGE.format(url=html.escape(url)).encode(), mode=0o600)
            webbrowser.open(self.path.plain.as_uri())

    def close(self) -> None:
        """Take it away: when its token was used, or nobody will come any more."""
        with suppress(L10nFlowError):
            files.remove(self.path)
