"""The file of the index: bytes by document and by kind, in SQLite.

It lies in the private folder, which may be deleted at any time. A value that is damaged is as if it were not there, and
so is the whole file when SQLite cannot read it; where it cannot be written, nothing is remembered. None of this is an
error, for what is not in the index is found out again; but a link in its place is refused as everywhere.
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

#: Raised when the tables change.
_VERSION = 1
_TABLES = "CREATE TABLE known (document TEXT, kind TEXT, value BLOB, PRIMARY KEY (kind, document))"
#: How long another program's writing is waited for, and how long nothing is asked after that was in vain, in seconds.
_PATIENCE, _REST = 1.0, 10.0
#: After so many changes another program may write.
_TOGETHER = 400
_AT_ONCE = 100
_SUM = 4
_T = TypeVar("_T")


class Store:
    """Bytes by document and kind. Any thread may ask.

    Args:
        path: the file; it and its folder are made when something is first put.

    Raises:
        L10nFlowError: by whatever is asked first: when there is a link, or no regular file, in its place.
    """

    def __init__(self, path: Inside) -> None:
        self._path = path
        self._lock = threading.RLock()
        self._connection: sqlite3.Connection | None = None
        self._resting = {True: 0.0, False: 0.0}  # writing, reading
        self._changes = 0

    def get(self, document: str, kind: str) -> bytes | None:
        """A value; None when there is none, or it is damaged."""
        rows = self._ask("SELECT value FROM known WHERE kind = ? AND document = ?", (kind, document))
        return _unsealed(rows[0][0]) if rows else None

    def each(self, kind: str) -> Iterator[tuple[str, bytes]]:
        """The values of a kind, in the order of the documents; a few at a time are in memory."""
        last = ""
        asked = "SELECT document, value FROM known WHERE kind = ? AND document > ? ORDER BY document LIMIT ?"
        while rows := self._ask(asked, (kind, last, _AT_ONCE)):
            for document, value in rows:
                if (data := _unsealed(value)) is not None:
                    yield document, data
            last = rows[-1][0]

    def names(self) -> list[str]:
        """The documents of which anything is known."""
        return [name for (name,) in self._ask("SELECT DISTINCT document FROM known", ())]

    def put(self, document: str, values: Mapping[str, bytes]) -> None:
        """Set values of a document by their kinds; those of other kinds stay."""
        rows = [(document, kind, zlib.crc32(data).to_bytes(_SUM, "big") + data) for kind, data in values.items()]
        self._change("INSERT OR REPLACE INTO known VALUES (?, ?, ?)", rows)

    def remove(self, documents: Iterable[str]) -> None:
        """Forget documents."""
        self._change("DELETE FROM known WHERE document = ?", [(document,) for document in documents])

    def save(self) -> None:
        """Let other programs see what was put."""
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
        """The file system's clock as it stamps files, in nanoseconds; 0 where nothing can be written."""
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
        """What is done, or None: a damaged file is taken away, and one that another program holds is left alone."""
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
        connection.execute("PRAGMA synchronous = OFF")  # what a power cut damages is found out again
        connection.execute("PRAGMA cache_spill = OFF")  # others can read until it is saved
        (version,) = connection.execute("PRAGMA user_version").fetchone()
        if version != _VERSION:
            connection.execute("DROP TABLE IF EXISTS known")
            connection.execute(_TABLES)
            connection.execute(f"PRAGMA user_version = {_VERSION}")
            connection.commit()
        return connection


def _unsealed(value: object) -> bytes | None:
    """The bytes that were put, if no bit of them has flipped."""
    if not isinstance(value, bytes) or len(value) < _SUM:
        return None
    data = value[_SUM:]
    return data if zlib.crc32(data).to_bytes(_SUM, "big") == value[:_SUM] else None
