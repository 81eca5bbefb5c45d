"""Fixes of findings: try each fix that a rule proposes, and offer only those that are safe."""

from __future__ import annotations

from collections.abc import Iterable, Sequence

from l10n_flow.checks import quotes
from l10n_flow.checks.frame import Pair, Problem, Rule, Sheet, Subject
from l10n_flow.model import Fix, Origin


def sound(subject: Subject, problem: Problem, rule: Rule, judges: Sequence[Rule]) -> tuple[Fix, ...]:
    """Return the fixes that remove a problem and cause no other.

    A fix is tried on the unit alone, as a person's text. Its rule must find no problem, the rules ``judges`` (those
    whose findings are errors) must find no new one, and its unpaired quotation marks and brackets must be the same as
    before. So the time depends on the unit, not on its block.
    """
    return tuple(fix for fix in problem.fixes if _is_sound(subject, problem.pair, fix, rule, judges))


def _is_sound(subject: Subject, pair: Pair, fix: Fix, rule: Rule, judges: Sequence[Rule]) -> bool:
    target = fix.applied(pair.target)
    fixed = pair._replace(translation=pair.translation._replace(target=target, origin=Origin.HUMAN))
    told = _failing(subject, fixed, [rule, *judges])
    if rule.id in told or not told <= _failing(subject, pair, [one for one in judges if one.id in told]):
        return False
    return quotes.weight(target) == quotes.weight(pair.target) or _is_lighter(rule, target)


def _is_lighter(rule: Rule, target: str) -> bool:
    """Whether the rule may pair a mark, and every mark of the target is paired now."""
    return rule.check is quotes.quotes_unbalanced and not quotes.unpaired(target)


def _failing(subject: Subject, pair: Pair, rules: Iterable[Rule]) -> set[str]:
    """Return the ids of the rules that find a problem in one pair checked alone."""
    sheet = Sheet(subject, [pair], [pair], [], {})
    return {rule.id for rule in rules if next(iter(rule.check(sheet)), None) is not None}
