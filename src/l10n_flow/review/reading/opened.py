"""A document opened in one locale: everything that its page needs."""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from dataclasses import dataclass, replace

from l10n_flow.conversion import Converter
from l10n_flow.errors import L10nFlowError
from l10n_flow.messages import Message
from l10n_flow.model import Key
from l10n_flow.project import Project
from l10n_flow.review.page.model import NOBODY, Reader, ReviewBlock, ReviewUnit
from l10n_flow.review.reading.cards import Cards
from l10n_flow.review.reading.filters import Piece
from l10n_flow.review.reading.findings import Findings
from l10n_flow.review.reading.layout import Layout
from l10n_flow.review.reading.locale_view import LocaleView
from l10n_flow.review.reading.terms import NO_TERMS, Terms


@dataclass(frozen=True, slots=True)
class Words:
    """The terms and the converter of a locale; without a termbase that can be read there is neither."""

    terms: Terms = NO_TERMS
    converter: Converter | None = None
    error: L10nFlowError | None = None


@dataclass(frozen=True, slots=True)
class Opened:
    """A document in the locale that is worked on, and in the others."""

    project: Project
    layout: Layout
    locale_view: LocaleView
    others: tuple[LocaleView, ...]
    findings: Findings
    words: Words

    def notices(self) -> tuple[str, ...]:
        """What is wrong with the whole document."""
        errors = [locale_view.error for locale_view in (self.locale_view, *self.others)]
        told = [str(error) for error in (*errors, self.findings.error, self.words.error) if error is not None]
        missing = sum(not self.locale_view.has(key) for key in self.layout.ids)
        if missing and self.locale_view.error is None:
            told.append(_missing(missing, self.locale_view.locale.id))
        return tuple(dict.fromkeys(told))

    def card(self, key: Key, reader: Reader = NOBODY) -> ReviewUnit:
        """A unit where it stands first, to be saved."""
        number = self.layout.firsts[key]
        unit = self.layout.document.blocks[number].units[self.layout.keys[number].index(key)]
        return self._cards(reader, live=True).card(key, unit.role, first=True)

    def blocks(self, pieces: Sequence[Piece], reader: Reader = NOBODY, *, live: bool) -> Iterator[ReviewBlock]:
        """What is shown of each block."""
        cards = self._cards(reader, live=live)
        for piece in pieces:
            block = self.layout.document.blocks[piece.block]
            units = (
                replace(cards.card(key, block.units[place].role, first=first), hit=hit)
                for key, place, first, hit in piece.units
            )
            yield ReviewBlock(block.kind, tuple(units), piece.partial)

    def _cards(self, reader: Reader, *, live: bool) -> Cards:
        return Cards(
            self.project,
            self.layout,
            self.locale_view,
            tuple(other for other in self.others if other.error is None),
            self.findings.by_key,
            self.words.terms,
            self.words.converter,
            live,
            reader,
        )


def _missing(number: int, locale: str) -> Message:
    return Message("{n:,} units are not in the catalogue of {locale} yet; run: l10n-flow sync", n=number, locale=locale)
