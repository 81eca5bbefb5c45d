"""Reports about the changes of ``extract``, ``convert`` and ``sync`` in the catalogues."""

from __future__ import annotations

from collections.abc import Iterator, Mapping
from typing import TYPE_CHECKING

from l10n_flow import ids
from l10n_flow.report.excerpts import beginning, printable
from l10n_flow.report.tables import plural

if TYPE_CHECKING:
    from l10n_flow.model import Key
    from l10n_flow.work.results import DocumentUpdate, LocaleSummary, UpdateResult

_WORDS = {"needs-editing": "now need editing", "copied": "copied, being in its language already"}


def update_lines(result: UpdateResult, *, verbose: bool = False) -> Iterator[str]:
    """Return lines about an update; unchanged documents are left out unless ``verbose``."""
    moved = result.moved
    for renamed in moved.renamed:
        yield printable(f"{renamed.old} is now {renamed.new}: its catalogues and seals moved along")
    for aside in moved.aside:
        yield printable(f"{aside.old} holds another text now: the catalogues of the one that is gone are {aside.new}")
    for section in moved.sections:
        units = plural(section.units, "unit")
        yield printable(f"{section.old} → {section.new}: {units} went over, with translations and seals")
    for name in moved.orphans:
        yield printable(f"{name}: its source is gone; its catalogues are kept (extract --prune removes them)")
    for name in result.strangers:
        yield f"l10n-flow.overrides.toml: there is no document {name!r}; its overrides do nothing"
    for left in result.left:
        more = f" and {plural(left.number - 1, 'other')} like it" if left.number > 1 else ""
        yield printable(f"{left.path}{more} not read: {left.why}")
    short = ids.short(key for report in _reports(result) for key in report.needs_editing)
    for document in result.documents:
        lines = list(_document_lines(document, short))
        if lines or verbose or not document.units:
            counts = f"{plural(document.blocks, 'block')}, {plural(document.units, 'unit')}"
            yield printable(f"{document.path}: {counts if document.units else 'no text to translate'}")
            yield from lines


def _reports(result: UpdateResult) -> Iterator[LocaleSummary]:
    for document in result.documents:
        yield from document.locales


def _changed_ids(result: UpdateResult) -> Mapping[Key, str]:
    return ids.short(change.key for report in _reports(result) for change in report.changes)


def _document_lines(document: DocumentUpdate, short: Mapping[Key, str]) -> Iterator[str]:
    for notice in document.notices:
        yield printable(f"  {document.path}:{notice.line}: {notice.message} [{notice.kind}]")
    for update in document.locales:
        told = [f"{count:,} {_WORDS.get(word, word)}" for word, count in update.counts.items() if count]
        if told:
            yield f"  {update.locale}: {', '.join(told)}"
        for key in update.needs_editing:
            yield f"    needs editing: {beginning(key.source, 60)} ({short[key]})"
        for key in update.obsolete:
            yield f"    obsolete: {beginning(key.source, 60)}"
        if update.outdated:
            count = plural(update.outdated, "unit")
            yield f"  {update.locale}: newer dictionaries convert {count} otherwise; see convert --upgrade --dry-run"


def change_lines(result: UpdateResult) -> Iterator[str]:
    """Return the changes of a conversion, before and after, for ``--dry-run``."""
    short = _changed_ids(result)
    for document in result.documents:
        for update in document.locales:
            for change in update.changes:
                yield printable(f"{document.name} · {update.locale} · {short[change.key]}")
                if change.before:
                    yield f"- {printable(change.before)}"
                yield f"+ {printable(change.after)}"


def update_json(result: UpdateResult) -> dict[str, object]:
    """Return the update as ``{"documents", "renamed", "aside", "sections", "orphans", "strangers", "left"}``."""
    short, moved = _changed_ids(result), result.moved
    return {
        "documents": [_document_json(document, short) for document in result.documents],
        "renamed": [{"old": each.old, "new": each.new} for each in moved.renamed],
        "aside": [{"old": each.old, "new": each.new} for each in moved.aside],
        "sections": [{"old": each.old, "new": each.new, "units": each.units} for each in moved.sections],
        "orphans": list(moved.orphans),
        "strangers": list(result.strangers),
        "left": [{"path": left.path, "number": left.number, "why": left.why} for left in result.left],
    }


def _document_json(document: DocumentUpdate, short: Mapping[Key, str]) -> dict[str, object]:
    return {
        "document": document.name,
        "path": document.path,
        "blocks": document.blocks,
        "units": document.units,
        "notices": [
            {"line": notice.line, "kind": notice.kind.value, "message": notice.message} for notice in document.notices
        ],
        "locales": [_locale_json(update, short) for update in document.locales],
    }


def _locale_json(update: LocaleSummary, short: Mapping[Key, str]) -> dict[str, object]:
    return {
        "locale": update.locale,
        **update.counts,
        "outdated": update.outdated,
        "changes": [
            {"unit": short[change.key], "source": change.key.source, "before": change.before, "after": change.after}
            for change in update.changes
        ],
    }
