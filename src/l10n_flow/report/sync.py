"""Reports about a sync: its findings, and the whole result as JSON."""

from __future__ import annotations

from collections.abc import Iterator, Mapping, Sequence
from typing import TYPE_CHECKING

from l10n_flow.report.builds import build_json
from l10n_flow.report.excerpts import printable
from l10n_flow.report.statuses import status_json
from l10n_flow.report.tables import SHOWN, left_out, table
from l10n_flow.report.updates import update_json

if TYPE_CHECKING:
    from l10n_flow.project import Failure, Project, Remark
    from l10n_flow.work.sync import SyncResult


def tally_lines(
    project: Project,
    tally: Mapping[tuple[str, str, str], int],
    remarks: Sequence[Remark],
    *,
    remarked: int,
    failures: Sequence[Failure],
) -> Iterator[str]:
    """Return lines for the findings of a sync: unchecked documents, a line per locale and rule, single findings."""
    missing = [f"findings: {line}" for line in left_out(failures, "judged")]
    yield from missing
    if not tally:
        if not missing:
            yield "findings: none"
        return
    yield "findings:"
    cells = [
        [f"  {locale}", f"{count:,}", rule, f"({severity})"]
        for (locale, rule, severity), count in sorted(tally.items())
    ]
    yield from table(cells, right=frozenset({1}))
    shown = remarks[:SHOWN]
    for each in shown:
        path = project.shown_catalogue(each.locale, each.document)
        yield printable(f"  {path}:{each.line}: {each.severity}: {each.message} [{each.rule}]")
    if remarked > len(shown):
        yield f"  … and {remarked - len(shown):,} more; l10n-flow check shows all"


def sync_json(project: Project, result: SyncResult) -> dict[str, object]:
    """Return a sync as ``{"updates", "unchanged", "findings", "remarks", "status", "build"}`` (docs/commands.md)."""
    return {
        "updates": update_json(result.updates),
        "unchanged": result.unchanged,
        "findings": [
            {"locale": locale, "rule": rule, "severity": severity, "count": count}
            for (locale, rule, severity), count in sorted(result.tally.items())
        ],
        "remarks": [
            {**each._asdict(), "path": project.shown_catalogue(each.locale, each.document)} for each in result.remarks
        ],
        "status": status_json(result.rows),
        "build": build_json(project, result.build, drafts=True),
    }
