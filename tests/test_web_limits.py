"""What keeps others out of the review page: connections that never finish, documents that another program holds."""

from __future__ import annotations

import contextlib
import socket
import threading
import time
from collections.abc import Callable, Iterator
from pathlib import Path
from types import SimpleNamespace

import pytest

from conftest import Newsroom
from l10n_flow import files
from l10n_flow.review.server import connections, queues
from l10n_flow.review.server.queues import Busy, Queues
from served import Browser, Served, path_of, synced
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


@pytest.mark.parametrize("begun", [b"G", b"GET / HTTP/1.1\r\nHost: a\r\n", POST], ids=["method", "head", "body"])
def test_a_request_has_to_arrive_in_time(served: Served, monkeypatch: pytest.MonkeyPatch, begun: bytes) -> None:
    monkeypatch.setattr(connections, "ARRIVAL", 0.3)
    with dawdling(served.port, 1, begun) as (connection,):
        for _ in range(200):
            try:
                connection.sendall(b"a")  # never silent
            except OSError:
                break
            if is_closed(connection, 0.05):
                break
        else:
            pytest.fail("the server still waits for the rest")


def test_one_request_after_another_may_take_longer(served: Served, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(connections, "ARRIVAL", 0.3)
    request = f"GET /static/icon.svg HTTP/1.1\r\nHost: 127.0.0.1:{served.port}\r\n\r\n".encode()
    with dawdling(served.port, 1, b"") as (connection,):
        for _ in range(4):
            time.sleep(0.15)
            connection.sendall(request)
            answer = b""
            while not answer.endswith(b"</svg>\n"):
                answer += connection.recv(65_536)
            assert answer.startswith(b"HTTP/1.1 200")


def test_many_requests_in_one_go_are_not_answered(served: Served) -> None:
    """Each answer would be kept in memory for one who may never read it."""
    request = f"GET /static/htmx.min.js HTTP/1.1\r\nHost: 127.0.0.1:{served.port}\r\n\r\n".encode()
    with dawdling(served.port, 1, request * 100) as (connection,):
        answer = b""
        with contextlib.suppress(OSError):
            while got := connection.recv(65_536):
                answer += got
        assert answer.count(b"HTTP/1.1 200") < 20
    assert served.stranger().get("/static/icon.svg").status == 200


def test_those_who_never_finish_leave_their_place(served: Served, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(connections, "MOST", 6)
    browser = served.browser()
    with dawdling(served.port, 9, b"GET / HT") as slow:
        assert browser.get("/").status == 200
        assert is_closed(slow[0])
        assert not is_closed(slow[-1], 0.2), "the last that came may still finish"
        assert browser.get(path_of("a")).status == 200


def channel(address: str, waits: float, *, busy: bool = False) -> SimpleNamespace:
    return SimpleNamespace(addr=(address, 1), waits=waits, requests=[1] * busy, will_close=False)


@pytest.mark.parametrize(
    ("found", "gone"),
    [
        ([("hog", 3, False), ("hog", 2, False), ("guest", 1, False)], 1),  # of the hog, though the guest waits longer
        ([("hog", 1, True), ("hog", 2, False), ("guest", 0, False)], 1),  # whose request is being answered stays
        ([("hog", 1, True), ("hog", 2, True), ("guest", 0, False)], 2),
        ([("hog", 1, True), ("hog", 2, True), ("guest", 0, True)], None),
        ([("hog", 1, False), ("guest", 0, False)], None),  # there is room
    ],
)
def test_who_has_to_go(monkeypatch: pytest.MonkeyPatch, found: list[tuple[str, float, bool]], gone: int | None) -> None:
    monkeypatch.setattr(connections, "MOST", 2)
    channels = [channel(address, waits, busy=busy) for address, waits, busy in found]
    connections._make_room(channels)  # type: ignore[arg-type]
    assert [each.will_close for each in channels] == [place == gone for place in range(len(channels))]


# A document that another program holds ------------------------------------------------------------------------------


def test_who_waits_too_long_tells_that_the_document_is_held() -> None:
    now = [0.0]
    waits = Queues(5, 5, lambda: now[0])
    with waits.waiting("a"):
        now[0] = queues.HELD
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
    waits = Queues(2, 3)
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
    with files.lock(root, "document", document):
        yield


def at_once(number: int, work: Callable[[], object]) -> list[threading.Thread]:
    threads = [threading.Thread(target=work) for _ in range(number)]
    for thread in threads:
        thread.start()
    return threads


def test_a_document_that_is_held_stops_nobody_else(
    room: Newsroom, served: Served, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(queues, "HELD", 0.3)
    browser = served.browser("Ann")
    fields, other = {**fields_of(browser, 1), "action": "save"}, {**fields_of(browser, 0, "b"), "action": "save"}
    statuses: list[int] = []

    def save() -> None:
        statuses.append(Browser(served.port, cookies=dict(browser.cookies)).edit(**fields, text="Held.").status)

    with held(room.root, "a"):
        threads = at_once(40, save)
        time.sleep(0.6)
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
        assert len(statuses) <= 16, "those who may wait for the document do so still, and nobody waited for them"
    for thread in threads:
        thread.join()
    assert statuses.count(200) + statuses.count(503) == 40, "those who waited were served when it was free"
    assert statuses.count(200) == 24
    assert text_of(room, "第一句。") == "Held."
