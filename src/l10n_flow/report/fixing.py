"""The changes of ``check --fix``, made or possible."""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from typing import TYPE_CHECKING

from l10n_flow import ids
from l10n_flow.report.excerpts import printable
from l10n_flow.report.tables import plural

if TYPE_CHECKING:
    from l10n_flow.project import Project
    from l10n_flow.work.fixing import UnitFix


def diff_lines(project: Project, fixes: Sequence[UnitFix]) -> Iterator[str]:
    """Return lines for each unit, with its translation before and after."""
    short = ids.short(each.key for each in fixes)
    for each in fixes:
        path = project.shown_catalogue(each.locale, each.document)
        yield f"{printable(path)}:{each.line}: {', '.join(each.rules)}  ({short[each.key]})"
        yield f"-{printable(each.before)}"
        yield f"+{printable(each.after)}"


def diff_sum(fixes: Sequence[UnitFix]) -> Iterator[str]:
    """Return the line after the changes: how many there are, and what makes them; none without changes."""
    if fixes:
        yield f"{plural(len(fixes), 'unit')} would be fixed; check --fix without --diff does it"


def diff_json(project: Project, fixes: Sequence[UnitFix]) -> list[dict[str, object]]:
    """Return the changes as JSON data."""
    short = ids.short(each.key for each in fixes)
    return [
        {
            "document": each.document,
            "locale": each.locale,
            "unit": short[each.key],
            "rules": list(each.rules),
            "path": project.shown_catalogue(each.locale, each.document),
            "line": each.line,
            "source": each.key.source,
            "before": each.before,
            "after": each.after,
        }
        for each in fixes
    ]
