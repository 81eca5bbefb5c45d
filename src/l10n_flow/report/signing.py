"""What became of the units that were approved, joined or ignored."""

from __future__ import annotations

from collections.abc import Iterator, Mapping
from typing import TYPE_CHECKING

from l10n_flow import ids
from l10n_flow.report.excerpts import beginning, printable
from l10n_flow.report.tables import plural

if TYPE_CHECKING:
    from l10n_flow.model import Key
    from l10n_flow.project import Project
    from l10n_flow.work.signing import SigningResult


def signing_lines(project: Project, result: SigningResult, verb: str, *, verbose: bool = False) -> Iterator[str]:
    """Each unit that could not be done and why; with ``verbose`` also each that was."""
    short = _ids(result)
    for unit in result.units:
        if unit.done and not verbose:
            continue
        path = printable(f"{project.shown_catalogue(unit.locale, unit.document)}:{unit.line}")
        text = f"{beginning(unit.key.source, 60)} ({short[unit.key]})"
        yield f"{path}: {verb}: {text}" if unit.done else f"{path}: not {verb}: {text}: {unit.message}"


def sums(result: SigningResult, verb: str) -> str:
    """``4 units approved, 2 not``."""
    done = sum(unit.done for unit in result.units)
    return f"{plural(done, 'unit')} {verb}, {len(result.units) - done:,} not"


def signing_json(project: Project, result: SigningResult) -> list[dict[str, object]]:
    """A row for each unit and locale; ``outcome`` is ``saved``, ``unchanged``, ``refused`` or ``gone``."""
    short = _ids(result)
    return [
        {
            "document": unit.document,
            "locale": unit.locale,
            "unit": short[unit.key],
            "path": project.shown_catalogue(unit.locale, unit.document),
            "line": unit.line,
            "source": unit.key.source,
            "outcome": unit.status.value,
            "message": unit.message,
        }
        for unit in result.units
    ]


def _ids(result: SigningResult) -> Mapping[Key, str]:
    return ids.short(unit.key for unit in result.units)
