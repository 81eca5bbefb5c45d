"""A cache of values computed from files; a value is valid as long as the bytes of its files are the same."""

from __future__ import annotations

import contextlib
import threading
from collections import OrderedDict
from collections.abc import Callable, Hashable, Iterator
from typing import TypeVar

T = TypeVar("T")


class Slot:
    """The cached values of one document; read and change them only while the slot is held.

    Attributes:
        size: the size of the slot, in the unit of ``ContentCache``; a slot with size 0 is never evicted.
        counted: the size that the cache has added up.
    """

    def __init__(self) -> None:
        self.lock = threading.RLock()
        self.size = self.counted = 0
        self._values: dict[Hashable, tuple[Hashable, object]] = {}

    def value(self, name: Hashable, origin: Hashable, make: Callable[[T | None], T]) -> T:
        """Return a value that is computed from its origin alone.

        Args:
            name: the name of the value.
            origin: the inputs of the value, in most cases the digests of files.
            make: computes the value; its argument is the value cached under that name for another origin, or None.
        """
        known = self._values.get(name)
        if known is not None and known[0] == origin:
            return known[1]  # type: ignore[return-value]  # what was kept under this name was made by the same ``make``
        made = make(known[1] if known else None)  # type: ignore[arg-type]
        self._values[name] = (origin, made)
        return made

    def last(self, name: Hashable) -> object | None:
        """Return the value cached under a name, valid or not."""
        known = self._values.get(name)
        return known[1] if known else None

    def put(self, name: Hashable, origin: Hashable, value: object) -> None:
        """Cache a value that was computed elsewhere."""
        self._values[name] = (origin, value)


class ContentCache:
    """The slots of the documents used last. Any thread may call it.

    Args:
        capacity: the greatest sum of ``Slot.size``; the slot used last stays, whatever its size.
    """

    def __init__(self, capacity: int) -> None:
        self._capacity = capacity
        self._gate = threading.Lock()
        self._slots: OrderedDict[str, Slot] = OrderedDict()
        self._size = 0

    @contextlib.contextmanager
    def held(self, document: str) -> Iterator[Slot]:
        """Return the slot of a document, for one thread at a time."""
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
        """Whether there is a slot of a document."""
        with self._gate:
            return document in self._slots

    def _count(self, changed: Slot) -> None:
        """Evict the least recently used slots until the rest fits."""
        with self._gate:
            self._size += changed.size - changed.counted
            changed.counted = changed.size
            for name, slot in list(self._slots.items())[:-1]:
                if self._size <= self._capacity:
                    break
                if slot.counted:
                    self._size -= slot.counted
                    del self._slots[name]
