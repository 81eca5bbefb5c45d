"""Accounts, the throttle of their logins, and sessions: on their own, without a server."""

from __future__ import annotations

import stat
import threading
from pathlib import Path

import pytest
from click.testing import CliRunner
from hypothesis import given
from hypothesis import strategies as st

from conftest import Newsroom
from l10n_flow.catalogue.edit import can_sign
from l10n_flow.cli import cli
from l10n_flow.errors import ConfigError
from l10n_flow.review.server import accounts as module
from l10n_flow.review.server.accounts import USERS_NAME, Accounts, clean_name, folded, keep_out_of_git
from l10n_flow.review.server.sessions import ABSOLUTE, IDLE, EntryToken, Sessions
from l10n_flow.review.server.throttle import (
    FORGOTTEN,
    FREE_ACCOUNT,
    FREE_ADDRESS,
    FREE_ANYWHERE,
    LONGEST,
    LONGEST_ANYWHERE,
    Throttle,
    keys_of,
)

PASSWORD = "correct horse"


@pytest.fixture(autouse=True)
def cheap(monkeypatch: pytest.MonkeyPatch) -> None:
    """Passwords hashed in no time, but in the same way."""
    monkeypatch.setattr(module, "_METHOD", "scrypt:1024:8:1")
    module._nobody.cache_clear()


class Clock:
    def __init__(self) -> None:
        self.now = 1_000.0

    def __call__(self) -> float:
        return self.now


# Names -----------------------------------------------------------------------------------------------------------


@pytest.mark.parametrize(
    ("given_name", "name"),
    [
        ("Ann", "Ann"),
        ("  陳 大文\u3000", "陳 大文"),
        ("a\r\nSet-Cookie: b", "a Set-Cookie: b"),
        ("e\u0301", "é"),
        ("x" * 60, "x" * 60),
    ],
)
def test_a_name_is_one_line(given_name: str, name: str) -> None:
    assert clean_name(given_name) == name


@pytest.mark.parametrize(
    "name", ["", " \n", "x" * 61, "a\0b", "a\u202eb", "Ann\u200b", "a\x1bb", "\ud800", "Ann on 2024-01-01: x"]
)
def test_what_is_no_name(name: str) -> None:
    with pytest.raises(ConfigError):
        clean_name(name)


@given(st.text(max_size=80))
def test_every_name_can_sign(text: str) -> None:
    try:
        name = clean_name(text)
    except ConfigError:
        return
    assert can_sign(name, "2026-01-01")
    assert clean_name(name) == name
    assert "\n" not in name


def test_names_that_could_be_taken_for_one_another_are_one(tmp_path: Path) -> None:
    accounts = Accounts(tmp_path)
    accounts.add("Ann", "reviewer", PASSWORD)
    for twin in ("ann", "ANN", "Ａnn", " Ann "):
        with pytest.raises(ConfigError, match="already"):
            accounts.add(twin, "translator", PASSWORD)
    assert folded("Straße") == folded("STRASSE")


# The file --------------------------------------------------------------------------------------------------------


def test_add_verify_change_remove(tmp_path: Path) -> None:
    accounts = Accounts(tmp_path)
    added = accounts.add("陳大文", "translator", PASSWORD)
    found = accounts.verify("陳大文", PASSWORD)
    assert found == added
    assert accounts.verify("陳大文", PASSWORD + "x") is None
    assert accounts.verify("nobody", PASSWORD) is None
    accounts.set_password("陳大文", "another password")
    changed = accounts.verify("陳大文", "another password")
    assert changed is not None
    assert (changed.role, changed.stamp != added.stamp) == ("translator", True)
    assert accounts.verify("陳大文", PASSWORD) is None
    accounts.remove("陳大文")
    assert accounts.all() == {}


def test_only_the_owner_may_read_the_file_and_it_holds_no_password(tmp_path: Path) -> None:
    accounts = Accounts(tmp_path)
    for number in range(2):
        accounts.add(f"user {number}", "reviewer", PASSWORD)
        assert stat.S_IMODE(accounts.path.plain.stat().st_mode) == 0o600
    data = accounts.path.plain.read_bytes()
    assert PASSWORD.encode() not in data
    assert data.count(b'"scrypt:') == 2
    hashes = {account.password for account in accounts.all().values()}
    assert len(hashes) == 2, "each with its own salt"
    assert [path.name for path in tmp_path.iterdir() if path.suffix == ".tmp"] == []


