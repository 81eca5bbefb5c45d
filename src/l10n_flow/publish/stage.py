"""Replace the content of a build folder: a release as a whole, a preview file by file.

In both cases the new files are first written into a folder beside it, the stage. For a release the two folders are then
swapped, so that nobody ever sees a part of a release. A preview has thousands of files, of which a run changes ten:
these are moved into the preview one by one. If a run is killed in between, the next run completes the preview, because
it compares every file with its expected content.
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
    """The staged files of a build; ``commit`` publishes them, and without it the old build stays.

    A file that is equal in the old build is linked, not written. A build without any difference is not published at
    all, so that it changes no file.

    The folder is replaced as a whole.

    Args:
        folder: the folder of the build.

    Raises:
        BuildError: when the folder cannot be written.
        L10nFlowError: when a link, or something else than a regular file, has the name of a file.
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
            self.old.plain.rename(folder.plain)  # a run was killed between the two renames

    def same(self, name: str, data: Bytes) -> bool:
        if self.first:
            return False
        try:
            return files.holds(self.folder / name, data)
        except L10nFlowError:  # for example a file with the name of a new folder
            return False

    def add(self, name: str, data: Bytes) -> None:
        """Add a file; its path has slashes."""
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
        """Keep a file of the old build, unless it was added already."""
        if name not in self.names:
            self.names.add(name)
            self.kept.append(name)

    def drop(self, name: str) -> None:
        """Remove a file that was added or kept."""
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
        """Publish the new files; return whether anything changed.

        Args:
            there: the files in the folder (``existing``).

        Raises:
            BuildError: when that fails. A folder that is replaced as a whole then has its old content.
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
        """Keep the old build; remove the staged files, also those of killed runs."""
        for left in self.folder.parent.plain.glob(f".{glob.escape(self.folder.name)}.new-*"):
            shutil.rmtree(left, ignore_errors=True)
        self.new = None


class FilesInPlace(Stage):
    """A stage whose ``commit`` moves only the changed files into the folder, one by one.

    Args:
        folder: the folder of the build.
        last: the file that is moved last.

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
            target = self.folder / name
            inside.look(target.parent)  # a link in the way would lead the file elsewhere
            target.parent.plain.mkdir(parents=True, exist_ok=True)
            (folder / name).replace(target.plain)
        _clear(Inside(folder))
        self.new = None

    def _remove_empty(self, folder: Inside) -> None:
        while folder.parts != self.folder.parts:
            try:
                folder.plain.rmdir()
            except OSError:  # not empty
                return
            folder = folder.parent


def existing(folder: Inside) -> set[str]:
    """Return the files of a build, by their paths with slashes.

    Raises:
        L10nFlowError: when the folder contains anything but folders and regular files.
    """
    names = set()
    for path, error in inside.walk(folder):
        if error is not None:
            raise error
        names.add("/".join(path.parts[len(folder.parts) :]))
    return names


def _clear(folder: Inside) -> None:
    """Remove a folder; ``rmtree`` follows no link."""
    shutil.rmtree(str(folder), ignore_errors=True)


def _link(old: Path, new: Path) -> None:
    new.parent.mkdir(parents=True, exist_ok=True)
    try:
        os.link(old, new)
    except OSError:  # a file system without hard links
        shutil.copy2(old, new, follow_symlinks=False)
