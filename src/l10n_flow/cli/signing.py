"""``approve``, ``unapprove``, ``join`` and ``ignore``: edits of units in a person's name."""

from __future__ import annotations

from typing import TYPE_CHECKING

import click

from l10n_flow.cli import options
from l10n_flow.cli.exits import Exit
from l10n_flow.cli.output import err, finish, out, out_json

if TYPE_CHECKING:
    from l10n_flow.project import Project
    from l10n_flow.work.signing import SigningResult

_units = click.argument("targets", nargs=-1, required=True, metavar="UNIT...")
_targets = click.argument("targets", nargs=-1, required=True, metavar="DOCUMENT|UNIT...")


@click.command()
@_targets
@options.locale
@options.form
@click.option("--by", "name", metavar="NAME", help="The name of the reviewer (default: your login name).")
@click.option("--despite-errors", is_flag=True, help="Also the units in which the checks find an error.")
@options.verbosity
def approve(
    targets: tuple[str, ...], locales: tuple[str, ...], form: str, name: str | None, *,
    despite_errors: bool, quiet: bool, verbose: bool,
) -> Exit:  # fmt: skip
    """Approve the translations of documents, or of units by id; fuzzy, empty and wrong ones are refused."""
    from l10n_flow.work import signing  # noqa: PLC0415

    project = options.here()
    result = signing.approve(project, targets, locales, signing.reviewer(name), despite_errors=despite_errors)
    return _tell(project, result, "approved", form, quiet=quiet, verbose=verbose)


@click.command()
@_targets
@options.locale
@options.form
@click.option("--by", "name", metavar="NAME", help="Only the approvals of this name.")
@options.verbosity
def unapprove(
    targets: tuple[str, ...], locales: tuple[str, ...], form: str, name: str | None, *, quiet: bool, verbose: bool
) -> Exit:
    """Take back the approvals of documents, or of units by id."""
    from l10n_flow.work import signing  # noqa: PLC0415

    project = options.here()
    result = signing.unapprove(project, targets, locales, name)
    return _tell(project, result, "without approval", form, quiet=quiet, verbose=verbose)


@click.command()
@_units
@click.option("--locale", "locales", multiple=True, required=True, metavar="ID", help="In this locale (repeatable).")
@options.form
@click.option("--by", "name", metavar="NAME", help="Your name (default: your login name).")
@options.verbosity
def join(
    targets: tuple[str, ...], locales: tuple[str, ...], form: str, name: str | None, *, quiet: bool, verbose: bool
) -> Exit:
    """Mark units as translated together with the unit before them; they count as translated and are left out."""
    from l10n_flow.work import signing  # noqa: PLC0415

    project = options.here()
    result = signing.join(project, targets, locales, signing.reviewer(name))
    return _tell(project, result, "joined", form, quiet=quiet, verbose=verbose)


@click.command()
@click.argument("rule")
@_units
@options.locale
@options.form
@click.option("--reason", required=True, metavar="TEXT", help="Why the text is right.")
@options.verbosity
def ignore(
    rule: str, targets: tuple[str, ...], locales: tuple[str, ...], form: str, reason: str, *,
    quiet: bool, verbose: bool,
) -> Exit:  # fmt: skip
    """Ignore the findings of RULE for the present text of units."""
    from l10n_flow.work import signing  # noqa: PLC0415

    project = options.here()
    result = signing.ignore(project, rule, targets, locales, reason)
    return _tell(project, result, "marked", form, quiet=quiet, verbose=verbose)


def _tell(project: Project, result: SigningResult, verb: str, form: str, *, quiet: bool, verbose: bool) -> Exit:
    from l10n_flow.report import signing as report  # noqa: PLC0415

    if form == "json":
        out_json(report.signing_json(project, result))
    else:
        out(report.signing_lines(project, result, verb, verbose=verbose))
        err(report.finding_lines(project, result))
        out([report.sums(result, verb)] if not quiet else [])
        err(report.passed_over_lines(result), quiet=quiet)
    return finish(result.failures)
