"""Compiled tables on disk in the user's cache folder; after their deletion, one run takes half a second longer.

Their format is that of Python's own compiled code (``marshal``): it is read several times as fast as JSON, but only by
the version of Python that wrote it.
"""

from __future__ import annotations

import contextlib
import marshal
import sys
import time
import zlib
from collections.abc import Callable
from functools import cache
from pathlib import Path
from typing import TYPE_CHECKING, Any, TypeVar

from l10n_flow import users
from l10n_flow.conversion.compiled import Tables
from l10n_flow.errors import L10nFlowError

if TYPE_CHECKING:
    from l10n_flow.conversion.dictionaries import Chain, Stage

_T = TypeVar("_T")
_LONG_AGO = 30 * 24 * 3600


def kept(name: str, version: str, make: Callable[[], Tables]) -> Tables:
    """Return the tables of that name and version: those of an earlier run, or made now and stored for the next.

    Tables that cannot be read are made again; tables that cannot be written are not stored.
    """
    return _kept(f"{name}-tables-{version}", make, _packed, _tables)


def kept_chain(name: str, version: str, make: Callable[[], Chain]) -> Chain:
    """Return the dictionaries of a conversion in the same way: they are read many times as fast as their files."""
    return _kept(f"{name}-chain-{version}", make, _plain, _chain)


def _kept(name: str, make: Callable[[], _T], to_plain: Callable[[_T], Any], from_plain: Callable[[Any], _T]) -> _T:
    folder = users.cache_folder()
    if folder is None:
        return make()
    path = folder / f"{name}-{_code()}.{sys.implementation.cache_tag}"
    with contextlib.suppress(OSError, ValueError, TypeError, EOFError):
        return from_plain(_loads(path.read_bytes()))
    from l10n_flow import files  # noqa: PLC0415 - start-up
    from l10n_flow.inside import Inside  # noqa: PLC0415 - start-up

    made = make()
    with contextlib.suppress(L10nFlowError, OSError):
        files.write_atomically(Inside.at(path), _dumps(to_plain(made)))
        _forget(path)
    return made


def _forget(new: Path) -> None:
    """Remove old files of other versions."""
    for path in new.parent.glob(f"{new.name.partition('-')[0]}-*"):
        if time.time() - path.stat().st_mtime > _LONG_AGO:
            path.unlink(missing_ok=True)


@cache
def _code() -> str:
    """Return a version of the code that makes the tables: from the sizes and modification times of its modules."""
    home = Path(__file__).parent
    names = (
        "compiled",
        "compiling",
        "corrections",
        "dictionaries",
        "matching",
        "packages",
        "readings",
        "rows",
        "store",
    )
    found = [(stat.st_size, stat.st_mtime_ns) for name in names for stat in [(home / f"{name}.py").stat()]]
    return f"{zlib.crc32(repr(found).encode()):08x}"


def _dumps(data: Any) -> bytes:
    plain = marshal.dumps(data)
    return zlib.crc32(plain).to_bytes(4) + plain


def _loads(data: bytes) -> Any:
    digest, plain = data[:4], data[4:]
    if digest != zlib.crc32(plain).to_bytes(4):
        raise ValueError("cut short or changed")
    return marshal.loads(plain)  # noqa: S302  # from the user's own cache folder, and unchanged


def _packed(tables: Tables) -> tuple[Any, ...]:
    """Return tables as plain data; single characters are joined, because one long string is read much faster."""
    values = tuple(tables.characters.values())
    single = all(len(value) == 1 for value in values)
    return "".join(tables.characters), "".join(values) if single else values, *tables[1:]


def _tables(found: tuple[Any, ...]) -> Tables:
    keys, values, *others = found
    return Tables(dict(zip(keys, values, strict=True)), *others)


def _plain(chain: Chain) -> tuple[Any, ...]:
    plain: dict[int, Any] = {}  # a dictionary that occurs twice is stored once

    def stage(members: Stage) -> tuple[Any, ...]:
        for one in members:
            plain.setdefault(id(one), (one.name, dict(one.entries), dict(one.origins)))
        return tuple(plain[id(one)] for one in members)

    normalization, stages = (tuple(map(stage, each)) for each in (chain.normalization, chain.stages))
    return chain.name, normalization, stage(chain.segmentation), stages


def _chain(found: tuple[Any, ...]) -> Chain:
    from l10n_flow.conversion.dictionaries import Chain, Dictionary  # noqa: PLC0415 - start-up

    made: dict[int, Dictionary] = {}

    def stage(members: tuple[Any, ...]) -> Stage:
        return tuple(made.setdefault(id(one), Dictionary(*one)) for one in members)

    name, normalization, segmentation, stages = found
    return Chain(name, tuple(map(stage, normalization)), stage(segmentation), tuple(map(stage, stages)))
