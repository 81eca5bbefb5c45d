"""What a block is: the cues newsrooms leave in plain text, as ordered data, and the neighbours they need.

Where the cues come from and how often they are right is told in ``docs/segmentation.md``.
Each is written for Traditional and Simplified Chinese alike.
"""

from __future__ import annotations

import re
from collections.abc import Sequence
from dataclasses import dataclass

from l10n_flow.documents.segmentation.names import is_bare_name
from l10n_flow.model import BlockKind
from l10n_flow.scripts import has_han

_NUMERAL = "一二三四五六七八九十百"
_BULLET = r"[●•‧◆◇■□▪★☆※○◎►▶→➤✔✓🔸🔹🔺]|－(?!－)|[-–*+]\s"
_NUMBER = rf"[（(](?:[{_NUMERAL}]{{1,3}}|\d{{1,2}})[)）]|[①-⑳㈠-㈩]"
#: A line that begins like this begins a block, whatever stands above it.
STRONG_MARKER = re.compile(rf"{_BULLET}|{_NUMBER}|[▲△]|[問答问QqAa][：:︰]")
#: A wrapped sentence can go on like this too (三、四年): a block only where the line above has ended.
WEAK_MARKER = re.compile(rf"[{_NUMERAL}]{{1,3}}、|\d{{1,2}}(?:[.．](?!\d)|[、）)])")
#: Either of the two.
MARKER = re.compile(rf"{STRONG_MARKER.pattern}|{WEAK_MARKER.pattern}")
_BULLETED = re.compile(_BULLET)
_LIST_MARKER = re.compile(rf"{_BULLET}|{_NUMBER}|{WEAK_MARKER.pattern}")

FINAL = re.compile(r"[。！？｡!?.…][」』”’）》】\"')\]]*\Z")
UNFINISHED = re.compile(r"[，、；：,;:—]\Z")

_ROLE = (
    r"(?:本報|本报|本刊|特約|特约|實習|实习)?(?:記者|记者|撰文|撰稿|作者|編輯|编辑|責任編輯|责任编辑|採訪|采访|整理|採訪整理|采访整理|翻譯|翻译"
    r"|譯者|译者|編譯|编译"
    r"|攝影|摄影|文[字、／/&]?[圖图]?|[圖图][文、／/&]?文?|博客)"
)
_LABEL = (
    r"(?:(?:資料|资料|網絡|网络|網上|网上)?(?:圖片|图片|照片|相片|圖|图)(?:來源|来源|提供)?"
    r"|攝影|摄影|圖源|图源|Photos?(?: by)?)[：:︰／/]"
    r"\s?[^。！？，；]{1,30}"
)
_GIVEN = (
    r"(?:圖片|图片|照片|相片)均?由[^。！？，；]{1,25}提供|(?:資料|资料|網絡|网络|網上|网上)(?:圖片|图片|照片|圖|图)"
)
_NAME = r"[^。！？!?，,；;：:\s（）()【】]"
_SURE = rf"{_LABEL}|{_GIVEN}|{_NAME}{{2,25}}(?:攝|摄|攝影|摄影|供圖|供图|製圖|制图|社圖片|社图片|[資资]料[圖图照]片?)"
_LIKELY = (
    rf"{_SURE}|(?!本文|文章|[資资]料由){_NAME}{{1,25}}(?:提供|圖片|图片|照片|相片|截圖|截图|網圖|网图|翻攝|翻摄|圖|图)"
)
_CREDIT = re.compile(
    rf"(?:(?<=[。！？!?」』”）)])\s*(?P<after>{_LIKELY})|(?P<brackets>[（(【\[](?:{_LIKELY})[)）】\]])[。.]?|(?<=\s)(?P<spaced>{_SURE}))\Z"
)
_CREDIT_ALONE = re.compile(rf"(?:{_SURE}|[（(【\[](?:{_LIKELY})[)）】\]])\Z")
#: A caption with its credit is no longer; nearly all stay under 120 characters.
_CAPTION_LENGTH = 150
_CREDIT_LENGTH = 45


@dataclass(frozen=True, slots=True)
class Cue:
    """A block of at most ``length`` characters that ``pattern`` matches from its beginning is of this kind."""

    kind: BlockKind
    length: int
    pattern: re.Pattern[str]


