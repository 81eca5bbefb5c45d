"""Connections that would keep others out: those that never finish a request, and too many of one address.

Waitress (3.0) knows how many connections there may be in all, and accepts none beyond; and how long one may be silent,
but not how long a request may take to arrive. So five hundred that send a byte now and then are all it serves.
"""

from __future__ import annotations

import time
from collections import Counter
from typing import Any

from waitress.channel import HTTPChannel
from waitress.task import ErrorTask

from l10n_flow.review.server.headers import HEADERS
from l10n_flow.review.server.throttle import network

#: Connections at once; one more, and another has to go.
MOST = 480
#: Seconds in which a request has to arrive, head and body; a slow network before it is a proxy's business.
ARRIVAL = 30.0
#: Requests of one connection that wait for their turn; no browser sends the next before it has the answer to the last.
WAITING = 8
#: Bytes of an answer that wait for a slow reader before the main thread takes over.
_BACKLOG = 1_000_000


class _ErrorTask(ErrorTask):  # type: ignore[misc]
    """What waitress answers by itself (a request too large, or none at all) is as guarded as our own answers."""

    def execute(self) -> None:
        self.response_headers.extend(HEADERS.items())
        super().execute()


class Channel(HTTPChannel):  # type: ignore[misc]
    """A connection that has to give way when it keeps others out."""

    error_task_class = _ErrorTask

    def __init__(self, *arguments: Any, **options: Any) -> None:
        #: Since when it has had nothing to answer, and since when a request arrives; of ``time.monotonic``.
        self.waits = self.begun = time.monotonic()
        super().__init__(*arguments, **options)
        _make_room([each for each in self.server.active_channels.values() if not each.will_close])

    def writable(self) -> bool:
        """Leave an answer to the thread that makes it; else the main thread spins, waiting for it to be sent."""
        if self.will_close and not self.requests:
            self.handle_close()  # at once: waitress would wait until the other side reads
            return False
        under_way = self.requests and not (self.will_close or self.close_when_flushed)
        if under_way and self.total_outbufs_len < _BACKLOG:
            return False
        return bool(super().writable())

    def received(self, data: bytes) -> bool:
        """Take what has come. One that is silent meanwhile is ended by waitress (``channel_timeout``)."""
        if self.request is None:
            self.begun = time.monotonic()
        taken = bool(super().received(data))
        if self.request is not None and time.monotonic() - self.begun > ARRIVAL:
            self.will_close = True
        if len(self.requests) > WAITING:  # each answer would be kept for one who may never read it
            with self.requests_lock:
                del self.requests[1:]
            self.will_close = True
        return taken

    def service(self) -> None:
        super().service()
        self.waits = time.monotonic()


def _make_room(channels: list[Channel]) -> None:
    """When there are too many, end one of the address that has most: the one that has kept us waiting longest.

    So whoever fills all places takes them from themself; and where all come from one address (the machine's own, a
    proxy's), requests that arrive at once find a place, for the slow ones leave theirs.
    """
    if len(channels) <= MOST:
        return
    idle = [each for each in channels if not each.requests]
    places = Counter(network(each.addr[0]) for each in channels)
    if idle:
        max(idle, key=lambda each: (places[network(each.addr[0])], -each.waits)).will_close = True
