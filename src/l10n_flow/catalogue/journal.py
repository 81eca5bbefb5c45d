"""The journal of a catalogue: the old and new entry of each change, person and time (docs/file-formats.md).

A line is on the disk before the catalogue is written: a crash in between leaves an additional line, never a missing
one. The writer holds the document's lock. The journal is beside the catalogue, in a folder that git ignores, because it
contains what is not committed yet.
"""

from __future__ import annotations

import hashlib
import json
from collections.abc import Callable, Iterable, Iterator, Mapping, Sequence
from dataclasses import dataclass
from typing import Any, NamedTuple

from l10n_flow import dates, files, inside
from l10n_flow.catalogue import seals
from l10n_flow.catalogue.entry import Entry
from l10n_flow.errors import L10nFlowError
from l10n_flow.inside import Inside
from l10n_flow.model import Key

#: The folder of the journals in each folder with catalogues, and the file that makes git ignore it.
FOLDER = ".journal"
_IGNORE = b"# What was replaced in the catalogues and is in no commit. Git need not keep it; l10n-flow does.\n*\n"
_VERSION = 1
_SUM = ',"sum":"'


class Line(NamedTuple):
    """One change of one unit.

    Attributes:
        at: the time in UTC (``2026-11-24T09:00:12Z``).
        by: the person; "" for none.
        did: the action: one of the review page, or ``merge``, ``fix``, ``restore``, ``prune``.
        key: the unit.
        before, after: its entry; None when the catalogue had none before or has none after.
    """

    at: str
    by: str
    did: str
    key: Key
    before: Entry | None
    after: Entry | None


@dataclass(frozen=True, slots=True)
class Journal:
    """The content of a journal.

    Attributes:
        lines: oldest first.
        damaged: the numbers of the lines that cannot be read.
        newer: the numbers of the lines that a later version of the program wrote.
    """

    lines: tuple[Line, ...] = ()
    damaged: tuple[int, ...] = ()
    newer: tuple[int, ...] = ()


def path_of(catalogue: Inside) -> Inside:
    """Return the path of a catalogue's journal."""
    return catalogue.parent / f"{FOLDER}/{catalogue.name.removesuffix('.po')}.jsonl"


def is_journal(path: Inside) -> bool:
    """Whether a path is the path of a journal."""
    return path.parent.name == FOLDER and path.name.endswith(".jsonl")


def line(before: Entry | None, after: Entry | None, *, by: str = "", did: str) -> Line:
    """Return the line of a change made now; at least one of the two must be an entry."""
    entry = before if before is not None else after
    if entry is None:
        raise ValueError("nothing that became nothing is no change")
    return Line(dates.utc(), by, did, entry.key, before, after)


def changes(before: Mapping[Key, Entry], after: Mapping[Key, Entry], did: str) -> Iterator[Line]:
    """Return the changes between two versions of a catalogue in entries with work of a person.

    An entry that only became obsolete, or live again, counts as unchanged. Converted texts can be converted again.
    """
    for key in dict.fromkeys((*before, *after)):
        old, new = before.get(key), after.get(key)
        if old is not new and _differ(old, new):
            yield line(old, new, did=did)


def _differ(old: Entry | None, new: Entry | None) -> bool:
    if not any(entry is not None and entry.holds_work for entry in (old, new)):
        return False
    return old is None or new is None or not old._replace(kinds=new.kinds).says(new)


# The file --------------------------------------------------------------------------------------------------------


def append(catalogue: Inside, lines: Sequence[Line]) -> None:
    """Add lines to the journal of a catalogue; they are on the disk when this returns.

    Args:
        catalogue: the path of the catalogue.
        lines: the lines; empty: nothing is written.

    Raises:
        L10nFlowError: when the file cannot be written, is no regular file, or the way there leads through a link.
    """
    if not lines:
        return
    path = path_of(catalogue)
    try:
        if not inside.is_file(path):
            files.write_if_changed(path.with_name(".gitignore"), _IGNORE)
        files.append_lines(path, "".join(map(_dumps, lines)).encode())
    except L10nFlowError as error:
        message = f"what was there before could not be kept, so nothing was saved: it {error.message}"
        raise L10nFlowError(message, path=error.path) from None


def read(catalogue: Inside, key: Key | None = None) -> Journal:
    """Read the journal of a catalogue; without a file it is empty.

    An incomplete last line, from a kill during a write, is ignored.

    Args:
        catalogue: the path of the catalogue.
        key: only the lines of this unit.

    Raises:
        L10nFlowError: when the file cannot be read, is no regular file, or the way there leads through a link.
    """
    data = files.read_optional(path_of(catalogue)) or b""
    needle = b"" if key is None else json.dumps(key.source, ensure_ascii=False).encode("utf-8", "surrogatepass")
    lines, damaged, newer = [], [], []
    *whole, last = data.split(b"\n")
    for number, text in enumerate([*whole, last], 1):
        if not text or needle not in text:
            continue
        found = _loads(text)
        if isinstance(found, Line):
            lines += [found] if key in {None, found.key} else []
        elif found is _NEWER:
            newer.append(number)
        elif number <= len(whole) and found is None:
            damaged.append(number)
    return Journal(tuple(lines), tuple(damaged), tuple(newer))


