"""The files that a project's globs name; no link is followed to find them."""

from __future__ import annotations

import fnmatch
from collections.abc import Iterable, Iterator, Sequence
from dataclasses import dataclass
from pathlib import Path

from l10n_flow import inside
from l10n_flow.errors import L10nFlowError
from l10n_flow.inside import Inside
from l10n_flow.project.configuration import source_folder
from l10n_flow.project.litter import is_hidden
from l10n_flow.project.naming import composed

_ANY_FOLDERS = "**"
#: The prefix of the lock files that Word writes beside an open document.
_OWNER = "~$"


@dataclass(frozen=True, slots=True)
class GlobMatch:
    """A file or folder found by a glob.

    Attributes:
        name: its path below the fixed part of the glob, with slashes.
        path: the file, or the folder.
        error: why a folder that may contain matching files is not read. None for a file.
        meant: whether a glob matches the file; else the file is only in the same folder as one that matches.
    """

    name: str
    path: Inside
    error: L10nFlowError | None = None
    meant: bool = True


def find(root: Path, patterns: Sequence[str], exclude: Sequence[str]) -> Iterator[GlobMatch]:
    """Return the files that match, each once, by pattern and then by path; then the other files in their folders.

    A link to a folder is returned as an error, because the files behind it would be missing without a message. Hidden
    files are not documents (``litter``).
    """
    seen: set[Inside] = set()
    beside: dict[Inside, GlobMatch] = {}
    for pattern in patterns:
        for match in sorted(_matches(root, pattern), key=lambda match: match.path.parts):
            if match.path in seen or _is_excluded(match, exclude):
                continue
            if match.meant:
                seen.add(match.path)
                yield match
            else:
                beside.setdefault(match.path, match)
    yield from (match for path, match in beside.items() if path not in seen)


def _is_excluded(match: GlobMatch, exclude: Iterable[str]) -> bool:
    if match.name.rpartition("/")[2].startswith(_OWNER):
        return True
    shown = match.path.shown if match.error is None else f"{match.path.shown}/"
    return any(fnmatch.fnmatch(composed(shown), composed(glob)) for glob in exclude)


def _matches(root: Path, pattern: str) -> Iterator[GlobMatch]:
    wanted, folder = Path(composed(pattern)).parts, source_folder(root, pattern)
    try:
        for path, error in inside.walk(folder, enters=lambda path: _leads_on(path.parts, wanted)):
            below = path.parts[len(folder.parts) :]
            name = "/".join(below)
            if is_hidden(below, wanted[len(folder.parts) :]):
                continue
            if len(wanted) in _reached(path.parts, wanted):
                yield GlobMatch(name, path)
            elif error is not None and _leads_on(path.parts, wanted) and _may_be_a_folder(path.plain):
                yield GlobMatch(name, path, error)
            elif error is None:
                yield GlobMatch(name, path, meant=False)
    except L10nFlowError as error:
        yield GlobMatch("", folder, error)


def _may_be_a_folder(path: Path) -> bool:
    """Whether a path that is not read is a folder, a link to a folder, or a broken link."""
    return path.is_dir() or (path.is_symlink() and not path.exists())


def _leads_on(parts: Sequence[str], wanted: Sequence[str]) -> bool:
    """Whether a folder may contain matching files."""
    return any(position < len(wanted) for position in _reached(parts, wanted))


def _reached(parts: Iterable[str], wanted: Sequence[str]) -> set[int]:
    """Return the positions in a glob that these parts of a path reach; all are computed together, in linear time."""
    reached = _with_nothing({0}, wanted)
    for part in parts:
        after = set()
        for position in (each for each in reached if each < len(wanted)):
            if wanted[position] == _ANY_FOLDERS:
                after.add(position)
            elif fnmatch.fnmatch(composed(part), wanted[position]):
                after.add(position + 1)
        reached = _with_nothing(after, wanted)
    return reached


def _with_nothing(reached: set[int], wanted: Sequence[str]) -> set[int]:
    """Add the positions after a ``**``, which also matches no folder at all."""
    more = set(reached)
    for position in sorted(reached):
        while position < len(wanted) and wanted[position] == _ANY_FOLDERS:
            position += 1  # noqa: PLW2901
            more.add(position)
    return more
