"""Update a document's catalogues: merge them with the source, and convert those of derived locales.

An error in one catalogue stops only its own locale: the others are written.
"""

from __future__ import annotations

from collections.abc import Iterable, Sequence
from contextlib import nullcontext
from dataclasses import dataclass, replace
from typing import NamedTuple

from l10n_flow import catalogue as po
from l10n_flow import files, locks, scripts
from l10n_flow.catalogue import Catalogue, Draft, Entry, MergeReport, SealKind, Wanted, edit
from l10n_flow.conversion import Converter
from l10n_flow.dates import revision_date
from l10n_flow.errors import ConfigError, L10nFlowError
from l10n_flow.model import Document, Key
from l10n_flow.project import Failure, Inputs, LocaleConfig, OpenProject, copied_units, first_conversions, wanted_units

_CONVERTER_FIELD = "X-L10n-Flow-Converter"


@dataclass(frozen=True, slots=True)
class ConvertedUnit:
    """A converted unit whose text changed; ``before`` is "" for a new unit."""

    key: Key
    before: str
    after: str


@dataclass(frozen=True, slots=True)
class ConvertReport:
    """The changes of a conversion in one catalogue.

    Attributes:
        changes: the units that were converted, in document order.
        kept: the number of texts that people wrote, which are not converted.
        outdated: the number of units that the present dictionaries convert differently; ``upgrade`` converts them.
    """

    changes: tuple[ConvertedUnit, ...] = ()
    kept: int = 0
    outdated: tuple[ConvertedUnit, ...] = ()


@dataclass(frozen=True, slots=True)
class LocaleReport:
    """The changes of an update in one catalogue; ``copied``: the units that are already in the target language."""

    locale: str
    merged: MergeReport
    converted: ConvertReport
    copied: tuple[Key, ...] = ()


@dataclass(frozen=True, slots=True)
class LocaleUpdate:
    """The report, and the catalogue after and before, which are dropped from memory after the document."""

    report: LocaleReport
    catalogue: Catalogue
    before: Catalogue


@dataclass(frozen=True, slots=True)
class Steps:
    """The steps of an update that run."""

    convert: bool = True
    upgrade: bool = False
    dry_run: bool = False


class Updated(NamedTuple):
    """The result of an update: the digest of the template, each updated locale, and the failures of the others."""

    template: str
    locales: tuple[LocaleUpdate, ...]
    failures: tuple[Failure, ...]


def update_document(
    opened: OpenProject, name: str, document: Document, inputs: Inputs, locales: Iterable[LocaleConfig], *, steps: Steps
) -> Updated:
    """Update a document's template and catalogues.

    A catalogue that any program has written since its bytes were read is read and merged again.

    Args:
        opened: the project.
        name: the document's identity.
        document: its parsed source.
        inputs: the bytes of its files.
        locales: the locales whose catalogues are updated.
        steps: the steps that run.

    Raises:
        ConfigError: when the termbase is damaged.
        L10nFlowError: when the template cannot be written, or a new document has a catalogue that cannot be read.
    """
    _require_place(inputs)
    # A dry run writes nothing, not even a lock. It needs none, because files are always replaced as a whole.
    with nullcontext() if steps.dry_run else locks.hold(opened.settings.root, "document", name):
        job = _Job(opened, name, document, wanted_units(document), steps)
        template = files.digest(inputs.template)
        if not steps.dry_run:
            template = _write_template(job, template)
        updates, failures = [], []
        for locale in locales:
            try:
                updates.append(_done(job, locale, inputs.catalogues[locale.id]))
            except ConfigError:  # a file of all locales is damaged, for example the termbase
                raise
            except L10nFlowError as error:
                failures.append(Failure(name, error, locale=locale.id))
        return Updated(template, tuple(updates), tuple(failures))


def _require_place(inputs: Inputs) -> None:
    """Refuse to create catalogues beside one that cannot be read: that one may belong to a renamed document.

    When the document has a readable catalogue or a template, it is not new, and the damage stops only its locale.
    """
    damaged = [each for each in inputs.catalogues.values() if isinstance(each, L10nFlowError)]
    if damaged and inputs.template is None and not any(isinstance(each, bytes) for each in inputs.catalogues.values()):
        raise damaged[0]


class _Job(NamedTuple):
    """The inputs that all locales of one update share."""

    opened: OpenProject
    name: str
    document: Document
    wanted: Sequence[Wanted]
    steps: Steps


def _done(job: _Job, locale: LocaleConfig, data: bytes | L10nFlowError | None) -> LocaleUpdate:
    """Merge, convert and write a catalogue; arguments as for ``_update``."""
    if isinstance(data, L10nFlowError):
        raise data
    update = _update(job, locale, data)
    return update if job.steps.dry_run else _write(job, locale, update)