def move(old: Inside, new: Inside) -> None:
    """Move a journal to another path; if there is a journal, the lines are appended.

    Args:
        old: the path of its file.
        new: the new path of the file.

    Raises:
        L10nFlowError: as ``append``, and when it cannot be moved.
    """
    if not inside.is_file(new):
        files.write_if_changed(new.with_name(".gitignore"), _IGNORE)
        files.move(old, new)
        return
    there = set((files.read_optional(new) or b"").split(b"\n"))  # all of it already, after a kill in between
    added = [each for each in (files.read_optional(old) or b"").split(b"\n") if each not in there]
    files.append_lines(new, b"".join(each + b"\n" for each in added))
    files.remove(old)


def compact(catalogue: Inside, head: str, keeps: Callable[[Line], bool]) -> None:
    """Remove lines from a journal in one step; unreadable lines stay.

    Args:
        catalogue: the path of the catalogue.
        head: the commit that was compared; it is written into the first line.
        keeps: whether a line stays; called for the newest line first.

    Raises:
        L10nFlowError: when the file cannot be written.
    """
    path = path_of(catalogue)
    data = files.read_optional(path)
    if data is None:
        return
    kept = []
    for text in reversed(data.split(b"\n")):
        found = _loads(text) if text else _MARK
        if found is not _MARK and not (isinstance(found, Line) and not keeps(found)):
            kept.append(text + b"\n")
    files.write_atomically(path, b"".join((_marked(head), *reversed(kept))))


def compacted_at(catalogue: Inside) -> str:
    """Return the commit up to which a journal was compacted; "" when it never was."""
    first = (files.read_optional(path_of(catalogue)) or b"").partition(b"\n")[0]
    return str(json.loads(first)["compacted"]) if _loads(first) is _MARK else ""


# One line --------------------------------------------------------------------------------------------------------

#: Lines that are not changes: lines of a later version, and the record of the last compaction.
_NEWER, _MARK = "newer", "mark"


def _marked(head: str) -> bytes:
    return _summed({"v": _VERSION, "compacted": head}).encode()


def _dumps(found: Line) -> str:
    data = {"v": _VERSION, "at": found.at, "by": found.by, "did": found.did}
    context = {} if found.key.context is None else {"context": found.key.context}
    return _summed(
        {**data, **context, "source": found.key.source, "before": _data(found.before), "after": _data(found.after)}
    )


def _summed(data: Mapping[str, Any]) -> str:
    """A line with a check value at its end, which shows whether the line is damaged."""
    body = json.dumps(data, ensure_ascii=False, separators=(",", ":"))[:-1]
    return f'{body}{_SUM}{_digest(body.encode())}"}}\n'


def _digest(body: bytes) -> str:
    return hashlib.sha256(body).hexdigest()[:12]


def _data(entry: Entry | None) -> dict[str, Any] | None:
    if entry is None:
        return None
    previous = None if entry.previous is None else list(entry.previous)
    comment = "\n".join((*entry.comments, *map(str, entry.seals)))
    data = {"text": entry.msgstr, "fuzzy": entry.fuzzy, "previous": previous, "comment": comment}
    return {name: value for name, value in data.items() if value or name == "text"}


def _loads(text: bytes) -> Line | str | None:
    """Parse a line; None when it is damaged."""
    try:
        data = json.loads(text)
        version = data["v"]
        if isinstance(version, int) and version > _VERSION:
            return _NEWER
        body, _, _ = text.rpartition(_SUM.encode())
        if version != _VERSION or data["sum"] != _digest(body):
            return None
        if "compacted" in data:
            return _MARK
        key = _key([data.get("context"), data["source"]])
        at, by, did = (_text(data[name]) for name in ("at", "by", "did"))
        return Line(at, by, did, key, _entry(key, data["before"]), _entry(key, data["after"]))
    except (ValueError, KeyError, TypeError, AttributeError, RecursionError):
        return None


def _entry(key: Key, data: Mapping[str, Any] | None) -> Entry | None:
    if data is None:
        return None
    found, comments = seals.parse(_text(data.get("comment", "")))
    previous = data.get("previous")
    return Entry(
        key,
        _text(data["text"]),
        fuzzy=data.get("fuzzy") is True,
        previous=None if previous is None else _key(previous),
        comments=comments,
        seals=found,
    )


def _key(data: Iterable[Any]) -> Key:
    context, source = data
    return Key(None if context is None else _text(context), _text(source))


def _text(value: object) -> str:
    if not isinstance(value, str):
        raise TypeError
    return value
