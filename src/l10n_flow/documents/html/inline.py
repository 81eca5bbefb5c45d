"""The inline codes of a unit of HTML: ``<a1>…</a1>``, ``<br2/>``, ``<code3>…</code3>``, ``&lt;``.

A tag has the name of its element, a number, and the attributes that are translated. An opaque element is one code with
its content. ``&lt;`` and ``&amp;`` are written where the character itself would make a tag or a reference; in an
attribute also ``&quot;`` and ``&gt;``.
"""

from __future__ import annotations

import re
from collections import defaultdict
from collections.abc import Iterator
from dataclasses import dataclass

from l10n_flow.documents.html.elements import CODE, CODE_KINDS, KEEP, READINGS, SEEN, VOID
from l10n_flow.inline import OBJECT, CodeKind, CodeRole, InlineCode

_WHOLE = "|".join(sorted({KEEP, *CODE, *READINGS}))
_CODE = re.compile(
    rf"""&(?:lt|amp);
    | <(?P<whole>(?P<of>{_WHOLE})[0-9]+)>(?P<held>[^<]*)</(?P=whole)>
    | <(?P<end>/)?(?P<label>(?P<name>[a-z][a-z-]*)[0-9]+)(?P<values>(?:[ ][a-z-]+="[^"<>]*")*)[ ]?(?P<void>/)?>
    | </?(?P<element>[A-Za-z][A-Za-z0-9:-]*)(?:[\s/][^<>]*)?>   # as it stands in a file
    """,
    re.VERBOSE,
)
_VALUE = re.compile(r' (?P<name>[a-z-]+)="(?P<value>[^"]*)"')
_ESCAPED = re.compile(r"&(lt|gt|amp|quot);")
_SIGNS = {"lt": "<", "gt": ">", "amp": "&", "quot": '"'}


@dataclass(slots=True)
class Tag:
    """A numbered tag in a text: its span, its name and number, its role, and the spans of its attributes.

    ``held`` is the content of an opaque element; ``label`` is "" if it is not a numbered tag.
    """

    start: int
    end: int
    label: str
    name: str
    role: CodeRole | None = None
    values: tuple[tuple[str, int, int], ...] = ()
    held: str | None = None


def tags(text: str) -> list[Tag]:
    """Return all tags and character references of a text; the role of a tag without its partner is None.

    Pairs are nested.
    """
    found: list[Tag] = []
    opened: list[Tag] = []
    waiting: dict[str, int] = defaultdict(int)
    for match in _CODE.finditer(text):
        start, end = match.span()
        whole, of, held, ends, label, name, values, void, element = match.groups()
        if whole:
            found.append(Tag(start, end, whole, of, CodeRole.STANDALONE, held=held))
            continue
        if not label:
            found.append(Tag(start, end, "", (element or "").lower(), CodeRole.STANDALONE))
            continue
        tag = Tag(start, end, label, name)
        found.append(tag)
        if ends:
            if waiting[label]:
                while (opening := opened.pop()).label != label:
                    waiting[opening.label] -= 1
                waiting[label] -= 1
                opening.role, tag.role = CodeRole.OPENING, CodeRole.CLOSING
            continue
        if values:
            said = _VALUE.finditer(text, *match.span("values"))
            tag.values = tuple((each["name"], *each.span("value")) for each in said)
        if void or name in VOID:
            tag.role = CodeRole.STANDALONE
        else:
            opened.append(tag)
            waiting[label] += 1
    return found


def codes(text: str) -> tuple[InlineCode, ...]:
    """Return the inline codes of a text, ascending and without overlaps."""
    if "<" not in text and "&" not in text:
        return ()
    return tuple(code for tag in tags(text) for code in _codes(text, tag))


def unescaped(text: str, signs: str = "lt amp") -> str:
    """Return a text with its character references resolved; ``signs`` are the names of references."""
    return _ESCAPED.sub(lambda found: _SIGNS[found[1]] if found[1] in signs else found[0], text)


def _codes(text: str, tag: Tag) -> Iterator[InlineCode]:
    start, end, label, name = tag.start, tag.end, tag.label, tag.name
    if not label:
        written = text[start:end]
        if not name:
            yield InlineCode(start, end, CodeRole.STANDALONE, CodeKind.CHARACTER, written, unescaped(written))
        elif name == "br":
            yield InlineCode(start, end, CodeRole.STANDALONE, CodeKind.BREAK, "\n")
        else:
            yield InlineCode(start, end, CodeRole.STANDALONE, CodeKind.OTHER, written.lower())
        return
    if tag.role is None:
        yield InlineCode(start, end, CodeRole.STANDALONE, CodeKind.OTHER, text[start:end], OBJECT)
        return
    kind = CODE_KINDS.get(name, CodeKind.TAG)
    seen = OBJECT if name in SEEN else ""
    if tag.held is not None:
        kind = kind if name in CODE else CodeKind.OTHER
        value = unescaped(tag.held) if name not in READINGS else ""
        yield InlineCode(start, end, CodeRole.STANDALONE, kind, value, seen)
        return
    value = "" if seen or kind is CodeKind.LINK else label  # links are compared as tags, and nothing shows them
    if not tag.values:
        yield InlineCode(start, end, tag.role, kind, value, seen if tag.role is CodeRole.STANDALONE else "")
        return
    yield from _with_values(text, tag, kind, value)


def _with_values(text: str, tag: Tag, kind: CodeKind, value: str) -> Iterator[InlineCode]:
    """Yield the codes of a tag with attributes; the values are text between codes, unless a page shows other text."""
    begun = tag.start
    stands = tag.role is CodeRole.STANDALONE
    shows = "alt" if tag.name == "img" else ""
    role, is_first = CodeRole.OPENING, True
    for name, low, high in tag.values:
        if is_first:
            opened = low if name == shows else tag.start + 1 + len(tag.label)
            yield InlineCode(begun, opened, role, kind, value, OBJECT if stands else "")
            begun, is_first = opened, False
        if begun < low:
            yield InlineCode(begun, low, CodeRole.STANDALONE, CodeKind.LINK, "title", OBJECT)
        for found in _ESCAPED.finditer(text, low, high):
            written = found[0]
            yield InlineCode(*found.span(), CodeRole.STANDALONE, CodeKind.CHARACTER, written, _SIGNS[found[1]])
        begun = high
    if stands:
        yield InlineCode(begun, tag.end, CodeRole.CLOSING, kind, value, OBJECT)
    else:
        yield InlineCode(begun, tag.end, CodeRole.STANDALONE, CodeKind.LINK, "/title", OBJECT)
