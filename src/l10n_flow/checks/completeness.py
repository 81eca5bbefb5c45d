"""Rules about a unit's state: a missing translation, and one that needs editing."""

from __future__ import annotations

from collections.abc import Iterator

from l10n_flow.checks.frame import Problem, Rule, Sheet
from l10n_flow.checks.script import leftover
from l10n_flow.messages import Message
from l10n_flow.model import Severity, State

_SHOWN = 40


def untranslated(sheet: Sheet) -> Iterator[Problem]:
    """Find units without a translation; other rules report a copied source and left-over Han."""
    locale = sheet.subject.locale
    for pair in sheet.pairs:
        if pair.translation.state is not State.UNTRANSLATED:
            continue
        if not pair.target or leftover(pair, locale) is None:
            yield Problem(pair, Message("no translation yet"))


def fuzzy(sheet: Sheet) -> Iterator[Problem]:
    """Find units that need editing, except units for which another rule reports the reason."""
    for pair in sheet.pairs:
        translation = pair.translation
        if translation.state is not State.NEEDS_EDITING or translation.stale or translation.choices:
            continue
        if translation.previous is None:
            yield Problem(pair, Message("needs editing: nobody has confirmed this text"))
        else:
            yield Problem(pair, Message("needs editing: the source was “{text}”", text=_short(translation.previous)))


def merge_conflict(sheet: Sheet) -> Iterator[Problem]:
    """Find units with different texts from two branches."""
    for pair in sheet.pairs:
        if pair.translation.choices:
            told = " · ".join(f"“{_short(choice.text)}”" for choice in pair.translation.choices)
            yield Problem(
                pair, Message("two branches say different things, and somebody has to choose: {texts}", texts=told)
            )


def stale(sheet: Sheet) -> Iterator[Problem]:
    """Find converted units that a person corrected and whose source has changed since."""
    for pair in sheet.pairs:
        translation = pair.translation
        if translation.stale:
            changed = Message("the source has changed since this conversion was corrected by hand")
            if translation.previous is None:
                yield Problem(pair, changed)
            else:
                was = _short(translation.previous)
                yield Problem(pair, Message("{changed}; it was “{text}”", changed=changed, text=was))


def _short(text: str) -> str:
    return text if len(text) <= _SHOWN else f"{text[: _SHOWN - 1]}…"


RULES = (
    Rule(
        "merge-conflict",
        Severity.ERROR,
        Message("two branches gave the unit different texts"),
        merge_conflict,
        keeps_back=True,
    ),
    Rule("untranslated", Severity.WARNING, Message("the unit has no translation yet"), untranslated),
    Rule("fuzzy", Severity.WARNING, Message("the translation needs editing"), fuzzy),
    Rule("stale", Severity.WARNING, Message("the source changed under a corrected conversion"), stale),
)
