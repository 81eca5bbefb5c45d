"""Find by content which catalogues belong to which documents, and which text moved from one document to another."""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Collection, Iterable, Mapping, Sequence, Set
from dataclasses import dataclass

from l10n_flow.model import Key

#: A document may take a catalogue of any name when the two share this part of the text of the larger one. The part is
#: measured by size, as in ``git diff -M``, so that a title of many articles has little weight.
_SHARED = 0.5
#: The bonus for a catalogue with the document's own name: a document that was copied and then edited a little keeps its
#: own catalogue, and gives it up when it contains the text of another document.
_OWN = 0.25
#: The number of a catalogue's rarest units whose documents are compared with it; the greatest number of such documents.
_RAREST, _OWNERS = 6, 20
#: The fewest characters of running text that count as a section that moved.
_SECTION = 10


@dataclass(frozen=True, slots=True)
class Content:
    """The units of a document: those of its catalogues, and those of its present source.

    Attributes:
        before: the units of the catalogues; empty without a catalogue.
        after: the units of the source; empty without a source.
    """

    before: Set[Key] = frozenset()
    after: Set[Key] = frozenset()


def keeps_its_own(content: Content) -> bool:
    """Whether no other catalogue can be more similar to a document than its own."""
    return _share(content.before, content.after) + _OWN >= 1


def assign(before: Mapping[str, Collection[Key]], after: Mapping[str, Collection[Key]]) -> dict[str, str]:
    """Assign catalogues to documents, one to one, those that share most first.

    Args:
        before: the units of each catalogue, by its name.
        after: the units of each document.

    Returns:
        For each catalogue that goes to a document of another name, that name.
    """
    found: dict[str, str] = {}
    taken = set()
    for old, new in _pairs(before, after):
        if old not in found and new not in taken:
            found[old] = new
            taken.add(new)
    return {old: new for old, new in found.items() if old != new}


def _pairs(before: Mapping[str, Collection[Key]], after: Mapping[str, Collection[Key]]) -> list[tuple[str, str]]:
    """Return the pairs that share enough text, and the pairs with one name, the best first."""
    owners: defaultdict[Key, list[str]] = defaultdict(list)
    for name, keys in after.items():
        for key in keys:
            owners[key].append(name)
    scored = []
    for old, keys in before.items():
        for new in _candidates(keys, owners) | {old: None}:
            share = _share(keys, after[new]) if new in after else 0.0
            if old == new in after or share >= _SHARED:
                scored.append((-share - (_OWN if old == new else 0), old, new))
    return [(old, new) for _, old, new in sorted(scored)]


def _candidates(keys: Collection[Key], owners: Mapping[Key, Sequence[str]]) -> dict[str, None]:
    """Return the documents that contain some of the rarest of these units; few, so that the time stays linear."""
    shared = (key for key in keys if key in owners)
    # The whole key is compared: the units come from a set, and its order must not change the result.
    rarest = sorted(shared, key=lambda key: (len(owners[key]), key.source, key.context or ""))[:_RAREST]
    return dict.fromkeys(name for key in rarest for name in owners[key][:_OWNERS])


def _share(one: Collection[Key], other: Collection[Key]) -> float:
    larger = max(_size(one), _size(other))
    return _size(set(one).intersection(other)) / larger if larger else 0.0


def _size(keys: Iterable[Key]) -> int:
    return sum(len(key.source) for key in keys)


def sections(documents: Mapping[str, Content], headings: Set[Key]) -> dict[str, list[str]]:
    """Find the documents that now contain text of others: each with those others, the one that shares most first.

    Args:
        documents: the units of each document, by its name.
        headings: units that are not running text; a title shared by two articles is not a section that moved.
    """
    owners: defaultdict[Key, list[str]] = defaultdict(list)
    for name in sorted(documents):
        for key in documents[name].after - documents[name].before - headings:
            owners[key].append(name)
    moved: defaultdict[str, defaultdict[str, int]] = defaultdict(lambda: defaultdict(int))
    for old in sorted(documents):
        for key in documents[old].before - documents[old].after:
            for new in owners.get(key, ())[:_OWNERS]:
                moved[new][old] += len(key.source)
    enough = {new: {old: size for old, size in olds.items() if size >= _SECTION} for new, olds in moved.items()}
    return {new: sorted(olds, key=lambda old: (-olds[old], old)) for new, olds in sorted(enough.items()) if olds}
