"""Start tags: which attributes are text, and whether the content is translated; and character references."""

from __future__ import annotations

import html
import re
from collections.abc import Iterator
from html.entities import html5
from typing import NamedTuple

from l10n_flow.documents.html.elements import ATTRIBUTES, BUTTONS, META, OF_ELEMENTS
from l10n_flow.documents.html.tokens import Token, attributes
from l10n_flow.model import BlockKind

#: In a tag, the sign that an attribute may be text, or decides whether the content is translated.
_TELLING = re.compile(r"alt|title|aria-|placeholder|label|summary|translate|content|value|role", re.IGNORECASE)
#: Attributes on which the meaning of others depends.
_SAID = frozenset({"class", "itemprop", "name", "property", "role", "translate", "type"})
#: A character reference; ``html.unescape`` resolves it by the standard.
REFERENCE = re.compile(r"&(?:#(?:[0-9]+|[xX][0-9a-fA-F]+);?|[A-Za-z][A-Za-z0-9]{1,31};?)")
_SPACES = frozenset("\t\n\f\r")


class Value(NamedTuple):
    """An attribute that is translated: its name, the span of its value, its quotation mark."""

    name: str
    start: int
    end: int
    quote: str


class Start(NamedTuple):
    """The content of a start tag: the attributes that are text, whether its content is translated, its role."""

    values: tuple[tuple[Value, BlockKind], ...] = ()
    translate: bool | None = None
    role: str = ""


#: A start tag without these.
PLAIN = Start()


def start_of(text: str, token: Token) -> Start:
    """Return the attributes of a start tag that matter for a translation."""
    if token.end - token.start == len(token.name) + 2 or _TELLING.search(text, token.start, token.end) is None:
        return PLAIN
    values: list[tuple[Value, BlockKind]] = []
    named: dict[str, str] = {}
    for each in attributes(text, token):
        if each.name in ATTRIBUTES or (token.name, each.name) in OF_ELEMENTS:
            values.append((Value(*each), BlockKind.CAPTION if each.name == "alt" else BlockKind.PARAGRAPH))
        elif each.name in _SAID:
            named[each.name] = text[max(each.start, 0) : max(each.end, 0)].strip().lower()
    if token.name in {"input", "meta"}:
        values += _content(text, token, named)
    translate = {"no": False, "yes": True, "": True}.get(named.get("translate", "-"))
    if translate is None and "notranslate" in named.get("class", "").split():
        translate = False
    if translate is False:
        return Start((), translate, named.get("role", ""))
    return Start(tuple(pair for pair in values if _is_text(text, pair[0])), translate, named.get("role", ""))


def _content(text: str, token: Token, named: dict[str, str]) -> Iterator[tuple[Value, BlockKind]]:
    """Yield the label of a button, or the content of a ``meta`` that is text."""
    if token.name == "input":
        wanted, kind = "value", BlockKind.PARAGRAPH if named.get("type") in BUTTONS else None
    else:
        kinds = (META.get(named.get(each, "")) for each in ("name", "property", "itemprop"))
        wanted, kind = "content", next((each for each in kinds if each), None)
    if kind is not None:
        yield from ((Value(*each), kind) for each in attributes(text, token) if each.name == wanted)


def _is_text(text: str, value: Value) -> bool:
    read = unescaped(text[max(value.start, 0) : max(value.end, 0)])
    return any(map(str.isalpha, read)) and "://" not in read


def unescaped(written: str) -> str:
    """Return the value of an attribute with its references resolved."""
    return "".join(read for read, _ in references(written, in_value=True)) if "&" in written else written


def references(written: str, *, in_value: bool = False) -> Iterator[tuple[str, str]]:
    """Yield the parts of a text, each read and written; a part is a character reference, or text.

    Args:
        written: the text of the file.
        in_value: whether it is the value of an attribute, in which ``&copy=`` is not a reference.
    """
    done = 0
    for found in REFERENCE.finditer(written):
        raw = found[0]
        if in_value and raw[1] != "#":
            is_known = raw[1:] in html5 and (raw.endswith(";") or not written.startswith("=", found.end()))
            read = html5[raw[1:]] if is_known else raw
        else:
            read = html.unescape(raw)
        if read == raw:
            continue
        if done < found.start():
            yield written[done : found.start()], written[done : found.start()]
        yield (" " if read in _SPACES else read) or "\ufffd", raw
        done = found.end()
    if done < len(written):
        yield written[done:], written[done:]
