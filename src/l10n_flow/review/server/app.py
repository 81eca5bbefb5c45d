"""The review page as a WSGI application: its views read the project, save into it, and answer with pages."""

from __future__ import annotations

import mimetypes
from collections.abc import Callable
from typing import TYPE_CHECKING

from flask import Flask, Response, g, request
from werkzeug.exceptions import NotFound
from werkzeug.routing import BaseConverter

from l10n_flow.project import Project
from l10n_flow.review.page import STATIC
from l10n_flow.review.page.model import Reader
from l10n_flow.review.server import entry, headers, pages, saving
from l10n_flow.review.server.errors import register_errors
from l10n_flow.review.server.forms import language_of
from l10n_flow.review.server.guard import Guard

if TYPE_CHECKING:
    from l10n_flow.review.reading import ProjectView
    from l10n_flow.review.saving.committer import Committer
    from l10n_flow.review.saving.locking import WaitLimit

MAX_REQUEST = 1_000_000


class _DocumentConverter(BaseConverter):
    """A document's name in an address, with slashes and all characters of a file name, even line breaks."""

    regex = r"[^/][\s\S]*?"
    part_isolating = False
    weight = 200


class _UnitConverter(BaseConverter):
    """A unit's id."""

    regex = "[0-9a-f]{8,64}"


def create_app(
    project: Project,
    project_view: ProjectView,
    committer: Committer,
    guard: Guard,
    *,
    limit: WaitLimit,
    entered: Callable[[], None] = lambda: None,
) -> Flask:
    """The application.

    Args:
        project: the project.
        project_view: reads it.
        committer: writes its catalogues.
        guard: checks every request.
        limit: how many saves may wait for a document.
        entered: called when the printed address was used up and there is a new one.
    """
    app = Flask(__name__, static_folder=None, template_folder=None)
    app.config.update(MAX_CONTENT_LENGTH=MAX_REQUEST, MAX_FORM_MEMORY_SIZE=MAX_REQUEST, PROVIDE_AUTOMATIC_OPTIONS=False)
    app.url_map.merge_slashes = False  # it would answer //host with a redirect
    app.url_map.strict_slashes = False
    app.url_map.converters.update(document=_DocumentConverter, unit=_UnitConverter)
    app.before_request(lambda: _judge(guard))
    app.after_request(headers.protect)
    app.register_blueprint(entry.blueprint(guard, entered))
    app.register_blueprint(pages.blueprint(project, project_view, lambda: guard.told(request)))
    app.register_blueprint(
        saving.blueprint(project, project_view, committer, limit, lambda message: guard.tell(request, message))
    )
    app.add_url_rule("/static/<name>", "static", _static)
    app.add_url_rule("/favicon.ico", "icon", _icon)
    register_errors(app, project)
    return app


def _judge(guard: Guard) -> Response | None:
    g.reader = Reader("", language=language_of(request))
    guard.require(request)
    reader = guard.reader(request)
    if reader is None:
        return guard.turn_away(request)
    g.reader = reader._replace(language=g.reader.language)
    return None


def _static(name: str) -> Response:
    """A static file. The browser keeps it, and asks each time whether it has changed."""
    data = STATIC.get(name)
    if data is None:
        raise NotFound
    response = Response(data, mimetype=mimetypes.guess_type(name)[0] or "application/octet-stream")
    response.headers["Cache-Control"] = "no-cache"
    response.add_etag()
    return response.make_conditional(request)  # type: ignore[return-value]


def _icon() -> Response:
    """The icon for pages that name none, such as the preview."""
    return _static("icon.svg")
