"""Finds the units that a filter shows, their pages, and the number of units for each value of a filter."""

from __future__ import annotations

import itertools
from collections import Counter
from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from functools import cached_property
from typing import NamedTuple

from l10n_flow import checks
from l10n_flow.catalogue import Seal
from l10n_flow.editing import UnitView
from l10n_flow.history import Old, standing
from l10n_flow.model import Key, State
from l10n_flow.project import has_all, words_of
from l10n_flow.review.page.model import Filter, FilterCount
from l10n_flow.review.reading.findings import Findings
from l10n_flow.review.reading.layout import Layout
from l10n_flow.review.reading.locale_view import LocaleView

#: Units of one page; a page ends with the block that would go beyond it.
PAGE_UNITS = 100
TODO, STALE, ANY, NOTED = "todo", "stale", "any", "noted"


_SUMMARIES = {rule.id: rule.summary for rule in checks.RULES}


class ShownUnit(NamedTuple):
    """An occurrence of a unit that is shown: its place in the block; ``first`` and ``hit`` as in ``ReviewUnit``."""

    key: Key
    place: int
    first: bool
    hit: bool


class BlockPart(NamedTuple):
    """The units of a block that are shown on a page; ``block`` is its number."""

    block: int
    units: tuple[ShownUnit, ...]
    partial: bool


@dataclass(frozen=True)
class Selection:
    """The units that a filter finds in a document.

    Attributes:
        layout, locale_view, findings: the document in the locale.
        filter: the filter.
        name: the name of the reader, for ``mine``.
        old: the catalogue before the day of ``since``; None when git does not know it.
    """

    layout: Layout
    locale_view: LocaleView
    findings: Findings
    filter: Filter
    name: str = ""
    old: Old | None = None

    @cached_property
    def broad(self) -> list[Key]:
        """The units that pass all fields of the filter but state and rule."""
        wanted = self.filter
        keys = list(self.layout.ids)
        if wanted.text.strip():
            keys = self._with_text(keys, wanted.text)
        if wanted.since:
            keys = [key for key in keys if self._has_changed(key)]
        if wanted.mine:
            keys = [key for key in keys if self.name and self.name in _names(self.locale_view.views[key])]
        return keys

    def _has_changed(self, key: Key) -> bool:
        """Whether a unit differs from the version of that day, or has a seal of that day or later."""
        view = self.locale_view.views[key]
        if self.old is not None and self.old.get(key) != standing(view.translation):
            return True
        return _last_seal(view) >= self.filter.since

    def _with_text(self, keys: list[Key], text: str) -> list[Key]:
        words = words_of(text)
        sources, targets, notes = self.layout.folded, self.locale_view.folded, self.locale_view.noted
        return [key for key in keys if has_all(words, sources[key], targets[key], notes.get(key, ""))]

    @cached_property
    def found(self) -> dict[Key, None]:
        """The units that the filter finds, in order."""
        wanted = self.filter
        keys = self.broad
        if wanted.state:
            keys = [key for key in keys if wanted.state in self._states(key)]
        if wanted.rule:
            keys = [key for key in keys if wanted.rule in self._rules(key)]
        return dict.fromkeys(keys)

    def _states(self, key: Key) -> Iterator[str]:
        """The values of the state filter that find a unit."""
        translation = self.locale_view.views[key].translation
        yield translation.state.value
        if translation.state.rank < self.locale_view.locale.require.rank:
            yield TODO
        if translation.stale:
            yield STALE
        if self.locale_view.views[key].signatures.open:
            yield NOTED

    def _rules(self, key: Key) -> set[str]:
        standing = {finding.rule for finding in self.findings.by_key.get(key, ()) if finding.ignored is None}
        return {ANY, *standing} if standing else standing

    def states(self) -> tuple[FilterCount, ...]:
        """The values of the state filter, each with the number of units that it finds."""
        counts = Counter(name for key in self.broad for name in self._states(key))
        names = [TODO, *(state.value for state in State), *([STALE] if self.locale_view.locale.derived else []), NOTED]
        return tuple(FilterCount(name, counts[name]) for name in names)

    def rules(self) -> tuple[FilterCount, ...]:
        """The values of the rule filter: any rule, the rules with findings, and the one in use."""
        counts = Counter(name for key in self.broad for name in self._rules(key))
        names = [ANY, *(rule.id for rule in checks.RULES)]
        shown = [name for name in names if counts[name] or name in {ANY, self.filter.rule}]
        return tuple(FilterCount(name, counts[name], _SUMMARIES.get(name, "")) for name in shown)

    # Pages -----------------------------------------------------------------------------------------------------------

    @cached_property
    def pages(self) -> tuple[tuple[BlockPart, ...], ...]:
        """The parts of blocks on each page; there is always one page."""
        pages: list[list[BlockPart]] = [[]]
        units = 0
        for part in self._block_parts():
            if pages[-1] and units + len(part.units) > PAGE_UNITS:
                pages.append([])
                units = 0
            pages[-1].append(part)
            units += len(part.units)
        return tuple(map(tuple, pages))

    def _block_parts(self) -> Iterator[BlockPart]:
        """The units of each block that are shown; a block larger than a page is cut."""
        done = 0
        shown = self._shown()
        for number, keys in enumerate(self.layout.keys):
            units = [
                ShownUnit(key, place, self.layout.is_first[done + place], self.filter.near and key in self.found)
                for place, key in enumerate(keys)
                if shown[done + place]
            ]
            done += len(keys)
            for start in range(0, len(units), PAGE_UNITS):
                part = tuple(units[start : start + PAGE_UNITS])
                yield BlockPart(number, part, len(part) < len(keys))

    def _shown(self) -> Sequence[bool]:
        """For every occurrence, whether it is shown; a filter finds first occurrences only."""
        firsts = self.layout.is_first
        if not self.filter.active:
            return [True] * len(firsts)
        keys = itertools.chain.from_iterable(self.layout.keys)
        hits = [first and key in self.found for key, first in zip(keys, firsts, strict=True)]
        return _widened(hits) if self.filter.near else hits

    def page(self, number: int) -> tuple[int, tuple[BlockPart, ...]]:
        """The page with this number, or the nearest one, and its number."""
        number = min(max(number, 1), len(self.pages))
        return number, self.pages[number - 1]

    def page_of(self, key: Key) -> int:
        """The number of the page that shows a unit; 1 when no page does."""
        for number, parts in enumerate(self.pages, 1):
            if any(shown.key == key for part in parts for shown in part.units):
                return number
        return 1


def _widened(hits: Sequence[bool]) -> list[bool]:
    """The same with the neighbours on both sides."""
    before, after = [False, *hits[:-1]], [*hits[1:], False]
    return [any(three) for three in zip(before, hits, after, strict=True)]


def _last_seal(view: UnitView) -> str:
    """The newest day of its seals; "" when none has a day."""
    return max((seal.date for seal in _signed(view)), default="")


def _names(view: UnitView) -> set[str]:
    return {seal.name for seal in _signed(view)}


def _signed(view: UnitView) -> Iterator[Seal]:
    signed = view.signatures
    return itertools.chain(signed.translated, signed.approved, signed.notes, signed.resolved)
