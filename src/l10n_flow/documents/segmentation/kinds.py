"""What each block of a document is, from its own text and from its neighbours'."""

from __future__ import annotations

import re
from collections import Counter
from collections.abc import Sequence

from l10n_flow.documents.segmentation import captions
from l10n_flow.documents.segmentation.cues import by_cue
from l10n_flow.documents.segmentation.flow import Passage
from l10n_flow.documents.segmentation.markers import (
    BULLETED,
    LIST_MARKER,
    MARKER,
    NUMERAL,
    UNFINISHED,
    is_final,
    is_label,
    is_prose,
    label_of,
)
from l10n_flow.documents.segmentation.names import is_bare_name
from l10n_flow.model import BlockKind
from l10n_flow.scripts import has_han

_ABOVE = frozenset({BlockKind.TITLE, BlockKind.BYLINE, BlockKind.DATELINE})
_PART = re.compile(
    rf"[《〈【]?第\s?[{NUMERAL}零〇\d]{{1,5}}\s?(?:[章節节編编部篇回](?![次分別别份])|條(?:之[{NUMERAL}])?\Z|条\Z)"
)
_SECTION = re.compile(r"\d{1,2}(?:\.\d{1,2}){1,3}\.?\s*[^\d\s%％億萬亿万元：:]")
# What no heading ends in, and what none begins with.
_OPEN_END = re.compile(r"[.…⋯，、；：︰,;:*！!—–-]\Z|[？?！!][」』”\"]\Z|[）)][：:︰]?\Z(?<=[完左右]..)")
_NO_HEADING = re.compile(
    r"[*＊#@|►]|[（(][^）)]*[）)]\Z|第[一二三四五六七八九十\d]+[集回][：:]|\d{1,2}[.:：]\d\d\D|[《〈][^》〉]*[》〉]\Z|「[^」]*[？！?!]」\Z|https?:|www\."
    r"|[【\[（(]?\s*(?:相[關关]|延伸|[參参]考|[原][文][載载刊：:]|本文|作者|筆者|笔者|[編编][輯辑按者]|文[：:]|[撰譯译][文者]|[資资]料[來来]源|[圖图影]片?[來来]源|[製制][圖图]"
    r"|[點点][擊击]|按此|更多|[請请]支持|[訂订][閱阅户戶]|[來来]源|地[點点址]|日期|[時时][間间]|[電电][話话郵邮]|[網网]址|聯絡|联络"
    r"|[Bb]y\s|Photo|Source|Picture|Image)"
)
# A credit, a list of links, the writer beside the title.
_CLOSING = re.compile(
    r"(?:照片|相片|[圖图]片|插[圖图]|截[圖图]|】專輯|】专辑)\Z|[^|｜]\s?[|｜]\s?[^|｜]+\Z|[.…⋯][」』”]\Z"
)
# The turns of an interview or a hearing.
_TURN = re.compile(
    r"(?:[問问答官辯辩控眾众]|[QqAa]\d?|[記记]者|主持人?|主席|法官|[證证]人|[^\s：︰:，]{1,4}(?:[問问答]|代表|[議议][員员]))\s?[：︰:]"
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
#: How far from the top of a text a name without a label is a byline.
_LEAD = 6
_SPOKEN = re.compile(r"[我你妳您佢哋咗嘅唔係啲喺冇咁乜嘢][^」]*\Z")


def recognise(passages: Sequence[Passage]) -> list[BlockKind]:
    """What each block of a document is; Markdown and HTML know better themselves.

    Args:
        passages: the blocks in order.

    Returns:
        A kind for each.
    """
    return _Document(passages).kinds()


class _Document:
    def __init__(self, passages: Sequence[Passage]) -> None:
        self.passages = passages
        self.cues = [
            by_cue(passage.text, first=index == 0, alone=not self.is_in_run(index))
            for index, passage in enumerate(passages)
        ]
        self.labels = Counter(label for passage in passages if (label := label_of(passage.text)))
        self.found: list[BlockKind] = []
        self.in_body = False

    def kinds(self) -> list[BlockKind]:
        titled = False
        for index, passage in enumerate(self.passages):
            if passage.cell:
                self.found.append(BlockKind.TABLE_CELL)
                continue
            kind = self.cues[index]
            if kind is None and not titled:
                titled = True
                kind = BlockKind.TITLE if _is_title(passage.text) else None
            elif kind in {BlockKind.LIST_ITEM, BlockKind.NOTE}:
                titled = True
            if kind is BlockKind.BYLINE and self.in_body and self.credits_picture(index):
                kind = BlockKind.CAPTION  # 「圖：…」 names the photographer at the top, one photo's source further down
            self.found.append(kind or self.by_neighbours(index))
            self.in_body = self.in_body or self.found[-1] is BlockKind.PARAGRAPH
        for index, kind in enumerate(self.found):
            if kind is BlockKind.LIST_ITEM and self.is_numbered_heading(index):
                self.found[index] = BlockKind.HEADING
        return self.found

    def text(self, index: int) -> str:
        """A block's text; "" beyond the ends of the document."""
        return self.passages[index].text if 0 <= index < len(self.passages) else ""

    def is_near(self, index: int, other: int) -> bool:
        """Whether two blocks stand on lines without a blank one between them."""
        return 0 <= other < len(self.passages) and self.passages[other].run == self.passages[index].run

    def is_in_run(self, index: int) -> bool:
        return self.is_near(index, index - 1) or self.is_near(index, index + 1)

    def credits_picture(self, index: int) -> bool:
        text = self.text(index)
        return text[0] not in "【[（(攝摄" and captions.credit_start(text) is not None

    def by_neighbours(self, index: int) -> BlockKind:
        if self.is_bare_byline(index):
            return BlockKind.BYLINE
        return BlockKind.HEADING if self.is_heading(index) else BlockKind.PARAGRAPH

    def is_bare_byline(self, index: int) -> bool:
        """A name under the title or the lead, or below all of the text; a name among names is an entry of a list."""
        if not is_bare_name(self.text(index)) or is_bare_name(self.text(index + 1)):
            return False
        before = self.found[index - 1] if index else None
        if before in _ABOVE:
            return True
        if self.is_in_run(index) or is_bare_name(self.text(index - 1)):
            return False
        return (index <= _LEAD and not is_prose(self.text(index + 1))) or index + 1 == len(self.passages)

    def is_heading(self, index: int) -> bool:
        text = self.text(index)
        if _PART.match(text) and len(text) <= 40 and "。" not in text and not UNFINISHED.search(text):
            return index + 1 < len(self.passages) and not self.lists_parts(index)
        if self.labels[label_of(text)] > 2:  # those who talk, the fields of a form
            return False
        if not _may_head(text) or (is_bare_name(text) and is_bare_name(self.text(index - 1))):
            return False
        if _SECTION.match(text):
            return index + 1 < len(self.passages) and not self.lists_parts(index)
        return self.heads(index) and self.follows(index)

    def lists_parts(self, index: int) -> bool:
        """Whether this is a line of a table of contents."""
        return any(self.is_near(index, other) and _PART.match(self.text(other)) for other in (index - 1, index + 1))

    def heads(self, index: int) -> bool:
        """Whether prose comes next, a caption left aside; in lines without blank ones a paragraph of its own."""
        if self.is_near(index, index + 1):
            return _is_body(self.text(index + 1))
        following = index + 1
        if self.cues[following : following + 1] == [BlockKind.CAPTION]:
            following += 1
        if self.passages[following : following + 1] and self.passages[following].cell:
            return True
        if is_prose(self.text(following)):
            return True
        lead = self.text(following)  # one line that is no heading itself may lead in to the prose
        return is_prose(self.text(index - 1)) and is_prose(self.text(following + 1)) and not _may_head(lead)

    def follows(self, index: int) -> bool:
        """Whether a heading can stand here: below prose, a caption, or a list; not below a title or another line."""
        before = self.found[index - 1] if index else None
        if self.is_near(index, index - 1):
            return _is_body(self.text(index - 1))
        return before not in {None, BlockKind.HEADING} and (self.in_body or before not in _ABOVE)

    def is_numbered_heading(self, index: int) -> bool:
        """「一、背景」 directly above prose, with no other item beside it."""
        if any(LIST_MARKER.match(self.text(index + step)) for step in (-1, 1)) or self.is_in_run(index):
            return False
        text = self.text(index)
        return not BULLETED.match(text) and _may_head(text) and is_prose(self.text(index + 1))


def _is_body(text: str) -> bool:
    return "。" in text and len(text) > 40


def _is_title(text: str) -> bool:
    if MARKER.match(text) or (text.endswith(".") and not text.endswith("..")):
        return False
    return len(text) <= (60 if has_han(text) else 160) and "。" not in text and UNFINISHED.search(text[-1:]) is None


def _may_head(text: str) -> bool:
    """Whether a text can be a heading: short, no sentence, no label, no turn of a talk, no line of verse."""
    if "。" in text or _OPEN_END.search(text) or _CLOSING.search(text) or _NO_HEADING.match(text):
        return False
    if _TWO_PARTS.search(text):
        return len(text) <= 40
    if len(text) > (30 if has_han(text) else 70) or _TURN.match(text) or _DATED.match(text) or text.count("、") > 2:
        return False
    if _QUESTION.search(text) and not _ASKING.match(text) and (len(text) > 22 or "，" in text or _SPOKEN.search(text)):
        return False
    if not has_han(text):
        return not is_final(text) and text[0].isupper() and text[0] not in "“\"'"
    return not (is_label(text) and _is_value(text))


def _is_value(text: str) -> bool:
    """Whether what stands behind a colon is a name, a number, a few words: not the clause of a heading."""
    found = _VALUE.search(text)
    return found is not None and (len(found["value"]) < 6 or any(map(str.isdigit, found["value"])))
