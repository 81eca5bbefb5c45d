"""The file of the index: an SQLite database that maps a document and a kind to bytes.

It is in the private folder, which may be deleted at any time. A damaged value counts as absent, and so does the whole
file when SQLite cannot read it. When the file cannot be written, nothing is stored. None of this is an error, because
values that are not in the index are computed again. A link in place of the file is refused, as everywhere.
"""

from __future__ import annotations

import contextlib
import os
import sqlite3
import threading
import time
import zlib
from collections.abc import Callable, Iterable, Iterator, Mapping, Sequence
from typing import Any, TypeVar

from l10n_flow import inside
from l10n_flow.errors import L10nFlowError
from l10n_flow.inside import Inside

#: Increased when the tables change.
_VERSION = 1
_TABLES = "CREATE TABLE known (document TEXT, kind TEXT, value BLOB, PRIMARY KEY (kind, document))"
#: Seconds to wait while another program writes; seconds without a new attempt after the wait was too short.
_PATIENCE, _REST = 1.0, 10.0
#: The number of changes in one transaction; after it another program may write.
_TOGETHER = 400
_AT_ONCE = 100
_SUM = 4
_T = TypeVar("_T")


class Store:
    """A map from document and kind to bytes. All methods may be called from any thread.

    Args:
        path: the file; it and its folder are created when the first value is put.

    Raises:
        L10nFlowError: by the first call of any method: when a link, or something else than a regular file, is there.
    """

    def __init__(self, path: Inside) -> None:
        self._path = path
        self._lock = threading.RLock()
        self._connection: sqlite3.Connection | None = None
        self._resting = {True: 0.0, False: 0.0}  # writing, reading
        self._changes = 0

    def get(self, document: str, kind: str) -> bytes | None:
        """Return a value; None when it is absent or damaged."""
        rows = self._ask("SELECT value FROM known WHERE kind = ? AND document = ?", (kind, document))
        return _unsealed(rows[0][0]) if rows else None

    def each(self, kind: str) -> Iterator[tuple[str, bytes]]:
        """Return the values of a kind, ordered by document; only a few are in memory at a time."""
        last = ""
        asked = "SELECT document, value FROM known WHERE kind = ? AND document > ? ORDER BY document LIMIT ?"
        while rows := self._ask(asked, (kind, last, _AT_ONCE)):
            for document, value in rows:
                if (data := _unsealed(value)) is not None:
                    yield document, data
            last = rows[-1][0]

    def names(self) -> list[str]:
        """Return the documents that have a value."""
        return [name for (name,) in self._ask("SELECT DISTINCT document FROM known", ())]

    def put(self, document: str, values: Mapping[str, bytes]) -> None:
        """Set values of a document by kind; its values of other kinds stay."""
        rows = [(document, kind, zlib.crc32(data).to_bytes(_SUM, "big") + data) for kind, data in values.items()]
        self._change("INSERT OR REPLACE INTO known VALUES (?, ?, ?)", rows)

    def remove(self, documents: Iterable[str]) -> None:
        """Remove the values of documents."""
        self._change("DELETE FROM known WHERE document = ?", [(document,) for document in documents])

    def save(self) -> None:
        """Commit: from now on other programs read the values that were put."""
        with self._lock:
            if self._connection is not None and self._connection.in_transaction:
                self._tried(self._connection.commit, writing=True)
            self._changes = 0

    def close(self) -> None:
        self.save()
        with self._lock:
            if self._connection is not None:
                self._connection.close()
                self._connection = None

    def moment(self) -> int:
        """Touch the file of the index and return its new time in nanoseconds; 0 when that fails."""
        with contextlib.suppress(OSError, L10nFlowError):
            if inside.is_file(self._path):
                os.utime(str(self._path))
                return os.lstat(str(self._path)).st_mtime_ns
        return 0

    # SQLite ------------------------------------------------------------------------------------------------------

    def _ask(self, statement: str, values: Sequence[object]) -> list[tuple[Any, ...]]:
        def run() -> list[tuple[Any, ...]]:
            connection = self._opened(writing=False)
            return connection.execute(statement, values).fetchall() if connection else []

        with self._lock:
            return self._tried(run, writing=False) or []

    def _change(self, statement: str, rows: Sequence[tuple[object, ...]]) -> None:
        def run() -> None:
            connection = self._opened(writing=True)
            if connection:
                connection.executemany(statement, rows)

        with self._lock:
            self._tried(run, writing=True)
            self._changes += len(rows)
            if self._changes >= _TOGETHER:
                self.save()

    def _tried(self, run: Callable[[], _T], *, writing: bool) -> _T | None:
        """Run a query; None when it fails. A damaged file is removed; a file locked by another program is kept."""
        if time.monotonic() < self._resting[writing]:
            return None
        try:
            return run()
        except (sqlite3.OperationalError, OSError):  # locked, read-only, a full disk
            self._resting[writing] = time.monotonic() + _REST
        except sqlite3.DatabaseError:
            self._take_away()
        return None

    def _take_away(self) -> None:
        if self._connection is not None:
            with contextlib.suppress(sqlite3.Error):
                self._connection.close()
            self._connection = None
        with contextlib.suppress(OSError, L10nFlowError):
            for path in self._files():
                if inside.is_file(path):
                    path.plain.unlink()

    def _files(self) -> tuple[Inside, Inside]:
        return self._path, self._path.with_name(f"{self._path.name}-journal")

    def _opened(self, *, writing: bool) -> sqlite3.Connection | None:
        if self._connection is not None:
            return self._connection
        there = [inside.is_file(path) for path in self._files()]  # SQLite would follow a link
        if not (there[0] or writing):
            return None
        os.makedirs(str(self._path.parent), exist_ok=True)  # noqa: PTH103
        connection = sqlite3.connect(str(self._path), _PATIENCE, check_same_thread=False)
        self._connection = connection
        connection.execute("PRAGMA synchronous = OFF")  # data lost in a power cut is computed again
        connection.execute("PRAGMA cache_spill = OFF")  # others can read until it is saved
        (version,) = connection.execute("PRAGMA user_version").fetchone()
        if version != _VERSION:
            connection.execute("DROP TABLE IF EXISTS known")
            connection.execute(_TABLES)
            connection.execute(f"PRAGMA user_version = {_VERSION}")
            connection.commit()
        return connection


def _unsealed(value: object) -> bytes | None:
    """Return the bytes that were put; None when the checksum does not match."""
    if not isinstance(value, bytes) or len(value) < _SUM:
        return None
    data = value[_SUM:]
    return data if zlib.crc32(data).to_bytes(_SUM, "big") == value[:_SUM] else None
