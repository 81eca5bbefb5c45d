"""Write the record of a release: the changes in each document since the earlier releases."""

from __future__ import annotations

import contextlib
import hashlib
import json
from collections.abc import Mapping, Sequence
from typing import Any

from l10n_flow import files
from l10n_flow.catalogue import Catalogue, Entry, SealKind
from l10n_flow.dates import utc
from l10n_flow.errors import L10nFlowError
from l10n_flow.model import Document, Key, Origin
from l10n_flow.project import Edition, OpenProject, Snapshot
from l10n_flow.publish import releases
from l10n_flow.publish.choose import Published
from l10n_flow.publish.releases import DocumentChange, Head, PublishedUnit, Saying
from l10n_flow.publish.revision import revision

_CONVERTER_FIELD = "X-L10n-Flow-Converter"
_SIGNED = {"translated": SealKind.TRANSLATED, "approved": SealKind.APPROVED}
_ID = 16


class Recorder:
    """The record in progress; documents are added one by one, and ``write`` writes the file.

    Raises:
        L10nFlowError: when the folder of the records is a link.
    """

    def __init__(self, opened: OpenProject, *, partial: bool) -> None:
        self._opened, self._partial = opened, partial
        self._folder = opened.settings.releases_dir
        self._names = releases.names(self._folder)
        self._before: dict[str, _Digests] = {}
        self._whole = not self._read()
        if self._whole:  # there is no complete chain of earlier releases
            self._before = {}
        self._lines: dict[str, str] = {}

    def _read(self) -> bool:
        """Read the earlier releases; return whether each continues the one before it."""
        last = ""
        for name in self._names:
            try:
                head, changes = releases.load(self._folder, name)
                if head.whole:
                    self._before = {}
                elif head.after != last:
                    return False
                for change in changes:
                    self._before.setdefault(change.document, _Digests()).take(change)
            except L10nFlowError:
                return False
            last = name
        return bool(self._names)

    def add(self, loaded: Snapshot, editions: Mapping[str, Sequence[Published]]) -> None:
        """Add the published texts of a document, by locale."""
        before = self._before.get(loaded.name, _Digests())
        units = _units(loaded.document)
        locales: dict[str, Mapping[str, Saying] | None] = {}
        for edition in loaded.editions:
            sayings = _sayings(self._opened, loaded, edition, editions[edition.locale.id])
            known = before.locales.get(edition.locale.id, {})
            new = {unit: saying for unit, saying in sayings.items() if known.get(unit) != _digest(saying)}
            if new or edition.locale.id not in before.locales:
                locales[edition.locale.id] = new
        if not self._partial:
            there = {edition.locale.id for edition in loaded.editions}
            locales |= dict.fromkeys(before.locales.keys() - there)
        is_new = before.units != _digest(units)
        if is_new or locales:
            self._lines[loaded.name] = releases.line_of(DocumentChange(loaded.name, units if is_new else None, locales))

    def write(self, documents: Mapping[str, object]) -> str:
        """Write the record if anything is new; return the path of its file, or "".

        Args:
            documents: the documents of the release.

        Raises:
            L10nFlowError: when it cannot be written; the next release then records the same changes.
        """
        settings = self._opened.settings
        for name in sorted(self._before.keys() - documents.keys()):
            if self._before[name].units != _digest(()):
                self._lines[name] = releases.line_of(
                    DocumentChange(name, (), dict.fromkeys(self._before[name].locales))
                )
        if not self._lines:
            return ""
        made = (settings.build_dir.shown, settings.preview_dir.shown, self._folder.shown, files.PRIVATE_DIR)
        commit, dirty = revision(settings.root, made)
        last, now = self._names[-1] if self._names else "", utc()
        whole = self._whole and not self._partial
        name = f"{_number(last) + 1:06}-{now.replace(':', '-')}{releases.SUFFIX}"
        head = Head(name, now, commit, dirty, whole, last)
        path = self._folder / name
        files.write_atomically(path, releases.dumps(head, [self._lines[each] for each in sorted(self._lines)]))
        return path.shown


class _Digests:
    """A document in the earlier releases, as digests: of its units, and of each unit in each locale."""

    def __init__(self) -> None:
        self.units = _digest(())
        self.locales: dict[str, dict[str, str]] = {}

    def take(self, change: DocumentChange) -> None:
        for name, sayings in change.locales.items():
            if sayings is None:
                self.locales.pop(name, None)
            else:
                self.locales.setdefault(name, {}).update({unit: _digest(saying) for unit, saying in sayings.items()})
        if change.units is not None:
            self.units = _digest(change.units)
            there = {unit.id for unit in change.units}
            self.locales = {
                name: {unit: digest for unit, digest in known.items() if unit in there}
                for name, known in self.locales.items()
            }


def _digest(value: object) -> str:
    return hashlib.blake2b(json.dumps(value, sort_keys=True).encode(), digest_size=12).hexdigest()


def _number(name: str) -> int:
    number = name.partition("-")[0]
    return int(number) if number.isdecimal() else 0


def _id(key: Key) -> str:
    return key.digest[:_ID]


def _units(document: Document) -> tuple[PublishedUnit, ...]:
    keys = dict.fromkeys(unit.key for unit in document.units())
    return tuple(PublishedUnit(_id(key), key.source, key.context) for key in keys)


def _sayings(
    opened: OpenProject, loaded: Snapshot, edition: Edition, published: Sequence[Published]
) -> dict[str, Saying]:
    """Return the text and state of each unit in an edition; of a repeated text, those of its first occurrence."""
    catalogue: Catalogue | None = None
    with contextlib.suppress(L10nFlowError):  # the catalogue was changed meanwhile: no name is recorded
        catalogue = opened.catalogue(loaded.name, edition.locale)
    found: dict[str, Saying] = {}
    for unit in published:
        if unit.translation is not None:
            entry = catalogue.entries.get(unit.translation.key) if catalogue else None
            found.setdefault(_id(unit.translation.key), _saying(opened, edition, unit, entry))
    return found


def _saying(opened: OpenProject, edition: Edition, unit: Published, entry: Entry | None) -> Saying:
    translation = unit.translation
    assert translation is not None
    said: dict[str, Any] = {"state": translation.state.value, "text": unit.text}
    if unit.foreign:
        return {**said, "from": "source"}
    if unit.text is not None and unit.text != translation.target:
        converter = opened.converter(edition.locale)
        by = f"{converter.profile} {converter.fingerprint}" if converter else ""
        return {**said, "from": "conversion", "converter": by}
    if translation.joined:
        said["joined"] = True
    if unit.text is not None and translation.origin is Origin.CONVERTED:
        said["converter"] = edition.header.get(_CONVERTER_FIELD, "")
    if entry is not None and entry.msgstr == translation.target and (unit.text is not None or translation.joined):
        valid = [seal for seal in entry.seals if seal.digest == entry.pair_digest and not entry.fuzzy]
        for name, kind in _SIGNED.items():
            signed = [{"by": seal.name, "on": seal.date} for seal in valid if seal.kind is kind]
            if signed:
                said[name] = signed
    return said
