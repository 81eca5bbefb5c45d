"""Check numbers in a text converted from Chinese to Chinese: only their characters may change."""

from __future__ import annotations

import re
from collections.abc import Iterator
from itertools import zip_longest

from l10n_flow import scripts
from l10n_flow.checks.frame import Pair, Problem, Rule, Sheet, Subject
from l10n_flow.checks.numbers.chinese import fold
from l10n_flow.messages import Message
from l10n_flow.model import Fix, Severity, Span

#: Numbers in digits with scale and sign, and Chinese numerals of two or more characters.
_NUMERAL = re.compile(
    "[0-9０-９][0-9０-９.,，．]*[0-9０-９]?[十百千萬万億亿兆]*[%％‰]?|[〇零一二兩两三四五六七八九十百千萬万億亿兆廿卅]{2,}"
)
_TRAILING = ".,，．"
_WIDE = frozenset("０１２３４５６７８９．，")


def for_chinese(subject: Subject) -> bool:
    return scripts.is_chinese(subject.source_locale) and scripts.is_chinese(subject.locale)


def number_identical(sheet: Sheet) -> Iterator[Problem]:
    """Find numbers and numerals of a Chinese source that differ in its Chinese version."""
    for pair in sheet.translated:
        if pair.source != pair.target:
            yield from _problems(pair)


def _problems(pair: Pair) -> Iterator[Problem]:
    there, here = _numerals(pair.source), _numerals(pair.target)
    if [_plain(pair.source, span) for span in there] == [_plain(pair.target, span) for span in here]:
        return
    for source, target in zip_longest(there, here):
        if source is None or target is None or _plain(pair.source, source) != _plain(pair.target, target):
            yield _problem(pair, source, target, alike=len(there) == len(here))
            return


def _numerals(text: str) -> list[Span]:
    found = []
    for match in _NUMERAL.finditer(text):
        words = match[0].rstrip(_TRAILING)
        found.append(Span(match.start(), match.start() + len(words)))
    return found


def _plain(text: str, span: Span) -> str:
    """Return a numeral for comparison: in Traditional characters; digits keep their width, as in a conversion."""
    written = text[span.start : span.end].replace("％", "%")  # Mainland punctuation has it half-width
    return "".join(char if char in _WIDE else fold(char) for char in written)


def _problem(pair: Pair, source: Span | None, target: Span | None, *, alike: bool) -> Problem:
    there = pair.source[source.start : source.end] if source else ""
    here = pair.target[target.start : target.end] if target else ""
    if not alike or source is None or target is None:
        message = Message("the numbers differ from those of the source, from {number} on", number=there or here)
        return Problem(pair, message, source, target)
    message = Message("{source} became {target}", source=there, target=here)
    fixes = (Fix(target, there),) if there.isascii() else ()
    return Problem(pair, message, source, target, fixes)


RULES = (
    Rule(
        "number-identical",
        Severity.ERROR,
        Message("a number has changed between Traditional and Simplified"),
        number_identical,
        for_chinese,
    ),
)
