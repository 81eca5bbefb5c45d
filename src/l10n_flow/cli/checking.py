"""``check``: check the translations of a project or of a bilingual file."""

from __future__ import annotations

from collections.abc import Callable, Sequence
from pathlib import Path
from typing import TYPE_CHECKING

import click

from l10n_flow.cli import options
from l10n_flow.cli.exits import Exit
from l10n_flow.cli.output import colour, err, finish, out, out_json

if TYPE_CHECKING:
    from l10n_flow.model import Finding, Severity
    from l10n_flow.project import Failure, Project

_FORMATS = ("text", "json", "github", "sarif", "junit")


@click.command()
@options.documents
@options.locale
@click.option("--format", "form", type=click.Choice(_FORMATS), default="text", help="The form of the output.")
@click.option("--select", multiple=True, metavar="RULE", help="Only this rule (repeatable).")
@click.option("--ignore", multiple=True, metavar="RULE", help="Not this rule (repeatable).")
@click.option(
    "--fail-level", type=click.Choice(["error", "warning", "info"]), default="error", show_default=True,
    help="Fail (exit 1) from this severity on.",
)  # fmt: skip
@click.option("--fix", "fixes", is_flag=True, help="Make the fixes that leave no choice, then check.")
@click.option("--diff", is_flag=True, help="With --fix: show the changes and write nothing.")
@click.option("--approved", is_flag=True, help="With --fix: also approved translations, which lose their approval.")
@click.option("--by", "name", metavar="NAME", help="With --fix: the name in the seals of the fixed translations.")
@click.option(
    "--bilingual", type=click.Path(path_type=Path), metavar="FILE",
    help="Check the pairs of a TSV, TMX, XLIFF or PO file, outside any project.",
)  # fmt: skip
@click.option("--source-locale", metavar="ID", help="With --bilingual: the locale of the source.")
@options.verbosity
def check(
    *, documents: tuple[str, ...], locales: tuple[str, ...], form: str, select: tuple[str, ...],
    ignore: tuple[str, ...], fail_level: str, fixes: bool, diff: bool, approved: bool, name: str | None,
    bilingual: Path | None, source_locale: str | None, quiet: bool, verbose: bool,
) -> Exit:  # fmt: skip
    """Check the translations of DOCUMENTS (all documents without), or with --bilingual the pairs of a file."""
    from l10n_flow.model import Severity  # noqa: PLC0415
    from l10n_flow.report import findings as report  # noqa: PLC0415
    from l10n_flow.report import statuses  # noqa: PLC0415
    from l10n_flow.work.check import check as run  # noqa: PLC0415

    level = Severity(fail_level)
    if bilingual is not None:
        if documents or len(locales) > 1 or fixes:
            raise click.UsageError("--bilingual takes one file and one --locale; leave documents and --fix out")
        asked = (source_locale or "", *(locales or ("",)))
        return _pairs(bilingual, asked, form, (select, ignore), level, quiet=quiet)
    if source_locale is not None:
        raise click.UsageError("--source-locale goes with --bilingual; a project has it in l10n-flow.toml")
    if not fixes and (diff or approved or name is not None):
        raise click.UsageError("--diff, --approved and --by go with --fix")
    project = options.here()
    if fixes and diff:
        return _diff(project, (documents, locales), (select, ignore), form, approved=approved, quiet=quiet)
    if fixes:
        _fix(project, (documents, locales), (select, ignore), name, approved=approved, quiet=quiet)
    brief = form == "text" and not (verbose or select)
    result = run(project, documents, locales, select=select, ignore=ignore, brief=brief)

    def path_of(finding: Finding) -> str:
        return project.shown_catalogue(finding.locale, finding.document)

    if form == "json":
        out_json(report.as_json(result.findings, path_of))
    elif form == "text" and (result.findings or not quiet):
        found, failures = result.findings, result.failures
        out(report.as_text(found, path_of=path_of, colour=colour(), more=result.more, failures=failures))
    _for_programs(form, result.findings, path_of, level, result.failures)
    err(statuses.absent_lines(result.absent))
    return finish(result.failures, Exit.GATE if result.failed(level) else Exit.DONE)


#: The values of two options: documents and locales, or selected and ignored rules.
_Two = tuple[Sequence[str], Sequence[str]]


def _diff(project: Project, which: _Two, rules: _Two, form: str, *, approved: bool, quiet: bool) -> Exit:
    """Show the fixes that need no choice."""
    from l10n_flow.report import fixing as report  # noqa: PLC0415
    from l10n_flow.work import fixing  # noqa: PLC0415

    plan = fixing.planned(project, *which, select=rules[0], ignore=rules[1], approved=approved)
    if form == "json":
        out_json(report.diff_json(project, plan.fixes))
    else:
        out(report.diff_lines(project, plan.fixes))
        err(report.diff_sum(plan.fixes), quiet=quiet)
    return finish(plan.failures, Exit.GATE if plan.fixes else Exit.DONE)


def _fix(project: Project, which: _Two, rules: _Two, name: str | None, *, approved: bool, quiet: bool) -> None:
    """Apply the fixes that need no choice."""
    from l10n_flow.report.tables import failure_lines, plural  # noqa: PLC0415
    from l10n_flow.work import fixing  # noqa: PLC0415
    from l10n_flow.work.signing import reviewer  # noqa: PLC0415

    by = reviewer(name)
    plan = fixing.planned(project, *which, select=rules[0], ignore=rules[1], approved=approved)
    done = fixing.fix(project, plan, by)
    err(failure_lines([failure for failure in done.failures if failure not in plan.failures]))
    err([f"{plural(len(done.fixes), 'unit')} fixed"], quiet=quiet)


def _pairs(
    path: Path, locales: Sequence[str], form: str, rules: tuple[Sequence[str], Sequence[str]], level: Severity, *,
    quiet: bool,
) -> Exit:  # fmt: skip
    """Check a bilingual file, print the findings, and return the exit code."""
    from l10n_flow.locales import validate  # noqa: PLC0415
    from l10n_flow.report import pairs  # noqa: PLC0415
    from l10n_flow.work.pairs import check_pairs  # noqa: PLC0415

    for locale in filter(None, locales):
        validate(locale)
    result = check_pairs(path, *locales, select=rules[0], ignore=rules[1])
    if form == "json":
        out_json(pairs.as_json(result.findings))
    elif form == "text" and (result.findings or not quiet):
        out(pairs.as_text(result.findings, str(path), result.pairs, colour=colour()))
    _for_programs(form, [each.finding for each in result.findings], lambda _: path.as_posix(), level)
    return finish((), Exit.GATE if result.failed(level) else Exit.DONE)


def _for_programs(
    form: str, findings: Sequence[Finding], path_of: Callable[[Finding], str], level: Severity,
    failures: Sequence[Failure] = (),
) -> None:  # fmt: skip
    """Print findings and failures in a format for another program; nothing for another format."""
    if form == "github":
        from l10n_flow.report import findings as report  # noqa: PLC0415

        out(filter(None, [report.as_github(findings, path_of, failures)]))
    elif form == "sarif":
        from l10n_flow.report.sarif import as_sarif  # noqa: PLC0415

        out_json(as_sarif(findings, path_of, failures))
    elif form == "junit":
        from l10n_flow.report.junit import as_junit  # noqa: PLC0415

        out([as_junit(findings, path_of, level, failures)])
