"""Unused ignores: report a rule that a unit ignores although the rule finds nothing in it."""

from __future__ import annotations

from collections.abc import Collection, Iterator

from l10n_flow.checks.frame import Problem, Rule, Sheet
from l10n_flow.messages import Message
from l10n_flow.model import Key, Severity


def unused_ignores(sheet: Sheet, ran: Collection[str], told: Collection[tuple[str, Key]]) -> Iterator[Problem]:
    """Find units that ignore a rule although the rule finds nothing in them.

    Args:
        sheet: the pairs; pairs that were not checked are skipped.
        ran: the ids of the rules that ran, or do not apply to the locale.
        told: rule and unit of every problem that was found.
    """
    for pair in sheet.translated:
        for rule in pair.translation.ignores:
            if rule in ran and (rule, pair.translation.key) not in told:
                yield Problem(pair, Message("{rule} is ignored here and has nothing to say", rule=rule))


#: ``checks.run`` finds its problems: they follow from what the other rules have found.
UNUSED = Rule(
    "ignore-unused",
    Severity.INFO,
    Message("a rule that is ignored has nothing to say"),
    lambda _: iter(()),
)
