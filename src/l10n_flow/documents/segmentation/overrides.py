"""Overrides, with which the author corrects the segmentation: reading ``l10n-flow.overrides.toml``."""

from __future__ import annotations

import difflib
import re
from collections.abc import Mapping
from dataclasses import dataclass
from pathlib import Path
from typing import Any

from l10n_flow import toml
from l10n_flow.errors import ConfigError
from l10n_flow.model import BlockKind


@dataclass(frozen=True, slots=True)
class Override:
    """One ``[[override]]`` table.

    Attributes:
        document: the identity of its document.
        text: a quotation that identifies the block: the block with this text, else the one that contains it.
        kind: the kind of the block.
        join: whether the next block is the rest of this one.
        split: the quotation before which the block is split in two.
        as_one: whether the units that ``text`` overlaps (at least two) are one.
        context: the ``msgctxt`` of the block's units, or of those that ``text`` overlaps.
        translate: whether the block is translated.
        nth: the number of the block among several such blocks, from 1; None if there is only one.
        line: the line of the table in the file, 0 when unknown.
        copy: whether the units that ``text`` overlaps (those of the whole document if it is "") are copied into the
            editions that people translate; None if the override does not set it.
    """

    document: str
    text: str
    kind: BlockKind | None = None
    join: bool = False
    split: str | None = None
    as_one: bool = False
    context: str | None = None
    translate: bool = True
    nth: int | None = None
    line: int = 0
    copy: bool | None = None


_STRINGS = frozenset({"document", "text", "kind", "join", "split", "context"})
_FLAGS = frozenset({"as-one", "translate", "copy"})
_KEYS = _STRINGS | _FLAGS | {"nth"}
_ACTIONS = ("kind", "join", "split", "as-one", "context", "translate", "copy")
_TABLE = re.compile(r"(?m)^\s*\[\[\s*override\s*\]\]")


def read_overrides(written: bytes | None, path: Path) -> dict[str, tuple[Override, ...]]:
    """Read the overrides of every document of a project.

    Args:
        written: the bytes of the TOML file; None (no file) means no overrides.
        path: the file, for messages.

    Returns:
        The overrides in the file's order, by document identity.

    Raises:
        ConfigError: not UTF-8 or not TOML, or an invalid key or value; with the line if possible.
    """
    if written is None:
        return {}
    source, data = toml.loads(written, path)
    tables = _tables(path, data)
    lines = [source.count("\n", 0, found.start(0) + len(found[0])) + 1 for found in _TABLE.finditer(source)]
    if len(lines) != len(tables):  # an array in another notation
        lines = [0] * len(tables)
    result: dict[str, tuple[Override, ...]] = {}
    for table, line in zip(tables, lines, strict=True):
        override = _override(_Place(path, source.splitlines(), line), table)
        result[override.document] = (*result.get(override.document, ()), override)
    return result


@dataclass(frozen=True, slots=True)
class _Place:
    path: Path
    source: list[str]
    line: int

    def error(self, message: str, key: str | None = None) -> ConfigError:
        """Return the error at the line of the key in this table, or else at the line of the table."""
        line = self.line
        if key is not None and line:
            written = re.compile(rf"\s*[\"']?{re.escape(key)}[\"']?\s*=")
            following = range(line, len(self.source))
            line = next((number + 1 for number in following if written.match(self.source[number])), line)
        return ConfigError(message, path=self.path, line=line or None)


def _tables(path: Path, data: Mapping[str, Any]) -> list[dict[str, Any]]:
    for key in data:
        if key != "override":
            raise ConfigError(f"unknown key {key!r}{_nearest(key, {'override'})}; write [[override]] tables", path=path)
    tables = data.get("override", [])
    if not isinstance(tables, list) or not all(isinstance(table, dict) for table in tables):
        raise ConfigError("overrides are written as [[override]] tables", path=path)
    return tables


def _override(place: _Place, table: Mapping[str, Any]) -> Override:
    for key, value in table.items():
        _check(place, key, value)
    whole = "copy" in table and not (table.keys() - {"document", "copy"})
    for key in ("document",) if whole else ("document", "text"):
        if key not in table:
            raise place.error(f'the override has no {key!r}; add {key} = "…"')
    if not any(key in table for key in _ACTIONS):
        raise place.error(f"the override says nothing to do; add one of {', '.join(_ACTIONS)}")
    kind = table.get("kind")
    return Override(
        document=table["document"],
        text=table.get("text", ""),
        kind=BlockKind(kind) if kind is not None else None,
        join="join" in table,
        split=table.get("split"),
        as_one=table.get("as-one", False),
        context=table.get("context"),
        translate=table.get("translate", True),
        nth=table.get("nth"),
        line=place.line,
        copy=table.get("copy"),
    )


def _check(place: _Place, key: str, value: object) -> None:
    if key not in _KEYS:
        raise place.error(f"unknown key {key!r}{_nearest(key, _KEYS)}", key)
    if key in _STRINGS and not (isinstance(value, str) and value):
        raise place.error(f"{key} must be a text that is not empty, not {value!r}", key)
    if key in _FLAGS and not isinstance(value, bool):
        raise place.error(f"{key} must be true or false, not {value!r}", key)
    if key == "nth" and (not isinstance(value, int) or isinstance(value, bool) or value < 1):
        raise place.error(f"nth must be a whole number from 1, not {value!r}", key)
    if key == "join" and value != "next":
        raise place.error(f'join can only be "next", not {value!r}', key)
    kinds = [kind.value for kind in BlockKind]
    if key == "kind" and value not in kinds:
        hint = _nearest(str(value), kinds) or f"; it is one of {', '.join(kinds)}"
        raise place.error(f"unknown kind {value!r}{hint}", key)


def _nearest(word: str, known: frozenset[str] | set[str] | list[str]) -> str:
    near = difflib.get_close_matches(word, sorted(known), n=1, cutoff=0.5)
    return f"; did you mean {near[0]!r}?" if near else ""
