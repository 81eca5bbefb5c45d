"""``extract`` and ``convert``: from sources to templates and catalogues."""

from __future__ import annotations

from collections.abc import Sequence

from l10n_flow import folders
from l10n_flow.errors import L10nFlowError
from l10n_flow.project import Failure, LocaleConfig, OpenProject, Project
from l10n_flow.work import renames
from l10n_flow.work.renames import NOTHING
from l10n_flow.work.results import DocumentUpdate, UpdateResult, summary_of
from l10n_flow.work.update import Steps, update_document


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
