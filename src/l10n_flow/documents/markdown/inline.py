"""The inline codes of a Markdown text, as markdown-it-py's inline rules find them."""

from __future__ import annotations

import re
from bisect import bisect_left
from collections.abc import Mapping, Sequence
from typing import Any

from l10n_flow.documents.markdown.inline_parser import found_codes
from l10n_flow.documents.markdown.rules import standing
from l10n_flow.inline import OBJECT, CodeKind, CodeRole, InlineCode

#: What a text without any of these has is text.
_SIGNS = re.compile(r"[\\`*_\[\]<&~^${]|://|  \n")
_ADDRESS = re.compile(r"https?://[A-Za-z0-9\-._~:/?#\[\]@!$&'()*+,;=%]+")
_ADDRESS_END = re.compile(r"[.,;:!?'*_~)\]]+\Z")


def has_no_codes(text: str) -> bool:
    """Whether a text has none of the signs that codes are made of."""
    return _SIGNS.search(text) is None


def codes(text: str, references: Mapping[str, Any] | None = None) -> tuple[InlineCode, ...]:
    """The inline codes of a text, ascending and apart from one another.

    Args:
        text: of a unit, or the lines of a paragraph.
        references: the definitions of the document's links. None: not known; then ``[text][label]`` is a link and
            ``[text]`` is none.
    """
    if has_no_codes(text):
        return ()
    found = found_codes(text, references)
    return tuple(_paired(_apart(_with_addresses(text, found) if "://" in text else found)))


def _with_addresses(text: str, found: Sequence[InlineCode]) -> list[InlineCode]:
    """Web addresses without brackets as well, as far as they hold no other code: nothing of one is converted."""
    starts = [code.start for code in found]
    result = list(found)
    for match in _ADDRESS.finditer(text):
        end = match.end() - len((_ADDRESS_END.search(match[0]) or [""])[0])
        if bisect_left(starts, match.start()) == bisect_left(starts, end):
            result.append(standing(match.start(), end, CodeKind.LINK, text[match.start() : end], OBJECT))
    return sorted(result)


def _apart(found: Sequence[InlineCode]) -> list[InlineCode]:
    result: list[InlineCode] = []
    for code in found:
        if not result or code.start >= result[-1].end:
            result.append(code)
    return result


def _paired(found: list[InlineCode]) -> list[InlineCode]:
    """HTML tags that are a pair open and close; the others stand for themselves."""
    opened: list[int] = []
    for number, code in enumerate(found):
        if code.kind is CodeKind.TAG and code.role is CodeRole.OPENING:
            opened.append(number)
            found[number] = code._replace(role=CodeRole.STANDALONE)
        elif code.kind is CodeKind.TAG and code.role is CodeRole.CLOSING:
            name = code.value.strip("</>")
            found[number] = code._replace(role=CodeRole.STANDALONE)
            if opened and found[opened[-1]].value.strip("<>") == name:
                other = opened.pop()
                if not sum(_depth(each) for each in found[other + 1 : number]):
                    found[other] = found[other]._replace(role=CodeRole.OPENING)
                    found[number] = found[number]._replace(role=CodeRole.CLOSING)
    return found


def _depth(code: InlineCode) -> int:
    return {CodeRole.OPENING: 1, CodeRole.CLOSING: -1}.get(code.role, 0)
