"""Values made from files, kept as long as the files' bytes are the same: the one place that says what is fresh."""

from __future__ import annotations

import contextlib
import threading
from collections import OrderedDict
from collections.abc import Callable, Hashable, Iterator
from typing import TypeVar

T = TypeVar("T")


class Slot:
    """What is kept of one document; to be read and changed while it is held.

    Attributes:
        size: how large it is, as ``ContentCache`` counts; 0 for what is never let go.
        counted: the size that the cache has counted.
    """

    def __init__(self) -> None:
        self.lock = threading.RLock()
        self.size = self.counted = 0
        self._values: dict[Hashable, tuple[Hashable, object]] = {}

    def value(self, name: Hashable, origin: Hashable, make: Callable[[T | None], T]) -> T:
        """A value that follows from its origin and nothing else.

        Args:
            name: which value.
            origin: what it is made from, the digests of files as a rule.
            make: makes it; is given the value of that name that was kept before, from another origin, or None.
        """
        known = self._values.get(name)
        if known is not None and known[0] == origin:
            return known[1]  # type: ignore[return-value]  # what was kept under this name was made by the same ``make``
        made = make(known[1] if known else None)  # type: ignore[arg-type]
        self._values[name] = (origin, made)
        return made

    def last(self, name: Hashable) -> object | None:
        """The value that is kept under a name, fresh or not."""
        known = self._values.get(name)
        return known[1] if known else None

    def put(self, name: Hashable, origin: Hashable, value: object) -> None:
        """Keep a value that was made elsewhere."""
        self._values[name] = (origin, value)


class ContentCache:
    """The slots of the documents that were asked for last; any thread may ask.

    Args:
        capacity: how large all slots together may be, as ``Slot.size`` counts; the last one stays whatever its size.
    """

    def __init__(self, capacity: int) -> None:
        self._capacity = capacity
        self._gate = threading.Lock()
        self._slots: OrderedDict[str, Slot] = OrderedDict()
        self._size = 0

    @contextlib.contextmanager
    def held(self, document: str) -> Iterator[Slot]:
        """The slot of a document, for one thread at a time."""
        with self._gate:
            slot = self._slots.setdefault(document, Slot())
            self._slots.move_to_end(document)
        with slot.lock:
            try:
                yield slot
            finally:
                if slot.size != slot.counted:
                    self._count(slot)

    def knows(self, document: str) -> bool:
        """Whether anything may be kept of a document."""
        with self._gate:
            return document in self._slots

    def _count(self, changed: Slot) -> None:
        """Let go of what nobody has asked for longest, until the rest fits."""
        with self._gate:
            self._size += changed.size - changed.counted
            changed.counted = changed.size
            for name, slot in list(self._slots.items())[:-1]:
                if self._size <= self._capacity:
                    break
                if slot.counted:
                    self._size -= slot.counted
                    del self._slots[name]
