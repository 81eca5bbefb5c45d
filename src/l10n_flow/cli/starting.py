"""The commands that need no project: ``init`` creates one, ``docs`` explains, ``segment`` shows blocks and units."""

from __future__ import annotations

import sys
from pathlib import Path

import click

from l10n_flow.cli import options
from l10n_flow.cli.output import err, out, out_json


@click.command()
@click.argument("folder", default=".", type=click.Path(file_okay=False))
@click.option("--git", is_flag=True, help="In a project: let git merge its files by unit, in this clone.")
@click.option("--remove", is_flag=True, help="With --git: undo that.")
def init(folder: str, *, git: bool, remove: bool) -> None:
    """Make FOLDER a project: a commented configuration, the folders, .gitattributes and .gitignore."""
    if remove and not git:
        raise click.UsageError("--remove goes with --git")
    if git:
        _git(Path(folder), remove=remove)
        return
    from l10n_flow.work.init import init as run  # noqa: PLC0415

    out(f"wrote {name}" for name in run(Path(folder)))
    err(["Put articles into source/ and run: l10n-flow sync"])


def _git(folder: Path, *, remove: bool) -> None:
    from l10n_flow.project import find_project  # noqa: PLC0415
    from l10n_flow.report.branches import setup_lines  # noqa: PLC0415
    from l10n_flow.work import git_setup  # noqa: PLC0415

    project = find_project(folder)
    out(setup_lines(git_setup.remove(project) if remove else git_setup.install(project), removed=remove))


@click.command()
@click.argument("page", required=False)
def docs(page: str | None) -> None:
    """Print PAGE of the documentation, or list the pages. PAGE#SECTION is a section of it."""
    from l10n_flow.work import manual  # noqa: PLC0415

    if page is not None:
        out([manual.read(page).rstrip("\n")])
        return
    found = manual.pages()
    width = max((len(each.name) for each in found), default=0)
    out(f"{each.name:{width}}  {each.title}" for each in found)


@click.command()
@click.argument("file")
@click.option("--input-format", help="The format of FILE, when its name does not show it (standard input is text).")
@click.option("--unit", type=click.Choice(["sentence", "paragraph"]), default="sentence", help="The size of a unit.")
@click.option("--encoding", default="utf-8", help="The encoding of FILE: utf-8, big5, big5-hkscs, gb18030, utf-16.")
@options.form
def segment(file: str, input_format: str | None, unit: str, encoding: str, form: str) -> None:
    """Show the blocks and units of FILE (- is standard input). Needs no project."""
    from l10n_flow import documents  # noqa: PLC0415
    from l10n_flow.documents import encodings  # noqa: PLC0415
    from l10n_flow.report import segments  # noqa: PLC0415

    data = _read(file)
    name = documents.format_of("-.txt" if file == "-" else file, input_format)
    document = documents.parse(data, path=file, format=name, unit=unit, encoding=encodings.require(encoding))
    if form == "json":
        out_json(segments.segments_json(document))
    else:
        out(segments.segments_text(document))
    err(segments.notice_lines(document, file))


def _read(file: str) -> bytes:
    from l10n_flow.errors import SourceError  # noqa: PLC0415

    if file == "-":
        return sys.stdin.buffer.read()
    try:
        path = Path(file)
        if not path.exists():
            from l10n_flow.project import on_disk  # noqa: PLC0415

            path = on_disk(path)
        return path.read_bytes()
    except FileNotFoundError:
        raise SourceError("there is no such file", path=file) from None
    except OSError as error:
        raise SourceError(f"cannot be read: {error.strerror}", path=file) from None
