"""Results as tables and sentences for people, and as plain data for JSON."""

from __future__ import annotations

from collections.abc import Iterator, Mapping, Sequence
from typing import TYPE_CHECKING

from l10n_flow.report.excerpts import printable
from l10n_flow.scripts import display_width

if TYPE_CHECKING:
    from l10n_flow.config import Project
    from l10n_flow.model import Document
    from l10n_flow.workflow.build import BuildResult
    from l10n_flow.workflow.documents import Failure
    from l10n_flow.workflow.extract import DocumentUpdate, UpdateResult
    from l10n_flow.workflow.review import ReviewResult
    from l10n_flow.workflow.status import GateFailure, StatusRow

_BAR = 20
_SHOWN = 20


def plural(number: int, noun: str) -> str:
    return f"{number:,} {noun}" if number == 1 else f"{number:,} {noun}s"


def table(rows: Sequence[Sequence[str]], *, right: frozenset[int] = frozenset()) -> list[str]:
    """Rows of cells as aligned lines, wide characters counted as two columns; ``right`` columns are right-aligned."""
    widths = [max(display_width(row[i]) for row in rows) for i in range(len(rows[0]))] if rows else []
    lines = []
    for row in rows:
        cells = []
        for i, cell in enumerate(row):
            pad = " " * (widths[i] - display_width(cell))
            cells.append(pad + cell if i in right else cell + pad)
        lines.append("  ".join(cells).rstrip())
    return lines


def excerpt(text: str, width: int = 40) -> str:
    """The beginning of a text, on one line, at most ``width`` columns wide."""
    text = printable(text)
    if display_width(text) <= width:
        return text
    while display_width(text) > width - 1:
        text = text[: max(1, len(text) * (width - 1) // display_width(text))]
    return text + "…"


# Segments --------------------------------------------------------------------------------------------------------


def segments_json(document: Document) -> list[dict[str, object]]:
    """The blocks as ``{"kind", "lines", "units", "roles"}``."""
    return [
        {
            "kind": block.kind.value,
            "lines": list(block.lines),
            "units": [unit.text for unit in block.units],
            "roles": [unit.role.value for unit in block.units],
        }
        for block in document.blocks
    ]


def segments_text(document: Document) -> Iterator[str]:
    """A line for each block and, indented, one for each unit."""
    for block in document.blocks:
        first, last = block.lines[0], block.lines[-1]
        yield f"{block.kind} {first}" if first == last else f"{block.kind} {first}-{last}"
        for unit in block.units:
            yield f"    {'' if unit.role == 'sentence' else f'[{unit.role}] '}{printable(unit.text)}"


# Updates ---------------------------------------------------------------------------------------------------------


def update_lines(result: UpdateResult, *, verbose: bool = False) -> Iterator[str]:
    """What an update did, documents with nothing to tell left out unless ``verbose``."""
    for renamed in result.renamed:
        yield f"{renamed.old} is now {renamed.new}: its catalogues and seals moved along"
    for name in result.orphans:
        yield f"{name}: its source is gone; its catalogues are kept (extract --prune removes them)"
    for name in result.strangers:
        yield f"l10n-flow.overrides.toml: there is no document {name!r}; its overrides do nothing"
    for document in result.documents:
        lines = list(_document_lines(document))
        if lines or verbose:
            yield f"{document.path}: {plural(document.blocks, 'block')}, {plural(document.units, 'unit')}"
            yield from lines


def _document_lines(document: DocumentUpdate) -> Iterator[str]:
    for notice in document.notices:
        yield f"  {document.path}:{notice.line}: {notice.message} [{notice.kind}]"
    for update in document.locales:
        merged, converted = update.merged, update.converted
        told = [
            f"{len(keys)} {word}"
            for keys, word in (
                (merged.added, "new"),
                (merged.restored, "restored"),
                (merged.fuzzied, "now need editing"),
                (merged.obsoleted, "obsolete"),
                (converted.changes, "converted"),
            )
            if keys
        ]
        if told:
            yield f"  {update.locale}: {', '.join(told)}"
        for key in merged.fuzzied[:_SHOWN]:
            yield f"    needs editing: {excerpt(key.source, 60)} ({key.digest[:8]})"
        for key in merged.obsoleted[:_SHOWN]:
            yield f"    obsolete: {excerpt(key.source, 60)}"
        if converted.outdated:
            count = plural(len(converted.outdated), "unit")
            yield f"  {update.locale}: newer dictionaries convert {count} otherwise; see convert --upgrade --dry-run"


def change_lines(result: UpdateResult) -> Iterator[str]:
    """The differences a conversion makes, before and after, for ``--dry-run``."""
    for document in result.documents:
        for update in document.locales:
            for change in update.converted.changes:
                yield f"{document.name} · {update.locale} · {change.key.digest[:8]}"
                if change.before:
                    yield f"- {printable(change.before)}"
                yield f"+ {printable(change.after)}"


def failure_lines(failures: Sequence[Failure]) -> Iterator[str]:
    for failure in failures:
        yield f"error: {failure.error}"


# Status ----------------------------------------------------------------------------------------------------------


def status_json(rows: Sequence[StatusRow]) -> list[dict[str, object]]:
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
            "human": row.human,
            "ready": row.ready,
            "percent": round(row.percent, 2),
        }
        for row in rows
    ]


