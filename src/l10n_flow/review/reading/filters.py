"""Which units a filter shows, on which page, and how many each filter would show."""

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
    """One occurrence of a unit that is shown: its place in its block; ``first`` and ``hit`` as in ``ReviewUnit``."""

    key: Key
    place: int
    first: bool
    hit: bool


class BlockPart(NamedTuple):
    """What is shown of a block, by its number."""

    block: int
    units: tuple[ShownUnit, ...]
    partial: bool


@dataclass(frozen=True)
class Selection:
    """What a filter finds in a document.

    Attributes:
        layout, locale_view, findings: the document in the locale.
        filter: what is asked for.
        name: whose units are ``mine``.
        old: the catalogue before the day of ``since``; None when git does not tell.
    """

    layout: Layout
    locale_view: LocaleView
    findings: Findings
    filter: Filter
    name: str = ""
    old: Old | None = None

    @cached_property
    def broad(self) -> list[Key]:
        """The units that all but the state and the rule let through."""
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
        """Whether a unit is not what it was then, or has a seal of that day or later."""
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
        """The units it finds, in order."""
        wanted = self.filter
        keys = self.broad
        if wanted.state:
            keys = [key for key in keys if wanted.state in self._states(key)]
        if wanted.rule:
            keys = [key for key in keys if wanted.rule in self._rules(key)]
        return dict.fromkeys(keys)

    def _states(self, key: Key) -> Iterator[str]:
        """The filters of state that show a unit."""
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
        """The filters of state, each with how many units it would show."""
        counts = Counter(name for key in self.broad for name in self._states(key))
        names = [TODO, *(state.value for state in State), *([STALE] if self.locale_view.locale.derived else []), NOTED]
        return tuple(FilterCount(name, counts[name]) for name in names)

    def rules(self) -> tuple[FilterCount, ...]:
        """The rules that have findings, and the one in use; before them any."""
        counts = Counter(name for key in self.broad for name in self._rules(key))
        names = [ANY, *(rule.id for rule in checks.RULES)]
        shown = [name for name in names if counts[name] or name in {ANY, self.filter.rule}]
        return tuple(FilterCount(name, counts[name], _SUMMARIES.get(name, "")) for name in shown)

    # Pages -----------------------------------------------------------------------------------------------------------

    @cached_property
    def pages(self) -> tuple[tuple[BlockPart, ...], ...]:
        """What is shown, page by page; there is always one."""
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
        """What is shown of each block; of a block larger than a page, page by page."""
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
        """Of every occurrence, whether it is shown; a filter finds first ones only."""
        firsts = self.layout.is_first
        if not self.filter.active:
            return [True] * len(firsts)
        keys = itertools.chain.from_iterable(self.layout.keys)
        hits = [first and key in self.found for key, first in zip(keys, firsts, strict=True)]
        return _widened(hits) if self.filter.near else hits

    def page(self, number: int) -> tuple[int, tuple[BlockPart, ...]]:
        """A page and its number, the nearest there is."""
        number = min(max(number, 1), len(self.pages))
        return number, self.pages[number - 1]

    def page_of(self, key: Key) -> int:
        """The page that shows a unit; 1 when none does."""
        for number, parts in enumerate(self.pages, 1):
            if any(shown.key == key for part in parts for shown in part.units):
                return number
        return 1


def _widened(hits: Sequence[bool]) -> list[bool]:
    """Also the neighbours on both sides."""
    before, after = [False, *hits[:-1]], [*hits[1:], False]
    return [any(three) for three in zip(before, hits, after, strict=True)]


def _last_seal(view: UnitView) -> str:
    """The newest day of its seals; not all have one."""
    return max((seal.date for seal in _signed(view)), default="")


def _names(view: UnitView) -> set[str]:
    return {seal.name for seal in _signed(view)}


def _signed(view: UnitView) -> Iterator[Seal]:
    signed = view.signatures
    return itertools.chain(signed.translated, signed.approved, signed.notes, signed.resolved)
