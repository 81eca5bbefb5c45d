"""Run rules over one document in one locale; make findings, with safe fixes, from their problems."""

from __future__ import annotations

from collections.abc import Mapping, Sequence

from l10n_flow.checks import fixing, ignoring
from l10n_flow.checks.frame import Pair, Problem, Rule, Subject, prepare
from l10n_flow.checks.plain import Reading, in_text, read_plainly
from l10n_flow.checks.table import RULES
from l10n_flow.model import Finding, Severity, Span


def run(
    subject: Subject,
    *,
    rules: Sequence[Rule] = RULES,
    severities: Mapping[str, Severity] | None = None,
    ignored: bool = False,
) -> list[Finding]:
    """Check one document in one locale.

    Args:
        subject: the document and its translations.
        rules: the rules; ``select_rules`` selects them by id.
        severities: for each rule id, the severity that replaces its default.
        ignored: whether to return ignored findings, too, with the reason in ``Finding.ignored``.

    Returns:
        The findings in document order, those of one unit in the order of ``rules``. A repeated unit is reported once
        for each rule, its unpaired marks once each. The fixes were tried: each removes its finding from the unit, and
        none causes a finding that is an error.
    """
    sheet = prepare(subject)
    severities = severities or {}
    graded = [(rule, severities.get(rule.id, rule.severity)) for rule in RULES if rule.applies(subject)]
    judges = [rule for rule, severity in graded if severity is Severity.ERROR]
    running = [rule for rule in rules if rule.applies(subject)]
    plain, readings = read_plainly(sheet)
    problems = [(rule, problem) for rule in running for problem in rule.check(sheet if rule.reads_codes else plain)]
    if unused := next((rule for rule in running if rule is ignoring.UNUSED), None):
        told = {(rule.id, _read(readings, problem.pair).translation.key) for rule, problem in problems}
        ran = {rule.id for rule in running} | {rule.id for rule in RULES if not rule.applies(subject)}
        problems += [(unused, problem) for problem in ignoring.unused_ignores(sheet, ran, told)]
    found = [
        (
            problem.pair.order,
            _finding(
                subject, rule, _severity(rule, severities, problem), _in_text(subject, rule, problem, judges, readings)
            ),
        )
        for rule, problem in problems
        if ignored or rule.id not in problem.pair.translation.ignores
    ]
    found.sort(key=lambda pair: pair[0])
    return [finding for _, finding in found]


def _severity(rule: Rule, severities: Mapping[str, Severity], problem: Problem) -> Severity:
    """Return the severity of a problem; a doubtful one is never an error."""
    severity = severities.get(rule.id, rule.severity)
    return Severity.WARNING if problem.doubtful and severity is Severity.ERROR else severity


def _read(readings: Mapping[int, Reading], pair: Pair) -> Pair:
    """Return the pair of the catalogue for a pair with plain texts."""
    return readings[pair.order].pair if pair.order in readings else pair


def _in_text(
    subject: Subject, rule: Rule, problem: Problem, judges: Sequence[Rule], readings: Mapping[int, Reading]
) -> Problem:
    """Return a problem with positions of the text itself, and with its safe fixes only."""
    fixes = fixing.sound(subject, problem, rule, judges) if problem.fixes else ()
    if not rule.reads_codes and problem.pair.order in readings:
        return in_text(problem, readings[problem.pair.order], fixes)
    return problem._replace(fixes=fixes)


def _finding(subject: Subject, rule: Rule, severity: Severity, problem: Problem) -> Finding:
    translation = problem.pair.translation
    return Finding(
        rule=rule.id,
        severity=severity,
        message=problem.message,
        document=subject.document,
        locale=subject.locale,
        key=translation.key,
        target=translation.target,
        line=translation.line,
        source_span=_inside(problem.source_span, translation.key.source),
        target_span=problem.target_span,
        fixes=problem.fixes,
        ignored=translation.ignores.get(rule.id),
    )


def _inside(span: Span | None, text: str) -> Span | None:
    """Return the span if it is inside the text; None for a span in a unit joined to this one."""
    return span if span is None or span.end <= len(text) else None
