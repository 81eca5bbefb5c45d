"""The translation memory: find earlier translations of similar texts (docs/memory.md).

It does not read catalogues: its caller passes the translations, one document at a time.
"""

from __future__ import annotations

import re
import threading
from array import array
from bisect import bisect_left
from collections.abc import Callable, Iterable, Iterator, Mapping, Sequence
from itertools import groupby
from operator import itemgetter
from typing import NamedTuple, TypeAlias

#: The least score of a match. Pairs of real Chinese sentences with score 50 share little more than a pattern
#: (「第九章會探討 Rust 的…」, 「第四章則會學習 Rust 的…」), and about half of them are useless. From 60 on, nearly all
#: express the same fact in other words, or another fact in the same words. 75, the usual limit for English, would lose
#: most of these: a character has more information than a letter, so a change of wording costs more. Merging uses the
#: same limit.
FLOOR = 60
#: A text of at most so many characters (a number counts as one) matches only an equal text.
_SHORT = 3
#: The greatest number of texts that are compared: those that share the rarest bigrams.
_COMPARED = 4_000
#: The greatest score of a text that is not equal.
_MOST = 99
_NUMBER = re.compile(r"\d+(?:[.,]\d+)*")


class Entry(NamedTuple):
    """A translation in the memory.

    Attributes:
        source, target: the texts.
        origin: its document.
        approved: whether it is approved.
        date: the date of its last seal (``YYYY-MM-DD``, which sorts); "" when there is none.
        context: the msgctxt, or None; origin, source and context identify the translation.
    """

    source: str
    target: str
    origin: str
    approved: bool = False
    date: str = ""
    context: str | None = None


class Match(NamedTuple):
    """An entry, and the similarity of its source: 100 when the texts are equal, else 99 or less."""

    entry: Entry
    score: int


#: The entries of a document, by the normal form of their sources (``_form``).
_Grouped: TypeAlias = Mapping[str, tuple[Entry, ...]]


def _never(_: Entry) -> bool:
    return False


class Memory:
    """The entries of many documents. Any thread may search and replace; a search may then find old and new entries."""

    def __init__(self) -> None:
        self._writing = threading.Lock()
        self._lock = threading.Lock()  # for the two below; it is held for one text at a time
        self._held: dict[str, dict[str, tuple[Entry, ...]]] = {}
        self._index = _Index()
        self._documents: dict[str, _Grouped] = {}

    def replace(self, document: str, entries: Iterable[Entry]) -> None:
        """Replace the entries of a document; an empty iterable removes it. Unchanged entries take almost no time."""
        new = _grouped(entries)
        with self._writing:
            old = self._documents.pop(document, {})
            if new:
                self._documents[document] = new
            for form in old.keys() - new.keys():
                self._drop(form, document)
            for form, held in new.items():
                if old.get(form) != held:
                    self._put(form, document, held)

    def lookup(
        self, source: str, n: int = 3, floor: int = FLOOR, leave_out: Callable[[Entry], bool] = _never
    ) -> tuple[Match, ...]:
        """Return the most useful translations for a text.

        Args:
            source: the text.
            n: the greatest number of matches.
            floor: the least score, from 1.
            leave_out: whether an entry is ignored, such as the one that is being translated.

        Returns:
            Matches with different targets, best first: by score, then approved before others, then by date, then by
            similarity of length, then by origin and text. The score is ``rapidfuzz.fuzz.ratio`` (from the Indel
            distance), rounded down, of the texts with each number counted as one character: texts that differ only in
            numbers have 99.
        """
        found: dict[str, Match] = {}
        for score, forms in groupby(self._scored(_form(source), floor), key=itemgetter(1)):
            held = self._entries([form for form, _ in forms])
            matches = (Match(each, _score(each, source, score)) for each in held if not leave_out(each))
            for match in _ranked(source, matches):
                if match.score >= floor and _fits(match, source):
                    found.setdefault(match.entry.target, match)
            if len(found) >= n:
                break
        return tuple(found.values())[:n]

    def _scored(self, form: str, floor: int) -> Iterator[tuple[str, int]]:
        """Return the normal forms in the memory, most similar first, with the scores of texts that are not equal."""
        from rapidfuzz import fuzz, process  # noqa: PLC0415  # start-up: only the review page asks

        yield form, _MOST
        with self._lock:
            near = self._index.near(form)
        for other, score, _ in process.extract(form, near, scorer=fuzz.ratio, limit=None, score_cutoff=floor):
            if other != form:
                yield other, min(int(score), _MOST)

    def _entries(self, forms: Sequence[str]) -> list[Entry]:
        with self._lock:
            return [entry for form in forms for held in self._held.get(form, {}).values() for entry in held]

    def _put(self, form: str, document: str, entries: tuple[Entry, ...]) -> None:
        with self._lock:
            if form not in self._held:
                self._index.add(form)
            self._held.setdefault(form, {})[document] = entries

    def _drop(self, form: str, document: str) -> None:
        with self._lock:
            del self._held[form][document]
            if not self._held[form]:
                del self._held[form]
                self._index.remove(form)


