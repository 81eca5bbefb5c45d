"""Documents and catalogues as they were last read, told by the bytes of their files and never by time."""

from __future__ import annotations

import threading
from collections import OrderedDict
from collections.abc import Iterable
from dataclasses import dataclass, field, replace

from l10n_flow import catalogue as po
from l10n_flow import files, termbase
from l10n_flow.documents.segmentation.overrides import Override
from l10n_flow.editing import UnitView
from l10n_flow.errors import L10nFlowError
from l10n_flow.model import Key
from l10n_flow.project import LocaleConfig, Project
from l10n_flow.project.checking import rules_of
from l10n_flow.project.converters import converter_of
from l10n_flow.project.sources import Source, load_document
from l10n_flow.review.reading.column import Column, inherited
from l10n_flow.review.reading.findings import Examiner, Findings
from l10n_flow.review.reading.layout import Layout, lay_out
from l10n_flow.review.reading.opened import Opened, Words
from l10n_flow.review.reading.terms import NO_TERMS, Terms, terms_of

#: How many units stay in memory, of all documents together; one document stays whatever its size.
KEPT_UNITS = 30_000
_TRIES = 3
#: What every card says by its state; as findings they would hide the others.
_TOLD_BY_THE_STATE = frozenset({"untranslated", "fuzzy"})


@dataclass(slots=True)
class _Slot:
    """What is in memory of a document; read and changed under its lock."""

    lock: threading.RLock = field(default_factory=threading.RLock)
    origin: tuple[str, tuple[Override, ...]] | None = None
    layout: Layout | None = None
    columns: dict[str, Column] = field(default_factory=dict)
    findings: dict[str, Findings] = field(default_factory=dict)


