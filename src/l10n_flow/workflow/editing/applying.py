"""Compare and set: an edit is applied to a unit that is as its editor saw it, and to no other."""

from __future__ import annotations

from l10n_flow.catalogue import Catalogue
from l10n_flow.catalogue import edit as entries
from l10n_flow.messages import Message
from l10n_flow.model import Key
from l10n_flow.workflow.editing.actions import Case, act
from l10n_flow.workflow.editing.model import Action, Conditions, Edit, Outcome, Status, view
from l10n_flow.workflow.editing.roles import permitted
from l10n_flow.workflow.editing.wellformed import malformed


def apply(catalogue: Catalogue, key: Key, edit: Edit, conditions: Conditions) -> Outcome:
    """Apply an edit to a live unit of a catalogue if it is as its editor saw it.

    An edit whose result stands there already is ``unchanged`` whatever its base, so that one sent twice, its answer
    lost, is no conflict with itself. The catalogue changes only when the outcome is ``saved``; PO-Revision-Date
    moves only when the translation did.
    """
    unit = view(catalogue, key, derived=conditions.derived)
    own = conditions.forbid_own_approval
    refusal = malformed(edit) or permitted(conditions.standing, edit, unit, forbid_own_approval=own)
    if refusal:
        return Outcome(Status.REFUSED, refusal, unit)
    before = entries.draft_of(catalogue.entries[key])
    case = Case(edit, conditions, unit.translation, catalogue, entries.draft_of(before))
    refusal = act(case)
    if not refusal and entries.is_same(before, case.entry):
        return Outcome(Status.UNCHANGED, "", unit)
    if edit.action is not Action.NOTE and edit.base != unit.version:
        return Outcome(Status.CONFLICT, Message("somebody has changed this unit since you opened it"), unit)
    if refusal:
        return Outcome(Status.REFUSED, refusal, unit)
    catalogue.entries[key] = case.entry
    if not entries.has_same_text(before, case.entry):
        catalogue.header["PO-Revision-Date"] = conditions.now
    return Outcome(Status.SAVED, "", view(catalogue, key, derived=conditions.derived), unit)
