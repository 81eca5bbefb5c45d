"""The lock of a document in a program of many threads: it starves no other program, and few may wait for it.

A save waits until its document's lock is free. When another program keeps it, every further save of it would take one
more thread, until none were left to show a page.
"""

from __future__ import annotations

import threading
import time
from collections import defaultdict
from collections.abc import Callable, Iterator
from contextlib import contextmanager
from dataclasses import dataclass, field
from pathlib import Path

from l10n_flow import locks

#: Longer than filelock sleeps between two looks at a lock that is held (0.05 s), so that one of them falls in it.
PAUSE = 0.06
#: How long the lock may be held with shorter breaks than that.
BUSY = 1.0
#: Seconds after which a save that still waits tells that its document is held.
HELD = 2.0


@dataclass(eq=False, slots=True)
class _DocumentLock:
    """Of one document, by ``time.monotonic``: when its lock was last free for long enough, and when it was left."""

    mutex: threading.Lock = field(default_factory=threading.Lock)
    rested: float = 0.0
    left: float = 0.0

    def rest(self) -> None:
        """Wait, if it is time to, until another program has had its chance."""
        now = time.monotonic()
        missing = self.left + PAUSE - now
        if missing <= 0:
            self.rested = now
        elif now - self.rested > BUSY:
            time.sleep(missing)
            self.rested = time.monotonic()


class DocumentLocks:
    """The locks of a project's documents; every method may be called from any thread."""

    def __init__(self, root: Path) -> None:
        self._root = root
        self._gate = threading.Lock()
        self._locks: defaultdict[str, _DocumentLock] = defaultdict(_DocumentLock)

    @contextmanager
    def writing(self, document: str) -> Iterator[None]:
        """Hold a document's lock; threads of this process queue first, for the lock of a file is polled.

        Raises:
            L10nFlowError: as ``locks.hold``.
        """
        with self._gate:
            lock = self._locks[document]
        with lock.mutex:
            lock.rest()
            try:
                with locks.hold(self._root, "document", document):
                    yield
            finally:
                lock.left = time.monotonic()


class Busy(Exception):  # noqa: N818  # no error of anybody's
    """The document is held; nothing was done."""


class WaitLimit:
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
