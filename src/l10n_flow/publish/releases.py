"""The records of releases: one file for each release, with the changes since the release before it.

The files are outside the release folder, belong in git, and are never changed. The first line of a file describes the
release, each further line the changes of one document (docs/file-formats.md). Read in order, the files give the texts
of every release.
"""

from __future__ import annotations

import json
from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass, field
from typing import Any, NamedTuple

from l10n_flow import files, inside
from l10n_flow.errors import L10nFlowError
from l10n_flow.inside import Inside

SUFFIX = ".jsonl"


class Head(NamedTuple):
    """The description of a release.

    Attributes:
        name: the name of its file.
        released: the time in UTC: ``2026-11-27T08:30:00Z``.
        revision: the commit of the project from which it was built; "" without git.
        dirty: whether the work tree differed from that commit.
        whole: whether it contains all texts, independent of earlier records.
        after: the name of the file before it.
    """

    name: str
    released: str
    revision: str = ""
    dirty: bool = False
    whole: bool = False
    after: str = ""


class PublishedUnit(NamedTuple):
    """A unit of the source edition: its id (16 digits), its text and its context."""

    id: str
    source: str
    context: str | None = None


#: A unit in a locale as written in the file: its ``text``, its ``state``, and the person, ``by``.
Saying = Mapping[str, Any]


@dataclass(frozen=True, slots=True)
class DocumentChange:
    """The changes of a document in a release.

    Attributes:
        document: its identity.
        units: all its units, in order; None when they are unchanged; () when it is no longer published.
        locales: for each locale the new units; None for a locale that is no longer published.
    """

    document: str
    units: tuple[PublishedUnit, ...] | None = None
    locales: Mapping[str, Mapping[str, Saying] | None] = field(default_factory=dict)


class Release(NamedTuple):
    """A release and its changes."""

    head: Head
    changes: Iterator[DocumentChange]


def names(folder: Inside) -> list[str]:
    """Return the names of the record files, oldest first.

    Raises:
        L10nFlowError: when the folder is a link.
    """
    if not inside.is_folder(folder):
        return []
    found = (path for path, _ in inside.walk(folder) if path.parent == folder)  # a link raises an error when it is read
    return sorted(path.name for path in found if path.name.endswith(SUFFIX))


def load(folder: Inside, name: str) -> Release:
    """Read one record; its changes are read on demand.

    Raises:
        L10nFlowError: when it cannot be read, or is damaged (with the line); ``changes`` raises it, too.
    """
    path = folder / name
    lines = (files.read_optional(path) or b"").splitlines()
    if not lines:
        raise _damaged(path, 1)
    try:
        head = Head(name=name, **json.loads(lines[0]))
        _require(isinstance(each, str) for each in (head.released, head.revision, head.after))
    except (ValueError, TypeError, RecursionError):
        raise _damaged(path, 1) from None
    return Release(head, _changes(path, lines[1:]))


def _changes(path: Inside, lines: Sequence[bytes]) -> Iterator[DocumentChange]:
    for number, line in enumerate(lines, 2):
        try:
            yield _change(json.loads(line))
        except (ValueError, TypeError, KeyError, AttributeError, RecursionError):
            raise _damaged(path, number) from None


def _damaged(path: Inside, line: int) -> L10nFlowError:
    return L10nFlowError("the record of a release is damaged; restore it from git", path=path.plain, line=line)


def _change(data: Mapping[str, Any]) -> DocumentChange:
    units = None if data.get("units") is None else tuple(PublishedUnit(**each) for each in data["units"])
    locales = {name: None if each is None else dict(each) for name, each in data.get("locales", {}).items()}
    sayings = [saying for each in locales.values() if each is not None for saying in each.values()]
    _require(isinstance(saying, dict) and isinstance(saying.get("state"), str) for saying in sayings)
    _require(isinstance(text, str) for unit in units or () for text in (unit.id, unit.source))
    _require([isinstance(data["document"], str)])
    return DocumentChange(data["document"], units, locales)


def _require(facts: Iterator[bool] | Sequence[bool]) -> None:
    if not all(facts):
        raise TypeError


def dumps(head: Head, lines: Sequence[str]) -> bytes:
    """Return the bytes of a record file with this head and these lines."""
    first = {name: value for name, value in head._asdict().items() if name != "name" and value}
    return "".join(f"{line}\n" for line in (_json(first), *lines)).encode()


def line_of(change: DocumentChange) -> str:
    """Return the line of a change."""
    data: dict[str, Any] = {"document": change.document}
    if change.units is not None:
        data["units"] = [
            {key: value for key, value in unit._asdict().items() if value is not None} for unit in change.units
        ]
    if change.locales:
        data["locales"] = change.locales
    return _json(data)


def _without_none(data: Mapping[str, object]) -> dict[str, object]:
    return {name: value for name, value in data.items() if value is not None}


def _json(data: object) -> str:
    return json.dumps(data, ensure_ascii=False, separators=(",", ":"))


@dataclass(slots=True)
class PublishedDocument:
    """A document as published in the releases read so far."""

    units: tuple[PublishedUnit, ...] = ()
    locales: dict[str, dict[str, Saying]] = field(default_factory=dict)

    def take(self, change: DocumentChange) -> None:
        """Apply the change of the next release."""
        for name, sayings in change.locales.items():
            if sayings is None:
                self.locales.pop(name, None)
            else:
                self.locales.setdefault(name, {}).update(sayings)
        if change.units is not None:
            self.units = change.units
            there = {unit.id for unit in change.units}
            self.locales = {
                name: {unit: saying for unit, saying in sayings.items() if unit in there}
                for name, sayings in self.locales.items()
            }
