"""Likely misspellings in a Traditional source: what does not come back from Simplified.

Simplified writes 復 and 複 as 复, and the way back needs the words to tell them apart. Where a word of the dictionaries
brings back another character than the author's, the author may have taken the wrong one: 復合 comes back as 複合. Only
characters that are different words in Traditional are compared: 裏 and 裡, 台 and 臺, 周 and 週 are a matter of style.
"""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Mapping
from functools import cache
from typing import NamedTuple

from l10n_flow import scripts
from l10n_flow.conversion import dictionaries
from l10n_flow.conversion import engine as engines
from l10n_flow.conversion.dictionaries import Package

#: What an author may have written, and what for. Not here: pairs of which Hong Kong or Taiwan uses either (沖衝, 盡儘,
#: 折摺, 伙夥, 借藉, 並併), and 係 and 覆, which Hong Kong uses more widely (係有, 覆核) than the dictionaries know.
_CONFUSED = (
    "復>複 複>復覆 發>髮 髮>發 後>后 后>後 乾>幹干 幹>干乾 干>幹乾 面>麵 麵>面 系>係繫 斗>鬥 鬥>斗 制>製 製>制 匯>彙 "
    "彙>匯 征>徵 徵>征 歷>曆 曆>歷 鐘>鍾 鍾>鐘 松>鬆 鬆>松 谷>穀 穀>谷 丑>醜 醜>丑 表>錶 錶>表 范>範 範>范 姜>薑 "
    "薑>姜 云>雲 辟>闢 余>餘 餘>余 几>幾 郁>鬱 鬱>郁 吁>籲 籲>吁 准>準 準>准 臟>髒 髒>臟 御>禦 禦>御 舍>捨 捨>舍 "
    "据>據 獲>穫 穫>獲 須>鬚 胡>鬍 咸>鹹 鹹>咸 術>朮 累>纍 曲>麴 困>睏 淀>澱 仆>僕 夸>誇 霉>黴 只>隻 划>劃 党>黨 "
    "沈>瀋 彌>瀰"
)
#: What an author means, although the dictionaries know only the other: after the ball, days later, look at a watch.
_RIGHT = frozenset(
    ["球後", "天後", "西後", "匯集", "匯總", "匯報", "發式", "發指", "換發", "被發", "一幹", "口幹", "下錶"]
)
_LONGEST = 6
_AROUND = 12


class RoundTrip(NamedTuple):
    """A word of a source that did not come back.

    Attributes:
        start, end: its span in the source.
        word: as the author wrote it.
        suggestion: the word with the characters that came back.
    """

    start: int
    end: int
    word: str
    suggestion: str


def ways(source_locale: str) -> tuple[str, str]:
    """The conversions there and back that suit a Traditional source, by the region in its locale id."""
    region = scripts.variety(source_locale)
    return f"{region}2s", f"s2{region}"


def lint(text: str, there: str = "hk2s", back: str = "s2hk") -> list[RoundTrip]:
    """The words of a Traditional text that are likely to be misspelt, in order.

    Args:
        text: a source text.
        there: a conversion into Simplified.
        back: the conversion back, by the locale of the source (``s2hk``, ``s2tw``, else ``s2t``).

    Linear in the text: two conversions, and a few characters once more around each place that does not come back. A
    text whose length the conversion changes is not judged.

    Raises:
        ConversionError: for an unknown conversion.
    """
    if text.isascii():
        return []
    simplified = engines.engine(there)(text)
    returned = engines.engine(back)(simplified)
    if returned == text or not len(text) == len(simplified) == len(returned):
        return []
    return list(_misspelt(text, simplified, returned, back))


def _misspelt(text: str, simplified: str, returned: str, back: str) -> Iterator[RoundTrip]:
    pairs = list(zip(text, returned, strict=True))
    done = 0
    for at, (char, other) in enumerate(pairs):
        if at < done or other not in _confused().get(char, ()) or _is_known(simplified, at, char):
            continue
        start, end = _deciding(simplified, at, back)
        word = RoundTrip(start, end, text[start:end], "".join(_fitting(pairs[start:end])))
        if len(word.word) > 1 and not _is_meant(word, returned[start:end]):
            done = end
            yield word


def _fitting(pairs: Iterable[tuple[str, str]]) -> Iterator[str]:
    """The author's characters, those that may be wrong as they came back; the style of the others is the author's."""
    return (new if new in _confused().get(old, ()) else old for old, new in pairs)


def _is_meant(word: RoundTrip, returned: str) -> bool:
    """Whether a word is right: one of ours, one that begins with 系 (a department), or one that is in Simplified."""
    return word.word in _RIGHT or word.word[0] == "系" or (word.suggestion != returned and _is_simplified(word.word))


def _deciding(simplified: str, at: int, back: str) -> tuple[int, int]:
    """The span of the word of the dictionaries that decided what a character became on the way back."""
    first = max(0, at - _AROUND)
    for piece in engines.engine(back).pieces(simplified[first : at + _AROUND]):
        if piece.start + first <= at < piece.end + first:
            return piece.start + first, piece.end + first
    return at, at + 1


def _is_known(simplified: str, at: int, char: str) -> bool:
    """Whether the dictionaries have a word at the place with the author's character in it, whatever the style."""
    spans = (
        (first, first + length) for length in range(2, _LONGEST + 1) for first in range(max(0, at - length + 1), at + 1)
    )
    return any(
        word[at - first : at - first + 1] == char for first, end in spans for word in _back(simplified[first:end])
    )


def _back(word: str) -> tuple[str, ...]:
    """What the dictionary of phrases has for a Simplified word, the first choice and the others."""
    first = dictionaries.dictionary(Package.CURRENT, "STPhrases.txt").entries.get(word)
    return () if first is None else (first, *_second().get(word, ()))


def _is_simplified(word: str) -> bool:
    """Whether a word has a character that only Simplified has."""
    characters = dictionaries.dictionary(Package.CURRENT, "STCharacters.txt").entries
    written = dictionaries.dictionary(Package.CURRENT, "TSCharacters.txt").entries
    return any(char not in _confused() and characters.get(char, char) != char and char not in written for char in word)


@cache
def _confused() -> Mapping[str, frozenset[str]]:
    """What an author may have written to what it may be written for."""
    pairs = (pair.split(">") for pair in _CONFUSED.split())
    return {wrong: frozenset(right) for wrong, right in pairs}


@cache
def _second() -> Mapping[str, tuple[str, ...]]:
    """The second choices of the dictionary of phrases, which a :class:`Dictionary` leaves out."""
    text = (dictionaries.home(Package.CURRENT) / "data" / "STPhrases.txt").read_text(encoding="utf-8")
    lines = (line.partition("\t")[::2] for line in text.split("\n") if " " in line and not line.startswith("#"))
    return {key: tuple(values.split()[1:]) for key, values in lines}
