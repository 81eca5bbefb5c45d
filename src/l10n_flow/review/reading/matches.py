"""The translation memory of the review page, made of the project's catalogues (docs/memory.md)."""

from __future__ import annotations

import itertools
import threading
import time
from collections.abc import Callable, Iterator, Mapping
from dataclasses import dataclass, field

from l10n_flow import catalogue as po
from l10n_flow import files
from l10n_flow.catalogue import Catalogue, edit
from l10n_flow.errors import L10nFlowError
from l10n_flow.memory import Entry, Match, Memory
from l10n_flow.model import Key, Origin, State, Translation
from l10n_flow.project import LocaleConfig, OpenProject

#: After a look for changed catalogues, the next one waits so many times as long as it took, at most so many seconds.
#: Without this pause, when many people save into a large catalogue, the server would only read its versions.
_REST, _LONGEST_REST = 10, 10.0


@dataclass(slots=True)
class _LocaleMemory:
    """The translation memory of one locale. The thread that holds the lock updates it.

    Attributes:
        seen: the digests of the catalogues that it is made of, by document.
        again: when to look for changes; None before all catalogues were read.
    """

    memory: Memory = field(default_factory=Memory)
    seen: dict[str, str] = field(default_factory=dict)
    lock: threading.Lock = field(default_factory=threading.Lock)
    again: float | None = None


class Matches:
    """The translation memories of a project, one for each locale. Any thread may call it; it writes nothing.

    Args:
        loader: reads the project.
        clock: seconds that never go back.
    """

    def __init__(self, loader: OpenProject, clock: Callable[[], float] = time.monotonic) -> None:
        self.loader = loader
        self.project = loader.settings
        self._clock = clock
        self._memories: Mapping[str, _LocaleMemory] = {locale.id: _LocaleMemory() for locale in self.project.locales}

    def of(self, document: str, locale: str, key: Key) -> tuple[Match, ...]:
        """Up to three earlier translations of a unit's text or a similar one, best first.

        The unit itself does not count; the same text in another place does. The first call for a locale waits until
        all its catalogues are read, and so do calls at the same time. Later, one thread reads what has changed,
        and the others take the memory as it was.

        Args:
            document: the unit's document.
            locale: the locale of the translation.
            key: the unit.

        Raises:
            ConfigError: when there is no such locale; for wrong overrides.
        """
        config = self.project.locale(locale)
        kept = self._memories[config.id]
        if kept.lock.acquire(blocking=kept.again is None):
            try:
                self._refresh(kept, config)
            finally:
                kept.lock.release()

        def is_itself(entry: Entry) -> bool:
            return (entry.origin, entry.context, entry.source) == (document, key.context, key.source)

        return kept.memory.lookup(key.source, leave_out=is_itself)

    def _refresh(self, kept: _LocaleMemory, locale: LocaleConfig) -> None:
        start = self._clock()
        if kept.again is not None and start < kept.again:
            return
        documents = [source.name for source in self.loader.sources().found]
        for gone in kept.seen.keys() - set(documents):
            kept.memory.replace(gone, ())
            del kept.seen[gone]
        for document in documents:
            self._read(kept, locale, document)
        now = self._clock()
        kept.again = now if kept.again is None else now + min(_REST * (now - start), _LONGEST_REST)

    def _read(self, kept: _LocaleMemory, locale: LocaleConfig, document: str) -> None:
        """Read a catalogue if it has changed; one that is damaged or missing adds nothing."""
        try:
            data = self.loader.catalogue_bytes(document, locale)
            if document in kept.seen and kept.seen[document] == files.digest(data):
                return
            path = self.project.catalogue_path(locale.id, document)
            found = None if data is None else po.loads(data, path.plain, locale.id)
        except L10nFlowError:
            data, found = None, None
        entries = () if found is None else tuple(_remembered(found, document, derived=locale.derived))
        kept.memory.replace(document, entries)
        kept.seen[document] = files.digest(data)


def _remembered(catalogue: Catalogue, document: str, *, derived: bool) -> Iterator[Entry]:
    for entry in catalogue.every:
        if not entry.msgstr:
            continue
        translation = po.translation(entry, catalogue.locale, derived=derived)
        if _counts(translation):
            approved = translation.state is State.APPROVED
            yield Entry(entry.key.source, entry.msgstr, document, approved, _date(entry), entry.key.context)


def _counts(translation: Translation) -> bool:
    """Whether a person has translated it and it needs no editing."""
    finished = translation.state.rank >= State.TRANSLATED.rank
    return finished and translation.origin is Origin.HUMAN and not translation.joined


def _date(entry: po.Entry) -> str:
    """The day of its last seal with a date."""
    signed = edit.signatures(entry)
    return max((seal.date for seal in itertools.chain(signed.translated, signed.approved)), default="")
