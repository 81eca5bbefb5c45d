"""Who may wait for a document: not all threads of the server, for others want to read.

A save waits until its document's lock is free. When another program keeps it, every further save of it would take one
more thread, until none were left to show a page.
"""

from __future__ import annotations

import threading
import time
from collections.abc import Callable, Iterator
from contextlib import contextmanager

#: Seconds after which a save that still waits tells that its document is held.
HELD = 2.0


class Busy(Exception):  # noqa: N818  # no error of anybody's
    """The document is held; nothing was done."""


class Queues:
    """Those who wait, by document; every method may be called from any thread.

    Args:
        each, most: how many may wait at once for one document, and for all together.
    """

    def __init__(self, each: int, most: int, clock: Callable[[], float] = time.monotonic) -> None:
        self._each = each
        self._most = most
        self._clock = clock
        self._lock = threading.Lock()
        self._waiting: dict[str, dict[object, float]] = {}

    @contextmanager
    def waiting(self, document: str) -> Iterator[None]:
        """Be among those who wait for a document.

        Raises:
            Busy: when one of them has waited too long already, or there are too many.
        """
        me = object()
        with self._lock:
            self._enter(document, me)
        try:
            yield
        finally:
            with self._lock:
                del self._waiting[document][me]
                if not self._waiting[document]:
                    del self._waiting[document]

    def _enter(self, document: str, me: object) -> None:
        now = self._clock()
        others = self._waiting.get(document, {})
        if now - min(others.values(), default=now) > HELD or len(others) >= self._each:
            raise Busy
        if sum(map(len, self._waiting.values())) >= self._most:
            raise Busy
        self._waiting.setdefault(document, {})[me] = now
