"""The command line: options to a workflow, its result to a report, the report to an exit code.

Only this module prints. What a command needs is imported when it runs: ``--version`` costs what click costs.
Exit codes: 0 done, 1 a gate is not met, 2 wrong usage or input, 3 a fault of ours, 130 interrupted.
"""

from __future__ import annotations

import gc
import os
import sys
from collections.abc import Callable, Iterable, Sequence
from typing import TYPE_CHECKING, Any, NoReturn

import click

from l10n_flow import __version__

if TYPE_CHECKING:
    from l10n_flow.config import Project
    from l10n_flow.workflow.documents import Failure

_DONE, _GATE, _WRONG, _FAULT, _INTERRUPTED = 0, 1, 2, 3, 130


# Printing --------------------------------------------------------------------------------------------------------


def _out(lines: Iterable[str]) -> None:
    for line in lines:
        click.echo(line)


def _err(lines: Iterable[str], *, quiet: bool = False) -> None:
    if not quiet:
        for line in lines:
            click.echo(line, err=True)


def _json(data: object) -> None:
    import json  # noqa: PLC0415

    click.echo(json.dumps(data, ensure_ascii=False, indent=2))


def _colour() -> bool:
    return sys.stdout.isatty() and not os.environ.get("NO_COLOR")


def _progress(*, quiet: bool) -> Callable[[int, int], None] | None:
    """A counter on a terminal's standard error; nothing in a pipe."""
    if quiet or not sys.stderr.isatty():
        return None

    def show(done: int, of: int) -> None:
        end = "\r\033[K" if done == of else ""
        click.echo(f"\r{done:,} of {of:,} documents{end}", err=True, nl=False)

    return show


def _finish(failures: Sequence[Failure], code: int = _DONE) -> NoReturn:
    """Tell what could not be done, and leave."""
    from l10n_flow.report.tables import failure_lines  # noqa: PLC0415

    _err(failure_lines(failures))
    raise SystemExit(_WRONG if failures else code)


# Options ---------------------------------------------------------------------------------------------------------

_documents = click.argument("documents", nargs=-1)
_locale = click.option("--locale", "locales", multiple=True, metavar="ID", help="Only this locale (repeatable).")
_format = click.option(
    "--format", "form", type=click.Choice(["text", "json"]), default="text", help="For people or programs."
)


def _verbosity(command: Callable[..., Any]) -> Callable[..., Any]:
    command = click.option("-q", "--quiet", is_flag=True, help="Only data and errors.")(command)
    return click.option("-v", "--verbose", is_flag=True, help="Tell about every document and unit.")(command)


def _project() -> Project:
    from pathlib import Path  # noqa: PLC0415

    from l10n_flow.config import find_project  # noqa: PLC0415

    return find_project(Path.cwd())


@click.group(context_settings={"help_option_names": ["-h", "--help"], "max_content_width": 100})
@click.version_option(__version__, prog_name="l10n-flow")
@click.option(
    "-C", "--directory", type=click.Path(exists=True, file_okay=False), help="Run as if started in this folder."
)
def cli(directory: str | None) -> None:
    """From a Chinese article to its Traditional, Simplified and English editions, through gettext catalogues."""
    if directory:
        os.chdir(directory)


# Commands --------------------------------------------------------------------------------------------------------


@cli.command()
@click.argument("folder", default=".", type=click.Path(file_okay=False))
def init(folder: str) -> None:
    """Make FOLDER a project: a commented configuration, the folders, .gitattributes and .gitignore."""
    from pathlib import Path  # noqa: PLC0415

    from l10n_flow.workflow.init import init as run  # noqa: PLC0415

    _out(f"wrote {name}" for name in run(Path(folder)))
    _err(["Put articles into source/ and run: l10n-flow sync"])


@cli.command()
@click.argument("file")
@click.option("--input-format", help="The format of FILE when its name does not tell (standard input is text).")
@click.option("--unit", type=click.Choice(["sentence", "paragraph"]), default="sentence", help="What one unit is.")
@_format
def segment(file: str, input_format: str | None, unit: str, form: str) -> None:
    """Show the blocks and units of FILE (- is standard input). Needs no project."""
    from pathlib import Path  # noqa: PLC0415

    from l10n_flow import formats  # noqa: PLC0415
    from l10n_flow.errors import SourceError  # noqa: PLC0415
    from l10n_flow.report import tables  # noqa: PLC0415

    if file != "-" and not Path(file).is_file():
        raise SourceError("there is no such file", path=file)
    name = formats.format_of("-.txt" if file == "-" else file, input_format)
    try:
        data = sys.stdin.buffer.read() if file == "-" else Path(file).read_bytes()
    except OSError as error:
        raise SourceError(f"cannot be read: {error.strerror}", path=file) from None
    document = formats.parse(data, path=file, format=name, unit=unit)
    if form == "json":
        _json(tables.segments_json(document))
    else:
        _out(tables.segments_text(document))
    _err(f"{file}:{notice.line}: {notice.message} [{notice.kind}]" for notice in document.notices)


