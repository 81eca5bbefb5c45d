"""The recognition of headings: by the text alone, and with the other headings of its document.

``docs/segmentation.md`` has the measured accuracy.
"""

from __future__ import annotations

import re

from l10n_flow.documents.segmentation.markers import BULLETED, NUMERAL, UNFINISHED, is_final, is_label
from l10n_flow.scripts import has_han

_PART = re.compile(
    rf"[《〈【]?第\s?[{NUMERAL}零〇\d]{{1,5}}\s?(?:[章節节編编部篇回](?![次分別别份])|條(?:之[{NUMERAL}])?\Z|条\Z)"
)
_SECTION = re.compile(r"\d{1,2}(?:\.\d{1,2}){1,3}\.?\s*[^\d\s%％億萬亿万元：:]")
# The characters with which no heading ends, and those with which none begins.
_OPEN_END = re.compile(r"[.…⋯，、；：︰,;:*！!—–-]\Z|[？?！!][」』”\"]\Z|[）)][：:︰]?\Z(?<=[完左右]..)")
_NO_HEADING = re.compile(
    r"[*＊#@|►]|[^=＝]*[=＝]|[（(][^）)]*[）)]\Z|第[一二三四五六七八九十\d]+[集回][：:]|\d{1,2}[.:：]\d\d\D|[《〈][^》〉]*[》〉]\Z|「[^」]*[？！?!]」\Z|https?:|www\."
    r"|[【\[（(]?\s*(?:相[關关]|延伸|[參参]考|[原][文][載载刊：:]|本文|作者|筆者|笔者|[編编][輯辑按者]|文[：:]|[撰譯译][文者]|[資资]料[來来]源|[圖图影]片?[來来]源|[製制][圖图]"
    r"|[點点][擊击]|按此|更多|[請请]支持|[訂订][閱阅户戶]|[來来]源|地[點点址]|日期|[時时][間间]|[電电][話话郵邮]|[網网]址|聯絡|联络"
    r"|[Bb]y\s|Photo|Source|Picture|Image)"
)
# A credit, a list of links, the writer beside the title.
_CLOSING = re.compile(
    r"(?:照片|相片|[圖图]片|插[圖图]|截[圖图]|】專輯|】专辑|敬上|謹啟|谨启|敬啟|敬启|謹上|拜上)\Z|[^|｜]\s?[|｜]\s?[^|｜]+\Z|[.…⋯][」』”]\Z"
)
# The turns of an interview or a hearing.
_TURN = re.compile(
    r"(?:[問问答官辯辩控眾众]|[QqAa]\d?|[記记]者|主持人?|[^\s：︰:，]{0,6}主席|法官|[證证]人|[^\s：︰:，]{1,4}(?:[問问答]|代表|[議议][員员]))\s?[：︰:]"
)
_DATED = re.compile(
    rf"[\d{NUMERAL}零〇年月日時时分周週星期天上下午凌晨至到前後后初底中秋冬春夏\s/.:：,，（）()AaPpMm~-]+\Z"
)
_VALUE = re.compile(r"[：︰:]\s?(?P<value>.*)\Z")
# As newspapers write the two halves of a headline.
_TWO_PARTS = re.compile(r"[\u3400-\u9fff」』”》？！](?:\u3000| {2,3})(?=[\u3400-\u9fff「『“《\d])")
_QUESTION = re.compile(r"[？?]\Z")
_ASKING = re.compile(
    r"(?:[為为][何甚什]|[點点]解|[甚什][麼么]|[誰谁何]|如何|怎[樣样]?|是否|有[沒没]有)[^，？]{1,24}？\Z"
)
_SPOKEN = re.compile(r"[我你妳您佢哋咗嘅唔係啲喺冇咁乜嘢][^」]*\Z")
_LONGEST = 30
_LONGEST_ASKING = 24
_SEVERAL = 2
#: The maximal length of a heading in a document with other headings.
_LONGEST_AMONG = 40
_ASKS = re.compile(r"[？?！!][」』”\"]?\Z")
# The beginnings of a question or exclamation that continues the paragraph above.
_GOES_ON = re.compile(r"但|不[過过]|然而|可是|那|咁|好了|再|[還还]有|如果|至[於于]|[這这]|究竟|到底|[你我他她]")
_NO_VALUE = re.compile(r"[】\]]\Z|.{0,6}(?:[來来]源|[編编][號号]|出版|[簽签]名)[：:]")


def may_head(text: str) -> bool:
    """Whether a text can be a heading: short, and not a sentence, a label, a turn of a dialogue or a line of verse."""
    if "。" in text or _OPEN_END.search(text) or _CLOSING.search(text) or _NO_HEADING.match(text):
        return False
    if _TWO_PARTS.search(text):
        return len(text) <= _LONGEST_AMONG
    if (
        len(text) > (_LONGEST if has_han(text) else 70)
        or _TURN.match(text)
        or _DATED.match(text)
        or text.count("、") > 2
    ):
        return False
    if _QUESTION.search(text) and not _ASKING.match(text) and (len(text) > 22 or "，" in text or _SPOKEN.search(text)):
        return False
    if not has_han(text):
        return not is_final(text) and text[0].isupper() and text[0] not in "“\"'"
    return not (is_label(text) and _is_value(text))


def _is_value(text: str) -> bool:
    """Whether the text after a colon is a name, a number or a few words, not the clause of a heading."""
    found = _VALUE.search(text)
    return found is not None and (len(found["value"]) < 6 or any(map(str.isdigit, found["value"])))


def is_part(text: str) -> bool:
    """Whether a text is the number and the name of a part: 第三章 罪行, 第五條."""
    return names_part(text) and len(text) <= _LONGEST_AMONG and "。" not in text and not UNFINISHED.search(text)


def names_part(text: str) -> bool:
    """Whether a text begins with the number of a part."""
    return _PART.match(text) is not None


def is_section(text: str) -> bool:
    """Whether a text begins with the number of a section: 2.1 範圍."""
    return _SECTION.match(text) is not None


def is_turn(text: str) -> bool:
    """Whether a text is a speaker's turn in an interview or a hearing."""
    return _TURN.match(text) is not None


def may_head_among(text: str, headings: int) -> bool:
    """Whether a text can be a heading in a document that has others.

    A turn (官：證人可信) or a label can then be a heading; if there are several headings, also a longer text, an
    exclamation, or any question.

    Args:
        text: the text of the block, which is alone between prose.
        headings: the number of other headings.
    """
    if "。" in text or _CLOSING.search(text) or _NO_HEADING.match(text) or _DATED.match(text) or not has_han(text):
        return False
    asks = _ASKS.search(text) is not None
    if _NO_VALUE.search(text) or (is_turn(text) and asks and not text.endswith("」")):
        return False
    if _OPEN_END.search(text) and not asks:
        return False
    if headings < _SEVERAL:
        return len(text) <= _LONGEST and not asks
    if asks and (len(text) > _LONGEST_ASKING or _GOES_ON.match(text)):
        return False
    return len(text) <= _LONGEST_AMONG and text.count("，") < _SEVERAL


def may_head_numbered(text: str) -> bool:
    """Whether a numbered item can be a heading in a document that has headings: a question, 「4) 建立互信：」."""
    if BULLETED.match(text) or len(text) > _LONGEST_AMONG or "。" in text:
        return False
    return text[-1] in "？?：:" or not has_han(text)
