"""What is known of a document, and how it is written: as JSON, each value checked when it is read again."""

from __future__ import annotations

import json
from collections.abc import Iterable, Sequence
from dataclasses import dataclass, fields
from typing import Any, NamedTuple

from l10n_flow.index.stamps import Seen
from l10n_flow.messages import Message
from l10n_flow.model import Finding, Fix, Key, Severity, Span

_MOST = 2**64


@dataclass(frozen=True, slots=True)
class StatusRow:
    """One document in one locale. The four states add up to ``units``.

    Attributes:
        characters: the size of the source: characters in Chinese, words elsewhere.
        words: the size of the targets: words, or characters in Chinese.
        stale: corrections whose source has changed (they are among ``needs_editing``).
        converted, copied, human: where the text of the units that have one comes from.
        ready: the units in the state the locale requires, or beyond, that have no error.
        errors: those in that state that have one.
        replaced: those of ``errors`` without whose text a release goes out; they keep back neither it nor a gate.
    """

    document: str
    locale: str
    units: int
    characters: int
    words: int
    untranslated: int
    needs_editing: int
    translated: int
    approved: int
    stale: int
    converted: int
    human: int
    ready: int
    errors: int = 0
    replaced: int = 0
    copied: int = 0

    @property
    def percent(self) -> float:
        """The share of units that are ready; a document without units is done."""
        return 100 * self.ready / self.units if self.units else 100.0


class Tally(NamedTuple):
    """How many findings of a rule there are in a locale."""

    locale: str
    rule: str
    severity: str
    number: int


class Remark(NamedTuple):
    """A finding that the table of completeness does not tell."""

    document: str
    locale: str
    line: int
    severity: str
    message: str
    rule: str


class Summary(NamedTuple):
    """What a round tells of a document: how far it is, how many findings there are, and the remarkable ones."""

    rows: tuple[StatusRow, ...]
    tally: tuple[Tally, ...]
    remarks: tuple[Remark, ...]


class Origin(NamedTuple):
    """What the values of a document were made from.

    Attributes:
        base: the digest of what all documents share, the program included.
        files: its source, its template and its catalogues.
        built: its files in the preview; None when the preview does not hold the document as it is.
    """

    base: str
    files: tuple[Seen, ...]
    built: tuple[Seen, ...] | None


_DAMAGED = "what is remembered is damaged"
_SEVERITIES = {each.value: each for each in Severity}
_ROW = "ss" + "n" * (len(fields(StatusRow)) - 2)


def origin_data(origin: Origin) -> bytes:
    """An origin as it is written: texts with NUL between them, which no path holds, because it is read so often."""
    built = "" if origin.built is None else "built"
    parts = [origin.base, str(len(origin.files)), built]
    parts += (text for seen in (*origin.files, *(origin.built or ())) for text in seen)
    return "\0".join(parts).encode("utf-8", "surrogateescape")


def origin_of(data: bytes) -> Origin | None:
    """An origin that was written; None for anything else."""
    try:
        base, number, built, *parts = data.decode("utf-8", "surrogateescape").split("\0")
        seen = tuple(Seen(*each) for each in zip(parts[::3], parts[1::3], parts[2::3], strict=True))
        count = int(number)
    except (ValueError, TypeError):
        return None
    return Origin(base, seen[:count], seen[count:] if built else None)


def summary_data(summary: Summary) -> bytes:
    """A summary as it is written."""
    names = [each.name for each in fields(StatusRow)]
    return _written([[[getattr(row, name) for name in names] for row in summary.rows], summary.tally, summary.remarks])


def summary_of(data: bytes) -> Summary | None:
    """A summary that was written; None for anything else."""

    def read(value: Any) -> Summary:
        rows, tally, remarks = value
        return Summary(
            tuple(StatusRow(*each) for each in table_of(rows, _ROW)),
            tuple(Tally(*each) for each in table_of(tally, "sssn")),
            tuple(Remark(*each) for each in table_of(remarks, "ssnsss")),
        )

    return _read(data, read)


def findings_data(findings: Iterable[Finding]) -> bytes:
    """Findings of one document as they are written."""
    return _written([_finding_data(each) for each in findings])


def findings_of(data: bytes, document: str) -> tuple[Finding, ...] | None:
    """The findings of a document that were written; None for anything else."""

    def read(value: Any) -> tuple[Finding, ...]:
        table_of([(each[0], each[3], *each[5:8]) for each in value], "ssssn")
        return tuple(_finding(each, document) for each in value)

    return _read(data, read)


# How each is written ---------------------------------------------------------------------------------------------


def _written(value: object) -> bytes:
    return json.dumps(value, ensure_ascii=False, separators=(",", ":")).encode("utf-8", "surrogatepass")


def _read(data: bytes, made: Any) -> Any | None:
    try:
        return made(json.loads(data))
    except (ValueError, KeyError, TypeError, AttributeError, IndexError, RecursionError):
        return None


def _finding_data(finding: Finding) -> list[object]:
    return [
        finding.rule,
        finding.severity.value,
        _message_data(finding.message),
        finding.locale,
        finding.key.context,
        finding.key.source,
        finding.target,
        finding.line,
        _span_data(finding.source_span),
        _span_data(finding.target_span),
        [[fix.span.start, fix.span.end, fix.text] for fix in finding.fixes],
        finding.ignored,
    ]


def _finding(value: Sequence[Any], document: str) -> Finding:
    rule, severity, message, locale, context, source, target, line, source_span, target_span, fixes, ignored = value
    return Finding(
        rule,
        _SEVERITIES[severity],
        _message(message),
        document,
        locale,
        Key(_optional(context), source),
        target,
        line,
        _span(source_span),
        _span(target_span),
        tuple(Fix(Span(*_fitting(fix[:2], "nn")), *_fitting(fix[2:], "s")) for fix in fixes),
        _optional(ignored),
    )


def _message_data(message: object) -> object:
    """A text is itself; a message is what it was made from, so that it can be said in another language."""
    if isinstance(message, Message):
        return [message.msgid, {name: _message_data(each) for name, each in message.values.items()}]
    return message


def _message(value: Any) -> str:
    if isinstance(value, str):
        return value
    msgid, values = value
    if type(msgid) is not str:
        raise TypeError(_DAMAGED)
    return Message.remade(
        msgid, {name: _message(each) if isinstance(each, list) else each for name, each in values.items()}
    )


def _span_data(span: Span | None) -> list[int] | None:
    return None if span is None else [span.start, span.end]


def _span(value: Any) -> Span | None:
    return None if value is None else Span(*_fitting(value, "nn"))


def _optional(value: Any) -> str | None:
    if value is not None and type(value) is not str:
        raise TypeError(_DAMAGED)
    return value


def _fitting(values: Sequence[Any], kinds: str) -> Sequence[Any]:
    """The values, when each is of its kind: ``s`` a text, ``n`` a number.

    Raises:
        TypeError: when one is not.
    """
    table_of([values], kinds)
    return values


def table_of(rows: Sequence[Sequence[Any]], kinds: str) -> Sequence[Sequence[Any]]:
    """Rows of values when each is of its kind, in the order of the columns: ``s`` a text, ``n`` a number.

    Raises:
        TypeError: when one is not.
        ValueError: when a row is shorter or longer.
    """
    for column, kind in zip(zip(*rows, strict=True), kinds, strict=bool(rows)):
        wanted = str if kind == "s" else int
        if set(map(type, column)) != {wanted} or (wanted is int and not 0 <= min(column) <= max(column) < _MOST):
            raise TypeError(_DAMAGED)
    return rows
