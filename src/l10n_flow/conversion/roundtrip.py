"""Likely misspellings in a Traditional source: a character of another word that sounds or looks the same.

Simplified writes 復 and 複 as 复, and the conversion back needs the words to distinguish them. The text is cut into
words in Simplified. If the dictionaries write the word at a place with another character than the author, the author
may have chosen the wrong one: 復合 is converted back to 複合. Only characters that are different words in Traditional
are compared: 裏 and 裡, 台 and 臺, 周 and 週 are a matter of style. 藉 and 籍 are confused too, although Simplified
distinguishes them: there the words around a place decide.
"""

from __future__ import annotations

import re
from collections.abc import Iterable, Iterator, Mapping
from functools import cache
from typing import NamedTuple

from l10n_flow import scripts
from l10n_flow.conversion import dictionaries, readings
from l10n_flow.conversion import engine as engines
from l10n_flow.conversion.lattice import Cut, cut
from l10n_flow.conversion.packages import Package, dictionary_path
from l10n_flow.conversion.runs import Kind, Run, run_around

#: Written characters and those that may be meant. Not here: pairs of which Hong Kong or Taiwan uses either (沖衝, 盡儘,
#: 折摺, 伙夥, 借藉, 並併, 彌瀰, 困睏, 霉黴), and 係 and 覆, which have more uses (覆核) than in dictionaries.
_CONFUSED = (
    "復>複 複>復覆 發>髮 髮>發 後>后 后>後 乾>幹干 幹>干乾 干>幹乾 面>麵 麵>面 系>係繫 斗>鬥 鬥>斗 制>製 製>制 匯>彙 "
    "彙>匯 征>徵 徵>征 歷>曆 曆>歷 鐘>鍾 鍾>鐘 松>鬆 鬆>松 谷>穀 穀>谷 丑>醜 醜>丑 表>錶 錶>表 范>範 範>范 姜>薑 "
    "薑>姜 云>雲 辟>闢 余>餘 餘>余 几>幾 郁>鬱 鬱>郁 吁>籲 籲>吁 准>準 準>准 臟>髒 髒>臟 御>禦 禦>御 舍>捨 捨>舍 "
    "据>據 獲>穫 穫>獲 須>鬚 胡>鬍 咸>鹹 鹹>咸 術>朮 累>纍 曲>麴 淀>澱 仆>僕 夸>誇 只>隻 划>劃 党>黨 "
    "沈>瀋"
)
#: Correct words although the dictionaries have only the other form: after the ball, days later, look at a watch.
_RIGHT = frozenset(
    [
        "球後",
        "天後",
        "西後",
        "匯集",
        "匯總",
        "匯報",
        "發式",
        "發指",
        "換發",
        "被發",
        "一幹",
        "口幹",
        "下錶",
        "復賽",
        "系數",
        "匯編",
        "照准",
        "鬱鬱",
        "復議",
    ]
)
_LONGEST = 6
#: The length of text on each side of a place that is copied to examine its run; longer than any run.
_AROUND = 64
#: They are also surnames: at the beginning of a word the author's character may be one.
_SURNAMES = frozenset("余鍾范姜胡須于云郁")
#: A word is clear if the second best cut costs at least this much more; for a number with 只, the smaller value.
_CLEAR, _CLEAR_COUNT = 46, 20
#: How much lower the cost of a text must be with 藉 than with 籍; before words that follow "by means of", the second.
_MUCH_LIKELIER, _LIKELIER = 78, 40
_BEHIND_MEANS = frozenset("著着此以由故")
#: Characters written for another by mistake: the other character, and the form in which its words are looked up.
_SLIPS = {"藉": ("籍", "籍"), "籍": ("藉", "借")}


class RoundTrip(NamedTuple):
    """A word of a source that changed in the conversion into Simplified and back.

    Attributes:
        start, end: its span in the source.
        word: the author's spelling.
        suggestion: the word with the characters of the conversion back.
    """

    start: int
    end: int
    word: str
    suggestion: str


def ways(source_locale: str) -> tuple[str, str]:
    """Return the conversions into Simplified and back for a Traditional source, by the region in its locale id."""
    region = scripts.variety(source_locale)
    return f"{region}2s", f"s2{region}"


def lint(text: str, there: str = "hk2s", back: str = "s2hk") -> list[RoundTrip]:
    """Return the words of a Traditional text that are probably misspelt, in order.

    Args:
        text: a source text.
        there: a conversion into Simplified.
        back: the conversion back, by the locale of the source (``s2hk``, ``s2tw``, else ``s2t``).

    The time is linear in the text: two conversions, and a few characters cut into words around each place that differs
    after both. If the conversion back changes the length of the text, only 藉 and 籍 are judged; if the conversion into
    Simplified changes it, nothing is judged.

    Raises:
        ConversionError: for an unknown conversion.
    """
    places = [match.start() for match in _suspects().finditer(text)]
    if not places:
        return []
    simplified = engines.engine(there)(text)
    found = list(_slips(text, simplified))
    returned = engines.engine(back)(simplified)
    if returned != text and len(text) == len(simplified) == len(returned):
        found += _misspelt(text, simplified, returned, places)
    return _apart(found)


