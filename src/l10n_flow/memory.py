"""The translation memory: which earlier translations help with a text (docs/memory.md).

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

#: The least score of a match. Of pairs of real Chinese sentences, those at 50 share little but a frame
#: (「第九章會探討 Rust 的…」, 「第四章則會學習 Rust 的…」), and about half are of no use. From 60 on, nearly all tell
#: the same fact in other words, or another one in the same words. 75, as usual between English sentences, would lose
#: most of these: characters carry more than letters, so that a change of wording costs more. Merging draws its line
#: at the same place.
FLOOR = 60
#: A text of so few characters, a number counted as one, matches none but itself: one character is too much of it.
_SHORT = 3
#: So many texts are compared at most, those that share the rarest bigrams.
_COMPARED = 4_000
#: The best score of another text.
_MOST = 99
_NUMBER = re.compile(r"\d+(?:[.,]\d+)*")


class Entry(NamedTuple):
    """A translation that is remembered.

    Attributes:
        source, target: the texts.
        origin: the document it is from.
        approved: whether somebody approved it.
        date: when it was last signed, in a form that sorts (``YYYY-MM-DD``); "" when not known.
        context: the msgctxt, or None: with origin and source it tells whose translation this is.
    """

    source: str
    target: str
    origin: str
    approved: bool = False
    date: str = ""
    context: str | None = None


class Match(NamedTuple):
    """What is remembered, and how near its source is: 100 when it is the same text, else 99 or less."""

    entry: Entry
    score: int


#: A document's entries by the form of their sources.
_Grouped: TypeAlias = Mapping[str, tuple[Entry, ...]]


def _never(_: Entry) -> bool:
    return False


class Memory:
    """Entries of many documents. Any thread may search and replace; a search meanwhile may find new and old ones."""

    def __init__(self) -> None:
        self._writing = threading.Lock()
        self._lock = threading.Lock()  # for the two below, held for one text at a time
        self._held: dict[str, dict[str, tuple[Entry, ...]]] = {}
        self._index = _Index()
        self._documents: dict[str, _Grouped] = {}

    def replace(self, document: str, entries: Iterable[Entry]) -> None:
        """Let a document's entries be these, none to forget it. What was there already costs next to nothing."""
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
        """The translations that help most with a text.

        Args:
            source: the text.
            n: how many at most.
            floor: the least score, from 1.
            leave_out: which entries do not count, such as the one that is being translated.

        Returns:
            Matches with different targets, best first: by score; then approved ones, the newest, those nearest in
            length; then in the order of their origins and texts. The score is that of ``rapidfuzz.fuzz.ratio``
            (100 for no Indel distance), rounded down, between the texts with each number counted as one character:
            so texts that differ in numbers alone are at 99.
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
        """The forms of what is held, the nearest first, and what their texts score unless they are equal."""
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
    """A text as it is compared: all numbers are equal."""
    return _NUMBER.sub("0", text)


def _grouped(entries: Iterable[Entry]) -> _Grouped:
    grouped: dict[str, list[Entry]] = {}
    for entry in entries:
        grouped.setdefault(_form(entry.source), []).append(entry)
    return {form: tuple(each) for form, each in grouped.items()}


def _score(entry: Entry, source: str, score: int) -> int:
    return 100 if entry.source == source else score


def _fits(match: Match, source: str) -> bool:
    """Numbers and marks alone are of no use to another text."""
    return match.score == 100 or any(map(str.isalpha, source))


def _ranked(source: str, matches: Iterable[Match]) -> list[Match]:
    def last(match: Match) -> tuple[int, str, str, str]:
        entry = match.entry
        return abs(len(entry.source) - len(source)), entry.origin, entry.source, entry.target

    found = sorted(matches, key=last)
    return sorted(found, key=lambda match: (match.score, match.entry.approved, match.entry.date), reverse=True)


_NONE = array("I")


class _Index:
    """Texts by their bigrams; the numbers of the texts ascend in each list, because none is given twice."""

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
        """The texts that share its rarest bigrams."""
        if len(text) <= _SHORT:
            return ()
        found: set[int] = set()
        for numbers in sorted((self._postings.get(gram, _NONE) for gram in _bigrams(text)), key=len):
            found.update(numbers[: _COMPARED - len(found)])
            if len(found) >= _COMPARED:
                break
        return [self._texts[number] for number in found]


def _bigrams(text: str) -> Iterable[str]:
    """Each once, in their order: that of a set differs from run to run, and what is found might."""
    return dict.fromkeys(text[i : i + 2] for i in range(len(text) - 1))
