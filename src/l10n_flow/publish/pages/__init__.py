"""The HTML pages of a build: the article for readers, source and target side by side, and the index.

Each page is one HTML document without scripts, external requests or dates. With ``review/page``, this is the only
package that uses Jinja2.
"""

from __future__ import annotations

from l10n_flow.publish.pages.common import Tongue, tongue
from l10n_flow.publish.pages.diff import changes
from l10n_flow.publish.pages.environment import environment
from l10n_flow.publish.pages.model import (
    ArticlePage,
    BilingualPage,
    EditionPage,
    IndexPage,
    IndexRow,
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
    style_sheet,
)

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
    "environment",
    "render_article",
    "render_bilingual",
    "render_index",
    "style_sheet",
    "tongue",
]
