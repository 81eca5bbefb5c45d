"""The reasons why a unit cannot be approved or joined; the review page and the commands share them."""

from __future__ import annotations

from enum import StrEnum

from l10n_flow.catalogue import Entry, edit
from l10n_flow.model import State, Translation


class Obstacle(StrEnum):
    """A reason why an action is refused."""

    UNTRANSLATED = "untranslated"
    NEEDS_EDITING = "needs-editing"
    HAS_TEXT = "has-text"
    FIRST = "first-of-its-block"


def to_approval(translation: Translation) -> Obstacle | None:
    """Return the reason why a unit cannot be approved; None when it can be."""
    if translation.state is State.UNTRANSLATED:
        return Obstacle.UNTRANSLATED
    return Obstacle.NEEDS_EDITING if translation.state is State.NEEDS_EDITING else None


def to_joining(translation: Translation, entry: Entry, before: Entry | None) -> Obstacle | None:
    """Return the reason why a unit cannot be joined to the one before it in its catalogue; None when it can be."""
    if translation.target:
        return Obstacle.HAS_TEXT
    return None if edit.follows_its_kind(entry, before) else Obstacle.FIRST
