"""The lock of a document in a program with many threads.

Other programs get the lock too, however often this one takes it. And only some saves may wait for it: while another
program holds the lock, each save that waits takes a thread, until no thread is left to show a page.
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

#: Longer than filelock sleeps between two attempts (0.05 s), so that another program makes one in this time.
PAUSE = 0.06
#: How long this program may take the lock again and again with shorter pauses.
BUSY = 1.0
#: When a save has waited for so many seconds, further saves of the document are refused.
HELD = 2.0


@dataclass(eq=False, slots=True)
class _DocumentLock:
    """A document's lock: when it was last free for long enough, and last released, by ``time.monotonic``."""

    mutex: threading.Lock = field(default_factory=threading.Lock)
    rested: float = 0.0
    left: float = 0.0

    def rest(self) -> None:
        """Wait, if it is needed, so that another program can take the lock."""
        now = time.monotonic()
        missing = self.left + PAUSE - now
        if missing <= 0:
            self.rested = now
        elif now - self.rested > BUSY:
            time.sleep(missing)
            self.rested = time.monotonic()


class DocumentLocks:
    """The locks of a project's documents. Every method may be called from any thread."""

    def __init__(self, root: Path) -> None:
        self._root = root
        self._gate = threading.Lock()
        self._locks: defaultdict[str, _DocumentLock] = defaultdict(_DocumentLock)

    @contextmanager
    def writing(self, document: str) -> Iterator[None]:
        """Hold the lock of a document. Threads of this process wait for a mutex first, for the lock file is polled.

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


class Busy(Exception):  # noqa: N818  # not an error
    """Another program holds the document; nothing was done."""


class WaitLimit:
    """Counts the saves that wait, by document, and refuses too many. Every method may be called from any thread.

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
        """Count as one that waits for a document.

        Raises:
            Busy: when one of them has waited too long, or too many wait.
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
