"""A document as the review page needs it: the id and the place of each unit, and which blocks share units."""

from __future__ import annotations

import itertools
from collections import Counter, defaultdict
from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass
from functools import cached_property

from l10n_flow.editing import UnitView
from l10n_flow.ids import Index, short
from l10n_flow.model import Document, Key, State, Translation
from l10n_flow.project import fold, title_of


@dataclass(frozen=True)
class Layout:
    """A document without its translations.

    Attributes:
        name: the document's identity.
        document: its blocks.
        title: of its source; the identity where it has none.
        ids: the short id of each unit, in document order; it is longer where two ids begin alike.
        keys: the units of each block.
        firsts: the number of the block with the first occurrence of a unit.
        counts: how often a unit occurs.
        groups: for each block the number of its group: blocks that share a unit are in one group.
        blanks: each unit as it is without a catalogue.
    """

    name: str
    document: Document
    title: str
    ids: Mapping[Key, str]
    keys: tuple[tuple[Key, ...], ...]
    firsts: Mapping[Key, int]
    counts: Mapping[Key, int]
    groups: tuple[int, ...]
    blanks: Mapping[Key, UnitView]

    @cached_property
    def is_first(self) -> Sequence[bool]:
        """For every occurrence in document order, whether it is the first one of its unit."""
        left = set(self.firsts)
        found = []
        for key in itertools.chain.from_iterable(self.keys):
            found.append(key in left)
            left.discard(key)
        return found

    @cached_property
    def folded(self) -> Mapping[Key, str]:
        """The sources, folded for a search."""
        return {key: fold(key.source) for key in self.ids}

    @cached_property
    def _index(self) -> Index:
        return Index(self.ids)

    def find(self, unit: str) -> Key | None:
        """The unit whose digest begins with this id; None when there is none, or more than one."""
        found = self._index.find(unit)
        return found[0] if len(found) == 1 else None

    def related(self, keys: Iterable[Key]) -> list[int]:
        """The numbers of the blocks whose findings may change when these units change."""
        groups = {self.groups[self.firsts[key]] for key in keys}
        return sorted(itertools.chain.from_iterable(self._members[group] for group in groups))

    @cached_property
    def _members(self) -> Mapping[int, Sequence[int]]:
        """The blocks of each group."""
        found: defaultdict[int, list[int]] = defaultdict(list)
        for number, group in enumerate(self.groups):
            found[group].append(number)
        return found


def lay_out(name: str, document: Document, locale: str) -> Layout:
    """Make the layout of a document; ``locale`` is that of its source. The time is linear."""
    keys = tuple(tuple(unit.key for unit in block.units) for block in document.blocks)
    firsts: dict[Key, int] = {}
    for number, block in enumerate(keys):
        for key in block:
            firsts.setdefault(key, number)
    return Layout(
        name,
        document,
        title_of(document, locale) or name,
        short(firsts),
        keys,
        firsts,
        Counter(key for block in keys for key in block),
        _groups(keys, firsts),
        {key: UnitView(Translation(key, "", State.UNTRANSLATED)) for key in firsts},
    )


def _groups(keys: Sequence[Sequence[Key]], firsts: Mapping[Key, int]) -> tuple[int, ...]:
    """For each block, the first block of its group (union-find with path halving)."""
    parents = list(range(len(keys)))

    def root(block: int) -> int:
        while parents[block] != block:
            parents[block] = block = parents[parents[block]]
        return block

    for number, block in enumerate(keys):
        for key in block:
            one, other = root(firsts[key]), root(number)
            parents[max(one, other)] = min(one, other)
    return tuple(map(root, range(len(parents))))
