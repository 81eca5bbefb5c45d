"""A chain compiled: the answers of ``matching.py`` at many times its speed.

Nearly every word of the dictionaries becomes what its characters become one by one: such a word changes nothing, and a
text without any *other* word (an effective one) is converted by a table of characters. Each effective word gives away
a pair of neighbouring characters, one of them a *trigger*. So a text is searched for triggers; where the pair is there
too, the chain itself converts a window around it, and the table does the rest.

A window reaches on both sides to the next *border*: two neighbours that stand side by side inside no word of any stage,
whatever earlier stages may have made of them. No match crosses a border, so the windows can be converted by themselves.
The same holds for the algorithm of opencc-python-reimplemented, which only splits differently between borders.
"""

from __future__ import annotations

import re
from collections import Counter
from collections.abc import Callable, Container, Iterable, Iterator, Mapping
from functools import cache
from itertools import islice, pairwise, product
from typing import TYPE_CHECKING, NamedTuple

from l10n_flow.conversion import readings
from l10n_flow.conversion.deciding import REACH, Decider
from l10n_flow.conversion.matching import IDS_LONGEST, IDS_PARTS, Piece, ids_end

if TYPE_CHECKING:
    from l10n_flow.conversion.dictionaries import Chain, Stage

Convert = Callable[[str], str]
Trace = Callable[[str], list[Piece]]
#: What made a piece that was decided.
DECIDED = "readings"

#: The Basic Multilingual Plane: characters beyond it are rare, and looked up one by one.
_PLANE = 0x10000
_BEYOND = "\U00010000-\U0010ffff"


class Tables(NamedTuple):
    """What is known of a chain beforehand; plain data, so that it can be kept on disk.

    Attributes:
        characters: what a character becomes by itself, where that is another.
        always: characters that the chain itself must convert.
        triggers: characters of effective words.
        pairs: neighbours that give an effective word away.
        inside: neighbours that stand side by side inside a word.
        words: effective words and what they become when nothing joins them to their neighbours.
        whole: words with an ambiguous character that are converted as a whole, whatever it is by itself.
    """

    characters: Mapping[str, str]
    always: frozenset[str]
    triggers: frozenset[str]
    pairs: frozenset[str]
    inside: frozenset[str]
    words: Mapping[str, str]
    whole: frozenset[str]


def table(characters: Mapping[str, str]) -> list[int | str]:
    """What ``str.translate`` makes of each character of the plane; numbers where it can be, which are quicker."""
    found: list[int | str] = list(range(_PLANE))
    for char, after in characters.items():
        if ord(char) < _PLANE:
            found[ord(char)] = ord(after) if len(after) == 1 else after
    return found


