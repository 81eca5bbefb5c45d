"""Access: each request is checked before a view handles it.

Against DNS rebinding, only requests to our own names are answered (Host). Against forged requests, a request that
changes something must come from our own pages (Origin, else Sec-Fetch-Site), and the cookie is SameSite=Strict. All
views but those of the login need a session. With accounts, or on a network, a session belongs to an account; otherwise
it belongs to the browser that opened the address that the program printed.
"""

from __future__ import annotations

import hashlib
import hmac
import re
import secrets
from dataclasses import dataclass, field
from urllib.parse import quote, unquote, urlencode

from flask import Request, Response, after_this_request, redirect
from werkzeug.exceptions import Forbidden, MethodNotAllowed, Unauthorized, UnsupportedMediaType

from l10n_flow.messages import Message
from l10n_flow.review.page.model import Reader
from l10n_flow.review.server.accounts import Account, Accounts, folded
from l10n_flow.review.server.forms import local_address
from l10n_flow.review.server.sessions import EntryToken, Session, Sessions
from l10n_flow.review.server.throttle import Throttle

_OPEN = frozenset({"static", "icon", "entry.enter", "entry.login", "entry.language"})
_METHODS = ("GET", "HEAD", "POST")
_FORM = "application/x-www-form-urlencoded"
#: Pages that a link from another program leads to (``l10n-flow status --todo``), and how many minutes it is remembered.
_WANTED = frozenset({"pages.article", "pages.unit"})
_MINUTES = 10
#: How many seconds a browser stays known to an account after its last login.
_KNOWN = 365 * 24 * 3600
_INVITED = Message(
    "l10n-flow review prints an address when it starts: open that one in this browser, and you will be led on to the "
    "page you wanted. Each works once; then the terminal shows the next."
)
_UNKNOWN = Message(
    "the server was started anew, or your session has ended: open the address that the terminal shows in another tab, "
    "then try again here"
)


class Uninvited(Forbidden):
    """The browser has no session, and there are no accounts."""

    title = Message("Open the address that the terminal shows")


