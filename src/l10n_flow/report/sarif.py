"""Findings as SARIF 2.1.0 (OASIS), which code hosts show beside the lines of a file."""

from __future__ import annotations

import hashlib
from collections.abc import Sequence
from typing import TYPE_CHECKING
from urllib.parse import quote

from l10n_flow import __version__, checks
from l10n_flow.model import Finding, Severity
from l10n_flow.report.excerpts import printable
from l10n_flow.report.findings import DOCS, PathOf

if TYPE_CHECKING:
    from l10n_flow.project import Failure

_SCHEMA = "https://docs.oasis-open.org/sarif/sarif/v2.1.0/errata01/os/schemas/sarif-schema-2.1.0.json"
_LEVELS = {Severity.ERROR: "error", Severity.WARNING: "warning", Severity.INFO: "note"}


def as_sarif(findings: Sequence[Finding], path_of: PathOf, failures: Sequence[Failure] = ()) -> dict[str, object]:
    """Return one run with every rule, a result for each finding, and a notification for each failure.

    A result has a fingerprint of rule, locale, unit and translation, by which a host recognises it when lines move.
    """
    return {
        "$schema": _SCHEMA,
        "version": "2.1.0",
        "runs": [
            {
                "tool": {"driver": {"name": "l10n-flow", "version": __version__, "rules": [*map(_rule, checks.RULES)]}},
                "columnKind": "unicodeCodePoints",
                "invocations": [
                    {
                        "executionSuccessful": not failures,
                        "toolExecutionNotifications": [
                            {"level": "error", "message": {"text": printable(str(each.error))}} for each in failures
                        ],
                    }
                ],
                "results": [_result(finding, path_of(finding)) for finding in findings],
            }
        ],
    }


_PLACES = {rule.id: place for place, rule in enumerate(checks.RULES)}


def _rule(rule: checks.Rule) -> dict[str, object]:
    return {
        "id": rule.id,
        "shortDescription": {"text": rule.summary},
        "help": {"text": f"l10n-flow docs {DOCS}#{rule.id}"},
        "defaultConfiguration": {"level": _LEVELS[rule.severity], "enabled": rule.default},
    }


def _result(finding: Finding, path: str) -> dict[str, object]:
    place: dict[str, object] = {"artifactLocation": {"uri": quote(path)}}
    if finding.line:
        place["region"] = {"startLine": finding.line}
    told = f"{printable(finding.message)}\n{printable(finding.key.source)}\n{printable(finding.target)}".rstrip()
    return {
        "ruleId": finding.rule,
        "ruleIndex": _PLACES[finding.rule],
        "level": _LEVELS[finding.severity],
        "message": {"text": told},
        "locations": [{"physicalLocation": place}],
        "partialFingerprints": {"unit/v1": _fingerprint(finding)},
    }


def _fingerprint(finding: Finding) -> str:
    parts = (finding.rule, finding.document, finding.locale, finding.key.digest, finding.target, finding.message)
    return hashlib.sha256("\0".join(parts).encode()).hexdigest()
