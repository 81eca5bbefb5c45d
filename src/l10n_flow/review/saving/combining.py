"""Many threads ask, one at a time serves all who wait: a combining queue.

Whoever finds nobody leading leads: takes all that wait, serves them as one batch, and hands the lead on. So nobody
waits for more than two batches, however many ask (Hendler et al., "Flat combining and the synchronization-parallelism
tradeoff", 2010).
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
    """What one thread asks, and what it waits for: its answers, an error, or to be the next leader."""

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
        serve: answers a batch, in its order; never called by two threads at once. What it raises reaches every
            thread of the batch, and those after it are served.
    """

    def __init__(self, serve: Callable[[Sequence[Ask]], Sequence[Answer]]) -> None:
        self._serve = serve
        self._gate = threading.Lock()  # over the two below
        self._queue: list[_Waiting[Ask, Answer]] = []
        self._led = False

    def submit(self, *asks: Ask) -> Sequence[Answer]:
        """Ask, and return when all is answered, in order; what is asked together is served in one batch."""
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
        """Serve what waits, hand the lead on, and wake those who were served, whatever happens."""
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
