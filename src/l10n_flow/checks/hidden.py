"""Rules about invisible or accidental text: control characters, direction marks, lines left by a program."""

from __future__ import annotations

import re
import unicodedata
from collections.abc import Iterator

from l10n_flow.checks.frame import Problem, Rule, Sheet, as_one
from l10n_flow.messages import Message
from l10n_flow.model import Severity, Span
from l10n_flow.scripts import CONTROLS, TURNS, writes_to_the_left

# CONTROLS, characters that no edition needs (annotations, deprecated formats, tags of a language), and those that only
# some scripts need: the zero-width space, and what turns the direction.
_ODD = re.compile(f"[{CONTROLS}\u2061-\u2064\u206a-\u206f\ufff9-\ufffb\U000e0001\u200b{TURNS}]+")
#: Scripts with a zero-width space for possible line breaks; scripts written from right to left.
_BREAKING = frozenset({"Thai", "Laoo", "Khmr", "Mymr", "Tibt"})
_TURNING = frozenset({"Arab", "Hebr", "Thaa", "Syrc", "Nkoo", "Adlm"})
_TURNS = re.compile(f"[{TURNS}]")
_APART = "\x0b\x0c\x85\u2028\u2029"
_LEFT = re.compile(r"#-#-#-#-#[^\n]*|(?<!\\)\\[nrt](?![A-Za-z])")


def invisible_character(sheet: Sheet) -> Iterator[Problem]:
    """Find invisible characters in targets, and in sources (once, at the first translation)."""
    script = sheet.subject.script
    for pair in sheet.pairs:
        found = [match.span() for match in _ODD.finditer(pair.target) if not _belongs(match[0], script, pair.target)]
        if found:
            edits = [(Span(*span), _instead(pair.target, *span)) for span in found]
            first = edits[0][0]
            said = Message("an invisible character in the translation: {name}", name=_name(pair.target[first.start]))
            yield Problem(pair, said, target_span=first, fixes=(as_one(pair.target, edits),))
        elif (match := _ODD.search(pair.source)) is not None:
            said = Message(
                "an invisible character in the source: {name}; take it out of the article", name=_name(match[0][0])
            )
            yield Problem(pair, said, source_span=Span(*match.span()))


def tool_leftover(sheet: Sheet) -> Iterator[Problem]:
    """Find text that a program left in a target: conflict marks of ``msgcat``, an escaped line feed."""
    for pair in sheet.translated:
        match = _LEFT.search(pair.target)
        if match is not None and match[0] not in pair.source:
            said = Message("{text} was left by a program; nobody wrote it", text=match[0][:20])
            yield Problem(pair, said, target_span=Span(*match.span()))


def _belongs(found: str, script: str, text: str) -> bool:
    """Whether characters are needed in a text of a script."""
    if script in _BREAKING:
        found = found.replace("\u200b", "")
    return not (_TURNS.sub("", found) if script in _TURNING or writes_to_the_left(text) else found)


def _instead(text: str, start: int, end: int) -> str:
    """Return a space for a character that separates two words, else an empty string."""
    if start == 0 or end == len(text) or text[start - 1].isspace() or text[end].isspace():
        return ""
    return " " if any(char in _APART for char in text[start:end]) else ""


def _name(char: str) -> str:
    """The Unicode code and name of a character."""
    return f"U+{ord(char):04X} {unicodedata.name(char, 'CONTROL CHARACTER')}"


RULES = (
    Rule(
        "invisible-character",
        Severity.WARNING,
        Message("a character that nobody sees"),
        invisible_character,
    ),
    Rule(
        "tool-leftover",
        Severity.ERROR,
        Message("something that a program left in the translation"),
        tool_leftover,
    ),
)
