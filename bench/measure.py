"""Measure one process: its CPU seconds, its wall time, its peak memory."""

from __future__ import annotations

import os
import statistics
import subprocess
import sys
import time
from collections.abc import Container, Iterable, Sequence
from dataclasses import dataclass
from pathlib import Path

#: Python writes compiled modules, as on a user's machine; pip compiled the peers when it installed them.
_ENVIRONMENT = {name: value for name, value in os.environ.items() if name != "PYTHONDONTWRITEBYTECODE"}


@dataclass(frozen=True, slots=True)
class Usage:
    """The cost of processes: CPU seconds (user and system), wall seconds, and the highest peak memory in MB."""

    cpu: float
    wall: float
    peak: float


def run(
    command: Sequence[str], folder: Path, source: Path | None = None, codes: Container[int] = frozenset({0})
) -> Usage:
    """Run a process in a folder and measure it and the children it waited for.

    Args:
        command: the command.
        folder: the working folder.
        source: the file for standard input.
        codes: the exit codes that mean success.

    Raises:
        RuntimeError: when it fails, with its output.
    """
    started = time.perf_counter()
    with (folder / "said.txt").open("w+b") as said, Path(source or os.devnull).open("rb") as given:
        process = subprocess.Popen(command, cwd=folder, env=_ENVIRONMENT, stdin=given, stdout=said, stderr=said)
        _, status, used = os.wait4(process.pid, 0)
        wall = time.perf_counter() - started
        process.returncode = os.waitstatus_to_exitcode(status)
        said.seek(0)
        if process.returncode not in codes:
            raise RuntimeError(f"{' '.join(command)}: exit code {process.returncode}\n{said.read().decode()[-2000:]}")
    kilobyte = 1 if sys.platform == "darwin" else 1024
    return Usage(used.ru_utime + used.ru_stime, wall, used.ru_maxrss * kilobyte / 1e6)


def total(steps: Iterable[Usage]) -> Usage:
    """Add up processes that ran one after the other: the sum of their times, the highest of their peaks."""
    done = list(steps)
    return Usage(sum(one.cpu for one in done), sum(one.wall for one in done), max(one.peak for one in done))


def median(rounds: Sequence[Usage]) -> Usage:
    """Return the median of each figure over several rounds."""
    return Usage(
        statistics.median(one.cpu for one in rounds),
        statistics.median(one.wall for one in rounds),
        statistics.median(one.peak for one in rounds),
    )
