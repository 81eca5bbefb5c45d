"""Compiled tables, kept on disk between runs in the user's cache folder; whoever deletes them loses half a second."""

from __future__ import annotations

import contextlib
import json
import os
import sys
import time
import zlib
from collections.abc import Callable, Mapping
from functools import cache
from pathlib import Path
from typing import Any, TypeVar

from l10n_flow.conversion.compiled import Tables
from l10n_flow.errors import L10nFlowError
from l10n_flow.inside import Inside

_T = TypeVar("_T")
_Words = tuple[Mapping[str, str], Mapping[str, str]]
_LONG_AGO = 30 * 24 * 3600


def kept(name: str, version: str, make: Callable[[], Tables]) -> Tables:
    """The tables of that name and version: those of an earlier run, or made now and kept for the next.

    What cannot be read is made anew; what cannot be written is not kept.
    """
    return _kept(f"{name}-tables-{version}", make, _plain, _tables)


def kept_words(name: str, version: str, make: Callable[[], _Words]) -> _Words:
    """The words that corrections add to a conversion, likewise."""
    return _kept(f"{name}-words-{version}", make, list, _words)


def _kept(name: str, make: Callable[[], _T], to_json: Callable[[_T], object], from_json: Callable[[Any], _T]) -> _T:
    folder = _folder()
    if folder is None:
        return make()
    path = Inside(folder) / f"{name}-{_code()}.json"
    with contextlib.suppress(OSError, ValueError, TypeError, KeyError):
        return from_json(_loads(path.plain.read_bytes()))
    from l10n_flow import files  # noqa: PLC0415 - start-up

    made = make()
    with contextlib.suppress(L10nFlowError, OSError):
        files.write_atomically(path, _dumps(to_json(made)))
        _forget(path.plain)
    return made


def _forget(new: Path) -> None:
    """Remove what other versions left long ago."""
    for path in new.parent.glob(f"{new.name.partition('-')[0]}-*.json"):
        if time.time() - path.stat().st_mtime > _LONG_AGO:
            path.unlink(missing_ok=True)


def _folder() -> Path | None:
    """Where the system keeps caches: the XDG base directories, and their like elsewhere; None for a homeless user."""
    variable, usual = {
        "win32": ("LOCALAPPDATA", "AppData/Local"),
        "darwin": ("", "Library/Caches"),
    }.get(sys.platform, ("XDG_CACHE_HOME", ".cache"))
    named = Path(os.environ.get(variable, ""))
    if named.is_absolute():  # a relative one is to be ignored, says the XDG specification
        return named / "l10n-flow"
    try:
        return Path.home() / usual / "l10n-flow"
    except RuntimeError:
        return None


@cache
def _code() -> str:
    """What tells other code that makes tables from this: how long its modules are, and since when."""
    home = Path(__file__).parent
    names = ("compiled", "compiling", "corrections", "dictionaries", "matching", "readings", "rows")
    found = [(stat.st_size, stat.st_mtime_ns) for name in names for stat in [(home / f"{name}.py").stat()]]
    return f"{zlib.crc32(repr(found).encode()):08x}"


def _dumps(data: object) -> bytes:
    text = json.dumps(data, ensure_ascii=False, separators=(",", ":"))
    return f"{_digest(text)}\n{text}".encode()


def _loads(data: bytes) -> Any:
    digest, _, text = data.decode().partition("\n")
    if digest != _digest(text):
        raise ValueError("cut short or changed")
    return json.loads(text)


def _words(found: list[dict[str, str]]) -> _Words:
    rows, exceptions = found
    return rows, exceptions


def _plain(tables: Tables) -> dict[str, object]:
    single = {char: after for char, after in tables.characters.items() if len(after) == 1}
    return {
        "characters": ["".join(single), "".join(single.values())],  # read several times as fast as pairs
        "longer": {char: after for char, after in tables.characters.items() if len(after) != 1},
        "always": "".join(sorted(tables.always)),
        "triggers": "".join(sorted(tables.triggers)),
        "pairs": "".join(sorted(tables.pairs)),
        "inside": "".join(sorted(tables.inside)),
        "words": dict(sorted(tables.words.items())),
        "whole": sorted(tables.whole),
    }


def _tables(found: Mapping[str, Any]) -> Tables:
    return Tables(
        dict(zip(*found["characters"], strict=True)) | found["longer"],
        frozenset(found["always"]),
        frozenset(found["triggers"]),
        _pairs(found["pairs"]),
        _pairs(found["inside"]),
        found["words"],
        frozenset(found["whole"]),
    )


def _pairs(text: str) -> frozenset[str]:
    return frozenset(map("".join, zip(text[::2], text[1::2], strict=True)))


def _digest(text: str) -> str:
    return f"{zlib.crc32(text.encode()):08x}"
