"""Which catalogues belong to which documents, and which text went from one document to another, told by content."""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Collection, Iterable, Mapping, Sequence, Set
from dataclasses import dataclass

from l10n_flow.model import Key

#: A document that shares at least this part of the larger one's text with a catalogue may take it, whatever its name:
#: as ``git diff -M`` counts, by size, so that a title that many articles have tells little.
_SHARED = 0.5
#: How much more the catalogue counts that bears a document's own name: a document that was copied and then edited a
#: little keeps its own, and gives it up when another one's text is there in its place.
_OWN = 0.25
#: Of so many of a catalogue's rarest units the owners are compared with it, and so many owners at most.
_RAREST, _OWNERS = 6, 20
#: So many characters of running text went from one document to another, or nothing did.
_SECTION = 10


@dataclass(frozen=True, slots=True)
class Content:
    """A document by its units: those of its catalogues, and those its source has now.

    Attributes:
        before: none of a document that has no catalogue.
        after: none of a document that has no source.
    """

    before: Set[Key] = frozenset()
    after: Set[Key] = frozenset()


def keeps_its_own(content: Content) -> bool:
    """Whether no other catalogue could be nearer to a document than its own."""
    return _share(content.before, content.after) + _OWN >= 1


def assign(before: Mapping[str, Collection[Key]], after: Mapping[str, Collection[Key]]) -> dict[str, str]:
    """Give catalogues to documents, one to one, those that share most first.

    Args:
        before: the units of each catalogue, by its name.
        after: the units of each document.

    Returns:
        The catalogues that go to a document of another name, and that name.
    """
    found: dict[str, str] = {}
    taken = set()
    for old, new in _pairs(before, after):
        if old not in found and new not in taken:
            found[old] = new
            taken.add(new)
    return {old: new for old, new in found.items() if old != new}


def _pairs(before: Mapping[str, Collection[Key]], after: Mapping[str, Collection[Key]]) -> list[tuple[str, str]]:
    """The pairs that share enough, and those of one name, the best first."""
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
    """The documents that own some of the rarest of these units: so few that all documents take linear time."""
    shared = (key for key in keys if key in owners)
    # All of a key has a say: the units come from a set, and its order must not be seen in the outcome.
    rarest = sorted(shared, key=lambda key: (len(owners[key]), key.source, key.context or ""))[:_RAREST]
    return dict.fromkeys(name for key in rarest for name in owners[key][:_OWNERS])


def _share(one: Collection[Key], other: Collection[Key]) -> float:
    larger = max(_size(one), _size(other))
    return _size(set(one).intersection(other)) / larger if larger else 0.0


def _size(keys: Iterable[Key]) -> int:
    return sum(len(key.source) for key in keys)


def sections(documents: Mapping[str, Content], headings: Set[Key]) -> dict[str, list[str]]:
    """Which documents have text now that others had: each with those others, who share most with it first.

    Args:
        documents: by name.
        headings: units that are no running text; a title that two articles have is no section of either.
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
