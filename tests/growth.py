"""Whether work grows with its size and no faster, on any machine: processor times are compared, never asserted."""

import time
from collections.abc import Callable


def assert_linear(prepared: Callable[[int], Callable[[], object]], size: int, times: int = 8) -> None:
    """Work of one size costs what several times less does, so many times over; square work would cost that again.

    Args:
        prepared: makes the work of a size; only the work itself is timed.
        size: of the greater work.
        times: how much smaller the lesser one is.
    """

    def seconds(work: Callable[[], object]) -> float:
        start = time.process_time()
        work()
        return time.process_time() - start

    lesser, greater = (seconds(prepared(each)) for each in (size // times, size))  # once each: some work is cached
    assert greater < 3 * times * lesser + 0.3, f"{times} times the work took {greater / lesser:.0f} times as long"
