"""The kind of a block by its own text: cues in plain texts of newsrooms, as ordered data.

``docs/segmentation.md`` has their sources and their measured accuracy. Each is for Traditional and Simplified Chinese.
"""

from __future__ import annotations

import re
from dataclasses import dataclass

from l10n_flow.documents.segmentation import captions
from l10n_flow.documents.segmentation.markers import CITED, LIST_MARKER
from l10n_flow.documents.segmentation.names import SURNAME
from l10n_flow.model import BlockKind

_ROLE = (
    r"(?:本報|本报|本刊|特約|特约|實習|实习)?(?:記者|记者|撰文|撰稿|作者|編輯|编辑|責任編輯|责任编辑|採訪|采访|整理|採訪整理|采访整理|翻譯|翻译"
    r"|譯者|译者|編譯|编译"
    r"|攝影|摄影|文[字、／/&]?[圖图]?|[圖图][文、／/&]?文?|博客)"
)


@dataclass(frozen=True, slots=True)
class Cue:
    """A block of at most ``length`` characters that ``pattern`` matches from its beginning is of this kind."""

    kind: BlockKind
    length: int
    pattern: re.Pattern[str]


#: The cues in order: the first that matches decides.
CUES = (
    Cue(BlockKind.NOTE, 2000, re.compile(r"[（(【\[]?\s*(?:[編编]者按|[編编]按|按)[語语]?\s*[：:︰]")),
    Cue(
        BlockKind.NOTE,
        2000,
        re.compile(r"[（(【\[※*]?\s*(?:[註注]|附[註注]|[備备][註注]|[註注][釋释])\s*\d{0,2}\s*[：:︰]"),
    ),
    Cue(BlockKind.NOTE, 2000, re.compile(rf"(?:{CITED.pattern})\s*\S")),
    Cue(BlockKind.BYLINE, 80, re.compile(rf"[【\[（(]\s*{_ROLE}\s*[：:︰／/|｜][^【】。]*[】\])）]\Z")),
    Cue(BlockKind.BYLINE, 60, re.compile(rf"{_ROLE}\s*[：:︰|｜／/]\s?[^。！？?；]{{1,50}}\Z")),
    Cue(
        BlockKind.BYLINE,
        30,
        re.compile(
            r"(?:本報|本报|本刊|特約|特约|實習|实习)?[記记]者(?:\s+|(?="
            + SURNAME
            + r"))[\u3400-\u9fff·]{2,4}(?:[、\s]+[\u3400-\u9fff·]{2,4})*\Z"
        ),
    ),
    Cue(BlockKind.BYLINE, 30, re.compile(r"[\u3400-\u9fff]{2,4}[\s／/|｜]+(?:報道|报道|報導|撰文|文|圖|图|整理)\Z")),
    Cue(
        BlockKind.BYLINE,
        60,
        re.compile(r"[Bb]y:?\s+[A-Z][\w.'’-]*(?:(?:\s+|,\s|\s?&\s?)(?:[A-Z][\w.'’-]*|and|of|de|van))*\Z"),
    ),
    Cue(BlockKind.DATELINE, 40, re.compile(r"[【\[（(][^。，]{0,20}[電电訊讯][】\])）]\Z")),
    Cue(BlockKind.DATELINE, 60, re.compile(r"[^。，]{0,20}\d{1,2}日專?[電电訊讯](?:\s*[題题][：:].{1,30})?\Z")),
    Cue(
        BlockKind.DATELINE,
        40,
        re.compile(
            r"\d{4}(?:年\d{1,2}月\d{1,2}日|(?P<sign>[-/.])\d{1,2}(?P=sign)\d{1,2})(?:[\s星期周日一二三四五六()（）\d:時时分]*)\Z"
        ),
    ),
)
_LONGEST = max(cue.length for cue in CUES)
#: Matches if a cue matches, whatever the length: nearly no text does.
_ANY_CUE = re.compile("|".join(f"(?:{cue.pattern.pattern})" for cue in CUES))


def by_cue(text: str, *, first: bool = False, alone: bool = True) -> BlockKind | None:
    """Return the kind of a block by its text, or None.

    Args:
        text: the text of the block.
        first: whether the document begins with it.
        alone: whether there are blank lines around it.
    """
    if len(text) <= _LONGEST and _ANY_CUE.match(text):
        for cue in CUES:
            if len(text) <= cue.length and cue.pattern.match(text):
                return cue.kind
    if captions.is_caption(text, first=first, alone=alone):
        return BlockKind.CAPTION
    return BlockKind.LIST_ITEM if LIST_MARKER.match(text) else None


def names_its_kind(text: str) -> bool:
    """Whether a line by its text is a byline, a dateline, a caption or a note."""
    return by_cue(text, alone=False) not in {None, BlockKind.LIST_ITEM}


def names_its_writer(text: str) -> bool:
    """Whether a line by its text is a byline or a dateline."""
    return by_cue(text, alone=False) in {BlockKind.BYLINE, BlockKind.DATELINE}
