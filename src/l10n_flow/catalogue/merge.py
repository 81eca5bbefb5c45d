"""Merge a catalogue with its document without losing work of people (docs/concepts.md, "Merging").

The ladder is a list of steps, the rungs. Each rung gets the units without an entry and the unused old entries, and
returns the entries that it found and the unused rest. ``merge`` runs the rungs in order.
"""

from __future__ import annotations

from collections.abc import Callable, Iterable, Mapping, Sequence
from dataclasses import dataclass, replace
from typing import TypeAlias

from l10n_flow.catalogue import seals
from l10n_flow.catalogue.entry import Entry
from l10n_flow.catalogue.matching import match, place
from l10n_flow.catalogue.seals import Seal, SealKind
from l10n_flow.catalogue.states import valid_seals
from l10n_flow.catalogue.store import Catalogue
from l10n_flow.model import Key


@dataclass(frozen=True, slots=True)
class Wanted:
    """A unit of the present document.

    Attributes:
        key: its msgctxt and msgid.
        kinds: its extracted comments, in order.
        sentences: the sentences of a whole-block unit (``unit = "paragraph"``), else ().
    """

    key: Key
    kinds: tuple[str, ...]
    sentences: tuple[str, ...] = ()


@dataclass(frozen=True, slots=True)
class MergeReport:
    """The changes of a merge in one catalogue, as keys of units."""

    added: tuple[Key, ...] = ()
    fuzzied: tuple[Key, ...] = ()
    restored: tuple[Key, ...] = ()
    obsoleted: tuple[Key, ...] = ()


def empty_entries(wanted: Sequence[Wanted]) -> dict[Key, Entry]:
    """Return the entries of a template: every unit, without a target."""
    return {unit.key: Entry(unit.key, kinds=unit.kinds) for unit in wanted}


def merge(old: Catalogue, wanted: Sequence[Wanted], *, joiner: str = " ") -> tuple[Catalogue, MergeReport]:
    """Merge: run the rungs of the ladder for every unit of the document.

    Args:
        old: the present catalogue.
        wanted: the document's units in order, each key once.
        joiner: the separator of two sentences in the target language.

    Returns:
        The catalogue in document order, and the report. Every human translation of ``old`` is in the catalogue.
    """
    pool = _pool(old, wanted, joiner)
    new = [unit for unit in wanted if unit.key not in old.entries]
    found: dict[Key, Entry] = {}
    by_rung: list[list[Key]] = []
    for rung in LADDER:
        matched, pool = rung(pool, [unit for unit in new if unit.key not in found])
        found |= matched
        by_rung.append(list(matched))
    revived, undone, joined, edited = by_rung
    restored = [unit.key for unit in new if unit.key in {*revived, *undone}]
    retired = _retired(pool, [found[key] for key in restored])
    entries = {unit.key: _entry(unit, found, old.entries) for unit in wanted}
    report = MergeReport(
        tuple(unit.key for unit in new if unit.key not in found),
        tuple(unit.key for unit in new if unit.key in {*joined, *edited}),
        tuple(restored),
        tuple(retired),
    )
    return replace(old, entries=entries, obsolete={**pool.obsolete, **retired}), report


def _entry(unit: Wanted, found: Mapping[Key, Entry], old: Mapping[Key, Entry]) -> Entry:
    """Return the entry that a rung found for a unit; a new unit gets an empty entry."""
    entry = found.get(unit.key) or old.get(unit.key) or Entry(unit.key)
    return entry if entry.kinds == unit.kinds else entry._replace(kinds=unit.kinds)


# Rungs -----------------------------------------------------------------------------------------------------------


@dataclass(frozen=True, slots=True)
class Pool:
    """The unused entries of the old catalogue.

    Attributes:
        vanished: live entries whose unit is gone in the document.
        obsolete: the obsolete entries.
        before, after: all keys of the catalogue and of the document, in order.
        joiner: as ``merge``.
    """

    vanished: Mapping[Key, Entry]
    obsolete: Mapping[Key, Entry]
    before: Sequence[Key]
    after: Sequence[Key]
    joiner: str

    def without(self, taken: Iterable[Key]) -> Pool:
        """A copy of this value without the entries that were assigned to units."""
        gone = set(taken)
        return replace(self, vanished=_others(self.vanished, gone), obsolete=_others(self.obsolete, gone))

    def pairs(self, vanished: Iterable[Key], new: Iterable[Key]) -> dict[Key, Key]:
        """New key to vanished key, one to one (``matching.match``)."""
        return match(place(self.before, vanished), place(self.after, new))


def _pool(old: Catalogue, wanted: Sequence[Wanted], joiner: str) -> Pool:
    keys = {unit.key for unit in wanted}
    return Pool(_others(old.entries, keys), old.obsolete, list(old.entries), [unit.key for unit in wanted], joiner)


def _others(entries: Mapping[Key, Entry], keys: set[Key]) -> dict[Key, Entry]:
    return {key: entry for key, entry in entries.items() if key not in keys}


_Matched: TypeAlias = dict[Key, Entry]


def revived(pool: Pool, wanted: Sequence[Wanted]) -> tuple[_Matched, Pool]:
    """An obsolete entry of the same text comes back unchanged, unless an edit of the text uses its translation."""
    gone = _others(pool.obsolete, set(_living_on(pool)))
    found = {unit.key: gone[unit.key] for unit in wanted if unit.key in gone}
    return found, pool.without(found)


