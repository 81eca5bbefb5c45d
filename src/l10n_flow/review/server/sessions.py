"""Sessions: the server knows a browser by a random secret, until the reader logs out or the time is over."""

from __future__ import annotations

import hashlib
import hmac
import secrets
import threading
import time
from collections.abc import Callable
from dataclasses import dataclass, replace

#: Seconds without a request, and seconds in all, after which a session ends.
IDLE, ABSOLUTE = 12 * 3600.0, 7 * 24 * 3600.0


@dataclass(frozen=True, slots=True)
class Session:
    """A session of one browser.

    Attributes:
        name: the name of the account; without accounts, the name that the reader has given ("" before that).
        stamp: ``Account.stamp`` at the login; "" without accounts.
        began, seen: when it began and when it was last used, by the clock of the table.
        told: a message for the next page of the reader.
    """

    name: str
    stamp: str
    began: float
    seen: float
    told: str = ""


class Sessions:
    """All sessions, with digests of their secrets. Every method may be called from any thread."""

    def __init__(self, clock: Callable[[], float] = time.monotonic) -> None:
        self._clock = clock
        self._lock = threading.Lock()
        self._table: dict[str, Session] = {}

    def begin(self, name: str, stamp: str = "") -> str:
        """Begin a session; returns its secret, for the cookie."""
        secret = secrets.token_urlsafe(32)
        with self._lock:
            now = self._clock()
            self._table = {key: one for key, one in self._table.items() if not _over(one, now)}
            self._table[_digest(secret)] = Session(name, stamp, now, now)
        return secret

    def find(self, secret: str, *, renew: bool = True) -> Session | None:
        """The session of a secret; None when it does not exist or is over. ``renew``: whether the reader is active."""
        key = _digest(secret)
        with self._lock:
            now, session = self._clock(), self._table.get(key)
            if session is None or _over(session, now):
                self._table.pop(key, None)
                return None
            if renew:
                self._table[key] = session = replace(session, seen=now)
            return session

    def rename(self, secret: str, name: str) -> None:
        self._change(secret, name=name)

    def tell(self, secret: str, message: str) -> None:
        """Keep a message for the next page of the session."""
        self._change(secret, told=message)

    def told(self, secret: str) -> str:
        """The message that was kept; it is returned once."""
        session = self._change(secret, told="")
        return session.told if session is not None else ""

    def _change(self, secret: str, **changes: str) -> Session | None:
        """Change a session, if it exists; returns it as it was before."""
        key = _digest(secret)
        with self._lock:
            if (session := self._table.get(key)) is not None:
                self._table[key] = replace(session, **changes)  # type: ignore[arg-type]
            return session

    def end(self, secret: str) -> None:
        with self._lock:
            self._table.pop(_digest(secret), None)


class EntryToken:
    """The one-time token of the address that the program prints. Each use makes a new one."""

    def __init__(self) -> None:
        self._lock = threading.Lock()
        self._token = secrets.token_urlsafe(32)

    @property
    def token(self) -> str:
        with self._lock:
            return self._token

    def use(self, token: str) -> bool:
        """Whether this is the token; if so, a new token replaces it."""
        with self._lock:
            good = hmac.compare_digest(self._token.encode(), token.encode("utf-8", "replace"))
            if good:
                self._token = secrets.token_urlsafe(32)
            return good


def _digest(secret: str) -> str:
    return hashlib.sha256(secret.encode("utf-8", "replace")).hexdigest()


def _over(session: Session, now: float) -> bool:
    return now - session.seen > IDLE or now - session.began > ABSOLUTE
