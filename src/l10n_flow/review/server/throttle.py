"""Slows down logins: after some failures, each further one doubles the wait."""

from __future__ import annotations

import hashlib
import ipaddress
import threading
import time
from collections import OrderedDict
from collections.abc import Callable, Iterable
from typing import NamedTuple

#: Failures without a wait: of an account from one address or one known browser, of an address (a whole office may share
#: it), and of an account from anywhere.
FREE_ACCOUNT, FREE_ADDRESS, FREE_ANYWHERE = 5, 20, 50
#: The longest waits in seconds. That of an account from anywhere also meets its owner, in a new browser.
LONGEST, LONGEST_ANYWHERE = 900.0, 30.0
#: After so many seconds without a failure, the failures are forgotten.
FORGOTTEN = 3_600.0
_MOST = 10_000


class ThrottleKey(NamedTuple):
    """A counter of failures: its kind, its value, how many failures have no wait, and the longest wait."""

    kind: str
    value: str
    free: int
    longest: float = LONGEST


def keys_of(account: str, address: str, browser: str = "") -> tuple[ThrottleKey, ...]:
    """The counters of a login. Of an IPv6 address its network counts, for one person has a whole network.

    An account is counted for each address, so that a stranger who knows a name cannot lock out its owner; and with
    short waits over all addresses, for one stranger may have many. A browser that has logged in to the account before
    (``browser``: its own value, "" for another one) is counted on its own, so that no stranger slows it down: OWASP,
    "Slow Down Online Guessing Attacks with Device Cookies".
    """
    if browser:
        return (ThrottleKey("account", _digest("browser", browser, account), FREE_ACCOUNT),)
    place = network(address)
    return (
        ThrottleKey("account", _digest("address", place, account), FREE_ACCOUNT),
        ThrottleKey("address", place, FREE_ADDRESS),
        ThrottleKey("anywhere", _digest("anywhere", "", account), FREE_ANYWHERE, LONGEST_ANYWHERE),
    )


def _digest(*parts: str) -> str:
    return hashlib.sha256("\0".join(parts).encode("utf-8", "surrogatepass")).hexdigest()  # any text may be typed


def network(address: str) -> str:
    try:
        parsed = ipaddress.ip_address(address.partition("%")[0])
    except ValueError:
        return address[:64]
    return str(ipaddress.ip_network((parsed, 64), strict=False)) if parsed.version == 6 else str(parsed)


class Throttle:
    """The failures by key, in memory. Every method may be called from any thread."""

    def __init__(self, clock: Callable[[], float] = time.monotonic) -> None:
        self._clock = clock
        self._lock = threading.Lock()
        self._failures: OrderedDict[ThrottleKey, tuple[int, float]] = OrderedDict()

    def begin(self, keys: Iterable[ThrottleKey]) -> float:
        """Begin an attempt; returns the seconds to wait, 0.0 when it may be made now.

        It counts as a failure until ``succeeded`` is called, so that many attempts at once have no advantage.
        """
        keys = tuple(keys)
        with self._lock:
            now = self._clock()
            wait = max(self._wait(key, now) for key in keys)
            if wait > 0:
                return wait
            for key in keys:
                self._failures[key] = (self._count(key, now) + 1, now)
                self._failures.move_to_end(key)
            while len(self._failures) > _MOST:
                self._failures.popitem(last=False)
            return 0.0

    def succeeded(self, keys: Iterable[ThrottleKey]) -> None:
        """The password was right: forget the failures of the account from here; of the other counters this attempt."""
        with self._lock:
            for key in keys:
                count, when = self._failures.pop(key, (0, 0.0))
                if key.kind != "account" and count > 1:
                    self._failures[key] = (count - 1, when)

    def _count(self, key: ThrottleKey, now: float) -> int:
        count, when = self._failures.get(key, (0, now))
        return 0 if now - when > FORGOTTEN else count

    def _wait(self, key: ThrottleKey, now: float) -> float:
        over = self._count(key, now) - key.free
        if over < 0:
            return 0.0
        return max(0.0, min(2.0 ** min(over, 20), key.longest) - (now - self._failures[key][1]))