class Compiled:
    """A converter made of tables and the chain's own, slow conversion. Immutable, for any number of threads."""

    def __init__(self, tables: Tables, exact: Convert, trace: Trace, decider: Decider | None = None) -> None:
        self.decider = decider
        self._ambiguous = decider.characters if decider else frozenset[str]()
        self._words = tables.words
        self._exact = exact
        self._trace = trace
        self._said_by = cache(lambda char: trace(char)[0].dictionaries)
        self._table = table(tables.characters)
        self._always = tables.always | IDS_PARTS.keys()
        self._pairs, self._inside = tables.pairs, tables.inside
        looked_for = tables.triggers | self._always | self._ambiguous
        triggers = sorted(char for char in looked_for if ord(char) < _PLANE)
        # One range for all that lies beyond: a class that lists such characters is searched a hundred times slower.
        self._find = re.compile(f"[{''.join(map(re.escape, triggers))}{_BEYOND}]").finditer

    def __call__(self, text: str) -> str:
        """The conversion of a text."""
        if text.isascii():
            return text
        done, parts = 0, []
        for start, end, decided in self._windows(text):
            if start > done:
                parts.append(text[done:start].translate(self._table))
            window = text[start:end]
            parts.append(decided or self._words.get(window) or self._exact(window))
            done = end
        if not done:
            return text.translate(self._table)
        parts.append(text[done:].translate(self._table))
        return "".join(parts)

    def pieces(self, text: str, characters: Container[str] | None = None) -> Iterator[Piece]:
        """The places of a text where a dictionary has more to say than a character by itself, or changes one.

        In order; what lies between them stays as it is.

        Args:
            text: what is converted.
            characters: which to tell of, where they are changed by themselves; all without.
        """
        done = 0
        for start, end, decided in (*self._windows(text), (len(text), len(text), None)):
            for at, char, after in self._changed(text[done:start], done):
                if characters is None or char in characters:
                    yield Piece(at, at + 1, after, self._said_by(char))
            if decided:
                yield Piece(start, end, decided, (DECIDED,))
            else:
                for piece in self._trace(text[start:end]):
                    if piece.dictionaries:
                        yield piece.moved(start)
            done = end

    def _changed(self, text: str, offset: int) -> Iterator[tuple[int, str, str]]:
        """The characters that the table changes: where they are, and what they become."""
        after = text.translate(self._table)
        single: Iterable[str] = after if len(after) == len(text) else map(self._single, text)
        for at, (char, now) in enumerate(zip(text, single, strict=True), offset):
            if char != now:
                yield at, char, now

    def has_words(self, text: str) -> bool:
        """Whether a word decides anything in a text: quicker than asking for the pieces."""
        return next(self._windows(text), None) is not None

    def border(self, text: str) -> int:
        """The last place between two characters that no word joins; the end of the text if there is none."""
        places = range(len(text) - 1, 0, -1)
        return next((at for at in places if self._is_border(text, at)), len(text))

    def _is_border(self, text: str, at: int) -> bool:
        described = IDS_PARTS.keys() & set(text[max(0, at - IDS_LONGEST) : at])
        near = text[max(0, at - REACH - 2) : at + REACH + 2]
        return not described and self._ambiguous.isdisjoint(near) and text[at - 1 : at + 1] not in self._inside

    def _single(self, char: str) -> str:
        return char.translate(self._table)

    def _windows(self, text: str) -> Iterator[tuple[int, int, str | None]]:
        """The spans that the chain itself must convert, and the characters that are decided, with what they become."""
        pairs, inside, always, ambiguous = self._pairs, self._inside, self._always, self._ambiguous
        done = 0
        for found in self._find(text):
            at = found.start()
            if at < done:
                continue
            char = text[at]
            if char in ambiguous and (decided := self._decided(text, at)) is not None:
                yield at, at + 1, decided
                done = at + 1
                continue
            if not (
                text[at : at + 2] in pairs
                or (at and text[at - 1 : at + 1] in pairs)
                or char in always
                or char >= _BEYOND[0]
            ):
                continue
            start, end = at, ids_end(text, at)
            while start > done and text[start - 1 : start + 1] in inside:
                start -= 1
            while text[end - 1 : end + 1] in inside and self._decided(text, end) is None:
                end = ids_end(text, end)
            yield start, end, None
            done = end

    def _decided(self, text: str, at: int) -> str | None:
        return self.decider(text, at) if self.decider and text[at] in self._ambiguous else None


def compile_chain(chain: Chain, exact: Convert) -> Tables:
    """The tables of a chain.

    Args:
        chain: the dictionaries.
        exact: the conversion that the chain defines.
    """
    return _Compiler(chain, exact).tables()


#: Characters of every second sentence (of the sample and of news): poor triggers, for each is looked at.
_COMMON = frozenset(
    "的在一他國人是和為年有大中業會產們個地州不能成這我區了柳於後到以時生家對機出上來要與新行表員其學加將作之並示可斯建前部進過方球名工月海多動分說合現重場西開外市公車利及被主但期全力設"
    "下民高法目而等因選造自同當得智長持用所通位軍提此最已展也日次政化務電物議任統面經基本她第入立計數北實隊汽特港由總戰子正天道南聯些接技灣英參體資性達代教品保受度相定亞至告東美交帶拉台"
    "事心從間都關爾投應歐克內星門路級廣還言明線共項你科很該向平讓報如比者推先就小傳無校備強器世三兩協情理流官格然運點商集語禮調黨好引結超常拜支指近領企起術尼約件服城華首盟稱更手打果司改"
    "聞警控式留希必根宗轉故像壓題女擔賽續問去金優回施看供五沒文取布認水德擊源研治二意量種論未決維原感導普育威十里助再製或蘇口變權頭六樣羅印身裝歲活視包四"
)
#: So many other characters may be looked for in the place of a common one.
_FEW = 30
#: Which words are converted beforehand: those that text is full of, in so many spellings; the chain knows the rest.
_SHORT, _SPELLINGS = 3, 3


