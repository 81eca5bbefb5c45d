"""The language resources of a locale: the terms of the termbase, and the converter."""

from __future__ import annotations

from collections.abc import Iterable, Mapping
from dataclasses import dataclass, field

from l10n_flow.conversion import NO_WORDS, Converter, Own, Rule, Words
from l10n_flow.errors import L10nFlowError
from l10n_flow.model import Span
from l10n_flow.review.page.model import TermHint
from l10n_flow.termbase import Term, Termbase, TermStatus

_RANKS = {TermStatus.PREFERRED: 0, TermStatus.ADMITTED: 1}


@dataclass(frozen=True, slots=True)
class Terms:
    """The terms of one pair of locales, prepared for a search in texts."""

    words: Words = NO_WORDS
    known: Mapping[str, tuple[tuple[str, ...], str]] = field(default_factory=dict)

    def hints(self, text: str) -> tuple[TermHint, ...]:
        """The terms in a text, in the order in which they first occur: the longest at each place, whole words only."""
        spans: dict[str, list[Span]] = {}
        for start, end, _ in self.words.find(text):
            spans.setdefault(text[start:end], []).append(Span(start, end))
        return tuple(TermHint(word, *self.known[word], tuple(places)) for word, places in spans.items())


NO_TERMS = Terms()


@dataclass(frozen=True, slots=True)
class Resources:
    """The terms and the converter of a locale; neither when the termbase cannot be read."""

    terms: Terms = NO_TERMS
    converter: Converter | None = None
    error: L10nFlowError | None = None


def terms_of(base: Termbase, source_locale: str, locale: str) -> Terms:
    """The preferred and admitted terms with a text in both locales; preferred targets are first."""
    source, target = base.column(source_locale), base.column(locale)
    if source is None or target is None or source == target:
        return NO_TERMS
    rows: dict[str, list[Term]] = {}
    for term in base.terms:
        if term.status in _RANKS and source in term.texts and target in term.texts:
            rows.setdefault(term.texts[source], []).append(term)
    known = {word: _known(found, target) for word, found in rows.items()}
    return Terms(Words({word: Own(word, Rule.TERM) for word in known}), known)


def _known(rows: Iterable[Term], target: str) -> tuple[tuple[str, ...], str]:
    ordered = sorted(rows, key=lambda term: _RANKS[term.status])
    notes = dict.fromkeys(term.note for term in ordered if term.note)
    return tuple(dict.fromkeys(term.texts[target] for term in ordered)), "; ".join(notes)
