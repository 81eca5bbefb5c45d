"""Render pages as HTML."""

from __future__ import annotations

from collections.abc import Iterable

from l10n_flow.publish.pages import article, bilingual, index
from l10n_flow.publish.pages.frame import whole
from l10n_flow.publish.pages.model import ArticlePage, BilingualPage, IndexPage

#: The number of characters that are encoded at once.
_PIECE = 1_000_000


def render_article(page: ArticlePage) -> str:
    """Return the article page as a complete HTML document."""
    return article_file(page).decode()


def article_file(page: ArticlePage) -> bytearray:
    """The same as the bytes of its file."""
    return _encoded(whole(article.frame_of(page), "article", article.content(page)))


def render_bilingual(page: BilingualPage) -> str:
    """Return source and target side by side as a complete HTML document, unit by unit with its state."""
    return bilingual_file(page).decode()


def bilingual_file(page: BilingualPage) -> bytearray:
    """The same as the bytes of its file."""
    frame = bilingual.frame_of(page)
    return _encoded(whole(frame, "bilingual", bilingual.content(page, frame)))


def render_index(page: IndexPage) -> str:
    """Return the table of documents by locales as a complete HTML document."""
    frame = index.frame_of(page)
    return _encoded(whole(frame, "index", index.content(page, frame))).decode()


def _encoded(pieces: Iterable[str]) -> bytearray:
    """Return a page, encoded piece by piece, so that a long page is in memory only once."""
    made = bytearray()
    for piece in pieces:
        for at in range(0, len(piece), _PIECE):
            made += piece[at : at + _PIECE].encode()
    return made
