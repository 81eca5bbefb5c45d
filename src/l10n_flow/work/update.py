"""Bring a document's catalogues up to date: merged with the source, derived locales converted.

What is wrong with one catalogue costs its own locale: the others are written.
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
#: How often a catalogue that another program writes at the same time is read again.


@dataclass(frozen=True, slots=True)
class Change:
    """A converted unit that got another text; ``before`` is "" when it is new."""

    key: Key
    before: str
    after: str


@dataclass(frozen=True, slots=True)
class ConvertReport:
    """What converting did to one catalogue.

    Attributes:
        changes: the units that were converted, in document order.
        kept: how many texts of people were left alone.
        outdated: how many units other dictionaries would convert otherwise; ``upgrade`` applies them.
    """

    changes: tuple[Change, ...] = ()
    kept: int = 0
    outdated: tuple[Change, ...] = ()


@dataclass(frozen=True, slots=True)
class LocaleReport:
    """What an update did to one catalogue; ``copied``: the units that are in the language of the edition already."""

    locale: str
    merged: MergeReport
    converted: ConvertReport
    copied: tuple[Key, ...] = ()


@dataclass(frozen=True, slots=True)
class LocaleUpdate:
    """The report, which is kept, and the catalogue after and before, which are let go when their document is done."""

    report: LocaleReport
    catalogue: Catalogue
    before: Catalogue


@dataclass(frozen=True, slots=True)
class Steps:
    """Which steps an update takes."""

    convert: bool = True
    upgrade: bool = False
    dry_run: bool = False


class Updated(NamedTuple):
    """What an update left: the digest of the template, each locale that was done, and why others were not."""

    template: str
    locales: tuple[LocaleUpdate, ...]
    failures: tuple[Failure, ...]


def update_document(
    opened: OpenProject, name: str, document: Document, inputs: Inputs, locales: Iterable[LocaleConfig], *, steps: Steps
) -> Updated:
    """Update a document's template and catalogues.

    A catalogue that has been written since its bytes were read, by whatever program, is read and merged again.

    Args:
        opened: the project.
        name: the document's identity.
        document: what its source holds.
        inputs: the bytes of its files.
        locales: whose catalogues are updated.
        steps: what is done.

    Raises:
        ConfigError: when the termbase is damaged.
        L10nFlowError: when the template cannot be written, or in the place of a new document's catalogue is what cannot
            be read.
    """
    _require_place(inputs)
    # A dry run leaves nothing behind, a lock neither: what it reads is what was written whole.
    with nullcontext() if steps.dry_run else locks.hold(opened.settings.root, "document", name):
        job = _Job(opened, name, document, wanted_units(document), steps)
        template = files.digest(inputs.template)
        if not steps.dry_run:
            template = _write_template(job, template)
        updates, failures = [], []
        for locale in locales:
            try:
                updates.append(_done(job, locale, inputs.catalogues[locale.id]))
            except ConfigError:  # what all locales share is damaged, the termbase say
                raise
            except L10nFlowError as error:
                failures.append(Failure(name, error, locale=locale.id))
        return Updated(template, tuple(updates), tuple(failures))


def _require_place(inputs: Inputs) -> None:
    """Refuse to begin catalogues beside what cannot be read: a document that got another name would not get its own.

    With a file that can be read, or a template, they have begun, and the damage costs its locale only.
    """
    damaged = [each for each in inputs.catalogues.values() if isinstance(each, L10nFlowError)]
    if damaged and inputs.template is None and not any(isinstance(each, bytes) for each in inputs.catalogues.values()):
        raise damaged[0]


class _Job(NamedTuple):
    """What all locales of one update share."""

    opened: OpenProject
    name: str
    document: Document
    wanted: Sequence[Wanted]
    steps: Steps


def _done(job: _Job, locale: LocaleConfig, data: bytes | L10nFlowError | None) -> LocaleUpdate:
    """Merge, convert and write a catalogue; as ``_update``."""
    if isinstance(data, L10nFlowError):
        raise data
    update = _update(job, locale, data)
    return update if job.steps.dry_run else _write(job, locale, update)


def _update(job: _Job, locale: LocaleConfig, data: bytes | None) -> LocaleUpdate:
    """Merge and convert a catalogue.

    Args:
        job: what is done.
        locale: its locale.
        data: the bytes of its file, None when there is none.
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
    """Write the template in the place of the one of a digest; the digest of the new one. Nobody's work is in it."""
    project = job.opened.settings
    empty = ("PO-Revision-Date", "Last-Translator", "Language-Team", "Language")
    header = {**po.new_catalogue("", project.name, "").header, **dict.fromkeys(empty, "")}
    data = po.dumps(Catalogue("", header, entries=po.empty_entries(job.wanted))).encode()
    digest = files.digest(data)
    if digest != before:
        files.write_atomically(project.template_path(job.name), data)
    return digest


def _copy(draft: Draft, wanted: frozenset[Key]) -> tuple[Key, ...]:
    """Copy the units that are in the language of the edition already, where nobody has said anything; which are new.

    A copy that is not wanted any more is taken back.
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
    """Convert what is the machine's.

    With the dictionaries of last time every machine text is converted afresh, which changes only what its source
    or its block changed. With other dictionaries what is published stays, unless ``upgrade``.
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
                outdated.append(Change(key, entry.msgstr, text))
            continue
        draft.entries[key] = edit.set_converted(entry, text, converter.name)
        if entry.msgstr != text:
            changes.append(Change(key, entry.msgstr, text))
    return ConvertReport(tuple(changes), len(draft.entries) - len(machine), tuple(outdated))
