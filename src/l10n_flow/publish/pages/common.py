"""The parts of every page: its language, its title, interface texts, links to the other editions."""

from __future__ import annotations

from collections.abc import Iterable
from typing import NamedTuple
from urllib.parse import quote

from l10n_flow import interface
from l10n_flow.locales import bcp47, direction, name_in, native_name
from l10n_flow.model import BlockKind
from l10n_flow.publish.pages.marked import plain
from l10n_flow.publish.pages.model import EditionPage, PageBlock
from l10n_flow.scripts import is_chinese, is_simplified, writes_spaces


class Tongue(NamedTuple):
    """A locale for HTML: the values of ``lang`` and ``dir``, and its own name."""

    lang: str
    dir: str
    name: str


class Link(NamedTuple):
    """A link to an edition; ``current``: the link is to this page; ``label``: the edition's name with its language."""

    href: str
    tongue: Tongue
    current: bool
    label: Tongue


class Frame(NamedTuple):
    """The values of the base template.

    ``ui_tongue`` is the language of the interface texts, which may differ from the page's language.
    """

    title: str
    tongue: Tongue
    ui_tongue: Tongue
    draft: bool
    links: tuple[Link, ...] = ()
    index_href: str = ""
    bilingual_href: str = ""


def frame(
    title: str,
    locale: str,
    *,
    draft: bool,
    editions: Iterable[EditionPage] = (),
    is_edition: bool = False,
    index_href: str = "",
    bilingual_href: str = "",
) -> Frame:
    """Return the values around a page's content; ``is_edition``: the page itself is the edition in its locale."""
    links = tuple(
        Link(url(one.href), tongue(one.locale), is_edition and one.locale == locale, _label(one.locale, locale))
        for one in editions
        if one.href
    )
    return Frame(
        title, tongue(locale), tongue(interface.said_in(locale)), draft, links, url(index_href), url(bilingual_href)
    )


def tongue(locale: str) -> Tongue:
    return Tongue(bcp47(locale), direction(locale), native_name(locale))


def _label(edition: str, page: str) -> Tongue:
    """Return the label of an edition: its own name, but without Traditional characters on a Simplified page."""
    if is_simplified(page) and is_chinese(edition) and not is_simplified(edition):
        return Tongue(bcp47(page), direction(page), name_in(edition, page))
    return tongue(edition)


def url(path: str) -> str:
    """Return a relative file path as a relative URL: no part of a name can become a scheme, host, query or fragment."""
    if path.isascii() and path.replace("/", "").replace(".", "").replace("-", "").replace("_", "").isalnum():
        return path.lstrip("/")
    return quote(path.lstrip("/").encode("utf-8", "surrogateescape"), safe="/")


def gap(before: str, after: str) -> str:
    """Return the separator between a text in one locale and the next in another: "" when neither writes spaces."""
    return " " if writes_spaces(before) or writes_spaces(after) else ""


def text_of(block: PageBlock, locale: str) -> str:
    """Return the published text of a block, its units joined as the locale joins sentences."""
    return gap(locale, locale).join(unit.text for unit in block.units if unit.text)


def title_of(blocks: Iterable[PageBlock], locale: str, form: str = "text") -> str:
    """Return the text of the first title block with text, without the inline markup of its format; or ""."""
    titles = (text_of(block, locale) for block in blocks if block.kind is BlockKind.TITLE)
    return plain(form, next(filter(None, titles), ""))
