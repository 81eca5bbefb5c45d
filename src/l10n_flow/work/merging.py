"""``merge-driver``: merge three versions of a file into one, as git requires of a merge driver (docs/teams.md).

Catalogues and templates are merged by unit, the termbase by word, the overrides by the text that they apply to. Other
files, and files that cannot be merged in this way, are merged by git: by lines, with conflict markers.
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
    """The result of merging a file.

    Attributes:
        name: its path in the repository.
        conflicts: the lines of the entries with two texts, of which a person has to choose one.
        by_lines: the number of conflicts that git left, when the file was merged by lines.
    """

    name: str
    conflicts: tuple[int, ...] = ()
    by_lines: int = 0

    @property
    def clean(self) -> bool:
        """Whether no conflict is left."""
        return not (self.conflicts or self.by_lines)


def merge_files(base: Path, ours: Path, theirs: Path, name: str) -> Merging:
    """Merge three versions of a file, and write the result in the place of ours.

    Args:
        base: the common ancestor; an empty file when there is none.
        ours: the version of the branch that is checked out.
        theirs: the version of the other branch.
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
    """Merge three versions; return the text and the conflicts. The text is None when the file must be merged by lines.

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
    found = po.loads(text.encode(), Path(name), one.locale)  # the result must be readable
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
    """Run git to merge by lines, into ours; return the number of conflicts."""
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
