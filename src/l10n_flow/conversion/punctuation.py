"""Punctuation profiles: marks that the Mainland (GB/T 15834-2011), Hong Kong and Taiwan write differently.

Only marks that differ between the regions are changed, and other encodings of the same mark. A mark that is wrong
everywhere (。。。, a half-width comma between Han, three dots instead of six) is the author's, and does not change.
"""

from __future__ import annotations

import re
from collections.abc import Iterable, Sequence
from enum import StrEnum

from l10n_flow.conversion import quotes
from l10n_flow.conversion.marks import TRIGGER, Edit, any_of
from l10n_flow.conversion.marks import edits as mark_edits

__all__ = ["VERSION", "Edit", "Punctuation", "apply", "edits"]

#: The end of a paragraph.
BLANK_LINE = re.compile(r"^[^\S\n]*\n", re.MULTILINE)
#: A shorter text is examined paragraph by paragraph: the pattern for usual ones would take longer to compile.
_FEW = 2_000
#: Increased when a rule changes: it is part of the converter's fingerprint.
VERSION = 1


class Punctuation(StrEnum):
    """The style of the result: unchanged, the Mainland's style, or quotations in corner brackets."""

    KEEP = "keep"
    MAINLAND = "mainland"
    CORNER = "corner"

    @classmethod
    def usual(cls, conversion: str) -> Punctuation:
        """Return the style of a conversion's target region: ``hk2s`` for the Mainland, ``s2tw`` for Taiwan."""
        return (
            cls.MAINLAND
            if conversion.endswith(("2s", "2sp"))
            else cls.CORNER
            if conversion.startswith("s2")
            else cls.KEEP
        )


_STYLES = {Punctuation.MAINLAND: quotes.MAINLAND, Punctuation.CORNER: quotes.CORNER}
_TRIGGERS = {
    Punctuation.MAINLAND: quotes.MAINLAND.trigger + TRIGGER,
    Punctuation.CORNER: quotes.CORNER.trigger,
}


def apply(profile: Punctuation, texts: Sequence[str]) -> list[str]:
    """Return the units of one block with the profile's punctuation: the changes of :func:`edits`, applied."""
    if profile is Punctuation.KEEP or not any(map(any_of(_TRIGGERS[profile]).search, texts)):
        return list(texts)
    quoted = quotes.rewritten(_STYLES[profile], texts)
    if profile is Punctuation.CORNER:
        return quoted
    # No change alters a length, so the neighbours of the author's marks are found in the old text.
    return [_applied(after, mark_edits(before)) for before, after in zip(texts, quoted, strict=True)]


def paragraphs_of(text: str) -> list[str]:
    """Return the paragraphs of a text, each with the blank lines after it."""
    parts = []
    done = 0
    for found in BLANK_LINE.finditer(text):
        parts.append(text[done : found.end()])
        done = found.end()
    return [*parts, text[done:]]


def apply_each(profile: Punctuation, text: str) -> str:
    """Return a text with the profile's punctuation; each paragraph, up to a blank line, is handled by itself."""
    if profile is Punctuation.KEEP or not any_of(_TRIGGERS[profile]).search(text):
        return text
    if profile is Punctuation.CORNER or len(text) < _FEW:
        return _each(profile, text)
    parts: list[str] = []
    done = 0
    while done < len(text):
        start, end = _unusual(text, done)
        parts += _usual(text[done:start]), _each(profile, text[start:end])
        done = end
    return "".join(parts)


def _each(profile: Punctuation, text: str) -> str:
    return "".join([apply(profile, [paragraph])[0] for paragraph in paragraphs_of(text)])


def _unusual(text: str, done: int) -> tuple[int, int]:
    """Return the next paragraph that has other marks than regular quotation marks, or kana."""
    found = quotes.regular().match(text, done)
    at = found.end() if found else done
    if at == len(text):
        return at, at
    start, end = text.rfind("\n\n", done, at), text.find("\n\n", at)
    return (done if start < 0 else start + 2), (len(text) if end < 0 else end + 2)


def _usual(text: str) -> str:
    """Return paragraphs with regular quotation marks, in the Mainland's style."""
    return _applied(quotes.regular_rewritten(text), mark_edits(text, chinese=True))


def edits(profile: Punctuation, texts: Sequence[str]) -> list[list[Edit]]:
    """Return the changes of a profile in the units of one block, in order; quotations are nested over all units.

    Args:
        profile: the style to write.
        texts: the units of one block in order.

    Returns:
        For each text its changes; they do not overlap and never change a text's length.
    """
    if profile is Punctuation.KEEP:
        return [[] for _ in texts]
    quoted = quotes.rewritten(_STYLES[profile], texts)
    found = [_quote_edits(before, after) for before, after in zip(texts, quoted, strict=True)]
    if profile is Punctuation.CORNER:
        return found
    return [sorted((*changes, *mark_edits(text))) for text, changes in zip(texts, found, strict=True)]


def _quote_edits(before: str, after: str) -> list[Edit]:
    if before == after:
        return []
    pairs = enumerate(zip(before, after, strict=True))
    return [Edit(place, place + 1, new, "quotes") for place, (old, new) in pairs if old != new]


def _applied(text: str, changes: Iterable[Edit]) -> str:
    parts: list[str] = []
    end = 0
    for change in changes:
        parts += (text[end : change.start], change.after)
        end = change.end
    return "".join((*parts, text[end:]))
