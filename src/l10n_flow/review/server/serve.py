"""The server: waitress, on a socket that is open before its address is printed."""

from __future__ import annotations

import contextlib
import logging
import os
import signal
import socket
import threading
import webbrowser
from collections.abc import Callable
from typing import Any

from waitress import wasyncore
from waitress.server import create_server

from l10n_flow.errors import ConfigError
from l10n_flow.project import Project
from l10n_flow.review.address import EntryFile, remember_port, usual_port
from l10n_flow.review.reading import ProjectView
from l10n_flow.review.saving.committer import Committer
from l10n_flow.review.saving.locking import WaitLimit
from l10n_flow.review.server.accounts import Accounts
from l10n_flow.review.server.app import MAX_REQUEST, create_app
from l10n_flow.review.server.guard import Guard
from l10n_flow.review.server.settings import Settings, is_local, origins

#: How many saves may wait for one document (they are written together); how many for all documents (another program may
#: hold a lock); how many threads there are, so that some are free to show pages.
_TOGETHER, _SAVES, _THREADS = 24, 32, 40
#: How many connections there may be; further ones wait. How many seconds a connection may send nothing before it ends.
MOST_CONNECTIONS, SILENT = 500, 60


class Server:
    """A server. It listens from the start; ``run`` answers requests until an interrupt.

    Args:
        project: the project.
        settings: the settings of the server.
        announce: is called with each address to open: the first, and a new one after each use.

    Raises:
        ConfigError: when the project may not be served so, or the port is taken.
    """

    def __init__(self, project: Project, settings: Settings, announce: Callable[[str], None]) -> None:
        accounts = Accounts(project.root)
        _require_accounts(accounts, settings)
        self._socket = _listen(settings, usual_port(project))
        remember_port(project, self._socket.getsockname()[1])
        self._announce = announce
        names = origins(settings, self._socket.getsockname()[1])
        self.guard = Guard(names, accounts, must_login=not is_local(settings))
        project_view = ProjectView(project)
        committer = Committer(project, loader=project_view.loader)
        limit = WaitLimit(_TOGETHER, _SAVES)
        app = create_app(project, project_view, committer, self.guard, limit=limit, entered=self._entered)
        self._entry_file = EntryFile(project.root, str(self._socket.getsockname()[1]))
        self._map: dict[int, Any] = {}
        self._left: dict[int, Any] = {}
        self._server: Any = create_server(app, self._map, sockets=[self._socket], **_limits(settings))

    @property
    def url(self) -> str:
        """The address to open now; with accounts it has no token, for readers log in."""
        if self.guard.by_account():
            return f"{self.guard.origins[0]}/"
        return f"{self.guard.origins[0]}/enter?token={self.guard.entry_token.token}"

    def _entered(self) -> None:
        self._entry_file.close()
        self._announce(self.url)

    def _open(self) -> None:
        """Open the page in a browser. The arguments of the browser, which other users can see, never have the token."""
        if self.guard.by_account():
            webbrowser.open(self.url)
        else:
            self._entry_file.open(self.url)

    def run(self, *, browser: bool = False) -> None:
        """Announce the address, and answer until an interrupt or SIGTERM; saves that have begun are finished."""
        if threading.current_thread() is threading.main_thread():
            signal.signal(signal.SIGTERM, signal.default_int_handler)
        self._announce(self.url)
        if browser:
            threading.Thread(target=self._open, daemon=True).start()
        try:
            self._server.run()
        finally:
            self._entry_file.close()
            self._server.task_dispatcher.shutdown()
            wasyncore.close_all(self._left | self._map, ignore_all=True)

    def stop(self) -> None:
        """End ``run`` from another thread; call it once."""
        with contextlib.suppress(OSError):  # another thread may have ended ``run`` at the same moment
            self._server.trigger.pull_trigger(self._leave)

    def _leave(self) -> None:
        """Take all connections from the loop, so that it ends; they are closed after the threads have ended."""
        self._left = dict(self._map)
        self._map.clear()


def _require_accounts(accounts: Accounts, settings: Settings) -> None:
    if is_local(settings) or accounts.all():
        return
    where = settings.public_url or f"--host {settings.host}"
    raise ConfigError(
        f"{where} lets others in, and there are no accounts; add one: l10n-flow user add NAME --role reviewer"
    )


def _listen(settings: Settings, usual: int) -> socket.socket:
    """A socket at the port of the settings; without one, at the port of last time, or at any free one."""
    if not settings.port and usual:
        with contextlib.suppress(OSError, OverflowError):
            return _bound(settings.host, usual)
    try:
        return _bound(settings.host, settings.port)
    except (OSError, OverflowError) as error:
        why = getattr(error, "strerror", None) or error
        raise ConfigError(f"cannot listen on {settings.host} port {settings.port}: {why}; choose another") from None


def _bound(host: str, port: int) -> socket.socket:
    (family, kind, protocol, _, address), *_ = socket.getaddrinfo(
        host, port, type=socket.SOCK_STREAM, flags=socket.AI_PASSIVE
    )
    found = socket.socket(family, kind, protocol)
    try:
        if os.name == "posix":  # on Windows this option would let other programs share the port
            found.setsockopt(socket.SOL_SOCKET, socket.SO_REUSEADDR, 1)
        found.bind(address)
        found.listen(1024)
    except BaseException:
        found.close()
        raise
    return found


def _limits(settings: Settings) -> dict[str, Any]:
    proxy = {
        "trusted_proxy": settings.trusted_proxy,
        "trusted_proxy_count": 1,
        "trusted_proxy_headers": {"x-forwarded-for"},
    }
    return {
        "threads": _THREADS,
        "ident": None,  # no Server header
        # A body that is a little too large is read and answered; one that is far too large is cut off.
        "max_request_body_size": 2 * MAX_REQUEST,
        "max_request_header_size": 32_768,
        # A client that sends a byte from time to time keeps its connection; a proxy prevents that (docs/review.md).
        "connection_limit": MOST_CONNECTIONS,
        "channel_timeout": SILENT,
        "cleanup_interval": SILENT // 6,
        "clear_untrusted_proxy_headers": True,
        **(proxy if settings.trusted_proxy else {}),
    }


def log_to_stderr() -> None:
    """Log our faults, and nothing else, to standard error."""
    logging.basicConfig(level=logging.ERROR, format="%(message)s")
