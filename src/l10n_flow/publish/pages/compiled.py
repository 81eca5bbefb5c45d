"""Compiled templates, kept in the user's cache folder: compiling those of an article takes longer than the article."""

from __future__ import annotations

import contextlib
from pathlib import Path

from jinja2 import FileSystemBytecodeCache
from jinja2.bccache import Bucket

from l10n_flow import users


class _Kept(FileSystemBytecodeCache):
    """Jinja's own; where it cannot write, nothing is kept."""

    def dump_bytecode(self, bucket: Bucket) -> None:
        with contextlib.suppress(OSError):
            super().dump_bytecode(bucket)

    def load_bytecode(self, bucket: Bucket) -> None:
        with contextlib.suppress(OSError):
            super().load_bytecode(bucket)


def kept() -> FileSystemBytecodeCache | None:
    """What keeps them, each by its own text and the version of Jinja; None where there is no such folder."""
    home = users.cache_folder()
    if home is None:
        return None
    folder = Path(home, "templates")
    try:
        folder.mkdir(parents=True, exist_ok=True)
    except OSError:
        return None
    return _Kept(str(folder))
