"""The values of a document in the index, written as JSON; each value is checked when it is read."""

from __future__ import annotations

import json
from collections.abc import Callable, Iterable, Sequence
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
        stale: corrections whose source has changed (they are included in ``needs_editing``).
        converted, copied, human: the units with a text, by the origin of the text.
        ready: the units without an error in the state that the locale requires, or in a later state.
        errors: the units with an error in these states.
        replaced: the units of ``errors`` whose text a release replaces; they stop neither a release nor a gate.
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
    """The number of findings of a rule in a locale."""

    locale: str
    rule: str
    severity: str
    number: int


class Remark(NamedTuple):
    """A finding that the table of completeness does not count."""

    document: str
    locale: str
    line: int
    severity: str
    message: str
    rule: str


class Summary(NamedTuple):
    """The result of a sync for a document: its status, the number of findings, and the findings to be shown."""

    rows: tuple[StatusRow, ...]
    tally: tuple[Tally, ...]
    remarks: tuple[Remark, ...]


class Origin(NamedTuple):
    """The inputs from which the values of a document were computed.

    Attributes:
        base: the digest of the inputs that all documents share, the program included.
        files: the source, the template and the catalogues.
        built: the files in the preview; None when the preview does not contain the present version.
    """

    base: str
    files: tuple[Seen, ...]
    built: tuple[Seen, ...] | None


_DAMAGED = "what is remembered is damaged"
_SEVERITIES = {each.value: each for each in Severity}
_ROW = "ss" + "n" * (len(fields(StatusRow)) - 2)


def origin_data(origin: Origin) -> bytes:
    """Write an origin: texts separated by NUL, which no path contains. This is fast to read, and it is read often."""
    built = "" if origin.built is None else "built"
    parts = [origin.base, str(len(origin.files)), built]
    parts += (text for seen in (*origin.files, *(origin.built or ())) for text in seen)
    return "\0".join(parts).encode("utf-8", "surrogateescape")


def origin_of(data: bytes) -> Origin | None:
    """Read an origin; None when the data is not one."""
    try:
        base, number, built, *parts = data.decode("utf-8", "surrogateescape").split("\0")
        seen = tuple(Seen(*each) for each in zip(parts[::3], parts[1::3], parts[2::3], strict=True))
        count = int(number)
    except (ValueError, TypeError):
        return None
    return Origin(base, seen[:count], seen[count:] if built else None)


def summary_data(summary: Summary) -> bytes:
    """Write a summary."""
    names = [each.name for each in fields(StatusRow)]
    return _written([[[getattr(row, name) for name in names] for row in summary.rows], summary.tally, summary.remarks])


def summary_of(data: bytes) -> Summary | None:
    """Read a summary; None when the data is not one."""

    def read(value: Any) -> Summary:
        rows, tally, remarks = value
        return Summary(
            tuple(StatusRow(*each) for each in table_of(rows, _ROW)),
            tuple(Tally(*each) for each in table_of(tally, "sssn")),
            tuple(Remark(*each) for each in table_of(remarks, "ssnsss")),
        )

    return _read(data, read)


def findings_data(findings: Iterable[Finding]) -> bytes:
    """Write the findings of one document."""
    return _written([_finding_data(each) for each in findings])


def findings_of(
    data: bytes, document: str, keeps: Callable[[str, str, str], bool] = lambda *_: True
) -> tuple[Finding, ...] | None:
    """Read the findings of a document; None when the data is not a list of findings.

    Args:
        data: the findings as ``findings_data`` writes them.
        document: its name.
        keeps: whether to return a finding, by its locale, rule and severity.
    """

    def read(value: Any) -> tuple[Finding, ...]:
        table_of([(each[0], each[1], each[3], *each[5:8]) for each in value], "sssssn")
        return tuple(_finding(each, document) for each in value if keeps(each[3], each[0], each[1]))

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
    """Return a text as it is, and a message as its parts, so that it can be translated after reading."""
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
    """Return the values when each has its type: ``s`` a text, ``n`` a number.

    Raises:
        TypeError: when a value has another type.
    """
    table_of([values], kinds)
    return values


def table_of(rows: Sequence[Sequence[Any]], kinds: str) -> Sequence[Sequence[Any]]:
    """Return the rows when each value has the type of its column: ``s`` a text, ``n`` a number.

    Raises:
        TypeError: when a value has another type.
        ValueError: when a row has more or fewer values than there are columns.
    """
    for column, kind in zip(zip(*rows, strict=True), kinds, strict=bool(rows)):
        wanted = str if kind == "s" else int
        if set(map(type, column)) != {wanted} or (wanted is int and not 0 <= min(column) <= max(column) < _MOST):
            raise TypeError(_DAMAGED)
    return rows
