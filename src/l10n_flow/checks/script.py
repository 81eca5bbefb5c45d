"""Rules about the script of a translation: copied sources, Han left in it, Traditional in Simplified."""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Sequence
from functools import reduce

from l10n_flow import scripts, writing
from l10n_flow.checks.frame import Pair, Problem, Rule, Sheet, Subject, as_one
from l10n_flow.locales import language_name
from l10n_flow.messages import Message
from l10n_flow.model import Fix, Severity, Span, State
from l10n_flow.scripts import Leftover

_SHOWN = 3


def leftover(pair: Pair, locale: str) -> Leftover | None:
    """Return the kind of Chinese left in a target of a locale that should have none; None without any."""
    return scripts.leftover(pair.translation.key.source, pair.target, locale)


def for_other_languages(subject: Subject) -> bool:
    return not scripts.is_chinese(subject.locale)


def for_other_scripts(subject: Subject) -> bool:
    return not scripts.uses_han(subject.locale)


def for_simplified(subject: Subject) -> bool:
    return subject.traditional is not None and scripts.is_simplified(subject.locale)


def source_copied(sheet: Sheet) -> Iterator[Problem]:
    """Find targets that equal the Chinese source."""
    for pair in _written(sheet):
        if leftover(pair, sheet.subject.locale) is Leftover.COPIED:
            yield Problem(pair, Message("the translation is a copy of the source"), None, Span(0, len(pair.target)))


def han_in_target(sheet: Sheet) -> Iterator[Problem]:
    """Find Han left in a target, except in brackets as the gloss of a name."""
    for pair in _written(sheet):
        target = pair.target
        if target.isascii() or target == pair.translation.key.source:
            continue
        if spans := scripts.han_outside_gloss(target):
            found = listed(target[span.start : span.end] for span in spans)
            yield Problem(
                pair, Message("Chinese characters left in the translation: {found}", found=found), None, spans[0]
            )


def traditional_in_simplified(sheet: Sheet) -> Iterator[Problem]:
    """Find characters in a Simplified target that exist only in Traditional Chinese."""
    find = sheet.subject.traditional
    # Nearly always nothing is found: one search in the whole document is faster than one for each unit.
    if find is None or not find("\n".join(pair.target for pair in sheet.translated)):
        return
    for pair in sheet.translated:
        if spans := _not_kept(sheet.subject, pair, find(pair.target)):
            found = listed(pair.target[span.start : span.end] for span in spans)
            message = Message("Traditional characters in a Simplified text: {found}", found=found)
            yield Problem(pair, message, None, spans[0], _simplified(sheet.subject, pair, spans))


def _not_kept(subject: Subject, pair: Pair, spans: Sequence[Span]) -> Sequence[Span]:
    """Those of characters that the conversion of the source has not: it keeps some, in names of the termbase say."""
    kept = frozenset(subject.simplify(pair.source)) if spans and subject.simplify else frozenset()
    return [span for span in spans if pair.target[span.start] not in kept]


def _simplified(subject: Subject, pair: Pair, spans: Sequence[Span]) -> tuple[Fix, ...]:
    """Return a fix that replaces Traditional characters as in the converted source; () when that is ambiguous."""
    forms = _forms(subject, pair.source)
    edits = [(span, forms.get(pair.target[span.start : span.end], "")) for span in spans]
    return (as_one(pair.target, edits),) if all(after for _, after in edits) else ()


def _forms(subject: Subject, source: str) -> dict[str, str]:
    """Return the conversion of each character of a source; "" when it stays, varies, or is uncertain."""
    after = subject.simplify(source) if subject.simplify else ""
    if len(after) != len(source):
        return {}
    forms: dict[str, str] = {}
    for char, form in zip(source, after, strict=True):
        forms[char] = form if form != char and forms.get(char, form) == form else ""
    return forms | {doubt.source: "" for doubt in (subject.doubts(source) if subject.doubts else ())}


def for_known_scripts(subject: Subject) -> bool:
    return bool(writing.parts(subject.script))


def for_source_faults(subject: Subject) -> bool:
    return bool(subject.source_fault)


