"""``convert`` fills the derived locales of a project; ``convert -`` is a separate command, a filter."""

from __future__ import annotations

import sys
from typing import Any

import click

from l10n_flow.cli import options
from l10n_flow.cli.exits import Exit
from l10n_flow.cli.output import err, finish, out, out_json


class _Convert(click.Command):
    """The command ``convert``; with - among its arguments, the filter is called instead."""

    def make_context(
        self, info_name: str | None, args: list[str], parent: click.Context | None = None, **extra: Any
    ) -> click.Context:
        if "-" in args:
            return convert_stream.make_context("convert -", args, parent, **extra)
        try:
            return super().make_context(info_name, args, parent, **extra)
        except click.NoSuchOption as error:
            if error.option_name in {name for each in convert_stream.params for name in each.opts}:
                message = f"{error.option_name} goes with convert -; how a locale is converted is set in l10n-flow.toml"
                raise click.UsageError(message, error.ctx) from None
            raise


@click.command(cls=_Convert)
@options.documents
@options.locale
@options.form
@click.option("--dry-run", is_flag=True, help="Show the differences and write nothing.")
@click.option("--upgrade", is_flag=True, help="Apply newer dictionaries to what is converted already.")
@click.option("--explain", is_flag=True, help="Show each change and the rule that makes it; write nothing.")
@options.verbosity
def convert(
    documents: tuple[str, ...], locales: tuple[str, ...], form: str, *,
    dry_run: bool, upgrade: bool, explain: bool, quiet: bool, verbose: bool,
) -> Exit:  # fmt: skip
    """Merge DOCUMENTS (all documents without) and convert their derived locales.

    With - it filters standard input, and has other options: l10n-flow convert - --help.
    """
    if explain:
        if dry_run or upgrade:
            raise click.UsageError("--explain writes nothing; leave --dry-run and --upgrade out")
        return _explain(documents, locales, form)
    from l10n_flow.report import updates  # noqa: PLC0415
    from l10n_flow.report.tables import plural  # noqa: PLC0415
    from l10n_flow.work.extract import convert as run  # noqa: PLC0415

    result = run(options.here(), documents, locales, upgrade=upgrade, dry_run=dry_run)
    if form == "json":
        out_json(updates.update_json(result))
    elif dry_run:
        out(updates.change_lines(result))
    err(updates.update_lines(result, verbose=verbose), quiet=quiet)
    count = sum(update.counts["converted"] for document in result.documents for update in document.locales)
    err([f"{plural(count, 'unit')} {'would be ' if dry_run else ''}converted"], quiet=quiet)
    return finish(result.failures)


def _explain(documents: tuple[str, ...], locales: tuple[str, ...], form: str) -> Exit:
    from l10n_flow.report import explanations  # noqa: PLC0415
    from l10n_flow.work.explain import explain  # noqa: PLC0415

    result = explain(options.here(), documents, locales)
    if form == "json":
        out_json(explanations.units_json(result.units))
    else:
        out(explanations.units_text(result.units))
    return finish(result.failures)


@click.command("convert -")
@click.argument("dash", nargs=-1, metavar="-")
@click.option("--conversion", default="hk2s", show_default=True, help="The conversion.")
@click.option(
    "--punctuation", type=click.Choice(["keep", "mainland", "corner"]),
    help="The punctuation marks (by default those of the place it converts for).",
)  # fmt: skip
@click.option("--strict", is_flag=True, help="Exactly as opencc-python-reimplemented converts.")
@click.option("--vocabulary", is_flag=True, help="Mainland words for Hong Kong words.")
@click.option("--explain", is_flag=True, help="Show each change and the rule that makes it, not the text.")
@options.form
def convert_stream(
    dash: tuple[str, ...], conversion: str, punctuation: str | None, form: str, *,
    strict: bool, vocabulary: bool, explain: bool,
) -> None:  # fmt: skip
    """Convert standard input, as it comes, to standard output. Needs no project."""
    from l10n_flow.conversion import NO_WORDS, Converter, Punctuation, Words, stream, writes_simplified  # noqa: PLC0415

    if dash != ("-",):
        raise click.UsageError("convert - takes no other document")
    if form == "json" and not explain:
        raise click.UsageError("--format json goes with --explain")
    if vocabulary and not writes_simplified(conversion):
        raise click.UsageError("--vocabulary needs a conversion into Simplified, such as hk2s")
    if sys.stdin is None or sys.stdout is None:
        raise click.UsageError("convert - needs standard input and standard output")
    marks = Punctuation(punctuation) if punctuation else Punctuation.usual(conversion)
    words = NO_WORDS
    if vocabulary:
        from l10n_flow.conversion.vocabulary import entries  # noqa: PLC0415

        words = Words(entries())
    converter = Converter(conversion, marks, words, strict=strict)
    if explain:
        from l10n_flow.report import explanations  # noqa: PLC0415 - start-up

        show = explanations.line_json if form == "json" else explanations.line_text
        out(map(show, stream.explain_stream(sys.stdin.buffer, converter)))
    else:
        stream.convert_stream(sys.stdin.buffer, sys.stdout.buffer, converter)
