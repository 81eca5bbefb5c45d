"""Words and names from the package jieba for word_frequencies.py, in the spelling of the standards."""

from __future__ import annotations

import runpy
from collections.abc import Iterator, Mapping
from functools import cache
from pathlib import Path
from typing import NamedTuple

from l10n_flow.conversion import dictionaries, matching, readings
from l10n_flow.conversion.packages import Package

#: The least frequency of a word of ours, and of a word of OpenCC.
_OURS, _OPENCC = 100, 20
#: The ratio of the frequencies of a verb of two syllables without and with its particle.
_PARTICLE = 150
#: Simplified characters of which jieba has misspelt words, too: a word must contain a word of ours.
_CLOSED = frozenset("著帐沈於藉乾徵瞭锺昇祇钜幺夥覆熏坯甦")
#: Spellings of Simplified characters in Hong Kong and Taiwan that OpenCC does not have.
_WRITTEN = {"着": "著", "沉": "沈", "账": "帳", "帐": "帳"}
#: A character and the one written for it by mistake, which is never converted to a third one.
_REGISTER, _SLIP = "籍", "藉"
_NAMES = frozenset(("nr", "ns", "nt", "nz"))
#: Verbs with a wrong tag in jieba.
_SHORT_VERBS = (
    "恃驾过扛画趴倚踩跟护等嗅记憋穿套绑抚挡藏夹叼燃炸曝晾流淋刷抵赖闲空渴病痛痒累傻僵硬低昂张眯旋飞运簇凭朝沿"
    "顺照依按仗搀黏沾背指杵捻揭卷钩种孕吊响赌热冷暖温瞄寻问催对本向因仿"
)
_LONG_VERBS = (
    "行使意味代表标志充满珍藏潜藏议论辩论评论更新突显凸显梦想幻想思念纪念主导领导针对朝向指向经历陈述记录书写"
    "题写标写呼唤歌唱弹奏舞动飞舞飞翔守候陪伴关心热爱深爱爱慕张望努力肩负利用张贴布满长满写满贴满挤满挂满摆满"
    "交织交杂混杂夹杂掺杂"
)
_VERBS = frozenset(_SHORT_VERBS) | set(map("".join, zip(_LONG_VERBS[::2], _LONG_VERBS[1::2], strict=True)))
#: The tags of persons in jieba.
_PERSONS = frozenset(("nr", "nrfg", "nrt"))
_PEN_NAMES = frozenset(["老舍", "冰心", "三毛", "巴金", "茅盾", "郁达夫", "曹禺", "孙犁"])
#: Verbs that do not take the particle 着.
_NO_PARTICLE = frozenset(["合作"])
#: Surnames in Traditional; the surnames of jieba include foreign names and nicknames.
_SURNAMES = frozenset(
    "王李張劉陳楊黃趙吳周徐孫馬朱胡郭何林羅鄭梁謝宋唐許鄧馮韓曹曾彭蕭肖蔡潘袁葉蔣杜蘇魏程呂姚盧傅崔譚廖汪陸戴"
    "賈邱丘侯鄒熊孟秦薛黎賀顧龔邵錢嚴賴洪丁沈鍾范田夏姜石任段史郝尹金魯莊柳施陶湯溫翁康倪韋齊俞童詹戚樊伍卓歐"
    "屈冼麥關區霍岑鮑左司章鄔褚衛水竇雲皮卞伏成談茅龐紀舒祝董阮席季路婁江顏梅盛刁駱高凌虞萬柯昝管繆干解應宗宣"
    "賁郁單杭諸吉鈕嵇邢裴榮荀羊於惠甄曲封靳井松富巫烏焦巴牧隗山谷車宓蓬全郗班仰秋仲伊宮甯仇欒甘厲戎祖武符景束"
    "龍幸韶郜薊薄印宿白懷蒲邰從鄂索咸籍藺屠蒙池喬陰胥聞莘黨翟貢勞逄姬申扶堵冉宰酈雍璩桑桂濮牛壽通邊扈燕冀郟浦"
    "尚農別晏柴瞿閻充慕連茹習宦艾魚容古易慎戈庾終暨居衡步都耿滿弘匡國文寇廣祿闕東殳沃利蔚越夔隆師鞏厙聶晁勾敖"
    "融冷訾辛闞那簡饒空毋沙乜養鞠須豐巢蒯相查荊紅游竺權逯蓋益桓公佘"
)


class Seen(NamedTuple):
    """A word as in texts, the word in Simplified, its frequency, and its tag in jieba."""

    key: str
    word: str
    count: int
    tag: str


