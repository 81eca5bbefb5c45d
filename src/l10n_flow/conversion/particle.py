"""著 where no word of its own decides: a particle behind a verb, and written by an author.

看著《圍城》 and 看著書 have the particle, though 著《 and 著書 are of writing elsewhere. 錢鍾書著《圍城》 has an
author, told by the surname and by the clause that the name makes up, or by a dot or Latin letters in it.
"""

from __future__ import annotations

import re
from collections.abc import Iterator
from functools import cache
from typing import NamedTuple

from l10n_flow.conversion.corrections import governed, verbs
from l10n_flow.scripts import HAN

#: Surnames that are common or that writers have, in Traditional.
_SURNAMES = (
    "王李張劉陳楊黃趙吳周徐孫馬朱胡郭何林羅鄭梁謝宋唐許鄧馮韓曹曾彭蕭肖蔡潘袁葉蔣杜蘇魏程呂姚盧傅崔譚廖汪陸戴賈邱丘侯鄒"
    "熊孟秦薛黎賀顧龔邵錢嚴賴洪丁沈鍾范田夏姜石任段史郝尹金魯莊柳施陶湯溫翁康倪韋齊俞童詹戚樊伍卓歐屈冼麥關區霍馮岑鮑左司"
    "章鄔褚衛水竇雲皮卞伏成談茅龐紀舒祝董阮席季路婁江顏梅盛刁駱高凌虞萬柯昝管繆干解應宗宣賁郁單杭諸吉鈕嵇邢裴榮荀羊於惠甄"
    "曲封靳井松富巫烏焦巴牧隗山谷車宓蓬全郗班仰秋仲伊宮甯仇欒甘厲戎祖武符景詹束龍幸司韶郜薊薄印宿白懷蒲邰從鄂索咸籍賴藺屠蒙池喬"
    "陰胥聞莘黨翟貢勞逄姬申扶堵冉宰酈雍璩桑桂濮牛壽通邊扈燕冀郟浦尚農別晏柴瞿閻充慕連茹習宦艾魚容古易慎戈庾終暨居衡步都耿滿弘匡"
    "國文寇廣祿闕東殳沃利蔚越夔隆師鞏厙聶晁勾敖融冷訾辛闞那簡饒空毋沙乜養鞠須豐巢蒯相查荊紅游竺權逯蓋益桓公佘"
)
_HAN = HAN.pattern[1:-1]
_END = r"(?=[。，；、：）)〕〔［\[（(《〈\n]|$)"
#: A name that is a clause by itself, or ends in Latin letters or in the part behind a dot; or years between brackets.
_AUTHOR = re.compile(
    f"(?<![{_HAN}])(?:[由據與和及])?[{_SURNAMES}][{_HAN}]?(?![不得一])[{_HAN}]著{_END}"
    rf"|(?:[A-Za-z.][ \u00a0]?|[·‧•・．][{_HAN}]{{1,8}}|[）)])著{_END}"
    r"|著(?=有[ \u3000\u00a0]?[《〈「『A-Za-z])",
    re.MULTILINE,
)


#: Before these the particle stands behind a verb, though 著 begins a word with them elsewhere.
_OBJECTS = ("著《", "著〈", "著有", "著書", "著論", "著錄", "著録")


class Particle(NamedTuple):
    """A place of 著 in a text, and what it becomes there."""

    at: int
    after: str


def particles(text: str) -> Iterator[Particle]:
    """The places of 著 in a text that its neighbours decide, in order; words decide the others."""
    if "著" not in text:
        return
    authors = {found.end() - 1 for found in _AUTHOR.finditer(text)}
    for found in re.finditer("著", text):
        at = found.start()
        verb = _verb(text, at)
        if verb and _governs(verb, text, at):
            yield Particle(at, "着")
        elif not verb and at in authors:
            yield Particle(at, "著")


def _verb(text: str, at: int) -> str:
    """The longest verb with its particle that ends at a place; "" for none."""
    ends = (text[max(0, at - length + 1) : at + 1] for length in range(_longest(), 1, -1))
    return next((each for each in ends if each in verbs()), "")


def _governs(verb: str, text: str, at: int) -> bool:
    words = (word for word in governed() if text.startswith(word, at))
    if any(not any(text.startswith(longer, at) for longer in governed()[word]) for word in words):
        return True
    left = any(text.startswith(word, at - word.index(verb) - len(verb) + 1) for word in verbs()[verb])
    return not left and any(text.startswith(word, at) for word in _OBJECTS)


@cache
def _longest() -> int:
    return max(map(len, verbs()))
