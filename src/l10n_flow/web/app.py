"""The review page as a WSGI application: thin views between a desk that reads, a committer that writes, and pages."""

from __future__ import annotations

import logging
import mimetypes
import secrets
from collections.abc import Callable, Mapping
from dataclasses import dataclass
from typing import TYPE_CHECKING, Any

from flask import Flask, Response, g, make_response, redirect, request
from werkzeug.exceptions import HTTPException, NotFound
from werkzeug.routing import BaseConverter

from l10n_flow.config import Project
from l10n_flow.errors import ConfigError, L10nFlowError, SourceError
from l10n_flow.messages import Message
from l10n_flow.pages import review
from l10n_flow.pages.review import links
from l10n_flow.pages.review.frame import of_unit
from l10n_flow.pages.review.model import NOBODY, Filter, Reader
from l10n_flow.web import headers
from l10n_flow.web.entry import Entry
from l10n_flow.web.forms import field, filter_of, name_of
from l10n_flow.web.guard import Guard
from l10n_flow.web.language import language_of
from l10n_flow.web.preview import preview
from l10n_flow.web.saving import Saving

if TYPE_CHECKING:
    from l10n_flow.workflow.committer import Committer
    from l10n_flow.workflow.desk import Desk

MAX_REQUEST = 1_000_000
_log = logging.getLogger(__name__)


class _Document(BaseConverter):
    """A document's name in an address: with slashes, and whatever else a file name may hold (even line breaks)."""

    regex = r"[^/][\s\S]*?"
    part_isolating = False
    weight = 200


class _Unit(BaseConverter):
    """A unit's id."""

    regex = "[0-9a-f]{8,64}"


def create_app(
    project: Project, desk: Desk, committer: Committer, guard: Guard, *, entered: Callable[[], None] = lambda: None
) -> Flask:
    """The application.

    Args:
        project: what is reviewed.
        desk: reads it.
        committer: saves.
        guard: judges every request.
        entered: called when the printed address was used up and there is a new one.
    """
    app = Flask(__name__, static_folder=None, template_folder=None)
    app.config.update(MAX_CONTENT_LENGTH=MAX_REQUEST, MAX_FORM_MEMORY_SIZE=MAX_REQUEST, PROVIDE_AUTOMATIC_OPTIONS=False)
    app.url_map.merge_slashes = False  # it would answer //host with a redirect
    app.url_map.strict_slashes = False
    app.url_map.converters.update(document=_Document, unit=_Unit)
    app.before_request(lambda: _judge(guard))
    app.after_request(headers.protect)
    Entry(guard, entered).register(app)
    Saving(project, desk, committer).register(app)
    _Views(project, desk).register(app)
    _register_errors(app, project)
    return app


def _judge(guard: Guard) -> Response | None:
    g.reader = Reader("", language=language_of(request))
    guard.require(request)
    reader = guard.reader(request)
    if reader is None:
        return guard.turn_away(request)
    g.reader = reader._replace(language=g.reader.language)
    return None


@dataclass(frozen=True, slots=True)
class _Views:
    """What can be looked at."""

    project: Project
    desk: Desk

    def register(self, app: Flask) -> None:
        views: Mapping[str, Callable[..., Any]] = {
            "/": self.home,
            "/d/<document:document>": self.article,
            "/u/<locale>/<document:document>/<unit:unit>": self.unit,
            "/stamp": self.stamp,
            "/history": self.history,
            "/preview/<locale>/<document:document>": self.preview,
            "/static/<name>": static,
            "/favicon.ico": icon,
        }
        for rule, view in views.items():
            app.add_url_rule(rule, view.__name__, view, methods=["GET"])

    def home(self) -> str:
        return review.render_desk(self.desk.home(g.reader, request.args.get("q", "")[:200]))

    def article(self, document: str) -> str:
        locale = request.args.get("locale") or self._first()
        page = self.desk.article(name_of(document), locale, filter_of(request.args), g.reader)
        return review.render_review(page)

    def _first(self) -> str:
        """The locale one most likely works on: the first that people translate."""
        return next((each.id for each in self.project.locales if not each.derived), self.project.locales[0].id)

    def unit(self, locale: str, document: str, unit: str) -> Response:
        self.desk.unit(name_of(document), locale, unit, g.reader)  # one that is gone is no page, and not the first one
        page = self.desk.page_of(document, locale, unit, Filter())
        address = links.article(document, locale, Filter(page=page))
        return make_response(redirect(f"{address}#u-{unit}", 303))

    def stamp(self) -> Response:
        document, locale = name_of(field(request.args, "document")), field(request.args, "locale")
        return Response(self.desk.stamp(document, locale), mimetype="text/plain")

    def history(self) -> str:
        document, locale = name_of(field(request.args, "document")), field(request.args, "locale")
        revisions = self.desk.history(document, locale, field(request.args, "unit"))
        return review.render_history(of_unit(document, locale, self.project.source_locale, g.reader), revisions)

    def preview(self, locale: str, document: str) -> Response:
        page = preview(self.project, name_of(document), locale)
        return Response(page, headers=headers.framed(page), mimetype="text/html")


def static(name: str) -> Response:
    """A style sheet, script or picture of ours; it is kept by the browser, which asks whether it is still good."""
    data = review.STATIC.get(name)
    if data is None:
        raise NotFound
    response = Response(data, mimetype=mimetypes.guess_type(name)[0] or "application/octet-stream")
    response.headers["Cache-Control"] = "no-cache"
    response.add_etag()
    return response.make_conditional(request)  # type: ignore[return-value]


def icon() -> Response:
    """For pages that name none, such as the framed one."""
    return static("icon.svg")


# Errors ----------------------------------------------------------------------------------------------------------

_TITLES = {
    400: Message("This request makes no sense"),
    401: Message("Your session has ended"),
    403: Message("Not allowed"),
    404: Message("There is no such page"),
    405: Message("Not possible"),
    413: Message("Too large"),
    415: Message("Not possible"),
    429: Message("Too many attempts"),
    500: Message("A fault of l10n-flow"),
}


def _register_errors(app: Flask, project: Project) -> None:
    def refused(error: HTTPException) -> Response:
        status = error.code or 500
        response = _message(status, _sentence(error))
        for name, value in error.get_headers():
            if name in {"Allow", "Retry-After"}:
                response.headers[name] = value
        return response

    def wrong(error: L10nFlowError) -> Response:
        where = f"{project.shown(project.root / error.path)}: " if error.path is not None else ""
        status = 404 if isinstance(error, SourceError | ConfigError) and error.path is None else 500
        return _message(status, f"{where}{error.message}")

    app.register_error_handler(HTTPException, refused)
    app.register_error_handler(L10nFlowError, wrong)
    app.register_error_handler(Exception, _fault)


def _sentence(error: HTTPException) -> str:
    """The sentence of an error if it is ours; those of the library are in another tone."""
    return error.description if error.description and error.description != type(error).description else ""


def _fault(error: Exception) -> Response:
    """A fault of ours: told in full on standard error, on the page by its number only."""
    number = secrets.token_hex(4)
    _log.error("fault %s at %s %r", number, request.method, request.path, exc_info=error)
    return _message(
        500, Message("Nothing was saved. The server's log tells more under {number}; please report it.", number=number)
    )


def _message(status: int, text: str) -> Response:
    title = _TITLES.get(status, _TITLES[400])
    return make_response(review.render_message(g.get("reader", NOBODY), title, text, status), status)
