"""Findings as JUnit XML, which CI servers show as tests."""

from __future__ import annotations

import re
from collections.abc import Iterator, Sequence
from itertools import groupby
from typing import TYPE_CHECKING
from xml.sax.saxutils import escape, quoteattr

from l10n_flow.model import Finding, Severity
from l10n_flow.report.excerpts import printable
from l10n_flow.report.findings import PathOf

if TYPE_CHECKING:
    from l10n_flow.project import Failure

# The characters that XML 1.0 forbids.
_FORBIDDEN = re.compile("[^\t\n\r\u0020-\ud7ff\ue000-\ufffd\U00010000-\U0010ffff]")


def as_junit(findings: Sequence[Finding], path_of: PathOf, level: Severity, failures: Sequence[Failure] = ()) -> str:
    """Return a suite for each file and a test for each finding: failed from ``level`` on, else passed with a message.

    A file that could not be checked is an error. Without findings and errors the report contains one passed test,
    because CI servers treat an empty report as a broken run.
    """
    failed, total = sum(_fails(finding, level) for finding in findings), len(findings) + len(failures)
    lines = ['<?xml version="1.0" encoding="UTF-8"?>']
    lines.append(f'<testsuites name="l10n-flow" tests="{total or 1}" failures="{failed}" errors="{len(failures)}">')
    if not total:
        lines += ['<testsuite name="l10n-flow" tests="1" failures="0" errors="0">']
        lines += ['<testcase classname="l10n-flow" name="no findings"/>', "</testsuite>"]
    for path, group in groupby(findings, key=path_of):
        lines += _suite(path, list(group), level)
    for failure in failures:
        lines.append(f'<testsuite name={_quoted(failure.document)} tests="1" failures="0" errors="1">')
        lines.append(f'<testcase classname="l10n-flow" name={_quoted(printable(str(failure.error)))}>')
        lines += [f"<error message={_quoted(printable(str(failure.error)))}/>", "</testcase>", "</testsuite>"]
    return "\n".join([*lines, "</testsuites>"])


def _suite(path: str, findings: Sequence[Finding], level: Severity) -> Iterator[str]:
    failures = sum(_fails(finding, level) for finding in findings)
    yield f'<testsuite name={_quoted(path)} tests="{len(findings)}" failures="{failures}" errors="0">'
    for finding in findings:
        name = f"{finding.rule} {path}:{finding.line}"
        yield f"<testcase classname={_quoted(finding.rule)} name={_quoted(name)}>"
        told = escape(_clean(f"{finding.key.source}\n{finding.target}"))
        if _fails(finding, level):
            kind = finding.severity.value
            yield f"<failure type={_quoted(kind)} message={_quoted(printable(finding.message))}>{told}</failure>"
        else:
            yield f"<system-out>{escape(_clean(finding.message))}\n{told}</system-out>"
        yield "</testcase>"
    yield "</testsuite>"


def _fails(finding: Finding, level: Severity) -> bool:
    return finding.severity.rank >= level.rank


def _quoted(text: str) -> str:
    return quoteattr(_clean(text))


def _clean(text: str) -> str:
    return _FORBIDDEN.sub("\ufffd", text)
