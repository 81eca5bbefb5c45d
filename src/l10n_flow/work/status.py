"""Status: how far each document is in each locale."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass

from l10n_flow.errors import ConfigError
from l10n_flow.model import Finding
from l10n_flow.project import Failure, OpenProject, Project, StatusRow, count
from l10n_flow.publish.absent import NOTHING, Absent, absent
from l10n_flow.publish.errors import error_rules, errors_of


@dataclass(frozen=True, slots=True)
class StatusResult:
    """The rows, by document and then locale, the documents that could not be read, those that are gone, and errors."""

    rows: tuple[StatusRow, ...]
    failures: tuple[Failure, ...] = ()
    absent: Absent = NOTHING
    errors: tuple[Finding, ...] = ()


def status(
    project: Project, names: Sequence[str] = (), locales: Sequence[str] = (), *, gate: bool = False
) -> StatusResult:
    """Count the units of every document in every locale; for a gate, look for errors in what a release would hold."""
    rules = error_rules(project) if gate else ()
    errors: list[Finding] = []
    rows: list[StatusRow] = []
    failures = []
    opened = OpenProject(project)
    for loaded in opened.snapshots(names, locales):
        if isinstance(loaded, Failure):
            failures.append(loaded)
        else:
            rows += count(loaded, project.source_locale)
            errors += errors_of(opened, loaded, rules) if gate else ()
    empty = dict.fromkeys(row.document for row in rows if not row.units)
    return StatusResult(tuple(rows), tuple(failures), absent(opened, names, empty=empty), tuple(errors))


def parse_threshold(text: str) -> tuple[str, float]:
    """``en=80`` as locale and percentage.

    Raises:
        ConfigError: for anything else.
    """
    locale, _, percent = text.partition("=")
    try:
        value = float(percent)
    except ValueError:
        value = -1.0
    if not locale or not 0 <= value <= 100:
        raise ConfigError(f"--fail-under takes LOCALE=PERCENT, such as en=80, not {text!r}")
    return locale, value
