"""Print: data to standard output, everything else to standard error."""

from __future__ import annotations

import os
import sys
from collections.abc import Callable, Iterable, Sequence
from typing import TYPE_CHECKING

import click

from l10n_flow.cli.exits import Exit

if TYPE_CHECKING:
    from l10n_flow.project import Failure


#: The number of lines that are written at once.
_BATCH = 500


def out(lines: Iterable[str]) -> None:
    """Print lines of data, many at once, because each call flushes."""
    batch: list[str] = []
    try:
        for line in lines:
            batch.append(line)
            if len(batch) == _BATCH:
                whole, batch = batch, []
                click.echo("\n".join(whole))
    finally:
        if batch:
            click.echo("\n".join(batch))


def err(lines: Iterable[str], *, quiet: bool = False) -> None:
    """Print lines that are not data."""
    if not quiet:
        for line in lines:
            click.echo(line, err=True)


def out_json(data: object) -> None:
    """Print data as JSON."""
    import json  # noqa: PLC0415

    click.echo(json.dumps(data, ensure_ascii=False, indent=2))


def width() -> int:
    """Return the number of columns: that of a terminal, but at least 80; 80 in a pipe."""
    import shutil  # noqa: PLC0415

    return max(shutil.get_terminal_size().columns, 80) if sys.stdout.isatty() else 80


def colour() -> bool:
    """Whether to print in colours: on a terminal, unless NO_COLOR is set."""
    return sys.stdout.isatty() and not os.environ.get("NO_COLOR")


def progress(*, quiet: bool) -> Callable[[int, int], None] | None:
    """Return a function that prints a counter to standard error; None when that is not a terminal."""
    if quiet or not sys.stderr.isatty():
        return None

    def show(done: int, of: int) -> None:
        end = "\r\033[K" if done == of else ""
        click.echo(f"\r{done:,} of {of:,} documents{end}", err=True, nl=False)

    return show


def finish(failures: Sequence[Failure], code: Exit = Exit.DONE) -> Exit:
    """Print the failures, and return the exit code."""
    from l10n_flow.errors import FaultError  # noqa: PLC0415
    from l10n_flow.report.tables import failure_lines  # noqa: PLC0415

    err(failure_lines(failures))
    if any(isinstance(failure.error, FaultError) for failure in failures):
        return Exit.FAULT
    return Exit.WRONG if failures else code
