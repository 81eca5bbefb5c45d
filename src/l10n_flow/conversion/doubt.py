"""Where a conversion into Simplified may be wrong.

Three cases are found. An ambiguous character has readings of similar likelihood, is in no word, or is in a name. A
character of ``data/ambiguous.tsv`` has its usual form, and nothing confirms it. opencc-python-reimplemented converts a
place differently, and nothing explains it. A form is confirmed or explained by the project's own words, by the
corrections, by a word of the dictionaries that converts, or by a word that the Simplified to Traditional dictionary
(49,000 pairs, read in the opposite direction) has at that place.
"""

from __future__ import annotations

import re
from bisect import bisect_right
from collections.abc import Iterator
from functools import cache
from typing import NamedTuple

from l10n_flow.conversion import Converter, corrections, dictionaries, matching, readings, writes_simplified
from l10n_flow.conversion import engine as engines
from l10n_flow.conversion.ambiguous import Ambiguity, ambiguities
from l10n_flow.conversion.deciding import Decider, Verdict
from l10n_flow.conversion.packages import Package
from l10n_flow.conversion.readings import Reading
from l10n_flow.conversion.runs import PARTICLE, Kind
from l10n_flow.conversion.traditional import traditional_spans


class Doubt(NamedTuple):
    """A place where a conversion may be wrong.

    Attributes:
        start, end: the span in the source text.
        source: the characters there.
        after: the result for them.
        alternatives: other possible results.
        reason: the reason in a few words.
    """

    start: int
    end: int
    source: str
    after: str
    alternatives: tuple[str, ...]
    reason: str


SECOND_OPINION = f"{Package.BASE} converts it so"

CLOSE, LONELY, NAMED = "the words leave it open", "no word has it here", "it seems to be a name"
SLIP = "藉 may be a slip for 籍"

#: A place is doubtful when the margin of the other reading is less than this: in a word, elsewhere (and of 著, which
#: may follow a verb), and at the end of a clause.
_CLOSE, _LOOSE, _DISPUTED = 20, 30, 60
#: The largest margin of a possible name: one whose given name has this form, or another form.
_NAMED, _OTHERWISE = 40, 120
#: The endings of occupations; a name follows them: 消防員沈迷路, 導演於仁泰.
_BEARERS = (
    *"員長師家者人生手席裁事官授理機兵公婦練醫",
    "導演",
    "主任",
    "編劇",
    "監製",
    "主播",
    "博士",
    "院士",
    "將軍",
    "主持",
)
#: Words that end in 姓 and are not followed by a surname.
_NO_SURNAME = frozenset(["百姓", "同姓"])
#: The length of text around a place that is converted again to find what decided there; longer than any word.
_AROUND = 24
#: The length of the longest known word that is searched for; longer ones are sayings.
_LONGEST = 6
_NO_HAN = re.compile("[^\u2e80-\u2fff\u3005\u3007\u3400-\u9fff\uf900-\ufaff\U00020000-\U0003ffff]+")


def doubts(converter: Converter, text: str) -> list[Doubt]:
    """Return the places of a text whose conversion may be wrong, in order.

    Only conversions into Simplified are judged. The time is linear in the text: two conversions, one search, and for
    each examined place the conversion of a few characters around it.
    """
    if not writes_simplified(converter.conversion) or text.isascii():
        return []
    judge = _Judge(converter, text)
    found = {doubt.start: doubt for doubt in (*_differing(judge), *_ambiguous(judge), *_weighed(judge))}
    return [found[start] for start in sorted(found)]


class _Judge:
    """The data for judging the places of one text."""

    def __init__(self, converter: Converter, text: str) -> None:
        self.converter, self.text = converter, text
        own = [found for found in converter.words.find(text) if found.own.after is not None]
        self._starts, self._ends = [found.start for found in own], [found.end for found in own]

    def is_own(self, at: int) -> bool:
        """Whether a word of the project decided at a place."""
        index = bisect_right(self._starts, at)
        return bool(index) and at < self._ends[index - 1]

    def place(self, at: int) -> _Place | None:
        """Return a place of the conversion; None when a word decided there."""
        if self.is_own(at):
            return None
        index = bisect_right(self._starts, at)
        left = self._ends[index - 1] if index else 0
        right = self._starts[index] if index < len(self._starts) else len(self.text)
        start, end = max(left, at - _AROUND), min(right, at + _AROUND)
        return _place(self.converter, self.text[start:end], at - start)


