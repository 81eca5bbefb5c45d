"""``history`` and ``restore`` of units, and ``releases``."""

from __future__ import annotations

import click

from l10n_flow.cli import options
from l10n_flow.cli.exits import Exit
from l10n_flow.cli.output import err, out, out_json


@click.command()
@click.argument("document")
@click.argument("unit", required=False)
@options.locale
@options.form
@options.quiet
def history(document: str, unit: str | None, locales: tuple[str, ...], form: str, *, quiet: bool) -> Exit:
    """Show the earlier texts of the units of DOCUMENT, or of one UNIT: who changed it, when, and to what."""
    from l10n_flow.report import history as report  # noqa: PLC0415
    from l10n_flow.work import history as work  # noqa: PLC0415

    project = options.here()
    found = work.history(project, document, unit, locales)
    if form == "json":
        out_json(report.history_json(found))
    else:
        out(report.history_lines(found))
    err(report.damage_lines(project, found))
    err(filter(None, [report.nothing_known(found)]), quiet=quiet)
    return Exit.DONE


@click.command()
@click.argument("document")
@click.argument("unit")
@click.option("--locale", required=True, metavar="ID", help="In this locale.")
@click.option(
    "--version", "number", type=click.IntRange(min=1), default=1, show_default=True, metavar="N",
    help="The number of the version in history: 1 is the one before the present.",
)  # fmt: skip
@click.option("--by", "name", metavar="NAME", help="Your name (default: your login name).")
@options.form
@options.quiet
def restore(document: str, unit: str, locale: str, *, number: int, name: str | None, form: str, quiet: bool) -> Exit:
    """Restore an earlier text of a UNIT, with its state; history keeps the replaced one."""
    from l10n_flow.report import history as report  # noqa: PLC0415
    from l10n_flow.work import history as work  # noqa: PLC0415
    from l10n_flow.work.signing import reviewer  # noqa: PLC0415

    done = work.restore(options.here(), document, unit, locale, number=number, name=reviewer(name))
    if form == "json":
        out_json(report.restored_json(done, unit))
    else:
        out([report.restored_line(done, unit)] if not quiet else [])
    return Exit.DONE


@click.command()
@click.argument("targets", nargs=-1, metavar="[DOCUMENT|UNIT]...")
@options.locale
@click.option("--on", "day", metavar="DAY", help="What was published at the end of this day (UTC), such as 2026-11-27.")
@options.form
def releases(targets: tuple[str, ...], locales: tuple[str, ...], day: str | None, form: str) -> Exit:
    """Show what was published when, or the texts of documents and units in the releases."""
    from l10n_flow.report import releases as report  # noqa: PLC0415
    from l10n_flow.report.excerpts import printable  # noqa: PLC0415
    from l10n_flow.work.releases import releases as run  # noqa: PLC0415

    result = run(options.here(), targets, locales, day=day)
    if form == "json":
        out_json(report.releases_json(result))
    else:
        out(report.text_lines(result) if targets else report.release_lines(result))
    err(f"error: {printable(str(error))}" for error in result.failures)
    return Exit.WRONG if result.failures else Exit.DONE