_HEAD = (
    "document", "locale", "units", "source", "target", "untranslated", "needs editing", "translated", "approved",
    "stale", "converted", "human", "ready",
)  # fmt: skip


def status_lines(rows: Sequence[StatusRow], *, bar: bool) -> list[str]:
    """The table of completeness; ``source`` and ``target`` are characters of Chinese, words of other languages."""
    body = [
        [
            printable(row.document), row.locale,
            *(f"{n:,}" for n in (row.units, row.characters, row.words, row.untranslated, row.needs_editing,
                                 row.translated, row.approved, row.stale, row.converted, row.human)),
            (f"{_bar(row.percent)} " if bar else "") + f"{int(row.percent):3d} %",
        ]
        for row in rows
    ]  # fmt: skip
    return table([_HEAD, *body], right=frozenset(range(2, len(_HEAD)))) if rows else ["no documents"]


def _bar(percent: float) -> str:
    full = int(percent * _BAR / 100)
    return "█" * full + "░" * (_BAR - full)


def gate_lines(failed: Sequence[GateFailure]) -> Iterator[str]:
    for each in failed:
        # Rounded down: 99.99 % is not 100 %.
        percent = int(each.percent * 10) / 10
        missing = plural(each.missing, "unit")
        yield f"{each.locale}: {percent:g} % ready, {each.required:g} % required; {missing} missing"


def tally_lines(tally: Mapping[tuple[str, str, str], int], remarks: Sequence[str]) -> Iterator[str]:
    """The findings of a sync: a line for each locale and rule, then the remarkable ones."""
    if not tally:
        yield "findings: none"
        return
    yield "findings:"
    cells = [
        [f"  {locale}", f"{count:,}", rule, f"({severity})"]
        for (locale, rule, severity), count in sorted(tally.items())
    ]
    yield from table(cells, right=frozenset({1}))
    yield from (f"  {line}" for line in remarks[:_SHOWN])
    if len(remarks) > _SHOWN:
        yield f"  … and {len(remarks) - _SHOWN:,} more; l10n-flow check shows all"


# Builds and reviews ----------------------------------------------------------------------------------------------


def problem_lines(project: Project, result: BuildResult, *, everything: bool) -> Iterator[str]:
    """What keeps a build from being a release, by document and locale."""
    shown: dict[tuple[str, str], int] = {}
    for problem in result.problems:
        place = problem.document, problem.locale
        shown[place] = shown.get(place, 0) + 1
        if not everything and shown[place] > _SHOWN:
            continue
        unit = problem.translation
        path = project.shown(project.catalogue_path(problem.locale, problem.document))
        path = f"{path}:{unit.line}" if unit.line else f"{path} (run l10n-flow sync)"
        yield f"{path}: {unit.state}: {excerpt(unit.key.source, 60)} ({unit.key.digest[:8]})"
    for (document, locale), count in shown.items():
        rest = count - _SHOWN
        if rest > 0 and not everything:
            yield f"… and {rest:,} more in {printable(document)} · {locale} (-v shows all)"
    for (document, locale), count in shown.items():
        require = project.locale(locale).require
        yield f"{printable(document)} · {locale}: {plural(count, 'unit')} not {require}"
    yield from gate_lines(result.gates)


def note_lines(result: BuildResult) -> Iterator[str]:
    for note in result.notes:
        yield f"{printable(note.document)} · {note.locale} · {note.key.digest[:8]}: {note.message}"


def review_lines(project: Project, result: ReviewResult, verb: str) -> Iterator[str]:
    """What became of each unit that was not simply done, then the sums."""
    done = 0
    for unit in result.units:
        if unit.outcome in {"done", "already"}:
            done += 1
            continue
        path = project.shown(project.catalogue_path(unit.locale, unit.document))
        yield f"{path}:{unit.line}: not {verb}, {unit.outcome}: {excerpt(unit.key.source, 60)} ({unit.key.digest[:8]})"
    yield f"{plural(done, 'unit')} {verb}, {len(result.units) - done:,} not"
