"""Making blocks and units of the passages of a file: kinds are recognised, overrides applied, breaks repaired.

``segment`` does this for plain text, ``assemble`` for formats with markup.
"""

from __future__ import annotations

import re
from collections.abc import Iterable, Iterator, Sequence
from sys import intern
from typing import NamedTuple

from l10n_flow import graphemes
from l10n_flow.documents.segmentation import apply, captions
from l10n_flow.documents.segmentation.apply import Draft
from l10n_flow.documents.segmentation.flow import BLANKS, Passage, columns, merged
from l10n_flow.documents.segmentation.kinds import kind_of_marked
from l10n_flow.documents.segmentation.kinds import recognise as kinds_of
from l10n_flow.documents.segmentation.markers import MARKER, is_prose
from l10n_flow.documents.segmentation.overrides import Override
from l10n_flow.documents.segmentation.sentences import may_end, split_marked, split_sentences
from l10n_flow.inline import CodeKind, InlineCode, Plain, Stretches
from l10n_flow.model import Block, BlockKind, Kept, Notice, NoticeKind, Role, Span, Unit

_LINES = frozenset({BlockKind.TITLE, BlockKind.BYLINE, BlockKind.DATELINE, BlockKind.HEADING})
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
#: The characters that never begin or end a unit.
_AROUND = BLANKS + "\r\n"


class Segmented(NamedTuple):
    """The result for the text of a file.

    Attributes:
        blocks: the blocks in order.
        tail: the skeleton after the last block.
        notices: the notices in the order of lines.
        kept: the spans of untranslated texts in the skeleton.
    """

    blocks: tuple[Block, ...]
    tail: str
    notices: tuple[Notice, ...]
    kept: tuple[Kept, ...]


def segment(
    text: str,
    passages: list[Passage],
    *,
    unit: str,
    overrides: Sequence[Override],
) -> Segmented:
    """Make blocks of passages.

    Args:
        text: the decoded file.
        passages: its paragraphs, in order; the list is emptied.
        unit: ``sentence`` or ``paragraph``.
        overrides: the author's overrides for this document.

    Returns:
        The blocks and the text around them.
    """
    notices: list[Notice] = []
    kept: list[Span] = []
    passages = apply.rejoin(passages, text, overrides, notices)
    passages = apply.resplit(passages, overrides, notices)
    kinds = kinds_of(passages)
    repaired = _repair(text, passages, kinds, notices)
    if len(repaired) < len(passages):
        passages, kinds = repaired, kinds_of(repaired)
    del repaired
    drafts = _drafts(passages, kinds)
    if overrides:
        drafts = iter(_overridden(drafts, overrides, notices, kept))
    return _segmented(text, drafts, kept, notices, whole=unit == "paragraph")


def assemble(
    text: str, found: Iterable[tuple[Passage, BlockKind]], *, unit: str, overrides: Sequence[Override]
) -> Segmented:
    """Make blocks of the passages of a format whose markup has their borders and kinds.

    A paragraph whose text is a byline, a dateline, a caption or a note gets this kind. Units are balanced: there is no
    split inside a pair of inline codes.

    Args:
        text: the decoded file.
        found: the passages in order, each with its inline codes, and the kind by the markup; without overrides they
            are read one by one and not stored.
        unit: ``sentence`` or ``paragraph``.
        overrides: the author's overrides for this document; they cannot join two blocks here.

    Returns:
        The blocks, one for each passage if there are no overrides, and the text around them.
    """
    notices: list[Notice] = []
    kept: list[Span] = []
    if overrides:
        pairs = list(found)
        passages, kinds = [passage for passage, _ in pairs], [kind for _, kind in pairs]
        found = zip(*apply.resplit_marked(passages, kinds, overrides, notices), strict=True)
    drafts: Iterator[Draft] = (_draft(passage, kind_of_marked(passage, kind)) for passage, kind in found)
    if overrides:
        drafts = iter(_overridden(drafts, overrides, notices, kept))
    return _segmented(text, drafts, kept, notices, whole=unit == "paragraph")


def _drafts(passages: list[Passage], kinds: Sequence[BlockKind]) -> Iterator[Draft]:
    """Yield the drafts of blocks one by one; a passage is released when its block is made."""
    passages.reverse()
    for kind in kinds:
        yield _draft(passages.pop(), kind)


def _draft(passage: Passage, kind: BlockKind) -> Draft:
    return Draft(passage, kind, _spans(kind, passage))


def _overridden(
    drafts: Iterator[Draft], overrides: Sequence[Override], notices: list[Notice], kept: list[Span]
) -> list[Draft]:
    renamed = apply.rename(list(drafts), overrides, notices, kept)
    for draft in renamed:
        draft.spans = _spans(draft.kind, draft.passage)
        draft.contexts = [None] * len(draft.spans)
        draft.copies = [None] * len(draft.spans)
    apply.regroup(renamed, overrides, notices)
    return renamed