def words(jieba: Path) -> Iterator[Seen]:
    """Return jieba's words of two or more characters in all spellings, and the words of ours and of OpenCC."""
    known = {word: (count, tag) for word, count, tag in _entries(jieba) if len(word) > 1}
    for word, (count, tag) in known.items():
        if _is_standard(word, tag):
            yield from (Seen(key, word, count, _tag(word, tag)) for key in _spellings(word))
        if _REGISTER in word:  # 國藉: the author's slip stays one
            slip = word.replace(_REGISTER, _SLIP)
            yield Seen(slip, slip, count, "")
    for key, word, least in (*_ours(), *_phrases()):
        count, tag = known.get(word, (0, ""))
        verb, _ = known.get(word[:-1], (0, "")) if word.endswith("着") and len(word) > 2 else (0, "")
        yield Seen(key, word, max(count, verb // _PARTICLE if verb else least, 1), _tag(word, tag))


def singles(jieba: Path) -> Iterator[Seen]:
    """Return jieba's words of one character."""
    return (Seen(char, char, count, _tag(char, tag)) for char, count, tag in _entries(jieba) if len(char) == 1)


def name_costs(jieba: Path, state: str) -> Mapping[str, float]:
    """Return -ln of the share of each character at the beginning (B), middle (M) or end (E) of names."""
    found = runpy.run_path(str(jieba / "posseg" / "prob_emit.py"))["P"][state, "nr"]
    surnames = {base(char) for char in _SURNAMES}
    surnames |= {row.named for row in readings.read().values() if row.character in surnames}
    costs = {base(char): -cost for char, cost in found.items() if state != "B" or base(char) in surnames}
    for row in readings.read().values():
        same = [costs[char] for char in (row.character, row.named) if char in costs]
        costs |= {row.character: min(same)} if same else {}
    return costs


def is_ambiguous(text: str) -> bool:
    """Whether a text has an ambiguous character."""
    return not readings.read().keys().isdisjoint(text)


def is_phrase(key: str) -> bool:
    """Whether OpenCC has a word."""
    return key in {each for each, _, _ in _phrases()}


def _entries(jieba: Path) -> Iterator[tuple[str, int, str]]:
    for line in (jieba / "dict.txt").read_text(encoding="utf-8").splitlines():
        word, count, tag = line.split(" ")
        if all("\u3400" <= char <= "\u9fff" for char in word):
            yield word, int(count), tag


def _tag(word: str, tag: str) -> str:
    """Return the tag of a word in jieba with our corrections: a verb in a word with 著 takes no particle (合著)."""
    if word in _VERBS:
        return "v"
    if word in _PEN_NAMES or tag in _PERSONS:
        return "nr"
    works = {each[0] for each in readings.read()["著"].words if len(each) == 2 and each[1] == "著"}
    return "" if _spellings(word) & works or word in _NO_PARTICLE else tag


# The spelling of the standards -------------------------------------------------------------------------------------


def _is_standard(word: str, tag: str) -> bool:
    parts = {word[at:end] for at in range(len(word)) for end in range(at + 2, len(word) + 1)}
    return _wrong().isdisjoint(parts) and all(_is_covered(word, at, tag) for at in range(len(word)))


def _is_covered(word: str, at: int, tag: str) -> bool:
    if word[at] not in _CLOSED or (word[at] == "沈" and tag in _NAMES):
        return True
    return any(_holds(word, at, core) for core in _cores().get(word[at], ()))


def _holds(word: str, at: int, core: str) -> bool:
    """Whether a word contains another one that covers this position."""
    return any(word.startswith(core, first) for first in range(max(0, at - len(core) + 1), at + 1))


@cache
def _cores() -> Mapping[str, frozenset[str]]:
    """Return Simplified words by the characters of ``_CLOSED`` in them."""
    found: dict[str, set[str]] = {}
    for _, word, _ in (*_ours(), *_phrases()):
        for char in _CLOSED.intersection(word):
            found.setdefault(char, set()).add(word)
    return {char: frozenset(words) for char, words in found.items()}


@cache
def _wrong() -> frozenset[str]:
    """Return our words with the wrong reading, unless that is a word of ours, too."""
    swapped = set()
    for row in readings.read().values():
        for word in (*row.words, *row.usual_words):
            right, at = _read(word), word.index(row.character)
            swapped.add(right[:at] + (row.other if right[at] == row.usual else row.usual) + right[at + 1 :])
    return frozenset(swapped - {word for _, word, _ in _ours()})


@cache
def _ours() -> tuple[tuple[str, str, int], ...]:
    """Return the words of readings.tsv: lookup form, reading, and least frequency."""
    words = {word for row in readings.read().values() for word in (*row.words, *row.usual_words)}
    return tuple((base(word), _read(word), _OURS) for word in sorted(words))


def _read(word: str) -> str:
    """Return one of our words in Simplified; the longest word of a row in it decides the reading of its character."""
    rows = readings.read()
    chars = list(base(word))
    for at, char in enumerate(word):
        if char in rows:
            other, usual = (_longest(word, at, each) for each in (rows[char].words, rows[char].usual_words))
            chars[at] = rows[char].other if other > usual else rows[char].usual
    return "".join(chars)


def _longest(word: str, at: int, cores: tuple[str, ...]) -> int:
    return max((len(core) for core in cores if _holds(word, at, core)), default=0)


@cache
def _phrases() -> tuple[tuple[str, str, int], ...]:
    """Return OpenCC's phrases with an ambiguous character."""
    ours = {key for key, _, _ in _ours()}
    entries = dictionaries.dictionary(Package.CURRENT, "TSPhrases.txt").entries.items()
    found = ((base(word), after, _OPENCC) for word, after in entries if is_ambiguous(word) and len(word) == len(after))
    return tuple(each for each in found if each[0] not in ours)


# How words are looked up -------------------------------------------------------------------------------------------


@cache
def _spellings(word: str) -> frozenset[str]:
    """Return the lookup forms of a Simplified word: itself, and with the Traditional ambiguous characters."""
    found = {word, base(matching.convert(dictionaries.chain(Package.CURRENT, "s2t"), word))}
    found |= {"".join(_WRITTEN.get(char, char) for char in each) for each in found}
    return frozenset(each for each in found if len(each) == len(word))


def base(text: str) -> str:
    """Return a text in Simplified with its ambiguous characters unchanged."""
    rows = readings.read()
    return "".join(char if char in rows else _characters().get(char, char) for char in text)


@cache
def _characters() -> Mapping[str, str]:
    found: dict[str, str] = {}
    for name in ("TSCharacters.txt", "TSCharactersExt.txt"):
        found |= dictionaries.dictionary(Package.CURRENT, name).entries
    for char, before in dictionaries.dictionary(Package.CURRENT, "HKVariantsRev.txt").entries.items():
        found[char] = found.get(before, before)
    return found