def _form(text: str) -> str:
    """Return the normal form of a text for comparison: all numbers are equal."""
    return _NUMBER.sub("0", text)


def _grouped(entries: Iterable[Entry]) -> _Grouped:
    grouped: dict[str, list[Entry]] = {}
    for entry in entries:
        grouped.setdefault(_form(entry.source), []).append(entry)
    return {form: tuple(each) for form, each in grouped.items()}


def _score(entry: Entry, source: str, score: int) -> int:
    return 100 if entry.source == source else score


def _fits(match: Match, source: str) -> bool:
    """Whether a match is useful: one of numbers and marks only is not, unless the texts are equal."""
    return match.score == 100 or any(map(str.isalpha, source))


def _ranked(source: str, matches: Iterable[Match]) -> list[Match]:
    def last(match: Match) -> tuple[int, str, str, str]:
        entry = match.entry
        return abs(len(entry.source) - len(source)), entry.origin, entry.source, entry.target

    found = sorted(matches, key=last)
    return sorted(found, key=lambda match: (match.score, match.entry.approved, match.entry.date), reverse=True)


_NONE = array("I")


class _Index:
    """An index of texts by bigrams; the numbers of the texts ascend in each list, because no number is reused."""

    def __init__(self) -> None:
        self._texts: dict[int, str] = {}
        self._numbers: dict[str, int] = {}
        self._postings: dict[str, array[int]] = {}
        self._next = 0

    def add(self, text: str) -> None:
        if len(text) <= _SHORT:
            return
        number, self._next = self._next, self._next + 1
        self._texts[number], self._numbers[text] = text, number
        postings = self._postings
        for gram in _bigrams(text):
            numbers = postings.get(gram)
            if numbers is None:
                postings[gram] = array("I", (number,))
            else:
                numbers.append(number)

    def remove(self, text: str) -> None:
        if len(text) <= _SHORT:
            return
        number = self._numbers.pop(text)
        del self._texts[number]
        for gram in _bigrams(text):
            numbers = self._postings[gram]
            del numbers[bisect_left(numbers, number)]
            if not numbers:
                del self._postings[gram]

    def near(self, text: str) -> Sequence[str]:
        """Return the texts that share the rarest bigrams of a text."""
        if len(text) <= _SHORT:
            return ()
        found: set[int] = set()
        for numbers in sorted((self._postings.get(gram, _NONE) for gram in _bigrams(text)), key=len):
            found.update(numbers[: _COMPARED - len(found)])
            if len(found) >= _COMPARED:
                break
        return [self._texts[number] for number in found]


def _bigrams(text: str) -> Iterable[str]:
    """Return each bigram once, in order: the order of a set differs from run to run, and could change the result."""
    return dict.fromkeys(text[i : i + 2] for i in range(len(text) - 1))