def _apart(found: Iterable[RoundTrip]) -> list[RoundTrip]:
    """Return the words in order, without those that overlap an earlier one."""
    apart: list[RoundTrip] = []
    for word in sorted(found):
        if not apart or apart[-1].end <= word.start:
            apart.append(word)
    return apart


def _misspelt(text: str, simplified: str, returned: str, places: Iterable[int]) -> Iterator[RoundTrip]:
    for at in places:
        char, other = text[at], returned[at]
        if other not in _confused().get(char, ()) or _is_known(simplified, at, char):
            continue
        start, end = _word_at(simplified, at)
        if end - start > 1 and any(word[at - start] == other for word in _back(simplified[start:end])):
            pairs = zip(text[start:end], returned[start:end], strict=True)
            word = RoundTrip(start, end, text[start:end], "".join(_fitting(pairs)))
            if not _is_meant(word, returned[start:end]):
                yield word


def _word_at(simplified: str, at: int) -> tuple[int, int]:
    """Return the span of the word at a place; an empty one when it is not clear."""
    run = run_around(simplified, at)
    word = cut(run)
    if word.kind is not Kind.WORD or word.margin < (_CLEAR_COUNT if simplified[at] == "只" else _CLEAR):
        return at, at
    return at - run.place + word.start, at - run.place + word.end


def _slips(text: str, simplified: str) -> Iterator[RoundTrip]:
    """Yield the words in which 藉 is written for 籍 or 籍 for 藉."""
    if len(text) != len(simplified):
        return
    for found in re.finditer("[藉籍]", text):
        at = found.start()
        other, written = _SLIPS[found[0]]
        before = max(0, at - _AROUND)
        run = run_around(f"{simplified[before:at]}{written}{simplified[at + 1 : at + _AROUND]}", at - before)
        word = cut(run)
        if word.kind is Kind.WORD and word.end - word.start > 1 and _is_slip(text, simplified, at, run, word):
            start, end = at - run.place + word.start, at - run.place + word.end
            yield RoundTrip(start, end, text[start:end], f"{text[start:at]}{other}{text[at + 1 : end]}")


def _is_slip(text: str, simplified: str, at: int, run: Run, word: Cut) -> bool:
    """Whether the author probably meant another word than the one in the text.

    The conversion does not change a word with 藉 for 籍; without 籍, the text must be much more likely.
    """
    if text[at] == "藉":
        listed = any(each in text[max(0, at - 3) : at + 4] for each in readings.read()["藉"].words)
        return simplified[at] == "藉" and not listed
    now = cut(run._replace(text=f"{run.text[: run.place]}{text[at]}{run.text[run.place + 1 :]}"))
    particle = text[at + 1 : at + 2] in _BEHIND_MEANS
    return word.cost + (_LIKELIER if particle else _MUCH_LIKELIER) < now.cost


def _fitting(pairs: Iterable[tuple[str, str]]) -> Iterator[str]:
    """Yield the author's characters; where they may be wrong, those of the conversion back."""
    return (new if new in _confused().get(old, ()) else old for old, new in pairs)


def _is_meant(word: RoundTrip, returned: str) -> bool:
    """Whether a word is correct: one of our list, a department, one that begins with a surname, or a Simplified one."""
    ours = any(right in word.word for right in _RIGHT)
    return (
        ours
        or word.word[0] == "系"
        or word.word[0] in _SURNAMES
        or (word.suggestion != returned and _is_simplified(word.word))
    )


def _is_known(simplified: str, at: int, char: str) -> bool:
    """Whether the dictionaries have a word with the author's character at the place, in any style."""
    spans = (
        (first, first + length) for length in range(2, _LONGEST + 1) for first in range(max(0, at - length + 1), at + 1)
    )
    return any(
        word[at - first : at - first + 1] == char for first, end in spans for word in _back(simplified[first:end])
    )


def _back(word: str) -> tuple[str, ...]:
    """Return the values of a Simplified word in the dictionary of phrases, the first choice first."""
    first = dictionaries.dictionary(Package.CURRENT, "STPhrases.txt").entries.get(word)
    return () if first is None else (first, *_second().get(word, ()))


def _is_simplified(word: str) -> bool:
    """Whether a word has a character that only Simplified has."""
    characters = dictionaries.dictionary(Package.CURRENT, "STCharacters.txt").entries
    written = dictionaries.dictionary(Package.CURRENT, "TSCharacters.txt").entries
    return any(char not in _confused() and characters.get(char, char) != char and char not in written for char in word)


@cache
def _confused() -> Mapping[str, frozenset[str]]:
    """Return, for each character of an author, the characters that may be meant."""
    pairs = (pair.split(">") for pair in _CONFUSED.split())
    return {wrong: frozenset(right) for wrong, right in pairs}


@cache
def _suspects() -> re.Pattern[str]:
    return re.compile(f"[{''.join((*_confused(), *_SLIPS))}]")


@cache
def _second() -> Mapping[str, tuple[str, ...]]:
    """Return the second choices of the dictionary of phrases, which a :class:`Dictionary` leaves out."""
    text = dictionary_path(Package.CURRENT, "STPhrases.txt").read_text(encoding="utf-8")
    lines = (line.partition("\t")[::2] for line in text.split("\n") if " " in line and not line.startswith("#"))
    return {key: tuple(values.split()[1:]) for key, values in lines}
