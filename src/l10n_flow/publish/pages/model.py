"""What goes into a page: frozen values, already decided by ``publish``; pages only lay them out.

Every text is escaped on the way out; what of it is inline markup, the document's format says (``marked``). Every
``href`` is a *relative file path* with forward slashes, not a URL: it is percent-encoded here, so that no file name
can become a scheme, a query or a fragment. "" is no link.
"""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass, field
from typing import NamedTuple

from l10n_flow.model import BlockKind, Origin, Role, State


class Word(NamedTuple):
    """A word that was converted as a whole: its span in the source and in the text, and the rule that did it."""

    start: int
    end: int
    target_start: int
    target_end: int
    rule: str


class PageUnit(NamedTuple):
    """One unit as it stands on a page (a named tuple: a large build makes many).

    Attributes:
        text: what is published; "" when it is left out, or joined with the unit before it.
        role: sentence, credit or line.
        state: of the translation; None on a page in the source language.
        source: the source text.
        note: a word for the reviewer, such as a stale correction ("" for none).
        id: the unit's short id, an anchor on the bilingual page.
        origin: converted or human; None when there is no target.
        previous: the previous source of a fuzzy unit, shown as a difference.
        locale: the locale of ``text`` where it is not the page's (a source text published for want of a translation).
        joined: whether it is rendered together with the unit before it.
        breaks: whether a line break that the author has forced stands before it.
        converted: the words of it that a term, a correction or a phrase of a dictionary converted, in order.
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
class Edition:
    """The same document in a locale; a page's ``editions`` hold its own as well."""

    locale: str
    href: str


@dataclass(frozen=True, slots=True)
class ArticlePage:
    """An article made to be read, in one locale.

    Attributes:
        document: the document's identity, the heading when nothing else is there.
        locale: the page's locale.
        title: the article's title; "" takes that of the first title block.
        blocks: the article; its first title block becomes the heading.
        editions: every edition, this one included.
        draft: whether it may not be published: a banner says so.
        index_href: the way to the index, or "".
        bilingual_href: the way to the bilingual page, or "".
        anchors: whether each unit gets its id, as ``u-<id>``, so that a page around this one can point at it.
        format: that of the document, which says what of a text is inline markup.
    """

    document: str
    locale: str
    title: str
    blocks: tuple[PageBlock, ...]
    editions: tuple[Edition, ...] = ()
    draft: bool = False
    index_href: str = ""
    bilingual_href: str = ""
    anchors: bool = False
    format: str = "text"


@dataclass(frozen=True, slots=True)
class BilingualPage:
    """Source and target side by side, with the state of every unit.

    ``counts`` maps state names (and ``stale``, ``converted``, ``human``) to numbers of units, shown at the top;
    ``editions`` are the readable pages, the one in ``locale`` included; ``format`` is that of the document.
    """

    document: str
    source_locale: str
    locale: str
    blocks: tuple[PageBlock, ...]
    editions: tuple[Edition, ...] = ()
    draft: bool = False
    index_href: str = ""
    counts: Mapping[str, int] = field(default_factory=dict)
    format: str = "text"


@dataclass(frozen=True, slots=True)
class IndexRow:
    """One edition in the index.

    Attributes:
        document: the document's identity.
        title: its title in this locale, or "".
        locale: the edition's locale.
        href: the readable page, or "".
        bilingual_href: the bilingual page, or "" (the source has none).
        units: how many units there are.
        done_percent: how many of them are done, 0 to 100; shown rounded down.
        counts: as in ``BilingualPage``.
        published: whether it was published; else the index says that it was not.
    """

    document: str
    title: str
    locale: str
    href: str
    bilingual_href: str
    units: int
    done_percent: float
    counts: Mapping[str, int]
    published: bool


@dataclass(frozen=True, slots=True)
class IndexPage:
    """Every document by every locale; rows and columns stand in the order in which ``rows`` names them.

    Only a draft says how far each is.
    """

    name: str
    rows: tuple[IndexRow, ...]
    draft: bool
    source_locale: str
