"""Rules about the converted texts of a derived locale, and about their source."""

from __future__ import annotations

from collections.abc import Callable, Iterable, Iterator, Sequence
from typing import TYPE_CHECKING, TypeVar

from l10n_flow.checks.frame import Pair, Problem, Rule, Sheet, Subject, as_one
from l10n_flow.messages import Message
from l10n_flow.model import Fix, Origin, Severity, Span

if TYPE_CHECKING:
    from l10n_flow.conversion.doubt import Doubt
    from l10n_flow.conversion.roundtrip import RoundTrip
    from l10n_flow.conversion.vocabulary import Regional

_Word = TypeVar("_Word", "Regional", "RoundTrip")


def for_converted(subject: Subject) -> bool:
    return subject.derived and subject.doubts is not None


def for_other_region(subject: Subject) -> bool:
    return subject.derived and subject.regional is not None


def for_one_locale(subject: Subject) -> bool:
    return subject.spelling is not None


def conversion_doubt(sheet: Sheet) -> Iterator[Problem]:
    """Find characters of a converted unit whose conversion is uncertain."""
    find = sheet.subject.doubts
    if find is None:
        return
    for pair in _converted(sheet):
        told: dict[Message, list[Doubt]] = {}
        for doubt in find(pair.translation.key.source):
            if doubt.after in pair.target:
                told.setdefault(_doubtful(doubt), []).append(doubt)
        for message, same in told.items():
            first = same[0]
            yield Problem(
                pair, message, Span(first.start, first.end), _in_target(pair, first), _alternatives(pair, same)
            )


def regional_word(sheet: Sheet) -> Iterator[Problem]:
    """Find words of the source's region in a converted unit for which the target's region has other words."""
    find = sheet.subject.regional
    simplify = sheet.subject.simplify
    for pair, same in _first(_converted(sheet), find) if find else ():
        first = same[0]
        fixes = _other_word(pair, same, simplify(first.word)) if simplify else ()
        yield Problem(pair, _regional(first.word, first.suggestion), Span(first.start, first.end), None, fixes)


def _regional(word: str, other: str) -> Message:
    return Message("{word} is a word of the source's region; on the Mainland it is {other}", word=word, other=other)


def source_spelling(sheet: Sheet) -> Iterator[Problem]:
    """Find words of the source that may be misspelt."""
    find = sheet.subject.spelling
    for pair, same in _first(sheet.pairs, find) if find else ():
        first = same[0]
        yield Problem(pair, _misspelt(first.word, first.suggestion), Span(first.start, first.end))


def _misspelt(word: str, other: str) -> Message:
    return Message("{word} in the source may be a misspelling of {other}", word=word, other=other)


def _converted(sheet: Sheet) -> Iterator[Pair]:
    """Return the units whose text is the conversion itself."""
    return (pair for pair in sheet.translated if pair.translation.origin is Origin.CONVERTED)


def _first(pairs: Iterable[Pair], find: Callable[[str], Sequence[_Word]]) -> Iterator[tuple[Pair, list[_Word]]]:
    """Return each word with the first unit that contains it, and all its places there."""
    told = set[str]()
    for pair in pairs:
        places: dict[str, list[_Word]] = {}
        for found in find(pair.source):
            if found.word not in told:
                places.setdefault(found.word, []).append(found)
        told.update(places)
        yield from ((pair, same) for same in places.values())


def _other_word(pair: Pair, same: Sequence[Regional], converted: str) -> tuple[Fix, ...]:
    """Return a fix that replaces a word everywhere in the unit; () when its position in the target is unknown."""
    spans = [Span(found.start, found.end) for found in same]
    if len(pair.target) != len(pair.source) or any(pair.target[one.start : one.end] != converted for one in spans):
        return ()
    return (as_one(pair.target, [(span, same[0].suggestion) for span in spans]),)


def _alternatives(pair: Pair, same: Sequence[Doubt]) -> tuple[Fix, ...]:
    """Return a fix for each other form of an uncertain character; () when its position in the target is unknown."""
    spans = [span for doubt in same if (span := _in_target(pair, doubt)) is not None]
    if len(spans) != len(same):
        return ()
    return tuple(as_one(pair.target, [(span, other) for span in spans]) for other in same[0].alternatives)


def _doubtful(doubt: Doubt) -> Message:
    kept = doubt.source == doubt.after
    return Message(
        "{became}; it could be {others} here ({reason})",
        became=Message("{character} was kept", character=doubt.source)
        if kept
        else Message("{before} became {after}", before=doubt.source, after=doubt.after),
        others=" / ".join(doubt.alternatives),
        reason=doubt.reason,
    )


def _in_target(pair: Pair, doubt: Doubt) -> Span | None:
    """Return the span of an uncertain character in the target; None when it is unknown."""
    same = len(pair.target) == len(pair.translation.key.source) and pair.target[doubt.start : doubt.end] == doubt.after
    return Span(doubt.start, doubt.end) if same else None


RULES = (
    Rule(
        "conversion-doubt",
        Severity.WARNING,
        Message("a converted character could be another"),
        conversion_doubt,
        for_converted,
        choice=True,
    ),
    Rule(
        "regional-word",
        Severity.INFO,
        Message("the Mainland has another word"),
        regional_word,
        for_other_region,
        choice=True,
    ),
    Rule(
        "source-spelling",
        Severity.WARNING,
        Message("a word of the source may be misspelt"),
        source_spelling,
        for_one_locale,
    ),
)
