"""The review page as a WSGI application: its views read the project, save into it, and answer with pages."""

from __future__ import annotations

import logging
import mimetypes
from collections.abc import Callable, Mapping
from dataclasses import dataclass, replace
from typing import TYPE_CHECKING, Any

from flask import Flask, Response, g, make_response, redirect, request
from werkzeug.exceptions import NotFound
from werkzeug.routing import BaseConverter

from l10n_flow.errors import SourceError
from l10n_flow.project import Project
from l10n_flow.review import page as review
from l10n_flow.review.page import links
from l10n_flow.review.page.frame import of_unit
from l10n_flow.review.page.model import Filter, Reader
from l10n_flow.review.server import headers
from l10n_flow.review.server.entry import Entry
from l10n_flow.review.server.errors import register_errors
from l10n_flow.review.server.forms import field, filter_of, name_of
from l10n_flow.review.server.guard import Guard
from l10n_flow.review.server.language import language_of
from l10n_flow.review.server.preview import preview
from l10n_flow.review.server.queues import Queues
from l10n_flow.review.server.saving import Saving
from l10n_flow.review.server.words import without_root

if TYPE_CHECKING:
    from l10n_flow.review.reading import ProjectView
    from l10n_flow.review.saving.committer import Committer

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
    project: Project,
    project_view: ProjectView,
    committer: Committer,
    guard: Guard,
    *,
    queues: Queues,
    entered: Callable[[], None] = lambda: None,
) -> Flask:
    """The application.

    Args:
        project: what is reviewed.
        project_view: reads it.
        committer: saves.
        guard: judges every request.
        queues: who may wait for a document.
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
    Saving(project, project_view, committer, queues, lambda told: guard.tell(request, told)).register(app)
    _Views(project, project_view, lambda: guard.told(request)).register(app)
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


@dataclass(frozen=True, slots=True)
class _Views:
    """What can be looked at.

    Attributes:
        project, project_view: what is shown.
        told: what there is to say to this reader since their last page.
    """

    project: Project
    project_view: ProjectView
    told: Callable[[], str]

    def register(self, app: Flask) -> None:
        views: Mapping[str, Callable[..., Any]] = {
            "/": self.home,
            "/d/<document:document>": self.article,
            "/u/<locale>/<document:document>/<unit:unit>": self.unit,
            "/stamp": self.stamp,
            "/history": self.history,
            "/matches": self.matches,
            "/preview/<locale>/<document:document>": self.preview,
            "/static/<name>": static,
            "/favicon.ico": icon,
        }
        for rule, view in views.items():
            app.add_url_rule(rule, view.__name__, view, methods=["GET"])

    def home(self) -> str:
        page = self.project_view.home(g.reader, request.args.get("q", "")[:200])
        rows = tuple(
            row._replace(error=without_root(row.error, self.project.root)) if row.error else row for row in page.rows
        )
        return review.render_home(replace(page, rows=rows))

    def article(self, document: str) -> str:
        locale = request.args.get("locale") or self._first()
        page = self.project_view.article(name_of(document), locale, filter_of(request.args), g.reader)
        notices = tuple(without_root(notice, self.project.root) for notice in page.notices)
        return review.render_review(replace(page, notices=notices, said=self.told()))

    def _first(self) -> str:
        """The locale one most likely works on: the first that people translate."""
        return next((each.id for each in self.project.locales if not each.derived), self.project.locales[0].id)

    def unit(self, locale: str, document: str, unit: str) -> Response:
        self.project_view.unit(
            name_of(document), locale, unit, g.reader
        )  # one that is gone is no page, and not the first one
        page = self.project_view.page_of(document, locale, unit, Filter(), g.reader)
        address = links.article(document, locale, Filter(page=page))
        return make_response(redirect(f"{address}#u-{unit}", 303))

    def stamp(self) -> Response:
        document, locale = name_of(field(request.args, "document")), field(request.args, "locale")
        return Response(self.project_view.stamp(document, locale), mimetype="text/plain")

    def history(self) -> str:
        document, locale = name_of(field(request.args, "document")), field(request.args, "locale")
        revisions = self.project_view.history(document, locale, field(request.args, "unit"))
        return review.render_history(of_unit(document, locale, self.project.source_locale, g.reader), revisions)

    def matches(self) -> Response:
        """What the memory holds for a unit; nothing for what is gone, which a save tells."""
        document, locale = name_of(field(request.args, "document")), field(request.args, "locale")
        try:
            source, found = self.project_view.matches(document, locale, field(request.args, "unit"))
        except SourceError:
            found = ()
        if not found:
            return Response(status=204)
        c = of_unit(document, locale, self.project.source_locale, g.reader)
        return make_response(review.render_matches(c, source, found))

    def preview(self, locale: str, document: str) -> Response:
        page = preview(self.project_view.loader, name_of(document), locale)
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
