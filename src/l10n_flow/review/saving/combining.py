"""A combining queue: many threads submit requests, and one thread at a time serves all that wait.

A thread that finds no leader becomes the leader: it takes all requests that wait, serves them as one batch, and names
the next leader. So no thread waits for more than two batches (Hendler et al., "Flat combining and the
synchronization-parallelism tradeoff", 2010).
"""

from __future__ import annotations

import threading
from collections.abc import Callable, Sequence
from dataclasses import dataclass, field
from typing import Generic, TypeVar

Ask = TypeVar("Ask")
Answer = TypeVar("Answer")


@dataclass(eq=False, slots=True)
class _Waiting(Generic[Ask, Answer]):
    """The requests of one thread. It waits for its answers, an error, or its turn as leader."""

    asks: Sequence[Ask]
    turn: threading.Event = field(default_factory=threading.Event)
    answers: Sequence[Answer] | None = None
    error: BaseException | None = None

    @property
    def served(self) -> bool:
        return self.answers is not None or self.error is not None


class Combining(Generic[Ask, Answer]):
    """A combining queue.

    Args:
        serve: answers a batch, in its order; never called by two threads at once. Every thread of the batch raises its
            exception; later threads are served.
    """

    def __init__(self, serve: Callable[[Sequence[Ask]], Sequence[Answer]]) -> None:
        self._serve = serve
        self._gate = threading.Lock()  # for the two fields below
        self._queue: list[_Waiting[Ask, Answer]] = []
        self._led = False

    def submit(self, *asks: Ask) -> Sequence[Answer]:
        """Submit requests and wait for their answers, in order; all are served in one batch."""
        mine: _Waiting[Ask, Answer] = _Waiting(asks)
        with self._gate:
            self._queue.append(mine)
            leads, self._led = not self._led, True
        if not leads:
            mine.turn.wait()
        if not mine.served:
            self._lead()
        if mine.error is not None:
            raise mine.error
        return mine.answers or ()

    def _lead(self) -> None:
        """Serve the requests that wait, name the next leader, and wake the threads, even after an error."""
        with self._gate:
            batch, self._queue = self._queue, []
        try:
            answers = iter(self._serve([ask for waiting in batch for ask in waiting.asks]))
            for waiting in batch:
                waiting.answers = [next(answers) for _ in waiting.asks]
        except BaseException as error:  # noqa: BLE001  # every thread of the batch raises it
            for waiting in batch:
                waiting.error = error
        with self._gate:
            if self._queue:
                self._queue[0].turn.set()
            else:
                self._led = False
        for waiting in batch:
            waiting.turn.set()
