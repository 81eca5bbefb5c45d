"""The HTML pages of a build: the article for readers, source and target side by side, and the index.

Each page is one HTML document without scripts, external requests or dates. It is written piece by piece, and every text
goes through ``marked.escape``: a large build writes a million texts, for which a template engine is slow.
"""

from __future__ import annotations

from l10n_flow.publish.pages.common import Tongue, tongue
from l10n_flow.publish.pages.diff import changes
from l10n_flow.publish.pages.frame import style_sheet
from l10n_flow.publish.pages.labels import labels
from l10n_flow.publish.pages.model import (
    ArticlePage,
    BilingualPage,
    EditionPage,
    IndexPage,
    PageBlock,
    PageUnit,
    Word,
)
from l10n_flow.publish.pages.render import (
    article_file,
    bilingual_file,
    render_article,
    render_bilingual,
    render_index,
)
from l10n_flow.publish.rows import IndexRow

__all__ = [
    "ArticlePage",
    "BilingualPage",
    "EditionPage",
    "IndexPage",
    "IndexRow",
    "PageBlock",
    "PageUnit",
    "Tongue",
    "Word",
    "article_file",
    "bilingual_file",
    "changes",
    "labels",
    "render_article",
    "render_bilingual",
    "render_index",
    "style_sheet",
    "tongue",
]
