"""``extract``, ``build`` and ``sync``: from the sources to the catalogues, and from these to the build."""

from __future__ import annotations

import sys
from collections.abc import Callable, Mapping
from typing import TYPE_CHECKING

import click

from l10n_flow.cli import options
from l10n_flow.cli.exits import Exit
from l10n_flow.cli.output import err, finish, out, out_json, progress, width

if TYPE_CHECKING:
    from l10n_flow.project import Project, Snapshot


@click.command()
@options.documents
@options.locale
@options.form
@click.option("--prune", is_flag=True, help="Remove the catalogues of documents whose source is gone.")
@options.verbosity
def extract(
    documents: tuple[str, ...], locales: tuple[str, ...], form: str, *, prune: bool, quiet: bool, verbose: bool
) -> Exit:
    """Merge DOCUMENTS (all documents without) into their templates and catalogues."""
    from l10n_flow.report import updates  # noqa: PLC0415
    from l10n_flow.report.tables import plural  # noqa: PLC0415
    from l10n_flow.work.extract import extract as run  # noqa: PLC0415

    result = run(options.here(), documents, locales, prune=prune)
    if form == "json":
        out_json(updates.update_json(result))
    err(updates.update_lines(result, verbose=verbose), quiet=quiet)
    err([f"{plural(len(result.documents), 'document')} extracted"], quiet=quiet)
    return finish(result.failures)


@click.command()
@options.documents
@options.locale
@options.form
@click.option(
    "--drafts", is_flag=True, help="Build a preview: it has the texts that are not ready too, and each page says so."
)
@click.option(
    "--review",
    is_flag=True,
    help="Also write static review pages into the folder of the preview, even when the release is refused.",
)
@click.option("--remove", is_flag=True, help="Remove published documents whose source is gone.")
@options.verbosity
def build(
    documents: tuple[str, ...], locales: tuple[str, ...], form: str, *,
    drafts: bool, review: bool, remove: bool, quiet: bool, verbose: bool,
) -> Exit:  # fmt: skip
    """Write the localised documents, their pages and the index; a release is complete or is not written."""
    from l10n_flow.report import builds  # noqa: PLC0415
    from l10n_flow.work.build import build as run  # noqa: PLC0415

    project = options.here()
    extras = {"extras": _review_pages(project)} if review else {}
    result = run(project, documents, locales, drafts=drafts, remove=remove, **extras)
    released = result.complete or (drafts and not result.absent)
    if form == "json":
        out_json(builds.build_json(project, result, drafts=drafts))
    err(builds.note_lines(result), quiet=quiet)
    err(builds.problem_lines(project, result, everything=verbose))
    if released:
        err([_built(project, result.files, drafts=drafts)], quiet=quiet)
        err([f"recorded in {result.recorded}"] if result.recorded else [], quiet=quiet)
    else:
        err([builds.refusal(project, result, drafts=drafts)])
    err(builds.leftover_lines(project, result))
    return finish(result.failures, Exit.DONE if released else Exit.GATE)


def _review_pages(project: Project) -> Callable[[Snapshot], Mapping[str, bytes]]:
    from l10n_flow.review.static_copy import static_copies_of  # noqa: PLC0415

    return static_copies_of(project)


def _built(project: Project, count: int, *, drafts: bool) -> str:
    kind = "preview of drafts" if drafts else "release"
    return f"{kind}: {count:,} files; open {project.output_dir(drafts=drafts).shown}/index.html"


@click.command()
@options.documents
@options.form
@options.verbosity
def sync(documents: tuple[str, ...], form: str, *, quiet: bool, verbose: bool) -> Exit:
    """Do everything: extract, convert, check, build a preview of drafts, show the status."""
    from l10n_flow.report import builds, status_table, statuses, updates  # noqa: PLC0415
    from l10n_flow.report import sync as sync_report  # noqa: PLC0415
    from l10n_flow.report.tables import plural  # noqa: PLC0415
    from l10n_flow.work.rows import totals  # noqa: PLC0415
    from l10n_flow.work.sync import sync as run  # noqa: PLC0415

    project = options.here()
    result = run(project, documents, brief=form == "text", progress=progress(quiet=quiet))
    err(updates.update_lines(result.updates, verbose=verbose), quiet=quiet)
    err(builds.note_lines(result.build), quiet=quiet)
    err([f"{plural(result.unchanged, 'document')} unchanged"], quiet=quiet or not result.unchanged)
    if form == "json":
        out_json(sync_report.sync_json(project, result))
    else:
        failures = result.updates.failures
        tally, remarks = result.tally, result.remarks
        out(sync_report.tally_lines(project, tally, remarks, remarked=result.remarked, failures=failures))
        out(
            [
                "",
                *status_table.status_lines(
                    result.rows, totals(result.rows), width=width(), bar=sys.stdout.isatty(), failures=failures
                ),
                "",
            ]
        )
        out([_built(project, result.build.files, drafts=True)] if result.build.written else [])
    err(statuses.absent_lines(result.build.absent))
    err(builds.leftover_lines(project, result.build))
    return finish(result.updates.failures, Exit.GATE if result.emptied else Exit.DONE)
