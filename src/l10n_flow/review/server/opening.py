"""Opening the page in the browser of who started the server, without telling its token to the other users."""

from __future__ import annotations

import contextlib
import html
import webbrowser
from pathlib import Path

from l10n_flow import files
from l10n_flow.errors import L10nFlowError
from l10n_flow.inside import Inside

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
        self.path = Inside(root) / f"{files.PRIVATE_DIR}/open-{name}.html"

    def open(self, url: str) -> None:
        """Write it, and open it; nothing happens when it cannot be written, for the address is printed as well."""
        with contextlib.suppress(L10nFlowError):
            # A new file takes the place of one that somebody has put there to read what is written.
            files.write_atomically(self.path, _PAGE.format(url=html.escape(url)).encode(), mode=0o600)
            webbrowser.open(self.path.plain.as_uri())

    def close(self) -> None:
        """Take it away: when its token was used, or nobody will come any more."""
        with contextlib.suppress(L10nFlowError):
            files.remove(self.path)
