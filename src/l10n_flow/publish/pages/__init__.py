"""The HTML pages a build writes: the article to be read, source and target side by side, and the index.

The one package that knows Jinja2. Text in, one self-contained HTML document out: no script, no request, no date.
"""

from __future__ import annotations

from l10n_flow.publish.pages.common import Tongue, tongue
from l10n_flow.publish.pages.diff import changes
from l10n_flow.publish.pages.environment import environment
from l10n_flow.publish.pages.model import (
    ArticlePage,
    BilingualPage,
    Edition,
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
    "Edition",
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
