"""The words into which a run of characters can be cut, and the likelihood of each reading of a character.

The cost of a cut is the sum of the costs of its words (``lexicon.py``): a rare word has a high cost. The cost of a
reading is that of the cheapest cut that contains it. In addition to words there are single characters, a verb with its
particle 著, personal names (a surname and the characters of a given name, by their frequency in names; cheaper beside
a title), and an author with 著 at the end of a clause.
"""

from __future__ import annotations

from collections.abc import Iterator
from functools import cache
from typing import NamedTuple

from l10n_flow.conversion import readings
from l10n_flow.conversion.lexicon import entries, lexicon
from l10n_flow.conversion.names import AUTHOR, is_clause, is_titled, names
from l10n_flow.conversion.runs import PARTICLE, Edge, Kind, Run, author_at

#: An enumeration's members are slow to look up.
_WORD, _CHARACTER, _PERSON = Kind.WORD, Kind.CHARACTER, Kind.NAME
#: The length of the longest word that is looked up, with an ambiguous character and without one.
LONGEST, _COMMON = 7, 4


#: Increased when a rule or a cost here or in names.py changes: it is part of the converter's fingerprint.
VERSION = 2
_INFINITE = 1 << 30
#: The cost of 着 after a verb, and of 著 and 著有 before a title.
_GOVERNED, _WRITES, _HAS_WRITTEN = 38, 88, 108
#: The additional cost of 着 after a longer verb: 合作|著書.
_LONGER = 12
#: The length of the longest verb.
_LONG_VERB = 4
#: The lower cost of 着 after a verb of one syllable before 作物 and 作者 (聽著|作物, 重製|著作物), and non-verbs.
_ONE_SYLLABLE = 30
_PREPOSITIONS = frozenset("依对就将以按向因为由于")
#: The cost of 份 after a number.
_COUNTED = 50
_COUNTING = frozenset("一二两三四五六七八九十百千万几数多每各这那哪半整全首另")


class Reading(NamedTuple):
    """A reading of a character: its cost, and the kind of word that contains the character."""

    cost: int
    kind: Kind
    first: bool


class Cut(NamedTuple):
    """The word at the place of a run, in the cheapest cut.

    Attributes:
        start, end: its span in the run.
        kind: its kind.
        cost: the cost of the cut.
        margin: the additional cost of the cheapest cut with another word there.
    """

    start: int
    end: int
    kind: Kind
    cost: int
    margin: int


def weigh(run: Run) -> dict[str, Reading]:
    """Return the cost of each reading of the character at the place, and the kind of word."""
    found: dict[str, Reading] = {}
    for start, _, cost, word, kind in _at_place(run):
        reading = word[run.place - start]
        if reading not in found or cost < found[reading].cost:
            found[reading] = Reading(cost, kind, start == run.place)
    return found


def as_name(run: Run, *, surname: bool) -> int:
    """Return how much more the cheapest cut costs with a name that begins at the place (``surname``) or before it."""
    found = list(_at_place(run))
    named = (
        cost
        for start, end, cost, _, kind in found
        if kind is Kind.NAME and (start == run.place) == surname and (end - start > 1 or is_titled(run.text, end))
    )
    return min(named, default=_INFINITE) - min(cost for _, _, cost, _, _ in found)


def cut(run: Run) -> Cut:
    """Return the word at the place."""
    found = sorted(_at_place(run), key=lambda one: one[2])
    start, end, cost, _, kind = found[0]
    other = next((each[2] for each in found if each[:2] != (start, end)), _INFINITE)
    return Cut(start, end, kind, cost, other - cost)


def _at_place(run: Run) -> Iterator[tuple[int, int, int, str, Kind]]:
    """Yield the words that contain the place: start, end, cost of the cheapest cut with it, the word, its kind."""
    edges = _edges(run)
    before, behind = _before(edges, run.place), _behind(edges, run.place)
    for start in range(max(0, run.place - LONGEST), run.place + 1):
        for end, cost, word, kind in edges[start]:
            if end > run.place:
                yield start, end, before[start] + cost + behind[end], word, kind


