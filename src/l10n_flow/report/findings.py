"""Findings of the checks as text, as JSON, and as annotations for GitHub."""

from __future__ import annotations

from collections import Counter, defaultdict
from collections.abc import Callable, Iterator, Mapping, Sequence
from itertools import groupby
from typing import TYPE_CHECKING

from l10n_flow import ids
from l10n_flow.errors import shown_path
from l10n_flow.model import Finding, Key, Severity, Span
from l10n_flow.report.excerpts import excerpt, printable
from l10n_flow.report.tables import SHOWN, left_out

if TYPE_CHECKING:
    from l10n_flow.project import Failure
    from l10n_flow.work.check import More

#: The page that explains the rules; the fragment is the rule's id.
DOCS = "docs/checks.md"
_COLOURS = {Severity.ERROR: "31", Severity.WARNING: "33", Severity.INFO: "36"}
_CARET_COLOUR = "32"
_BOLD = "1"
_GITHUB = {Severity.ERROR: "error", Severity.WARNING: "warning", Severity.INFO: "notice"}
_INDENT = " " * 4

PathOf = Callable[[Finding], str]


def as_text(
    findings: Sequence[Finding],
    *,
    path_of: PathOf,
    colour: bool,
    more: Sequence[More] = (),
    failures: Sequence[Failure] = (),
) -> Iterator[str]:
    """Return findings in the form of compiler messages, by document and locale, with texts and carets; then a summary.

    Args:
        findings: the findings in the order of documents and units; a group keeps that order.
        path_of: returns the path of a finding's catalogue as a user would type it.
        colour: whether to use ANSI colours.
        more: the numbers of further findings, of rules that ``findings`` contains some of.
        failures: the documents and catalogues that could not be checked.

    Returns:
        The lines.
    """
    short = unit_ids(findings)
    counted_only = defaultdict(list)
    for each in more:
        counted_only[_place(each)].append(each)
    for place, group in groupby(findings, key=_place):
        yield _paint(printable(" · ".join(place)), _BOLD, colour=colour)
        path = ""
        for finding in group:
            path = path or path_of(finding)
            yield from told(finding, path, short[finding.key], colour=colour)
        for each in counted_only[place]:
            yield f"… and {each.number:,} more [{each.rule}] (-v shows all)"
        yield ""
    missing = list(left_out(failures, "judged"))
    next_step = "; l10n-flow review shows each at its unit" if len(findings) > SHOWN else ""
    yield from [summary(findings, more) + next_step] if findings or not missing else []
    yield from missing


def _place(found: Finding | More) -> tuple[str, str]:
    return found.document, found.locale


def summary(findings: Sequence[Finding], more: Sequence[More] = ()) -> str:
    """Return ``3 errors, 2 warnings in 1 document``, or ``no findings``."""
    if not findings:
        return "no findings"
    return f"{counted(findings, more)} in {_plural(len({finding.document for finding in findings}), 'document')}"


def counted(findings: Sequence[Finding], more: Sequence[More] = ()) -> str:
    """Return ``3 errors, 2 warnings``, or ``no findings``."""
    counts = Counter(finding.severity for finding in findings)
    for each in more:
        counts[each.severity] += each.number
    named = [_plural(counts[severity], severity.value) for severity in Severity if counts[severity]]
    return ", ".join(named) or "no findings"


def as_json(findings: Sequence[Finding], path_of: PathOf) -> list[dict[str, object]]:
    """Return findings as JSON data; spans are ``[start, end]`` in code points, or None."""
    short = unit_ids(findings)
    return [
        {
            "rule": finding.rule,
            "severity": finding.severity.value,
            "message": finding.message,
            "document": finding.document,
            "locale": finding.locale,
            "unit": short[finding.key],
            "context": finding.key.context,
            "source": finding.key.source,
            "target": finding.target,
            "path": path_of(finding),
            "line": finding.line,
            "source-span": ends(finding.source_span),
            "target-span": ends(finding.target_span),
            "fixes": [{"span": ends(fix.span), "text": fix.text} for fix in finding.fixes],
            "docs": f"{DOCS}#{finding.rule}",
        }
        for finding in findings
    ]


def as_github(findings: Sequence[Finding], path_of: PathOf, failures: Sequence[Failure] = ()) -> str:
    """Return findings and failures as workflow commands of GitHub, one on each line; "" without any.

    The escapes are those of ``@actions/core``.
    """
    short = unit_ids(findings)
    found = (_annotation(finding, path_of(finding), short[finding.key]) for finding in findings)
    return "\n".join([*found, *map(_failed, failures)])


def unit_ids(findings: Sequence[Finding]) -> Mapping[Key, str]:
    """Return the short ids of the findings' units."""
    return ids.short(finding.key for finding in findings)


def told(finding: Finding, path: str, unit: str, *, colour: bool) -> Iterator[str]:
    """Return the lines of a finding: place, severity and message, then source and target with carets."""
    where = f"{path}:{finding.line}" if finding.line else path
    severity = _paint(finding.severity.value, _COLOURS[finding.severity], colour=colour)
    message = printable(finding.message)
    yield f"{printable(where)}: {severity}: {message} [{finding.rule}]  ({unit})"
    for text, span in ((finding.key.source, finding.source_span), (finding.target, finding.target_span)):
        if text:
            shown, carets = excerpt(text, span)
            yield f"{_INDENT}{shown}"
            if carets:
                yield f"{_INDENT}{_paint(carets, _CARET_COLOUR, colour=colour)}"


def _annotation(finding: Finding, path: str, unit: str) -> str:
    properties = [f"file={_property(path)}"]
    if finding.line:
        properties.append(f"line={finding.line}")
    properties.append(f"title={_property(f'{finding.rule} ({finding.locale})')}")
    message = f"{printable(finding.message)}\n{excerpt(finding.key.source)[0]}\n({unit})"
    return f"::{_GITHUB[finding.severity]} {','.join(properties)}::{_data(message)}"


def _failed(failure: Failure) -> str:
    error = failure.error
    properties = [f"file={_property(shown_path(error.path))}"] if error.path is not None else []
    properties += [f"line={error.line}"] if error.line else []
    return f"::error {','.join([*properties, 'title=l10n-flow'])}::{_data(printable(error.message))}"


def _data(text: str) -> str:
    return text.replace("%", "%25").replace("\r", "%0D").replace("\n", "%0A")


def _property(text: str) -> str:
    return _data(text).replace(":", "%3A").replace(",", "%2C")


def _paint(text: str, code: str, *, colour: bool) -> str:
    return f"\x1b[{code}m{text}\x1b[0m" if colour else text


def _plural(count: int, noun: str) -> str:
    return f"{count:,} {noun}" if count == 1 or noun == Severity.INFO else f"{count:,} {noun}s"


def ends(span: Span | None) -> list[int] | None:
    """Return a span as JSON data."""
    return None if span is None else [span.start, span.end]
