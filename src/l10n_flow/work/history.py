"""``history`` and ``restore``: earlier versions of the units of a document, and a return to one of them."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import dataclass

from l10n_flow import catalogue as po
from l10n_flow import files, ids, inside, locks
from l10n_flow import history as pasts
from l10n_flow.catalogue import Draft, Entry, SealKind, seals
from l10n_flow.dates import revision_date
from l10n_flow.errors import L10nFlowError, SourceError
from l10n_flow.history import History, Version
from l10n_flow.model import Key, Translation
from l10n_flow.project import LocaleConfig, OpenProject, Project
from l10n_flow.work import renames


@dataclass(frozen=True, slots=True)
class LocaleHistory:
    """The units of one catalogue that have earlier versions, and the damaged lines of its journal."""

    document: str
    locale: str
    found: History


@dataclass(frozen=True, slots=True)
class Restored:
    """A restored unit, before and after."""

    document: str
    locale: str
    key: Key
    before: Translation
    after: Translation
    changed: bool


def history(
    project: Project, document: str, unit: str | None = None, locales: Sequence[str] = ()
) -> tuple[LocaleHistory, ...]:
    """Return the versions of a document's units, or of one unit.

    Args:
        project: the project.
        document: its identity or path; its source may be gone.
        unit: the id of a unit; None: all units that have an earlier version.
        locales: the locales; empty: all.

    Raises:
        SourceError: when there is no such document or unit, or several units have the id.
        CatalogueError: when a catalogue is damaged.
        L10nFlowError: when a journal cannot be read.
    """
    name = _document(project, document)
    chosen = project.chosen(locales)
    found = {locale.id: _history(project, name, locale) for locale in chosen}
    if unit is None:
        return tuple(LocaleHistory(name, locale, _past_only(each)) for locale, each in found.items())
    key = _unit([key for each in found.values() for key in each.units], unit)
    return tuple(
        LocaleHistory(name, locale, History({key: each.units.get(key, ())}, each.damaged, each.newer))
        for locale, each in found.items()
    )


def restore(project: Project, document: str, unit: str, locale: str, *, number: int, name: str) -> Restored:
    """Restore an earlier version of a unit: its text, its state and the seals that are valid for it.

    An approval of the text comes back with it, unless somebody took it back from the same text since. Notes stay.

    Args:
        project: the project.
        document: its identity or path.
        unit: the id of the unit.
        locale: the locale.
        number: the number of the version in ``history``: 1 is the one before the present version.
        name: the person who restores it.

    Raises:
        SourceError: when there is no such unit or version, or the unit is no longer in the document.
        CatalogueError: when the catalogue is damaged.
        L10nFlowError: when the catalogue cannot be written.
    """
    config = project.locale(locale)
    document = _document(project, document)
    units = _history(project, document, config).units
    key = _unit(units, unit)
    versions = units[key]
    if not 0 < number < len(versions):
        known = f"it has 1 to {len(versions) - 1}" if len(versions) > 1 else "no earlier one is known"
        raise SourceError(f"there is no version {number} of {unit} in {locale}; {known}")
    wanted = _fitting(versions, number)
    path = project.catalogue_path(locale, document)
    with locks.hold(project.root, "document", document):
        return files.again_if_overtaken(
            path, lambda: _put_back(project, document, config, versions[0], wanted, name=name)
        )


def _document(project: Project, document: str) -> str:
    """Return the identity of a document that has a source, or had one."""
    opened = OpenProject(project)
    renames.repair(opened)
    sources = opened.sources()
    name = sources.identity(document)
    if name is not None:
        return name
    try:
        paths = [project.catalogue_path(locale.id, document) for locale in project.locales]
    except L10nFlowError:
        raise sources.missing(document) from None
    if not any(inside.is_file(each) for path in paths for each in (path, po.journal.path_of(path))):
        raise sources.missing(document)
    return document


def _history(project: Project, document: str, locale: LocaleConfig) -> History:
    path = project.catalogue_path(locale.id, document)
    return pasts.history(path, locale.id, derived=locale.derived)


def _past_only(found: History) -> History:
    """Return a history without the units that have no earlier version."""
    units = {key: versions for key, versions in found.units.items() if len(versions) > 1}
    return History(units, found.damaged, found.newer)


def _unit(keys: Mapping[Key, object] | Sequence[Key], unit: str) -> Key:
    unit = unit.lower()
    found = ids.Index(keys).find(unit) if ids.is_id(unit) else ()
    if len(found) > 1:
        longer = ", ".join(ids.short(found).values())
        raise SourceError(f"{len(found)} units begin with {unit}; say which: {longer}")
    if not found:
        raise SourceError(
            f"there is no unit {unit!r}, and none was; l10n-flow history DOCUMENT shows those with a past"
        )
    return found[0]


# Restoring -------------------------------------------------------------------------------------------------------


def _fitting(versions: Sequence[Version], number: int) -> Entry:
    """Return a version without the approvals that somebody took back from its text later."""
    wanted = versions[number].entry
    later = [each for each in versions[:number] if each.text == wanted.msgstr]

    def stays(seal: po.Seal) -> bool:
        return seal.kind is not SealKind.APPROVED or all(seal in each.entry.seals for each in later)

    return wanted.with_seals([seal for seal in wanted.seals if seal.kind not in seals.REMARKS and stays(seal)])


def _put_back(
    project: Project, document: str, locale: LocaleConfig, seen: Version, wanted: Entry, *, name: str
) -> Restored:
    path = project.catalogue_path(locale.id, document)
    catalogue = po.read(path, locale.id)
    now = catalogue.entries.get(wanted.key) if catalogue else None
    if catalogue is None or now is None:
        raise SourceError(f"the text of this unit is not in {document} now; restore it when it is there again")
    if not seen.is_same(now):
        raise SourceError(f"{document} has changed while it was looked at; run it again")
    remarks = [seal for seal in now.seals if seal.kind in seals.REMARKS]
    made = now._replace(msgstr=wanted.msgstr, fuzzy=wanted.fuzzy, previous=wanted.previous)
    made = po.settled(made.with_seals([*wanted.seals, *remarks]))
    before, after = (po.translation(each, locale.id, derived=locale.derived) for each in (now, made))
    if po.settled(now).says(made):
        return Restored(document, locale.id, wanted.key, before, before, changed=False)
    draft = Draft(catalogue)
    draft.put(made, by=name, did="restore")
    if not now.has_text_of(made):
        draft.header["PO-Revision-Date"] = revision_date()
    po.write(path, draft.done(), before=catalogue, lines=draft.lines)
    return Restored(document, locale.id, wanted.key, before, after, changed=True)
