"""Opening the page in the browser of who started the server, without telling its token to the other users."""

from __future__ import annotations

import contextlib
import html
import os
import webbrowser
from pathlib import Path

from l10n_flow import files

_PAGE = """<!DOCTYPE html>
<html lang="en">
<meta charset="utf-8">
<meta http-equiv="refresh" content="0; url={url}">
<meta name="referrer" content="no-referrer">
<title>l10n-flow</title>
<p><a href="{url}">l10n-flow review</a></p>
</html>
"""


class Opening:
    """A file that leads to an address, for a browser to open.

    A program's arguments are seen by everybody on the machine (``ps``), and a browser is started with the address in
    them. So it gets that of a file that only its owner may read; Jupyter does the same. It lies in the project, for
    browsers in a sandbox (snap) see no folder of temporary files.

    Args:
        root: of the project.
        name: tells it from that of another server of the project.
    """

    def __init__(self, root: Path, name: str) -> None:
        self.path = root / files.PRIVATE_DIR / f"open-{name}.html"

    def open(self, url: str) -> None:
        """Write it, and open it; nothing happens when it cannot be written, for the address is printed as well."""
        with contextlib.suppress(OSError):
            self._write(_PAGE.format(url=html.escape(url)))
            webbrowser.open(self.path.as_uri())

    def _write(self, page: str) -> None:
        self.path.parent.mkdir(exist_ok=True)
        self.close()
        # O_EXCL: nobody has put a file or a link there that they can read.
        descriptor = os.open(self.path, os.O_WRONLY | os.O_CREAT | os.O_EXCL, 0o600)
        with os.fdopen(descriptor, "w", encoding="utf-8") as stream:
            stream.write(page)

    def close(self) -> None:
        """Take it away: when its token was used, or nobody will come any more."""
        with contextlib.suppress(OSError):
            self.path.unlink()
