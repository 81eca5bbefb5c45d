"""Make ``conversion/data/frequencies.txt``: ``python tools/word_frequencies.py JIEBA`` (the folder of that package).

jieba 0.42.1 (MIT, https://pypi.org/project/jieba/) has 349,000 Simplified words with their frequencies, and the
frequencies of characters at the beginning, in the middle and at the end of personal names. The output contains its
common words of up to four characters, all its words with an ambiguous character, the words of ``readings.tsv``, and the
phrases of OpenCC with an ambiguous character.
"""

from __future__ import annotations

import math
import sys
from collections.abc import Iterator, Mapping, Sequence
from itertools import accumulate, pairwise
from pathlib import Path

import jieba_words
from jieba_words import Seen

from l10n_flow.conversion import readings
from l10n_flow.conversion.rows import DATA

#: The least frequency and the greatest length of a word without an ambiguous character; the greatest of all words.
_COMMON, _SHORT, _LONGEST = 20, 4, 7
_COMMON_NAME = 8
#: The number of readings of a word that are kept: the most frequent ones.
_READINGS = 2
#: The sum of the frequencies of all words of jieba.
_TOTAL = 60_101_967
#: The greatest cost of a character of names that is kept.
_RAREST = 11
_HEAD = """\
# How often words are used in Simplified Chinese: what conversion decides by. Made by tools/word_frequencies.py; to
# change it, edit readings.tsv and run that. From the dictionary and the model of names of jieba 0.42.1, Copyright (c)
# 2013 Sun Junyi, MIT License (LICENSE-jieba.txt), and from words of OpenCC and of our own, Apache-2.0.
# First characters with what they cost (minus ten times the natural logarithm of their share), three figures each, and
# where their lines are, in bytes behind the head. Then a line a first character: what follows it in a word and what
# that costs, v for a verb, r for a person, and behind : the word in Simplified if it has an ambiguous character."""

Words = dict[str, dict[str, Seen]]


def main() -> None:
    jieba = Path(sys.argv[1])
    words: Words = {}
    for seen in jieba_words.words(jieba):
        known_enough = seen.count >= (_COMMON_NAME if seen.tag == "nr" else _COMMON)
        common = known_enough and len(seen.key) <= _SHORT
        if not _is_reading(seen):
            continue
        if common or (jieba_words.is_ambiguous(seen.key) and len(seen.key) <= _LONGEST):
            known = words.setdefault(seen.key, {})
            known[seen.word] = max(known.get(seen.word, seen), seen, key=lambda one: one.count)
    lines = list(_lines(words))
    head = "\n".join(f"{name}\t{value}" for name, value in (*_heads(jieba, words), *_places(lines)))
    text = f"{_HEAD}\n{head}\n\n" + "\n".join(lines) + "\n"
    (DATA / "frequencies.txt").write_text(text, encoding="utf-8", newline="\n")


def _is_reading(seen: Seen) -> bool:
    """Whether the ambiguous characters of a word have a valid reading; jieba has 渖海 for 沈海."""
    rows = readings.read()
    pairs = ((rows[char], now) for char, now in zip(seen.key, seen.word, strict=True) if char in rows)
    return all(now in (row.character, row.usual, row.other, row.named) for row, now in pairs)


def _heads(jieba: Path, words: Words) -> Iterator[tuple[str, str]]:
    singles = sorted(jieba_words.singles(jieba))
    yield from _columns("single", {seen.key: _cost(seen.count) for seen in singles})
    yield "verbs", "".join(seen.key for seen in singles if seen.tag.startswith("v"))
    for state in "BME":
        costs = jieba_words.name_costs(jieba, state)
        yield from _columns(f"name{state}", {char: round(10 * cost) for char, cost in costs.items() if cost < _RAREST})
    yield "pairs", "".join(sorted({pair for seen in _flat(words) for pair in _other_pairs(seen)}))


def _columns(name: str, costs: Mapping[str, int]) -> Iterator[tuple[str, str]]:
    yield name, "".join(sorted(costs))
    yield f"{name}-costs", "".join(f"{costs[char]:03}" for char in sorted(costs))


def _places(lines: Sequence[str]) -> Iterator[tuple[str, str]]:
    """Return for each first character the offset of its words, in bytes from the first line."""
    ends = accumulate((len(line.encode()) + 1 for line in lines), initial=0)
    yield "line", "".join(line[0] for line in lines)
    yield "line-places", "".join(f"{end + len(line[:2].encode()):07}" for line, end in zip(lines, ends, strict=False))


def _flat(words: Words) -> Iterator[Seen]:
    return (seen for found in words.values() for seen in found.values())


def _other_pairs(seen: Seen) -> Iterator[str]:
    """Return pairs of adjacent characters in a word of which one is ambiguous and has its other reading."""
    rows = readings.read()
    other = [char in rows and now == rows[char].other for char, now in zip(seen.key, seen.word, strict=True)]
    return ("".join(pair) for at, pair in enumerate(pairwise(seen.key)) if other[at] or other[at + 1])


def _lines(words: Words) -> Iterator[str]:
    buckets: dict[str, list[str]] = {}
    for key, found in sorted(words.items()):
        commonest = sorted(found.values(), key=lambda seen: -seen.count)[:_READINGS]
        buckets.setdefault(key[0], []).append(f"{key[1:]} {'|'.join(map(_value, commonest))}")
    return (f"{char}\t{' '.join(entries)}" for char, entries in sorted(buckets.items()))


def _value(seen: Seen) -> str:
    mark = "v" if seen.tag.startswith("v") else "r" if seen.tag == "nr" else ""
    if not jieba_words.is_ambiguous(seen.key):
        return f"{_cost(seen.count)}{mark}"
    return f"{_cost(seen.count) + _written(seen)}{mark}:{seen.word}"


def _cost(count: int) -> int:
    return round(10 * math.log(_TOTAL / count))


def _written(seen: Seen) -> int:
    """Return the cost of the spelling of a word's characters; for a word of OpenCC only that of the frequent 於."""
    rows = readings.read()
    pairs = ((rows[char], now) for char, now in zip(seen.key, seen.word, strict=True) if char in rows)
    others = [row for row, now in pairs if now == row.other]
    if jieba_words.is_phrase(seen.key):
        others = [row for row in others if row.character == "於"]
    return sum(row.cost for row in others)


if __name__ == "__main__":
    main()
