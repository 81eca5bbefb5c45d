"""Run a child process in which one system call fails, or which is killed at that call."""

from __future__ import annotations

import builtins
import errno
import io
import os
import random
import signal
import time
from collections.abc import Callable
from dataclasses import dataclass
from pathlib import Path
from typing import Any

#: The faults at a call: the process is killed before it, or the call fails.
DIES = "dies"
KINDS = (DIES, "ENOSPC", "EIO", "EACCES")


@dataclass
class Calls:
    """Count the system calls on a folder, and make one of them fail.

    Attributes:
        at: the number of the failing call; 0 for none.
        kind: one of ``KINDS``.
    """

    root: Path
    at: int = 0
    kind: str = DIES
    number: int = 0

    def one(self) -> None:
        self.number += 1
        if self.number != self.at:
            return
        if self.kind == DIES:
            os.kill(os.getpid(), signal.SIGKILL)
        code = getattr(errno, self.kind)
        raise OSError(code, os.strerror(code))

    def counted(self, function: Callable[..., Any]) -> Callable[..., Any]:
        def call(first: Any, *more: Any, **named: Any) -> Any:
            if isinstance(first, int) or str(self.root) in os.fspath(first):
                self.one()
            return function(first, *more, **named)

        return call

    def install(self) -> None:
        """Wrap the functions of this process; this cannot be undone."""
        for name in ("open", "fsync", "replace", "rename", "link", "unlink", "mkdir", "rmdir"):
            setattr(os, name, self.counted(getattr(os, name)))
        calls, opened = self, builtins.open

        class Written(io.FileIO):
            def write(self, data: Any) -> int:
                calls.one()
                return super().write(data)

        def stream(descriptor: int, mode: str = "r", buffering: int = -1, **named: Any) -> Any:
            if "b" not in mode or mode == "rb":
                return opened(descriptor, mode, buffering, **named)
            raw = Written(descriptor, mode.replace("b", ""))
            return raw if buffering == 0 else io.BufferedWriter(raw)

        def open_file(name: Any, mode: str = "r", *more: Any, **named: Any) -> Any:
            if mode != "wb" or isinstance(name, int) or str(self.root) not in os.fspath(name):
                return opened(name, mode, *more, **named)
            self.one()
            return io.BufferedWriter(Written(name, "w"))

        os.fdopen = stream
        builtins.open = open_file


@dataclass(frozen=True)
class Ended:
    """The end of a child: its exit code (None when killed), its output, and the number of its calls."""

    code: int | None
    out: str
    calls: int
    seconds: float


def child(work: Callable[[Callable[[str], None]], int], calls: Calls, after: float | None = None) -> Ended:
    """Run a function in a child process.

    Args:
        work: the function; returns the exit code. Its argument prints a line at once, so that it is read after a kill.
        calls: decides which call fails.
        after: the seconds after which the child is killed.
    """
    reading, writing = os.pipe()
    begun = time.monotonic()
    pid = os.fork()
    if pid == 0:
        code = 70
        try:
            os.close(reading)
            os.dup2(writing, 1)
            os.dup2(writing, 2)
            os.environ.pop("L10N_FLOW_DEBUG", None)
            tell = lambda line: os.write(writing, f"{line}\n".encode())  # noqa: E731
            random.seed(0)
            calls.install()
            code = work(tell)
            tell(f"calls {calls.number}")
        finally:
            os._exit(code)
    os.close(writing)
    if after is not None:
        time.sleep(after)
        os.kill(pid, signal.SIGKILL)
    with os.fdopen(reading, "rb") as stream:
        out = stream.read().decode("utf-8", "replace")
    _, status = os.waitpid(pid, 0)
    made = [int(line.removeprefix("calls ")) for line in out.splitlines() if line.startswith("calls ")]
    code = os.waitstatus_to_exitcode(status)
    return Ended(None if code < 0 else code, out, made[-1] if made else 0, time.monotonic() - begun)
