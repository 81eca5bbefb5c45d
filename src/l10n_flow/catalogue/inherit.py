"""Take over entries from the catalogue of another document, from which a section has moved here.

They are added as obsolete entries: the next merge makes them live, as for every text that returns. Until then neither
catalogue changes its live entries.
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
    """Another document: its catalogue before merging, and its present units."""

    catalogue: Catalogue
    wanted: Sequence[Wanted]


def inherit(
    taker: Catalogue, wanted: Sequence[Wanted], givers: Mapping[str, Giver]
) -> tuple[Catalogue, dict[Key, str]]:
    """Take over entries of units that are gone in another document, and are new here and without an entry.

    An equal text is taken unchanged. If the other entry is an edit of the text, the edit is undone. A similar text
    without a successor in its own document is taken as fuzzy.

    Args:
        taker: the catalogue before merging.
        wanted: the units of its document.
        givers: other documents by name, those that share most with this one first.

    Returns:
        The catalogue with further obsolete entries, and the units that were taken over, each with its old document.
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
        taker: its present catalogue.
        wanted: its units.
        before: its old catalogue, which also keeps the translations.
    """
    has = {**taker.entries, **taker.obsolete}
    found = {
        unit.key: obsolete_of(before.entries[unit.key])
        for unit in wanted
        if unit.key in before.entries and unit.key not in has and before.entries[unit.key].holds_work
    }
    return replace(taker, obsolete={**taker.obsolete, **found})


def _unchanged(giver: Giver, new: Iterable[Key]) -> dict[Key, Entry]:
    """Return the entries of these texts, or of edits of them, that are gone in the other document."""
    gone = _gone(giver)
    edits = edited_from(gone.values())
    return {
        key: gone[key] if key in gone else undone_to(gone[edits[key]], key)
        for key in new
        if key in gone or key in edits
    }


def _similar(giver: Giver, order: Sequence[Key], new: Sequence[Key], found: Iterable[Key]) -> dict[Key, Entry]:
    """Return for each new text the most similar one that is gone there and was not taken yet."""
    _, report = merge(giver.catalogue, giver.wanted)
    given = set(found)
    gone = [key for key in report.obsoleted if key not in given]
    pairs = match(place(list(giver.catalogue.entries), gone), place(order, new))
    entries = {key: giver.catalogue.entries[source] for key, source in pairs.items()}
    return {key: entry for key, entry in entries.items() if entry.msgstr and not entry.is_machine}


def _gone(giver: Giver) -> dict[Key, Entry]:
    keys = {unit.key for unit in giver.wanted}
    return {key: each for key, each in giver.catalogue.entries.items() if key not in keys and each.holds_work}
