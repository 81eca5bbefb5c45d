"""Find the committed name of a catalogue that has a new name which is not committed yet.

The name alone is not enough: chapters are renumbered, and names are exchanged (``work.renames``).
"""

from __future__ import annotations

import itertools
import os
import re
from pathlib import PurePosixPath

from l10n_flow import catalogue as po
from l10n_flow import files
from l10n_flow.errors import L10nFlowError
from l10n_flow.history.git import Repository
from l10n_flow.inside import Inside
from l10n_flow.model import Key

#: The same share as for renamed documents in ``sync`` (``work.renames``).
_SHARED = 0.5
_COMPARED = 20
_MSGID = re.compile(rb'^msgid ".+"\r?$', re.MULTILINE)


def committed_name(place: Repository, path: Inside, locale: str) -> str:
    """Return the name of a catalogue in the last commit: its own, or that of another one with its units.

    Only catalogues below a folder of the locale are compared, those with the most similar path first. If another
    catalogue had this name before, the candidates are those that contain its longest text; else those that are deleted.
    """
    if place.has(place.name):
        now = present(path) or b""
        if is_another(now, place.blob(place.head, place.name) or b""):
            for name in place.having(max(_MSGID.findall(now), key=len).rstrip(b"\r"))[:_COMPARED]:
                if _is_of(locale, name) and not is_another(now, place.blob(place.head, name) or b""):
                    return name
        return place.name
    keys = _keys(present(path), path, locale)
    gone = [name for name in place.names() if _is_of(locale, name) and not os.path.lexists(place.top / name)]
    gone.sort(key=lambda name: _likeness(name, place.name), reverse=True)
    for name in gone[:_COMPARED]:
        if _is_shared(keys, _keys(place.blob(place.head, name), path, locale)):
            return name
    return place.name


def is_another(one: bytes, other: bytes) -> bool:
    """Whether two versions belong to two documents; False when lines cannot show it, for example after rewrapping."""
    ours, theirs = set(_MSGID.findall(one)), set(_MSGID.findall(other))
    return bool(ours and theirs) and len(ours & theirs) < _SHARED * min(len(ours), len(theirs))


def _is_of(locale: str, name: str) -> bool:
    return name.endswith(".po") and locale in PurePosixPath(name).parts[:-1]


def _likeness(one: str, other: str) -> int:
    """Return the number of folders that two names share, at both ends."""
    parts, others = one.split("/"), other.split("/")
    return _common(parts, others) + _common(parts[::-1], others[::-1])


def _common(one: list[str], other: list[str]) -> int:
    return sum(1 for _ in itertools.takewhile(lambda pair: pair[0] == pair[1], zip(one, other, strict=False)))


def present(path: Inside) -> bytes | None:
    """Return the bytes of a catalogue; None when it cannot be read."""
    try:
        return files.read_optional(path)
    except L10nFlowError:
        return None


def _keys(data: bytes | None, path: Inside, locale: str) -> set[Key]:
    try:
        return set(po.loads(data, path.plain, locale).entries) if data is not None else set()
    except L10nFlowError:
        return set()


def _is_shared(one: set[Key], other: set[Key]) -> bool:
    return bool(one and other) and len(one & other) >= _SHARED * min(len(one), len(other))
