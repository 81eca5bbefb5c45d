"""Write PO in the canonical form: byte for byte the output of ``msgcat --no-wrap``."""

from __future__ import annotations

import re
from collections.abc import Iterable, Iterator, Sequence

from l10n_flow.catalogue.entry import Entry
from l10n_flow.model import Key

_TO_ESCAPE = re.compile(r'[\\"\n\t\r\a\b\f\v]')
_ESCAPED = {
    "\\": r"\\", '"': r"\"", "\n": r"\n", "\t": r"\t", "\r": r"\r",
    "\a": r"\a", "\b": r"\b", "\f": r"\f", "\v": r"\v",
}  # fmt: skip
#: What stands between two entries: none stands inside one, for texts are quoted and every line of a comment has a mark.
BETWEEN = "\n\n"


def quote(text: str) -> str:
    return '"' + _TO_ESCAPE.sub(lambda match: _ESCAPED[match[0]], text) + '"'


def _string(prefix: str, keyword: str, text: str) -> str:
    """Return a keyword and its string, on one line unless the string contains a line feed."""
    if "\n" not in text or text.index("\n") == len(text) - 1:
        return f"{prefix}{keyword} {quote(text)}\n"
    lines = text.split("\n")
    parts = [line + "\n" for line in lines[:-1]] + ([lines[-1]] if lines[-1] else [])
    return f'{prefix}{keyword} ""\n' + "".join(f"{prefix}{quote(part)}\n" for part in parts)


def _comment(mark: str, lines: Sequence[str]) -> Iterator[str]:
    for line in lines:
        # GNU gettext takes a backslash at the end of any line, a comment's too, for a continuation.
        guard = " " if line.endswith("\\") else ""
        yield f"{mark} {line}{guard}\n" if line else f"{mark}\n"


def _source(prefix: str, key: Key) -> str:
    context = "" if key.context is None else _string(prefix, "msgctxt", key.context)
    return context + _string(prefix, "msgid", key.source)


def text_of(entry: Entry, *, obsolete: bool = False) -> str:
    """Return the canonical text of one entry without the last line feed."""
    comments = (*entry.comments, *map(str, entry.seals)) if entry.seals else entry.comments
    parts = [*_comment("#", comments), *_comment("#.", entry.kinds)]
    if entry.fuzzy:
        parts.append("#, fuzzy\n")
    if entry.previous is not None:
        parts.append(_source("#~| " if obsolete else "#| ", entry.previous))
    prefix = "#~ " if obsolete else ""
    parts += [_source(prefix, entry.key), _string(prefix, "msgstr", entry.msgstr)]
    return "".join(parts)[:-1]


def serialise(live: Iterable[Entry], obsolete: Iterable[Entry] = ()) -> str:
    """Return the canonical text of entries (the header entry first), separated by blank lines."""
    texts = [*map(text_of, live), *(text_of(entry, obsolete=True) for entry in obsolete)]
    return BETWEEN.join(texts) + "\n"
