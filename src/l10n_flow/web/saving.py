"""What changes something: one edit, or the approval of all that is shown."""

from __future__ import annotations

from collections import Counter
from collections.abc import Sequence
from concurrent.futures import ThreadPoolExecutor
from dataclasses import dataclass
from typing import TYPE_CHECKING

from flask import Flask, Response, g, make_response, redirect, request

from l10n_flow.config import Project
from l10n_flow.errors import SourceError
from l10n_flow.messages import Message
from l10n_flow.pages import review
from l10n_flow.pages.review import links
from l10n_flow.pages.review.frame import Frame, of_unit
from l10n_flow.pages.review.model import Progress, Reader, ReviewUnit
from l10n_flow.web.forms import approvals_of, edit_of, way
from l10n_flow.workflow.editing import Action, Edit, Outcome, Part, Status
from l10n_flow.workflow.review import today

if TYPE_CHECKING:
    from l10n_flow.workflow.committer import Committer
    from l10n_flow.workflow.desk import Desk

_DONE = {
    Action.SAVE: Message("Saved."),
    Action.NEEDS_EDITING: Message("Saved; it needs editing."),
    Action.APPROVE: Message("Approved."),
    Action.UNAPPROVE: Message("Your approval is taken back."),
    Action.REJECT: Message("Rejected."),
    Action.NOTE: Message("The note is added."),
    Action.IGNORE: Message("Ignored from now on."),
    Action.UNIGNORE: Message("No longer ignored."),
    Action.JOIN: Message("Joined to the unit before it."),
    Action.UNJOIN: Message("No longer joined."),
    Action.REVERT: Message("As converted again."),
}
#: How many approvals wait at once for the committer, which writes them in groups.
_TOGETHER = 64
_NOT_SAVED = Message("This was not saved")
_UNCHANGED = Message("Nothing to save: it is so already.")
_NAMELESS = Message("Say first who you are: the name stands beside what you save.")


@dataclass(frozen=True, slots=True)
class Saving:
    """The views that save."""

    project: Project
    desk: Desk
    committer: Committer

    def register(self, app: Flask) -> None:
        app.add_url_rule("/edit", "edit", self.edit, methods=["POST"])
        app.add_url_rule("/approve-shown", "approve_shown", self.approve_shown, methods=["POST"])

    def edit(self) -> Response:
        reader: Reader = g.reader
        edit = edit_of(request.form, reader, today())
        self.project.locale(edit.locale)
        outcome = self._submit(edit, reader)
        try:
            unit, progress = self.desk.unit(edit.document, edit.locale, edit.unit, reader, saved=outcome.unit)
        except SourceError:
            return self._gone(edit)
        return self._answer(edit, outcome, unit, progress)

    def _submit(self, edit: Edit, reader: Reader) -> Outcome:
        if not reader.name:
            return Outcome(Status.REFUSED, _NAMELESS)
        return self.committer.submit(edit, Part(reader.role))

    def _answer(self, edit: Edit, outcome: Outcome, unit: ReviewUnit, progress: Progress) -> Response:
        c = self._frame(edit)
        match outcome.status:
            case Status.SAVED | Status.UNCHANGED:
                if not _scripted():
                    return make_response(redirect(links.unit(edit.document, edit.locale, edit.unit), 303))
                told = _DONE[edit.action] if outcome.status is Status.SAVED else _UNCHANGED
                return make_response(review.render_saved(c, unit, progress, told))
            case Status.CONFLICT:
                return _fragment(review.render_conflict(c, unit, edit.text or ""), 409)
            case Status.GONE:
                return self._gone(edit)
        mine = unit.text if edit.text is None else edit.text
        return _fragment(review.render_refused(c, unit, mine, outcome.message), 422)

    def _frame(self, edit: Edit) -> Frame:
        return of_unit(edit.document, edit.locale, self.project.source_locale, g.reader)

    def _gone(self, edit: Edit) -> Response:
        return _fragment(review.render_gone(self._frame(edit), edit.unit, edit.text or ""), 410)

    def approve_shown(self) -> Response:
        """Approve many units; each is compared with what was shown, so that nobody approves what they have not seen."""
        reader: Reader = g.reader
        edits = approvals_of(request.form, reader, today())
        with ThreadPoolExecutor(_TOGETHER) as pool:  # those that wait together are written together
            outcomes = list(pool.map(lambda edit: self._submit(edit, reader), edits))
        if all(_is_done(outcome) for outcome in outcomes):
            return make_response(redirect(way(request.form.get("next", "/")), 303))
        back = way(request.form.get("next", "/"))
        return make_response(
            review.render_message(reader, Message("Approve all shown"), _told(outcomes), 200, back=back)
        )


def _is_done(outcome: Outcome) -> bool:
    return outcome.status in {Status.SAVED, Status.UNCHANGED}


def _scripted() -> bool:
    """Whether our script asks, which puts the answer into the page; else it is a page of its own."""
    return "HX-Request" in request.headers


def _fragment(text: str, status: int) -> Response:
    return make_response(text if _scripted() else review.render_whole(g.reader, text, _NOT_SAVED), status)


def _told(outcomes: Sequence[Outcome]) -> Message:
    """How many were approved, and which were not: how many for each reason."""
    done = sum(map(_is_done, outcomes))
    others = Counter(outcome.message for outcome in outcomes if not _is_done(outcome))
    told = Message("{n:,} approved", n=done)
    for why, number in others.items():
        told = Message("{told}; {n:,} not: {why}", told=told, n=number, why=why)
    return told
