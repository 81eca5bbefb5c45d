"""Decide whether files of a project are unchanged: by the data of the file system, else by their bytes."""

from __future__ import annotations

import time
from collections.abc import Callable, Iterable, Sequence

from l10n_flow import files, inside
from l10n_flow.errors import L10nFlowError
from l10n_flow.index import Look, Seen, look
from l10n_flow.project.configuration import Project

#: The longest wait for the next tick of the file system's clock, in milliseconds; a kernel ticks every 1 to 10.
_TICK = 20


class Unchanged:
    """Compare files with an earlier version (``index.Seen``).

    Args:
        project: the project.
        moment: returns the present time of the file system's clock, in nanoseconds; 0 when it cannot be read.
    """

    def __init__(self, project: Project, moment: Callable[[], int]) -> None:
        self._project, self._moment = project, moment
        self._root = str(project.root)
        self._folders: set[str] = set()

    def at_a_glance(self, seen: Iterable[Seen]) -> bool:
        """Whether files are certainly unchanged; no file is read."""
        return all(each.is_same(self._root) for each in seen)

    def are_same(self, seen: Iterable[Seen]) -> bool:
        """Whether files are unchanged; a file is read only when the data of the file system cannot show it."""
        return all(each.is_same(self._root) or self.digest(each.path) == each.digest for each in seen)

    def are_inside(self, seen: Iterable[Seen]) -> bool:
        """Whether no folder on the way to the files is a link; each folder is checked once."""
        return all(map(self._is_inside, {each.path.rpartition("/")[0] for each in seen}))

    def _is_inside(self, folder: str) -> bool:
        if folder and folder not in self._folders:
            try:
                inside.look(self._project.file(folder))
            except L10nFlowError:
                return False
            self._folders.add(folder)
        return True

    def digest(self, path: str) -> str | None:
        """Return the present digest of a file; None when it cannot be read."""
        try:
            return files.digest(files.read_optional(self._project.file(path)))
        except L10nFlowError:
            return None

    def now(self, paths: Iterable[str]) -> tuple[Seen, ...]:
        """Return the present versions of files."""
        return self.looked_at([Seen(path, self.digest(path) or "") for path in paths])

    def looked_at(self, seen: Sequence[Seen]) -> tuple[Seen, ...]:
        """Return the same files with their stamps; a stamp is "" when a later version could have the same one.

        The clock must advance first: then a file written after the bytes were read has another time.
        """
        before = [look(f"{self._root}/{each.path}") for each in seen]
        moment = self._moment_after(max((found.newest for found in before if found), default=0))
        return tuple(
            each._replace(stamp=found.stamp if found and found.newest < moment and self._is_still(each, found) else "")
            for each, found in zip(seen, before, strict=True)
        )

    def _is_still(self, seen: Seen, found: Look) -> bool:
        return self.digest(seen.path) == seen.digest and look(f"{self._root}/{seen.path}") == found

    def _moment_after(self, newest: int) -> int:
        """Wait until the file system's clock is later than a moment, for a limited time; return its time."""
        for _ in range(_TICK):
            moment = self._moment()
            if moment > newest or not moment:
                return moment
            time.sleep(0.001)
        return moment
