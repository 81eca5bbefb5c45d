"""What is printed: data to standard output, everything else to standard error."""

from __future__ import annotations

import os
import sys
from collections.abc import Callable, Iterable, Sequence
from typing import TYPE_CHECKING

import click

from l10n_flow.cli.exits import Exit

if TYPE_CHECKING:
    from l10n_flow.project import Failure


#: How many lines are written at once.
_BATCH = 500


def out(lines: Iterable[str]) -> None:
    """Data, line by line; many lines at once, for each call flushes."""
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
    """Everything else, line by line."""
    if not quiet:
        for line in lines:
            click.echo(line, err=True)


def out_json(data: object) -> None:
    """Data for programs."""
    import json  # noqa: PLC0415

    click.echo(json.dumps(data, ensure_ascii=False, indent=2))


def width() -> int:
    """How many columns there are: those of a terminal, 80 at least, and 80 in a pipe."""
    import shutil  # noqa: PLC0415

    return max(shutil.get_terminal_size().columns, 80) if sys.stdout.isatty() else 80


def colour() -> bool:
    """Whether to print in colours: on a terminal, unless NO_COLOR says otherwise."""
    return sys.stdout.isatty() and not os.environ.get("NO_COLOR")


def progress(*, quiet: bool) -> Callable[[int, int], None] | None:
    """A counter on a terminal's standard error; nothing in a pipe."""
    if quiet or not sys.stderr.isatty():
        return None

    def show(done: int, of: int) -> None:
        end = "\r\033[K" if done == of else ""
        click.echo(f"\r{done:,} of {of:,} documents{end}", err=True, nl=False)

    return show


def finish(failures: Sequence[Failure], code: Exit = Exit.DONE) -> Exit:
    """Tell what could not be done; the code to leave with."""
    from l10n_flow.errors import FaultError  # noqa: PLC0415
    from l10n_flow.report.tables import failure_lines  # noqa: PLC0415

    err(failure_lines(failures))
    if any(isinstance(failure.error, FaultError) for failure in failures):
        return Exit.FAULT
    return Exit.WRONG if failures else code
