"""The changes of conversions and their reasons, as text and as JSON."""

from __future__ import annotations

import json
from collections.abc import Iterator, Sequence
from typing import TYPE_CHECKING

from l10n_flow import ids
from l10n_flow.report.excerpts import printable

if TYPE_CHECKING:
    from l10n_flow.conversion import Change
    from l10n_flow.conversion.stream import Line
    from l10n_flow.work.explain import Explained


def line_text(line: Line) -> str:
    """Return a change of a stream as ``line:column: before → after  rule (dictionaries)``, counted from 1."""
    return f"{line.number}:{line.change.start + 1}: {_change_text(line.change)}"


def line_json(line: Line) -> str:
    """Return a change of a stream as one line of JSON, because a stream may have no end."""
    data = {"line": line.number, **_change_json(line.change)}
    return json.dumps(data, ensure_ascii=False, separators=(",", ":"))


def units_text(units: Sequence[Explained]) -> Iterator[str]:
    """Return a line for each unit that changes and, indented below it, one for each change, with its column."""
    short = ids.short(unit.key for unit in units)
    for unit in units:
        if unit.changes:
            yield printable(f"{unit.document} · {unit.locale} · {short[unit.key]}  {unit.key.source}")
            yield from (f"  {change.start + 1:>4}: {_change_text(change)}" for change in unit.changes)


def units_json(units: Sequence[Explained]) -> list[dict[str, object]]:
    """Return the units as ``{"document", "locale", "id", "source", "changes"}``; spans count characters from 0."""
    short = ids.short(unit.key for unit in units)
    return [
        {
            "document": unit.document,
            "locale": unit.locale,
            "id": short[unit.key],
            "source": unit.key.source,
            "changes": [_change_json(change) for change in unit.changes],
        }
        for unit in units
    ]


def _change_text(change: Change) -> str:
    by = ", ".join(change.by)
    return f"{printable(change.before)} → {printable(change.after)}  {change.rule}" + (f" ({by})" if by else "")


def _change_json(change: Change) -> dict[str, object]:
    return {
        "source": {"start": change.start, "end": change.end, "text": change.before},
        "target": {"start": change.target_start, "end": change.target_end, "text": change.after},
        "rule": change.rule.value,
        "by": list(change.by),
    }
