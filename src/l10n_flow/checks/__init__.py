"""The checks: an explicit, ordered table of rules, and the frame that runs them over one document in one locale.

Nothing here reads a file. To add a rule: write its function in the module of its family, add it to ``RULES``, and
write its section in ``docs/checks.md``.
"""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Mapping, Sequence

from l10n_flow.checks import codes, completeness, conversion, fixing, markup, numbers, punctuation, quotes, script
from l10n_flow.checks.frame import Pair, Problem, Rule, Sheet, Subject, prepare
from l10n_flow.checks.plain import Reading, read_plainly, told_back
from l10n_flow.checks.script import listed
from l10n_flow.errors import ConfigError
from l10n_flow.messages import Message
from l10n_flow.model import Finding, Severity, Span
from l10n_flow.scripts import Leftover

__all__ = ["RULES", "Pair", "Problem", "Rule", "Sheet", "Subject", "listed", "require_known", "run", "select_rules"]

#: Every rule, in the order in which its findings about one unit are told.
RULES: tuple[Rule, ...] = (
    Rule("untranslated", Severity.WARNING, Message("the unit has no translation yet"), completeness.untranslated),
    Rule("fuzzy", Severity.WARNING, Message("the translation needs editing"), completeness.fuzzy),
    Rule("stale", Severity.WARNING, Message("the source changed under a corrected conversion"), completeness.stale),
    Rule(
        Leftover.COPIED.value,
        Severity.ERROR,
        Message("the translation is the Chinese source itself"),
        script.source_copied,
        script.for_other_languages,
    ),
    Rule(
        Leftover.HAN.value,
        Severity.ERROR,
        Message("Chinese characters are left outside a bracketed gloss"),
        script.han_in_target,
        script.for_other_scripts,
    ),
    Rule(
        "traditional-in-simplified",
        Severity.ERROR,
        Message("a Simplified text holds Traditional characters"),
        script.traditional_in_simplified,
        script.for_simplified,
    ),
    Rule(
        "target-script",
        Severity.ERROR,
        Message("the translation is in another script than its locale"),
        script.target_script,
        script.for_known_scripts,
    ),
    Rule(
        "source-script",
        Severity.ERROR,
        Message("the source is in another script than its locale"),
        script.source_script,
        script.for_source_faults,
        whole=True,
    ),
    Rule(
        "quotes-unbalanced",
        Severity.ERROR,
        Message("a quotation mark or bracket has no partner"),
        quotes.quotes_unbalanced,
    ),
    Rule(
        "placeholder-mismatch",
        Severity.ERROR,
        Message("placeholders or tags differ from the source"),
        markup.placeholder_mismatch,
        reads_codes=True,
    ),
    Rule(
        "markup-mismatch",
        Severity.ERROR,
        Message("inline markup differs from the source"),
        codes.markup_mismatch,
        codes.for_marked,
        reads_codes=True,
    ),
    Rule(
        "url-mismatch",
        Severity.ERROR,
        Message("web addresses differ from the source"),
        markup.url_mismatch,
        reads_codes=True,
    ),
    Rule(
        "email-mismatch",
        Severity.ERROR,
        Message("e-mail addresses differ from the source"),
        markup.email_mismatch,
        reads_codes=True,
    ),
    Rule(
        "number-mismatch",
        Severity.ERROR,
        Message("the translation says another number than the source"),
        numbers.rule_of(numbers.Fault.MISMATCH),
        numbers.for_english,
    ),
    Rule(
        "number-percent",
        Severity.ERROR,
        Message("a percentage has lost its sign, or a plain number has one"),
        numbers.rule_of(numbers.Fault.PERCENT),
        numbers.for_english,
    ),
    Rule(
        "number-missing",
        Severity.WARNING,
        Message("a number of the source is not in the translation"),
        numbers.rule_of(numbers.Fault.MISSING),
        numbers.for_english,
    ),
    Rule(
        "number-magnitude",
        Severity.WARNING,
        Message("an uncounted number is of another order: millions for thousands"),
        numbers.rule_of(numbers.Fault.MAGNITUDE),
        numbers.for_english,
    ),
    Rule(
        "currency-mismatch",
        Severity.WARNING,
        Message("an amount of money is in another currency"),
        numbers.rule_of(numbers.Fault.CURRENCY),
        numbers.for_english,
    ),
    Rule(
        "number-extra",
        Severity.INFO,
        Message("the translation has a number that the source has not"),
        numbers.rule_of(numbers.Fault.EXTRA),
        numbers.for_english,
        default=False,
    ),
    Rule(
        "number-identical",
        Severity.ERROR,
        Message("a number has changed between Traditional and Simplified"),
        numbers.number_identical,
        numbers.for_chinese,
    ),
    Rule(
        "end-punctuation",
        Severity.WARNING,
        Message("the translation ends in another mark than the source"),
        punctuation.end_punctuation,
        punctuation.for_known_marks,
    ),
    Rule(
        "edge-blank",
        Severity.WARNING,
        Message("the translation begins with or ends in a blank"),
        punctuation.edge_blank,
        punctuation.for_blanks_between_sentences,
    ),
    Rule(
        "conversion-doubt",
        Severity.WARNING,
        Message("a converted character could be another"),
        conversion.conversion_doubt,
        conversion.for_converted,
        choice=True,
    ),
    Rule(
        "regional-word",
        Severity.INFO,
        Message("the Mainland has another word"),
        conversion.regional_word,
        conversion.for_other_region,
        choice=True,
    ),
    Rule(
        "source-spelling",
        Severity.WARNING,
        Message("a word of the source may be misspelt"),
        conversion.source_spelling,
        conversion.for_one_locale,
    ),
    Rule(
        "ignore-unused",
        Severity.INFO,
        Message("a rule that is ignored has nothing to say"),
        lambda _: iter(()),  # run finds it: it takes what the other rules have found
    ),
)


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
        rules: what to look for; ``select_rules`` picks them by id.
        severities: rule id to the severity it has instead of its own.
        ignored: whether to give what the catalogue ignores, too, with the reason in ``Finding.ignored``.

    Returns:
        The findings in document order, those of one unit in the order of ``rules``. A unit that occurs often is
        reported once for each rule, its unpaired marks once each. The fixes have been tried: each settles its
        finding for the unit, and none brings a finding that is an error.
    """
    sheet = prepare(subject)
    severities = severities or {}
    graded = [(rule, severities.get(rule.id, rule.severity)) for rule in RULES if rule.applies(subject)]
    judges = [rule for rule, severity in graded if severity is Severity.ERROR]
    running = [rule for rule in rules if rule.applies(subject)]
    plain, readings = read_plainly(sheet)
    problems = [(rule, problem) for rule in running for problem in rule.check(sheet if rule.reads_codes else plain)]
    if unused := next((rule for rule in running if rule.id == "ignore-unused"), None):
        told = {(rule.id, _read(readings, problem.pair).translation.key) for rule, problem in problems}
        ran = {rule.id for rule in running} | {rule.id for rule in RULES if not rule.applies(subject)}
        problems += [(unused, problem) for problem in completeness.unused_ignores(sheet, ran, told)]
    found = [
        (
            problem.pair.order,
            _finding(
                subject, rule, _severity(rule, severities, problem), _told(subject, rule, problem, judges, readings)
            ),
        )
        for rule, problem in problems
        if ignored or rule.id not in problem.pair.translation.ignores
    ]
    found.sort(key=lambda pair: pair[0])
    return [finding for _, finding in found]


def _severity(rule: Rule, severities: Mapping[str, Severity], problem: Problem) -> Severity:
    """How grave a problem is: an error only where there is no doubt."""
    severity = severities.get(rule.id, rule.severity)
    return Severity.WARNING if problem.doubtful and severity is Severity.ERROR else severity


def select_rules(select: Sequence[str], ignore: Sequence[str], named: Iterable[str] = ()) -> tuple[Rule, ...]:
    """The rules to run, in the table's order.

    Args:
        select: the ids of those to run; none: every one that is on by default, or in ``named``.
        ignore: the ids of those not to run.
        named: the ids of rules that somebody gave a severity, and so wants.

    Raises:
        ConfigError: an id that no rule has; the message names the nearest one.
    """
    require_known([*select, *ignore])
    wanted = set(select) or {rule.id for rule in RULES if rule.default} | set(named)
    return tuple(rule for rule in RULES if rule.id in wanted and rule.id not in ignore)


def require_known(ids: Iterable[str]) -> None:
    """Refuse ids that no rule has, as in ``[checks.severity]``.

    Raises:
        ConfigError: naming the unknown id and the nearest known one.
    """
    for unknown in _unknown(ids):
        from difflib import get_close_matches  # noqa: PLC0415 - only for the message

        near = get_close_matches(unknown, [rule.id for rule in RULES], 1, cutoff=0)[0]
        raise ConfigError(f"there is no check called {unknown!r}; did you mean {near!r}?")


def _unknown(ids: Iterable[str]) -> Iterator[str]:
    known = {rule.id for rule in RULES}
    return (one for one in ids if one not in known)


def _read(readings: Mapping[int, Reading], pair: Pair) -> Pair:
    """A pair as it is in the catalogue."""
    return readings[pair.order].pair if pair.order in readings else pair


def _told(
    subject: Subject, rule: Rule, problem: Problem, judges: Sequence[Rule], readings: Mapping[int, Reading]
) -> Problem:
    """A problem in places of the text, with those of its fixes that are sound."""
    fixes = fixing.sound(subject, problem, rule, judges) if problem.fixes else ()
    if not rule.reads_codes and problem.pair.order in readings:
        return told_back(problem, readings[problem.pair.order], fixes)
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
    """A span in a unit joined to this one has nothing to underline here."""
    return span if span is None or span.end <= len(text) else None
