"""Accounts of the people who may work on a project over the network, in a file beside its configuration.

``l10n-flow.users.json`` has names, roles and scrypt hashes. It belongs to the machine of the server, not to the
history of the project: only its owner may read it, and ``keep_out_of_git`` makes git ignore it. It is not in the
private folder, for that may be deleted at any time.
"""

from __future__ import annotations

import contextlib
import hashlib
import hmac
import json
import os
import threading
import unicodedata
from collections.abc import Iterator, Mapping
from dataclasses import dataclass
from functools import cache
from pathlib import Path

from werkzeug.security import check_password_hash, generate_password_hash

from l10n_flow import files, locks
from l10n_flow.catalogue import edit, seals
from l10n_flow.errors import ConfigError
from l10n_flow.inside import Inside
from l10n_flow.messages import Message

USERS_NAME = "l10n-flow.users.json"
ROLES = ("translator", "reviewer")
MAX_NAME = 60
#: As NIST SP 800-63B counts: characters, no rules about their kinds.
MIN_PASSWORD, MAX_PASSWORD = 10, 1_000
# OWASP's Password Storage Cheat Sheet: scrypt with N = 2^15, r = 8, p = 3.
_METHOD = "scrypt:32768:8:3"
# A hash needs 32 MB while it is computed; many logins at the same time must not use all memory.
_HASHING = threading.Semaphore(2)


@dataclass(frozen=True, slots=True)
class Account:
    """One person: the name that is written into seals, the role, and the hash of the password."""

    name: str
    role: str
    password: str

    @property
    def stamp(self) -> str:
        """A digest that changes with the password; a session that began with another password ends."""
        return hashlib.sha256(self.password.encode()).hexdigest()

    def sign(self, text: str) -> str:
        """A signature of a text for this account, which becomes void with the password.

        The key is the hash of the password: it has a random salt, and is known to nobody but the server.
        """
        signed = f"{folded(self.name)}\0{text}".encode("utf-8", "replace")
        return hmac.new(self.password.encode(), signed, hashlib.sha256).hexdigest()


def clean_name(text: str) -> str:
    """A name as it is written into seals: one line, in composed characters.

    Raises:
        ConfigError: when it is empty, too long, or has invisible characters (it could look like another name).
    """
    name = seals.one_line(unicodedata.normalize("NFC", text[: MAX_NAME * 8]))
    if not name or len(name) > MAX_NAME:
        raise ConfigError(Message("a name has 1 to {n} characters", n=MAX_NAME))
    if not name.isprintable() or not edit.can_sign(name, "2000-01-01"):
        raise ConfigError(
            Message("a name holds no invisible characters, and nothing that reads as a date; write it plainly")
        )
    return name


def folded(name: str) -> str:
    """The folded form of a name. Names that look alike have the same: ``Ann``, ``ann`` and ``Ａnn``."""
    return unicodedata.normalize("NFKC", unicodedata.normalize("NFKC", name).casefold())


class Accounts:
    """The accounts of a project. The file is read each time, so that ``l10n-flow user`` takes effect at once."""

    def __init__(self, root: Path) -> None:
        self._root = root
        self.path = Inside(root) / USERS_NAME

    def all(self) -> Mapping[str, Account]:
        """Every account by folded name; none without a file.

        Raises:
            ConfigError: when the file is damaged.
        """
        data = files.read_optional(self.path)
        return {} if data is None else _parse(data, self.path.plain)

    def find(self, name: str) -> Account | None:
        return self.all().get(folded(name))

    def verify(self, name: str, password: str) -> Account | None:
        """The account, if the password is right; otherwise None. An unknown name takes as long as a wrong password."""
        account = self.find(name)
        with _HASHING:
            good = check_password_hash(account.password if account else _nobody(), password[:MAX_PASSWORD])
        return account if good and len(password) <= MAX_PASSWORD else None

    def add(self, name: str, role: str, password: str) -> Account:
        """Make an account.

        Raises:
            ConfigError: for a name that is taken or cannot be one, an unknown role, a bad password.
        """
        account = Account(clean_name(name), _known_role(role), _hashed(password))
        with self._changing() as accounts:
            if folded(name := account.name) in accounts:
                raise ConfigError(f"there is an account {accounts[folded(name)].name!r} already; choose another name")
            accounts[folded(name)] = account
        return account

    def set_password(self, name: str, password: str) -> None:
        """Give an account another password; its sessions end.

        Raises:
            ConfigError: when there is no such account, or for a bad password.
        """
        hashed = _hashed(password)
        with self._changing() as accounts:
            account = _existing(accounts, name)
            accounts[folded(name)] = Account(account.name, account.role, hashed)

    def remove(self, name: str) -> None:
        """Remove an account; its sessions end.

        Raises:
            ConfigError: when there is no such account.
        """
        with self._changing() as accounts:
            _existing(accounts, name)
            del accounts[folded(name)]

    @contextlib.contextmanager
    def _changing(self) -> Iterator[dict[str, Account]]:
        with locks.hold(self._root, "accounts", USERS_NAME):
            accounts = dict(self.all())
            yield accounts
            # At no moment may anybody but its owner read it.
            files.write_atomically(self.path, _dumps(accounts), mode=0o600)


def keep_out_of_git(root: Path) -> bool:
    """Make git ignore the file. Return whether ``.gitignore`` was changed.

    Raises:
        L10nFlowError: when it cannot be written.
    """
    path, line = Inside(root) / ".gitignore", f"/{USERS_NAME}"
    data = files.read_optional(path) or b""
    if line.encode() in data.splitlines():
        return False
    end = b"" if not data or data.endswith(b"\n") else b"\n"
    files.write_atomically(path, data + end + line.encode() + b"\n")
    return True


def _known_role(role: str) -> str:
    if role not in ROLES:
        raise ConfigError(f"a role is {' or '.join(ROLES)}, not {role!r}")
    return role


def _existing(accounts: Mapping[str, Account], name: str) -> Account:
    account = accounts.get(folded(name))
    if account is None:
        raise ConfigError(f"there is no account {name!r}; l10n-flow user list shows them")
    return account


def _hashed(password: str) -> str:
    if not MIN_PASSWORD <= len(password) <= MAX_PASSWORD:
        raise ConfigError(f"a password has {MIN_PASSWORD} to {MAX_PASSWORD:,} characters")
    with _HASHING:
        return generate_password_hash(password, _METHOD)


@cache
def _nobody() -> str:
    """The hash of a random password, for names without an account."""
    return generate_password_hash(os.urandom(16).hex(), _METHOD)


def _dumps(accounts: Mapping[str, Account]) -> bytes:
    users = {account.name: {"role": account.role, "password": account.password} for account in accounts.values()}
    return (json.dumps({"version": 1, "users": users}, ensure_ascii=False, indent=2) + "\n").encode()


def _parse(data: bytes, path: Path) -> dict[str, Account]:
    try:
        users = json.loads(data)["users"]
        found = [Account(clean_name(name), _known_role(user["role"]), user["password"]) for name, user in users.items()]
        sound = all(account.password.startswith("scrypt:") for account in found)
    except (ValueError, KeyError, TypeError, AttributeError):
        sound = False
    if not sound:
        raise ConfigError("is damaged; restore it, or remove it and add the accounts anew", path=path)
    return {folded(account.name): account for account in found}
