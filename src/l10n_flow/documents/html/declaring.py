"""Declarations of a page: its language and direction, its encoding, the notice of a draft."""

from __future__ import annotations

import re
from collections.abc import Iterator
from html import escape
from typing import NamedTuple

from l10n_flow import locales
from l10n_flow.documents.html.tokens import Attribute, Token, TokenKind, attributes, tokens

_LANGUAGES = ("lang", "xml:lang")
_CHARSET = re.compile(r"(charset\s*=\s*)([^\s;\"']+)", re.IGNORECASE)
_DECLARED = re.compile(r"<\?xml[^>]*?encoding\s*=\s*[\"']([^\"']+)", re.IGNORECASE)
_DOCTYPE = re.compile(r"\s*(?:<\?xml[^>]*>\s*)?<!doctype[^>]*>", re.IGNORECASE)
# Whether a tag may declare one of these.
_TELLING = re.compile(r"lang|charset|content|dir", re.IGNORECASE)


class _Edit(NamedTuple):
    """A span of the file and its replacement."""

    start: int
    end: int
    text: str


def declared(text: str, locale: str, source: str, encoding: str) -> str:
    """Return a page that declares a locale, and an encoding if it names one.

    Args:
        text: the written page.
        locale: the locale of the page.
        source: the locale of its source.
        encoding: the encoding to declare; "" does not change the page's own.
    """
    edits = list(_edits(text, locale, source, encoding))
    parts: list[str] = []
    done = 0
    for edit in sorted(edits):
        parts += text[done : edit.start], edit.text
        done = edit.end
    return "".join([*parts, text[done:]])


def with_notice(text: str, notice: str, newline: str) -> str:
    """Return a page with a notice as a paragraph at the top of its body."""
    place = 0
    for token in tokens(text):
        if token.name == "body" and token.kind is TokenKind.START:
            place = token.end
            break
        if token.name in {"head", "html", "meta", "title", "link"} and token.kind in {TokenKind.START, TokenKind.END}:
            place = token.end
        elif token.kind is TokenKind.TEXT and text[token.start : token.end].strip() and token.name != "title":
            break
    place = place or (found.end() if (found := _DOCTYPE.match(text)) else 0)
    before = newline if place else ""
    return f'{text[:place]}{before}<p role="note">{escape(notice, quote=False)}</p>{newline}{text[place:]}'


def _edits(text: str, locale: str, source: str, encoding: str) -> Iterator[_Edit]:
    if encoding and (found := _DECLARED.match(text)):
        yield _Edit(*found.span(1), encoding)
    own = {locales.bcp47(source).lower()}
    has_root = is_whole = False
    for token in tokens(text):
        if token.kind is not TokenKind.START:
            continue
        is_root = token.name == "html" and not has_root
        is_whole = is_whole or token.name in {"head", "body"}
        if not is_root and _TELLING.search(text, token.start, token.end) is None:
            continue
        here = {each.name: each for each in attributes(text, token)}
        if token.name == "meta":
            yield from _meta(text, here, locale, encoding)
        elif is_root and locale != source:
            has_root = True
            own |= {value.lower() for key in _LANGUAGES if (value := _value(text, here.get(key)))}
            yield from _root(text, token, here, locale)
        elif locale != source:
            said = (here[key] for key in _LANGUAGES if key in here)
            yield from (_set(each, locales.bcp47(locale)) for each in said if _value(text, each).lower() in own)
    doctype = _DOCTYPE.match(text)
    if locale != source and not has_root and (doctype or is_whole):
        place = doctype.end() if doctype else 0
        yield _Edit(place, place, f'<html lang="{locales.bcp47(locale)}"{_direction(locale)}>')


def _root(text: str, token: Token, found: dict[str, Attribute], locale: str) -> Iterator[_Edit]:
    """Yield the edits of the language and direction of the whole page."""
    place = token.start + 1 + len(token.name)
    tag = locales.bcp47(locale)
    said = [found[key] for key in _LANGUAGES if key in found and found[key].start >= 0]
    for each in said:
        yield _set(each, tag)
    added = "" if said else f' lang="{tag}"'
    direction = found.get("dir")
    if direction is not None and direction.start >= 0:
        if _value(text, direction).lower() in {"ltr", "rtl"}:
            yield _set(direction, locales.direction(locale))
    else:
        added += _direction(locale)
    if added:
        yield _Edit(place, place, added)


def _direction(locale: str) -> str:
    return ' dir="rtl"' if locales.direction(locale) == "rtl" else ""


def _meta(text: str, found: dict[str, Attribute], locale: str, encoding: str) -> Iterator[_Edit]:
    charset, content = found.get("charset"), found.get("content")
    if encoding and charset is not None and charset.start >= 0:
        yield _set(charset, encoding)
    if content is None or content.start < 0:
        return
    about = _value(text, found.get("http-equiv")).lower()
    if about == "content-language":
        yield _set(content, locales.bcp47(locale))
    elif about == "content-type" and encoding:
        match = _CHARSET.search(text, content.start, content.end)
        if match:
            yield _Edit(*match.span(2), encoding)
    elif _value(text, found.get("property")).lower() == "og:locale" and (region := locales.region(locale)):
        yield _set(content, f"{locale.partition('_')[0]}_{region}")


def _value(text: str, attribute: Attribute | None) -> str:
    return text[attribute.start : attribute.end].strip() if attribute and attribute.start >= 0 else ""


def _set(attribute: Attribute, value: str) -> _Edit:
    return _Edit(attribute.start, attribute.end, value)
