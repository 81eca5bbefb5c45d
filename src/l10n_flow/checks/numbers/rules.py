"""The rules on numbers: make problems with messages, spans and fixes from the differences of ``compare``."""

from __future__ import annotations

import re
from collections.abc import Callable, Iterator, Sequence

from l10n_flow import scripts
from l10n_flow.checks.frame import Pair, Problem, Rule, Sheet, Subject
from l10n_flow.checks.numbers import chinese, english, wording
from l10n_flow.checks.numbers.compare import Difference, Fault, compare
from l10n_flow.checks.numbers.values import Group, Kind, Quantity
from l10n_flow.messages import Message
from l10n_flow.model import Fix, Severity, Span

Check = Callable[[Sheet], Iterator[Problem]]


def for_english(subject: Subject) -> bool:
    return scripts.is_chinese(subject.source_locale) and scripts.language(subject.locale) == "en"


def rule_of(fault: Fault) -> Check:
    """Return the check for one kind of difference; all checks share the differences of a sheet."""

    def check(sheet: Sheet) -> Iterator[Problem]:
        for pair, differences in _differences(sheet):
            for difference in differences:
                if difference.fault is fault:
                    yield _problem(pair, difference)

    return check


_MEMO = "numbers"


def _differences(sheet: Sheet) -> list[tuple[Pair, list[Difference]]]:
    if _MEMO not in sheet.memo:
        found = {pair.order: (pair, _compared(sheet.subject, pair)) for pair in sheet.translated}
        for row in sheet.blocks:
            _forgive_neighbours([found[pair.order][1] for pair in row if pair.order in found])
        sheet.memo[_MEMO] = list(found.values())
    known: list[tuple[Pair, list[Difference]]] = sheet.memo[_MEMO]
    return known


def _compared(subject: Subject, pair: Pair) -> list[Difference]:
    if max(len(pair.source), len(pair.target)) > _LONGEST:
        return []
    names = subject.names
    source = chinese.read(pair.source, names(pair.source, subject.source_locale) if names else ())
    target = english.read(pair.target, names(pair.target, subject.locale) if names else ())
    if max(len(source), len(target)) > _MOST:
        return []
    return compare(source, target, (pair.source, pair.target))


#: Longer texts, and texts with more numbers, are not checked: they are not sentences, and the time is quadratic.
_LONGEST, _MOST = 20_000, 300


def _forgive_neighbours(row: Sequence[list[Difference]]) -> None:
    """Remove a missing quantity that the sentence before or after has in addition to its own source."""
    for at, differences in enumerate(row):
        for near in (at - 1, at + 1):
            if 0 <= near < len(row):
                _forgive(differences, row[near])


def _forgive(differences: list[Difference], others: list[Difference]) -> None:
    for lacking in [one for one in differences if one.source is not None and one.fault is not Fault.CURRENCY]:
        assert lacking.source is not None
        for extra in others:
            is_said = extra.target is not None and not set(lacking.source.meanings).isdisjoint(extra.target.meanings)
            if is_said and extra.fault is Fault.EXTRA:
                differences.remove(lacking)
                others.remove(extra)
                break


def _problem(pair: Pair, difference: Difference) -> Problem:
    source, target = difference.source, difference.target
    return Problem(
        pair,
        _message(pair, difference),
        Span(source.start, source.end) if source else None,
        Span(target.start, target.end) if target else None,
        _fixes(pair, difference),
        doubtful=not difference.certain,
    )


def _message(pair: Pair, difference: Difference) -> str:
    source, target = difference.source, difference.target
    there = pair.source[source.start : source.end].strip() if source else ""
    here = pair.target[target.start : target.end] if target else ""
    if source is None:
        return Message("{target} has no counterpart in the source", target=here)
    if target is None:
        return Message("{source} ({value}) is not in the translation", source=there, value=wording.said(source))
    if difference.fault is Fault.PERCENT and source.meaning[0] is Group.RATIO:
        return Message("{source} is a percentage; the translation says {target}", source=there, target=here)
    if difference.fault is Fault.PERCENT:
        return Message("{source} is no percentage; the translation says {target}", source=there, target=here)
    return _unlike(pair, difference.fault, source, target)


def _unlike(pair: Pair, fault: Fault, source: Quantity, target: Quantity) -> str:
    """Return the message for two different values, currencies or measures."""
    there, here = pair.source[source.start : source.end].strip(), pair.target[target.start : target.end]
    if fault is Fault.CURRENCY:
        unit = wording.currency(source.unit)
        return Message(
            "{source} is in {currency}; the translation says {target}", source=there, currency=unit, target=here
        )
    if source.meaning == target.meaning:
        named = " ".join([here, *pair.target[target.end :].split(None, 1)[:1]])
        return Message("{source} is in another unit than {target}", source=there, target=named)
    value = wording.said(source, target)
    return Message("{source} is {value}; the translation says {target}", source=there, value=value, target=here)


def _fixes(pair: Pair, difference: Difference) -> tuple[Fix, ...]:
    source, target = difference.source, difference.target
    if source is None or target is None or not difference.certain:
        return ()
    text = pair.target[target.start : target.end]
    if difference.fault is Fault.PERCENT and source.kind is Kind.PERCENT:
        sign = next((word for word in (" per cent", " percent") if re.search(rf"{word}\b", pair.target)), "%")
        return (Fix(Span(target.end, target.end), sign),) if text[-1:].isdigit() else ()
    if difference.fault is Fault.MISMATCH and (fixed := _agreeing(source, target, text)) is not None:
        return (Fix(Span(target.start, target.end), fixed),)
    return ()


def _agreeing(source: Quantity, target: Quantity, text: str) -> str | None:
    fixed = english.rewritten(source, target, text)
    return fixed if fixed != text else None


RULES = (
    Rule(
        "number-mismatch",
        Severity.ERROR,
        Message("the translation says another number than the source"),
        rule_of(Fault.MISMATCH),
        for_english,
    ),
    Rule(
        "number-percent",
        Severity.ERROR,
        Message("a percentage has lost its sign, or a plain number has one"),
        rule_of(Fault.PERCENT),
        for_english,
    ),
    Rule(
        "number-missing",
        Severity.WARNING,
        Message("a number of the source is not in the translation"),
        rule_of(Fault.MISSING),
        for_english,
    ),
    Rule(
        "number-magnitude",
        Severity.WARNING,
        Message("an uncounted number is of another order: millions for thousands"),
        rule_of(Fault.MAGNITUDE),
        for_english,
    ),
    Rule(
        "currency-mismatch",
        Severity.WARNING,
        Message("an amount of money is in another currency"),
        rule_of(Fault.CURRENCY),
        for_english,
    ),
    Rule(
        "number-extra",
        Severity.INFO,
        Message("the translation has a number that the source has not"),
        rule_of(Fault.EXTRA),
        for_english,
        default=False,
    ),
)
