"""Cache compiled templates in the user's cache folder: compiling them takes longer than rendering an article."""

from __future__ import annotations

import contextlib
from pathlib import Path

from jinja2 import FileSystemBytecodeCache
from jinja2.bccache import Bucket

from l10n_flow import users


class _Kept(FileSystemBytecodeCache):
    """Jinja's cache of compiled templates; a failure to write is ignored."""

    def dump_bytecode(self, bucket: Bucket) -> None:
        with contextlib.suppress(OSError):
            super().dump_bytecode(bucket)

    def load_bytecode(self, bucket: Bucket) -> None:
        with contextlib.suppress(OSError):
            super().load_bytecode(bucket)


def kept() -> FileSystemBytecodeCache | None:
    """Return the cache, whose keys are the template's text and Jinja's version; None without a cache folder."""
    home = users.cache_folder()
    if home is None:
        return None
    folder = Path(home, "templates")
    try:
        folder.mkdir(parents=True, exist_ok=True)
    except OSError:
        return None
    return _Kept(str(folder))
