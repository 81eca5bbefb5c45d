"""Saves of many editors at once: queued for each catalogue, applied in groups, answered when they are on the disk.

A group is one reading of the file under the document's lock, each edit applied to what the one before it left, and
one writing; so a save waits for two writes at most, however many there are (``combining``).
"""

from __future__ import annotations

import os
import threading
from collections import OrderedDict
from collections.abc import Callable, Mapping, Sequence
from dataclasses import dataclass, field, replace
from pathlib import PurePath
from typing import TypeAlias

from l10n_flow import files
from l10n_flow.catalogue import Catalogue
from l10n_flow.config import LocaleConfig, Project
from l10n_flow.errors import L10nFlowError, SourceError
from l10n_flow.messages import Message
from l10n_flow.model import Key
from l10n_flow.workflow import editing
from l10n_flow.workflow.combining import Combining
from l10n_flow.workflow.editing import Action, Edit, Outcome, Part, Status, Terms, UnitView
from l10n_flow.workflow.kept import Kept, Parsed, digest_of
from l10n_flow.workflow.reconversion import conversion_of
from l10n_flow.workflow.turns import Turns
from l10n_flow.workflow.update import now as revision_date

#: How many catalogues stay parsed in memory.
KEPT = 16
_TRIES = 5

_GONE = Outcome(Status.GONE, Message("this unit is no longer in the document; nothing was saved"))


@dataclass(frozen=True, slots=True)
class Snapshot:
    """A catalogue as it was at one moment.

    Attributes:
        digest: of its file's bytes, for ``Committer.changed_since``; "" when there is no file.
        units: every live unit by key, in file order.
    """

    digest: str
    units: Mapping[Key, UnitView]


_NOTHING = Snapshot("", {})

_Ask: TypeAlias = tuple[Edit, Part]


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
        forbid_own_approval: whether somebody else has to approve a text (``editing.permitted``).
        clock: gives the PO-Revision-Date.
    """

    def __init__(
        self, project: Project, *, forbid_own_approval: bool = False, clock: Callable[[], str] = revision_date
    ) -> None:
        self._project = project
        self._forbid_own_approval = forbid_own_approval
        self._clock = clock
        self._turns = Turns(project.root)
        self._gate = threading.Lock()
        self._benches: OrderedDict[tuple[str, str], _Workbench] = OrderedDict()

    def submit(self, edit: Edit, part: Part = Part.REVIEWER) -> Outcome:
        """Apply an edit, and return when it is on the disk, or will not be.

        An error of the project (an unknown locale, a damaged catalogue, a folder that cannot be written) is a
        refusal with its sentence, and nothing of the group that it befell is written.
        """
        try:
            bench = self._bench(edit.document, edit.locale)
        except L10nFlowError as error:
            return Outcome(Status.REFUSED, str(error))
        return _GONE if bench is None else bench.queue.submit((edit, part))

    def snapshot(self, document: str, locale: str) -> Snapshot:
        """What a catalogue holds now.

        Raises:
            L10nFlowError: for an unknown locale, a name that is no document's, a file that cannot be read.
            CatalogueError: when it is damaged.
        """
        bench = self._bench(document, locale)
        if bench is None:
            return _NOTHING
        with bench.mutex:
            parsed = bench.kept.parsed = bench.kept.take()
            if parsed is None:
                return _NOTHING
            return Snapshot(parsed.digest, editing.views(parsed.catalogue, derived=bench.locale.derived))

    def changed_since(self, document: str, locale: str, digest: str) -> bool:
        """Whether the file is another one than that of a snapshot; it is read, not parsed.

        Raises:
            L10nFlowError: as ``snapshot``.
        """
        bench = self._bench(document, locale)
        return digest != digest_of(files.read_optional(bench.kept.path) if bench else None)

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
        if not os.path.isfile(path):  # noqa: PTH113  # unlike Path's, it takes any name
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
        with self._turns.writing(bench.document), bench.mutex:
            for _ in range(_TRIES):
                parsed = bench.kept.take()
                outcomes = [self._apply(bench, parsed, edit, part) for edit, part in batch]
                if parsed is None:
                    return outcomes
                changed = {o.unit.translation.key for o in outcomes if o.status is Status.SAVED and o.unit}
                if changed and not bench.kept.write(parsed, changed):
                    continue
                bench.kept.parsed = parsed
                return [_placed(outcome, parsed.catalogue) for outcome in outcomes] if changed else outcomes
        raise L10nFlowError("another program keeps writing this file; nothing was saved", path=bench.kept.path)

    def _apply(self, bench: _Workbench, parsed: Parsed | None, edit: Edit, part: Part) -> Outcome:
        refusal = editing.malformed(edit)
        if refusal is not None:
            return Outcome(Status.REFUSED, refusal)
        keys = parsed.find(edit.unit) if parsed else []
        if parsed is None or not keys:
            return _GONE
        if len(keys) > 1:
            return Outcome(
                Status.REFUSED, Message("{n} units begin with {id}; give more of its digits", n=len(keys), id=edit.unit)
            )
        try:
            terms = self._terms(bench, keys[0], edit, part)
        except L10nFlowError as error:
            return Outcome(Status.REFUSED, str(error))
        return editing.apply(parsed.catalogue, keys[0], edit, terms)

    def _terms(self, bench: _Workbench, key: Key, edit: Edit, part: Part) -> Terms:
        reverts = edit.action is Action.REVERT
        conversion = conversion_of(self._project, bench.locale, bench.document, key) if reverts else None
        return Terms(bench.locale.derived, part, self._forbid_own_approval, self._clock(), conversion)


def _require_name(document: str) -> None:
    """Refuse a name that would lead out of the folder of catalogues."""
    path = PurePath(document)
    if not path.parts or path.anchor or path.drive or ".." in path.parts or path.as_posix() != document:
        raise SourceError(f"there is no document {document!r}; l10n-flow status lists them")


def _placed(outcome: Outcome, catalogue: Catalogue) -> Outcome:
    """An outcome that tells on which line of the written file its unit stands."""
    if outcome.unit is None:
        return outcome
    translation = outcome.unit.translation
    line = catalogue.entries[translation.key].linenum or 0
    return replace(outcome, unit=replace(outcome.unit, translation=translation._replace(line=line)))
