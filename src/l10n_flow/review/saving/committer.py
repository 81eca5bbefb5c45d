"""Saves of many editors at once: queued for each catalogue, applied in groups, answered when they are on the disk.

A group is one reading of the file under the document's lock, each edit applied to what the one before it left, and
one writing; so a save waits for two writes at most, however many there are (``combining``).
"""

from __future__ import annotations

import threading
from collections import OrderedDict, defaultdict
from collections.abc import Callable, Mapping, Sequence
from dataclasses import dataclass, field, replace
from pathlib import PurePath
from typing import NamedTuple

from l10n_flow import editing, files, ids, inside
from l10n_flow.catalogue import Draft, Entry, journal, settled
from l10n_flow.dates import revision_date
from l10n_flow.editing import Action, Conditions, Conversion, Edit, Outcome, Standing, Status
from l10n_flow.errors import L10nFlowError, SourceError
from l10n_flow.messages import Message
from l10n_flow.model import Key
from l10n_flow.project import LocaleConfig, OpenProject, Project
from l10n_flow.review.saving.combining import Combining
from l10n_flow.review.saving.kept import Kept, Parsed
from l10n_flow.review.saving.reconversion import conversions_of
from l10n_flow.review.saving.turns import Turns

#: How many catalogues stay parsed in memory.
KEPT = 16

_GONE = Outcome(Status.GONE, Message("this unit is no longer in the document; nothing was saved"))
_LEFT = "the source does not hold this unit any more; run: l10n-flow sync"


class _Ask(NamedTuple):
    """An edit, what its author is, and for one that reverts what the converter makes of its unit."""

    edit: Edit
    standing: Standing
    conversions: Mapping[Key, Conversion]


@dataclass(eq=False, slots=True)
class _Workbench:
    """One catalogue: who waits for it, and what is in memory of it (under ``mutex``)."""

    document: str
    locale: LocaleConfig
    kept: Kept
    queue: Combining[_Ask, Outcome]
    mutex: threading.Lock = field(default_factory=threading.Lock)


