"""Reports about the changes of ``extract``, ``convert`` and ``sync`` in the catalogues."""

from __future__ import annotations

from collections.abc import Iterator, Mapping
from typing import TYPE_CHECKING

from l10n_flow import ids
from l10n_flow.report.excerpts import beginning, printable
from l10n_flow.report.tables import SHOWN, plural

if TYPE_CHECKING:
    from l10n_flow.model import Key
    from l10n_flow.work.extract import DocumentUpdate, UpdateResult
    from l10n_flow.work.update import LocaleReport

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
    short = ids.short(key for report in _reports(result) for key in report.merged.fuzzied)
    for document in result.documents:
        lines = list(_document_lines(document, short))
        if lines or verbose or not document.units:
            counts = f"{plural(document.blocks, 'block')}, {plural(document.units, 'unit')}"
            yield printable(f"{document.path}: {counts if document.units else 'no text to translate'}")
            yield from lines


def _reports(result: UpdateResult) -> Iterator[LocaleReport]:
    for document in result.documents:
        yield from document.locales


def _changed_ids(result: UpdateResult) -> Mapping[Key, str]:
    return ids.short(change.key for report in _reports(result) for change in report.converted.changes)


def _document_lines(document: DocumentUpdate, short: Mapping[Key, str]) -> Iterator[str]:
    for notice in document.notices:
        yield printable(f"  {document.path}:{notice.line}: {notice.message} [{notice.kind}]")
    for update in document.locales:
        merged, converted = update.merged, update.converted
        told = [f"{count:,} {_WORDS.get(word, word)}" for word, count in _counts(update).items() if count]
        if told:
            yield f"  {update.locale}: {', '.join(told)}"
        for key in merged.fuzzied[:SHOWN]:
            yield f"    needs editing: {beginning(key.source, 60)} ({short[key]})"
        for key in merged.obsoleted[:SHOWN]:
            yield f"    obsolete: {beginning(key.source, 60)}"
        if converted.outdated:
            count = plural(len(converted.outdated), "unit")
            yield f"  {update.locale}: newer dictionaries convert {count} otherwise; see convert --upgrade --dry-run"


def _counts(update: LocaleReport) -> dict[str, int]:
    merged, converted = update.merged, update.converted
    return {
        "new": len(merged.added),
        "restored": len(merged.restored),
        "needs-editing": len(merged.fuzzied),
        "obsolete": len(merged.obsoleted),
        "converted": len(converted.changes),
        "copied": len(update.copied),
    }


def change_lines(result: UpdateResult) -> Iterator[str]:
    """Return the changes of a conversion, before and after, for ``--dry-run``."""
    short = _changed_ids(result)
    for document in result.documents:
        for update in document.locales:
            for change in update.converted.changes:
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


def _locale_json(update: LocaleReport, short: Mapping[Key, str]) -> dict[str, object]:
    return {
        "locale": update.locale,
        **_counts(update),
        "outdated": len(update.converted.outdated),
        "changes": [
            {"unit": short[change.key], "source": change.key.source, "before": change.before, "after": change.after}
            for change in update.converted.changes
        ],
    }