def _before(edges: list[list[Edge]], place: int) -> list[int]:
    """Return the cost of the cheapest cut before each character up to the place."""
    best = [0] + [_INFINITE] * len(edges)
    for start in range(place):
        reached = best[start]
        for end, cost, _, _ in edges[start]:
            best[end] = min(best[end], reached + cost)
    return best


def _behind(edges: list[list[Edge]], place: int) -> list[int]:
    """Return the cost of the cheapest cut from each character after the place to the end."""
    best = [_INFINITE] * len(edges) + [0]
    for start in range(len(edges) - 1, place, -1):
        best[start] = min([cost + best[end] for end, cost, _, _ in edges[start]])
    return best


def _edges(run: Run) -> list[list[Edge]]:
    """Return the words of the run by their first character's index."""
    text, size, bucket_of = run.text, len(run.text), lexicon().bucket
    found: list[list[Edge]] = []
    for start, char in enumerate(text):
        here = [(start + 1, cost, word, _CHARACTER) for cost, word in _alone(char)]
        bucket, longest = bucket_of(char)
        longest = min(longest, LONGEST if start <= run.place else _COMMON)  # a longer word contains the character
        for end in range(start + 2, min(size, start + longest) + 1):
            value = bucket.get(text[start + 1 : end])
            if value is not None:
                for cost, _, _, word in entries(value):
                    here.append((end, cost, word or text[start:end], _WORD))
        found.append(here)
    for at, char in enumerate(text):
        if char == PARTICLE and at:
            for start, edge in _before_particle(run, at):
                found[start].append(edge)
    for start, edge in (*_marked(run), *names(run)):
        found[start].append(edge)
    return found


@cache
def _alone(char: str) -> tuple[tuple[int, str], ...]:
    """Return the cost of a character as a word by itself, in each of its readings."""
    single = lexicon().single
    row = readings.read().get(char)
    if row is None:
        return ((single(char), char),)
    usual, other = row.alone
    return (single(row.usual) + usual, row.usual), (single(row.other) + row.cost + other, row.other)


def _before_particle(run: Run, at: int) -> Iterator[tuple[int, Edge]]:
    """Yield a verb with its particle, and the name of a person as an author."""
    text = run.text
    if text[at - 1] in lexicon().verbs:
        less = text[at + 1 : at + 3] in {"作物", "作者"} and text[at - 1] not in _PREPOSITIONS
        cost = lexicon().single(text[at - 1]) + _GOVERNED - _ONE_SYLLABLE * less
        yield at - 1, (at + 1, cost, f"{text[at - 1]}着", _WORD)
    for start in range(max(0, at - _LONG_VERB), at - 1):
        value = lexicon().bucket(text[start])[0].get(text[start + 1 : at])
        for entry in entries(value) if value is not None else ():
            word = entry.word or text[start:at]
            if entry.verb:
                yield start, (at + 1, entry.cost + _GOVERNED + _LONGER, f"{word}着", _WORD)
            elif entry.person and at == author_at(run) and is_clause(run, start):
                yield start, (at + 1, entry.cost + AUTHOR, f"{word}著", _WORD)


def _marked(run: Run) -> Iterator[tuple[int, Edge]]:
    text, place = run.text, run.place
    if place == author_at(run) and run.named and place <= LONGEST:
        yield 0, (len(text), AUTHOR, f"{text[:-1]}著", _PERSON)
    if run.titled and (at := author_at(run)) >= 0:
        yield at, (at + 1, _WRITES, "著", _PERSON)
    if run.printed and place == len(text) - 1:
        yield place, (place + 1, AUTHOR, "著", _PERSON)
    if run.titled and text[place:] == "著有":
        yield place, (place + 2, _HAS_WRITTEN, "著有", _PERSON)
    if text[place] == "份" and _is_counted(run):
        yield place, (place + 1, _COUNTED, "份", _WORD)


def _is_counted(run: Run) -> bool:
    """Whether a number is before the place, or 本 (this) at the beginning of the clause: 本份|報告."""
    text, place = run.text, run.place
    if not place:
        return run.counted
    return text[place - 1] in _COUNTING or (text[place - 1] == "本" and run.begins and place == 1 < len(text) - 1)
