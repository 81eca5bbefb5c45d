"""Repair paragraphs that a page or an editor has cut in two, and report the breaks that may be such."""

from __future__ import annotations

import re
from collections.abc import Sequence

from l10n_flow import graphemes
from l10n_flow.documents.segmentation import captions
from l10n_flow.documents.segmentation.flow import BLANKS, Passage, columns, merged
from l10n_flow.documents.segmentation.markers import MARKER, is_prose
from l10n_flow.model import BlockKind, Notice, NoticeKind

# A paragraph cannot end in one of these words; measured: no false one in 64,967 pairs of paragraphs.
_DANGLING = re.compile(r"[和與与及或的在為为將将把對对以由於于]\Z")
# Where a page ends in between, a comma does not end it either.
_DANGLING_AT_PAGE = re.compile(rf"{_DANGLING.pattern}|[，、]\Z")
# The ends of a paragraph, including the introduction of a list or a quotation.
_ENDED = re.compile(r"[。！？｡!?.…⋯：:；;~～—」』｣”’）》〉】〕\"')\]|＿_]\Z|[。！？」）][*＊]\Z")
# The end of the last but one item of a legal list, with or without a mark.
_ITEM_ENDED = re.compile(r"[；;﹔]\s*(?:以?及|或|和|與|与)\Z")
_LONG = 40
# A line that ends in a word, and where one ends.
_CUT_OFF = re.compile(r"\w")
_LINE_ENDS = re.compile(r"\r\n|\r|\n")
_WRAPPED = frozenset({BlockKind.PARAGRAPH, BlockKind.LIST_ITEM})


def repair(text: str, passages: list[Passage], kinds: Sequence[BlockKind], notices: list[Notice]) -> list[Passage]:
    """Join passages that were surely one paragraph, and report those that may have been."""
    joined = []
    for index in range(1, len(passages)):
        before, passage = passages[index - 1], passages[index]
        if _is_cut(text, before, kinds[index - 1], passage, kinds[index]):
            between = text[before.end : passage.start].strip(BLANKS + "\r\n")
            sure = _is_surely_cut(before.text, between) or _is_cut_by_page(text, before, passage)
            notices.append(_notice_of_break(before, passage, repaired=sure))
            if sure:
                joined.append(index)
    return merged(passages, joined, text)


def _is_surely_cut(before: str, between: str) -> bool:
    if any(map(str.isalnum, between)) and "\t" not in between:  # a line of words in between is page furniture
        return _DANGLING_AT_PAGE.search(before) is not None
    return not between and _DANGLING.search(before) is not None


def _is_cut_by_page(file: str, before: Passage, after: Passage) -> bool:
    """Whether a page of hard-wrapped text ends in mid-sentence: the last line is full, and the next is not indented."""
    between = file[before.end : after.start]
    if len(before.lines) < 2 or not _CUT_OFF.search(before.text[-1:]) or not any(map(str.isalnum, between)):
        return False
    lines = _LINE_ENDS.split(file[before.start : before.end])
    indent = re.split(r"[\r\n\f]", between)[-1]
    *others, last = (columns(line.strip(BLANKS)) for line in lines)
    return not indent and last + 2 >= max(others)


def _is_cut(file: str, before: Passage, before_kind: BlockKind, after: Passage, after_kind: BlockKind) -> bool:
    text = before.text
    if before_kind in _WRAPPED and after_kind is BlockKind.PARAGRAPH and _is_cut_by_page(file, before, after):
        return not MARKER.match(after.text)
    return (
        before_kind is BlockKind.PARAGRAPH
        and after_kind is BlockKind.PARAGRAPH
        and len(text) > _LONG
        and "。" in text
        and _ENDED.search(text[-2:]) is None
        and not captions.ends_in_credit(text)
        and not (_ITEM_ENDED.search(text) or MARKER.match(after.text))
        and is_prose(after.text)
    )


def _notice_of_break(before: Passage, after: Passage, *, repaired: bool) -> Notice:
    line, tail, head = before.lines[-1], graphemes.ending(before.text, 8), graphemes.beginning(after.text, 8)
    if repaired:
        message = f"the paragraph broken after 「…{tail}」 is joined with 「{head}…」 on line {after.lines[0]}"
        return Notice(NoticeKind.REPAIRED_BREAK, line, message)
    message = (
        f"the paragraph ends without a full stop after 「…{tail}」 and 「{head}…」 follows on line {after.lines[0]}; "
        'if they are one, mend the source or add an override with join = "next"'
    )
    return Notice(NoticeKind.SUSPICIOUS_BREAK, line, message)