def undone(pool: Pool, wanted: Sequence[Wanted]) -> tuple[_Matched, Pool]:
    """If an edit of a source is undone, the entry from before the edit comes back."""
    edits = {**edited_from((*pool.obsolete.values(), *pool.vanished.values())), **_living_on(pool)}
    sources = {unit.key: edits[unit.key] for unit in wanted if unit.key in edits}
    pairs = pool.pairs(sources.values(), sources)
    # If this is undone later, matching would not find an entry that was not paired: so a copy comes back, and the
    # old entry stays and becomes obsolete.
    taken = [source for key, source in sources.items() if source in pool.vanished and pairs.get(key) == source]
    entries = {**pool.obsolete, **pool.vanished}
    return {key: undone_to(entries[source], key) for key, source in sources.items()}, pool.without((*taken, *sources))


def joined(pool: Pool, wanted: Sequence[Wanted]) -> tuple[_Matched, Pool]:
    """A whole block whose sentences were units before gets their joined translations, to be edited."""
    entries = {**pool.obsolete, **pool.vanished}
    found = {}
    for unit in wanted:
        parts = [entries.get(Key(unit.key.context, text)) for text in unit.sentences]
        targets = [part.msgstr for part in parts if part is not None and part.msgstr and not part.is_machine]
        if len(parts) > 1 and len(targets) == len(parts):
            found[unit.key] = Entry(unit.key, pool.joiner.join(targets), fuzzy=True)
    return found, pool


def edited(pool: Pool, wanted: Sequence[Wanted]) -> tuple[_Matched, Pool]:
    """Fuzzy matches. Empty and machine texts are matched, too, so that no unrelated unit takes their successor.

    An approved pair also stays as an obsolete entry: if the edit is undone after a new translation, it comes back.
    """
    pairs = pool.pairs(pool.vanished, [unit.key for unit in wanted])
    sources = {key: pool.vanished[source] for key, source in pairs.items()}
    found = {key: edited_to(entry, key) for key, entry in sources.items() if entry.msgstr and not entry.is_machine}
    approved = {sources[key].key: obsolete_of(sources[key]) for key in found if is_approved(sources[key])}
    left = pool.without(pairs[key] for key in found)
    return found, replace(left, obsolete={**left.obsolete, **approved})


#: The rungs, the most certain first; a unit that none of them finds gets an empty entry.
LADDER: tuple[Callable[[Pool, Sequence[Wanted]], tuple[_Matched, Pool]], ...] = (revived, undone, joined, edited)


def _retired(pool: Pool, restored: Sequence[Entry]) -> dict[Key, Entry]:
    """Return vanished entries without a successor as obsolete ones; entries without work of people are dropped."""
    idle = [key for key, entry in pool.vanished.items() if not entry.holds_work]
    # An entry that was replaced by a similar returning text is kept: if this is undone, it must not inherit that text.
    # Machine text is never inherited, so it need not be kept.
    heirs = [entry.key for entry in restored if not entry.is_machine]
    dropped = set(idle) - set(pool.pairs(idle, heirs).values())
    return {key: obsolete_of(entry) for key, entry in pool.vanished.items() if key not in dropped}


def obsolete_of(entry: Entry) -> Entry:
    """Return the entry as an obsolete one, without its kind: some programs drop it, and the document sets it again."""
    return entry._replace(kinds=())


def edited_from(entries: Iterable[Entry]) -> dict[Key, Key]:
    """Map each previous source to the key of its entry; of several entries the last, so that live ones count."""
    return {
        entry.previous: entry.key
        for entry in entries
        if entry.previous is not None and entry.fuzzy and entry.msgstr and not entry.is_machine
    }


def _living_on(pool: Pool) -> dict[Key, Key]:
    """Map obsolete texts to the key of an edit that still has their translation.

    Later notes and rejections of the translation are there.
    """
    edits = edited_from(pool.vanished.values())
    return {
        key: source
        for key, source in edits.items()
        if key in pool.obsolete and pool.obsolete[key].msgstr == pool.vanished[source].msgstr
    }


def is_approved(entry: Entry) -> bool:
    """Whether the entry has a valid approval."""
    return any(seal.kind is SealKind.APPROVED for seal in valid_seals(entry))


def _finished(source: str, entry: Entry) -> Seal:
    return Seal(SealKind.FINISHED, seals.pair_digest(source, entry.msgstr))


def edited_to(entry: Entry, key: Key) -> Entry:
    """Return the entry of an edited source: fuzzy, with the last translated source as previous source."""
    if entry.fuzzy:
        return entry._replace(key=key, previous=entry.previous or entry.key)
    finished = entry.sealed(_finished(entry.key.source, entry))
    return finished._replace(key=key, fuzzy=True, previous=entry.key)


def undone_to(entry: Entry, key: Key) -> Entry:
    """Return the entry of a source whose edit was undone: as before the edit, including its seals."""
    mark = _finished(key.source, entry)
    kept = entry.with_seals([seal for seal in entry.seals if seal != mark])
    return kept._replace(key=key, fuzzy=mark not in entry.seals, previous=None)
