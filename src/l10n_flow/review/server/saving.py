"""The views that save: one edit, or the approval of all units that are shown."""

from __future__ import annotations

from collections.abc import Callable, Sequence
from dataclasses import dataclass, replace
from typing import TYPE_CHECKING

from flask import Blueprint, Response, g, make_response, redirect, request
from werkzeug.exceptions import ServiceUnavailable

from l10n_flow.dates import today
from l10n_flow.editing import Action, Edit, Outcome, Standing, Status
from l10n_flow.errors import L10nFlowError, SourceError
from l10n_flow.messages import Message
from l10n_flow.model import State
from l10n_flow.project import Project
from l10n_flow.review import page as review
from l10n_flow.review.page import links
from l10n_flow.review.page.context import Context, of_unit
from l10n_flow.review.page.model import Filter, Progress, Reader, ReviewUnit
from l10n_flow.review.saving.locking import Busy, WaitLimit
from l10n_flow.review.server.forms import approvals_of, edit_of, local_address
from l10n_flow.review.server.sentences import DONE, result_of_approvals, result_of_edit, sentence, without_root

if TYPE_CHECKING:
    from l10n_flow.review.reading import ProjectView
    from l10n_flow.review.saving.committer import Committer

_NOT_SAVED = Message("This was not saved")
_CHANGED = Message("This unit has changed since you opened it. Look at it, then try again.")
_NAMELESS = Message("Say first who you are: the name stands beside what you save.")
_NOT_YET = Message("This unit is not in the catalogue yet; nothing was saved. Run: l10n-flow sync")
_NO_MORE = Message("The document has changed meanwhile, and this unit is no longer in it.")
_BUSY = Message("Another program holds this document. Nothing was saved; your text is kept here, try again.")
_BUSY_SECONDS = 5
_EMPTIED = Message("The field is empty. Save without a translation?")
_APPROVED = Message("This text is approved. Save another one over it? The approval goes.")
_ONCE_MORE = Message("To do so, save once more.")
_WRONG = Outcome(Status.REFUSED, Message("the checks find an error in it"))


def blueprint(
    project: Project, project_view: ProjectView, committer: Committer, limit: WaitLimit, tell: Callable[[str], None]
) -> Blueprint:
    """The views that save into a project.

    Args:
        project: the project.
        project_view: reads it.
        committer: writes its catalogues.
        limit: how many saves may wait for a document.
        tell: keeps a message for the next page of this reader.
    """
    made, views = Blueprint("saving", __name__), _SavingViews(project, project_view, committer, limit, tell)
    made.add_url_rule("/edit", "edit", views.edit, methods=["POST"])
    made.add_url_rule("/approve-shown", "approve_shown", views.approve_shown, methods=["POST"])
    return made


