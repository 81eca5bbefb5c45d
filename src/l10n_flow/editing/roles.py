"""The permissions of each role."""

from __future__ import annotations

from collections.abc import Mapping

from l10n_flow.editing.model import Action, Operation, Standing, UnitView
from l10n_flow.editing.obstacles import to_approval
from l10n_flow.editing.wellformed import fit
from l10n_flow.messages import Message
from l10n_flow.model import State, Translation

_OF_REVIEWERS = frozenset({Action.APPROVE, Action.UNAPPROVE, Action.REJECT})
#: The actions that each role may take.
PERMITTED: Mapping[Standing, frozenset[Action]] = {
    Standing.TRANSLATOR: frozenset(Action) - _OF_REVIEWERS,
    Standing.REVIEWER: frozenset(Action),
}


def permitted(
    standing: Standing, operation: Operation, unit: UnitView, *, forbid_own_approval: bool = False
) -> str | None:
    """Return one sentence with the reason why a person may not make this edit; None when they may.

    With ``forbid_own_approval`` nobody may approve a text under their own name (a joined unit has the name of the
    person who joined it), nor a text that they save with the approval. Every reviewer may approve a text without a
    name (saved by another program).
    """
    if operation.action not in PERMITTED[standing]:
        return Message("a translator may not do this; ask a reviewer")
    if not forbid_own_approval or operation.action is not Action.APPROVE:
        return None
    if _is_own(unit, operation.name) or _would_change(operation, unit.translation):
        return Message("somebody else has to approve your translation; save it")
    return None


def approvable(standing: Standing, name: str, unit: UnitView, *, forbid_own_approval: bool = False) -> bool:
    """Whether ``permitted`` will allow a person to approve this unit; the page offers the approval only then.

    Without ``forbid_own_approval`` a text that is not written yet may be saved and approved in one step.
    """
    if Action.APPROVE not in PERMITTED[standing]:
        return False
    return not forbid_own_approval or not (_is_own(unit, name) or to_approval(unit.translation))


def _is_own(unit: UnitView, name: str) -> bool:
    return name in {seal.name for seal in unit.signatures.translated}


def _would_change(operation: Operation, now: Translation) -> bool:
    if operation.text is None:
        return False
    return fit(operation.text, now.key.source) != now.target or now.state is State.NEEDS_EDITING