def _spans(kind: BlockKind, passage: Passage) -> list[tuple[int, int, Role]]:
    """Return the units of a block as spans of its text, without the blanks between them."""
    text = passage.text
    if kind in _LINES:
        return [(0, len(text), Role.LINE)]
    if passage.whole:
        return [(0, len(text), Role.SENTENCE)]
    if kind is BlockKind.CAPTION or may_end(text) or any(map(_may_cut, passage.codes)):
        return list(_cut(kind, passage))
    core = text.strip(_AROUND)
    start = text.index(core)
    return [(start, start + len(core), Role.SENTENCE)] if core else []


def _may_cut(code: InlineCode) -> bool:
    return code.kind is CodeKind.BREAK or (code.text != "" and may_end(code.text) is not None)


def _cut(kind: BlockKind, passage: Passage) -> Iterator[tuple[int, int, Role]]:
    """Yield the units of a block of several sentences, or of a caption with its credit."""
    text = passage.text
    credit = _credit(passage) if kind is BlockKind.CAPTION else None
    end = len(text) if credit is None else credit
    position = 0
    pending: tuple[int, int, Role] | None = None
    breaks = {code.end: code.end - code.start for code in passage.codes if code.kind is CodeKind.BREAK}
    for piece in split_marked(text[:end], passage.codes) if passage.codes else split_sentences(text[:end]):
        forced = breaks.get(position + len(piece), 0)  # a forced line break is between units
        stop = position + len(piece[: len(piece) - forced].rstrip(_AROUND))
        if not piece[: len(piece) - forced].strip(_AROUND):  # only blanks between two breaks
            position += len(piece)
            continue
        if pending and not (len(piece) > 12 or any(map(str.isalnum, piece))):
            pending = (pending[0], stop, Role.SENTENCE)  # a mark alone is not a sentence
        elif pending and pending[0] == 0 and MARKER.fullmatch(text[: pending[1]]):
            pending = (0, stop, Role.SENTENCE)  # nor is the mark of an item
        else:
            if pending:
                yield pending
            pending = (position + len(piece) - len(piece.lstrip(_AROUND)), stop, Role.SENTENCE)
        position += len(piece)
    if pending:
        yield pending
    if credit is not None:
        yield credit, len(text), Role.CREDIT


def _credit(passage: Passage) -> int | None:
    """Return the start of the credit of a caption; None without one, or if it begins inside a pair of codes."""
    if not passage.codes:
        return captions.credit_start(passage.text)
    plain = Plain(passage.text, passage.codes)
    found = captions.credit_start(plain.text)
    if found is None:
        return None
    start = plain.before(found) if found else 0
    return None if start in Stretches(passage.codes) else start


def _segmented(
    text: str, drafts: Iterator[Draft], kept: Sequence[Span], notices: Sequence[Notice], *, whole: bool
) -> Segmented:
    blocks: list[Block] = []
    places: list[Kept] = []
    position, moved = 0, ""
    same: dict[str, str] = {}
    for draft in drafts:
        passage = draft.passage
        before = moved + text[position : passage.start]
        if len(before) < 64:  # nearly all are short: one copy of each is enough
            before = same.setdefault(before, before)
        if kept:
            places += _places(kept, len(blocks), position, passage.start, len(moved))
        blocks.append(_block(draft, before, whole=whole))
        position, moved = passage.end, passage.moved
    places += _places(kept, len(blocks), position, len(text), len(moved))
    by_line = tuple(sorted(notices, key=lambda notice: notice.line))
    return Segmented(tuple(blocks), moved + text[position:], by_line, tuple(places))


def _places(kept: Sequence[Span], number: int, start: int, end: int, shift: int) -> Iterator[Kept]:
    """Yield the kept spans of a part of the file, relative to the skeleton before a block."""
    for each in kept:
        if start <= each.start and each.end <= end:
            yield Kept(number, each.start - start + shift, each.end - start + shift)


def _block(draft: Draft, before: str, *, whole: bool) -> Block:
    passage = draft.passage
    units = tuple(_units(draft))
    sentences: tuple[str, ...] = ()
    if whole:
        sentences = tuple(unit.text for unit in units)
        role = Role.LINE if draft.kind in _LINES else Role.SENTENCE
        context = next((context for context in draft.contexts if context is not None), None)
        copy = next((copy for copy in draft.copies if copy is not None), None)
        units = (Unit(passage.text, role, passage.raw(0, len(passage.text)), "", context, copy),)
    lines = passage.lines if len(passage.lines) == 1 else tuple(sorted(set(passage.lines)))
    return Block(draft.kind, lines, units, before, sentences, passage.form)


def _units(draft: Draft) -> Iterator[Unit]:
    passage, spans = draft.passage, draft.spans
    for index, (start, end, role) in enumerate(spans):
        text = passage.text[start:end]
        if len(text) < 4:  # numbers, names of columns: one copy of each is enough
            text = intern(text)
        raw = passage.raw(start, end) if passage.joins else text
        gap = passage.gap(end, spans[index + 1][0]) if index + 1 < len(spans) else ""
        if draft.contexts:
            yield Unit(text, role, raw, gap, draft.contexts[index], draft.copies[index])
        else:
            yield Unit(text, role, raw, gap)


def _repair(text: str, passages: list[Passage], kinds: Sequence[BlockKind], notices: list[Notice]) -> list[Passage]:
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
