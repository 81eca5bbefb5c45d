"""The plain text of units with inline codes, for rules about words, numbers and punctuation.

Such a rule gets source and target without codes. Its problems are then translated into positions of the text itself.
"""

from __future__ import annotations

from collections.abc import Callable, Iterator, Sequence
from typing import NamedTuple

from l10n_flow.checks.frame import Pair, Problem, Sheet
from l10n_flow.inline import InlineCode, Plain
from l10n_flow.model import Fix, Key, Span

Inline = Callable[[str], Sequence[InlineCode]]


class Reading(NamedTuple):
    """A pair from the catalogue, and the plain texts of its source and its target."""

    pair: Pair
    source: Plain
    target: Plain


def read_plainly(sheet: Sheet) -> tuple[Sheet, dict[int, Reading]]:
    """Return a sheet whose pairs have no inline codes, and the data to translate positions back, by ``Pair.order``.

    A sheet without codes is returned unchanged.
    """
    inline = sheet.subject.inline
    if inline is None:
        return sheet, {}
    every = {pair.order: pair for row in sheet.blocks for pair in row}
    readings = {order: found for order, pair in every.items() if (found := _reading(pair, inline))}
    if not readings:
        return sheet, {}
    plain = {order: _plain(reading, inline) for order, reading in readings.items()}

    def read(pairs: Sequence[Pair]) -> list[Pair]:
        return [plain.get(pair.order, pair) for pair in pairs]

    rows = [read(row) for row in sheet.blocks]
    return Sheet(sheet.subject, read(sheet.pairs), read(sheet.translated), rows, {}), readings


def _reading(pair: Pair, inline: Inline) -> Reading | None:
    source, target = inline(pair.source), inline(pair.target)
    if not source and not target:
        return None
    return Reading(pair, Plain(pair.source, source), Plain(pair.target, target))


def _plain(reading: Reading, inline: Inline) -> Pair:
    pair, translation = reading.pair, reading.pair.translation
    own = translation.key.source
    key = Key(translation.key.context, Plain(own, inline(own)).text)
    return pair._replace(
        source=reading.source.text, translation=translation._replace(key=key, target=reading.target.text)
    )


def in_text(problem: Problem, reading: Reading, fixes: Sequence[Fix]) -> Problem:
    """Return a problem in a plain text with positions of the text itself, without fixes that would remove a code.

    Args:
        problem: the problem.
        reading: the plain texts of its pair.
        fixes: the safe fixes of the problem.
    """
    return Problem(
        reading.pair,
        problem.message,
        _span(reading.source, problem.source_span),
        _span(reading.target, problem.target_span),
        tuple(_fixes(reading.target, fixes)),
        problem.doubtful,
    )


def _span(plain: Plain, span: Span | None) -> Span | None:
    return span if span is None else Span(*plain.span(span.start, span.end))


def _fixes(plain: Plain, fixes: Sequence[Fix]) -> Iterator[Fix]:
    for fix in fixes:
        start, end = plain.span(fix.span.start, fix.span.end)
        if end - start == fix.span.end - fix.span.start:
            yield Fix(Span(start, end), fix.text)
