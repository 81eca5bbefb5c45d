"""Pages to HTML: one Jinja2 environment, made at the first page, that escapes whatever it is given."""

from __future__ import annotations

from functools import cache
from pathlib import Path

from jinja2 import Environment, FileSystemLoader, StrictUndefined, Template
from markupsafe import Markup

from l10n_flow.pages import article, bilingual, index
from l10n_flow.pages.common import Frame
from l10n_flow.pages.model import ArticlePage, BilingualPage, IndexPage

_TEMPLATES = Path(__file__).parent / "templates"


def render_article(page: ArticlePage) -> str:
    """Return the article as a complete HTML document made to be read."""
    return _render("article", article.frame(page), article.view(page))


def render_bilingual(page: BilingualPage) -> str:
    """Return source and target side by side as a complete HTML document, unit by unit with its state."""
    return _render("bilingual", bilingual.frame(page), bilingual.view(page))


def render_index(page: IndexPage) -> str:
    """Return the table of documents by locales as a complete HTML document."""
    return _render("index", index.frame(page), index.view(page))


def _render(name: str, frame: Frame, view: object) -> str:
    return _template(name).render(frame=frame, view=view, ui=frame.ui, css=_css(name))


@cache
def _template(name: str) -> Template:
    return _environment().get_template(f"{name}.html")


@cache
def _environment() -> Environment:
    return Environment(
        loader=FileSystemLoader(_TEMPLATES),
        autoescape=True,
        undefined=StrictUndefined,
        trim_blocks=True,
        lstrip_blocks=True,
        keep_trailing_newline=True,
        auto_reload=False,
    )


@cache
def _css(name: str) -> Markup:
    """The style sheet of a page: ours, a constant of the package, so the one thing that is not escaped."""
    sheets = (_TEMPLATES / f"{sheet}.css" for sheet in ("base", name))
    return Markup("".join(sheet.read_text("utf-8") for sheet in sheets))  # noqa: S704 - package data, no input
