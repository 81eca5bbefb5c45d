"""The printed address with its token, login and logout, the name and the language of the reader."""

from __future__ import annotations

import math
import threading
from collections.abc import Callable
from dataclasses import dataclass
from urllib.parse import quote, unquote

from flask import Blueprint, Response, g, make_response, redirect, request
from werkzeug.exceptions import BadRequest, Forbidden, NotFound, TooManyRequests
from werkzeug.urls import iri_to_uri

from l10n_flow import interface
from l10n_flow.errors import ConfigError
from l10n_flow.messages import Message
from l10n_flow.review import page as review
from l10n_flow.review.server.accounts import MAX_PASSWORD, clean_name, folded
from l10n_flow.review.server.forms import LANGUAGE_COOKIE, field, local_address
from l10n_flow.review.server.guard import Guard, Uninvited
from l10n_flow.review.server.sentences import sentence
from l10n_flow.review.server.throttle import keys_of

#: The cookie with the name of a reader without an account; it proves nothing.
NAME_COOKIE = "l10n-flow-name"
_YEAR = 365 * 24 * 3600
#: How many passwords are checked at once: a check is slow, and readers with a session need threads, too.
_JUDGED_AT_ONCE = threading.Semaphore(8)


def blueprint(guard: Guard, entered: Callable[[], None]) -> Blueprint:
    """The views of login and logout.

    Args:
        guard: the access rules.
        entered: called when the printed address was used and there is a new one.
    """
    made, views = Blueprint("entry", __name__), _EntryViews(guard, entered)
    made.add_url_rule("/enter", "enter", views.enter)
    made.add_url_rule("/login", "login", views.login, methods=["GET", "POST"])
    made.add_url_rule("/logout", "logout", views.logout, methods=["POST"])
    made.add_url_rule("/name", "name", views.name, methods=["POST"])
    made.add_url_rule("/language", "language", views.language, methods=["POST"])
    return made


@dataclass(frozen=True, slots=True)
class _EntryViews:
    guard: Guard
    entered: Callable[[], None]

    def enter(self) -> Response:
        if self.guard.by_account():
            return _to("/login")
        wanted = self.guard.wanted(request)
        if request.method == "HEAD" or not self.guard.entry_token.use(request.args.get("token", "")):
            if self.guard.reader(request) is not None:
                return _in(wanted)
            raise Uninvited(Message("this address was used already; take the one that l10n-flow review printed last"))
        response = _in(wanted)
        self.guard.admit(request, response, _name_in_cookie())
        self.entered()
        return response

    def login(self) -> Response:
        if not self.guard.by_account():
            raise NotFound
        if request.method != "POST":
            return make_response(review.render_login(g.reader, local_address(request.args.get("next", "/"))))
        name, next_ = field(request.form, "name", needed=False), local_address(request.form.get("next", "/"))
        if not _JUDGED_AT_ONCE.acquire(blocking=False):
            raise TooManyRequests(Message("many log in at this moment; try again in a few seconds"), retry_after=5)
        try:
            return self._tried(name, next_)
        finally:
            _JUDGED_AT_ONCE.release()

    def _tried(self, name: str, next_: str) -> Response:
        keys = keys_of(folded(name), request.remote_addr or "", self.guard.known_browser(request, name))
        wait = self.guard.throttle.begin(keys)
        if wait > 0:
            seconds = math.ceil(wait)
            raise TooManyRequests(
                Message("too many attempts; try again in {seconds:,} seconds", seconds=seconds), retry_after=seconds
            )
        account = self.guard.accounts.verify(name, request.form.get("password", "")[: MAX_PASSWORD + 1])
        if account is None:
            return make_response(review.render_login(g.reader, next_, failed=True, name=name), 403)
        self.guard.throttle.succeeded(keys)
        response = _to(next_)
        self.guard.admit(request, response, account.name, account.stamp)
        self.guard.remember_browser(response, account)
        return response

    def logout(self) -> Response:
        self.guard.dismiss(request)
        response = _to("/login") if self.guard.by_account() else _left()
        response.delete_cookie(self.guard.cookie, path="/", secure=self.guard.secure, httponly=True, samesite="Strict")
        return response

    def name(self) -> Response:
        if g.reader.proven:
            raise Forbidden(Message("your name is that of your account"))
        try:
            name = clean_name(request.form.get("name", ""))
        except ConfigError as error:
            return make_response(
                review.render_message(g.reader, Message("This cannot be a name"), _said(error.message), 422), 422
            )
        self.guard.sessions.rename(request.cookies[self.guard.cookie], name)
        response = _to(local_address(request.form.get("next", "/")))
        return self._remembering(response, NAME_COOKIE, quote(name))

    def language(self) -> Response:
        chosen = field(request.form, "language")
        if chosen not in interface.languages():
            raise BadRequest(Message("there is no such language"))
        return self._remembering(_to(local_address(request.form.get("next", "/"))), LANGUAGE_COOKIE, chosen)

    def _remembering(self, response: Response, cookie: str, value: str) -> Response:
        secure = self.guard.secure
        response.set_cookie(cookie, value, max_age=_YEAR, httponly=True, samesite="Strict", secure=secure)
        return response


def _in(address: str) -> Response:
    """Lead the browser to a page that needs the session: by a redirect, if no other page has led it here.

    After another page (the file of ``EntryFile``), the browser would not send the ``SameSite=Strict`` cookie with a
    redirect; from a page of ours it does.
    """
    if request.headers.get("Sec-Fetch-Site", "none") in {"none", "same-origin"}:
        return _to(address)
    told = Message("The page opens at once. If it does not, go on by this link:")
    response = make_response(review.render_message(g.reader, Message("You are in"), told, 200, back=address))
    response.headers["Refresh"] = f"0; url={iri_to_uri(address)}"
    return response


def _left() -> Response:
    told = Message("l10n-flow review printed a new address to come in again.")
    return make_response(review.render_message(g.reader, Message("You have left"), told, 200))


def _said(text: str) -> str:
    return sentence(text, g.reader.language)


def _name_in_cookie() -> str:
    try:
        return clean_name(unquote(request.cookies.get(NAME_COOKIE, "")[:MAX_PASSWORD]))
    except ConfigError:
        return ""


def _to(address: str) -> Response:
    return make_response(redirect(address, 303))
