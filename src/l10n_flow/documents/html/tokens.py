"""The tokens of an HTML file with their places, by the tokenizer of the HTML standard.

https://html.spec.whatwg.org/multipage/parsing.html#tokenization. Every file can be read; the concatenated tokens are
the file. In the standard, tree construction sets the state of the tokenizer after a tag; here the names of elements
and whether an ``<svg>`` or a ``<math>`` is open are enough.
"""

from __future__ import annotations

import re
from collections.abc import Iterator
from enum import IntEnum
from typing import NamedTuple

_SPACE = r"\t\n\f\r "
# An attribute: = can also begin a name; a value without its closing quotation mark extends to the end of the file.
_NAME = rf"[^{_SPACE}/>][^{_SPACE}/>=]*+"
_VALUE = rf"""(?:"[^"]*+(?:"|\Z)|'[^']*+(?:'|\Z)|(?=>)|[^{_SPACE}>"'][^{_SPACE}>]*+)"""
_ATTRIBUTE = rf"{_NAME}(?:[{_SPACE}]*+=[{_SPACE}]*+{_VALUE})?+"
_TAG = re.compile(rf"<(/?+)([A-Za-z][^{_SPACE}/>]*+)(?:[{_SPACE}/]*+(?:{_ATTRIBUTE})?+)*?>")
_EACH = re.compile(rf"[{_SPACE}/]*+({_NAME})(?:[{_SPACE}]*+=[{_SPACE}]*+({_VALUE}))?+")
_COMMENT = re.compile(r"<!--(?:-?>|.*?(?:--!?>|\Z))", re.DOTALL)
_MARKED = re.compile(r"<!\[CDATA\[.*?(?:\]\]>|\Z)", re.DOTALL)
_BOGUS = re.compile(r"[^>]*+(?:>|\Z)")
_SCRIPT = re.compile(rf"<!--|-->|<(/?)script(?=[{_SPACE}/>])", re.IGNORECASE)
_ENDS = {
    name: re.compile(rf"</{name}(?=[{_SPACE}/>])", re.IGNORECASE)
    for name in ("style", "xmp", "iframe", "noembed", "noframes", "title", "textarea")
}
_FOREIGN = frozenset({"svg", "math"})
#: Elements that decide how the following text is tokenized.
_TELLING = frozenset({*_FOREIGN, *_ENDS, "foreignobject", "plaintext", "script"})


class TokenKind(IntEnum):
    """The kind of a token; ``RAW`` is the content of an element without tags in it, ``OTHER`` is invisible."""

    TEXT = 0
    START = 1
    END = 2
    RAW = 3
    OTHER = 4


class Token(NamedTuple):
    """A piece of the file; ``name`` is the element of a tag, or the element around raw text."""

    kind: TokenKind
    start: int
    end: int
    name: str = ""


class Attribute(NamedTuple):
    """An attribute of a tag: the span of its value without quotation marks, and the mark; -1 without a value."""

    name: str
    start: int
    end: int
    quote: str = ""


def tokens(text: str) -> Iterator[Token]:
    """Yield the tokens of a file, in order, without a gap.

    Args:
        text: the decoded file; its line ends may be of any kind.
    """
    place = begun = 0  # ``begun``: the start of the text that is not yielded yet
    foreign: list[str] = []
    while (place := text.find("<", place)) >= 0:
        tag = _TAG.match(text, place)
        if tag is not None and not foreign and (name := tag[2].lower()) not in _TELLING:
            if begun < place:
                yield Token(TokenKind.TEXT, begun, place)
            begun = tag.end()
            yield Token(TokenKind.END if tag[1] else TokenKind.START, place, begun, name)
            place = begun
            continue
        end = tag.end() if tag is not None else _other_end(text, place, is_foreign=bool(foreign))
        if end is None:
            place += 1
            continue
        if begun < place:
            yield Token(TokenKind.TEXT, begun, place)
        if tag is not None:
            for token in _telling(text, tag, foreign):
                yield token
                end = token.end
        else:
            yield Token(TokenKind.OTHER, place, end)
        begun = place = end
    if begun < len(text):
        yield Token(TokenKind.TEXT, begun, len(text))


def _telling(text: str, tag: re.Match[str], foreign: list[str]) -> Iterator[Token]:
    """Yield a tag that may decide how the following text is tokenized, and the raw text after it.

    Args:
        text: the file.
        tag: the match of the tag.
        foreign: the drawings and formulas that are open.
    """
    name, place, end = tag[2].lower(), tag.start(), tag.end()
    if tag[1]:
        yield Token(TokenKind.END, place, end, name)
        if name in foreign:
            while foreign.pop() != name:
                pass
        return
    yield Token(TokenKind.START, place, end, name)
    opens = name in _FOREIGN or (foreign and name == "foreignobject")
    if opens and not text.startswith("/>", end - 2):
        foreign.append(name)
    if not foreign or foreign[-1] == "foreignobject":
        stop = _raw_end(text, end, name)
        if stop > end:
            yield Token(TokenKind.RAW, end, stop, name)


def attributes(text: str, token: Token) -> Iterator[Attribute]:
    """Yield the attributes of a start tag, in order, their names in lower case; of two with one name the first counts.

    Args:
        text: the file.
        token: the tag.
    """
    place = token.start + 1 + len(token.name)
    end = token.end - 1
    seen: set[str] = set()
    while place < end and (found := _EACH.match(text, place, end + 1)):
        place = found.end()
        name = found[1].lower()
        if place > end or name in seen:
            continue
        seen.add(name)
        low, high = found.span(2)
        quote = text[low] if 0 <= low < high and text[low] in "\"'" else ""
        yield Attribute(name, low + len(quote), high - len(quote), quote) if low >= 0 else Attribute(name, -1, -1)


def _other_end(text: str, place: int, *, is_foreign: bool) -> int | None:
    """Return the end of the comment, declaration or the like that begins at a place; None if it is text."""
    following = text[place + 1 : place + 2]
    letter = text[place + 2 : place + 3] if following == "/" else following
    if letter.isascii() and letter.isalpha():  # the file ends inside the tag
        return len(text)
    pattern = _BOGUS
    if following == "!":
        if text.startswith("<!--", place):
            pattern = _COMMENT
        elif is_foreign and text.startswith("<![CDATA[", place):
            pattern = _MARKED
    elif following != "?" and not (following == "/" and letter):
        return None
    found = pattern.match(text, place)
    assert found is not None  # all patterns match up to the end of the file
    return found.end()


def _raw_end(text: str, start: int, name: str) -> int:
    """Return the end of the raw text after a start tag: the place of its end tag."""
    if name == "script":
        return _script_end(text, start)
    if name == "plaintext":
        return len(text)
    pattern = _ENDS.get(name)
    if pattern is None:
        return start
    found = pattern.search(text, start)
    return found.start() if found else len(text)


def _script_end(text: str, start: int) -> int:
    """Return the end of a script; one that contains ``<!--`` and then ``<script`` continues after the next end tag."""
    escaped = doubly = False
    while found := _SCRIPT.search(text, start):
        start = found.end()
        written = found[0]
        if written == "<!--":
            if not escaped:
                escaped, start = True, found.start() + 2  # <!--> is closed already
        elif written == "-->":
            escaped = doubly = False
        elif not found[1]:
            doubly = doubly or escaped
        elif doubly:
            doubly = False
        else:
            return found.start()
    return len(text)
