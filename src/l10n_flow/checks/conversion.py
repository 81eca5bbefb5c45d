"""The text of a locale that is filled by conversion, and the source it is made from."""

from __future__ import annotations

from collections.abc import Callable, Iterable, Iterator, Sequence
from typing import TYPE_CHECKING

from l10n_flow.checks.frame import Pair, Problem, Sheet, Subject
from l10n_flow.messages import Message
from l10n_flow.model import Origin, Span

if TYPE_CHECKING:
    from l10n_flow.conversion.doubt import Doubt
    from l10n_flow.conversion.roundtrip import RoundTrip
    from l10n_flow.conversion.vocabulary import Regional


def for_converted(subject: Subject) -> bool:
    return subject.derived and subject.doubts is not None


def for_other_region(subject: Subject) -> bool:
    return subject.derived and subject.regional is not None


def for_one_locale(subject: Subject) -> bool:
    return subject.spelling is not None


def conversion_doubt(sheet: Sheet) -> Iterator[Problem]:
    """Characters of a machine-converted unit that could be others."""
    find = sheet.subject.doubts
    if find is None:
        return
    for pair in _converted(sheet):
        told = set[str]()
        for doubt in find(pair.translation.key.source):
            message = _doubtful(doubt)
            if doubt.after in pair.target and message not in told:
                told.add(message)
                yield Problem(pair, message, Span(doubt.start, doubt.end), _in_target(pair, doubt))


def regional_word(sheet: Sheet) -> Iterator[Problem]:
    """Words of the source's region, in a machine-converted unit, for which the readers have others."""
    find = sheet.subject.regional
    return _suggested(_converted(sheet), find, _regional) if find else iter(())


def _regional(word: str, other: str) -> Message:
    return Message("{word} is a word of the source's region; on the Mainland it is {other}", word=word, other=other)


def source_spelling(sheet: Sheet) -> Iterator[Problem]:
    """Words of the source that may be misspelt."""
    find = sheet.subject.spelling
    return _suggested(sheet.pairs, find, _misspelt) if find else iter(())


def _misspelt(word: str, other: str) -> Message:
    return Message("{word} in the source may be a misspelling of {other}", word=word, other=other)


def _converted(sheet: Sheet) -> Iterator[Pair]:
    """The units that nobody has corrected."""
    return (pair for pair in sheet.translated if pair.translation.origin is Origin.CONVERTED)


def _suggested(
    pairs: Iterable[Pair],
    find: Callable[[str], Sequence[Regional | RoundTrip]],
    message: Callable[[str, str], Message],
) -> Iterator[Problem]:
    """Each word where it occurs first."""
    told = set[str]()
    for pair in pairs:
        for found in find(pair.source):
            if found.word not in told:
                told.add(found.word)
                yield Problem(pair, message(found.word, found.suggestion), Span(found.start, found.end))


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
    """Where a doubtful character is in the target; None when something has shifted it."""
    same = len(pair.target) == len(pair.translation.key.source) and pair.target[doubt.start : doubt.end] == doubt.after
    return Span(doubt.start, doubt.end) if same else None
