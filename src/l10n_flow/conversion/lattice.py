"""The words a run of characters can be cut into, and how likely each reading of a character is among them.

A cut of the run costs what its words cost (``lexicon.py``): the rarer a word, the more. A reading costs what the
cheapest cut costs that has it. Besides words there are single characters, a verb with its particle 著, personal names
(a surname and the characters of a given name, by how often names have them; cheaper beside a title), and an author with
著 at the end of a clause.
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
#: The longest word that is looked up, with an ambiguous character and without one.
LONGEST, _COMMON = 7, 4


#: Raised when a rule or a cost here or in names.py changes: it is part of the converter's fingerprint.
VERSION = 2
_INFINITE = 1 << 30
#: What 着 costs behind a verb, 著 and 著有 before a title.
_GOVERNED, _WRITES, _HAS_WRITTEN = 38, 88, 108
#: What 着 costs more behind a longer verb: 合作|著書.
_LONGER = 12
#: The longest verb.
_LONG_VERB = 4
#: What 着 costs less behind a verb of one syllable before 作物 and 作者 (聽著|作物, 重製|著作物), and what is no verb.
_ONE_SYLLABLE = 30
_PREPOSITIONS = frozenset("依对就将以按向因为由于")
#: What 份 costs behind a number.
_COUNTED = 50
_COUNTING = frozenset("一二两三四五六七八九十百千万几数多每各这那哪半整全首另")


class Reading(NamedTuple):
    """A reading of a character: what it costs, and what the character is part of."""

    cost: int
    kind: Kind
    first: bool


class Cut(NamedTuple):
    """The word at the place of a run in its cheapest cut.

    Attributes:
        start, end: where it is in the run.
        kind: what it is.
        cost: what the cut costs.
        margin: how much more the cheapest cut costs that has another word there.
    """

    start: int
    end: int
    kind: Kind
    cost: int
    margin: int


def weigh(run: Run) -> dict[str, Reading]:
    """What each reading of the character in question costs, and in what."""
    found: dict[str, Reading] = {}
    for start, _, cost, word, kind in _at_place(run):
        reading = word[run.place - start]
        if reading not in found or cost < found[reading].cost:
            found[reading] = Reading(cost, kind, start == run.place)
    return found


def as_name(run: Run, *, surname: bool) -> int:
    """How much more the cheapest cut costs that has a name there, of which the place is the surname, or none of it."""
    found = list(_at_place(run))
    named = (
        cost
        for start, end, cost, _, kind in found
        if kind is Kind.NAME and (start == run.place) == surname and (end - start > 1 or is_titled(run.text, end))
    )
    return min(named, default=_INFINITE) - min(cost for _, _, cost, _, _ in found)


def cut(run: Run) -> Cut:
    """The word at the place."""
    found = sorted(_at_place(run), key=lambda one: one[2])
    start, end, cost, _, kind = found[0]
    other = next((each[2] for each in found if each[:2] != (start, end)), _INFINITE)
    return Cut(start, end, kind, cost, other - cost)


def _at_place(run: Run) -> Iterator[tuple[int, int, int, str, Kind]]:
    """The words that contain the place: start, end, cost of the cheapest cut with the word, the word, and kind."""
    edges = _edges(run)
    before, behind = _before(edges, run.place), _behind(edges, run.place)
    for start in range(max(0, run.place - LONGEST), run.place + 1):
        for end, cost, word, kind in edges[start]:
            if end > run.place:
                yield start, end, before[start] + cost + behind[end], word, kind


def _before(edges: list[list[Edge]], place: int) -> list[int]:
    """What the cheapest cut up to each character costs, the one at the place being the last."""
    best = [0] + [_INFINITE] * len(edges)
    for start in range(place):
        reached = best[start]
        for end, cost, _, _ in edges[start]:
            best[end] = min(best[end], reached + cost)
    return best


def _behind(edges: list[list[Edge]], place: int) -> list[int]:
    """What the cheapest cut from each character to the end costs, those behind the place only."""
    best = [_INFINITE] * len(edges) + [0]
    for start in range(len(edges) - 1, place, -1):
        best[start] = min([cost + best[end] for end, cost, _, _ in edges[start]])
    return best


def _edges(run: Run) -> list[list[Edge]]:
    """The words of the run by where they begin."""
    text, size, bucket_of = run.text, len(run.text), lexicon().bucket
    found: list[list[Edge]] = []
    for start, char in enumerate(text):
        here = [(start + 1, cost, word, _CHARACTER) for cost, word in _alone(char)]
        bucket, longest = bucket_of(char)
        longest = min(longest, LONGEST if start <= run.place else _COMMON)  # a longer word has the character
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
    """What a character costs as a word by itself, in each of its readings."""
    single = lexicon().single
    row = readings.read().get(char)
    if row is None:
        return ((single(char), char),)
    usual, other = row.alone
    return (single(row.usual) + usual, row.usual), (single(row.other) + row.cost + other, row.other)


def _before_particle(run: Run, at: int) -> Iterator[tuple[int, Edge]]:
    """A verb with its particle, and a person known by name as an author."""
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
    """Whether a number stands before the place, or 本 (this) that begins the clause: 本份|報告."""
    text, place = run.text, run.place
    if not place:
        return run.counted
    return text[place - 1] in _COUNTING or (text[place - 1] == "本" and run.begins and place == 1 < len(text) - 1)
