"""The program and its commands; the module of a command is imported when the command is used."""

from __future__ import annotations

import importlib
import os

import click

from l10n_flow import __version__

#: The module of each command; in it, the command has the same name.
_MODULES = {
    "approve": "signing",
    "build": "content",
    "check": "checking",
    "convert": "converting",
    "docs": "starting",
    "extract": "content",
    "history": "past",
    "ignore": "signing",
    "init": "starting",
    "join": "signing",
    "merge-driver": "branches",
    "releases": "past",
    "resolve": "branches",
    "restore": "past",
    "review": "serving",
    "segment": "starting",
    "status": "judging",
    "sync": "content",
    "unapprove": "signing",
    "user": "accounts",
}


class _Commands(click.Group):
    def list_commands(self, ctx: click.Context) -> list[str]:
        del ctx
        return list(_MODULES)

    def resolve_command(
        self, ctx: click.Context, args: list[str]
    ) -> tuple[str | None, click.Command | None, list[str]]:
        """As in click; the error for an unknown command names the nearest one."""
        if args and args[0] not in _MODULES and not args[0].startswith("-"):
            from difflib import get_close_matches  # noqa: PLC0415 - only for the message

            near = get_close_matches(args[0], _MODULES, 1)
            hint = f"; did you mean {near[0]!r}?" if near else "; l10n-flow --help lists them"
            ctx.fail(f"there is no command {args[0]!r}{hint}")
        return super().resolve_command(ctx, args)

    def get_command(self, ctx: click.Context, cmd_name: str) -> click.Command | None:
        del ctx
        if cmd_name not in _MODULES:
            return None
        module = importlib.import_module(f"l10n_flow.cli.{_MODULES[cmd_name]}")
        command: click.Command = getattr(module, cmd_name.replace("-", "_"))
        return command


@click.group(cls=_Commands, context_settings={"help_option_names": ["-h", "--help"], "max_content_width": 100})
@click.version_option(__version__, prog_name="l10n-flow")
@click.option(
    "-C", "--directory", type=click.Path(exists=True, file_okay=False), help="Run as if started in this folder."
)
def cli(directory: str | None) -> None:
    """From a Chinese article to its Traditional, Simplified and English editions, through gettext catalogues."""
    if directory:
        os.chdir(directory)
