"""Render pages as HTML."""

from __future__ import annotations

from functools import cache
from pathlib import Path

from markupsafe import Markup

from l10n_flow import interface
from l10n_flow.publish.pages import article, bilingual, index
from l10n_flow.publish.pages.common import Frame
from l10n_flow.publish.pages.environment import environment
from l10n_flow.publish.pages.model import ArticlePage, BilingualPage, IndexPage

_TEMPLATES = Path(__file__).parent / "templates"
#: The number of characters that are encoded at once.
_PIECE = 1_000_000


def render_article(page: ArticlePage) -> str:
    """Return the article page as a complete HTML document."""
    return article_file(page).decode()


def article_file(page: ArticlePage) -> bytearray:
    """The same as the bytes of its file."""
    return _render("article", page.locale, article.frame(page), article.view(page))


def render_bilingual(page: BilingualPage) -> str:
    """Return source and target side by side as a complete HTML document, unit by unit with its state."""
    return bilingual_file(page).decode()


def bilingual_file(page: BilingualPage) -> bytearray:
    """The same as the bytes of its file."""
    return _render("bilingual", page.locale, bilingual.frame(page), bilingual.view(page))


def render_index(page: IndexPage) -> str:
    """Return the table of documents by locales as a complete HTML document."""
    return _render("index", page.source_locale, index.frame(page), index.view(page)).decode()


def _render(name: str, locale: str, frame: Frame, view: object) -> bytearray:
    """Return a page, encoded piece by piece, so that a long page is in memory only once."""
    template = environment(_TEMPLATES, interface.nearest(locale)).get_template(f"{name}.html")
    made = bytearray()
    for piece in template.generate(frame=frame, view=view, css=_css(name)):
        for at in range(0, len(piece), _PIECE):
            made += piece[at : at + _PIECE].encode()
    return made


@cache
def style_sheet(name: str) -> str:
    """Return one of the style sheets; ``base`` is the one of all our pages."""
    return (_TEMPLATES / f"{name}.css").read_text("utf-8")


@cache
def _css(name: str) -> Markup:
    """Return the style sheet of a page without escaping; this is safe, because it is a file of this package."""
    return Markup(style_sheet("base") + style_sheet(name))  # noqa: S704 - package data, no input
