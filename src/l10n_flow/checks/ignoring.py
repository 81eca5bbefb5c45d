"""Ignored findings: a rule that a unit ignores, and that has nothing to say of it, is told."""

from __future__ import annotations

from collections.abc import Collection, Iterator

from l10n_flow.checks.frame import Problem, Rule, Sheet
from l10n_flow.messages import Message
from l10n_flow.model import Key, Severity


def unused_ignores(sheet: Sheet, ran: Collection[str], told: Collection[tuple[str, Key]]) -> Iterator[Problem]:
    """Units that ignore a rule which has nothing to say of them.

    Args:
        sheet: the pairs; those that are not judged are passed over, for nothing is known of them.
        ran: the ids of the rules that have spoken, or make no sense for the locale.
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
