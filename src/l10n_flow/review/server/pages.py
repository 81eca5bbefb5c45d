"""The home page, the page of an article, and the parts of it that a script loads for one unit."""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import dataclass, replace
from typing import TYPE_CHECKING

from flask import Blueprint, Response, g, make_response, redirect, request

from l10n_flow.errors import SourceError
from l10n_flow.project import Failure, Project
from l10n_flow.publish import preview
from l10n_flow.review import page as review
from l10n_flow.review.page import links
from l10n_flow.review.page.context import of_unit
from l10n_flow.review.page.model import Filter
from l10n_flow.review.server import headers
from l10n_flow.review.server.forms import field, filter_of, name_of
from l10n_flow.review.server.sentences import without_root

if TYPE_CHECKING:
    from l10n_flow.review.reading import ProjectView


def blueprint(project: Project, project_view: ProjectView, told: Callable[[], str]) -> Blueprint:
    """The views that show a project.

    Args:
        project: the project.
        project_view: reads it.
        told: returns, once, the message that an earlier request has left for this reader.
    """
    made, views = Blueprint("pages", __name__), _PageViews(project, project_view, told)
    made.add_url_rule("/", "home", views.home)
    made.add_url_rule("/d/<document:document>", "article", views.article)
    made.add_url_rule("/u/<locale>/<document:document>/<unit:unit>", "unit", views.unit)
    made.add_url_rule("/stamp", "stamp", views.stamp)
    made.add_url_rule("/history", "history", views.history)
    made.add_url_rule("/matches", "matches", views.matches)
    made.add_url_rule("/preview/<locale>/<document:document>", "preview", views.preview)
    return made


@dataclass(frozen=True, slots=True)
class _PageViews:
    project: Project
    project_view: ProjectView
    told: Callable[[], str]

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
        """The first locale that people translate into."""
        return next((each.id for each in self.project.locales if not each.derived), self.project.locales[0].id)

    def unit(self, locale: str, document: str, unit: str) -> Response:
        # A unit that is gone has no page; page_of would return the first one.
        self.project_view.unit(name_of(document), locale, unit, g.reader)
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
        """The matches of the memory for a unit; nothing when the unit is gone, which a save will show."""
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
        """The built page of an article, drafts included, from its files as they are now."""
        loader = self.project_view.loader
        loader.renew()
        snapshot = next(loader.snapshots((name_of(document),), (locale,)))
        if isinstance(snapshot, Failure):
            raise snapshot.error
        page = preview.preview(loader, snapshot)
        return Response(page, headers=headers.framed(page), mimetype="text/html")
