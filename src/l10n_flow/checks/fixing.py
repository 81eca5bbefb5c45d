"""Fixes of findings: how a rule makes one, and which of those it proposes are offered."""

from __future__ import annotations

from collections.abc import Iterable, Sequence

from l10n_flow.checks import quotes
from l10n_flow.checks.frame import Pair, Problem, Rule, Sheet, Subject
from l10n_flow.model import Fix, Origin


def sound(subject: Subject, problem: Problem, rule: Rule, judges: Sequence[Rule]) -> tuple[Fix, ...]:
    """Those of a problem's fixes that settle it and break nothing else.

    A fix is tried on the unit alone, as a person's text: its rule has nothing left to say, those of ``judges`` (the
    rules whose findings are errors) say nothing they did not say before, and its quotation marks and brackets weigh
    the same in the block. So the cost is that of the unit, however long the block is.
    """
    return tuple(fix for fix in problem.fixes if _is_sound(subject, problem.pair, fix, rule, judges))


def _is_sound(subject: Subject, pair: Pair, fix: Fix, rule: Rule, judges: Sequence[Rule]) -> bool:
    target = fix.applied(pair.target)
    fixed = pair._replace(translation=pair.translation._replace(target=target, origin=Origin.HUMAN))
    told = _telling(subject, fixed, [rule, *judges])
    if rule.id in told or not told <= _telling(subject, pair, [one for one in judges if one.id in told]):
        return False
    return quotes.weight(target) == quotes.weight(pair.target) or _is_lighter(rule, target)


def _is_lighter(rule: Rule, target: str) -> bool:
    """Whether a target that lacked one partner has every mark paired now, by the one rule that may do so."""
    return rule.check is quotes.quotes_unbalanced and not quotes.unpaired(target)


def _telling(subject: Subject, pair: Pair, rules: Iterable[Rule]) -> set[str]:
    """The rules that find a problem in one pair checked alone."""
    sheet = Sheet(subject, [pair], [pair], [], {})
    return {rule.id for rule in rules if next(iter(rule.check(sheet)), None) is not None}
