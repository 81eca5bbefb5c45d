"""The inline codes of subtitles: tags, times, positions, and the named character references of WebVTT."""

from __future__ import annotations

import html
import re
from collections.abc import Sequence

from l10n_flow.inline import OBJECT, CodeKind, CodeRole, InlineCode

_SIGN = re.compile(r"[<{\\&]")
_CLOCK = r"(?:\d+:)?\d{1,2}:\d{1,2}[.,]\d{1,3}"
_SRT = re.compile(r"</?(?:[ibus]|font)(?:[ \t][^<>\r\n]*)?>|\{\\[^{}\r\n]*\}|\\[Nnh]", re.IGNORECASE)
_VTT = re.compile(
    r"</?(?:[cibuv]|ruby|rt|lang)(?:[ \t.][^<>\r\n]*)?>"
    rf"|<{_CLOCK}>"
    r"|\{\\[^{}\r\n]*\}"
    r"|&(?:amp|lt|gt|nbsp|lrm|rlm|#\d+|#x[0-9a-fA-F]+);"
)
_NAME = re.compile(r"</?([A-Za-z]+)")
_KINDS = {"i": CodeKind.EMPHASIS, "b": CodeKind.STRONG, "s": CodeKind.STRUCK}


def codes(text: str, *, vtt: bool) -> tuple[InlineCode, ...]:
    """Return the inline codes of a text; a tag without its partner is standalone."""
    if _SIGN.search(text) is None:
        return ()
    found: list[InlineCode] = []
    opened: list[tuple[int, str]] = []
    for match in (_VTT if vtt else _SRT).finditer(text):
        code = match[0]
        name = _name(code)
        if not name:
            found.append(_standing(match))
            continue
        kind = _KINDS.get(name, CodeKind.TAG)
        value = code if kind is CodeKind.TAG else name
        if code[1] != "/":
            opened.append((len(found), name))
        elif opened and opened[-1][1] == name:
            at, _ = opened.pop()
            found[at] = found[at]._replace(role=CodeRole.OPENING)
            found.append(InlineCode(*match.span(), CodeRole.CLOSING, kind, value))
            continue
        found.append(InlineCode(*match.span(), CodeRole.STANDALONE, kind, value))
    return tuple(found)


def escaped(text: str, *, vtt: bool) -> str:
    """Return a text in which each ``<`` and ``&`` outside codes is read as text; SubRip has no escapes for them."""
    if not vtt or not ("<" in text or "&" in text or "-->" in text):
        return text
    parts: list[str] = []
    done = 0
    for code in (*codes(text, vtt=True), None):
        end = len(text) if code is None else code.start
        parts.append(text[done:end].replace("&", "&amp;").replace("<", "&lt;").replace("-->", "--&gt;"))
        if code is not None:
            parts.append(text[code.start : code.end])
            done = code.end
    return "".join(parts)


def outer(text: str, found: Sequence[InlineCode]) -> tuple[int, int]:
    """Return the span of a text within the codes at its edges: standalone codes, and pairs around all of it."""
    start, end = 0, len(text)
    rest = [code for code in found if not code.text or code.text == OBJECT]
    partners = _partners(rest)
    first, last = 0, len(rest) - 1
    while first <= last:
        begins, ends = rest[first].start == start, rest[last].end == end
        if begins and rest[first].role is CodeRole.STANDALONE:
            start, first = rest[first].end, first + 1
        elif ends and rest[last].role is CodeRole.STANDALONE:
            end, last = rest[last].start, last - 1
        elif begins and ends and partners.get(first) == last:
            start, end, first, last = rest[first].end, rest[last].start, first + 1, last - 1
        else:
            break
        while start < end and text[start].isspace():
            start += 1
        while start < end and text[end - 1].isspace():
            end -= 1
    return start, end


def _partners(found: Sequence[InlineCode]) -> dict[int, int]:
    """Return, for each opening code, the index of its closing code."""
    partners: dict[int, int] = {}
    opened: list[int] = []
    for number, code in enumerate(found):
        if code.role is CodeRole.OPENING:
            opened.append(number)
        elif code.role is CodeRole.CLOSING and opened:
            partners[opened.pop()] = number
    return partners


def _name(code: str) -> str:
    match = _NAME.match(code)
    return match[1].lower() if match else ""


def _standing(match: re.Match[str]) -> InlineCode:
    code = match[0]
    if code[0] == "&":
        return InlineCode(*match.span(), CodeRole.STANDALONE, CodeKind.CHARACTER, code, html.unescape(code))
    if code in {"\\N", "\\n"}:
        return InlineCode(*match.span(), CodeRole.STANDALONE, CodeKind.BREAK, code)
    return InlineCode(*match.span(), CodeRole.STANDALONE, CodeKind.OTHER, code)
