"""Is there a translation, and may it be trusted: the rules about a unit's state."""

from __future__ import annotations

from collections.abc import Collection, Iterator

from l10n_flow.checks.frame import Problem, Sheet
from l10n_flow.checks.script import leftover
from l10n_flow.messages import Message
from l10n_flow.model import Key, State

_SHOWN = 40


def untranslated(sheet: Sheet) -> Iterator[Problem]:
    """Units without a translation; a copied source and left-over Han are told by their own rules."""
    locale = sheet.subject.locale
    for pair in sheet.pairs:
        if pair.translation.state is not State.UNTRANSLATED:
            continue
        if not pair.target or leftover(pair, locale) is None:
            yield Problem(pair, Message("no translation yet"))


def fuzzy(sheet: Sheet) -> Iterator[Problem]:
    """Units that need editing, but for the stale ones, which have a rule of their own."""
    for pair in sheet.pairs:
        translation = pair.translation
        if translation.state is not State.NEEDS_EDITING or translation.stale:
            continue
        if translation.previous is None:
            yield Problem(pair, Message("needs editing: nobody has confirmed this text"))
        else:
            yield Problem(pair, Message("needs editing: the source was “{text}”", text=_short(translation.previous)))


def stale(sheet: Sheet) -> Iterator[Problem]:
    """Converted units that a person corrected and whose source has changed since."""
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
