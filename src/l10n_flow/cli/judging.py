"""``status``: show the state of the translations."""

from __future__ import annotations

import sys
from collections.abc import Iterable, Sequence
from typing import TYPE_CHECKING

import click

from l10n_flow.cli import options
from l10n_flow.cli.exits import Exit
from l10n_flow.cli.output import err, finish, out, out_json, width

if TYPE_CHECKING:
    from l10n_flow.project import Failure, StatusRow


@click.command()
@options.documents
@options.locale
@click.option(
    "--format",
    "form",
    type=click.Choice(["text", "json", "csv", "markdown", "badge"]),
    default="text",
    help="The form of the output; badge: an SVG image.",
)
@click.option(
    "--sort",
    "by",
    default="document",
    type=click.Choice(["document", "locale", "units", "ready", "missing"]),
    help="The order of the rows; the least ready and the largest come first.",
)
@click.option(
    "--only",
    multiple=True,
    help="Only rows with such units (repeatable).",
    type=click.Choice(["not-ready", "untranslated", "needs-editing", "translated", "approved", "stale", "errors"]),
)
@click.option("--gate", is_flag=True, help="Fail (exit 1) when a locale is below its fail-under (100 by default).")
@click.option(
    "--fail-under", "under", multiple=True, metavar="ID=PERCENT", help="Fail (exit 1) when a locale is below."
)
@click.option("--todo", is_flag=True, help="List what needs a person, with links into the review page.")
@click.option("--all", "everything", is_flag=True, help="With --todo: every unit, not the first few of each document.")
def status(
    documents: tuple[str, ...], locales: tuple[str, ...], form: str, *, by: str, only: tuple[str, ...],
    under: tuple[str, ...], gate: bool, todo: bool, everything: bool,
) -> Exit:  # fmt: skip
    """Show how far each document is in each locale."""
    if todo:
        if gate or under:
            raise click.UsageError("--todo is a list, not a gate; leave --gate and --fail-under out")
        if form not in {"text", "json"}:
            raise click.UsageError(f"--todo is a list, and {form} a form of the table; use --format text or json")
        return _todo(documents, locales, form, everything=everything)
    if everything:
        raise click.UsageError("--all goes with --todo; the table has every document")
    from l10n_flow.project import gate as gate_of  # noqa: PLC0415
    from l10n_flow.project import thresholds  # noqa: PLC0415
    from l10n_flow.report import statuses  # noqa: PLC0415
    from l10n_flow.work import rows as of  # noqa: PLC0415
    from l10n_flow.work import status as use  # noqa: PLC0415

    project = options.here()
    limits = thresholds(project) if gate else {}
    limits |= dict(use.parse_threshold(text) for text in under)
    result = use.status(project, documents, locales, gate=bool(limits))
    failed = gate_of(project, result.rows, limits)
    shown = of.ordered(of.picked(result.rows, [of.Only(each) for each in only]), of.Order(by))
    if form == "json":
        out_json(statuses.status_json(shown))
    elif shown or not result.rows or form != "text":
        out(_table(shown, result.failures, form))
    else:
        err([f"of {len(result.rows):,} rows none has a unit that is {' or '.join(only)}"])
    err(statuses.error_lines(project, result.errors))
    err(statuses.gate_lines(failed))
    err(statuses.absent_lines(result.absent))
    err(statuses.branch_lines(result))
    return finish(result.failures, Exit.GATE if failed or result.errors or (limits and result.absent) else Exit.DONE)


def _table(rows: Sequence[StatusRow], failures: Sequence[Failure], form: str) -> Iterable[str]:
    from l10n_flow.report import status_table, statuses  # noqa: PLC0415
    from l10n_flow.work.rows import totals  # noqa: PLC0415

    match form:
        case "csv":
            return status_table.status_csv(statuses.status_json(rows)).split("\n")
        case "markdown":
            return status_table.status_markdown(rows, totals(rows))
        case "badge":
            return [status_table.status_badge(totals(rows))]
        case _:
            terminal = sys.stdout.isatty()
            return status_table.status_lines(rows, totals(rows), width=width(), bar=terminal, failures=failures)


def _todo(documents: tuple[str, ...], locales: tuple[str, ...], form: str, *, everything: bool) -> Exit:
    from l10n_flow.report.todo import todo_json, todo_lines  # noqa: PLC0415
    from l10n_flow.review.address import address_of  # noqa: PLC0415
    from l10n_flow.work.todo import NAMED, todo  # noqa: PLC0415

    project = options.here()
    result = todo(project, documents, locales, named=None if everything else NAMED)
    address = address_of(project)
    if form == "json":
        out_json(todo_json(result, address))
    else:
        out(todo_lines(result, address))
        if result.rows and not address:
            err(["links begin with the address that l10n-flow review prints"])
    return finish(result.failures)
