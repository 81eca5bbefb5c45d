"""Reports about the units that were approved, joined or ignored."""

from __future__ import annotations

from collections import Counter
from collections.abc import Iterator, Mapping
from typing import TYPE_CHECKING

from l10n_flow import ids
from l10n_flow.model import Severity
from l10n_flow.report.excerpts import beginning, printable
from l10n_flow.report.tables import SHOWN, plural

if TYPE_CHECKING:
    from l10n_flow.model import Key
    from l10n_flow.project import Project
    from l10n_flow.work.signing import SigningResult

#: How many reasons are counted for units that were refused.
_REASONS = 5


def signing_lines(project: Project, result: SigningResult, verb: str, *, verbose: bool = False) -> Iterator[str]:
    """Return a line for each refused unit with the reason; with ``verbose`` also for each changed unit.

    When many are refused, lines follow with the number of units for each of the usual reasons.
    """
    short = _ids(result)
    for unit in result.units:
        if unit.done and not verbose:
            continue
        path = printable(f"{project.shown_catalogue(unit.locale, unit.document)}:{unit.line}")
        text = f"{beginning(unit.key.source, 60)} ({short[unit.key]})"
        yield f"{path}: {verb}: {text}" if unit.done else f"{path}: not {verb}: {text}: {unit.message}"
    reasons = Counter(unit.message for unit in result.units if not unit.done)
    if reasons.total() > SHOWN:
        for message, number in reasons.most_common(_REASONS):
            yield printable(f"{plural(number, 'unit')} not {verb}: {message}")


def finding_lines(project: Project, result: SigningResult) -> Iterator[str]:
    """Return the findings in approved units, and the option that approves units refused because of an error."""
    done = [(unit, found) for unit in result.units if unit.done for found in unit.findings]
    for unit, found in done[:SHOWN]:
        path = f"{project.shown_catalogue(unit.locale, unit.document)}:{unit.line}"
        yield printable(f"{path}: {found.severity.value}: {found.message} [{found.rule}]")
    if len(done) > SHOWN:
        yield f"… and {len(done) - SHOWN:,} more; l10n-flow check shows all"
    if done:
        units = len({(unit.document, unit.locale, unit.key) for unit, _ in done})
        yield f"{plural(units, 'approved unit')} with {plural(len(done), 'finding')}"
    refused = [unit for unit in result.units if not unit.done]
    wrong = sum(any(each.severity is Severity.ERROR for each in unit.findings) for unit in refused)
    if wrong:
        remedy = "correct them, say why it is none (l10n-flow ignore), or approve them all the same: --despite-errors"
        yield f"{plural(wrong, 'unit')} with an error: {remedy}"


def sums(result: SigningResult, verb: str) -> str:
    """Return ``4 units approved, 2 not``, and what lists the others when many were not approved."""
    done = sum(unit.done for unit in result.units)
    refused = len(result.units) - done
    many = verb == "approved" and refused > SHOWN
    more = "; l10n-flow status --todo links to what needs a person" if many else ""
    return f"{plural(done, 'unit')} {verb}, {refused:,} not{more}"


def signing_json(project: Project, result: SigningResult) -> list[dict[str, object]]:
    """Return a row for each unit and locale; ``outcome`` is ``saved``, ``unchanged``, ``refused`` or ``gone``."""
    short = _ids(result)
    return [
        {
            "document": unit.document,
            "locale": unit.locale,
            "unit": short[unit.key],
            "path": project.shown_catalogue(unit.locale, unit.document),
            "line": unit.line,
            "source": unit.key.source,
            "outcome": unit.status.value,
            "message": unit.message,
            "findings": [
                {"rule": each.rule, "severity": each.severity.value, "message": each.message} for each in unit.findings
            ],
        }
        for unit in result.units
    ]


def _ids(result: SigningResult) -> Mapping[Key, str]:
    return ids.short(unit.key for unit in result.units)


def passed_over_lines(result: SigningResult) -> Iterator[str]:
    """Return a line about the derived locales that were left out because the user did not name them."""
    for locale in result.passed_over:
        yield f"{locale} is converted by machine and was left alone; --locale {locale} approves it"