@pytest.mark.parametrize(
    "data",
    [b"", b" ", b"{", b"[]", b'{"users": []}', b'{"users": {"a": {}}}', b"\xff", b'{"users": {"a": {"role": "root", "password": "scrypt:x"}}}',
     b'{"users": {"a": {"role": "reviewer", "password": "plain"}}}', b'{"users": {"\\n": {"role": "reviewer", "password": "scrypt:"}}}'],
)  # fmt: skip
def test_a_damaged_file_is_an_error_and_never_no_accounts(tmp_path: Path, data: bytes) -> None:
    (tmp_path / USERS_NAME).write_bytes(data)
    with pytest.raises(ConfigError, match="damaged"):
        Accounts(tmp_path).all()


@pytest.mark.parametrize("password", ["", "short", "x" * 1_001])
def test_bad_passwords_are_refused(tmp_path: Path, password: str) -> None:
    with pytest.raises(ConfigError, match="password has"):
        Accounts(tmp_path).add("Ann", "reviewer", password)
    assert not (tmp_path / USERS_NAME).exists()


def test_an_endless_password_is_not_hashed(tmp_path: Path) -> None:
    accounts = Accounts(tmp_path)
    accounts.add("Ann", "reviewer", "x" * 1_000)
    assert accounts.verify("Ann", "x" * 1_000) is not None
    assert accounts.verify("Ann", "x" * 1_001) is None


