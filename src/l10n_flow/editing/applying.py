"""Compare and set: an edit is applied only to the version of a unit that its editor saw."""

from __future__ import annotations

from l10n_flow.catalogue import Draft, settled
from l10n_flow.editing.actions import Case, act
from l10n_flow.editing.model import Action, Conditions, Operation, Outcome, Status, view
from l10n_flow.editing.roles import permitted
from l10n_flow.editing.wellformed import unfit
from l10n_flow.messages import Message
from l10n_flow.model import Key


def apply(draft: Draft, key: Key, operation: Operation, conditions: Conditions, *, base: str | None = None) -> Outcome:
    """Apply an edit to a live unit of a catalogue if the unit has not changed since its editor saw it.

    An edit whose result is there already is ``unchanged``, whatever its base: an edit that a browser sends twice,
    because the answer was lost, does not conflict with itself. The draft changes only when the outcome is ``saved``;
    PO-Revision-Date changes only when the translation changes.

    Args:
        draft: the catalogue.
        key: the unit.
        operation: the edit.
        conditions: the conditions under which it is applied.
        base: the version that the editor saw; None: any version.
    """
    before, locale = settled(draft.entries[key]), draft.base.locale
    unit = view(draft.entries[key], locale, derived=conditions.derived)
    own = conditions.forbid_own_approval
    refusal = unfit(operation) or permitted(conditions.standing, operation, unit, forbid_own_approval=own)
    if refusal:
        return Outcome(Status.REFUSED, refusal, unit)
    made = act(Case(operation, conditions, unit.translation, draft, before))
    if not isinstance(made, Message) and before.says(made):
        return Outcome(Status.UNCHANGED, "", unit)
    if operation.action not in {Action.NOTE, Action.RESOLVE} and base not in {None, unit.version}:
        return Outcome(Status.CONFLICT, Message("somebody has changed this unit since you opened it"), unit)
    if isinstance(made, Message):
        return Outcome(Status.REFUSED, made, unit)
    draft.put(made, by=operation.name, did=operation.way or operation.action.value)
    if not before.has_text_of(made):
        draft.header["PO-Revision-Date"] = conditions.now
    return Outcome(Status.SAVED, "", view(made, locale, derived=conditions.derived), unit)
