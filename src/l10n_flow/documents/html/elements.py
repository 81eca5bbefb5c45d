"""The meaning of the elements and attributes of HTML for a translation, with the names of the HTML standard."""

from __future__ import annotations

from l10n_flow.inline import CodeKind
from l10n_flow.model import BlockKind


def _names(row: str) -> frozenset[str]:
    return frozenset(row.split())


#: Elements that separate blocks of text; all others are inline.
BLOCKS = _names(
    "address article aside audio base blockquote body button canvas caption center col colgroup datalist dd "
    "details dialog dir div dl dt embed fieldset figcaption figure footer form frame frameset h1 h2 h3 h4 h5 "
    "h6 head header hgroup hr html legend li link listing main map menu meta meter nav noframes noscript "
    "object ol optgroup option p param plaintext pre progress search section select slot source style summary "
    "table tbody td template tfoot th thead title tr track ul video xmp"
)
#: Elements without an end tag.
VOID = _names("area base basefont bgsound br col embed frame hr img input keygen link meta param source track wbr")
#: Blocks without a translation.
CLOSED = frozenset({"pre", "listing", "xmp", "plaintext"})
#: Inline opaque elements that are shown: their content is code.
CODE = frozenset({"code", "kbd", "samp", "var", "tt"})
#: Inline opaque elements that are not shown.
OBJECTS = frozenset({"svg", "math", "script", "style", "iframe", "textarea", "noembed", "title"})
#: Ruby annotations: opaque, shown, and not part of the text. One with Han is a text of its own.
READINGS = frozenset({"rt", "rp"})
#: The names for an element without a translation, and for an annotation with Han, in a text.
KEEP, GLOSS = "keep", "gloss"

KINDS = {
    "h1": BlockKind.HEADING,
    "h2": BlockKind.HEADING,
    "h3": BlockKind.HEADING,
    "h4": BlockKind.HEADING,
    "h5": BlockKind.HEADING,
    "h6": BlockKind.HEADING,
    "legend": BlockKind.HEADING,
    "summary": BlockKind.HEADING,
    "title": BlockKind.HEADING,
    "address": BlockKind.BYLINE,
    "blockquote": BlockKind.QUOTATION,
    "caption": BlockKind.CAPTION,
    "figcaption": BlockKind.CAPTION,
    "dd": BlockKind.LIST_ITEM,
    "dt": BlockKind.LIST_ITEM,
    "li": BlockKind.LIST_ITEM,
    "option": BlockKind.LIST_ITEM,
    "td": BlockKind.TABLE_CELL,
    "th": BlockKind.TABLE_CELL,
}
#: Elements whose second block is a paragraph of the first.
ITEMS = frozenset({"li", "dd", "dt"})
NOTE_ROLES = frozenset({"doc-endnote", "doc-footnote"})

CODE_KINDS = {
    "a": CodeKind.LINK,
    "b": CodeKind.STRONG,
    "br": CodeKind.BREAK,
    "del": CodeKind.STRUCK,
    "em": CodeKind.EMPHASIS,
    "i": CodeKind.EMPHASIS,
    "img": CodeKind.IMAGE,
    "s": CodeKind.STRUCK,
    "strike": CodeKind.STRUCK,
    "strong": CodeKind.STRONG,
    **dict.fromkeys(sorted(CODE), CodeKind.CODE),
}
#: Inline elements that are visible by themselves.
SEEN = frozenset({"img", "input", KEEP, *CODE, *OBJECTS})

#: Attributes that are shown or read to users.
ATTRIBUTES = frozenset({"alt", "aria-description", "aria-label", "aria-roledescription", "placeholder", "title"})
#: Such attributes of certain elements.
OF_ELEMENTS = frozenset({("option", "label"), ("optgroup", "label"), ("track", "label"), ("table", "summary")})
BUTTONS = frozenset({"button", "reset", "submit"})
#: The values of ``name``, ``property`` or ``itemprop`` of a ``meta`` whose content is text.
META = {
    "title": BlockKind.HEADING,
    "og:title": BlockKind.HEADING,
    "twitter:title": BlockKind.HEADING,
    "dc.title": BlockKind.HEADING,
    "dcterms.title": BlockKind.HEADING,
    "headline": BlockKind.HEADING,
    "og:image:alt": BlockKind.CAPTION,
    "twitter:image:alt": BlockKind.CAPTION,
    "author": BlockKind.BYLINE,
    **dict.fromkeys(
        (
            "description",
            "og:description",
            "og:site_name",
            "twitter:description",
            "dc.description",
            "dcterms.description",
            "application-name",
            "apple-mobile-web-app-title",
            "keywords",
            "news_keywords",
            "article:section",
            "article:tag",
        ),
        BlockKind.PARAGRAPH,
    ),
}
