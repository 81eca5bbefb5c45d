"""The content of a page: frozen values, chosen by ``publish``; the page modules only format them.

Every text is escaped; the document's format decides what is inline markup (``marked``). Every ``href`` is a *relative
file path* with forward slashes, not a URL: it is percent-encoded here, so that no file name can become a scheme, a
query or a fragment. "" means no link.
"""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass, field
from typing import NamedTuple

from l10n_flow.model import BlockKind, Origin, Role, State
from l10n_flow.publish.rows import IndexRow


class Word(NamedTuple):
    """A word converted as a whole: its span in the source and in the text, and the rule that converted it."""

    start: int
    end: int
    target_start: int
    target_end: int
    rule: str


class PageUnit(NamedTuple):
    """One unit on a page (a named tuple, because a large build makes many).

    Attributes:
        text: the published text; "" when the unit is left out, or joined with the unit before it.
        role: sentence, credit or line.
        state: the state of the translation; None on a page in the source language.
        source: the source text.
        note: a note for the reviewer, such as a stale correction; "" for none.
        id: the unit's short id, an anchor on the bilingual page.
        origin: converted or human; None when there is no target.
        previous: the previous source of a fuzzy unit, shown as a difference.
        locale: the locale of ``text`` when it is not the page's: a source text in place of a missing translation.
        joined: whether it is translated together with the unit before it.
        breaks: whether the author forced a line break before it.
        converted: its words that a term, a correction or a phrase of a dictionary converted, in order.
    """

    text: str
    role: Role
    state: State | None
    source: str
    note: str = ""
    id: str = ""
    origin: Origin | None = None
    previous: str = ""
    locale: str = ""
    joined: bool = False
    converted: tuple[Word, ...] = ()
    breaks: bool = False


@dataclass(frozen=True, slots=True)
class PageBlock:
    """A block and its units in order."""

    kind: BlockKind
    units: tuple[PageUnit, ...]


@dataclass(frozen=True, slots=True)
class EditionPage:
    """The document in one locale; a page's ``editions`` include its own."""

    locale: str
    href: str


@dataclass(frozen=True, slots=True)
class ArticlePage:
    """An article for readers, in one locale.

    Attributes:
        document: the document's identity, which is the heading when there is no title.
        locale: the page's locale.
        title: the article's title; "" for the text of the first title block.
        blocks: the article; its first title block becomes the heading.
        editions: every edition, including this one.
        draft: whether it may not be published; a banner then shows this.
        index_href: the link to the index, or "".
        bilingual_href: the link to the bilingual page, or "".
        anchors: whether each unit gets its id, as ``u-<id>``, so that a page around this one can link to it.
        format: the document's format, which decides what is inline markup.
    """

    document: str
    locale: str
    title: str
    blocks: tuple[PageBlock, ...]
    editions: tuple[EditionPage, ...] = ()
    draft: bool = False
    index_href: str = ""
    bilingual_href: str = ""
    anchors: bool = False
    format: str = "text"


@dataclass(frozen=True, slots=True)
class BilingualPage:
    """Source and target side by side, with the state of every unit.

    ``counts`` maps state names (and ``stale``, ``converted``, ``human``) to numbers of units, shown at the top;
    ``editions`` are the article pages, including the one in ``locale``; ``format`` is the document's format.
    """

    document: str
    source_locale: str
    locale: str
    blocks: tuple[PageBlock, ...]
    editions: tuple[EditionPage, ...] = ()
    draft: bool = False
    index_href: str = ""
    counts: Mapping[str, int] = field(default_factory=dict)
    format: str = "text"


@dataclass(frozen=True, slots=True)
class IndexPage:
    """Every document in every locale; rows and columns have the order of their first occurrence in ``rows``.

    Only a draft shows the status of each edition.
    """

    name: str
    rows: tuple[IndexRow, ...]
    draft: bool
    source_locale: str
