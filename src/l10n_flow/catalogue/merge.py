"""Bring a catalogue up to date with its document, losing nobody's work (docs/concepts.md, "Merging")."""

from __future__ import annotations

from collections.abc import Iterable, Sequence
from copy import copy
from dataclasses import dataclass
from functools import cached_property

from polib import POEntry

from l10n_flow.catalogue import seals
from l10n_flow.catalogue.matching import match, place
from l10n_flow.catalogue.seals import Seal, SealKind
from l10n_flow.catalogue.store import Catalogue
from l10n_flow.model import Key


@dataclass(frozen=True, slots=True)
class Wanted:
    """A unit the document has now.

    Attributes:
        key: its msgctxt and msgid.
        kinds: its extracted comments, in order.
        sentences: the sentences a whole-block unit is made of (``unit = "paragraph"``), else ().
    """

    key: Key
    kinds: tuple[str, ...]
    sentences: tuple[str, ...] = ()


@dataclass(frozen=True, slots=True)
class MergeReport:
    """What merging did to one catalogue, as keys of the units."""

    added: tuple[Key, ...] = ()
    fuzzied: tuple[Key, ...] = ()
    restored: tuple[Key, ...] = ()
    obsoleted: tuple[Key, ...] = ()


def empty_entries(wanted: Sequence[Wanted]) -> dict[Key, POEntry]:
    """The entries of a template: every unit, no target."""
    return {
        unit.key: POEntry(msgid=unit.key.source, msgctxt=unit.key.context, comment="\n".join(unit.kinds))
        for unit in wanted
    }


def is_machine(entry: POEntry) -> bool:
    """Whether the target is the converter's own text, whatever happened to its source."""
    return bool(entry.msgstr and entry.tcomment) and seals.is_converted(seals.parse(entry.tcomment)[0], entry.msgstr)


def merge(old: Catalogue, wanted: Sequence[Wanted], *, joiner: str = " ") -> tuple[Catalogue, MergeReport]:
    """Climb the ladder of DESIGN section 4 for every unit of the document.

    Args:
        old: the catalogue as it is; its entries are taken over, so it must not be used afterwards.
        wanted: the document's units in order, each key once.
        joiner: what stands between two sentences of the target language.

    Returns:
        The catalogue in document order, and what was done. Every human translation of ``old`` is in it.
    """
    return _Merge(old, wanted, joiner).run()


