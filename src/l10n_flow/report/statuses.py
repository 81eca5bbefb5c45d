"""Status rows as JSON, and reports about gates; the table is in ``status_table``."""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from typing import TYPE_CHECKING

from l10n_flow.report.excerpts import beginning, printable
from l10n_flow.report.tables import SHOWN, plural

if TYPE_CHECKING:
    from l10n_flow.model import Finding
    from l10n_flow.project import Project, StatusRow
    from l10n_flow.publish.absent import Absent
    from l10n_flow.work.status import StatusResult
from l10n_flow.project import GateFailure


def status_json(rows: Sequence[StatusRow]) -> list[dict[str, object]]:
    """Return the rows as JSON data."""
    return [
        {
            "document": row.document,
            "locale": row.locale,
            "units": row.units,
            "characters": row.characters,
            "words": row.words,
            "untranslated": row.untranslated,
            "needs-editing": row.needs_editing,
            "translated": row.translated,
            "approved": row.approved,
            "stale": row.stale,
            "converted": row.converted,
            "copied": row.copied,
            "human": row.human,
            "errors": row.errors,
            "ready": row.ready,
            "percent": round(row.percent, 2),
        }
        for row in rows
    ]


def error_lines(project: Project, errors: Sequence[Finding]) -> Iterator[str]:
    """Return lines about the errors that stop a release, and what to do about them."""
    for each in errors[:SHOWN]:
        path = project.shown_catalogue(each.locale, each.document)
        text = beginning(each.key.source, 60)
        yield printable(f"{path}:{each.line}: error: {text}: {each.message} [{each.rule}]")
    if len(errors) > SHOWN:
        yield f"… and {len(errors) - SHOWN:,} more; l10n-flow check shows all"
    if errors:
        number = plural(len(errors), "error")
        yield f"{number} in texts that are ready: correct them, or say why they are none: l10n-flow ignore"


def absent_lines(absent: Absent) -> Iterator[str]:
    """Return lines about the documents without a source, and what to do."""
    if absent.globs:
        yield f"no file matches {', '.join(absent.globs)}: put articles there, or correct sources in l10n-flow.toml"
    for name in absent.documents:
        yield printable(
            f"{name}: published, and its source is gone; put it back, or let it go: build --remove, or extract --prune"
        )
    for name in absent.emptied:
        yield printable(f"{name}: published, and its source holds no text any more; put it back, or say build --remove")
    missing = len(absent.documents) + len(absent.emptied)
    if missing > SHOWN:
        remedy = "put them back, or let them go: build --remove"
        yield f"{plural(missing, 'published document')} without a source or a text: {remedy}"


def absent_json(absent: Absent) -> dict[str, object]:
    """Return the same as JSON data."""
    return {"globs": list(absent.globs), "documents": list(absent.documents), "emptied": list(absent.emptied)}


def gate_lines(failed: Sequence[GateFailure]) -> Iterator[str]:
    """Return lines about the locales below their gate."""
    for each in failed:
        # Rounded down: 99.99 % is not 100 %.
        percent = int(each.percent * 10) / 10
        missing = plural(each.missing, "unit")
        yield f"{each.locale}: {percent:g} % ready, {each.required:g} % required; {missing} missing"


def gates_json(failed: Sequence[GateFailure]) -> list[dict[str, object]]:
    """Return the same as JSON data."""
    return [
        {"locale": each.locale, "percent": round(each.percent, 2), "required": each.required, "missing": each.missing}
        for each in failed
    ]


def branch_lines(result: StatusResult) -> Iterator[str]:
    """Return lines about the conflicts of branches, and about a missing merge driver."""
    if result.choices:
        yield f"{plural(result.choices, 'unit')} with the texts of two branches; l10n-flow resolve lists them"
    if result.lacks_driver:
        yield "this clone merges catalogues by lines, and .gitattributes asks for units; run: l10n-flow init --git"
