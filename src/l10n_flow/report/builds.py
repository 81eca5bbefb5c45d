"""Reports about a build: what was written, or the reasons why there is no release."""

from __future__ import annotations

from collections import Counter
from collections.abc import Iterator, Mapping
from typing import TYPE_CHECKING

from l10n_flow import ids
from l10n_flow.report.excerpts import beginning, printable
from l10n_flow.report.findings import as_json
from l10n_flow.report.statuses import absent_json, absent_lines, error_lines, gate_lines, gates_json
from l10n_flow.report.tables import SHOWN, plural

if TYPE_CHECKING:
    from l10n_flow.model import Key
    from l10n_flow.project import Project
    from l10n_flow.publish.build import BuildResult


def problem_lines(project: Project, result: BuildResult, *, everything: bool) -> Iterator[str]:
    """Return lines about the units that stop a release, by document and locale."""
    short = _ids(result)
    told: Counter[tuple[str, str]] = Counter()
    for problem in result.problems:
        told[problem.document, problem.locale] += 1
        if not everything and told[problem.document, problem.locale] > SHOWN:
            continue
        unit = problem.translation
        path = project.shown_catalogue(problem.locale, problem.document)
        path = f"{path}:{unit.line}" if unit.line else f"{path} (run l10n-flow sync)"
        yield f"{printable(path)}: {unit.state}: {beginning(unit.key.source, 60)} ({short[unit.key]})"
    for (document, locale), count in told.items():
        if count > SHOWN and not everything:
            yield f"… and {count - SHOWN:,} more in {printable(document)} · {locale} (-v shows all)"
    for (document, locale), count in told.items():
        require = project.locale(locale).require
        yield f"{printable(document)} · {locale}: {plural(count, 'unit')} not {require}"
    yield from error_lines(project, result.errors)
    yield from gate_lines(result.gates)
    yield from absent_lines(result.absent)


def refusal(project: Project, result: BuildResult, *, drafts: bool = False) -> str:
    """Return the sentence that there is no release or preview, why, and what was written nevertheless."""
    folder = project.output_dir(drafts=drafts).shown
    if drafts:
        return f"no preview: {folder}/ is as it was"
    reasons = []
    if result.problems:
        reasons.append(f"{plural(len(result.problems), 'unit')} not ready (l10n-flow status --todo links to them)")
    if result.errors:
        reasons.append(f"{plural(len(result.errors), 'error')} in texts that are ready")
    if result.gates:
        reasons.append(f"{plural(len(result.gates), 'locale')} below what is required")
    why = f"{', '.join(reasons)}; " if reasons else ""
    kept = f"not released: {why}{folder}/ is as it was"
    if result.reviews:
        return f"{kept}; {plural(result.reviews, 'review page')} written into {project.preview_dir.shown}/review/"
    return f"{kept} (build --drafts writes a preview)"


def leftover_lines(project: Project, result: BuildResult) -> Iterator[str]:
    """Return lines saying that the release's folder contains no release."""
    if result.leftover:
        folder = project.build_dir.shown
        yield f"{folder}/ holds an earlier preview, which is no release; the next release replaces it, or remove it"


def note_lines(result: BuildResult) -> Iterator[str]:
    """Return lines about the units that were published with another text than that of their catalogue."""
    short = _ids(result)
    for note in result.notes:
        yield f"{printable(note.document)} · {note.locale} · {short[note.key]}: {printable(note.message)}"


def build_json(project: Project, result: BuildResult, *, drafts: bool) -> dict[str, object]:
    """Return the build as a JSON object (docs/commands.md)."""
    short = _ids(result)
    return {
        "written": result.written,
        "files": result.files,
        "reviews": result.reviews,
        "folder": project.output_dir(drafts=drafts).shown,
        "recorded": result.recorded,
        "problems": [
            {
                "document": problem.document,
                "locale": problem.locale,
                "unit": short[problem.translation.key],
                "state": problem.translation.state.value,
                "source": problem.translation.key.source,
                "path": project.shown_catalogue(problem.locale, problem.document),
                "line": problem.translation.line,
            }
            for problem in result.problems
        ],
        "errors": as_json(result.errors, lambda finding: project.shown_catalogue(finding.locale, finding.document)),
        "gates": gates_json(result.gates),
        "absent": absent_json(result.absent),
        "notes": [
            {"document": note.document, "locale": note.locale, "unit": short[note.key], "message": note.message}
            for note in result.notes
        ],
    }


def _ids(result: BuildResult) -> Mapping[Key, str]:
    return ids.short([*(each.translation.key for each in result.problems), *(note.key for note in result.notes)])
