"""The build folder changes as a whole: the new tree is written beside it, then the two are swapped."""

from __future__ import annotations

import os
import shutil
import tempfile
from pathlib import Path

from l10n_flow.errors import BuildError

_OLD = ".old"


class Stage:
    """Collects the files of a build; ``commit`` puts them in place, and without it the old build stays.

    A file that the old build has byte for byte is linked, not written, and a build that differs in nothing is not
    swapped at all: an unchanged run touches nothing.

    Raises:
        BuildError: when the folder cannot be written.
    """

    def __init__(self, folder: Path) -> None:
        self.folder = folder
        self.old = folder.with_name(f".{folder.name}{_OLD}")
        self.kept: list[str] = []
        self.names: set[str] = set()
        self.new: Path | None = None
        self.made: set[str] = set()
        self.first = not folder.exists() and not self.old.exists()
        if self.old.exists() and not folder.exists():
            self.old.rename(folder)  # an earlier run was killed between the two renames

    def same(self, name: str, data: bytes) -> bool:
        if self.first:
            return False
        try:
            with open(f"{self.folder}/{name}", "rb", buffering=0) as stream:  # noqa: PTH123  # thousands of times
                return stream.read() == data
        except OSError:
            return False

    def add(self, name: str, data: bytes) -> None:
        """Add a file by its path with slashes."""
        self.names.add(name)
        if self.same(name, data):
            self.kept.append(name)
            return
        try:
            path = f"{self._folder()}/{name}"
            parent = os.path.dirname(path)  # noqa: PTH120
            if parent not in self.made:
                Path(parent).mkdir(parents=True, exist_ok=True)
                self.made.add(parent)
            with open(path, "wb", buffering=0) as stream:  # noqa: PTH123
                stream.write(data)
        except OSError as error:
            raise BuildError(f"cannot be written: {error.strerror}", path=self.folder / name) from None

    def keep(self, name: str) -> None:
        """Keep a file of the old build as it is."""
        self.names.add(name)
        self.kept.append(name)

    def _folder(self) -> Path:
        if self.new is None:
            self.folder.parent.mkdir(parents=True, exist_ok=True)
            self.new = Path(tempfile.mkdtemp(prefix=f".{self.folder.name}.new-", dir=self.folder.parent))
            self.new.chmod(0o755)
        return self.new

    def commit(self) -> bool:
        """Put the new tree in place; whether anything differed."""
        if self.new is None and self.names == existing(self.folder):
            return False
        try:
            folder = self._folder()
            for name in self.kept:
                _link(self.folder / name, folder / name)
            shutil.rmtree(self.old, ignore_errors=True)
            if self.folder.exists():
                self.folder.rename(self.old)
            folder.rename(self.folder)
            self.new = None
            shutil.rmtree(self.old, ignore_errors=True)
        except OSError as error:
            raise BuildError(f"cannot be written: {error.strerror}", path=self.folder) from None
        return True

    def discard(self) -> None:
        """Leave the old build; take away what was staged, also by runs that were killed."""
        for left in self.folder.parent.glob(f".{self.folder.name}.new-*"):
            shutil.rmtree(left, ignore_errors=True)
        self.new = None


def existing(folder: Path) -> set[str]:
    """The files of a build, by their paths with slashes."""
    return {Path(base, name).relative_to(folder).as_posix() for base, _, names in os.walk(folder) for name in names}


def _link(old: Path, new: Path) -> None:
    new.parent.mkdir(parents=True, exist_ok=True)
    try:
        os.link(old, new)
    except OSError:  # a file system without hard links
        shutil.copy2(old, new)
