"""Saves the edits of many people: each catalogue has a queue, and its edits are written in groups.

For a group, the file is read once under the document's lock, the edits are applied one after the other, and the file is
written once. So a save waits for two writes at most, however many people save (``combining``).
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
from l10n_flow.project import LocaleConfig, OpenProject, Project, first_conversions
from l10n_flow.review.saving.cached_catalogue import CachedCatalogue, ParsedCatalogue
from l10n_flow.review.saving.combining import Combining
from l10n_flow.review.saving.locking import DocumentLocks

#: How many catalogues stay parsed in memory.
KEPT = 16

_GONE = Outcome(Status.GONE, Message("this unit is no longer in the document; nothing was saved"))
_LEFT = "the source does not hold this unit any more; run: l10n-flow sync"


class _Ask(NamedTuple):
    """An edit, the role of its author, and the conversions that an edit back to the conversion needs."""

    edit: Edit
    standing: Standing
    conversions: Mapping[Key, Conversion]


@dataclass(eq=False, slots=True)
class _CatalogueQueue:
    """A catalogue: the edits that wait for it, and the catalogue in memory (under ``mutex``)."""

    document: str
    locale: LocaleConfig
    cached: CachedCatalogue
    combining: Combining[_Ask, Outcome]
    mutex: threading.Lock = field(default_factory=threading.Lock)


class Committer:
    """The only writer of a project's catalogues in this process. Every method may be called from any thread.

    Args:
        project: the project.
        clock: returns the PO-Revision-Date.
        loader: reads the project; without one, the committer opens the project.
    """

    def __init__(
        self, project: Project, *, clock: Callable[[], str] = revision_date, loader: OpenProject | None = None
    ) -> None:
        self._project = project
        self._loader = loader or OpenProject(project)
        self._clock = clock
        self._locks = DocumentLocks(project.root)
        self._gate = threading.Lock()
        self._queues: OrderedDict[tuple[str, str], _CatalogueQueue] = OrderedDict()

    def submit(self, edit: Edit, standing: Standing = Standing.REVIEWER) -> Outcome:
        """Apply an edit; return when it is on the disk or refused.

        An error of the project (an unknown locale, a damaged catalogue, a folder that cannot be written) is a
        refusal with its sentence; then nothing of the group is written. A document that was renamed is gone under
        its old name.
        """
        return self.submit_all((edit,), standing)[0]

    def submit_all(self, edits: Sequence[Edit], standing: Standing = Standing.REVIEWER) -> Sequence[Outcome]:
        """Submit many edits; those of one catalogue are applied in their order and written together."""
        outcomes: dict[int, Outcome] = {}
        asked: defaultdict[_CatalogueQueue, dict[int, _Ask]] = defaultdict(dict)
        for number, edit in enumerate(edits):
            try:
                queue = self._queue_of(edit.document, edit.locale)
                if queue is None:
                    outcomes[number] = _GONE
                else:
                    asked[queue][number] = _Ask(edit, standing, self._conversions(queue, edit))
            except L10nFlowError as error:
                outcomes[number] = Outcome(Status.REFUSED, str(error))
        for queue, asks in asked.items():
            outcomes.update(zip(asks, queue.combining.submit(*asks.values()), strict=True))
        return [outcomes[number] for number in range(len(edits))]

    def _queue_of(self, document: str, locale_id: str) -> _CatalogueQueue | None:
        """The queue of a catalogue; None without a file, so that wrong names use no memory."""
        locale = self._project.locale(locale_id)
        _require_name(document)
        with self._gate:
            queue = self._queues.get((document, locale_id)) or self._new_queue(document, locale)
            if queue is None:
                return None
            self._queues[document, locale_id] = queue
            self._queues.move_to_end((document, locale_id))
            for idle in list(self._queues.values())[:-KEPT]:
                idle.cached.parsed = None
            return queue

    def _new_queue(self, document: str, locale: LocaleConfig) -> _CatalogueQueue | None:
        path = self._project.catalogue_path(locale.id, document)
        if not inside.is_file(path):
            return None
        combining: Combining[_Ask, Outcome] = Combining(lambda batch: self._serve(queue, batch))
        queue = _CatalogueQueue(document, locale, CachedCatalogue(path, locale.id), combining)
        return queue

    # One group ---------------------------------------------------------------------------------------------------

    def _serve(self, queue: _CatalogueQueue, batch: Sequence[_Ask]) -> Sequence[Outcome]:
        try:
            return self._commit(queue, batch)
        except (L10nFlowError, OSError) as error:
            return [Outcome(Status.REFUSED, str(error))] * len(batch)

    def _commit(self, queue: _CatalogueQueue, batch: Sequence[_Ask]) -> Sequence[Outcome]:
        def attempt() -> Sequence[Outcome]:
            parsed = queue.cached.take()
            if parsed is None:
                return [_refused(ask.edit) or _GONE for ask in batch]
            draft = Draft(parsed.catalogue)
            outcomes = [self._apply(queue, parsed.units, draft, ask) for ask in batch]
            if draft.lines:
                parsed = queue.cached.write(parsed, draft)
            queue.cached.parsed = parsed
            return _placed(outcomes, parsed)

        with self._locks.writing(queue.document), queue.mutex:
            return files.again_if_overtaken(queue.cached.path, attempt)

    def _apply(self, queue: _CatalogueQueue, units: ids.Index, draft: Draft, ask: _Ask) -> Outcome:
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
        if conversion is None and edit.action is Action.REVERT and queue.locale.derived:
            return Outcome(Status.REFUSED, _LEFT)
        forbid = self._project.forbid_own_approval
        undone = _undone(queue, draft, keys[0], edit) if edit.action is Action.UNDO else None
        conditions = Conditions(queue.locale.derived, ask.standing, forbid, self._clock(), conversion, undone)
        return editing.apply(draft, keys[0], edit, conditions, base=edit.base)

    def _conversions(self, queue: _CatalogueQueue, edit: Edit) -> Mapping[Key, Conversion]:
        if edit.action is not Action.REVERT or editing.malformed(edit):
            return {}
        return _conversions_of(self._loader, queue.locale, queue.document, edit.unit)


def _undone(queue: _CatalogueQueue, draft: Draft, key: Key, edit: Edit) -> Entry | None:
    """The entry before the last change by the author of an undo; None when it has changed since.

    Raises:
        L10nFlowError: when the journal cannot be read.
    """
    lines = [*journal.read(queue.cached.path, key).lines, *(line for line in draft.lines if line.key == key)]
    if not lines or lines[-1].by != edit.name or lines[-1].after is None:
        return None
    now = settled(draft.entries[key])
    return lines[-1].before if lines[-1].after._replace(kinds=now.kinds, line=now.line) == now else None


def _refused(edit: Edit) -> Outcome | None:
    """The refusal of an edit that is malformed; None when it is well-formed."""
    refusal = editing.malformed(edit)
    return None if refusal is None else Outcome(Status.REFUSED, refusal)


def _require_name(document: str) -> None:
    """Refuse a name that leads out of the folder of catalogues."""
    path = PurePath(document)
    if not path.parts or path.anchor or path.drive or ".." in path.parts or path.as_posix() != document:
        raise SourceError(f"there is no document {document!r}; l10n-flow status lists them")


def _placed(outcomes: Sequence[Outcome], parsed: ParsedCatalogue) -> list[Outcome]:
    """The outcomes, with the lines of their units in the written file."""
    lines = parsed.lines({each.unit.translation.key for each in outcomes if each.unit})
    return [replace(each, unit=each.unit.at(lines)) if each.unit else each for each in outcomes]


def _conversions_of(loader: OpenProject, locale: LocaleConfig, document: str, unit: str) -> Mapping[Key, Conversion]:
    """Convert the units of a document whose id begins with ``unit``, as ``convert`` does; usually one, or none.

    This reads the source; do not call it while you hold the lock of the document.

    Raises:
        L10nFlowError: when the source, or what the locale is converted with, cannot be read.
    """
    loader.renew()
    converter = loader.converter(locale)
    if converter is None:
        return {}
    sources = loader.sources((document,))
    found: dict[Key, Conversion] = {}
    for source in sources.found:
        loaded = loader.document(source, sources.overrides_of(source)).document
        wanted = {each.key for each in loaded.units() if each.key.digest.startswith(unit)}
        for key, text in first_conversions(loaded, converter, wanted):
            found[key] = Conversion(text, converter.name)
    return found
