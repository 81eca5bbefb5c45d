"""Merge files of records by the key of each record: the rows of a termbase, the overrides of a project."""

from __future__ import annotations

import csv
import io
import re
import tomllib
from collections.abc import Callable, Mapping, Sequence
from typing import NamedTuple

from l10n_flow.ordering import merged_order


class Records(NamedTuple):
    """A file: the text above its records, each record by its key, and the separator between two records."""

    head: str
    records: Mapping[str, str]
    between: str = ""

    def __str__(self) -> str:
        return self.between.join([*([self.head] if self.head else []), *self.records.values()])


def merged_records(name: str, base: str, ours: str, theirs: str) -> str | None:
    """Merge three versions of a file into one.

    Args:
        name: the file's name; its suffix decides the format.
        base: the common ancestor; "" when there is none.
        ours: the version of one branch.
        theirs: the version of the other branch.

    Returns:
        None for a file of another format, for one that cannot be parsed, and when both sides changed one record.
    """
    read = _READERS.get(name.rpartition(".")[2].lower())
    if read is None:
        return None
    one, two = read(ours), read(theirs)
    if one is None or two is None:
        return None
    before = (read(base) if base else None) or Records(one.head, {}, one.between)
    head = _either(before.head, one.head, two.head)
    order = merged_order(list(before.records), list(one.records), list(two.records), str)
    sides = [[each.records.get(key) for each in (before, one, two)] for key in order]
    if head is None or any(_is_conflict(*side) for side in sides):
        return None
    merged = {key: record for key, side in zip(order, sides, strict=True) if (record := _either(*side)) is not None}
    return str(one._replace(head=head, records=merged))


def _either(base: str | None, ours: str | None, theirs: str | None) -> str | None:
    """Return the record of the side that changed it."""
    return None if _is_conflict(base, ours, theirs) else theirs if ours == base else ours


def _is_conflict(base: str | None, ours: str | None, theirs: str | None) -> bool:
    return base not in {ours, theirs} and ours != theirs


def _rows(text: str) -> Records | None:
    """Parse a CSV file, with the first cell of a row as its key; None when a cell has line breaks, or a key repeats."""
    lines = text.splitlines()
    if not lines or any(line.count('"') % 2 for line in lines):
        return None
    delimiter = max(",;\t", key=lines[0].count)
    keys = [next(csv.reader(io.StringIO(line), delimiter=delimiter), [""])[0] for line in lines[1:]]
    return _unless_twice("".join(f"{line}\n" for line in lines[:1]), keys, [f"{line}\n" for line in lines[1:]])


def _overrides(text: str) -> Records | None:
    """Parse overrides, with document and text as the key; None when two have the same key."""
    head, *blocks = re.split(r"^(?=\[\[override\]\])", text, flags=re.MULTILINE)
    keys = []
    for block in blocks:
        try:
            values = tomllib.loads(block)["override"][0]
        except (tomllib.TOMLDecodeError, KeyError, TypeError):
            return None
        keys.append("\n".join(str(values.get(name, "")) for name in ("document", "text", "nth")))
    found = _unless_twice(f"{head.rstrip()}\n" if head.strip() else "", keys, [f"{each.rstrip()}\n" for each in blocks])
    return found and found._replace(between="\n")


def _unless_twice(head: str, keys: Sequence[str], texts: Sequence[str]) -> Records | None:
    found = dict(zip(keys, texts, strict=True))
    return Records(head, found) if len(found) == len(keys) else None


_READERS: Mapping[str, Callable[[str], Records | None]] = {"csv": _rows, "toml": _overrides}
