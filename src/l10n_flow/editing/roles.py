"""Who may do what to a unit."""

from __future__ import annotations

from collections.abc import Mapping

from l10n_flow.editing.model import Action, Deed, Standing, UnitView
from l10n_flow.editing.obstacles import to_approval
from l10n_flow.editing.wellformed import fit
from l10n_flow.messages import Message
from l10n_flow.model import State, Translation

_OF_REVIEWERS = frozenset({Action.APPROVE, Action.UNAPPROVE, Action.REJECT})
#: Which actions each standing may take.
PERMITTED: Mapping[Standing, frozenset[Action]] = {
    Standing.TRANSLATOR: frozenset(Action) - _OF_REVIEWERS,
    Standing.REVIEWER: frozenset(Action),
}


def permitted(standing: Standing, deed: Deed, unit: UnitView, *, forbid_own_approval: bool = False) -> str | None:
    """Why somebody may not do this to a unit, in one sentence; None when they may.

    With ``forbid_own_approval`` nobody approves a text that bears their own name (a joined unit bears that of who
    joined it), nor one they save in that moment. A text without a name (saved by another program) may be approved by
    anyone who reviews.
    """
    if deed.action not in PERMITTED[standing]:
        return Message("a translator may not do this; ask a reviewer")
    if not forbid_own_approval or deed.action is not Action.APPROVE:
        return None
    if _is_own(unit, deed.name) or _would_change(deed, unit.translation):
        return Message("somebody else has to approve your translation; save it")
    return None


def approvable(standing: Standing, name: str, unit: UnitView, *, forbid_own_approval: bool = False) -> bool:
    """Whether a person could approve this unit: what ``permitted`` will say, for the page to offer it or not.

    Without ``forbid_own_approval`` a text that is still to be written may be saved and approved at once.
    """
    if Action.APPROVE not in PERMITTED[standing]:
        return False
    return not forbid_own_approval or not (_is_own(unit, name) or to_approval(unit.translation))


def _is_own(unit: UnitView, name: str) -> bool:
    return name in {seal.name for seal in unit.signatures.translated}


def _would_change(deed: Deed, now: Translation) -> bool:
    if deed.text is None:
        return False
    return fit(deed.text, now.key.source) != now.target or now.state is State.NEEDS_EDITING
