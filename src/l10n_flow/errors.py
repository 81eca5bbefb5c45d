"""The errors that wrong input of the user can cause: one root and few subclasses.

``str()`` of an error is the whole message for the user: place, problem, and remedy.
Each subclass also inherits from the builtin exception that a user of the library expects.
"""

from __future__ import annotations

from pathlib import Path


class L10nFlowError(Exception):
    """The root: wrong usage or wrong input, never an error of the program itself.

    Args:
        message: one sentence that ends with a remedy.
        path: the file, if any.
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
        shown = shown_path(self.path)
        where = f"{shown}:{self.line}" if self.line is not None else shown
        return f"{where}: {self.message}"


def shown_path(path: Path | str | None) -> str:
    """Return the path of an error: relative if it is below the working folder; "" without a path."""
    if path is None:
        return ""
    path = Path(path)
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
    """The program detected an error of its own and stopped before it did damage."""

    def __init__(self, message: str, *, path: Path | str | None = None, line: int | None = None) -> None:
        super().__init__(f"{message}. This is a fault of ours; please report it", path=path, line=line)
