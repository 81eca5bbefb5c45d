"""The exit codes (docs/commands.md)."""

from enum import IntEnum


class Exit(IntEnum):
    """How a run ended."""

    DONE = 0
    GATE = 1
    WRONG = 2
    FAULT = 3
    INTERRUPTED = 130
