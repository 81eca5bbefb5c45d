"""What was published when: ``releases``."""

from __future__ import annotations

import click

from l10n_flow.cli import options
from l10n_flow.cli.exits import Exit
from l10n_flow.cli.output import err, out, out_json


@click.command()
@click.argument("targets", nargs=-1, metavar="[DOCUMENT|UNIT]...")
@options.locale
@click.option("--on", "day", metavar="DAY", help="What was published when this day ended (UTC), such as 2026-11-27.")
@options.form
def releases(targets: tuple[str, ...], locales: tuple[str, ...], day: str | None, form: str) -> Exit:
    """Tell what was published when, or what documents and units said in the releases."""
    from l10n_flow.report import releases as report  # noqa: PLC0415
    from l10n_flow.report.excerpts import printable  # noqa: PLC0415
    from l10n_flow.work.releases import releases as run  # noqa: PLC0415

    result = run(options.here(), targets, locales, day=day)
    if form == "json":
        out_json(report.releases_json(result))
    else:
        out(report.said_lines(result) if targets else report.release_lines(result))
    err(f"error: {printable(str(error))}" for error in result.failures)
    return Exit.WRONG if result.failures else Exit.DONE
