"""Measure the review page under load: ``python bench/review.py [--units N …] [--clients N] [--saves N]``.

docs/review.md explains the figures. The server is a process of its own, started with ``l10n-flow review``.
"""

from __future__ import annotations

import argparse
import statistics
import sys
import tempfile
import time
from collections.abc import Callable
from contextlib import closing
from pathlib import Path

from review_load import Client, crowd, found, make_project, serving, texts

#: The goals: for each number of units the median time of a save in milliseconds.
TARGETS = {500: 50.0, 5_000: 250.0}
CLIENTS, SAVES = 20, {500: 25, 5_000: 50}
_WARM = 7


def main() -> None:
    options = _options()
    print(f"{options.clients} clients save at once, each in a session of its own; wall times in milliseconds\n")
    good = True
    for units in options.units:
        with tempfile.TemporaryDirectory(prefix="l10n-flow-load-") as name:
            root = Path(name)
            make_project(root, units)
            print(f"{len(texts(root)):,} units")
            _opening(root)
            saves = options.saves or SAVES.get(units, 25)
            good = _saving(root, options.clients, saves, TARGETS.get(units)) and good
            good = _killed(root, options.clients, saves) and good
    sys.exit(not good)


def _options() -> argparse.Namespace:
    parser = argparse.ArgumentParser(description=__doc__)
    parser.add_argument("--units", type=int, nargs="+", default=sorted(TARGETS))
    parser.add_argument("--clients", type=int, default=CLIENTS)
    parser.add_argument("--saves", type=int, default=0, help="of each client (default: 25, and 50 on 5,000 units)")
    return parser.parse_args()


def _opening(root: Path) -> None:
    started = time.perf_counter()
    with serving(root) as server, closing(Client(server, "Ann")) as client:
        began = (time.perf_counter() - started) * 1000
        times, page = zip(*(_timed(lambda: client.get("/d/a?locale=en")) for _ in range(1 + _WARM)), strict=True)
        warm = statistics.median(times[1:])
        print(f"  server up and client in {began:.0f}; article opens cold {times[0]:.0f}, warm {warm:.0f}", end="")
        print(f"; {len(page[0]):,} bytes; {server.peak():.0f} MB")


def _timed(do: Callable[[], bytes]) -> tuple[float, bytes]:
    started = time.perf_counter()
    done = do()
    return (time.perf_counter() - started) * 1000, done


def _saving(root: Path, clients: int, saves: int, target: float | None) -> bool:
    with serving(root) as server, crowd(server, clients) as everybody:
        before, started = server.cpu(), time.perf_counter()
        everybody.run(saves)
        seconds, cpu, peak = time.perf_counter() - started, server.cpu() - before, server.peak()
    saved = everybody.saved
    walls = sorted(one.wall for one in saved)
    median, high = statistics.median(walls), walls[int(len(walls) * 0.95)]
    told = f" (target {target:.0f}: {'met' if median <= target else 'MISSED'})" if target else ""
    print(f"  a save's answer: median {median:.1f}{told}, 95th percentile {high:.1f}, longest {walls[-1]:.0f}", end="")
    print(f"; {len(saved) / seconds:.0f} saves a second; CPU {cpu / len(saved) * 1000:.2f} a save; peak {peak:.0f} MB")
    kept = found(root, saved)
    print(f"  acknowledged {len(saved):,}, in the PO file {kept:,}; refused {len(everybody.refused)}")
    asked = clients * saves
    if len(saved) < asked:
        print(f"  FAILED: {asked:,} saves were asked for, and {len(saved):,} acknowledged")
    return kept == len(saved) == asked and not everybody.refused and (target is None or median <= target)


def _killed(root: Path, clients: int, saves: int) -> bool:
    with serving(root) as server, crowd(server, clients) as everybody:

        def kill() -> None:
            everybody.wait_for(clients * saves // 2)
            server.process.kill()

        # No client finishes before half of all saves are done.
        everybody.run(saves, meanwhile=kill)
    saved = everybody.saved
    kept = found(root, saved)
    print(f"  kill -9 in the middle: acknowledged {len(saved):,}, in the PO file {kept:,}\n")
    return kept == len(saved)


if __name__ == "__main__":
    main()
