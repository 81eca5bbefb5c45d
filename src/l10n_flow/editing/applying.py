"""Compare and set: an edit is applied to a unit that is as its editor saw it, and to no other."""

from __future__ import annotations

from l10n_flow.catalogue import Draft, settled
from l10n_flow.editing.actions import Case, act
from l10n_flow.editing.model import Action, Conditions, Edit, Outcome, Status, view
from l10n_flow.editing.roles import permitted
from l10n_flow.editing.wellformed import malformed
from l10n_flow.messages import Message
from l10n_flow.model import Key


def apply(draft: Draft, key: Key, edit: Edit, conditions: Conditions) -> Outcome:
    """Apply an edit to a live unit of a catalogue if it is as its editor saw it.

    An edit whose result stands there already is ``unchanged`` whatever its base, so that one sent twice, its answer
    lost, is no conflict with itself. The draft changes only when the outcome is ``saved``; PO-Revision-Date moves only
    when the translation did.
    """
    before, locale = settled(draft.entries[key]), draft.base.locale
    unit = view(draft.entries[key], locale, derived=conditions.derived)
    own = conditions.forbid_own_approval
    refusal = malformed(edit) or permitted(conditions.standing, edit, unit, forbid_own_approval=own)
    if refusal:
        return Outcome(Status.REFUSED, refusal, unit)
    made = act(Case(edit, conditions, unit.translation, draft, before))
    if not isinstance(made, Message) and before.says(made):
        return Outcome(Status.UNCHANGED, "", unit)
    if edit.action is not Action.NOTE and edit.base != unit.version:
        return Outcome(Status.CONFLICT, Message("somebody has changed this unit since you opened it"), unit)
    if isinstance(made, Message):
        return Outcome(Status.REFUSED, made, unit)
    draft.entries[key] = made
    if not before.has_text_of(made):
        draft.header["PO-Revision-Date"] = conditions.now
    return Outcome(Status.SAVED, "", view(made, locale, derived=conditions.derived), unit)
