"""What keeps others out of the review page: silent connections, documents that another program holds."""

from __future__ import annotations

import contextlib
import socket
import threading
from collections.abc import Callable, Iterator
from pathlib import Path

import pytest

from conftest import Newsroom
from l10n_flow import locks
from l10n_flow.review.saving import locking
from l10n_flow.review.saving.locking import Busy, WaitLimit
from l10n_flow.review.server import serve
from served import Browser, Served, path_of, serving, synced
from test_web import fields_of, text_of


@pytest.fixture
def room(newsroom: Newsroom) -> Newsroom:
    newsroom.write("題目\n\n第一句。第二句。\n")
    newsroom.write("另一篇\n", "b.txt")
    synced(newsroom)
    return newsroom


# Connections ------------------------------------------------------------------------------------------------------


@contextlib.contextmanager
def dawdling(port: int, number: int, begun: bytes) -> Iterator[list[socket.socket]]:
    """Connections that have sent the beginning of a request."""
    with contextlib.ExitStack() as stack:
        made = [stack.enter_context(socket.create_connection(("127.0.0.1", port), timeout=5)) for _ in range(number)]
        for each in made:
            each.sendall(begun)
        yield made


def is_closed(connection: socket.socket, seconds: float = 5) -> bool:
    connection.settimeout(seconds)
    try:
        return connection.recv(1) == b""
    except ConnectionError:
        return True
    except TimeoutError:
        return False


POST = b"POST /edit HTTP/1.1\r\nHost: a\r\nContent-Length: 500\r\n\r\nx"


@pytest.mark.parametrize(
    "begun", [b"", b"G", b"GET / HTTP/1.1\r\nHost: a\r\n", POST], ids=["none", "method", "head", "body"]
)
def test_the_silent_leave_their_place(room: Newsroom, monkeypatch: pytest.MonkeyPatch, begun: bytes) -> None:
    monkeypatch.setattr(serve, "SILENT", 1)
    monkeypatch.setattr(serve, "MOST_CONNECTIONS", 6)
    with serving(room.root) as served, dawdling(served.port, 6, begun) as silent:
        assert served.browser().get(path_of("a")).status == 200, "there was no place for it before"
        assert is_closed(silent[0])


def test_who_does_not_read_the_answers_stops_nobody_else(served: Served) -> None:
    request = f"GET /static/htmx.min.js HTTP/1.1\r\nHost: 127.0.0.1:{served.port}\r\n\r\n".encode()
    with dawdling(served.port, 50, request * 100):
        assert served.browser().get(path_of("a")).status == 200


# A document that another program holds ------------------------------------------------------------------------------


def test_who_waits_too_long_tells_that_the_document_is_held() -> None:
    now = [0.0]
    waits = WaitLimit(5, 5, lambda: now[0])
    with waits.waiting("a"):
        now[0] = locking.HELD
        with waits.waiting("a"):
            pass
        now[0] += 0.1
        with pytest.raises(Busy), waits.waiting("a"):
            pass
        with waits.waiting("b"):
            pass
    with waits.waiting("a"):
        pass


def test_not_more_wait_than_may() -> None:
    waits = WaitLimit(2, 3)
    with waits.waiting("a"), waits.waiting("a"):
        with pytest.raises(Busy), waits.waiting("a"):
            pass
        with waits.waiting("b"):
            for document in ("a", "b", "c"):
                with pytest.raises(Busy), waits.waiting(document):
                    pass
    assert not waits._waiting, "nothing is kept of those who have gone"


@contextlib.contextmanager
def held(root: Path, document: str) -> Iterator[None]:
    """Another program that holds a document."""
    with locks.hold(root, "document", document):
        yield


def at_once(number: int, work: Callable[[], object]) -> list[threading.Thread]:
    threads = [threading.Thread(target=work) for _ in range(number)]
    for thread in threads:
        thread.start()
    return threads


def test_a_document_that_is_held_stops_nobody_else(
    room: Newsroom, served: Served, monkeypatch: pytest.MonkeyPatch
) -> None:
    asked, enter = threading.Semaphore(0), WaitLimit._enter

    def counted(self: WaitLimit, document: str, me: object) -> None:
        try:
            enter(self, document, me)
        finally:
            asked.release()

    monkeypatch.setattr(WaitLimit, "_enter", counted)
    monkeypatch.setattr(locking, "HELD", 1e9)  # until all have asked
    browser = served.browser("Ann")
    fields, other = {**fields_of(browser, 1), "action": "save"}, {**fields_of(browser, 0, "b"), "action": "save"}
    statuses: list[int] = []

    def save() -> None:
        statuses.append(Browser(served.port, cookies=dict(browser.cookies)).edit(**fields, text="Held.").status)

    with held(room.root, "a"):
        threads = at_once(40, save)
        assert all(asked.acquire(timeout=60) for _ in threads)
        monkeypatch.setattr(locking, "HELD", 0.0)
        assert browser.get(path_of("a")).status == 200
        answer = browser.edit(**fields, text="Kept <here>.")
        assert (answer.status, answer.headers["content-type"]) == (503, "text/plain; charset=utf-8")
        assert answer.text.startswith("Another program holds this document.")
        assert int(answer.headers["retry-after"]) > 0
        page = browser.post("/edit", {**fields, "text": "Kept <here>."})
        assert (page.status, "Kept &lt;here&gt;." in page.text) == (503, True)
        many = browser.post("/approve-shown", [(name, fields[name]) for name in ("document", "locale", "unit", "base")])
        assert many.status == 503
        assert browser.edit(**other, text="Free.").status == 200
        assert statuses == [503] * 16, "those who may wait for the document do so still, and nobody waited for them"
    for thread in threads:
        thread.join()
    assert statuses.count(200) + statuses.count(503) == 40, "those who waited were served when it was free"
    assert statuses.count(200) == 24
    assert text_of(room, "第一句。") == "Held."