def test_an_unknown_name_costs_a_hash_too(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    accounts = Accounts(tmp_path)
    accounts.add("Ann", "reviewer", PASSWORD)
    checked: list[str] = []
    monkeypatch.setattr(module, "check_password_hash", lambda hashed, _: bool(checked.append(hashed)))
    for name in ("Ann", "Bob"):
        assert accounts.verify(name, "whatever it is") is None
    methods = {hashed.partition("$")[0] for hashed in checked}
    assert (len(checked), len(methods)) == (2, 1)


def test_accounts_added_at_once_are_all_there(tmp_path: Path) -> None:
    threads = [
        threading.Thread(target=Accounts(tmp_path).add, args=(f"user {number}", "reviewer", PASSWORD))
        for number in range(6)
    ]
    for thread in threads:
        thread.start()
    for thread in threads:
        thread.join()
    assert len(Accounts(tmp_path).all()) == 6


def test_git_is_told_to_ignore_the_file_once(tmp_path: Path) -> None:
    (tmp_path / ".gitignore").write_bytes(b"/build/")
    assert keep_out_of_git(tmp_path)
    assert not keep_out_of_git(tmp_path)
    assert (tmp_path / ".gitignore").read_bytes() == b"/build/\n/l10n-flow.users.json\n"


def test_what_a_hash_costs(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.undo()
    assert Accounts(tmp_path).add("Ann", "reviewer", PASSWORD).password.startswith("scrypt:32768:8:3$")


def test_the_command(newsroom: Newsroom, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.chdir(newsroom.root)

    def run(*arguments: str, password: str = "") -> tuple[str, type[BaseException] | None]:
        ran = CliRunner().invoke(cli, ["user", *arguments], input=f"{password}\n")
        return ran.stdout, type(ran.exception) if ran.exception else None

    assert run("add", "Ann", "--role", "reviewer", password=PASSWORD) == ("Ann: reviewer\n", None)
    assert run("add", "ann", "--role", "reviewer", password=PASSWORD)[1] is ConfigError
    assert run("add", "Bob", "--role", "translator", password="short")[1] is ConfigError
    assert run("add", "Bob", "--role", "root", password=PASSWORD)[1] is SystemExit
    assert run("list") == ("Ann: reviewer\n", None)
    assert run("password", "Ann", password="something else") == ("", None)
    assert Accounts(newsroom.root).verify("Ann", "something else") is not None
    assert run("remove", "Bob")[1] is ConfigError
    assert run("remove", "Ann") == ("", None)
    assert run("list") == ("", None)
    assert f"/{USERS_NAME}\n" in (newsroom.root / ".gitignore").read_text()


# The throttle ----------------------------------------------------------------------------------------------------


def test_after_some_failures_each_further_one_doubles_the_wait() -> None:
    clock = Clock()
    throttle = Throttle(clock)
    keys = keys_of("ann", "192.0.2.1")
    assert [throttle.begin(keys) for _ in range(FREE_ACCOUNT)] == [0.0] * FREE_ACCOUNT
    waits = []
    for _ in range(12):
        waits.append(throttle.begin(keys))
        clock.now += waits[-1]
        assert throttle.begin(keys) == 0.0
    assert waits[:4] == [1.0, 2.0, 4.0, 8.0]
    assert waits[-1] == LONGEST


def test_what_is_refused_counts_as_no_failure_so_nobody_is_locked_out_for_good() -> None:
    clock = Clock()
    throttle = Throttle(clock)
    keys = keys_of("ann", "192.0.2.1")
    for _ in range(1_000):
        throttle.begin(keys)
    clock.now += 1.0
    assert throttle.begin(keys) == 0.0


def test_an_address_is_throttled_over_all_accounts_and_no_stranger_locks_a_colleague_out() -> None:
    throttle = Throttle(Clock())
    for number in range(FREE_ADDRESS):
        assert throttle.begin(keys_of(f"user {number}", "192.0.2.1")) == 0.0
    assert throttle.begin(keys_of("one more", "192.0.2.1")) > 0
    assert throttle.begin(keys_of("one more", "192.0.2.2")) == 0.0
    for _ in range(FREE_ACCOUNT):
        throttle.begin(keys_of("ann", "198.51.100.1"))
    assert throttle.begin(keys_of("ann", "198.51.100.1")) > 0
    assert throttle.begin(keys_of("ann", "203.0.113.9")) == 0.0


def test_an_account_is_throttled_over_all_addresses_with_a_short_wait() -> None:
    """A stranger with many addresses, in some IPv6 networks and on some machines, guesses for one account."""
    clock = Clock()
    throttle = Throttle(clock)
    places = [f"203.0.113.{number}" for number in range(100)] + [f"2001:db8:0:{number:x}::1" for number in range(100)]
    assert not any(throttle.begin(keys_of("ann", place)) for place in places[:FREE_ANYWHERE])
    assert throttle.begin(keys_of("bob", places[-1])) == 0.0, "another account is not slowed down"
    waits, guesses = [], 0
    for place in places[FREE_ANYWHERE:]:
        waits.append(throttle.begin(keys_of("ann", place)))
        clock.now += waits[-1]
        guesses += throttle.begin(keys_of("ann", place)) == 0.0
    assert waits[:4] == [1.0, 2.0, 4.0, 8.0]
    assert max(waits) == waits[-1] == LONGEST_ANYWHERE == 30.0
    assert guesses == len(waits), "at no time longer than that"
    assert throttle.begin(keys_of("ann", "192.0.2.1")) == LONGEST_ANYWHERE, "nor for the owner in a new browser"


def test_a_success_does_not_give_a_stranger_new_tries() -> None:
    """What the owner does in a new browser takes back this attempt, and not the guesses of others."""
    throttle = Throttle(Clock())
    own = keys_of("ann", "192.0.2.1")
    for number in range(FREE_ANYWHERE - 1):
        throttle.begin(keys_of("ann", f"203.0.113.{number}"))
        assert throttle.begin(own) == 0.0
        throttle.succeeded(own)
    assert throttle.begin(keys_of("ann", "203.0.113.100")) == 0.0
    assert throttle.begin(keys_of("ann", "203.0.113.101")) > 0


def test_a_known_browser_is_counted_on_its_own() -> None:
    """Neither guesses from elsewhere nor those of its own address hold it up; its own are slowed down, from anywhere."""
    clock = Clock()
    throttle = Throttle(clock)
    for number in range(FREE_ANYWHERE + 1):
        throttle.begin(keys_of("ann", f"203.0.113.{number}"))
    for number in range(FREE_ADDRESS + 1):
        throttle.begin(keys_of(f"user {number}", "192.0.2.1"))
    known = keys_of("ann", "192.0.2.1", "a browser")
    assert throttle.begin(keys_of("ann", "192.0.2.1")) > 0
    for number in range(FREE_ACCOUNT):
        assert throttle.begin(keys_of("ann", f"198.51.100.{number}", "a browser")) == 0.0
    assert throttle.begin(known) == 1.0
    assert throttle.begin(keys_of("ann", "192.0.2.1", "another")) == 0.0
    clock.now += 1.0
    assert throttle.begin(known) == 0.0
    throttle.succeeded(known)
    assert throttle.begin(known) == 0.0


def test_success_forgets_the_account_but_not_what_else_its_address_tried() -> None:
    throttle = Throttle(Clock())
    own = keys_of("mallory", "192.0.2.1")
    for number in range(FREE_ADDRESS):
        if number % 3 == 0:
            throttle.begin(own)
            throttle.succeeded(own)
        throttle.begin(keys_of(f"user {number}", "192.0.2.1"))
    assert throttle.begin(own) > 0


def test_failures_are_forgotten_in_time() -> None:
    clock = Clock()
    throttle = Throttle(clock)
    keys = keys_of("ann", "192.0.2.1")
    for _ in range(FREE_ACCOUNT):
        throttle.begin(keys)
    clock.now += FORGOTTEN + 1
    assert [throttle.begin(keys) for _ in range(FREE_ACCOUNT)] == [0.0] * FREE_ACCOUNT


@pytest.mark.parametrize(
    ("one", "other", "same"),
    [("2001:db8::1", "2001:db8::ffff", True), ("2001:db8::1", "2001:db8:0:1::1", False), ("192.0.2.1", "192.0.2.2", False),
     ("fe80::1%eth0", "fe80::2", True), ("localhost", "localhost", True)],
)  # fmt: skip
def test_of_ipv6_the_network_counts(one: str, other: str, *, same: bool) -> None:
    assert (keys_of("a", one)[1] == keys_of("a", other)[1]) is same


def test_a_key_is_short_whatever_was_typed() -> None:
    long = folded("\ufdfa" * 1_000)
    assert len(long) > 10_000
    assert all(len(key.value) < 100 for key in keys_of(long, "x" * 10_000))
    assert keys_of(long, "192.0.2.1") != keys_of(long + "x", "192.0.2.1")


def test_the_table_does_not_grow_without_end() -> None:
    throttle = Throttle(Clock())
    for number in range(11_000):
        throttle.begin(keys_of(f"user {number}", "192.0.2.1")[:1])
    assert len(throttle._failures) == 10_000


def test_a_signature_is_of_one_account_text_and_password(newsroom: Newsroom) -> None:
    accounts = Accounts(newsroom.root)
    ann, bob = accounts.add("Ann", "reviewer", PASSWORD), accounts.add("Bob", "reviewer", PASSWORD)
    signed = ann.sign("a browser")
    assert accounts.all()[folded("ANN")].sign("a browser") == signed, "also after a new start"
    assert signed not in {bob.sign("a browser"), ann.sign("another"), ann.stamp}
    accounts.set_password("Ann", PASSWORD)
    assert accounts.all()["ann"].sign("a browser") != signed


# Sessions --------------------------------------------------------------------------------------------------------


def test_sessions_end_when_idle_and_in_any_case() -> None:
    clock = Clock()
    sessions = Sessions(clock)
    idle, busy = sessions.begin("Ann"), sessions.begin("Bob")
    steps = int(ABSOLUTE // (IDLE - 1))
    for _ in range(steps):
        clock.now += IDLE - 1
        assert sessions.find(busy) is not None
    assert sessions.find(idle) is None
    clock.now += IDLE - 1
    assert sessions.find(busy) is None


def test_a_page_that_only_looks_does_not_prolong_its_session() -> None:
    clock = Clock()
    sessions = Sessions(clock)
    secret = sessions.begin("Ann")
    clock.now += IDLE
    assert sessions.find(secret, renew=False) is not None
    clock.now += 1
    assert sessions.find(secret, renew=False) is None


def test_what_is_to_be_said_is_said_once_and_to_its_own_reader() -> None:
    sessions = Sessions(Clock())
    ann, bob = sessions.begin("Ann"), sessions.begin("Bob")
    sessions.tell(ann, "Done.")
    sessions.rename(ann, "Anna")
    assert [sessions.told(secret) for secret in (bob, ann, ann, "nobody")] == ["", "Done.", "", ""]


def test_ended_sessions_leave_nothing_behind() -> None:
    clock = Clock()
    sessions = Sessions(clock)
    for _ in range(5):
        sessions.begin("Ann")
    clock.now += IDLE + 1
    secret = sessions.begin("Bob")
    assert len(sessions._table) == 1
    assert secret not in repr(sessions._table), "a secret is not kept"
    sessions.end(secret)
    assert sessions.find(secret) is None


def test_a_token_opens_once_and_makes_the_next() -> None:
    entry_token = EntryToken()
    token = entry_token.token
    assert not entry_token.use("")
    assert not entry_token.use(token[:-1])
    assert not entry_token.use("\udcff\u20ac")
    assert entry_token.use(token)
    assert not entry_token.use(token)
    assert entry_token.use(entry_token.token)


def test_of_many_at_once_one_gets_in() -> None:
    entry_token = EntryToken()
    token, start, won = entry_token.token, threading.Barrier(8), []

    def run() -> None:
        start.wait()
        won.append(entry_token.use(token))

    threads = [threading.Thread(target=run) for _ in range(8)]
    for thread in threads:
        thread.start()
    for thread in threads:
        thread.join()
    assert won.count(True) == 1