class _Merge:
    def __init__(self, old: Catalogue, wanted: Sequence[Wanted], joiner: str) -> None:
        self.old = old
        self.wanted = wanted
        self.joiner = joiner
        keys = {unit.key for unit in wanted}
        self.vanished = {key: entry for key, entry in old.entries.items() if key not in keys}
        self.obsolete = dict(old.obsolete)
        self.used: set[Key] = set()
        self.result: dict[Key, POEntry] = {}

    def run(self) -> tuple[Catalogue, MergeReport]:
        new = [unit for unit in self.wanted if unit.key not in self.old.entries]
        self.revive([unit.key for unit in new])
        self.undo([unit.key for unit in new if unit.key not in self.result])
        restored = [unit.key for unit in new if unit.key in self.result]
        rest = [unit for unit in new if unit.key not in self.result]
        fuzzied = [unit.key for unit in rest if self.join_sentences(unit)]
        fuzzied += self.match_rest([unit.key for unit in rest if unit.key not in self.result])
        added = [unit.key for unit in rest if unit.key not in self.result]
        obsoleted = self.retire(restored)
        # The document's order, not the order the rungs were climbed in.
        entries = {unit.key: self.entry_of(unit) for unit in self.wanted}
        catalogue = Catalogue(self.old.locale, self.old.header, self.old.comment, entries, self.obsolete)
        return catalogue, MergeReport(tuple(added), tuple(fuzzied), tuple(restored), tuple(obsoleted))

    def entry_of(self, unit: Wanted) -> POEntry:
        entry = self.result.get(unit.key) or self.old.entries.get(unit.key)
        if entry is None:
            entry = POEntry(msgid=unit.key.source, msgctxt=unit.key.context, msgstr="")
        entry.comment = "\n".join(unit.kinds)
        return entry

    # Rungs -------------------------------------------------------------------------------------------------------

    def revive(self, new: list[Key]) -> None:
        """The same text that is obsolete comes back as it was."""
        for key in new:
            if key in self.obsolete:
                self.result[key] = entry = self.obsolete.pop(key)
                entry.obsolete = False

    def undo(self, new: list[Key]) -> None:
        """A source whose edit is undone: the entry comes back as it was before the edit."""
        edited_from = _edited_from((*self.obsolete.items(), *self.vanished.items()))
        sources = {key: edited_from[key] for key in new if key in edited_from}
        pairs = self.pairs(sources.values(), sources)
        for key, source in sources.items():
            entry = self.vanished.get(source) or self.obsolete[source]
            if source in self.vanished and pairs.get(key) == source:
                self.used.add(source)
            else:  # should this be undone in its turn, no match would lead back: what was there stays, obsolete
                entry = copy(entry)
            self.result[key] = _undo(entry, key)

    def join_sentences(self, unit: Wanted) -> bool:
        """A whole block whose sentences were units before: their translations in a row, to be edited."""
        if len(unit.sentences) < 2:
            return False
        keys = [Key(unit.key.context, text) for text in unit.sentences]
        parts = [self.vanished.get(key) or self.obsolete.get(key) for key in keys]
        targets = [part.msgstr for part in parts if part is not None and part.msgstr and not is_machine(part)]
        if len(targets) < len(keys):
            return False
        self.result[unit.key] = POEntry(
            msgid=unit.key.source, msgctxt=unit.key.context, msgstr=self.joiner.join(targets), flags=["fuzzy"]
        )
        return True

    def match_rest(self, new: list[Key]) -> list[Key]:
        """Fuzzy matches. Empty and machine texts take part, so that no stranger gets their successor's place."""
        pairs = self.pairs([key for key in self.vanished if key not in self.used], new)
        for key, source in pairs.items():
            entry = self.vanished[source]
            if entry.msgstr and not is_machine(entry):
                self.used.add(source)
                self.result[key] = _edit(entry, key)
        return [key for key in new if key in self.result]

    def pairs(self, vanished: Iterable[Key], new: Iterable[Key]) -> dict[Key, Key]:
        return match(place(self.old_order, vanished), place(self.new_order, new))

    @cached_property
    def old_order(self) -> list[Key]:
        return list(self.old.entries)

    @cached_property
    def new_order(self) -> list[Key]:
        return [unit.key for unit in self.wanted]

    def retire(self, restored: Sequence[Key]) -> list[Key]:
        """What vanished without a successor becomes obsolete; what holds nobody's work is dropped."""
        left = {key: entry for key, entry in self.vanished.items() if key not in self.used}
        idle = {key for key, entry in left.items() if _is_idle(entry)}
        # One that gave way to a similar text that came back is kept: undone, it must not inherit that text.
        # Machine text is never inherited, so nothing need be kept for it.
        heirs = [key for key in restored if not is_machine(self.result[key])]
        kept = set(self.pairs(idle, heirs).values())
        retired = [key for key in left if key in kept or key not in idle]
        for key in retired:
            left[key].obsolete = True
            left[key].comment = ""  # what kind of unit it was; some programs drop it, and the document tells anew
            self.obsolete[key] = left[key]
        return retired


def _edited_from(entries: Iterable[tuple[Key, POEntry]]) -> dict[Key, Key]:
    """Previous source to the entry that has it; of several the last, so a live one rather than an obsolete one."""
    return {
        Key(entry.previous_msgctxt, entry.previous_msgid): key
        for key, entry in entries
        if entry.previous_msgid is not None and "fuzzy" in entry.flags and entry.msgstr and not is_machine(entry)
    }


def _is_idle(entry: POEntry) -> bool:
    """Whether an entry holds nobody's work: no text and no comment, or the converter's with its seal alone."""
    if not entry.tcomment:
        return not entry.msgstr
    found, others = seals.parse(entry.tcomment)
    return is_machine(entry) and not others and all(seal.kind is SealKind.CONVERTED for seal in found)


def _finished(source: str, entry: POEntry) -> Seal:
    return Seal(SealKind.FINISHED, seals.pair_digest(source, entry.msgstr))


def _edit(entry: POEntry, key: Key) -> POEntry:
    """The entry of an edited source: fuzzy, with the source that was last translated as previous source."""
    found, others = seals.parse(entry.tcomment)
    if "fuzzy" not in entry.flags:
        entry.tcomment = seals.compose((*found, _finished(entry.msgid, entry)), others)
    if "fuzzy" not in entry.flags or entry.previous_msgid is None:
        entry.previous_msgid, entry.previous_msgctxt = entry.msgid, entry.msgctxt
    entry.flags = ["fuzzy"]
    return _rekey(entry, key)


def _undo(entry: POEntry, key: Key) -> POEntry:
    """The entry of a source whose edit was undone: as it was before, seals included."""
    found, others = seals.parse(entry.tcomment)
    mark = _finished(key.source, entry)
    entry.tcomment = seals.compose(tuple(seal for seal in found if seal != mark), others)
    entry.flags = [] if mark in found else ["fuzzy"]
    entry.previous_msgid = entry.previous_msgctxt = None
    entry.obsolete = False
    return _rekey(entry, key)


def _rekey(entry: POEntry, key: Key) -> POEntry:
    entry.msgid = key.source
    entry.msgctxt = key.context  # type: ignore[assignment]  # types-polib forgets None
    return entry