#: In order: the first that fits decides.
CUES = (
    Cue(BlockKind.NOTE, 2000, re.compile(r"[（(【\[]?\s*(?:[編编]者按|[編编]按|按)[語语]?\s*[：:︰]")),
    Cue(
        BlockKind.NOTE,
        2000,
        re.compile(r"[（(【\[※*]?\s*(?:[註注]|附[註注]|[備备][註注]|[註注][釋释])\s*\d{0,2}\s*[：:︰]"),
    ),
    Cue(BlockKind.BYLINE, 80, re.compile(rf"[【\[（(]\s*{_ROLE}\s*[：:︰／/|｜][^【】。]*[】\])）]\Z")),
    Cue(BlockKind.BYLINE, 60, re.compile(rf"{_ROLE}\s*[：:︰|｜／/]\s?[^。！？；]{{1,50}}\Z")),
    Cue(
        BlockKind.BYLINE,
        30,
        re.compile(
            r"(?:本報|本报|本刊|特約|特约|實習|实习)?[記记]者\s*[\u3400-\u9fff·]{2,4}(?:[、\s]+[\u3400-\u9fff·]{2,4})*\Z"
        ),
    ),
    Cue(BlockKind.BYLINE, 30, re.compile(r"[\u3400-\u9fff]{2,4}[\s／/|｜]+(?:報道|报道|報導|撰文|文|圖|图|整理)\Z")),
    Cue(BlockKind.DATELINE, 40, re.compile(r"[【\[（(][^。，]{0,20}[電电訊讯][】\])）]\Z")),
    Cue(BlockKind.DATELINE, 60, re.compile(r"[^。，]{0,20}\d{1,2}日專?[電电訊讯](?:\s*[題题][：:].{1,30})?\Z")),
    Cue(
        BlockKind.DATELINE,
        40,
        re.compile(
            r"\d{4}(?:年\d{1,2}月\d{1,2}日|([-/.])\d{1,2}\1\d{1,2})(?:[\s星期周日一二三四五六()（）\d:時时分]*)\Z"
        ),
    ),
    Cue(
        BlockKind.CAPTION,
        _CAPTION_LENGTH,
        re.compile(
            rf"[▲△]|[上下左右本][圖图][：:為为]|[圖图][片說说明]{{0,3}}(?:[：:︰為为]|\s?[{_NUMERAL}\d]{{1,2}}[：:︰為为、\s])"
        ),
    ),
)


def recognise(texts: Sequence[str]) -> list[BlockKind]:
    """What each block of a document is, from its text and its neighbours'; Markdown and HTML know better themselves."""
    kinds: list[BlockKind] = []
    titled = in_body = False
    for index, text in enumerate(texts):
        kind = _by_cue(text, first=index == 0)
        if kind is None and not titled:
            titled = True
            kind = BlockKind.TITLE if _is_title(text) else None
        elif kind in {BlockKind.LIST_ITEM, BlockKind.NOTE}:
            titled = True
        if kind is BlockKind.BYLINE and in_body and credit_start(text) is not None:
            kind = BlockKind.CAPTION  # 「圖：…」 names the photographer at the top, one photo's source further down
        kinds.append(kind or _by_neighbours(texts, index, kinds))
        in_body = in_body or kinds[-1] is BlockKind.PARAGRAPH
    for index, kind in enumerate(kinds):
        if kind is BlockKind.LIST_ITEM and _is_numbered_heading(texts, index):
            kinds[index] = BlockKind.HEADING
    return kinds


def credit_start(text: str) -> int | None:
    """Where the photo credit of a caption begins, its brackets included; 0 for nothing else, None without."""
    if _CREDIT_ALONE.match(text):
        return 0
    low = max(0, len(text) - _CREDIT_LENGTH)
    found = _CREDIT.search(text, low)
    return None if found is None else max(found.start(name) for name in ("after", "brackets", "spaced"))


def names_its_kind(text: str) -> bool:
    """Whether a line shows by itself that it is a byline, a dateline, a caption or a note."""
    return _by_cue(text, first=False) not in {None, BlockKind.LIST_ITEM}


def is_prose(text: str) -> bool:
    """Whether a text reads as running sentences rather than as a title or a label."""
    return "。" in text or len(text) > (40 if has_han(text) else 100) or FINAL.search(text[-12:]) is not None


def _by_cue(text: str, *, first: bool) -> BlockKind | None:
    for cue in CUES:
        if len(text) <= cue.length and cue.pattern.match(text):
            return cue.kind
    if len(text) <= _CAPTION_LENGTH:
        start = credit_start(text)
        if start is not None and not (first and "。" not in text):
            return BlockKind.CAPTION
    return BlockKind.LIST_ITEM if _LIST_MARKER.match(text) else None


def _is_title(text: str) -> bool:
    if MARKER.match(text) or (text.endswith(".") and not text.endswith("..")):
        return False
    return len(text) <= (60 if has_han(text) else 160) and "。" not in text and UNFINISHED.search(text[-1:]) is None


def _by_neighbours(texts: Sequence[str], index: int, kinds: Sequence[BlockKind]) -> BlockKind:
    text = texts[index]
    before = kinds[-1] if kinds else None
    following = texts[index + 1] if index + 1 < len(texts) else ""
    if is_bare_name(text) and (before in {BlockKind.TITLE, BlockKind.BYLINE} or not is_prose(following)):
        return BlockKind.BYLINE
    return BlockKind.HEADING if _is_heading(text, texts[index + 1 : index + 4]) else BlockKind.PARAGRAPH


def _is_numbered_heading(texts: Sequence[str], index: int) -> bool:
    """「一、背景」 directly above prose, with no other item beside it."""
    around = [*texts[max(0, index - 1) : index], *texts[index + 1 : index + 2]]
    alone = not any(_LIST_MARKER.match(text) for text in around)
    return alone and not _BULLETED.match(texts[index]) and _is_heading(texts[index], texts[index + 1 : index + 2])


def _is_heading(text: str, following: Sequence[str]) -> bool:
    """Short, without the full stop of a sentence or a comma at its end, and prose follows (after a caption, say)."""
    if len(text) > (30 if has_han(text) else 90) or "。" in text or re.search(r"[.…，、；：,;:]\Z", text):
        return False
    return any(is_prose(other) for other in following)
