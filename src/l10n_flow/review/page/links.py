"""The addresses of the review page. Each part is quoted, so that a name cannot become a query or another host."""

from __future__ import annotations

from functools import lru_cache
from urllib.parse import quote, urlencode

from l10n_flow.review.page.model import Filter

#: The queries of a filter's fields, in the order they are written.
_QUERIES = (("state", "state"), ("rule", "rule"), ("q", "text"), ("since", "since"), ("mine", "mine"), ("near", "near"))

_ALL = Filter()


def article(document: str, locale: str, chosen: Filter | None = None) -> str:
    """The page of an article, filtered."""
    return f"/d/{_path(document)}?{_query(locale, chosen or _ALL)}"


def document(name: str) -> str:
    """The page of an article, in the locale that the server chooses."""
    return f"/d/{_path(name)}"


def query(locale: str, chosen: Filter) -> list[tuple[str, str]]:
    """The query of a filter: names and values without the empty ones."""
    values = [(name, getattr(chosen, field)) for name, field in _QUERIES]
    given = [(name, "1" if value is True else value) for name, value in values if value]
    return [("locale", locale), *given, *([("page", str(chosen.page))] if chosen.page > 1 else [])]


def unit(document: str, locale: str, id_: str) -> str:
    """The address of a unit; the server redirects it to the page with the unit."""
    return f"/u/{quote(locale, safe='')}/{_path(document)}/{quote(id_, safe='')}"


def preview(document: str, locale: str) -> str:
    return f"/preview/{quote(locale, safe='')}/{_path(document)}"


def history(document: str, locale: str, id_: str) -> str:
    return "/history?" + urlencode({"document": document, "locale": locale, "unit": id_}, quote_via=quote)


def matches(document: str, locale: str, id_: str) -> str:
    return "/matches?" + urlencode({"document": document, "locale": locale, "unit": id_}, quote_via=quote)


# A page with all documents has some ten links for each, to a few filters.
@lru_cache(maxsize=1024)
def _query(locale: str, chosen: Filter) -> str:
    return urlencode(query(locale, chosen), quote_via=quote)


@lru_cache(maxsize=1024)
def _path(document: str) -> str:
    return quote(document.encode("utf-8", "surrogateescape"), safe="/")
