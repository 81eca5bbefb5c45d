"""Does the translation end as the source does: stop, question, exclamation, colon, semicolon, ellipsis."""

from __future__ import annotations

import re
from collections.abc import Iterator
from functools import reduce
from typing import NamedTuple

from l10n_flow import scripts
from l10n_flow.checks.frame import Pair, Problem, Sheet, Subject
from l10n_flow.messages import Message
from l10n_flow.model import BlockKind, Role, Span

# Each mark by what it says; full-width first, then ASCII, then other scripts' (Arabic, Devanagari, Ethiopic).
_MEANING = {
    mark: meaning
    for meaning, marks in {
        Message("a full stop"): "。．.।۔።",
        Message("a question mark"): "？?؟",
        Message("an exclamation mark"): "！!",
        Message("a colon"): "：:",
        Message("a semicolon"): "；;؛",
        Message("an ellipsis"): "…⋯",
        Message("a comma"): "，,、،",
    }.items()
    for mark in marks
}
_FULL_WIDTH = frozenset("。．？！：；，、")
# What a translator may put instead without saying something else: in lists, and before a quotation.
_ALSO = {"a semicolon": frozenset({Message("a full stop"), "a comma"}), Message("a colon"): frozenset({"a comma"})}
_QUOTES = "」』”’\"'"
_CLOSERS = _QUOTES + "）)》〉】〕]*_~` \t\n\u00a0\u3000"
_FOOTNOTE = re.compile(r"(?:\[[0-9]{1,3}\]|</[a-z0-9]{1,10}>)$", re.IGNORECASE)
_DOTS = re.compile(r"\. ?\. ?\.$")
_QUOTED = re.compile(rf"([{''.join(_MEANING)}])[{_QUOTES}]")
#: A sentence is judged by its last characters alone, so that a long text costs no more than a short one.
_TAIL = 80
_WITHOUT_STOP = frozenset(
    {BlockKind.TITLE, BlockKind.HEADING, BlockKind.BYLINE, BlockKind.DATELINE, BlockKind.TABLE_CELL, Role.CREDIT}
)
# Thai and Lao end a sentence with a space; Greek asks with ";", Armenian stops with ":" or inside the word.
_OTHER_MARKS = frozenset({"th", "lo", "el", "hy"})


class Ending(NamedTuple):
    """How a text ends: what its last marks mean, where they stand, whether a closing quotation mark follows."""

    meanings: frozenset[str]
    span: Span
    quoted: bool


def for_known_marks(subject: Subject) -> bool:
    return scripts.language(subject.locale) not in _OTHER_MARKS


def end_punctuation(sheet: Sheet) -> Iterator[Problem]:
    """Sentences whose target ends in another mark than the source, each script's own marks taken for equal.

    Sources that end in no mark, or in a comma, are not judged, nor are titles, headings, bylines and credits.
    """
    full_width = scripts.uses_han(sheet.subject.locale)
    for pair in sheet.translated:
        if pair.source == pair.target:  # a copy ends as its source does; other rules judge copies
            continue
        wanted = ending(pair.source)
        if wanted is None or "a comma" in wanted.meanings or not _WITHOUT_STOP.isdisjoint(pair.kinds):
            continue
        found = ending(pair.target)
        if found is None or not _agree(pair, wanted, found):
            yield _other_mark(pair, wanted, found)
        elif (wrong := _wrong_width(pair, wanted, found, full_width=full_width)) is not None:
            yield wrong


def ending(text: str) -> Ending | None:
    """How a text ends, closing quotes, brackets, emphasis and footnotes aside; None: in no known mark."""
    start = max(0, len(text) - _TAIL)
    rest = text[start:]
    tail = rest.rstrip(_CLOSERS)
    while cut := _FOOTNOTE.search(tail):
        tail = tail[: cut.start()].rstrip(_CLOSERS)
    if dots := _DOTS.search(tail):
        begin, meanings = dots.start(), {"an ellipsis"}
    else:
        begin = len(tail)
        while begin and tail[begin - 1] in _MEANING:
            begin -= 1
        meanings = {_MEANING[mark] for mark in tail[begin:]}
    if not meanings:
        return None
    quoted = any(mark in _QUOTES for mark in rest[len(tail) :])
    return Ending(frozenset(meanings), Span(start + begin, start + len(tail)), quoted)


def _wrong_width(pair: Pair, wanted: Ending, found: Ending, *, full_width: bool) -> Problem | None:
    """A full-width mark in a locale without any; a half-width one in Chinese or Japanese, if not the source's."""
    text = _of(pair.target, found.span)
    if full_width != _FULL_WIDTH.isdisjoint(text):
        return None
    if full_width and (text == _of(pair.source, wanted.span) or "an ellipsis" in found.meanings):
        return None
    width = Message("full-width") if full_width else Message("half-width")
    message = Message("the translation ends in {mark}; this locale writes {width} marks", mark=text, width=width)
    return Problem(pair, message, None, found.span)


def _agree(pair: Pair, wanted: Ending, found: Ending) -> bool:
    if wanted.meanings & found.meanings or any(_ALSO.get(one, _NONE) & found.meanings for one in wanted.meanings):
        return True
    # Reported speech changes places: 「為什麼？」他問。 = He asked, “Why?”
    return bool(
        (wanted.quoted and wanted.meanings & _quoted_in(pair.target))
        or (found.quoted and found.meanings & _quoted_in(pair.source))
    )


_NONE: frozenset[str] = frozenset()


def _quoted_in(text: str) -> set[str]:
    return {_MEANING[match[1]] for match in _QUOTED.finditer(text)}


def _other_mark(pair: Pair, wanted: Ending, found: Ending | None) -> Problem:
    end = len(pair.target)
    there = _named(pair.source, wanted)
    here = Message("no mark") if found is None else _named(pair.target, found)
    message = Message("the source ends in {there}, the translation in {here}", there=there, here=here)
    return Problem(pair, message, wanted.span, found.span if found else Span(end, end))


def _named(text: str, end: Ending) -> Message:
    meanings = reduce(
        lambda first, second: Message("{first} and {second}", first=first, second=second), sorted(end.meanings)
    )
    return Message("{meaning} ({mark})", meaning=meanings, mark=_of(text, end.span))


def _of(text: str, span: Span) -> str:
    return text[span.start : span.end]