class _Compiler:
    """Follows characters of the text through the stages."""

    def __init__(self, chain: Chain, exact: Convert) -> None:
        self.exact = exact
        self.stages = (*chain.normalization, *chain.stages)
        self.words_at = len(chain.normalization)
        self.words = chain.segmentation
        self.always: set[str] = set()
        self.triggers: set[str] = set()
        self.pairs: set[str] = set()
        self.inside: set[str] = set()
        self.effective: set[str] = set()

    def tables(self) -> Tables:
        alone = lasts = firsts = _Origins({})
        for index, stage in enumerate(self.stages):
            if index == self.words_at:
                self._add_inside(self.words, lasts, firsts)
            self._add_inside(stage, lasts, firsts)
            single = _single(stage)
            self._add_effective(stage, single, alone)
            self.always.update(*(alone[char] for char, after in single.items() if len(after) != 1))
            alone = alone.through(single.items(), single)
            lasts = lasts.through(((key[-1], value[-1:]) for key, value in _entries(stage)), single)
            firsts = firsts.through(((key[0], value[:1]) for key, value in _entries(stage)), single)
        seen = {char for stage in self.stages for key, _ in _entries(stage) for char in key}
        after = {char: self.exact(char) for char in seen}
        return Tables(
            {char: value for char, value in after.items() if value != char},
            frozenset(self.always),
            frozenset(self.triggers),
            frozenset(self.pairs),
            frozenset(self.inside),
            {word: self.exact(word) for word in self.effective},
            frozenset(self._whole()),
        )

    def _whole(self) -> Iterator[str]:
        ambiguous = readings.read().keys()
        parts = (part for stage in self.stages for part in stage if "Variants" not in part.name)
        return (word for part in parts for word in part.entries if len(word) > 1 and not ambiguous.isdisjoint(word))

    def _add_inside(self, stage: Stage, lasts: _Origins, firsts: _Origins) -> None:
        neighbours = {pair for key, _ in _entries(stage) if len(key) > 1 for pair in pairwise(key)}
        for left, right in neighbours:
            self.inside.update(map("".join, product(lasts[left], firsts[right])))

    def _add_effective(self, stage: Stage, single: Mapping[str, str], alone: _Origins) -> None:
        found = {
            key: value
            for key, value in _entries(stage)
            if len(key) > 1 and value != "".join([single.get(char, char) for char in key])
        }
        for key, at in _triggers(found, single):
            pair = (at, at + 1) if at + 1 < len(key) else (at - 1, at)
            self.triggers.update(alone[key[at]])
            self.pairs.update(map("".join, product(alone[key[pair[0]]], alone[key[pair[1]]])))
            if len(key) <= _SHORT:
                self.effective.update(islice(map("".join, product(*(alone[char] for char in key))), _SPELLINGS))


def _triggers(words: Mapping[str, str], single: Mapping[str, str]) -> Iterator[tuple[str, int]]:
    """Each effective word and the place in it of the character to look for.

    That is one that the word converts otherwise, unless text is full of it and a few rarer ones would do for all its
    words.
    """
    counts = Counter(char for word in words for char in set(word))
    places = {word: _unlike(word, after, single) for word, after in words.items()}
    rarer = {word: max(range(len(word)), key=lambda at: (word[at] not in _COMMON, counts[word[at]])) for word in words}
    instead: dict[str, set[str]] = {}
    for word, at in places.items():
        instead.setdefault(word[at], set()).add(word[rarer[word]])
    for word, at in places.items():
        few = word[at] in _COMMON and len(instead[word[at]]) <= _FEW
        yield word, rarer[word] if few else at


def _unlike(word: str, after: str, single: Mapping[str, str]) -> int:
    """The first place of a character that a word converts otherwise than by itself; 0 where the lengths differ."""
    pairs = enumerate(zip(word, after, strict=False))
    return next((at for at, (char, now) in pairs if single.get(char, char) != now), 0) if len(word) == len(after) else 0


class _Origins(dict[str, set[str]]):
    """A character between two stages to the characters of the text it can come from; by default itself alone."""

    def __missing__(self, char: str) -> set[str]:
        return {char}

    def through(self, changes: Iterable[tuple[str, str]], single: Mapping[str, str]) -> _Origins:
        """The origins after a stage that makes the second of each pair from the first."""
        found: dict[str, set[str]] = {}
        for before, after in changes:
            found.setdefault(after, set()).update(self[before])
        for char in (*self, *found):
            if char not in single:
                found.setdefault(char, set()).update(self[char])
        return _Origins(found | {char: set() for char in single if char not in found})


def _entries(stage: Stage) -> Iterator[tuple[str, str]]:
    return (entry for dictionary in stage for entry in dictionary.entries.items())


def _single(stage: Stage) -> dict[str, str]:
    """What a stage makes of single characters."""
    return {key: value for member in reversed(stage) for key, value in member.entries.items() if len(key) == 1}
