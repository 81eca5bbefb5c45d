"""What a unit was in earlier versions of its catalogue, from git where there is one, whatever it was called then."""

from __future__ import annotations

import itertools
import re
from collections.abc import Iterator, Sequence
from pathlib import Path

from l10n_flow import catalogue as po
from l10n_flow.errors import L10nFlowError
from l10n_flow.inside import Inside
from l10n_flow.model import Key, State
from l10n_flow.review.page.model import Revision
from l10n_flow.review.reading.history.git import COMMITS, Commit, Repository, repository
from l10n_flow.review.reading.history.moved import committed_name, is_another

_ODD = re.compile(rb"\\[^nt\"\\]")


def history(path: Inside, locale: str, key: Key, *, derived: bool) -> tuple[Revision, ...]:
    """The versions of a unit in the last commits of a catalogue, newest first; one for each text it has had.

    The catalogue is followed to the names it had before, also when its new name is not committed yet.

    Args:
        path: the catalogue.
        locale: its locale.
        key: the unit.
        derived: whether the locale is converted.

    Returns:
        Nothing without git, outside a repository, and for a file that git does not know.
    """
    place = repository(path)
    if place is None:
        return ()
    found = []
    for commit, data in itertools.islice(_versions(place, committed_name(place, path, locale)), COMMITS):
        version = _version(data, path.plain, locale, key, derived=derived)
        if version is not None:
            found.append(Revision(*commit, *version))
    return tuple(_distinct(found))[::-1]


def _versions(place: Repository, name: str) -> Iterator[tuple[Commit, bytes]]:
    """A file in the commits that changed it, newest first, through its renames; each has one version at least."""
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
                break  # before that, another file had this name
        # From the commit that renamed it, not from its parent: of a merge, either may have had the old name.
        name, tip = old or (place.renamed_from(last, name) if last else ""), last


def _version(data: bytes, path: Path, locale: str, key: Key, *, derived: bool) -> tuple[str, State] | None:
    """The unit in an old catalogue; None when it is not in it, or is damaged in it."""
    try:
        found = po.loads(_around(data, key), path, locale)
    except L10nFlowError:
        return None
    if key not in found.entries:
        return None
    translation = po.translation(found.entries[key], locale, derived=derived)
    return translation.target, translation.state


def _around(data: bytes, key: Key) -> bytes:
    """The entries that may be the unit's: reading all of thirty large files takes longer than anybody waits.

    All of the file where a text may be written in other ways than gettext, Poedit and we write it.
    """
    if _ODD.search(data):
        return data
    wanted = key.source.replace("\\", "\\\\").replace('"', '\\"').replace("\n", "\\n").replace("\t", "\\t").encode()
    entries = data.replace(b"\r\n", b"\n").split(b"\n\n")
    return b"\n\n".join(entry for entry in entries if wanted in entry.replace(b'"\n"', b""))


def _distinct(revisions: Sequence[Revision]) -> Iterator[Revision]:
    """Oldest first, without those that left the unit as it was in the commit before."""
    before = None
    for revision in reversed(revisions):
        if before is None or (revision.text, revision.state) != (before.text, before.state):
            yield revision
        before = revision
