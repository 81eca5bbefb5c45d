"""Sort, filter and add up the rows of ``status``; a gate counts all rows, whatever is shown."""

from __future__ import annotations

from collections.abc import Callable, Iterable, Mapping, Sequence
from dataclasses import fields
from enum import StrEnum

from l10n_flow.project import StatusRow


class Order(StrEnum):
    """The order of rows."""

    DOCUMENT = "document"
    LOCALE = "locale"
    UNITS = "units"
    READY = "ready"
    MISSING = "missing"


class Only(StrEnum):
    """A kind of unit; with it only rows that have such units are shown."""

    NOT_READY = "not-ready"
    UNTRANSLATED = "untranslated"
    NEEDS_EDITING = "needs-editing"
    TRANSLATED = "translated"
    APPROVED = "approved"
    STALE = "stale"
    ERRORS = "errors"


_KEYS: Mapping[Order, Callable[[StatusRow], tuple[float, ...]]] = {
    Order.DOCUMENT: lambda _: (),
    Order.LOCALE: lambda _: (),
    Order.UNITS: lambda row: (-row.units,),
    Order.READY: lambda row: (row.percent,),
    Order.MISSING: lambda row: (row.ready - row.units,),
}
_NUMBERS: Mapping[Only, Callable[[StatusRow], int]] = {
    Only.NOT_READY: lambda row: row.units - row.ready,
    Only.UNTRANSLATED: lambda row: row.untranslated,
    Only.NEEDS_EDITING: lambda row: row.needs_editing,
    Only.TRANSLATED: lambda row: row.translated,
    Only.APPROVED: lambda row: row.approved,
    Only.STALE: lambda row: row.stale,
    Only.ERRORS: lambda row: row.errors,
}


def ordered(rows: Iterable[StatusRow], by: Order) -> tuple[StatusRow, ...]:
    """Sort rows: most units, least ready or most units missing first; equal rows by document."""
    if by is Order.LOCALE:
        return tuple(sorted(rows, key=lambda row: row.locale))
    return tuple(sorted(rows, key=_KEYS[by]))


def picked(rows: Iterable[StatusRow], only: Sequence[Only]) -> tuple[StatusRow, ...]:
    """Return the rows that have a unit of one of these kinds; all rows when no kind is given."""
    return tuple(row for row in rows if not only or any(_NUMBERS[each](row) for each in only))


def totals(rows: Iterable[StatusRow]) -> tuple[StatusRow, ...]:
    """Return the sum of the rows of each locale, in the order of first occurrence; ``document`` is ""."""
    names = [each.name for each in fields(StatusRow) if each.name not in {"document", "locale"}]
    sums: dict[str, dict[str, int]] = {}
    for row in rows:
        found = sums.setdefault(row.locale, dict.fromkeys(names, 0))
        for name in names:
            found[name] += getattr(row, name)
    return tuple(StatusRow(document="", locale=locale, **found) for locale, found in sums.items())