@cli.command()
@_documents
@click.option("--prune", is_flag=True, help="Remove the catalogues of documents whose source is gone.")
@_verbosity
def extract(documents: tuple[str, ...], *, prune: bool, quiet: bool, verbose: bool) -> None:
    """Merge DOCUMENTS (all without) into their templates and catalogues."""
    from l10n_flow.report.tables import plural, update_lines  # noqa: PLC0415
    from l10n_flow.workflow.extract import extract as run  # noqa: PLC0415

    result = run(_project(), documents, prune=prune)
    _err(update_lines(result, verbose=verbose), quiet=quiet)
    _err([f"{plural(len(result.documents), 'document')} extracted"], quiet=quiet)
    _finish(result.failures)


@cli.command()
@_documents
@_locale
@_format
@click.option("--dry-run", is_flag=True, help="Show the differences and write nothing.")
@click.option("--upgrade", is_flag=True, help="Apply newer dictionaries to what is converted already.")
@click.option("--explain", is_flag=True, help="Show each change and the rule that makes it; write nothing.")
@click.option("--conversion", help="With -: the conversion (hk2s by default).")
@click.option(
    "--punctuation", type=click.Choice(["keep", "mainland", "corner"]),
    help="With -: the punctuation marks (by default those of the place it converts for).",
)  # fmt: skip
@click.option("--strict", is_flag=True, help="With -: exactly as opencc-python-reimplemented converts.")
@click.option("--vocabulary", is_flag=True, help="With -: Mainland words for Hong Kong words.")
@_verbosity
def convert(
    documents: tuple[str, ...], locales: tuple[str, ...], form: str, conversion: str | None, punctuation: str | None, *,
    dry_run: bool, upgrade: bool, explain: bool, strict: bool, vocabulary: bool, quiet: bool, verbose: bool,
) -> None:  # fmt: skip
    """Convert the derived locales of DOCUMENTS (all without), or filter standard input with -."""
    if form == "json" and not explain:
        raise click.UsageError("--format json goes with --explain")
    if "-" in documents:
        if len(documents) > 1 or locales or dry_run or upgrade:
            raise click.UsageError("convert - takes no other document, and no --locale, --dry-run or --upgrade")
        _convert_stream(conversion or "hk2s", punctuation, form, strict=strict, vocabulary=vocabulary, explain=explain)
        return
    if conversion or punctuation or strict or vocabulary:
        raise click.UsageError("how a locale is converted is set in l10n-flow.toml; these options go with convert -")
    if explain:
        _explain(documents, locales, form)
        return
    from l10n_flow.report.tables import change_lines, plural, update_lines  # noqa: PLC0415
    from l10n_flow.workflow.extract import convert as run  # noqa: PLC0415

    result = run(_project(), documents, locales, upgrade=upgrade, dry_run=dry_run)
    if dry_run:
        _out(change_lines(result))
    _err(update_lines(result, verbose=verbose), quiet=quiet)
    count = sum(len(update.converted.changes) for document in result.documents for update in document.locales)
    _err([f"{plural(count, 'unit')} {'would be ' if dry_run else ''}converted"], quiet=quiet)
    _finish(result.failures)


def _convert_stream(
    conversion: str, punctuation: str | None, form: str, *, strict: bool, vocabulary: bool, explain: bool
) -> None:
    from l10n_flow.conversion import Converter, Punctuation, Words, stream, writes_simplified  # noqa: PLC0415
    from l10n_flow.conversion.vocabulary import entries  # noqa: PLC0415
    from l10n_flow.report import explanations  # noqa: PLC0415

    if vocabulary and not writes_simplified(conversion):
        raise click.UsageError("--vocabulary needs a conversion into Simplified, such as hk2s")
    marks = Punctuation(punctuation) if punctuation else Punctuation.usual(conversion)
    converter = Converter(conversion, marks, Words(entries() if vocabulary else {}), strict=strict)
    if sys.stdin is None or sys.stdout is None:
        raise click.UsageError("convert - needs standard input and standard output")
    if explain:
        show = explanations.line_json if form == "json" else explanations.line_text
        _out(map(show, stream.explain_stream(sys.stdin.buffer, converter)))
    else:
        stream.convert_stream(sys.stdin.buffer, sys.stdout.buffer, converter)


