"""Inline codes on a page: emphasis, code, links and notes become HTML elements; all other text is escaped.

No markup of a document is copied to a page: a new element is made for each kind of code. An address becomes a link only
if its scheme cannot run a script.
"""

from __future__ import annotations

import re
from collections.abc import Sequence

from l10n_flow import documents
from l10n_flow.inline import OBJECT, CodeKind, CodeRole, InlineCode, Plain
from l10n_flow.scripts import visible

_ELEMENTS = {CodeKind.EMPHASIS: "em", CodeKind.STRONG: "strong", CodeKind.STRUCK: "s"}
_SAFE = re.compile(r"(?:https?://|mailto:)", re.IGNORECASE)
_NOTE = re.compile(r"[\[\]^]")


def escape(text: str) -> str:
    """Return a text as HTML, for use between tags and inside a quoted attribute; � stands for what nobody would see."""
    text = text if text.isprintable() else visible(text, "\ufffd")
    text = text.replace("&", "&amp;").replace("<", "&lt;").replace(">", "&gt;")
    return text.replace('"', "&#34;").replace("'", "&#39;")


def marked(form: str, text: str) -> str:
    """Return a unit's text as HTML, with elements for its inline codes.

    Args:
        form: the name of the document's format.
        text: the text of the unit.
    """
    codes = documents.inline(form, text)
    return _html(text, codes) if codes else escape(text)


def plain(form: str, text: str) -> str:
    """Return a text without its inline codes, for titles; the text of a code span stays."""
    codes = documents.inline(form, text)
    if not codes:
        return text
    said = [code._replace(text=code.value) if code.kind is CodeKind.CODE else code for code in codes]
    return Plain(text, said, "").text.replace(OBJECT, "").strip()


def _html(text: str, codes: Sequence[InlineCode]) -> str:
    parts: list[str] = []
    opened: list[tuple[CodeKind, str]] = []
    done = 0
    in_title = False  # the title of a link or an image, which no page shows
    for code in codes:
        if not in_title:
            parts.append(escape(text[done : code.start]))
        done = code.end
        if code.role is CodeRole.OPENING:
            element, attributes = _opening(code)
            opened.append((code.kind, element))
            parts.append(f"<{element}{attributes}>" if element else "")
        elif code.role is CodeRole.CLOSING:
            in_title = False
            if opened and opened[-1][0] is code.kind:
                element = opened.pop()[1]
                parts.append(f"</{element}>" if element else "")
        elif code.value == "title" and code.kind in {CodeKind.LINK, CodeKind.IMAGE}:
            in_title = True
        elif code.value == "/title" and code.kind is CodeKind.LINK:
            in_title = False
        elif not in_title:
            parts.append(_standing(code))
    if not in_title:
        parts.append(escape(text[done:]))
    parts += (f"</{element}>" for _, element in reversed(opened) if element)
    return "".join(parts)


def _opening(code: InlineCode) -> tuple[str, str]:
    """Return the element of an opening code ("" for none) and its attributes."""
    if code.kind is CodeKind.LINK and _SAFE.match(code.value):
        return "a", f' href="{escape(code.value)}"'
    return _ELEMENTS.get(code.kind, ""), ""


def _standing(code: InlineCode) -> str:
    value = escape(code.value)
    match code.kind:
        case CodeKind.CODE:
            return f"<code>{value}</code>"
        case CodeKind.LINK:
            return f'<a href="{value}">{value}</a>' if _SAFE.match(code.value) else value
        case CodeKind.NOTE:
            return "<sup>*</sup>" if code.value.startswith("<") else f"<sup>{escape(_NOTE.sub('', code.value))}</sup>"
        case CodeKind.BREAK:
            return "<br>"
        case CodeKind.CHARACTER:
            return escape(code.text)
        case _:
            return f"<code>{value}</code>" if code.text == OBJECT and value else escape(code.text.replace(OBJECT, ""))
