"""Bring a catalogue up to date with its document, losing nobody's work (docs/concepts.md, "Merging")."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import dataclass

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


def is_machine(entry: POEntry) -> bool:
    """Whether the target is the converter's own text, whatever happened to its source."""
    if not entry.msgstr or "l10n-flow:" not in entry.tcomment:
        return False
    found, _ = seals.parse(entry.tcomment)
    converted = [seal for seal in found if seal.kind is SealKind.CONVERTED]
    return bool(converted) and seals.digest(entry.msgstr) in {seal.digest for seal in converted}


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
        restored = [unit.key for unit in new if self.restore(unit.key)]
        rest = [unit for unit in new if unit.key not in self.result]
        fuzzied = [unit.key for unit in rest if self.join_sentences(unit)]
        fuzzied += self.match_rest([unit.key for unit in rest if unit.key not in self.result])
        added = []
        for unit in self.wanted:
            entry = self.result.get(unit.key) or self.old.entries.get(unit.key)
            if entry is None:
                entry = POEntry(msgid=unit.key.source, msgctxt=unit.key.context, msgstr="")
                added.append(unit.key)
            comment = "\n".join(unit.kinds)
            if entry.comment != comment:
                entry.comment = comment
            self.result[unit.key] = entry
        obsoleted = self.retire()
        # The document's order, not the order the rungs were climbed in.
        entries = {unit.key: self.result[unit.key] for unit in self.wanted}
        catalogue = Catalogue(self.old.locale, self.old.header, self.old.comment, entries, self.obsolete)
        return catalogue, MergeReport(tuple(added), tuple(fuzzied), tuple(restored), tuple(obsoleted))

    # Rungs -------------------------------------------------------------------------------------------------------

    def restore(self, key: Key) -> bool:
        """The same text that is obsolete, or the undoing of an edit: back exactly as it was."""
        entry = self.obsolete.pop(key, None)
        if entry is not None:
            entry.obsolete = False
            if is_machine(entry):  # it is converted again; an old conversion is nobody's work
                return False
            self.result[key] = entry
            return True
        source = self.edited_from.get(key)
        if source is None or source in self.used:
            return False
        self.used.add(source)
        self.result[key] = _undo(self.vanished[source], key)
        return True

    @property
    def edited_from(self) -> Mapping[Key, Key]:
        """Previous source to the vanished unit that has it; computed once."""
        if not hasattr(self, "_edited_from"):
            self._edited_from = {
                Key(entry.previous_msgctxt, entry.previous_msgid): key
                for key, entry in self.vanished.items()
                if entry.previous_msgid is not None and "fuzzy" in entry.flags and not is_machine(entry)
            }
        return self._edited_from

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
        vanished = [key for key in self.vanished if key not in self.used]
        pairs = match(place(list(self.old.entries), vanished), place([unit.key for unit in self.wanted], new))
        fuzzied = []
        for key, source in pairs.items():
            entry = self.vanished[source]
            if entry.msgstr and not is_machine(entry):
                self.used.add(source)
                self.result[key] = _edit(entry, key)
                fuzzied.append(key)
        order = {key: number for number, key in enumerate(new)}
        return sorted(fuzzied, key=order.__getitem__)

    def retire(self) -> list[Key]:
        """What vanished without a successor becomes obsolete; empty and machine texts are dropped."""
        retired = []
        for key, entry in self.vanished.items():
            if key in self.used or not (entry.msgstr or entry.msgstr_plural or entry.tcomment) or is_machine(entry):
                continue
            entry.obsolete = True
            self.obsolete[key] = entry
            retired.append(key)
        return retired


def _edit(entry: POEntry, key: Key) -> POEntry:
    """The entry of an edited source: fuzzy, with the source that was last translated as previous source."""
    if "fuzzy" not in entry.flags or entry.previous_msgid is None:
        if "fuzzy" in entry.flags:
            # Remembered, so that an undone edit does not pass a draft off as translated.
            mark = Seal(SealKind.NEEDS_EDITING, seals.pair_digest(entry.msgid, entry.msgstr))
            found, others = seals.parse(entry.tcomment)
            entry.tcomment = seals.compose((*found, mark), others)
        entry.previous_msgid, entry.previous_msgctxt = entry.msgid, entry.msgctxt
    return _rekey(entry, key, fuzzy=True)


def _undo(entry: POEntry, key: Key) -> POEntry:
    """The entry of a source whose edit was undone: as it was before, seals included."""
    found, others = seals.parse(entry.tcomment)
    mark = Seal(SealKind.NEEDS_EDITING, seals.pair_digest(key.source, entry.msgstr))
    entry.tcomment = seals.compose(tuple(seal for seal in found if seal != mark), others)
    entry.previous_msgid = entry.previous_msgctxt = None
    return _rekey(entry, key, fuzzy=mark in found)


def _rekey(entry: POEntry, key: Key, *, fuzzy: bool) -> POEntry:
    entry.msgid, entry.msgctxt = key.source, key.context
    entry.flags = ["fuzzy"] if fuzzy else []
    return entry
