"""A document's lock for a program of many threads that holds it again and again, without starving other programs."""

from __future__ import annotations

import threading
import time
from collections import defaultdict
from collections.abc import Iterator
from contextlib import contextmanager
from dataclasses import dataclass, field
from pathlib import Path

from l10n_flow import locks

#: Longer than filelock sleeps between two looks at a lock that is held (0.05 s), so that one of them falls in it.
PAUSE = 0.06
#: How long the lock may be held with shorter breaks than that.
BUSY = 1.0


@dataclass(eq=False, slots=True)
class _Turn:
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


class Turns:
    """The locks of a project's documents; every method may be called from any thread."""

    def __init__(self, root: Path) -> None:
        self._root = root
        self._gate = threading.Lock()
        self._turns: defaultdict[str, _Turn] = defaultdict(_Turn)

    @contextmanager
    def writing(self, document: str) -> Iterator[None]:
        """Hold a document's lock; threads of this process queue first, for the lock of a file is polled.

        Raises:
            L10nFlowError: as ``locks.hold``.
        """
        with self._gate:
            turn = self._turns[document]
        with turn.mutex:
            turn.rest()
            try:
                with locks.hold(self._root, "document", document):
                    yield
            finally:
                turn.left = time.monotonic()