class _Place(NamedTuple):
    """A character with its neighbours: the source, the result for each character, and its index in both."""

    source: str
    after: str
    at: int

    def word_with(self, char: str, traditional: str = "") -> int:
        """Return the length of the longest known word around the place with ``char`` as the result; 0: none.

        The word in Traditional must have ``traditional`` there, if it is given.
        """
        text = f"{self.after[: self.at]}{char}{self.after[self.at + 1 :]}"
        known = dictionaries.dictionary(Package.CURRENT, "STPhrases.txt").entries
        for length in range(_LONGEST, 1, -1):
            for start in range(max(0, self.at - length + 1), min(self.at, len(text) - length) + 1):
                word = known.get(text[start : start + length], "")
                if len(word) == length and (not traditional or word[self.at - start] == traditional):
                    return length
        return 0

    def confirms(self, other: str) -> int:
        """Return 1 when a known word has the present form, -1 when a longer one has the other form, 0 when none has."""
        ours = self.word_with(self.after[self.at], self.source[self.at])
        return -1 if self.word_with(other) > ours else min(ours, 1)


def _place(converter: Converter, text: str, at: int) -> _Place | None:
    after = list(text)
    for piece in engines.engine(converter.conversion, strict=converter.strict).pieces(text):
        width = piece.end - piece.start
        if piece.start <= at < piece.end and width > 1:
            return None
        after[piece.start : piece.end] = piece.after if len(piece.after) == width else "\0" * width
    return _Place(text, "".join(after), at)


# Readings that were weighed ------------------------------------------------------------------------------------------


def _weighed(judge: _Judge) -> Iterator[Doubt]:
    decider = engines.engine(judge.converter.conversion, strict=judge.converter.strict).decider
    if decider is None:
        return
    for found in _open_characters().finditer(judge.text):
        at = found.start()
        if not judge.is_own(at) and (reason := _reason(judge, at, decider)):
            row, decided = readings.read()[found[0]], decider(judge.text, at)
            after = row.usual if decided is None else decided
            others = [each for each in (row.usual, row.other) if each != after]
            yield Doubt(at, at + 1, found[0], after, ("籍",) if reason == SLIP else tuple(others), reason)


@cache
def _open_characters() -> re.Pattern[str]:
    return re.compile(f"[{''.join(readings.read())}]")


def _reason(judge: _Judge, at: int, decider: Decider) -> str:
    row = readings.read()[judge.text[at]]
    if "surname" in row.doubtful and not _may_be_surname(judge, at):
        return ""  # 於 is everywhere
    verdict = decider.weighed(judge.text, at)
    if row.character == verdict.after == "藉" and verdict.kind is Kind.WORD and not _is_listed(judge, at, row):
        return SLIP
    if _is_named(judge.text, at, row, verdict.after, decider):
        return f"{NAMED}; {row.reason}"
    if verdict.kind is Kind.CHARACTER and "alone" in row.doubtful:
        return f"{LONELY}; {row.reason}"
    begins = "begins" in row.doubtful and verdict.first and verdict.after != row.usual and _begins(judge, at)
    least = _CLOSE if verdict.kind is Kind.WORD and row.character != PARTICLE else _LOOSE
    if (
        begins
        or _may_be_others(judge.text, at)
        or verdict.margin < (_DISPUTED if _is_disputed(judge, at, verdict) else least)
    ):
        return f"{CLOSE}; {row.reason}"
    return ""


def _may_be_others(text: str, at: int) -> bool:
    """Whether a clause ends with 等著: somebody waits, or an author and others wrote."""
    return text[max(0, at - 1) : at + 1] == "等著" and _ends(text, at)


def _is_told(text: str, at: int) -> bool:
    """Whether a clause ends with 姓 and a surname: 死者姓於，."""
    before = text[max(0, at - 2) : at]
    return before.endswith("姓") and before not in _NO_SURNAME and _ends(text, at)


def _ends(text: str, at: int) -> bool:
    return not text[at + 1 : at + 2].isalnum()


def _may_be_surname(judge: _Judge, at: int) -> bool:
    return _begins(judge, at) or _is_told(judge.text, at) or bool(_titled().match(judge.text, at + 1))


@cache
def _titled() -> re.Pattern[str]:
    return re.compile("[\u4e00-\u9fff]{0,2}(?:先生|女士|小姐|太太)|[倫單潛戲穆世坦邑敖菟陵]")