def _update(job: _Job, locale: LocaleConfig, data: bytes | None) -> LocaleUpdate:
    """Merge and convert a catalogue.

    Args:
        job: the inputs of the update.
        locale: the locale.
        data: the bytes of its file; None when there is none.
    """
    opened, name, document, wanted, steps = job
    project, path = opened.settings, opened.settings.catalogue_path(locale.id, name)
    new = po.new_catalogue(locale.id, project.name, revision_date())
    old = replace(new, origin=files.digest(None)) if data is None else po.loads(data, path.plain, locale.id)
    merged, report = po.merge(old, wanted, joiner=scripts.joint(locale.id))
    draft = Draft(merged)
    draft.header["Project-Id-Version"] = project.name
    converter = opened.converter(locale)
    converted = ConvertReport()
    if converter is not None and steps.convert:
        converted = _fill(draft, document, converter, upgrade=steps.upgrade)
        if converted.changes:
            draft.header["PO-Revision-Date"] = revision_date()
    copied = _copy(draft, copied_units(document, project.source_locale, locale))
    if copied:
        draft.header["PO-Revision-Date"] = revision_date()
    return LocaleUpdate(LocaleReport(locale.id, report, converted, copied), draft.done(), old)


def _write(job: _Job, locale: LocaleConfig, update: LocaleUpdate) -> LocaleUpdate:
    path = job.opened.settings.catalogue_path(locale.id, job.name)
    ready: list[LocaleUpdate] = [update]

    def attempt() -> LocaleUpdate:
        latest = ready.pop() if ready else _update(job, locale, files.read_optional(path))
        return replace(latest, catalogue=po.write(path, latest.catalogue, keeping=latest.before))

    return files.again_if_overtaken(path, attempt)


def _write_template(job: _Job, before: str) -> str:
    """Write the template over the one with a digest; return the new digest. It contains no work of people."""
    project = job.opened.settings
    empty = ("PO-Revision-Date", "Last-Translator", "Language-Team", "Language")
    header = {**po.new_catalogue("", project.name, "").header, **dict.fromkeys(empty, "")}
    data = po.dumps(Catalogue("", header, entries=po.empty_entries(job.wanted))).encode()
    digest = files.digest(data)
    if digest != before:
        files.write_atomically(project.template_path(job.name), data)
    return digest


def _copy(draft: Draft, wanted: frozenset[Key]) -> tuple[Key, ...]:
    """Copy the source of units that are already in the target language, unless a person wrote a translation.

    A copy that is no longer needed is removed. Return the newly copied units.
    """
    copied = []
    for key, entry in draft.entries.items():
        if entry.machine_kind is SealKind.COPIED and key not in wanted:
            draft.entries[key] = edit.uncopied(entry)
        elif key in wanted and (entry.is_machine or not (entry.msgstr or _is_joined(entry))):
            draft.entries[key] = edit.set_copied(entry)
            if entry.msgstr != key.source:
                copied.append(key)
    return tuple(copied)


def _is_joined(entry: Entry) -> bool:
    return any(seal.kind is SealKind.JOINED for seal in entry.seals)


# Converting ------------------------------------------------------------------------------------------------------


def _fill(draft: Draft, document: Document, converter: Converter, *, upgrade: bool) -> ConvertReport:
    """Convert the units that no person translated.

    With the same dictionaries as last time every converted text is converted again; it changes only when its source or
    its block changed. With other dictionaries an existing text stays, unless ``upgrade``.
    """
    recorded = draft.header.get(_CONVERTER_FIELD, "")
    profile, _, fingerprint = recorded.rpartition(" ")
    same = not recorded or upgrade or profile != converter.profile or fingerprint == converter.fingerprint
    if same:
        draft.header[_CONVERTER_FIELD] = f"{converter.profile} {converter.fingerprint}"
    machine = {key for key, entry in draft.entries.items() if not entry.msgstr or entry.is_machine}
    changes, outdated = [], []
    for key, text in first_conversions(document, converter, machine):
        entry = draft.entries[key]
        if not same and entry.msgstr and not entry.fuzzy:
            if entry.msgstr != text:
                outdated.append(ConvertedUnit(key, entry.msgstr, text))
            continue
        draft.entries[key] = edit.set_converted(entry, text, converter.name)
        if entry.msgstr != text:
            changes.append(ConvertedUnit(key, entry.msgstr, text))
    return ConvertReport(tuple(changes), len(draft.entries) - len(machine), tuple(outdated))
