"""The table of all rules, and the selection of rules."""

from __future__ import annotations

from collections.abc import Iterable, Sequence

from l10n_flow.checks import (
    codes,
    completeness,
    conversion,
    hidden,
    ignoring,
    markup,
    numbers,
    punctuation,
    quotes,
    script,
    subtitles,
)
from l10n_flow.checks.frame import Rule
from l10n_flow.errors import ConfigError

#: Every rule, in the order of findings of one unit.
RULES: tuple[Rule, ...] = (
    *completeness.RULES,
    *script.RULES,
    *quotes.RULES,
    *markup.RULES,
    *codes.RULES,
    *numbers.RULES,
    *punctuation.RULES,
    *hidden.RULES,
    *subtitles.RULES,
    *conversion.RULES,
    ignoring.UNUSED,
)


def select_rules(select: Sequence[str], ignore: Sequence[str], named: Iterable[str] = ()) -> tuple[Rule, ...]:
    """Select the rules to run, in the table's order.

    Args:
        select: the ids of the rules to run; empty: those that are on by default, or in ``named``.
        ignore: the ids of the rules that do not run.
        named: the ids of rules with a configured severity, which switches them on.

    Raises:
        ConfigError: for an unknown id; the message has the nearest known one.
    """
    require_known([*select, *ignore])
    wanted = set(select) or {rule.id for rule in RULES if rule.default} | set(named)
    return tuple(rule for rule in RULES if rule.id in wanted and rule.id not in ignore)


def require_known(ids: Iterable[str]) -> None:
    """Refuse unknown ids of rules, for example in ``[checks.severity]``.

    Raises:
        ConfigError: for an unknown id; the message has the nearest known one.
    """
    known = [rule.id for rule in RULES]
    for unknown in (one for one in ids if one not in known):
        from difflib import get_close_matches  # noqa: PLC0415 - only for the message

        near = get_close_matches(unknown, known, 1, cutoff=0)[0]
        raise ConfigError(f"there is no check called {unknown!r}; did you mean {near!r}?")