class Shelf:
    """Reads documents for the desk. What it hands out is never changed again; any thread may ask.

    Raises:
        ConfigError: for an unknown rule in the configuration.
    """

    def __init__(self, project: Project) -> None:
        self.project = project
        self.rules = tuple(rule for rule in rules_of(project) if rule.id not in _TOLD_BY_THE_STATE)
        self._gate = threading.Lock()
        self._slots: OrderedDict[str, _Slot] = OrderedDict()
        self._terms: dict[str, Terms] = {}
        self._terms_digest = ""
        self._words: dict[str, Words] = {}

    def layout(self, source: Source, overrides: tuple[Override, ...]) -> Layout:
        """A document as its file is now.

        Raises:
            SourceError: as ``load_document``.
        """
        slot = self._slot(source.name)
        with slot.lock:
            for _ in range(_TRIES):
                origin = files.digest(files.read_source(source.path)), overrides
                if slot.layout is not None and slot.origin == origin:
                    return slot.layout
                document = load_document(self.project, source, {source.name: overrides})
                slot.origin, slot.layout = origin, lay_out(source.name, document, self.project.source_locale)
            return slot.layout  # type: ignore[return-value]  # written while we read: as good as any

    def column(self, layout: Layout, locale: LocaleConfig) -> Column:
        """A document's catalogue as its file is now; a damaged one has an error and no units."""
        slot = self._slot(layout.name)
        with slot.lock:
            before = slot.columns.get(locale.id)
            column = self._read(layout, locale, before)
            slot.columns[locale.id] = column
        self._trim()
        return column

    def opened(self, layout: Layout, locale: LocaleConfig) -> Opened:
        """A document in a locale, as its files are now."""
        column = self.column(layout, locale)
        others = tuple(self.column(layout, each) for each in self.project.locales if each.id != locale.id)
        return Opened(self.project, layout, column, others, self.findings(layout, column), self._read_words(locale))

    def with_saved(self, name: str, locale: LocaleConfig, view: UnitView) -> Opened | None:
        """A document as it was last read, but for one unit that was saved; None unless all of it was read together.

        So each of many who save at once need not read what the others wrote. The next ``column`` reads the file.
        """
        with self._gate:
            known, words = name in self._slots, self._words.get(locale.id)
        if not known or words is None:
            return None
        slot, key = self._slot(name), view.translation.key
        with slot.lock:
            before = _kept(slot, self.project, locale, words)
            if before is None or key not in before.layout.ids or not before.column.has(key):
                return None
            column = before.column.with_saved(key, view)
            changed = (key,) if before.findings.views is before.column.views else None
            found = self._examined(column, before.findings.terms, before.findings, changed)
            slot.columns[locale.id], slot.findings[locale.id] = column, found
            return replace(before, column=column, findings=found)

    def _read(self, layout: Layout, locale: LocaleConfig, before: Column | None) -> Column:
        path = self.project.catalogue_path(locale.id, layout.name)
        try:
            data = files.read_optional(path)
        except L10nFlowError as error:
            return Column(layout, locale, "unreadable", None, error=error)
        stamp = files.digest(data)
        if before is not None and before.stamp == stamp and before.error is None:
            return before if before.layout is layout else replace(before, layout=layout)
        try:
            catalogue = None if data is None else po.loads(data, path.plain, locale.id)
        except L10nFlowError as error:
            return Column(layout, locale, stamp, None, error=error)
        return Column(layout, locale, stamp, catalogue, inherited(catalogue, before) if before else {})

    def findings(self, layout: Layout, column: Column) -> Findings:
        """What the checks say of a document in a locale."""
        slot = self._slot(layout.name)
        locale = column.locale
        with slot.lock:
            before, terms = slot.findings.get(locale.id), files.digest(self._termbase())
            if before is not None and before.views is column.views and before.terms == terms and before.error is None:
                return before
            found = slot.findings[locale.id] = self._examined(column, terms, before)
            return found

    def _examined(
        self, column: Column, terms: str, before: Findings | None, changed: Iterable[Key] | None = None
    ) -> Findings:
        examiner = Examiner(self.project, self.rules, column.locale)
        return examiner.examine(column.layout, column.views, terms, before, changed)

    def terms(self, locale: str) -> Terms:
        """The terms of a locale.

        Raises:
            ConfigError: when the termbase is missing or damaged.
        """
        if self.project.termbase is None:
            return NO_TERMS
        now = files.digest(self._termbase())
        with self._gate:
            if now != self._terms_digest:
                self._terms, self._terms_digest = {}, now
            if locale not in self._terms:
                base = termbase.read(self.project.termbase)
                self._terms[locale] = terms_of(base, self.project.source_locale, locale)
            return self._terms[locale]

    def _read_words(self, locale: LocaleConfig) -> Words:
        try:
            words = Words(self.terms(locale.id), converter_of(self.project, locale))
        except L10nFlowError as error:
            words = Words(error=error)
        with self._gate:
            self._words[locale.id] = words
        return words

    def _termbase(self) -> bytes | None:
        return files.read_optional(self.project.termbase) if self.project.termbase else None

    def _slot(self, name: str) -> _Slot:
        with self._gate:
            slot = self._slots.setdefault(name, _Slot())
            self._slots.move_to_end(name)
            return slot

    def _trim(self) -> None:
        """Let go of the documents that nobody has asked for longest."""
        with self._gate:
            units = 0
            for name, slot in reversed(list(self._slots.items())):
                units += len(slot.layout.ids) * max(1, len(slot.columns)) if slot.layout else 0
                if units > KEPT_UNITS and name != next(reversed(self._slots)):
                    del self._slots[name]


def _kept(slot: _Slot, project: Project, locale: LocaleConfig, words: Words) -> Opened | None:
    """What a slot holds, if it is all of one layout."""
    columns = {name: column for name, column in slot.columns.items() if column.layout is slot.layout}
    found = slot.findings.get(locale.id)
    if slot.layout is None or found is None or found.layout is not slot.layout or len(columns) < len(project.locales):
        return None
    others = tuple(columns[each.id] for each in project.locales if each.id != locale.id)
    return Opened(project, slot.layout, columns[locale.id], others, found, words)