class Committer:
    """The one writer of a project's catalogues in this process; every method may be called from any thread.

    Args:
        project: whose catalogues.
        clock: gives the PO-Revision-Date.
        loader: reads the project; its own without one.
    """

    def __init__(
        self, project: Project, *, clock: Callable[[], str] = revision_date, loader: OpenProject | None = None
    ) -> None:
        self._project = project
        self._loader = loader or OpenProject(project)
        self._clock = clock
        self._turns = Turns(project.root)
        self._gate = threading.Lock()
        self._benches: OrderedDict[tuple[str, str], _Workbench] = OrderedDict()

    def submit(self, edit: Edit, standing: Standing = Standing.REVIEWER) -> Outcome:
        """Apply an edit, and return when it is on the disk, or will not be.

        An error of the project (an unknown locale, a damaged catalogue, a folder that cannot be written) is a
        refusal with its sentence, and nothing of the group that it befell is written. A document that was renamed is
        gone under its old name.
        """
        return self.submit_all((edit,), standing)[0]

    def submit_all(self, edits: Sequence[Edit], standing: Standing = Standing.REVIEWER) -> Sequence[Outcome]:
        """As ``submit``, for many at once: those of one catalogue are applied in their order and written together."""
        outcomes: dict[int, Outcome] = {}
        asked: defaultdict[_Workbench, dict[int, _Ask]] = defaultdict(dict)
        for number, edit in enumerate(edits):
            try:
                bench = self._bench(edit.document, edit.locale)
                if bench is None:
                    outcomes[number] = _GONE
                else:
                    asked[bench][number] = _Ask(edit, standing, self._conversions(bench, edit))
            except L10nFlowError as error:
                outcomes[number] = Outcome(Status.REFUSED, str(error))
        for bench, asks in asked.items():
            outcomes.update(zip(asks, bench.queue.submit(*asks.values()), strict=True))
        return [outcomes[number] for number in range(len(edits))]

    def _bench(self, document: str, locale_id: str) -> _Workbench | None:
        """Where a catalogue is worked on; None when there never was one, so that wrong names leave nothing behind."""
        locale = self._project.locale(locale_id)
        _require_name(document)
        with self._gate:
            bench = self._benches.get((document, locale_id)) or self._new_bench(document, locale)
            if bench is None:
                return None
            self._benches[document, locale_id] = bench
            self._benches.move_to_end((document, locale_id))
            for idle in list(self._benches.values())[:-KEPT]:
                idle.kept.parsed = None
            return bench

    def _new_bench(self, document: str, locale: LocaleConfig) -> _Workbench | None:
        path = self._project.catalogue_path(locale.id, document)
        if not inside.is_file(path):
            return None
        queue: Combining[_Ask, Outcome] = Combining(lambda batch: self._serve(bench, batch))
        bench = _Workbench(document, locale, Kept(path, locale.id), queue)
        return bench

    # One group ---------------------------------------------------------------------------------------------------

    def _serve(self, bench: _Workbench, batch: Sequence[_Ask]) -> Sequence[Outcome]:
        try:
            return self._commit(bench, batch)
        except (L10nFlowError, OSError) as error:
            return [Outcome(Status.REFUSED, str(error))] * len(batch)

    def _commit(self, bench: _Workbench, batch: Sequence[_Ask]) -> Sequence[Outcome]:
        def attempt() -> Sequence[Outcome]:
            parsed = bench.kept.take()
            if parsed is None:
                return [_refused(ask.edit) or _GONE for ask in batch]
            draft = Draft(parsed.catalogue)
            outcomes = [self._apply(bench, parsed.units, draft, ask) for ask in batch]
            if draft.lines:
                parsed = bench.kept.write(parsed, draft)
            bench.kept.parsed = parsed
            return _placed(outcomes, parsed)

        with self._turns.writing(bench.document), bench.mutex:
            return files.again_if_overtaken(bench.kept.path, attempt)

    def _apply(self, bench: _Workbench, units: ids.Index, draft: Draft, ask: _Ask) -> Outcome:
        edit = ask.edit
        if (refused := _refused(edit)) is not None:
            return refused
        keys = units.find(edit.unit)
        if not keys:
            return _GONE
        if len(keys) > 1:
            return Outcome(
                Status.REFUSED, Message("{n} units begin with {id}; give more of its digits", n=len(keys), id=edit.unit)
            )
        conversion = ask.conversions.get(keys[0])
        if conversion is None and edit.action is Action.REVERT and bench.locale.derived:
            return Outcome(Status.REFUSED, _LEFT)
        forbid = self._project.forbid_own_approval
        undone = _undone(bench, draft, keys[0], edit) if edit.action is Action.UNDO else None
        conditions = Conditions(bench.locale.derived, ask.standing, forbid, self._clock(), conversion, undone)
        return editing.apply(draft, keys[0], edit, conditions, base=edit.base)

    def _conversions(self, bench: _Workbench, edit: Edit) -> Mapping[Key, Conversion]:
        if edit.action is not Action.REVERT or editing.malformed(edit):
            return {}
        return conversions_of(self._loader, bench.locale, bench.document, edit.unit)


def _undone(bench: _Workbench, draft: Draft, key: Key, edit: Edit) -> Entry | None:
    """What a unit was before its author's last change; None when something has happened to it since.

    Raises:
        L10nFlowError: when the journal cannot be read.
    """
    lines = [*journal.read(bench.kept.path, key).lines, *(line for line in draft.lines if line.key == key)]
    if not lines or lines[-1].by != edit.name or lines[-1].after is None:
        return None
    now = settled(draft.entries[key])
    return lines[-1].before if lines[-1].after._replace(kinds=now.kinds, line=now.line) == now else None


def _refused(edit: Edit) -> Outcome | None:
    """What becomes of an edit that no unit could take; None when one might."""
    refusal = editing.malformed(edit)
    return None if refusal is None else Outcome(Status.REFUSED, refusal)


def _require_name(document: str) -> None:
    """Refuse a name that would lead out of the folder of catalogues."""
    path = PurePath(document)
    if not path.parts or path.anchor or path.drive or ".." in path.parts or path.as_posix() != document:
        raise SourceError(f"there is no document {document!r}; l10n-flow status lists them")


def _placed(outcomes: Sequence[Outcome], parsed: Parsed) -> list[Outcome]:
    """Outcomes that tell on which lines of the written file their units stand."""
    lines = parsed.lines({each.unit.translation.key for each in outcomes if each.unit})
    return [replace(each, unit=each.unit.at(lines)) if each.unit else each for each in outcomes]
