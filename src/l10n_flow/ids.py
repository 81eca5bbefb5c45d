"""The ids of units on the command line and in links: the first digits of ``Key.digest``, more if necessary."""

from __future__ import annotations

import re
from collections import defaultdict
from collections.abc import Iterable, Sequence

from l10n_flow.model import Key

#: The form of an id: its first 4 or more digits, if no other unit has the same first digits.
PATTERN = "[0-9a-f]{4,64}"
_WHOLE = re.compile(PATTERN)
_LENGTHS = (8, 16, 64)


def is_id(text: str) -> bool:
    """Whether a text could be a unit's id."""
    return _WHOLE.fullmatch(text) is not None


def short(keys: Iterable[Key]) -> dict[Key, str]:
    """Return the id of each unit: 8 digits, or more for units with the same first digits.

    Args:
        keys: all units that are shown together; a key may repeat.
    """
    left = {key: key.digest for key in keys}
    found = dict.fromkeys(left, "")
    for length in _LENGTHS:
        groups: defaultdict[str, list[Key]] = defaultdict(list)
        for key, digest in left.items():
            groups[digest[:length]].append(key)
        for prefix, group in groups.items():
            if len(group) == 1 or length == _LENGTHS[-1]:
                found.update(dict.fromkeys(group, prefix))
        left = {key: digest for key, digest in left.items() if not found[key]}
    return found


class Index:
    """An index of units by the first digits of their ids."""

    def __init__(self, keys: Iterable[Key]) -> None:
        self._units: defaultdict[str, list[tuple[str, Key]]] = defaultdict(list)
        for key in dict.fromkeys(keys):
            digest = key.digest
            self._units[digest[: _LENGTHS[0]]].append((digest, key))

    def find(self, unit: str) -> Sequence[Key]:
        """Return the units whose id begins with these digits, in order."""
        if len(unit) < _LENGTHS[0]:
            near = (found for beginning, found in self._units.items() if beginning.startswith(unit))
            return [key for found in near for _, key in found]
        return [key for digest, key in self._units.get(unit[: _LENGTHS[0]], ()) if digest.startswith(unit)]


class Asked:
    """Requested ids, matched with units: each unit is looked up once, however many ids or units there are."""

    def __init__(self, units: Iterable[str]) -> None:
        self._units: defaultdict[str, list[str]] = defaultdict(list)
        for unit in dict.fromkeys(units):
            self._units[unit[: _LENGTHS[0]]].append(unit)
        self._short = sorted({len(unit) for unit in self._units if len(unit) < _LENGTHS[0]})

    def of(self, key: Key) -> Sequence[str]:
        """The requested ids that are a beginning of this unit's id."""
        digest = key.digest
        short = (unit for length in self._short for unit in self._units.get(digest[:length], ()))
        return [*short, *(unit for unit in self._units.get(digest[: _LENGTHS[0]], ()) if digest.startswith(unit))]
