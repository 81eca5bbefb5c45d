"""What can go wrong through the user's input: one root, few subclasses.

``str()`` of an error is the whole message a user reads: where, what, and what to do.
Each subclass is also the builtin a library user would expect to catch.
"""

from __future__ import annotations

from pathlib import Path


class L10nFlowError(Exception):
    """The root: wrong usage or wrong input, never a fault of the program.

    Args:
        message: one sentence, ending in what to do about it.
        path: the file it is about, if any.
        line: the 1-based line in that file, if known.
    """

    def __init__(self, message: str, *, path: Path | str | None = None, line: int | None = None) -> None:
        super().__init__(message)
        self.message = message
        self.path = path
        self.line = line

    def __str__(self) -> str:
        if self.path is None:
            return self.message
        shown = shown_path(self)
        where = f"{shown}:{self.line}" if self.line is not None else shown
        return f"{where}: {self.message}"


def shown_path(error: L10nFlowError) -> str:
    """The path of an error as the user would type it: relative where it lies below the working folder; "" without."""
    if error.path is None:
        return ""
    path = Path(error.path)
    try:
        return str(path.relative_to(Path.cwd()))
    except (ValueError, OSError):
        return str(path)


class ConfigError(L10nFlowError, ValueError):
    """The configuration, the overrides or the termbase contain something invalid."""


class SourceError(L10nFlowError, ValueError):
    """A source document cannot be read as text."""


class CatalogueError(L10nFlowError, ValueError):
    """A catalogue is not well-formed PO, or cannot be merged without losing something."""


class ConversionError(L10nFlowError, LookupError):
    """A conversion that does not exist was asked for."""


class BuildError(L10nFlowError, OSError):
    """The build folder cannot be written."""


class FaultError(L10nFlowError, AssertionError):
    """The program was about to break a promise of its own and has stopped before."""

    def __init__(self, message: str, *, path: Path | str | None = None, line: int | None = None) -> None:
        super().__init__(f"{message}. This is a fault of ours; please report it", path=path, line=line)
