"""``user``: accounts for the review page on a network."""

from __future__ import annotations

import sys

import click

from l10n_flow.cli import options
from l10n_flow.cli.output import err, out


@click.group()
def user() -> None:
    """Accounts for reviewing over the network."""


@user.command()
@click.argument("name")
@click.option("--role", type=click.Choice(["translator", "reviewer"]), required=True, help="What NAME may do.")
def add(name: str, role: str) -> None:
    """Make an account; asks for its password, or reads a line of standard input."""
    from l10n_flow.review.server.accounts import USERS_NAME, Accounts, keep_out_of_git  # noqa: PLC0415

    root = options.here().root
    changed = keep_out_of_git(root)  # before the file of accounts exists
    account = Accounts(root).add(name, role, _password())
    if changed:
        err([f"{USERS_NAME} holds password hashes: .gitignore names it now"])
    out([f"{account.name}: {account.role}"])


@user.command("list")
def show() -> None:
    """Show the accounts and their roles."""
    from l10n_flow.review.server.accounts import Accounts  # noqa: PLC0415

    out(f"{account.name}: {account.role}" for account in Accounts(options.here().root).all().values())


@user.command()
@click.argument("name")
def remove(name: str) -> None:
    """Remove an account; whoever is logged in with it is so no more."""
    from l10n_flow.review.server.accounts import Accounts  # noqa: PLC0415

    Accounts(options.here().root).remove(name)


@user.command()
@click.argument("name")
def password(name: str) -> None:
    """Give an account another password; whoever is logged in with it has to log in again."""
    from l10n_flow.review.server.accounts import Accounts  # noqa: PLC0415

    Accounts(options.here().root).set_password(name, _password())


def _password() -> str:
    """Return a password: typed twice and not shown, or a line of standard input when that is not a terminal."""
    if sys.stdin.isatty():
        return str(click.prompt("Password", hide_input=True, confirmation_prompt=True))
    return sys.stdin.readline().rstrip("\r\n")
