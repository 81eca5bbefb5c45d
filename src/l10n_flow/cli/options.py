"""The arguments and options that many commands share."""

from __future__ import annotations

from collections.abc import Callable
from pathlib import Path
from typing import TYPE_CHECKING, TypeVar

import click

if TYPE_CHECKING:
    from l10n_flow.project import Project

_F = TypeVar("_F", bound=Callable[..., object])

documents = click.argument("documents", nargs=-1)
locale = click.option("--locale", "locales", multiple=True, metavar="ID", help="Only this locale (repeatable).")
form = click.option(
    "--format", "form", type=click.Choice(["text", "json"]), default="text", help="The form of the output."
)
quiet = click.option("-q", "--quiet", is_flag=True, help="Print only data and errors.")
verbose = click.option("-v", "--verbose", is_flag=True, help="Show every document and unit.")


def verbosity(command: _F) -> _F:
    """Add ``--quiet`` and ``--verbose`` to a command."""
    return quiet(verbose(command))


def here() -> Project:
    """Return the project of the working folder.

    Raises:
        ConfigError: when there is no project, or its configuration is wrong.
    """
    from l10n_flow.project import find_project  # noqa: PLC0415

    return find_project(Path.cwd())
