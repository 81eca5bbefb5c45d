"""Extract: sources to templates and catalogues."""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from dataclasses import dataclass

from l10n_flow import files, inside
from l10n_flow.errors import L10nFlowError
from l10n_flow.model import Document, Notice
from l10n_flow.project import Failure, LocaleConfig, OpenProject, Project, Source, Sources, orphans
from l10n_flow.work import renames
from l10n_flow.work.renames import Renamed
from l10n_flow.work.update import LocaleReport, LocaleUpdate, Steps, update_document


@dataclass(frozen=True, slots=True)
class DocumentUpdate:
    """What an update did to one document."""

    name: str
    path: str
    blocks: int
    units: int
    notices: tuple[Notice, ...]
    locales: tuple[LocaleReport, ...]


@dataclass(frozen=True, slots=True)
class UpdateResult:
    """The documents that were done, what could not be, what moved or lost its source, what overrides invent."""

    documents: tuple[DocumentUpdate, ...]
    failures: tuple[Failure, ...] = ()
    renamed: tuple[Renamed, ...] = ()
    orphans: tuple[str, ...] = ()
    strangers: tuple[str, ...] = ()


def extract(
    project: Project, names: Sequence[str] = (), locales: Sequence[str] = (), *, prune: bool = False
) -> UpdateResult:
    """Merge the documents into their templates and the catalogues of the locales (all without)."""
    return _update(project, names, project.chosen(locales), Steps(convert=False), prune=prune)


def convert(
    project: Project,
    names: Sequence[str] = (),
    locales: Sequence[str] = (),
    *,
    upgrade: bool = False,
    dry_run: bool = False,
) -> UpdateResult:
    """Merge the documents into the catalogues of their derived locales, and convert what is the machine's.

    Args:
        project: which.
        names: of the documents; all without.
        locales: all derived ones without.
        upgrade: convert again what another version of the converter has converted.
        dry_run: say what would change, and write nothing.
    """
    derived = [locale for locale in project.chosen(locales) if locale.derived]
    return _update(project, names, derived, Steps(upgrade=upgrade, dry_run=dry_run), prune=False)


@files.folders_at_the_end()
def _update(
    project: Project, names: Sequence[str], locales: Sequence[LocaleConfig], steps: Steps, *, prune: bool
) -> UpdateResult:
    opened = OpenProject(project)
    sources = opened.sources(names)
    moved, gone = rename_documents(opened, sources) if not (names or steps.dry_run) else ((), ())
    if prune:
        renames.prune(project, gone)
    done: list[DocumentUpdate] = []
    failures = list(sources.failures)
    for source in sources.found:
        try:
            inputs = opened.inputs(source)
            document = opened.document(source, sources.overrides_of(source), inputs.source).document
            updated = update_document(opened, source.name, document, inputs, locales, steps=steps)
            done.append(described(source, document, updated.locales))
            failures += updated.failures
        except L10nFlowError as error:
            failures.append(Failure(source.name, error))
    return UpdateResult(tuple(done), tuple(failures), moved, gone, sources.strangers)


def described(source: Source, document: Document, updates: tuple[LocaleUpdate, ...]) -> DocumentUpdate:
    units = sum(len(block.units) for block in document.blocks)
    reports = tuple(update.report for update in updates)
    return DocumentUpdate(source.name, source.path.shown, len(document.blocks), units, document.notices, reports)


def rename_documents(opened: OpenProject, sources: Sources) -> tuple[tuple[Renamed, ...], tuple[str, ...]]:
    """Move the catalogues of renamed documents; the moves, and the documents whose source is gone."""
    project = opened.settings
    gone = orphans(project, sources)
    if not gone:
        return (), ()
    moved = tuple(renames.adopt(project, gone, dict(_new_documents(opened, sources))))
    return moved, tuple(name for name in gone if name not in {rename.old for rename in moved})


def _new_documents(opened: OpenProject, sources: Sources) -> Iterator[tuple[str, Document]]:
    for source in sources.found:
        try:
            if not inside.is_file(opened.settings.template_path(source.name)):
                yield source.name, opened.document(source, sources.overrides_of(source)).document
        except L10nFlowError:
            continue  # reported when its turn comes