def _explain(documents: tuple[str, ...], locales: tuple[str, ...], form: str) -> None:
    from l10n_flow.report import explanations  # noqa: PLC0415
    from l10n_flow.workflow.explain import explain  # noqa: PLC0415

    result = explain(_project(), documents, locales)
    if form == "json":
        _json(explanations.units_json(result.units))
    else:
        _out(explanations.units_text(result.units))
    _finish(result.failures)


@cli.command()
@_documents
@_locale
@_format
@click.option("--gate", is_flag=True, help="Fail (exit 1) when a locale is below its fail-under (100 by default).")
@click.option(
    "--fail-under", "under", multiple=True, metavar="ID=PERCENT", help="Fail (exit 1) when a locale is below."
)
@click.option("--todo", is_flag=True, help="List what needs a person, with links into the review page.")
def status(
    documents: tuple[str, ...], locales: tuple[str, ...], form: str, under: tuple[str, ...], *, gate: bool, todo: bool
) -> None:
    """Show how far each document is in each locale."""
    if todo:
        if gate or under:
            raise click.UsageError("--todo is a list, not a gate; leave --gate and --fail-under out")
        _todo(documents, locales, form)
        return
    from l10n_flow.report import tables  # noqa: PLC0415
    from l10n_flow.workflow import status as use  # noqa: PLC0415

    project = _project()
    limits = use.thresholds(project) if gate else {}
    limits |= dict(use.parse_threshold(text) for text in under)
    result = use.status(project, documents, locales)
    failed = use.gate(project, result.rows, limits)
    if form == "json":
        _json(tables.status_json(result.rows))
    else:
        _out(tables.status_lines(result.rows, bar=sys.stdout.isatty()))
    _err(tables.gate_lines(failed))
    _finish(result.failures, _GATE if failed else _DONE)


def _todo(documents: tuple[str, ...], locales: tuple[str, ...], form: str) -> None:
    from l10n_flow.report.todo import todo_json, todo_lines  # noqa: PLC0415
    from l10n_flow.workflow.address import address_of  # noqa: PLC0415
    from l10n_flow.workflow.todo import todo  # noqa: PLC0415

    project = _project()
    result, address = todo(project, documents, locales), address_of(project)
    if form == "json":
        _json(todo_json(result, address))
    else:
        _out(todo_lines(result, address))
        if result.rows and not address:
            _err(["links begin with the address that l10n-flow review prints"])
    _finish(result.failures)


@cli.command()
@_documents
@_locale
@click.option("--format", "form", type=click.Choice(["text", "json", "github"]), default="text", help="For whom.")
@click.option("--select", multiple=True, metavar="RULE", help="Only this rule (repeatable).")
@click.option(
    "--fail-level", type=click.Choice(["error", "warning", "info"]), default="error", show_default=True,
    help="Fail (exit 1) from this severity on.",
)  # fmt: skip
def check(
    documents: tuple[str, ...], locales: tuple[str, ...], form: str, select: tuple[str, ...], fail_level: str
) -> None:
    """Check the translations of DOCUMENTS (all without)."""
    from l10n_flow.model import Finding, Severity  # noqa: PLC0415
    from l10n_flow.report import findings as report  # noqa: PLC0415
    from l10n_flow.workflow.check import check as run  # noqa: PLC0415

    project = _project()
    result = run(project, documents, locales, select=select)

    def path_of(finding: Finding) -> str:
        return project.shown(project.catalogue_path(finding.locale, finding.document))

    if form == "json":
        _json(report.as_json(result.findings, path_of))
    elif form == "github":
        _out(filter(None, [report.as_github(result.findings, path_of)]))
    else:
        _out([report.as_text(result.findings, path_of=path_of, colour=_colour())])
    _finish(result.failures, _GATE if result.failed(Severity(fail_level)) else _DONE)


@cli.command()
@click.argument("targets", nargs=-1, required=True, metavar="DOCUMENT|UNIT...")
@_locale
@click.option("--by", "name", metavar="NAME", help="Who approves (default: who is logged in).")
def approve(targets: tuple[str, ...], locales: tuple[str, ...], name: str | None) -> None:
    """Approve the translations of documents, or of units by id; fuzzy and empty ones are refused."""
    from l10n_flow.workflow import review  # noqa: PLC0415

    project = _project()
    _reviewed(project, review.approve(project, targets, locales, review.reviewer(name)), "approved")


