"""Answers to errors: a page with one message; our script gets the sentence alone."""

from __future__ import annotations

import logging
import secrets

from flask import Flask, Response, g, make_response, request
from werkzeug.exceptions import HTTPException

from l10n_flow.errors import ConfigError, FaultError, L10nFlowError, SourceError
from l10n_flow.messages import Message
from l10n_flow.project import Project
from l10n_flow.review import page as review
from l10n_flow.review.page.model import NOBODY
from l10n_flow.review.server.guard import by_script
from l10n_flow.review.server.sentences import sentence, without_root

_log = logging.getLogger(__name__)
_TITLES = {
    400: Message("This request makes no sense"),
    401: Message("Your session has ended"),
    403: Message("Not allowed"),
    404: Message("There is no such page"),
    405: Message("Not possible"),
    413: Message("Too large"),
    415: Message("Not possible"),
    424: Message("A file of the project cannot be used"),
    429: Message("Too many attempts"),
    500: Message("A fault of l10n-flow"),
    503: Message("Another program is at work"),
}


def register_errors(app: Flask, project: Project) -> None:
    """Register the answers to all errors of an application."""

    def refused(error: HTTPException) -> Response:
        status = error.code or 500
        response = _message(status, _sentence(error), getattr(error, "title", None))
        for name, value in error.get_headers():
            if name in {"Allow", "Retry-After"}:
                response.headers[name] = value
        return response

    def wrong(error: L10nFlowError) -> Response:
        message = without_root(error.message, project.root)
        if error.path is not None:
            # Not our fault: a damaged catalogue, a linked source. Our script does not put this 4xx into a card.
            status = 500 if isinstance(error, FaultError | ConfigError) else 424
            return _message(status, f"{project.shown(project.root / error.path)}: {message}")
        return _message(404 if isinstance(error, SourceError | ConfigError) else 500, message)

    app.register_error_handler(HTTPException, refused)
    app.register_error_handler(L10nFlowError, wrong)
    app.register_error_handler(Exception, _fault)


def _sentence(error: HTTPException) -> str:
    """The sentence of an error, if it is one of ours; "" for those of the library."""
    return error.description if error.description and error.description != type(error).description else ""


def _fault(error: Exception) -> Response:
    """Answer our own fault: the log on standard error has the traceback, the page its number only."""
    number = secrets.token_hex(4)
    _log.error("fault %s at %s %r", number, request.method, request.path, exc_info=error)
    done = Message("It was saved, but cannot be shown.") if g.get("saved") else Message("Nothing was saved.")
    told = Message("{done} The server's log tells more under {number}; please report it.", done=done, number=number)
    return _message(500, told)


def _message(status: int, text: str, title: str | None = None) -> Response:
    """A page with one message; for our script the sentence alone, which it shows on the open page."""
    reader = g.get("reader", NOBODY)
    title = title or _TITLES.get(status, _TITLES[400])
    if by_script(request):
        return Response(sentence(text or title, reader.language), status, mimetype="text/plain")
    said = sentence(text, reader.language)
    return make_response(review.render_message(reader, title, said, status), status)
