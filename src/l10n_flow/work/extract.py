"""``extract`` and ``convert``: from sources to templates and catalogues."""

from __future__ import annotations

from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass

from l10n_flow import folders
from l10n_flow.errors import L10nFlowError
from l10n_flow.model import Document, Key, Notice
from l10n_flow.project import Failure, LeftOut, LocaleConfig, OpenProject, Project, Source
from l10n_flow.work import renames
from l10n_flow.work.renames import NOTHING, Rearranged
from l10n_flow.work.update import ConvertedUnit, LocaleReport, LocaleUpdate, Steps, update_document

#: The number of units of one kind that a summary names.
_NAMED = 20


@dataclass(frozen=True, slots=True)
class LocaleSummary:
    """What an update did to one catalogue, with a few keys of units as examples: there may be millions of units.

    Attributes:
        locale: the locale of the catalogue.
        counts: numbers of units: ``new``, ``restored``, ``needs-editing`` now, ``obsolete``, ``converted``, ``copied``.
        outdated: the number of units that other dictionaries convert otherwise.
        needs_editing, obsolete: examples of these units.
        changes: the conversions; empty in a brief summary.
    """

    locale: str
    counts: Mapping[str, int]
    outdated: int
    needs_editing: tuple[Key, ...]
    obsolete: tuple[Key, ...]
    changes: tuple[ConvertedUnit, ...]


@dataclass(frozen=True, slots=True)
class DocumentUpdate:
    """The changes of an update in one document."""

    name: str
    path: str
    blocks: int
    units: int
    notices: tuple[Notice, ...]
    locales: tuple[LocaleSummary, ...]


@dataclass(frozen=True, slots=True)
class UpdateResult:
    """The documents updated, the failures, the renames, overrides that add text, and files that were not read."""

    documents: tuple[DocumentUpdate, ...]
    failures: tuple[Failure, ...] = ()
    moved: Rearranged = NOTHING
    strangers: tuple[str, ...] = ()
    left: tuple[LeftOut, ...] = ()


def extract(
    project: Project, names: Sequence[str] = (), locales: Sequence[str] = (), *, prune: bool = False
) -> UpdateResult:
    """Merge the documents into their templates and their catalogues of the locales (empty: all)."""
    return _update(project, names, project.chosen(locales), Steps(convert=False), prune=prune)


def convert(
    project: Project,
    names: Sequence[str] = (),
    locales: Sequence[str] = (),
    *,
    upgrade: bool = False,
    dry_run: bool = False,
) -> UpdateResult:
    """Merge the documents into their catalogues of derived locales, and convert the units that no person translated.

    Args:
        project: the project.
        names: the documents; empty: all.
        locales: the locales; empty: all derived ones.
        upgrade: whether to convert again what another version of the converter has converted.
        dry_run: whether only to compute the changes, and write nothing.
    """
    derived = [locale for locale in project.chosen(locales) if locale.derived]
    return _update(project, names, derived, Steps(upgrade=upgrade, dry_run=dry_run), prune=False)


@folders.at_the_end()
def _update(
    project: Project, names: Sequence[str], locales: Sequence[LocaleConfig], steps: Steps, *, prune: bool
) -> UpdateResult:
    opened = OpenProject(project, kept_units=renames.KEPT_UNITS)
    sources = opened.sources(names)
    moved = NOTHING
    if not steps.dry_run:
        renames.repair(opened)
        moved = NOTHING if names else renames.rearrange(opened, sources, sources.found)
    if prune:
        renames.prune(project, moved.orphans)
    done: list[DocumentUpdate] = []
    failures = list(sources.failures)
    for source in sources.found:
        try:
            inputs = opened.inputs(source)
            document = opened.document(source, sources.overrides_of(source), inputs.source).document
            updated = update_document(opened, source.name, document, inputs, locales, steps=steps)
            done.append(summary_of(source, document, updated.locales))
            failures += updated.failures
        except L10nFlowError as error:
            failures.append(Failure(source.name, error))
    return UpdateResult(tuple(done), tuple(failures), moved, sources.strangers, sources.left)


def summary_of(
    source: Source, document: Document, updates: Iterable[LocaleUpdate], *, brief: bool = False
) -> DocumentUpdate:
    """Return what an update did to a document.

    Args:
        source: the document.
        document: its content.
        updates: the updates of its catalogues.
        brief: whether to leave the conversions out.
    """
    units = sum(len(block.units) for block in document.blocks)
    locales = tuple(_summary(update.report, brief=brief) for update in updates)
    return DocumentUpdate(source.name, source.path.shown, len(document.blocks), units, document.notices, locales)


def _summary(report: LocaleReport, *, brief: bool) -> LocaleSummary:
    merged, converted = report.merged, report.converted
    counts = {
        "new": len(merged.added),
        "restored": len(merged.restored),
        "needs-editing": len(merged.fuzzied),
        "obsolete": len(merged.obsoleted),
        "converted": len(converted.changes),
        "copied": len(report.copied),
    }
    named = merged.fuzzied[:_NAMED], merged.obsoleted[:_NAMED]
    return LocaleSummary(report.locale, counts, len(converted.outdated), *named, () if brief else converted.changes)