@cli.command()
@click.argument("targets", nargs=-1, required=True, metavar="DOCUMENT|UNIT...")
@_locale
@click.option("--by", "name", metavar="NAME", help="Only the approvals of this name.")
def unapprove(targets: tuple[str, ...], locales: tuple[str, ...], name: str | None) -> None:
    """Take back the approvals of documents, or of units by id."""
    from l10n_flow.workflow import review  # noqa: PLC0415

    project = _project()
    _reviewed(project, review.unapprove(project, targets, locales, name), "without approval")


@cli.command()
@click.argument("targets", nargs=-1, required=True, metavar="UNIT...")
@click.option("--locale", "locales", multiple=True, required=True, metavar="ID", help="In this locale (repeatable).")
def join(targets: tuple[str, ...], locales: tuple[str, ...]) -> None:
    """Mark units as translated together with the unit before them; they count as translated and are left out."""
    from l10n_flow.workflow import review  # noqa: PLC0415

    project = _project()
    _reviewed(project, review.join(project, targets, locales), "joined")


@cli.command()
@click.argument("rule")
@click.argument("targets", nargs=-1, required=True, metavar="UNIT...")
@_locale
@click.option("--reason", required=True, metavar="TEXT", help="Why the finding is none.")
def ignore(rule: str, targets: tuple[str, ...], locales: tuple[str, ...], reason: str) -> None:
    """Ignore the findings of RULE for the present text of units."""
    from l10n_flow.workflow import review  # noqa: PLC0415

    project = _project()
    _reviewed(project, review.ignore(project, rule, targets, locales, reason), "marked")


def _reviewed(project: Project, result: Any, verb: str) -> None:
    from l10n_flow.report.tables import review_lines  # noqa: PLC0415

    _out(review_lines(project, result, verb))
    _finish(result.failures)


@cli.command()
@_documents
@_locale
@click.option("--drafts", is_flag=True, help="A preview: text that is not ready goes out too, and each page says so.")
@click.option("--review", is_flag=True, help="Also the review pages, to read: states, findings, differences.")
@_verbosity
def build(
    documents: tuple[str, ...], locales: tuple[str, ...], *, drafts: bool, review: bool, quiet: bool, verbose: bool
) -> None:
    """Write the localised documents, their pages and the index; a release is complete or is not written."""
    from l10n_flow.report import tables  # noqa: PLC0415
    from l10n_flow.workflow.build import build as run  # noqa: PLC0415

    project = _project()
    result = run(project, documents, locales, drafts=drafts, review=review)
    _err(tables.note_lines(result), quiet=quiet)
    _err(tables.problem_lines(project, result, everything=verbose))
    if not result.complete and not drafts:
        folder = project.shown(project.build_dir)
        _err([f"not released: {folder}/ is as it was (build --drafts writes a preview)"])
        _finish(result.failures, _GATE)
    _err([_built(project, result.files, drafts=drafts)], quiet=quiet)
    _finish(result.failures)


def _built(project: Project, count: int, *, drafts: bool) -> str:
    kind = "preview of drafts" if drafts else "release"
    return f"{kind}: {count:,} files; open {project.shown(project.build_dir)}/index.html"


@cli.command()
@_documents
@_verbosity
def sync(documents: tuple[str, ...], *, quiet: bool, verbose: bool) -> None:
    """Do the whole round: extract, convert, check, a preview of drafts, status."""
    from l10n_flow.report import tables  # noqa: PLC0415
    from l10n_flow.workflow.sync import sync as run  # noqa: PLC0415

    project = _project()
    result = run(project, documents, progress=_progress(quiet=quiet))
    _err(tables.update_lines(result.updates, verbose=verbose), quiet=quiet)
    _err(tables.note_lines(result.build), quiet=quiet)
    _out(tables.tally_lines(result.tally, result.remarks))
    _out(["", *tables.status_lines(result.rows, bar=sys.stdout.isatty()), ""])
    _err([f"{tables.plural(result.unchanged, 'document')} unchanged"], quiet=quiet or not result.unchanged)
    _out([_built(project, result.build.files, drafts=True)])
    _finish(result.updates.failures)


