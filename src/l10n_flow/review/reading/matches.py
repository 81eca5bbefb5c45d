"""The translation memory of the review page, made of the project's catalogues (docs/memory.md)."""

from __future__ import annotations

import threading
import time
from collections.abc import Callable, Mapping
from dataclasses import dataclass, field

from l10n_flow import catalogue as po
from l10n_flow import files
from l10n_flow.errors import L10nFlowError
from l10n_flow.memory import Entry, Match, Memory
from l10n_flow.model import Key
from l10n_flow.project import Known, LocaleConfig, OpenProject, Source, entries_of

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
        known: its index, where the entries of unchanged documents are read.
        clock: seconds that never go back.
    """

    def __init__(self, loader: OpenProject, known: Known, clock: Callable[[], float] = time.monotonic) -> None:
        self.loader, self.known = loader, known
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
        sources = self.loader.sources().found
        for gone in kept.seen.keys() - {source.name for source in sources}:
            kept.memory.replace(gone, ())
            del kept.seen[gone]
        for source in sources:
            if not self._indexed(kept, locale, source):
                self._read(kept, locale, source.name)
        now = self._clock()
        kept.again = now if kept.again is None else now + min(_REST * (now - start), _LONGEST_REST)

    def _indexed(self, kept: _LocaleMemory, locale: LocaleConfig, source: Source) -> bool:
        """Take the entries of a document from the index; return whether the index has them and they are valid."""
        digest = self.known.catalogue_digest(source, locale)
        if digest is None:
            return False
        if kept.seen.get(source.name) != digest:
            found = self.known.memory_at(source.name)
            if found is None:
                return False
            kept.memory.replace(source.name, found.get(locale.id, ()))
            kept.seen[source.name] = digest
        return True

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
        entries = () if found is None else tuple(entries_of(found, document, derived=locale.derived))
        kept.memory.replace(document, entries)
        kept.seen[document] = files.digest(data)
