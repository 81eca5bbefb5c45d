"""The corrections of the default profile: where OpenCC's dictionaries do not write what a Mainland editor would.

They are rows of ``data/corrections.tsv``, written in ordinary Traditional. A chain that ends in Simplified gets them as
words of its last stage, where the longest word wins, whether it is OpenCC's or a correction, and as words of its
segmentation and of the stages before, which leave them as they are. Other chains are left alone.
"""

from __future__ import annotations

import dataclasses
import re
from collections.abc import Iterator
from functools import cache
from typing import NamedTuple

from l10n_flow.conversion.dictionaries import DATA, Chain, Dictionary, Stage, union
from l10n_flow.conversion.matching import convert

NAME, KEPT = "corrections", "exceptions"
_PHRASES, _BEYOND, _CHARACTERS = "TSPhrases", "TSCharactersExt", "TSCharacters"
#: The dictionaries of words that bring the spelling of a region to OpenCC's own.
_VARIANTS = re.compile(r"^\w+VariantsRevPhrases$")


class Correction(NamedTuple):
    """One row.

    Attributes:
        before: a word or a character in ordinary Traditional.
        after: what it becomes wherever no longer word says otherwise.
        unless: longer words with ``before`` in them that keep what the dictionaries give.
        reason: the rule and where it is written.
    """

    before: str
    after: str
    unless: tuple[str, ...]
    reason: str


@cache
def read() -> tuple[Correction, ...]:
    """The corrections, in the order of the file.

    Raises:
        ValueError: when a row is not as the head of the file says, which is a fault of this package.
    """
    text = (DATA / "corrections.tsv").read_text(encoding="utf-8")
    return parse(text)


def parse(text: str) -> tuple[Correction, ...]:
    """The corrections of a file's text.

    Raises:
        ValueError: when a row has not four columns, changes nothing, gives no reason, has an exception that does not
            contain its word, or comes twice.
    """
    rows = [(number, line) for number, line in enumerate(text.split("\n"), 1) if line and not line.startswith("#")]
    corrections = tuple(_row(number, line) for number, line in rows[1:])
    seen: set[str] = set()
    for correction in corrections:
        if correction.before in seen:
            raise ValueError(f"{correction.before} comes twice")
        seen.add(correction.before)
    return corrections


def _row(number: int, line: str) -> Correction:
    columns = line.split("\t")
    if len(columns) != 4 or not all((columns[0], columns[1], columns[3])):
        raise ValueError(f"line {number}: from, to, unless and reason are wanted, with a tab between them: {line!r}")
    before, after, unless, reason = columns
    exceptions = tuple(unless.split())
    if stray := [word for word in exceptions if before not in word or word == before]:
        raise ValueError(f"line {number}: {' '.join(stray)} should be longer and contain {before}")
    return Correction(before, after, exceptions, reason)


def amend(chain: Chain) -> Chain:
    """A chain with the corrections in it; the same chain when its last stage does not convert into Simplified.

    Takes some 50 ms: keep the result. ``trace`` names the rows "corrections", the words they leave alone "exceptions".
    """
    if _CHARACTERS not in (part.name for part in chain.stages[-1]):
        return chain
    chain = _within_the_table(chain)
    rows = Dictionary(NAME, {row.before: row.after for row in read()})
    kept = Dictionary(KEPT, dict(_exceptions(chain)))
    once = _with(chain, (rows, kept))
    results = {word for word in once.stages[-1][0].entries.values() if len(word) > 1}
    settled = {word: word for word in sorted(results) if convert(once, word) != word}
    return _with(chain, (rows, Dictionary(KEPT, settled | dict(kept.entries))))


def _within_the_table(chain: Chain) -> Chain:
    """A chain without the simplified forms that 通用规范汉字表 2013 does not have, which few fonts have either.

    By the table, a character outside it is not simplified by analogy. ``t2s``, the conversion for texts of any age,
    keeps them: OpenCC's cases want them there.
    """
    if len(chain.stages) == 1:
        return chain
    last = tuple(part for part in chain.stages[-1] if part.name != _BEYOND)
    return dataclasses.replace(chain, stages=(*chain.stages[:-1], last))


def _exceptions(chain: Chain) -> Iterator[tuple[str, str]]:
    """The exceptions as the last stage converts them, without those that OpenCC has as the stages before spell them."""
    before = dataclasses.replace(chain, segmentation=(), stages=chain.stages[:-1])
    last = dataclasses.replace(chain, segmentation=(), stages=chain.stages[-1:])
    phrases = {word for part in chain.stages[-1] if part.name == _PHRASES for word in part.entries}
    for word in (word for row in read() for word in row.unless):
        spelt = convert(before, word)
        if spelt == word or spelt not in phrases:
            yield word, convert(last, word)


def _with(chain: Chain, added: Stage) -> Chain:
    words = tuple(Dictionary(part.name, {word: word for word in part.entries if len(word) > 1}) for part in added)
    return dataclasses.replace(
        chain,
        segmentation=(_together(words, chain.segmentation),) if chain.segmentation else (),
        stages=(*(_sparing(stage, words) for stage in chain.stages[:-1]), _amended(chain.stages[-1], added)),
    )


def _sparing(stage: Stage, words: Stage) -> Stage:
    """A stage before the last that leaves our words to the last, which knows them as they are written."""
    return tuple(_together(words, (part,)) if _VARIANTS.search(part.name) else part for part in stage)


def _amended(last: Stage, added: Stage) -> Stage:
    """The last stage: our words and the phrases are one dictionary, the rest is as it was."""
    phrases = tuple(part for part in last if part.name == _PHRASES)
    return (_together(added, phrases), *(part for part in last if part.name != _PHRASES))


def _together(added: Stage, others: Stage) -> Dictionary:
    """One dictionary, so that the longest word of any wins, whose words still say where they are from."""
    origins = {word: part.name for part in reversed(added) for word in part.entries}
    name = others[0].name if others else NAME
    return dataclasses.replace(union((*added, *others)), name=name, origins=origins)
