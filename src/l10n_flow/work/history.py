"""History and restore: what the units of a document were, and putting one of it back."""

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

#: What is said of the unit, whatever its text is.


@dataclass(frozen=True, slots=True)
class LocaleHistory:
    """What the units of one catalogue were: those with an earlier version, and what of the journal is damaged."""

    document: str
    locale: str
    found: History


@dataclass(frozen=True, slots=True)
class Restored:
    """What became of a unit: what it was, and what it is now."""

    document: str
    locale: str
    key: Key
    before: Translation
    after: Translation
    changed: bool


def history(
    project: Project, document: str, unit: str | None = None, locales: Sequence[str] = ()
) -> tuple[LocaleHistory, ...]:
    """The versions of a document's units, or of one, in some locales (all without).

    Args:
        project: whose document it is.
        document: by identity or path; its source may be gone.
        unit: the id of a unit; None: all that have an earlier version.
        locales: in which.

    Raises:
        SourceError: when there is no such document or unit, or the id is that of several.
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
    """Put an earlier version of a unit back: its text, its state and the seals that fit it.

    An approval that the text had comes back with it, unless it was taken away from that very text since. Notes stay.

    Args:
        project: whose document it is.
        document: by identity or path.
        unit: its id.
        locale: in which.
        number: which version, as ``history`` counts them: 1 is the one before the present.
        name: who restores it.

    Raises:
        SourceError: when there is no such unit or version; when the text of the unit is not in the document.
        CatalogueError: when the catalogue is damaged.
        L10nFlowError: when it cannot be written.
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
    """The identity of a document that has a source, or had one."""
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
    """Without the units that have no earlier version."""
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
    """A version without the approvals that its text lost afterwards: somebody took them back."""
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
