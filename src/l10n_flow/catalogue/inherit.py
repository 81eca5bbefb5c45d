"""What a catalogue takes over from that of another document, a section of which has moved here.

It is taken as obsolete entries: the next merge brings them to life as it does any text that is back, and until then
nothing of what either catalogue says has changed.
"""

from __future__ import annotations

from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass, replace

from l10n_flow.catalogue.entry import Entry
from l10n_flow.catalogue.matching import match, place
from l10n_flow.catalogue.merge import (
    Wanted,
    edited_from,
    edited_to,
    is_approved,
    merge,
    obsolete_of,
    undone_to,
)
from l10n_flow.catalogue.store import Catalogue
from l10n_flow.model import Key


@dataclass(frozen=True, slots=True)
class Giver:
    """Another document: its catalogue, not merged yet, and the units it has now."""

    catalogue: Catalogue
    wanted: Sequence[Wanted]


def inherit(
    taker: Catalogue, wanted: Sequence[Wanted], givers: Mapping[str, Giver]
) -> tuple[Catalogue, dict[Key, str]]:
    """Take over entries of units that another document no longer has and this one has newly, without an entry here.

    The same text comes as it is. The text before an edit comes with the edit undone. A similar text, of which its own
    document has no successor, comes fuzzy.

    Args:
        taker: the catalogue as it is before merging.
        wanted: the units of its document.
        givers: other documents by name, those that share most with this one first.

    Returns:
        The catalogue with further obsolete entries, and the units that were taken over, each with whose it was.
    """
    _, report = merge(taker, wanted)
    order = [unit.key for unit in wanted]
    new, empty = {*report.added, *report.fuzzied}, set(report.added)
    found: dict[Key, Entry] = {}
    origin: dict[Key, str] = {}
    for name, giver in givers.items():
        for key, entry in _unchanged(giver, [key for key in order if key in new and key not in found]).items():
            found[key], origin[key] = entry, name
    kept: dict[Key, Entry] = {}
    for name, giver in givers.items():
        left = [key for key in order if key in empty and key not in found]
        for key, entry in _similar(giver, order, left, found).items():
            found[key], origin[key] = edited_to(entry, key), name
            if is_approved(entry) and entry.key not in taker.obsolete:
                kept[entry.key] = entry
    kept = {key: entry for key, entry in kept.items() if key not in {*order, *taker.entries, *found}}
    further = {key: obsolete_of(entry) for key, entry in (found | kept).items()}
    return replace(taker, obsolete={**taker.obsolete, **further}), origin


def retain(taker: Catalogue, wanted: Sequence[Wanted], before: Catalogue) -> Catalogue:
    """Keep the translations of units that a document still has, although its catalogue went with another document.

    Args:
        taker: the catalogue that it has now.
        wanted: its units.
        before: the catalogue that it had; that keeps them too.
    """
    has = {**taker.entries, **taker.obsolete}
    found = {
        unit.key: obsolete_of(before.entries[unit.key])
        for unit in wanted
        if unit.key in before.entries and unit.key not in has and before.entries[unit.key].holds_work
    }
    return replace(taker, obsolete={**taker.obsolete, **found})


def _unchanged(giver: Giver, new: Iterable[Key]) -> dict[Key, Entry]:
    """The entries of these very texts, or of edits of them, that the other document has no more."""
    gone = _gone(giver)
    edits = edited_from(gone.values())
    return {
        key: gone[key] if key in gone else undone_to(gone[edits[key]], key)
        for key in new
        if key in gone or key in edits
    }


def _similar(giver: Giver, order: Sequence[Key], new: Sequence[Key], found: Iterable[Key]) -> dict[Key, Entry]:
    """To each new text the most similar one that vanished there and has gone nowhere yet."""
    _, report = merge(giver.catalogue, giver.wanted)
    given = set(found)
    gone = [key for key in report.obsoleted if key not in given]
    pairs = match(place(list(giver.catalogue.entries), gone), place(order, new))
    entries = {key: giver.catalogue.entries[source] for key, source in pairs.items()}
    return {key: entry for key, entry in entries.items() if entry.msgstr and not entry.is_machine}


def _gone(giver: Giver) -> dict[Key, Entry]:
    keys = {unit.key for unit in giver.wanted}
    return {key: each for key, each in giver.catalogue.entries.items() if key not in keys and each.holds_work}