@dataclass(frozen=True, slots=True)
class _SavingViews:
    project: Project
    project_view: ProjectView
    committer: Committer
    limit: WaitLimit
    tell: Callable[[str], None]

    def edit(self) -> Response:
        reader: Reader = g.reader
        edit = edit_of(request.form, reader, today())
        self.project.locale(edit.locale)
        if not _scripted() and (asking := self._asking(edit, reader)) is not None:
            return asking
        try:
            with self.limit.waiting(edit.document):
                (outcome,) = self._submit([edit], reader)
        except Busy:
            return self._busy(edit)
        g.saved = outcome.status is Status.SAVED
        try:
            unit, progress = self.project_view.unit(edit.document, edit.locale, edit.unit, reader, saved=outcome.unit)
        except L10nFlowError as error:
            return self._unseen(edit, outcome, error)
        return self._answer(edit, outcome, unit, progress)

    def _asking(self, edit: Edit, reader: Reader) -> Response | None:
        """A page that asks before an approved text or a whole one goes, as the script does; None when nothing is asked.

        What the question was about is known by its version: another one is asked about again.
        """
        if edit.text is None:
            return None
        try:
            unit, _ = self.project_view.unit(edit.document, edit.locale, edit.unit, reader)
        except L10nFlowError:
            return None  # saving tells why
        if request.form.get("sure") == unit.version or edit.base != unit.version or _lines(edit.text) == unit.text:
            return None
        if not edit.text.strip():
            told = _EMPTIED if edit.action is not Action.APPROVE else None
        else:
            told = _APPROVED if unit.translation.state is State.APPROVED else None
        if told is None:
            return None
        said = Message("{told} {more}", told=told, more=_ONCE_MORE)
        return _fragment(review.render_refused(self._context(edit), unit, edit.text, said, sure=unit.version), 200)

    def _submit(self, edits: Sequence[Edit], reader: Reader) -> Sequence[Outcome]:
        if not reader.name:
            return [Outcome(Status.REFUSED, _NAMELESS)] * len(edits)
        if request.form.get("as") not in {None, "", reader.name}:
            told = Message("You are {name} now. Load the page again, then save.", name=reader.name)
            return [Outcome(Status.REFUSED, told)] * len(edits)
        outcomes = self.committer.submit_all(edits, Standing(reader.role))
        return [replace(each, message=without_root(each.message, self.project.root)) for each in outcomes]

    def _answer(self, edit: Edit, outcome: Outcome, unit: ReviewUnit, progress: Progress) -> Response:
        if outcome.status in DONE:
            undo = outcome.status is Status.SAVED
            return self._done(edit, result_of_edit(edit, outcome, unit), unit, progress, undo=undo)
        if outcome.status is Status.GONE:  # the catalogue lacks the unit, the document has it
            # With a version, the card has an editor, which shows the text that was not saved.
            return self._refused(edit, replace(unit, version=edit.base or "0"), _NOT_YET, 422)
        changed = outcome.status is Status.CONFLICT
        if edit.text is not None and (changed or edit.base not in {"", unit.version}):
            # Also when the text is refused: the reader has to see the other text first.
            return _fragment(review.render_conflict(self._context(edit), unit, edit.text, self._told_of(edit)), 409)
        return self._refused(edit, unit, _CHANGED if changed else outcome.message, 409 if changed else 422)

    def _told_of(self, edit: Edit) -> Message:
        """The message who has changed a unit, and when; if that is not known, that somebody has."""
        try:
            last = self.project_view.history(edit.document, edit.locale, edit.unit)[0]
        except (L10nFlowError, IndexError):
            return review.CHANGED
        if not last.by or not last.when:
            return review.CHANGED
        return Message(
            "{name} changed this unit at {when}, after you opened it. Nothing was saved yet.",
            name=last.by,
            when=last.when,
        )

    def _done(self, edit: Edit, told: str, unit: ReviewUnit, progress: Progress, *, undo: bool) -> Response:
        if _scripted():
            return make_response(review.render_saved(self._context(edit), unit, progress, told, undo=undo))
        self.tell(told)
        return make_response(redirect(links.unit(edit.document, edit.locale, edit.unit), 303))

    def _refused(self, edit: Edit, unit: ReviewUnit, why: str, status: int) -> Response:
        mine = unit.text if edit.text is None else edit.text
        said = sentence(why, g.reader.language)
        return _fragment(review.render_refused(self._context(edit), unit, mine, said), status)

    def _unseen(self, edit: Edit, outcome: Outcome, error: L10nFlowError) -> Response:
        """Answer an edit whose unit cannot be shown: say that it is saved, or send the text back to its author."""
        if outcome.status not in DONE or outcome.unit is None:
            if isinstance(error, SourceError):
                return _fragment(review.render_gone(self._context(edit), edit.unit, edit.text or ""), 410)
            raise error
        gone = isinstance(error, SourceError)
        more = _NO_MORE if gone else Message("It cannot be shown, though: {why}.", why=error.message)
        unit = ReviewUnit(edit.unit, outcome.unit, outcome.unit.version)
        told = result_of_edit(edit, outcome, unit, more)
        if not _scripted():
            return make_response(review.render_message(g.reader, Message("Saved"), told, 200))
        return make_response(review.render_saved(self._context(edit), unit, self._progress(edit), told))

    def _progress(self, edit: Edit) -> Progress:
        try:
            return self.project_view.article(edit.document, edit.locale, Filter(), g.reader).progress
        except L10nFlowError:
            return Progress(edit.locale, 0, {}, 0)

    def _context(self, edit: Edit) -> Context:
        return of_unit(edit.document, edit.locale, self.project.source_locale, g.reader)

    def _busy(self, edit: Edit) -> Response:
        if not _scripted():
            unit, _ = self.project_view.unit(edit.document, edit.locale, edit.unit, g.reader)
            return self._refused(edit, unit, _BUSY, 503)
        raise ServiceUnavailable(_BUSY, retry_after=_BUSY_SECONDS)

    def approve_shown(self) -> Response:
        """Approve many units. Each must be as the page showed it, so that nobody approves a text without seeing it."""
        reader: Reader = g.reader
        edits = approvals_of(request.form, reader, today())
        found = self.project_view.open_findings(edits[0].document, edits[0].locale) if edits else {}
        wrong = {unit for unit, errors in found.items() if errors and not request.form.get("despite-errors")}
        refused = [edit for edit in edits if edit.unit in wrong]
        rest = [edit for edit in edits if edit.unit not in wrong]
        try:
            with self.limit.waiting(request.form["document"]):
                outcomes = self._submit(rest, reader)
        except Busy:
            raise ServiceUnavailable(_BUSY, retry_after=_BUSY_SECONDS) from None
        done = [edit.unit for edit, each in zip(rest, outcomes, strict=True) if each.status in DONE]
        told = result_of_approvals([*outcomes, *[_WRONG] * len(refused)], sum(unit in found for unit in done))
        back = local_address(request.form.get("next", "/"))
        if len(done) == len(edits):
            self.tell(told)
            return make_response(redirect(back, 303))
        title = Message("Approve all shown")
        return make_response(review.render_message(reader, title, told, 200, back=back, refused=refused))


def _scripted() -> bool:
    """Whether our script has sent the request and puts the answer into the page; otherwise the answer is a page."""
    return "HX-Request" in request.headers


def _fragment(text: str, status: int) -> Response:
    return make_response(text if _scripted() else review.render_whole(g.reader, text, _NOT_SAVED), status)


def _lines(text: str) -> str:
    """A field's text, whose lines a browser ends with two characters."""
    return text.replace("\r\n", "\n")
