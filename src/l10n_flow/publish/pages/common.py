"""What every page needs: its language, relative URLs, the text of a block."""

from __future__ import annotations

from collections.abc import Iterable
from functools import cache
from typing import NamedTuple
from urllib.parse import quote

from l10n_flow.locales import bcp47, direction, native_name
from l10n_flow.model import BlockKind
from l10n_flow.publish.pages.marked import escape, plain
from l10n_flow.publish.pages.model import PageBlock
from l10n_flow.scripts import writes_spaces


class Tongue(NamedTuple):
    """A locale for HTML: the values of ``lang`` and ``dir``, and its own name."""

    lang: str
    dir: str
    name: str


@cache
def tongue(locale: str) -> Tongue:
    return Tongue(bcp47(locale), direction(locale), native_name(locale))


def attributes(tongue: Tongue) -> str:
    """Return the attributes of an element for the language of its text."""
    return f' lang="{escape(tongue.lang)}" dir="{tongue.dir}"'


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
