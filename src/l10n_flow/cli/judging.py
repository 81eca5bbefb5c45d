"""How far the translations are: ``status``."""

from __future__ import annotations

import sys

import click

from l10n_flow.cli import options
from l10n_flow.cli.exits import Exit
from l10n_flow.cli.output import err, finish, out, out_json


@click.command()
@options.documents
@options.locale
@options.form
@click.option("--gate", is_flag=True, help="Fail (exit 1) when a locale is below its fail-under (100 by default).")
@click.option(
    "--fail-under", "under", multiple=True, metavar="ID=PERCENT", help="Fail (exit 1) when a locale is below."
)
@click.option("--todo", is_flag=True, help="List what needs a person, with links into the review page.")
@click.option("--all", "everything", is_flag=True, help="With --todo: every unit, not the first few of each document.")
def status(
    documents: tuple[str, ...], locales: tuple[str, ...], form: str, under: tuple[str, ...], *,
    gate: bool, todo: bool, everything: bool,
) -> Exit:  # fmt: skip
    """Show how far each document is in each locale."""
    if todo:
        if gate or under:
            raise click.UsageError("--todo is a list, not a gate; leave --gate and --fail-under out")
        return _todo(documents, locales, form, everything=everything)
    if everything:
        raise click.UsageError("--all goes with --todo; the table has every document")
    from l10n_flow.project import gate as gate_of  # noqa: PLC0415
    from l10n_flow.project import thresholds  # noqa: PLC0415
    from l10n_flow.report import statuses  # noqa: PLC0415
    from l10n_flow.work import status as use  # noqa: PLC0415

    project = options.here()
    limits = thresholds(project) if gate else {}
    limits |= dict(use.parse_threshold(text) for text in under)
    result = use.status(project, documents, locales, gate=bool(limits))
    failed = gate_of(project, result.rows, limits)
    if form == "json":
        out_json(statuses.status_json(result.rows))
    else:
        out(statuses.status_lines(result.rows, bar=sys.stdout.isatty(), failures=result.failures))
    err(statuses.error_lines(project, result.errors))
    err(statuses.gate_lines(failed))
    err(statuses.absent_lines(result.absent))
    err(statuses.branch_lines(result))
    return finish(result.failures, Exit.GATE if failed or result.errors or (limits and result.absent) else Exit.DONE)


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