def target_script(sheet: Sheet) -> Iterator[Problem]:
    """Find targets in another script than the locale's: English in Tamil, Simplified in Traditional."""
    subject = sheet.subject
    # As above: the letters of the whole document first.
    alien = not writing.is_all_in("\n".join(pair.target for pair in sheet.translated), subject.script)
    if not alien and subject.chinese is None:
        return
    for pair in sheet.translated:
        found = writing.foreign(pair.target, subject.script, _kept(pair, subject)) if alien else None
        if found is not None:
            text = (
                Message("much of the text is in {script} script", script=found.script)
                if found.mixed
                else Message("the text is in {script} script, not in that of its locale", script=found.script)
            )
            yield Problem(pair, text, None, Span(0, len(pair.target)), doubtful=found.mixed)
            continue
        chinese = subject.chinese(pair.target) if subject.chinese is not None else None
        if chinese is not None and chinese.script != subject.script:
            told = Message("the text is in Simplified Chinese: {found}", found=listed(chinese.characters))
            yield Problem(pair, told, None, Span(0, len(pair.target)))


def _kept(pair: Pair, subject: Subject) -> str:
    """Return the source if its words may be in the target unchanged: they are foreign there too, or in its script."""
    alike = scripts.is_chinese(subject.locale) and scripts.is_chinese(subject.source_locale)
    foreign = scripts.uses_han(subject.source_locale) and not scripts.has_han(pair.source)
    return pair.source if alike or foreign else ""


def for_judged_languages(subject: Subject) -> bool:
    return subject.language is not None


def target_language(sheet: Sheet) -> Iterator[Problem]:
    """Find an edition of which much is in another language; reported once, at the first such unit."""
    find = sheet.subject.language
    found = find([pair.target for pair in sheet.translated]) if find is not None else None
    if found is not None:
        message = Message(
            "about {share} % of the translation seems to be in {found}, not in {wanted}",
            share=found.share,
            found=language_name(found.language),
            wanted=language_name(sheet.subject.locale.partition("_")[0]),
        )
        yield Problem(sheet.translated[found.first], message)


def source_script(sheet: Sheet) -> Iterator[Problem]:
    """Find a source in another script than its locale's; reported once, at its first unit."""
    for pair in sheet.pairs[:1]:
        yield Problem(pair, sheet.subject.source_fault)


def listed(texts: Iterable[str]) -> str:
    """Return a list of distinct texts for a message; only the first few are named: ``體, 會 and 2 more``."""
    distinct = list(dict.fromkeys(texts))
    more = len(distinct) - _SHOWN
    names = reduce(_listed, distinct[:_SHOWN])
    return Message("{names} and {n} more", names=names, n=more) if more > 0 else names


def _listed(first: str, second: str) -> Message:
    return Message("{first}, {second}", first=first, second=second)


def _written(sheet: Sheet) -> Iterator[Pair]:
    """Return the translated pairs, and those that count as untranslated only because of problems of these rules."""
    for pair in sheet.pairs:
        state = pair.translation.state
        if pair.target and state is not State.NEEDS_EDITING:
            yield pair


RULES = (
    Rule(
        Leftover.COPIED.value,
        Severity.ERROR,
        Message("the translation is the Chinese source itself"),
        source_copied,
        for_other_languages,
    ),
    Rule(
        Leftover.HAN.value,
        Severity.ERROR,
        Message("Chinese characters are left outside a bracketed gloss"),
        han_in_target,
        for_other_scripts,
    ),
    Rule(
        "traditional-in-simplified",
        Severity.ERROR,
        Message("a Simplified text holds Traditional characters"),
        traditional_in_simplified,
        for_simplified,
    ),
    Rule(
        "target-script",
        Severity.ERROR,
        Message("the translation is in another script than its locale"),
        target_script,
        for_known_scripts,
    ),
    Rule(
        "target-language",
        Severity.WARNING,
        Message("much of the edition is in another language than its locale"),
        target_language,
        for_judged_languages,
        whole=True,
    ),
    Rule(
        "source-script",
        Severity.ERROR,
        Message("the source is in another script than its locale"),
        source_script,
        for_source_faults,
        whole=True,
    ),
)
