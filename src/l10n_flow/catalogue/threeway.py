"""Merge two branches of a catalogue unit by unit (docs/teams.md).

Both sides decide which units there are; ``threeway_entry`` merges the entry of a unit. If one side edited a source
whose translation the other side changed, the rules of ``merge`` apply as if the edit had come second. The result does
not depend on which side is called ours.
"""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import dataclass, replace
from datetime import datetime
from enum import IntEnum
from typing import NamedTuple, TypeVar

from l10n_flow.catalogue import seals, threeway_entry
from l10n_flow.catalogue.entry import Entry
from l10n_flow.catalogue.merge import Wanted, merge, obsolete_of
from l10n_flow.catalogue.store import Catalogue, all_settled
from l10n_flow.model import Key
from l10n_flow.ordering import merged_order

_T = TypeVar("_T", str, tuple[str, ...])
_DATE, _TRANSLATOR = "PO-Revision-Date", "Last-Translator"


class Merged(NamedTuple):
    """The result of a merge: the catalogue, and the units with two texts, of which a person has to choose one."""

    catalogue: Catalogue
    conflicts: tuple[Key, ...]


def merge_branches(base: Catalogue, ours: Catalogue, theirs: Catalogue, *, joiner: str = " ") -> Merged:
    """Merge two branches of a catalogue.

    Args:
        base: the common ancestor; an empty catalogue when each side created its own.
        ours: the catalogue in one branch.
        theirs: the catalogue in the other branch.
        joiner: as for ``merge``.

    Returns:
        A catalogue without an origin. It contains every text of a person from either side, except texts that were
        replaced in their own branch.
    """
    return _Merge(all_settled(base), all_settled(ours), all_settled(theirs), joiner).run()


class _Place(IntEnum):
    """The place of an entry in a catalogue."""

    NOWHERE = 0
    OBSOLETE = 1
    LIVE = 2


