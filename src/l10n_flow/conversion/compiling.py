"""Compiling a chain: the pairs of characters by which words are found whose result is not that of their characters."""

from __future__ import annotations

from collections import Counter
from collections.abc import Iterable, Iterator, Mapping
from itertools import islice, pairwise, product

from l10n_flow.conversion import readings
from l10n_flow.conversion.compiled import Convert, Tables
from l10n_flow.conversion.dictionaries import Chain, Stage


def compile_chain(chain: Chain, exact: Convert) -> Tables:
    """Return the tables of a chain.

    Args:
        chain: the dictionaries.
        exact: the conversion that the chain defines.
    """
    return _Compiler(chain, exact).tables()


#: Characters of every second sentence (of the sample and of news): poor triggers, as each occurrence is examined.
_COMMON = frozenset(
    "的在一他國人是和為年有大中業會產們個地州不能成這我區了柳於後到以時生家對機出上來要與新行表員其學加將作之並示可斯建前部進過方球名工月海多動分說合現重場西開外市公車利及被主但期全力設"
    "下民高法目而等因選造自同當得智長持用所通位軍提此最已展也日次政化務電物議任統面經基本她第入立計數北實隊汽特港由總戰子正天道南聯些接技灣英參體資性達代教品保受度相定亞至告東美交帶拉台"
    "事心從間都關爾投應歐克內星門路級廣還言明線共項你科很該向平讓報如比者推先就小傳無校備強器世三兩協情理流官格然運點商集語禮調黨好引結超常拜支指近領企起術尼約件服城華首盟稱更手打果司改"
    "聞警控式留希必根宗轉故像壓題女擔賽續問去金優回施看供五沒文取布認水德擊源研治二意量種論未決維原感導普育威十里助再製或蘇口變權頭六樣羅印身裝歲活視包四"
)
#: The number of other characters that may be searched for instead of a common one.
_FEW = 30
#: The length and the spellings of the words that are converted in advance, as frequent ones; the chain does the rest.
_SHORT, _SPELLINGS = 3, 3


class _Compiler:
    """Traces characters of the text through the stages."""

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
            frozenset(readings.read()),
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
    """Yield each effective word and the place in it of the character to look for.

    This is a character that is converted differently in the word. If it is frequent, a few rarer characters replace it
    where they are enough for all its words.
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
    """Return the first place of a character that is converted differently in a word; 0 if the lengths differ."""
    pairs = enumerate(zip(word, after, strict=False))
    return next((at for at, (char, now) in pairs if single.get(char, char) != now), 0) if len(word) == len(after) else 0


class _Origins(dict[str, set[str]]):
    """Maps a character between two stages to the characters of the text that it can come from; by default itself."""

    def __missing__(self, char: str) -> set[str]:
        return {char}

    def through(self, changes: Iterable[tuple[str, str]], single: Mapping[str, str]) -> _Origins:
        """Return the origins after a stage that makes the second of each pair from the first."""
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
    """Return the results of a stage for single characters."""
    return {key: value for member in reversed(stage) for key, value in member.entries.items() if len(key) == 1}
