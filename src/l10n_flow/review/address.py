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
    """Write the address for other commands; remove it at the end."""
    path = project.file(_NAME)
    files.write_atomically(path, address.encode())
    try:
        yield
    finally:
        if files.read_optional(path) == address.encode():
            files.remove(path)


def usual_port(project: Project) -> int:
    """The port of the last server, or 0. Browsers keep drafts for an address with its port, so it is used again."""
    data = files.read_optional(project.file(_PORT)) or b""
    return int(data) if data.isdigit() and len(data) < 6 else 0


def remember_port(project: Project, port: int) -> None:
    """Keep the port for the next server."""
    files.write_if_changed(project.file(_PORT), str(port).encode())


def address_of(project: Project) -> str:
    """The address without a slash at its end; "" when no server answers there."""
    data = files.read_optional(project.file(_NAME)) or b""
    address = data.decode(errors="replace").rstrip("/")
    with suppress(OSError, ValueError):
        parts = urlsplit(address)
        where = (parts.hostname or "", parts.port or {"https": 443}.get(parts.scheme, 80))
        with closing(socket.create_connection(where, _SECONDS)):
            return address
    return ""


class EntryFile:
    """An HTML file that leads a browser to an address.

    A program's arguments are seen by everybody on the machine (``ps``), and a browser is started with the address in
    them. So it gets that of a file that only its owner may read; Jupyter does the same. It lies in the project, for
    browsers in a sandbox (snap) see no folder of temporary files.

    Args:
        root: of the project.
        name: differs from that of another server of the project.
    """

    def __init__(self, root: Path, name: str) -> None:
        self.path = Inside(root) / f"{files.PRIVATE_DIR}/open-{name}.html"

    def open(self, url: str) -> None:
        """Write the file and open it; if it cannot be written, do nothing, for the address is printed too."""
        with suppress(L10nFlowError):
            # A new file replaces one that somebody may have put there to read the token.
            files.write_atomically(self.path, _PAGE.format(url=html.escape(url)).encode(), mode=0o600)
            webbrowser.open(self.path.plain.as_uri())

    def close(self) -> None:
        """Remove the file, when its token was used or the server ends."""
        with suppress(L10nFlowError):
            files.remove(self.path)
