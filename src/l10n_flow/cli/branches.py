"""``merge-driver``, which git calls to merge a file, and ``resolve``, which handles the remaining conflicts."""

from __future__ import annotations

from pathlib import Path

import click

from l10n_flow.cli import options
from l10n_flow.cli.exits import Exit
from l10n_flow.cli.output import err, finish, out, out_json


@click.command("merge-driver")
@click.argument("base", type=click.Path())
@click.argument("ours", type=click.Path())
@click.argument("theirs", type=click.Path())
@click.argument("name")
def merge_driver(base: str, ours: str, theirs: str, name: str) -> Exit:
    """Merge three versions of a file into OURS: what git runs (init --git sets it up)."""
    from l10n_flow.report import branches as report  # noqa: PLC0415
    from l10n_flow.work.merging import merge_files  # noqa: PLC0415

    merging = merge_files(Path(base), Path(ours), Path(theirs), name)
    err(report.merging_lines(merging))
    return Exit.DONE if merging.clean else Exit.GATE


@click.command()
@click.argument("targets", nargs=-1, metavar="[FILE...|UNIT]")
@options.locale
@click.option("--take", "number", type=click.IntRange(min=1), metavar="N", help="Save this text of UNIT, as listed.")
@click.option("--by", "name", metavar="NAME", help="Your name (default: your login name).")
@options.form
@options.quiet
def resolve(
    targets: tuple[str, ...], locales: tuple[str, ...], number: int | None, name: str | None, form: str, *, quiet: bool
) -> Exit:
    """List the units with two texts, take a text of one, or merge FILEs that git merged by lines."""
    from l10n_flow.report import branches as report  # noqa: PLC0415
    from l10n_flow.work import resolving  # noqa: PLC0415

    if number is not None:
        return _choose(targets, locales, number, name, form, quiet=quiet)
    if targets:
        merged = [resolving.resolve_file(Path(target)) for target in targets]
        for merging in merged:
            err(report.merging_lines(merging))
            out([f"{merging.name}: merged"] if merging.clean and not quiet else [])
        err(report.merged_sum(merged))
        return Exit.DONE if all(merging.clean for merging in merged) else Exit.GATE
    from l10n_flow.project import Failure  # noqa: PLC0415

    project = options.here()
    every = list(resolving.conflicts_of(project, locales))
    found = [each for each in every if not isinstance(each, Failure)]
    if form == "json":
        out_json(report.conflicts_json(found))
    else:
        out(report.conflict_lines(project, found) if found else [] if quiet else ["nothing waits for a choice"])
    return finish([each for each in every if isinstance(each, Failure)], Exit.GATE if found else Exit.DONE)


def _choose(
    targets: tuple[str, ...], locales: tuple[str, ...], number: int, name: str | None, form: str, *, quiet: bool
) -> Exit:
    from l10n_flow.report import signing as report  # noqa: PLC0415
    from l10n_flow.work.resolving import choose  # noqa: PLC0415
    from l10n_flow.work.signing import reviewer  # noqa: PLC0415

    if len(targets) != 1 or len(locales) != 1:
        raise click.UsageError("--take goes with one UNIT and its --locale")
    project = options.here()
    result = choose(project, targets[0], locales[0], number, reviewer(name))
    if form == "json":
        out_json(report.signing_json(project, result))
    else:
        out(report.signing_lines(project, result, "resolved"))
        out([report.sums(result, "resolved")] if not quiet else [])
    return finish(result.failures)