@dataclass(frozen=True, slots=True)
class Guard:
    """The access rules of a server.

    Attributes:
        origins: the origins of the server: scheme, host and port as browsers write them.
        accounts: the accounts of the project.
        must_login: whether a login is needed even when there are no accounts.
        entry_token, sessions, throttle: the token of the printed address, the sessions, and the limit of logins.
    """

    origins: tuple[str, ...]
    accounts: Accounts
    must_login: bool = False
    entry_token: EntryToken = field(default_factory=EntryToken)
    sessions: Sessions = field(default_factory=Sessions)
    throttle: Throttle = field(default_factory=Throttle)

    @property
    def secure(self) -> bool:
        """Whether browsers reach the server by TLS only."""
        return all(origin.startswith("https:") for origin in self.origins)

    @property
    def cookie(self) -> str:
        """The name of the session's cookie, with our port: cookies do not know ports, and two servers may run."""
        return "__Host-l10n-flow" if self.secure else f"l10n-flow-{re.sub('[^0-9a-z]+', '-', self.origins[0])}"

    def by_account(self) -> bool:
        """Whether readers have to log in.

        Raises:
            ConfigError: when the accounts cannot be read; then nobody has access.
        """
        return self.must_login or bool(self.accounts.all())

    def require(self, request: Request) -> None:
        """Refuse a request to another name, or a form that another page has sent.

        Raises:
            Forbidden, MethodNotAllowed, UnsupportedMediaType: with a sentence.
        """
        origin = self._origin(request.environ.get("HTTP_HOST", ""))
        if origin is None:
            raise Forbidden(Message("this page is reached under {address} only", address=self.origins[0]))
        if request.method not in _METHODS:
            raise MethodNotAllowed(_METHODS)
        if request.method == "POST":
            if not _same_origin(request, origin):
                raise Forbidden(Message("this was not sent by this page; open the page itself and try again"))
            if request.mimetype != _FORM:
                raise UnsupportedMediaType(Message("only forms are taken here"))

    def _origin(self, host: str) -> str | None:
        return next((origin for origin in self.origins if origin.partition("://")[2] == host), None)

    def reader(self, request: Request) -> Reader | None:
        """The reader; None without a session. A request that a page sends by itself does not prolong the session.

        Raises:
            ConfigError: when the accounts cannot be read.
        """
        secret = request.cookies.get(self.cookie, "")
        session = self.sessions.find(secret, renew=not _by_itself(request)) if secret else None
        if session is None:
            return None
        if self.by_account():
            account = _account(self.accounts, session)
            if account is None:
                self.sessions.end(secret)
                return None
            return Reader(account.name, account.role, proven=True)
        return None if session.stamp else Reader(session.name)

    def turn_away(self, request: Request) -> Response | None:
        """Answer a request without a session: None for the views of the login, a redirect to the login for a page.

        Raises:
            Forbidden, Unauthorized: with a sentence.
        """
        if request.endpoint in _OPEN:
            return None
        stays = request.method == "POST" or by_script(request)
        wanted = _address(request)
        if not self.by_account():
            if stays:
                raise Unauthorized(_UNKNOWN)
            if request.endpoint in _WANTED:
                after_this_request(lambda response: self._keep_wanted(response, wanted))
            raise Uninvited(_INVITED)
        if stays:
            raise Unauthorized(Message("your session has ended; log in again in another tab, then save once more"))
        query = "" if wanted == "/" else f"?{urlencode({'next': wanted})}"
        return redirect(f"/login{query}", 303)  # type: ignore[return-value]

    def wanted(self, request: Request) -> str:
        """The address that the browser asked for before it had a session; otherwise the home page."""
        return local_address(unquote(request.cookies.get(f"{self.cookie}-way", "")))

    def _keep_wanted(self, response: Response, wanted: str) -> Response:
        name = f"{self.cookie}-way"
        response.set_cookie(name, quote(wanted), max_age=_MINUTES * 60, httponly=True, samesite="Strict", path="/enter")
        return response

    def tell(self, request: Request, message: str) -> None:
        """Keep a message for the next page of the reader."""
        self.sessions.tell(request.cookies.get(self.cookie, ""), message)

    def told(self, request: Request) -> str:
        """The message for this page, once; "" when a script loads the page only to read it."""
        return "" if by_script(request) else self.sessions.told(request.cookies.get(self.cookie, ""))

    def admit(self, request: Request, response: Response, name: str, stamp: str = "") -> None:
        """Begin a session with a new secret, and end the one before."""
        self.dismiss(request)
        self._set_cookie(response, self.cookie, self.sessions.begin(name, stamp))

    def known_browser(self, request: Request, name: str) -> str:
        """The value of a browser that has logged in to an account before; "" for another, or after a new password."""
        cookie = request.cookies.get(self._known_cookie(name), "")
        account = self.accounts.find(name) if cookie else None
        value, _, signature = cookie.partition(".")
        known = account is not None and hmac.compare_digest(account.sign(value).encode(), signature.encode())
        return value if known else ""

    def remember_browser(self, response: Response, account: Account) -> None:
        """Make the browser a known one of the account."""
        value = secrets.token_urlsafe(16)
        cookie = f"{value}.{account.sign(value)}"
        self._set_cookie(response, self._known_cookie(account.name), cookie, max_age=_KNOWN)

    def _known_cookie(self, name: str) -> str:
        """Each account has its own, for several people may use one browser."""
        return f"{self.cookie}-known-{hashlib.sha256(folded(name).encode('utf-8', 'surrogatepass')).hexdigest()[:16]}"

    def dismiss(self, request: Request) -> None:
        self.sessions.end(request.cookies.get(self.cookie, ""))

    def _set_cookie(self, response: Response, name: str, value: str, max_age: int | None = None) -> None:
        response.set_cookie(
            name, value, max_age=max_age, httponly=True, samesite="Strict", secure=self.secure, path="/"
        )


def _address(request: Request) -> str:
    """Path and query, as an address for ``forms.local_address``."""
    query = request.query_string.decode("latin-1")
    return quote(request.path) + (f"?{query}" if query else "")


def by_script(request: Request) -> bool:
    """Whether our script has sent the request; it shows the answer on the open page."""
    fetched = request.headers.get("Sec-Fetch-Dest") == "empty"
    return "HX-Request" in request.headers or fetched or request.endpoint == "pages.stamp"


def _by_itself(request: Request) -> bool:
    """Whether an open page has sent the request by itself, perhaps without a person in front of it."""
    return by_script(request) and "HX-Request" not in request.headers


def _account(accounts: Accounts, session: Session) -> Account | None:
    """The account of a session; None when its password is another one now."""
    account = accounts.all().get(folded(session.name))
    return account if account is not None and account.stamp == session.stamp else None


def _same_origin(request: Request, origin: str) -> bool:
    """Whether one of our own pages has sent the request; browsers send at least one of two headers."""
    told, site = request.headers.get("Origin"), request.headers.get("Sec-Fetch-Site")
    return (told is not None or site is not None) and told in {None, origin} and site in {None, "same-origin"}