def _is_named(text: str, at: int, row: Reading, after: str, decider: Decider) -> bool:
    """Whether a character of names may be in one."""
    if "surname" in row.doubtful and (_is_told(text, at) or decider.as_name(text, at, surname=True) < _LOOSE):
        return True
    least = _NAMED if after in {row.named, row.other} else _OTHERWISE
    return "given" in row.doubtful and decider.as_name(text, at, surname=False) < least


def _begins(judge: _Judge, at: int) -> bool:
    """Whether a name may begin at a place: a clause begins there, or an occupation is before it."""
    before = judge.text[max(0, at - 2) : at]
    return not before[-1:].isalnum() or before.endswith(_BEARERS)


def _is_disputed(judge: _Judge, at: int, verdict: Verdict) -> bool:
    """Whether a place is in no word, at the end of its clause as 著 of an author, and OpenCC has the other reading."""
    return _ends(judge.text, at) and verdict.kind is not Kind.WORD and _opencc(judge, at) == verdict.other


def _is_listed(judge: _Judge, at: int, row: Reading) -> bool:
    """Whether one of the row's words with the other reading is at a place."""
    return any(
        judge.text.startswith(word, at - place)
        for word in row.words
        for place, char in enumerate(word)
        if char == row.character and place <= at
    )


def _opencc(judge: _Judge, at: int) -> str:
    """Return the result of OpenCC itself at a place; "" when it changes the length of the text around."""
    chain = dictionaries.chain(Package.CURRENT, judge.converter.conversion)
    start, around = max(0, at - _AROUND), judge.text[max(0, at - _AROUND) : at + _AROUND]
    after = matching.convert(chain, around)
    return after[at - start] if len(after) == len(around) else ""


# Ambiguous characters ------------------------------------------------------------------------------------------------


@cache
def _characters() -> re.Pattern[str]:
    return re.compile(f"[{''.join(ambiguities())}]")


def _ambiguous(judge: _Judge) -> Iterator[Doubt]:
    for found in _characters().finditer(judge.text):
        row, at = ambiguities()[found[0]], found.start()
        if (row.place is None or row.place.match(judge.text, at)) and not _excepted(row, judge.text, at):
            place = judge.place(at)
            if place and place.after[place.at] == row.usual and _is_doubtful(row, place):
                yield Doubt(at, at + 1, row.character, row.usual, (row.other,), row.reason)


def _excepted(row: Ambiguity, text: str, at: int) -> bool:
    return any(
        text.startswith(word, at - offset)
        for word in row.unless
        for offset, char in enumerate(word)
        if char == row.character and offset <= at
    )


def _is_doubtful(row: Ambiguity, place: _Place) -> bool:
    return place.confirms(row.other) < 1


# The second opinion --------------------------------------------------------------------------------------------------


def _differing(judge: _Judge) -> Iterator[Doubt]:
    name, strict = judge.converter.conversion, judge.converter.strict
    if strict or name not in engines.conversions(strict=True):
        return
    ours, base = engines.engine(name)(judge.text), engines.engine(name, strict=True)(judge.text)
    if ours != base:
        for at, char, other in _differences(judge.text, ours, base):
            place = judge.place(at)
            if place and not _is_explained(name, place, char, other):
                yield Doubt(at, at + 1, judge.text[at], char, (other,), SECOND_OPINION)


def _differences(text: str, ours: str, base: str) -> Iterator[tuple[int, str, str]]:
    """Yield the differences of two conversions of a text by runs of Han, without runs that changed their length."""
    at = 0
    runs = (_runs(each) for each in (text, ours, base))
    for source, first, second in zip(*runs, strict=True):
        at = text.index(source, at)
        if first != second and len(source) == len(first) == len(second):
            yield from ((at + i, a, b) for i, (a, b) in enumerate(zip(first, second, strict=True)) if a != b)
        at += len(source)


def _runs(text: str) -> Iterator[str]:
    """Yield the runs of Han of a text one at a time: a list of them would be several times as large as the text."""
    start = 0
    for between in _NO_HAN.finditer(text):
        yield text[start : between.start()]
        start = between.end()
    yield text[start:]


def _is_explained(name: str, place: _Place, char: str, other: str) -> bool:
    """Whether a difference is a newer rule for a single character, or a known word has our form."""
    source = place.source[place.at]
    if source in readings.read():
        return True  # it was weighed
    if place.after[place.at] != char or source in _corrected() or traditional_spans(other):
        return True
    return other == engines.engine(name, strict=True)(source) or place.confirms(other) > 0


@cache
def _corrected() -> frozenset[str]:
    return frozenset(row.before for row in corrections.read())
