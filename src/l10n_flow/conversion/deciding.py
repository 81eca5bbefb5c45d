"""The result of an ambiguous character at its place in a text, by the words around it.

Most places need no weighing: no word and no name there could have the other reading. At the other places, the words
into which the run of Han characters can be segmented are weighed (``lattice.py``).
"""

from __future__ import annotations

from collections.abc import Iterable, Mapping
from functools import cache, lru_cache
from typing import NamedTuple

from l10n_flow.conversion import readings
from l10n_flow.conversion.lattice import as_name, weigh
from l10n_flow.conversion.lexicon import lexicon
from l10n_flow.conversion.runs import OF_TITLES, PARTICLE, Kind, Run, run_around

_REMEMBERED = 20_000


class Verdict(NamedTuple):
    """The result of weighing a place.

    Attributes:
        after: the result for the character.
        other: the result that is second.
        margin: how much less likely ``other`` is, in tenths of a natural logarithm.
        kind: the kind of word that contains the character.
        first: whether it is the first character of the word.
    """

    after: str
    other: str
    margin: int
    kind: Kind
    first: bool


class Decider:
    """Decides for a conversion. Immutable; any number of threads may use it.

    Args:
        characters: the results of the conversion for single characters.
        phrases: words that it converts as a whole, whatever the readings of their characters.
    """

    def __init__(self, characters: Mapping[str, str], phrases: Iterable[str] = ()) -> None:
        self.characters = frozenset(readings.read())
        self._simple = characters
        self._open: dict[str, bool] = {}
        self._phrases = _placed(phrases, self.characters)

    def __call__(self, text: str, at: int) -> str | None:
        """Return the result for the character at a place; None when the dictionaries decide."""
        verdict = self.verdict(text, at)
        return verdict.after if verdict else None

    def verdict(self, text: str, at: int) -> Verdict | None:
        """Return the verdict on the character at a place; None when the dictionaries decide."""
        if not self._is_open(text, at) or self._is_phrase(text, at):
            return None
        return self.weighed(text, at)

    def weighed(self, text: str, at: int) -> Verdict:
        """Return the verdict by the words around a character, also where nothing suggests its other reading."""
        return _weighed(self._run(text, at))

    def as_name(self, text: str, at: int, *, surname: bool) -> int:
        """Return how much less likely than the verdict a name is that begins with the character, or has it later."""
        return as_name(self._run(text, at), surname=surname)

    def _is_open(self, text: str, at: int) -> bool:
        """Whether a word, a name or an author could give the character its other reading."""
        char = text[at]
        if self._may(text[at : at + 2]) or (at and self._may(text[at - 1 : at + 1])):
            return True
        if _is_rather_other(char):
            return True
        if char == PARTICLE and (not text[at + 1 : at + 2].isalnum() or text.startswith(OF_TITLES, at)):
            return True
        return _has_name_form(char) and not lexicon().surnames.isdisjoint(self.simplified(text[max(0, at - 2) : at]))

    def _may(self, pair: str) -> bool:
        """Whether two neighbours are in a word with another reading."""
        known = self._open.get(pair)
        if known is None:
            known = self._open[pair] = self.simplified(pair) in lexicon().pairs
        return known

    def _is_phrase(self, text: str, at: int) -> bool:
        return any(text.startswith(word, at - place) for word, place in self._phrases.get(text[at], ()) if place <= at)

    def _run(self, text: str, at: int) -> Run:
        run = run_around(text, at)
        return run._replace(text=self.simplified(run.text))

    def simplified(self, text: str) -> str:
        """Return a text with its unambiguous characters in Simplified, for lookup in the lexicon."""
        simple, ambiguous = self._simple, self.characters
        return "".join([char if char in ambiguous else simple.get(char, char) for char in text])


def _placed(words: Iterable[str], characters: frozenset[str]) -> Mapping[str, list[tuple[str, int]]]:
    """Return, for each character, the words that contain it, and its place in them."""
    found: dict[str, list[tuple[str, int]]] = {}
    for word in words:
        for place, char in enumerate(word):
            if char in characters:
                found.setdefault(char, []).append((word, place))
    return found


@lru_cache(_REMEMBERED)
def _weighed(run: Run) -> Verdict:
    (after, best), (other, second) = sorted(weigh(run).items(), key=lambda item: item[1].cost)[:2]
    return Verdict(after, other, second.cost - best.cost, best.kind, best.first)


@cache
def _has_name_form(char: str) -> bool:
    """Whether a character has a form in names that it does not have in other words."""
    row = readings.read()[char]
    return row.named != row.usual


@cache
def _is_rather_other(char: str) -> bool:
    """Whether a character by itself more often has its other reading, and not because of names: 帳 is 账."""
    row = readings.read()[char]
    return row.alone[1] < row.alone[0] and row.named == row.usual
