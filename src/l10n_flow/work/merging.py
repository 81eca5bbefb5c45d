"""Merging: what git asks of a merge driver, three versions of a file made one (docs/teams.md).

Catalogues and templates are merged by unit, the termbase by word, the overrides by what they are about. What has no
rule here, or cannot be merged by it, is merged as git does: by lines, with its conflict markers.
"""

from __future__ import annotations

import subprocess
from dataclasses import dataclass
from pathlib import Path

from l10n_flow import catalogue as po
from l10n_flow import files, programs, scripts
from l10n_flow.catalogue import Catalogue
from l10n_flow.errors import CatalogueError, L10nFlowError, SourceError
from l10n_flow.inside import Inside
from l10n_flow.work.records import merged_records

_CATALOGUES = (".po", ".pot")


@dataclass(frozen=True, slots=True)
class Merging:
    """What became of a file.

    Attributes:
        name: its path in the repository.
        conflicts: the lines of the entries between whose texts somebody has to choose.
        by_lines: how many conflicts git left, of a file that was merged by lines.
    """

    name: str
    conflicts: tuple[int, ...] = ()
    by_lines: int = 0

    @property
    def clean(self) -> bool:
        """Whether nothing is left to be done."""
        return not (self.conflicts or self.by_lines)


def merge_files(base: Path, ours: Path, theirs: Path, name: str) -> Merging:
    """Merge three versions of a file, and write what became of it in the place of ours.

    Args:
        base: the version that both come from; an empty file when there is none.
        ours: the version of the branch that is checked out.
        theirs: that of the other branch.
        name: the file's path in the repository.

    Raises:
        CatalogueError: a version of a catalogue cannot be read; then nothing is written.
        L10nFlowError: a file cannot be read or written, or git cannot be run.
    """
    text, merging = merged_text(_bytes(base), _bytes(ours), _bytes(theirs), name)
    if text is None:
        return Merging(name, by_lines=_merged_by_git(base, ours, theirs))
    files.write_atomically(Inside.at(ours), text.encode())
    return merging


def merged_text(base: bytes, ours: bytes, theirs: bytes, name: str) -> tuple[str | None, Merging]:
    """The text of three versions made one, and what is left to be done; None where there is no rule that could.

    Raises:
        CatalogueError: a version of a catalogue cannot be read.
    """
    if Path(name).suffix.lower() in _CATALOGUES:
        return _merged_catalogue(base, ours, theirs, name)
    try:
        texts = [data.decode("utf-8").replace("\r\n", "\n") for data in (base, ours, theirs)]
    except UnicodeDecodeError:
        return None, Merging(name)
    return merged_records(name, *texts), Merging(name)


def _merged_catalogue(base: bytes, ours: bytes, theirs: bytes, name: str) -> tuple[str, Merging]:
    one, two = (_loaded(data, name, which) for data, which in ((ours, "this branch"), (theirs, "the other branch")))
    before = _loaded(base, name, "their common ancestor") if base else Catalogue(one.locale)
    merged = po.merge_branches(before, one, two, joiner=scripts.joint(one.locale) if one.locale else " ")
    text = po.dumps(merged.catalogue)
    found = po.loads(text.encode(), Path(name), one.locale)  # what is given out can be read
    return text, Merging(name, tuple(found.entries[key].line for key in merged.conflicts))


def _loaded(data: bytes, name: str, which: str) -> Catalogue:
    try:
        return po.loads(data, Path(name), None)
    except CatalogueError as error:
        message = f"as it is in {which}, this cannot be merged: {error.message}"
        raise CatalogueError(message, path=error.path, line=error.line) from None


def _bytes(path: Path) -> bytes:
    try:
        return path.read_bytes()
    except OSError as error:
        raise SourceError(f"cannot be read: {error.strerror}", path=path) from None


def _merged_by_git(base: Path, ours: Path, theirs: Path) -> int:
    """Have git merge by lines, into ours; how many conflicts there are."""
    git = programs.find("git", Path.cwd())  # git runs a merge driver at the top of the work tree
    if git is None:
        raise L10nFlowError("git is not installed, and this file is merged by lines; install git")
    command = [git, "merge-file", "-L", "ours", "-L", "base", "-L", "theirs", *map(str, (ours, base, theirs))]
    try:
        done = subprocess.run(command, capture_output=True, text=True, errors="replace", check=False)  # noqa: S603
    except OSError as error:
        raise L10nFlowError(f"git cannot be run: {error.strerror}") from None
    if done.returncode < 0 or done.returncode > 127:
        raise L10nFlowError(f"git cannot merge it by lines: {done.stderr.strip() or 'no reason is told'}", path=ours)
    return done.returncode