@dataclass(frozen=True, slots=True)
class _Merge:
    base: Catalogue
    ours: Catalogue
    theirs: Catalogue
    joiner: str

    def run(self) -> Merged:
        texts = {key: self.text(key) for key in {**self.ours.by_key, **self.theirs.by_key}}
        live = {key for key in texts if self.place(key) is _Place.LIVE}
        edits = [self.after_edits(*pair) for pair in ((self.ours, self.theirs), (self.theirs, self.ours))]
        late = {key: entry for found, _ in edits for key, entry in found.items()}
        given = {key for _, gone in edits for key in gone}
        entries = {
            key: late.get(key, texts[key])._replace(kinds=self.kinds(key))
            for key in self.order([list(each.entries) for each in self.sides])
            if key in live
        }
        retired = [
            key
            for key in self.order([[*each.obsolete, *each.entries] for each in self.sides])
            if key not in live and key not in given and self.stays(key, texts[key])
        ]
        found = Catalogue(
            self.ours.locale,
            _header(*(each.header for each in self.sides)),
            _either(*(each.comment for each in self.sides)),
            entries,
            {key: obsolete_of(texts[key]) for key in retired},
        )
        return Merged(found, tuple(key for key, entry in entries.items() if seals.choices(entry.seals)))

    @property
    def sides(self) -> tuple[Catalogue, Catalogue, Catalogue]:
        return self.base, self.ours, self.theirs

    # One unit ----------------------------------------------------------------------------------------------------

    def text(self, key: Key) -> Entry:
        """The merged entry of a unit, before its place is decided."""
        base, ours, theirs = (_entry(each, key) for each in self.sides)
        if ours is None or theirs is None:
            return ours or theirs or Entry(key)
        return threeway_entry.merged(base or Entry(key), ours, theirs)

    def place(self, key: Key) -> _Place:
        """Return the place of a unit: that of the side that moved it; if both did, the one that keeps more of it."""
        base, ours, theirs = (_place(each, key) for each in self.sides)
        if ours == base:
            return theirs
        return ours if theirs == base else max(ours, theirs)

    def kinds(self, key: Key) -> tuple[str, ...]:
        found = [each.entries[key].kinds if key in each.entries else None for each in self.sides]
        base, ours, theirs = found
        if ours is None or theirs is None:
            return ours or theirs or ()
        return _either(base, ours, theirs)

    def stays(self, key: Key, text: Entry) -> bool:
        """Whether the entry of a removed unit is kept: when it is obsolete, or the other side changed it."""
        if self.place(key) is _Place.OBSOLETE:
            return True
        base = _entry(self.base, key)
        return text.holds_work and (base is None or not text.says(base))

    # The units of one side ---------------------------------------------------------------------------------------

    def after_edits(self, one: Catalogue, other: Catalogue) -> tuple[dict[Key, Entry], set[Key]]:
        """Apply a side's edits of sources to the other side's changes of the old units.

        Returns:
            The entries of the new units that the side did not change further, and the units whose text they got.
        """
        new = [key for key in one.entries if key not in self.base.entries and key not in other.entries]
        if not new:
            return {}, set()
        wanted = [Wanted(entry.key, entry.kinds) for entry in one.entries.values()]
        before = merge(self.base, wanted, joiner=self.joiner)[0]
        texts = other.by_key
        entries, obsolete = (_changed(each, texts) for each in (self.base.entries, self.base.obsolete))
        changed = replace(self.base, entries=entries, obsolete=obsolete)
        after = merge(changed, wanted, joiner=self.joiner)[0]
        late = {
            key: after.entries[key]
            for key in new
            if not after.entries[key].says(before.entries[key])
            and (one.entries[key].says(before.entries[key]) or not one.entries[key].holds_work)
        }
        given = {entry.msgstr for entry in late.values()}
        left = {*after.entries, *after.obsolete}
        gone = {key for key in self.base.entries if key in texts and key not in left}
        return late, {key for key in gone if texts[key].msgstr in given}

    def order(self, rows: Sequence[Sequence[Key]]) -> list[Key]:
        """Return the keys of both sides in one order."""
        base, ours, theirs = rows
        return merged_order(base, ours, theirs, lambda key: (key.source, key.context or ""))


def _entry(catalogue: Catalogue, key: Key) -> Entry | None:
    found = catalogue.entries.get(key) or catalogue.obsolete.get(key)
    return found and found._replace(kinds=())


def _place(catalogue: Catalogue, key: Key) -> _Place:
    if key in catalogue.entries:
        return _Place.LIVE
    return _Place.OBSOLETE if key in catalogue.obsolete else _Place.NOWHERE


def _changed(entries: Mapping[Key, Entry], texts: Mapping[Key, Entry]) -> dict[Key, Entry]:
    return {key: texts.get(key, entry)._replace(kinds=entry.kinds) for key, entry in entries.items()}


def _either(base: _T | None, ours: _T, theirs: _T) -> _T:
    """Return the value of the side that changed it; if both changed it, the value that sorts last."""
    if ours == base:
        return theirs
    return ours if theirs == base else max(ours, theirs)


def _header(base: Mapping[str, str], ours: Mapping[str, str], theirs: Mapping[str, str]) -> dict[str, str]:
    """Return the newer date with the translator of that side; other fields come from the side that changed them."""
    older, newer = sorted((ours, theirs), key=lambda each: (_moment(each.get(_DATE, "")), sorted(each.items())))
    found = {name: _either(base.get(name, ""), ours.get(name, ""), theirs.get(name, "")) for name in {**older, **newer}}
    if base.get(_TRANSLATOR, "") not in {ours.get(_TRANSLATOR, ""), theirs.get(_TRANSLATOR, "")}:
        found[_TRANSLATOR] = newer.get(_TRANSLATOR, "")
    return found | {_DATE: newer.get(_DATE, "")}


def _moment(date: str) -> float:
    try:
        return datetime.strptime(date, "%Y-%m-%d %H:%M%z").timestamp()
    except ValueError:
        return 0.0
