"""Check that the inline markup of a format is kept: code, links, images, notes, shortcodes, and balanced pairs."""

from __future__ import annotations

import re
from collections import Counter
from collections.abc import Iterator, Sequence

from l10n_flow import scripts
from l10n_flow.checks.frame import Pair, Problem, Rule, Sheet, Subject
from l10n_flow.checks.markup import MarkupItems, differences, edition_of, editions_of
from l10n_flow.inline import CodeKind, CodeRole, InlineCode, Plain
from l10n_flow.messages import Message
from l10n_flow.model import Severity, Span

#: The kinds compared by value. Translators may change emphasis, and ``placeholder-mismatch`` compares tags.
_COMPARED = frozenset({CodeKind.CODE, CodeKind.LINK, CodeKind.IMAGE, CodeKind.NOTE, CodeKind.OTHER})
# Unpaired Markdown marks, which stay in the text.
_LONE = re.compile(r"\*\*|~~|`|\]\([^\s)]")


def for_marked(subject: Subject) -> bool:
    """Whether the document's format has inline markup."""
    return subject.inline is not None


def markup_mismatch(sheet: Sheet) -> Iterator[Problem]:
    """Find inline codes whose number differs between source and target, and marks and tags without a partner."""
    inline = sheet.subject.inline
    edition = edition_of(scripts.language(sheet.subject.source_locale), scripts.language(sheet.subject.locale))
    for pair in sheet.translated if inline else ():
        assert inline is not None
        source, target = inline(pair.source), inline(pair.target)
        there, here = _compared(pair.source, source), _compared(pair.target, target)
        if editions_of(there, edition) != editions_of(here, edition):
            yield from differences(sheet, pair, there, here)
        yield from _partners(pair, source, target)


def _compared(text: str, codes: Sequence[InlineCode]) -> MarkupItems:
    """Return the values of a text's codes for the comparison.

    Web addresses and tags are left out; other rules compare them.
    """
    return [
        (code.value, Span(code.start, code.end))
        for code in codes
        if code.kind in _COMPARED
        and code.role is not CodeRole.CLOSING
        and code.value not in {"", "title", "/title"}
        and "://" not in code.value
        and not (code.kind is CodeKind.TAG and text.startswith("<", code.start))
    ]


def _partners(pair: Pair, source: Sequence[InlineCode], target: Sequence[InlineCode]) -> Iterator[Problem]:
    """Find tags that are pairs only in the source, and marks without a partner."""
    there, here = _tags(source), _tags(target)
    if there != here and _names(there) == _names(here):
        code = next((code for code in target if code.kind is CodeKind.TAG), None)
        span = Span(code.start, code.end) if code else None
        yield Problem(pair, Message("the tags are not pairs as in the source"), None, span)
    plain = Plain(pair.target, target)
    lone = _LONE.search(plain.text)
    if lone is not None and _LONE.search(Plain(pair.source, source).text) is None:
        span = Span(*plain.span(*lone.span()))
        yield Problem(pair, Message("the mark {mark} has no partner", mark=lone[0]), None, span)


def _tags(codes: Sequence[InlineCode]) -> Counter[tuple[str, CodeRole]]:
    return Counter((code.value.lower(), code.role) for code in codes if code.kind is CodeKind.TAG)


def _names(tags: Counter[tuple[str, CodeRole]]) -> Counter[str]:
    names: Counter[str] = Counter()
    for (name, _), count in tags.items():
        names[name] += count
    return names


RULES = (
    Rule(
        "markup-mismatch",
        Severity.ERROR,
        Message("inline markup differs from the source"),
        markup_mismatch,
        for_marked,
        reads_codes=True,
    ),
)
