"""A document in one locale: the units of its catalogue when that was read."""

from __future__ import annotations

from collections import Counter
from collections.abc import Mapping
from dataclasses import dataclass, field, replace
from functools import cached_property
from typing import TypeAlias

from l10n_flow import catalogue as po
from l10n_flow import editing
from l10n_flow.catalogue import Catalogue, edit
from l10n_flow.editing import UnitView
from l10n_flow.errors import L10nFlowError
from l10n_flow.model import Key, State, Translation
from l10n_flow.project import Edition, LocaleConfig, fold
from l10n_flow.review.reading.findings import Views
from l10n_flow.review.reading.layout import Layout

#: How many units have each state, stale or not.
StateCounts: TypeAlias = Counter[tuple[State, bool]]

_SAVED = "saved"  # no digest


@dataclass(frozen=True)
class LocaleView:
    """A document in one locale.

    Attributes:
        layout: the document.
        locale: the locale.
        stamp: the digest of the catalogue's bytes.
        catalogue: the catalogue; None when there is no file, or it is damaged.
        inherited: units whose entries have not changed since the catalogue was read before.
        saved: units that were saved since the catalogue was read; they are in ``inherited`` too.
        recounted: the ``tally`` after these saves.
        error: why the catalogue cannot be read.
    """

    layout: Layout
    locale: LocaleConfig
    stamp: str
    catalogue: Catalogue | None
    inherited: Views = field(default_factory=dict)
    saved: frozenset[Key] = frozenset()
    recounted: StateCounts | None = None
    error: L10nFlowError | None = None

    @property
    def revised(self) -> str:
        """PO-Revision-Date of the catalogue; "" without one."""
        return self.catalogue.header.get("PO-Revision-Date", "") if self.catalogue is not None else ""

    def has(self, key: Key) -> bool:
        """Whether a unit is in the catalogue."""
        return self.catalogue is not None and key in self.catalogue.entries

    @cached_property
    def views(self) -> Views:
        """The units of the document; untranslated where the catalogue has no entry."""
        if self.catalogue is None:
            return self.layout.blanks
        known = self.inherited
        if self.saved:
            return known
        return {key: known.get(key) or self._read(key) or blank for key, blank in self.layout.blanks.items()}

    def _read(self, key: Key) -> UnitView | None:
        if self.catalogue is None or not self.has(key):
            return None
        return editing.view(self.catalogue.entries[key], self.locale.id, derived=self.locale.derived)

    @property
    def edition(self) -> Edition:
        """The translations, as the checks and ``status`` take them."""
        return Edition(self.locale, {key: view.translation for key, view in self.views.items()}, {})

    @cached_property
    def tally(self) -> StateCounts:
        """How many units have each state."""
        return Counter(map(_kind, self.views.values())) if self.recounted is None else self.recounted

    def glance(self, key: Key) -> Translation:
        """The translation of one unit, without making those of all units."""
        if "views" in self.__dict__ or self.catalogue is None or not self.has(key):
            return self.views[key].translation
        return po.translation(self.catalogue.entries[key], self.locale.id, derived=self.locale.derived)

    @cached_property
    def folded(self) -> Mapping[Key, str]:
        """The targets, folded for a search."""
        return {key: fold(view.translation.target) for key, view in self.views.items()}

    @cached_property
    def noted(self) -> Mapping[Key, str]:
        """The notes and rejections of the units that have some, folded for a search."""
        threads = ((key, view.signatures.notes) for key, view in self.views.items())
        return {key: fold("\n".join(seal.text for seal in notes)) for key, notes in threads if notes}

    @cached_property
    def before(self) -> Mapping[Key, Key]:
        """For each unit, the one before it in the catalogue."""
        keys = list(self.catalogue.entries) if self.catalogue else []
        return dict(zip(keys[1:], keys, strict=False))

    def follows_its_kind(self, key: Key) -> bool:
        """Whether a unit may be translated together with the one before it."""
        before = self.before.get(key)
        if self.catalogue is None or before is None:
            return False
        return edit.follows_its_kind(self.catalogue.entries[key], self.catalogue.entries[before])

    def with_saved(self, key: Key, view: UnitView) -> LocaleView:
        """The same document with one unit that was saved; its stamp is no digest, so the file is read next time."""
        views, saved = {**self.views, key: view}, self.saved | {key}
        tally = self.tally + Counter([_kind(view)]) - Counter([_kind(self.views[key])])
        return replace(self, stamp=_SAVED, inherited=views, saved=saved, recounted=tally)


def _kind(view: UnitView) -> tuple[State, bool]:
    return view.translation.state, view.translation.stale


def inherited(catalogue: Catalogue | None, before: LocaleView) -> Views:
    """The units of an earlier view whose entries are the same in a new version of the catalogue."""
    if catalogue is None or before.catalogue is None or "views" not in before.__dict__:
        return {}
    old = before.catalogue.entries
    same = (key for key, entry in catalogue.entries.items() if key in old and entry.says(old[key]))
    return {key: before.views[key] for key in same if key in before.views and key not in before.saved}