@cli.command()
@click.option("--port", type=click.IntRange(0, 65535), default=0, help="Where to listen (default: any free port).")
@click.option(
    "--host", default="127.0.0.1", show_default=True, help="Where to listen; others than yourself need accounts."
)
@click.option("--no-browser", is_flag=True, help="Only print the address.")
@click.option("--public-url", default="", metavar="URL", help="The address of the proxy before it, which ends TLS.")
@click.option("--trusted-proxy", default="", metavar="ADDRESS", help="Whose X-Forwarded-For to believe.")
def review(port: int, host: str, public_url: str, trusted_proxy: str, *, no_browser: bool) -> None:
    """Translate, review and approve in the browser; Ctrl+C ends it."""
    from l10n_flow.web.serve import Server, log_to_stderr  # noqa: PLC0415
    from l10n_flow.web.settings import Settings  # noqa: PLC0415
    from l10n_flow.workflow.address import announced  # noqa: PLC0415

    log_to_stderr()
    settings = Settings(host, port, public_url, trusted_proxy)
    project = _project()
    server = Server(project, settings, click.echo)
    if not server.guard.secure and server.guard.must_login:
        _err(["warning: passwords travel in the clear; let a proxy end TLS (docs/review.md)"])
    with announced(project, server.guard.origins[0]):
        server.run(browser=not no_browser)
    _err(["ended; everything that was saved is in the catalogues"])


@cli.group()
def user() -> None:
    """Accounts for reviewing over the network."""


@user.command("add")
@click.argument("name")
@click.option("--role", type=click.Choice(["translator", "reviewer"]), required=True, help="What NAME may do.")
def user_add(name: str, role: str) -> None:
    """Make an account; asks for its password, or reads a line of standard input."""
    from l10n_flow.web.accounts import USERS_NAME, Accounts, keep_out_of_git  # noqa: PLC0415

    root = _project().root
    account = Accounts(root).add(name, role, _password())
    if keep_out_of_git(root):
        _err([f"{USERS_NAME} holds password hashes: .gitignore names it now"])
    _out([f"{account.name}: {account.role}"])


@user.command("list")
def user_list() -> None:
    """Show the accounts and their roles."""
    from l10n_flow.web.accounts import Accounts  # noqa: PLC0415

    _out(f"{account.name}: {account.role}" for account in Accounts(_project().root).all().values())


@user.command("remove")
@click.argument("name")
def user_remove(name: str) -> None:
    """Remove an account; whoever is logged in with it is so no more."""
    from l10n_flow.web.accounts import Accounts  # noqa: PLC0415

    Accounts(_project().root).remove(name)


@user.command("password")
@click.argument("name")
def user_password(name: str) -> None:
    """Give an account another password; whoever is logged in with it has to log in again."""
    from l10n_flow.web.accounts import Accounts  # noqa: PLC0415

    Accounts(_project().root).set_password(name, _password())


def _password() -> str:
    """A password typed twice and not shown, or a line of standard input where that is no terminal."""
    if sys.stdin.isatty():
        return str(click.prompt("Password", hide_input=True, confirmation_prompt=True))
    return sys.stdin.readline().rstrip("\r\n")


# The door --------------------------------------------------------------------------------------------------------


def main(arguments: Sequence[str] | None = None) -> NoReturn:
    """Run the program and leave with its exit code; no traceback reaches a user."""
    # We make many small values and few cycles: looking for garbage less often saves a tenth of a large run.
    gc.set_threshold(50_000, 20, 20)
    try:
        code = cli.main(
            args=list(arguments) if arguments is not None else None, prog_name="l10n-flow", standalone_mode=False
        )
        sys.stdout.flush()
    except SystemExit:
        raise
    except click.exceptions.Exit as stop:
        code = stop.exit_code
    except click.ClickException as error:
        error.show()
        code = _WRONG
    except (click.Abort, KeyboardInterrupt):
        click.echo("interrupted", err=True)
        code = _INTERRUPTED
    except BrokenPipeError:
        _give_up_output()  # whoever read us has seen enough
        code = _DONE
    except OSError as error:
        # A full disk, a closed stream: of the machine, not of ours.
        click.echo(f"error: {error.strerror or error}", err=True)
        _give_up_output()
        code = _WRONG
    except Exception as error:  # noqa: BLE001
        code = _failed(error)
    sys.exit(code if isinstance(code, int) else _DONE)


def _give_up_output() -> None:
    """What is not written yet goes nowhere, so that the interpreter does not complain when it flushes."""
    if sys.stdout is not None:
        os.dup2(os.open(os.devnull, os.O_WRONLY), sys.stdout.fileno())


def _failed(error: Exception) -> int:
    from l10n_flow.errors import L10nFlowError  # noqa: PLC0415

    if isinstance(error, L10nFlowError):
        click.echo(f"error: {error}", err=True)
        return _WRONG
    if os.environ.get("L10N_FLOW_DEBUG"):
        raise error
    click.echo(f"fault: {type(error).__name__}: {error}; L10N_FLOW_DEBUG=1 shows where. Please report it.", err=True)
    return _FAULT
