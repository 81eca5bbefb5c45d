"""The inline codes of a unit: ``<r1>…</r1>`` for a run with another format, ``<tab1/>`` for a tab.

The numbers of a unit begin with 1, so that other units of the paragraph do not change the msgid. Text that looks like a
code has ``&lt;`` instead of ``<``.
"""

from __future__ import annotations

import re
from collections.abc import Callable

from l10n_flow.inline import OBJECT, CodeKind, CodeRole, InlineCode

#: The codes that are pairs: runs, links (``a``), content controls and the like (``s``), text with a ruby annotation.
PAIRS = ("r", "a", "s", "ruby")
#: The standalone codes: tabs, line breaks, notes, pictures, fields, and everything else.
SINGLES = ("tab", "br", "note", "img", "field", "x")

_NUMBER = r"[1-9][0-9]{0,5}"
_BODY = rf"(?:/?(?:{'|'.join(PAIRS)}){_NUMBER}|(?:{'|'.join(SINGLES)}){_NUMBER}/|w:(?:br|cr)\b[^<>]*/)>"
#: The third alternative is a line break in the form of the file: it occurs between two units.
CODE = re.compile(
    rf"<(?P<closes>/?)(?P<pair>(?:{'|'.join(PAIRS)}){_NUMBER})>"
    rf"|<(?P<single>(?P<name>{'|'.join(SINGLES)}){_NUMBER})/>"
    r"|<w:(?:br|cr)\b[^<>]*/>"
)
_WRITTEN = re.compile(rf"&lt;(?={_BODY})")
_LITERAL = re.compile(rf"<(?={_BODY})|&(?=(?:amp;)*lt;{_BODY})")
_ESCAPED = re.compile(rf"&(?:lt;(?={_BODY})|amp;(?=(?:amp;)*lt;{_BODY}))")

_KINDS = {"tab": CodeKind.TAG, "br": CodeKind.BREAK, "note": CodeKind.NOTE, "img": CodeKind.IMAGE}
_READ = {"tab": "\t", "br": "\n", "note": ""}


def codes(text: str) -> tuple[InlineCode, ...]:
    """Return the inline codes of a text, ascending and without overlaps."""
    found = [_code(match) for match in CODE.finditer(text)] if "<" in text else []
    if "&" in text:
        found += (
            InlineCode(*match.span(), CodeRole.STANDALONE, CodeKind.CHARACTER, "<", "<")
            for match in _WRITTEN.finditer(text)
        )
        found.sort()
    return tuple(found)


def _code(match: re.Match[str]) -> InlineCode:
    start, end = match.span()
    if match["pair"]:
        role = CodeRole.CLOSING if match["closes"] else CodeRole.OPENING
        return InlineCode(start, end, role, CodeKind.TAG, match[0])
    name = match["name"] or "br"
    return InlineCode(
        start, end, CodeRole.STANDALONE, _KINDS.get(name, CodeKind.TAG), match[0], _READ.get(name, OBJECT)
    )


def said(text: str) -> str:
    """Return the text of a part of a unit without codes: the opposite of ``literals``."""
    return _ESCAPED.sub(lambda match: "<" if match[0] == "&lt;" else "&", text) if "&" in text else text


def literals(text: str) -> list[tuple[int, int, str]]:
    """Return the places of a text that are written differently in a unit, with the text there."""
    if "<" not in text and "&" not in text:
        return []
    return [(*match.span(), "&lt;" if match[0] == "<" else "&amp;") for match in _LITERAL.finditer(text)]


def renumbered(text: str) -> tuple[str, dict[str, str]]:
    """Return a text whose codes are numbered from 1, and the old name of each code by its new name."""
    names: dict[str, str] = {}
    counts: dict[str, int] = {}

    def rename(match: re.Match[str]) -> str:
        old = match["pair"] or match["single"]
        if old is None:
            return match[0]
        letters = old.rstrip("0123456789")
        if old not in names:
            counts[letters] = counts.get(letters, 0) + 1
            names[old] = f"{letters}{counts[letters]}"
        return match[0].replace(old, names[old])

    return CODE.sub(rename, text), {new: old for old, new in names.items()}


def tokens(text: str, take_text: Callable[[str], None], take_code: Callable[[str, bool], None]) -> None:
    """Pass the parts of a text to functions: text without codes; the name of a code, and whether it closes a pair."""
    done = 0
    for match in CODE.finditer(text):
        name = match["pair"] or match["single"]
        if name is None:
            continue
        if match.start() > done:
            take_text(said(text[done : match.start()]))
        take_code(name, bool(match["closes"]))
        done = match.end()
    if done < len(text):
        take_text(said(text[done:]))
