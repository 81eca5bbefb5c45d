"""PO syntax, written in the canonical form: byte for byte what ``msgcat --no-wrap`` makes of it.

polib's own writer loses ``#~|`` and writes some control characters wrongly (docs/file-formats.md).
"""

from __future__ import annotations

import re
from collections.abc import Iterable, Iterator

from polib import POEntry

_TO_ESCAPE = re.compile(r'[\\"\n\t\r\a\b\f\v]')
_ESCAPED = {
    "\\": r"\\", '"': r"\"", "\n": r"\n", "\t": r"\t", "\r": r"\r",
    "\a": r"\a", "\b": r"\b", "\f": r"\f", "\v": r"\v",
}  # fmt: skip


def quote(text: str) -> str:
    return '"' + _TO_ESCAPE.sub(lambda match: _ESCAPED[match[0]], text) + '"'


def _string(prefix: str, keyword: str, text: str) -> str:
    """A keyword and its string, on one line unless a line feed stands inside."""
    if "\n" not in text or text.index("\n") == len(text) - 1:
        return f"{prefix}{keyword} {quote(text)}\n"
    lines = text.split("\n")
    parts = [line + "\n" for line in lines[:-1]] + ([lines[-1]] if lines[-1] else [])
    return f'{prefix}{keyword} ""\n' + "".join(f"{prefix}{quote(part)}\n" for part in parts)


def _comment(mark: str, text: str) -> Iterator[str]:
    for line in text.split("\n"):
        # GNU gettext takes a backslash at the end of any line, a comment's too, for a continuation.
        guard = " " if line.endswith("\\") else ""
        yield f"{mark} {line}{guard}\n" if line else f"{mark}\n"


def _comment_lines(entry: POEntry) -> Iterator[str]:
    if entry.tcomment:
        yield from _comment("#", entry.tcomment)
    if entry.comment:
        yield from _comment("#.", entry.comment)
    if "fuzzy" in entry.flags:
        yield "#, fuzzy\n"
    previous = "#~| " if entry.obsolete else "#| "
    if entry.previous_msgctxt is not None:
        yield _string(previous, "msgctxt", entry.previous_msgctxt)
    if entry.previous_msgid is not None:
        yield _string(previous, "msgid", entry.previous_msgid)


def _strings(entry: POEntry) -> Iterator[str]:
    prefix = "#~ " if entry.obsolete else ""
    if entry.msgctxt is not None:
        yield _string(prefix, "msgctxt", entry.msgctxt)
    yield _string(prefix, "msgid", entry.msgid)
    yield _string(prefix, "msgstr", entry.msgstr)


def serialise(entries: Iterable[POEntry]) -> str:
    """The canonical text of entries (the header entry first), a blank line between them.

    Each entry's ``linenum`` becomes the line on which its msgctxt or msgid then stands.
    """
    parts: list[str] = []
    line = 1
    for entry in entries:
        comments, strings = "".join(_comment_lines(entry)), "".join(_strings(entry))
        entry.linenum = line + comments.count("\n")
        line = entry.linenum + strings.count("\n") + 1
        parts.append(comments + strings)
    return "\n".join(parts)
