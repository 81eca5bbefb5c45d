"""The last commits of a catalogue, also under its earlier names, and its units in each commit."""

from __future__ import annotations

import itertools
import re
from collections.abc import Iterator, Mapping
from dataclasses import dataclass
from pathlib import Path

from l10n_flow import catalogue as po
from l10n_flow.catalogue import Entry
from l10n_flow.errors import L10nFlowError
from l10n_flow.history.git import COMMITS, Commit, Repository, repository, versions_of_conflict
from l10n_flow.history.moved import committed_name, is_another
from l10n_flow.inside import Inside
from l10n_flow.model import Key

_ODD = re.compile(rb"\\[^nt\"\\]")


@dataclass(frozen=True, slots=True)
class Committed:
    """A catalogue in a commit: its entries, live and obsolete, without damaged parts."""

    commit: Commit
    entries: Mapping[Key, Entry]


def committed(path: Inside, locale: str, key: Key | None = None) -> tuple[Committed, ...]:
    """Return the last committed versions of a catalogue, newest first.

    Args:
        path: the catalogue.
        locale: its locale.
        key: only this unit.

    Returns:
        Nothing without git, outside a repository, and for a file that is not in git.
    """
    place = repository(path)
    if place is None:
        return ()
    reader = _Reader(path.plain, locale, key)
    versions = itertools.islice(_versions(place, committed_name(place, path, locale)), COMMITS)
    return tuple(Committed(commit, reader.entries(data)) for commit, data in versions)


def texts_before_conflict(path: Inside, locale: str) -> Mapping[Key, str]:
    """Return a catalogue's texts in the common ancestor of two branches, while the file is unmerged in git.

    Args:
        path: the catalogue.
        locale: its locale.
    """
    versions = versions_of_conflict(path)
    if versions is None:
        return {}
    return {key: entry.msgstr for key, entry in _Reader(path.plain, locale, None).entries(versions[0]).items()}


def _versions(place: Repository, name: str) -> Iterator[tuple[Commit, bytes]]:
    """Return a file in the commits that changed it, newest first, also under its earlier names."""
    tip, exchanged = place.head, ""
    while name:
        last, old, newer = "", "", b""
        for commit in place.commits(tip, name):
            data = place.blob(commit.id, name) if commit.id != exchanged else None
            if data is not None:
                if is_another(newer, data) and (old := place.renamed_from(last, name)):
                    exchanged = last  # there the other name has another's content already
                    break
                yield commit, data
                last, newer = commit.id, data
            elif last and (old := place.renamed_from(last, name)):
                break  # before this commit, another file had this name
        # From the commit that renamed it, not from its parent: in a merge, either parent may have had the old name.
        name, tip = old or (place.renamed_from(last, name) if last else ""), last


class _Reader:
    """Read versions of one file. Entries that many versions share, nearly all of them, are parsed once."""

    def __init__(self, path: Path, locale: str, key: Key | None) -> None:
        self._path, self._locale, self._key = path, locale, key
        self._known: dict[bytes, Mapping[Key, Entry]] = {}

    def entries(self, data: bytes) -> Mapping[Key, Entry]:
        """Return the entries of a version."""
        if _ODD.search(data):  # another program may write a text in another way than gettext, Poedit and l10n-flow do
            return self._part(data)
        parts = [part.strip(b"\n") for part in data.replace(b"\r\n", b"\n").split(b"\n\n")]
        if self._key is not None:
            wanted = _written(self._key.source)
            parts = [part for part in parts if wanted in part.replace(b'"\n"', b"").replace(b'"\n#~ "', b"")]
        return {key: entry for part in parts if part for key, entry in self._part(part).items()}

    def _part(self, data: bytes) -> Mapping[Key, Entry]:
        found = self._known.get(data)
        if found is None:
            found = self._known[data] = self._parsed(data)
        return found

    def _parsed(self, data: bytes) -> Mapping[Key, Entry]:
        try:
            found = po.loads(data + b"\n", self._path, self._locale).by_key
        except L10nFlowError:
            return {}
        if self._key is None:
            return found
        return {key: entry for key, entry in found.items() if key == self._key}


def _written(source: str) -> bytes:
    """Return a text as it is written in a catalogue."""
    escaped = source.replace("\\", "\\\\").replace('"', '\\"').replace("\n", "\\n").replace("\t", "\\t")
    return escaped.encode("utf-8", "surrogatepass")
