"""Rules about the end of a translation: stop, question, exclamation, colon, semicolon, ellipsis; blanks."""

from __future__ import annotations

from collections.abc import Iterator
from functools import reduce

from l10n_flow import scripts
from l10n_flow.checks import endings
from l10n_flow.checks.endings import COLON, COMMA, ELLIPSIS, SEMICOLON, STOP, Ending, ending, quoted_in
from l10n_flow.checks.frame import Pair, Problem, Rule, Sheet, Subject, as_one
from l10n_flow.messages import Message
from l10n_flow.model import BlockKind, Role, Severity, Span

_FULL_WIDTH = frozenset("。．？！：；，、")
# Marks that a translator may use instead without a change of meaning: in lists, and before a quotation.
_ALSO: dict[str, frozenset[str]] = {SEMICOLON: frozenset({STOP, COMMA}), COLON: frozenset({COMMA})}
_WITHOUT_STOP = frozenset(
    {BlockKind.TITLE, BlockKind.HEADING, BlockKind.BYLINE, BlockKind.DATELINE, BlockKind.TABLE_CELL, Role.CREDIT}
)
# Thai and Lao end a sentence with a space; the Greek question mark is ";", Armenian has ":" as a full stop.
_BLANK_ENDS = frozenset({"th", "lo"})
_OTHER_MARKS = _BLANK_ENDS | {"el", "hy"}


def for_known_marks(subject: Subject) -> bool:
    return scripts.language(subject.locale) not in _OTHER_MARKS


def end_punctuation(sheet: Sheet) -> Iterator[Problem]:
    """Find sentences whose target ends with another mark than the source; marks of other scripts count as equal.

    Sources without a mark at the end, or with a comma, are not checked; nor are titles, headings, bylines and credits.
    """
    locale = sheet.subject.locale
    full_width = scripts.uses_han(locale)
    for pair in sheet.translated:
        if pair.source == pair.target:  # other rules check copies
            continue
        wanted = ending(pair.source)
        if wanted is None or COMMA in wanted.meanings or not _WITHOUT_STOP.isdisjoint(pair.kinds):
            continue
        found = ending(pair.target)
        if found is None or not _agree(pair, wanted, found):
            yield _other_mark(locale, pair, wanted, found)
        elif _is_wrong_width(pair, wanted, found, full_width=full_width):
            yield _wrong_width(locale, pair, found, full_width=full_width)


def for_blanks_between_sentences(subject: Subject) -> bool:
    return scripts.language(subject.locale) not in _BLANK_ENDS


def edge_blank(sheet: Sheet) -> Iterator[Problem]:
    """Find blanks at an end of a target that are not in its source."""
    for pair in sheet.translated:
        source, target = pair.source, pair.target
        start, end = len(target) - len(target.lstrip()), len(target.rstrip())
        blanks = []
        if 0 < start < end and not source[:1].isspace():
            blanks.append(Span(0, start))
        if start < end < len(target) and not source[-1:].isspace():
            blanks.append(Span(end, len(target)))
        if blanks:
            fix = as_one(target, [(span, "") for span in blanks])
            message = Message("the translation begins with or ends in a blank")
            yield Problem(pair, message, None, blanks[0], (fix,))


def _is_wrong_width(pair: Pair, wanted: Ending, found: Ending, *, full_width: bool) -> bool:
    """Whether a mark is full-width in another locale, or half-width in Chinese or Japanese but not in the source."""
    text = _of(pair.target, found.span)
    if full_width != _FULL_WIDTH.isdisjoint(text):
        return False
    return not full_width or (text != _of(pair.source, wanted.span) and ELLIPSIS not in found.meanings)


def _wrong_width(locale: str, pair: Pair, found: Ending, *, full_width: bool) -> Problem:
    mark = _of(pair.target, found.span)
    width = Message("full-width") if full_width else Message("half-width")
    message = Message("the translation ends in {mark}; this locale writes {width} marks", mark=mark, width=width)
    return Problem(pair, message, None, found.span, endings.widened(locale, pair.target, found))


def _agree(pair: Pair, wanted: Ending, found: Ending) -> bool:
    if wanted.meanings & found.meanings or any(_ALSO.get(one, _NONE) & found.meanings for one in wanted.meanings):
        return True
    # Direct speech may change its position: 「為什麼？」他問。 = He asked, “Why?”
    return bool(
        (wanted.quoted and wanted.meanings & quoted_in(pair.target))
        or (found.quoted and found.meanings & quoted_in(pair.source))
    )


_NONE: frozenset[str] = frozenset()


def _other_mark(locale: str, pair: Pair, wanted: Ending, found: Ending | None) -> Problem:
    there = _named(pair.source, wanted)
    here = Message("no mark") if found is None else _named(pair.target, found)
    message = Message("the source ends in {there}, the translation in {here}", there=there, here=here)
    if found is None:
        fixes, span = endings.appended(locale, pair.source, wanted, pair.target), Span(*[len(pair.target)] * 2)
    else:
        fixes, span = endings.replaced(locale, pair.source, wanted, pair.target, found), found.span
    return Problem(pair, message, wanted.span, span, fixes)


def _named(text: str, end: Ending) -> Message:
    meanings = reduce(
        lambda first, second: Message("{first} and {second}", first=first, second=second), sorted(end.meanings)
    )
    return Message("{meaning} ({mark})", meaning=meanings, mark=_of(text, end.span))


def _of(text: str, span: Span) -> str:
    return text[span.start : span.end]


RULES = (
    Rule(
        "end-punctuation",
        Severity.WARNING,
        Message("the translation ends in another mark than the source"),
        end_punctuation,
        for_known_marks,
    ),
    Rule(
        "edge-blank",
        Severity.WARNING,
        Message("the translation begins with or ends in a blank"),
        edge_blank,
        for_blanks_between_sentences,
    ),
)
