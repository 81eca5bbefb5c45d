"""A real server on a free port, in a thread, and a client that sends exactly what it is told."""

from __future__ import annotations

import http.client
import re
import threading
from collections.abc import Iterator, Mapping
from contextlib import contextmanager
from dataclasses import dataclass, field
from pathlib import Path
from typing import Any
from urllib.parse import quote, urlencode

from conftest import Newsroom
from l10n_flow.project import load_project
from l10n_flow.review.server.serve import Server
from l10n_flow.review.server.settings import Settings
from l10n_flow.work.sync import sync


@dataclass(frozen=True)
class Answer:
    status: int
    headers: Mapping[str, str]
    cookies: tuple[str, ...]
    body: bytes

    @property
    def text(self) -> str:
        return self.body.decode()

    @property
    def location(self) -> str:
        return self.headers["location"]


@dataclass
class Browser:
    """Keeps cookies, and sends the headers that a browser sends with its own forms."""

    port: int
    host: str = "127.0.0.1"
    cookies: dict[str, str] = field(default_factory=dict)

    @property
    def origin(self) -> str:
        return f"http://{self.host}:{self.port}"

    def ask(
        self, method: str, path: str, body: bytes | None = None, headers: Mapping[str, str] | None = None
    ) -> Answer:
        """One request with these headers and no others but Host and the cookies."""
        sent = {"Host": f"{self.host}:{self.port}", **(headers or {})}
        if self.cookies and "Cookie" not in sent:
            sent["Cookie"] = "; ".join(f"{name}={value}" for name, value in self.cookies.items())
        connection = http.client.HTTPConnection("127.0.0.1", self.port, timeout=20)
        try:
            connection.putrequest(method, path, skip_host=True, skip_accept_encoding=True)
            for name, value in sent.items():
                if value:
                    connection.putheader(name, value)
            if body is not None:
                connection.putheader("Content-Length", str(len(body)))
            connection.endheaders(body)
            return self._kept(connection.getresponse())
        finally:
            connection.close()

    def _kept(self, response: http.client.HTTPResponse) -> Answer:
        cookies = tuple(response.headers.get_all("Set-Cookie") or ())
        for cookie in cookies:
            name, _, value = cookie.partition(";")[0].partition("=")
            self.cookies[name] = value
            if "Max-Age=0" in cookie:
                del self.cookies[name]
        return Answer(response.status, {k.lower(): v for k, v in response.headers.items()}, cookies, response.read())

    def get(self, path: str, **headers: str) -> Answer:
        return self.ask("GET", path, headers={name.replace("_", "-"): value for name, value in headers.items()})

    def post(self, path: str, fields: Mapping[str, Any] | list[tuple[str, str]], **headers: str) -> Answer:
        sent = {"Origin": self.origin, "Content-Type": "application/x-www-form-urlencoded"}
        sent |= {name.replace("_", "-"): value for name, value in headers.items()}
        return self.ask("POST", path, urlencode(fields).encode(), sent)

    def edit(self, **fields: str) -> Answer:
        """A save as our script sends it."""
        return self.post("/edit", fields, HX_Request="true")


@dataclass(frozen=True)
class Served:
    server: Server
    told: list[str]
    root: Path

    @property
    def port(self) -> int:
        return int(re.findall(r":(\d+)/", self.told[0])[0])

    def stranger(self) -> Browser:
        return Browser(self.port)

    def browser(self, name: str = "Ann") -> Browser:
        """One who has come in by the printed address, and has said a name."""
        browser = self.stranger()
        assert browser.get(self.path(self.told[-1])).status == 303
        if name:
            assert browser.post("/name", {"name": name}).status == 303
        return browser

    def logged_in(self, name: str, password: str) -> Browser:
        browser = self.stranger()
        answer = browser.post("/login", {"name": name, "password": password})
        assert answer.status == 303, answer.text
        return browser

    @staticmethod
    def path(url: str) -> str:
        return "/" + url.split("/", 3)[3]


@contextmanager
def serving(root: Path, **settings: Any) -> Iterator[Served]:
    told: list[str] = []
    ready = threading.Event()

    def tell(url: str) -> None:
        told.append(url)
        ready.set()

    server = Server(load_project(root / "l10n-flow.toml"), Settings(**settings), tell)
    thread = threading.Thread(target=server.run)
    thread.start()
    try:
        assert ready.wait(20)
        yield Served(server, told, root)
    finally:
        server.stop()
        thread.join(20)
        assert not thread.is_alive()


def synced(room: Newsroom) -> None:
    """As ``l10n-flow sync``, without starting a program."""
    sync(load_project(room.root / "l10n-flow.toml"))


def path_of(document: str, locale: str = "en", **query: str) -> str:
    return f"/d/{quote(document)}?{urlencode({'locale': locale, **query})}"
