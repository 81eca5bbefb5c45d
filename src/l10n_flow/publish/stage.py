"""The folder of a build: a release changes as a whole, a preview file by file.

Either way the new files are written beside it first. For a release the two trees are then swapped, so that nobody ever
meets half of one. A preview has thousands of files of which a run changes ten: those take their places one by one, and
what a kill leaves undone the next run does, for it compares every file with what it ought to be.
"""

from __future__ import annotations

import contextlib
import glob
import os
import shutil
import tempfile
from collections.abc import Set
from pathlib import Path

from l10n_flow import files, inside
from l10n_flow.errors import BuildError, L10nFlowError
from l10n_flow.files import Bytes
from l10n_flow.inside import Inside

_OLD = ".old"


class Stage:
    """Collects the files of a build; ``commit`` puts them in place, and without it the old build stays.

    A file that the old build has byte for byte is linked, not written, and a build that differs in nothing is not
    put in place at all: an unchanged run touches nothing.

    The folder changes as a whole.

    Args:
        folder: that of the build.

    Raises:
        BuildError: when the folder cannot be written.
        L10nFlowError: when a link, or what is no regular file, is in the way.
    """

    def __init__(self, folder: Inside) -> None:
        self.folder = folder
        self.old = folder.with_name(f".{folder.name}{_OLD}")
        there, left = inside.is_folder(folder), inside.is_folder(self.old)
        self.kept: list[str] = []
        self.names: set[str] = set()
        self.new: Path | None = None
        self.made: set[str] = set()
        self.first = not there and not left
        if left and not there:
            self.old.plain.rename(folder.plain)  # an earlier run was killed between the two renames

    def same(self, name: str, data: Bytes) -> bool:
        if self.first:
            return False
        try:
            return files.holds(self.folder / name, data)
        except L10nFlowError:  # a file where a folder will be, say
            return False

    def add(self, name: str, data: Bytes) -> None:
        """Add a file by its path with slashes."""
        if self.same(name, data):
            self.keep(name)
            return
        try:
            path = f"{self._folder()}/{name}"
            parent = os.path.dirname(path)  # noqa: PTH120
            if parent not in self.made:
                Path(parent).mkdir(parents=True, exist_ok=True)
                self.made.add(parent)
            with open(path, "wb") as stream:  # noqa: PTH123 - unbuffered, a full disk could cut a file in silence
                stream.write(data)
        except OSError as error:
            raise BuildError(f"cannot be written: {error.strerror}", path=(self.folder / name).plain) from None
        self.names.add(name)

    def keep(self, name: str) -> None:
        """Keep a file of the old build as it is, unless it is there already."""
        if name not in self.names:
            self.names.add(name)
            self.kept.append(name)

    def drop(self, name: str) -> None:
        """Take back a file that was added or kept."""
        self.names.discard(name)
        if name in self.kept:
            self.kept.remove(name)
        elif self.new is not None:
            (self.new / name).unlink(missing_ok=True)

    def _folder(self) -> Path:
        if self.new is None:
            beside = self.folder.parent.plain
            beside.mkdir(parents=True, exist_ok=True)
            self.new = Path(tempfile.mkdtemp(prefix=f".{self.folder.name}.new-", dir=beside))
            self.new.chmod(0o755)
        return self.new

    def commit(self, there: Set[str]) -> bool:
        """Put the new files in place; whether anything differed.

        Args:
            there: what the folder holds (``existing``).

        Raises:
            BuildError: when that fails. A folder that changes as a whole is as it was then.
        """
        if self.new is None and self.names == there:
            return False
        try:
            self._put_in_place(there)
        except OSError as error:
            raise BuildError(f"cannot be written: {error.strerror}", path=self.folder.plain) from None
        return True

    def _put_in_place(self, there: Set[str]) -> None:
        del there
        folder = self._folder()
        for name in self.kept:
            _link((self.folder / name).plain, folder / name)
        _clear(self.old)
        self._swap(folder)
        self.new = None
        _clear(self.old)

    def _swap(self, new: Path) -> None:
        there = inside.is_folder(self.folder)
        if there:
            self.folder.plain.rename(self.old.plain)
        try:
            new.rename(self.folder.plain)
        except OSError:
            if there:
                with contextlib.suppress(OSError):  # the next run tries it again
                    self.old.plain.rename(self.folder.plain)
            raise

    def discard(self) -> None:
        """Leave the old build; take away what was staged, also by runs that were killed."""
        for left in self.folder.parent.plain.glob(f".{glob.escape(self.folder.name)}.new-*"):
            shutil.rmtree(left, ignore_errors=True)
        self.new = None


class FilesInPlace(Stage):
    """Collects the files of a build whose folder does not change as a whole: those that differ take their places.

    Args:
        folder: that of the build.
        last: which file comes last.

    Raises:
        BuildError, L10nFlowError: as ``Stage``.
    """

    def __init__(self, folder: Inside, last: str) -> None:
        super().__init__(folder)
        self._last = last

    def _put_in_place(self, there: Set[str]) -> None:
        if self.first:
            super()._put_in_place(there)
            return
        folder = self._folder()
        for name in sorted(there - self.names):
            files.remove(self.folder / name)
            self._remove_empty((self.folder / name).parent)
        staged = self.names - set(self.kept)
        for name in sorted(staged, key=lambda name: (name == self._last, name)):
            target = (self.folder / name).plain
            target.parent.mkdir(parents=True, exist_ok=True)
            (folder / name).replace(target)
        _clear(Inside(folder))
        self.new = None

    def _remove_empty(self, folder: Inside) -> None:
        while folder.parts != self.folder.parts:
            try:
                folder.plain.rmdir()
            except OSError:  # it holds something
                return
            folder = folder.parent


def existing(folder: Inside) -> set[str]:
    """The files of a build, by their paths with slashes.

    Raises:
        L10nFlowError: when it holds anything but folders and regular files.
    """
    names = set()
    for path, error in inside.walk(folder):
        if error is not None:
            raise error
        names.add("/".join(path.parts[len(folder.parts) :]))
    return names


def _clear(folder: Inside) -> None:
    """Take a folder away; ``rmtree`` follows no link."""
    shutil.rmtree(str(folder), ignore_errors=True)


def _link(old: Path, new: Path) -> None:
    new.parent.mkdir(parents=True, exist_ok=True)
    try:
        os.link(old, new)
    except OSError:  # a file system without hard links
        shutil.copy2(old, new, follow_symlinks=False)
