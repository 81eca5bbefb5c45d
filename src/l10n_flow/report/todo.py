"""The units that need a person, as lines with links to the review page, and as JSON."""

from __future__ import annotations

from collections import Counter
from collections.abc import Iterator
from typing import TYPE_CHECKING
from urllib.parse import quote

from l10n_flow.report.excerpts import beginning, printable
from l10n_flow.report.tables import left_out, plural

if TYPE_CHECKING:
    from l10n_flow.work.todo import TodoResult, TodoRow, TodoUnit

_WORDS = {
    "stale": "corrected before the source changed",
    "error": "with an error",
    "needs-editing": "to edit",
    "untranslated": "to translate",
    "waiting": "waiting for approval",
}


def todo_lines(result: TodoResult, address: str) -> Iterator[str]:
    """Return a heading for each document and locale, and below it its units, or the first few, with links.

    Args:
        result: the units that need a person.
        address: the address of the running review page, or "" when it does not run.
    """
    for row in result.rows:
        counts = ", ".join(f"{number:,} {_WORDS[need]}" for need, number in row.counts.items())
        yield printable(f"{row.document} · {row.locale}: {counts}")
        for unit in row.units:
            yield f"  {_WORDS[unit.need]}: {beginning(unit.key.source, 48)}"
            yield f"    {address}{_path(row, unit)}"
        if row.total > len(row.units):
            yield f"  and {plural(row.total - len(row.units), 'more unit')} (--all names every one)"
    if len(result.rows) > 1:
        totals = Counter[str]()
        for row in result.rows:
            totals.update(row.counts)
        told = ", ".join(f"{totals[need]:,} {word}" for need, word in _WORDS.items() if totals[need])
        documents = plural(len({row.document for row in result.rows}), "document")
        yield f"{plural(totals.total(), 'unit')} of {documents} in all: {told}"
    yield from left_out(result.failures, "judged")
    if not (result.failures or result.rows):
        yield "nothing needs a person"


def todo_json(result: TodoResult, address: str) -> list[dict[str, object]]:
    """Return rows as ``{"document", "locale", "counts", "units": [{"id", "need", "source", "target", "link"}]}``."""
    return [
        {
            "document": row.document,
            "locale": row.locale,
            "counts": {need.value: number for need, number in row.counts.items()},
            "units": [
                {
                    "id": unit.id,
                    "need": unit.need.value,
                    "source": unit.key.source,
                    "target": unit.target,
                    "link": address + _path(row, unit),
                }
                for unit in row.units
            ],
        }
        for row in result.rows
    ]


def _path(row: TodoRow, unit: TodoUnit) -> str:
    return f"/u/{row.locale}/{quote(row.document)}/{unit.id}"
