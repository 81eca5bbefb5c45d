"""The parts of every page around its content: the head, interface texts, links to the other editions."""

from __future__ import annotations

from collections.abc import Iterable, Iterator
from functools import cache
from pathlib import Path
from typing import NamedTuple

from l10n_flow import interface
from l10n_flow.locales import bcp47, direction, name_in
from l10n_flow.messages import Message
from l10n_flow.publish.pages.common import Tongue, attributes, tongue, url
from l10n_flow.publish.pages.marked import escape
from l10n_flow.publish.pages.model import EditionPage
from l10n_flow.scripts import is_chinese, is_simplified

#: The name of the bilingual page on our pages.
BILINGUAL = Message("Source and translation")
_SKIP = Message("Skip to the text")
_DRAFT = Message("Draft: not approved for publication")
_EDITIONS = Message("Editions")
_CONTENTS = Message("Contents")
_STYLES = Path(__file__).parent / "styles"
_POLICY = "default-src 'none'; style-src 'unsafe-inline'; img-src 'self' data:; base-uri 'none'; form-action 'none'"


class Link(NamedTuple):
    """A link to an edition; ``current``: the link is to this page; ``label``: the edition's name with its language."""

    href: str
    tongue: Tongue
    current: bool
    label: Tongue


class Frame(NamedTuple):
    """The values around a page's content.

    ``own`` is the language of the interface texts, which may differ from the page's; ``speak`` translates them.
    """

    title: str
    tongue: Tongue
    own: Tongue
    speak: interface.Say
    draft: bool
    links: tuple[Link, ...] = ()
    index_href: str = ""
    bilingual_href: str = ""

    def say(self, sentence: Message) -> str:
        """Return a sentence of the interface as HTML."""
        return escape(self.speak(sentence))


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
    own, speak = tongue(interface.said_in(locale)), interface.speaker(locale)
    return Frame(title, tongue(locale), own, speak, draft, links, url(index_href), url(bilingual_href))


def _label(edition: str, page: str) -> Tongue:
    """Return the label of an edition: its own name, but without Traditional characters on a Simplified page."""
    if is_simplified(page) and is_chinese(edition) and not is_simplified(edition):
        return Tongue(bcp47(page), direction(page), name_in(edition, page))
    return tongue(edition)


def whole(frame: Frame, name: str, content: Iterable[str]) -> Iterator[str]:
    """Yield a page as HTML, piece by piece.

    Args:
        frame: the values around the content.
        name: the kind of the page, which is also the name of its style sheet.
        content: the pieces of the content.
    """
    yield from _above(frame, name)
    yield from content
    yield "</main>\n</body>\n</html>\n"


def _above(frame: Frame, name: str) -> Iterator[str]:
    own = attributes(frame.own)
    yield (
        f"<!DOCTYPE html>\n<html{attributes(frame.tongue)}>\n"
        '<head>\n<meta charset="utf-8">\n'
        f'<meta http-equiv="Content-Security-Policy" content="{_POLICY}">\n'
        '<meta name="viewport" content="width=device-width, initial-scale=1">\n'
        '<meta name="color-scheme" content="light dark">\n'
    )
    if frame.draft:
        yield '<meta name="robots" content="noindex">\n'
    yield f"<title>{escape(frame.title)}</title>\n"
    for link in frame.links:
        yield f'<link rel="alternate" hreflang="{escape(link.tongue.lang)}" href="{escape(link.href)}">\n'
    yield f'<style>\n{_css(name)}</style>\n</head>\n<body class="{name}">\n'
    yield f'<a class="skip" href="#text"{own}>{frame.say(_SKIP)}</a>\n'
    if frame.draft:
        yield f'<p class="draft" role="note"{own}>{frame.say(_DRAFT)}</p>\n'
    if frame.links or frame.index_href or frame.bilingual_href:
        yield from _navigation(frame, own)
    yield '<main id="text">\n'


def _navigation(frame: Frame, own: str) -> Iterator[str]:
    yield f'<header>\n<nav aria-label="{frame.say(_EDITIONS)}">\n<ul>\n'
    if frame.index_href:
        yield f'<li><a href="{escape(frame.index_href)}"{own}>{frame.say(_CONTENTS)}</a></li>\n'
    for link in frame.links:
        if link.current:
            element, there = "span", ' aria-current="page"'
        else:
            element, there = "a", f' href="{escape(link.href)}" hreflang="{escape(link.tongue.lang)}"'
        label = escape(link.label.name)
        yield f"<li><{element}{there}{attributes(link.label)}>{label}</{element}></li>\n"
    if frame.bilingual_href:
        yield f'<li><a href="{escape(frame.bilingual_href)}"{own}>{frame.say(BILINGUAL)}</a></li>\n'
    yield "</ul>\n</nav>\n</header>\n"


@cache
def style_sheet(name: str) -> str:
    """Return one of the style sheets; ``base`` is the one of all our pages."""
    return (_STYLES / f"{name}.css").read_text("utf-8")


@cache
def _css(name: str) -> str:
    """Return the style sheet of a page without escaping; this is safe, because it is a file of this package."""
    return style_sheet("base") + style_sheet(name)
