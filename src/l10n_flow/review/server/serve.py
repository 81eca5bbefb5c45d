"""The server: a production one (waitress), on a socket that is open before its address is told."""

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

#: As many as save one document at once are written together, so more of them cost less each; how many may save at all,
#: for another program may hold one document; how many threads there are, for some are left to those who read.
_TOGETHER, _SAVES, _THREADS = 24, 32, 40
#: Connections at once; further ones wait until one ends. How many seconds one may be silent before it is ended.
MOST_CONNECTIONS, SILENT = 500, 60


class Server:
    """A server that listens already; ``run`` answers until it is interrupted.

    Args:
        project: what is reviewed.
        settings: how.
        announce: is given each address that can be opened: the first, and a new one whenever one was used.

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
        """The address to open now; with accounts it holds no token, for one has to log in."""
        if self.guard.by_account():
            return f"{self.guard.origins[0]}/"
        return f"{self.guard.origins[0]}/enter?token={self.guard.entry_token.token}"

    def _entered(self) -> None:
        self._entry_file.close()
        self._announce(self.url)

    def _open(self) -> None:
        """The page in a browser; on the machine, where others see its arguments, not by an address with a token."""
        if self.guard.by_account():
            webbrowser.open(self.url)
        else:
            self._entry_file.open(self.url)

    def run(self, *, browser: bool = False) -> None:
        """Tell the address, and answer until an interrupt or a request to terminate; saves under way are finished."""
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
        with contextlib.suppress(OSError):  # a thread that pulls it at the same moment may have ended ``run`` already
            self._server.trigger.pull_trigger(self._leave)

    def _leave(self) -> None:
        """Leave the loop nothing to watch, so that it ends; what it watched is closed after the threads have ended."""
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
    """A socket at the port asked for; else at the usual one, or at any."""
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
        if os.name == "posix":  # elsewhere the option would let others share the port
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
        # What is a little too large is read and answered; what is far too large is cut off while it comes.
        "max_request_body_size": 2 * MAX_REQUEST,
        "max_request_header_size": 32_768,
        # One that sends a byte now and then is not silent: a proxy keeps those away (docs/review.md).
        "connection_limit": MOST_CONNECTIONS,
        "channel_timeout": SILENT,
        "cleanup_interval": SILENT // 6,
        "clear_untrusted_proxy_headers": True,
        **(proxy if settings.trusted_proxy else {}),
    }


def log_to_stderr() -> None:
    """Have faults, and nothing else, told on standard error."""
    logging.basicConfig(level=logging.ERROR, format="%(message)s")
