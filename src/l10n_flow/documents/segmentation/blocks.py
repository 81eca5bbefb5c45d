"""From the passages of a file to its blocks and units: breaks repaired, kinds recognised, overrides obeyed."""

from __future__ import annotations

import re
from collections.abc import Iterator, Sequence

from l10n_flow.documents.segmentation import apply, captions
from l10n_flow.documents.segmentation.apply import Draft
from l10n_flow.documents.segmentation.flow import BLANKS, Passage, connect
from l10n_flow.documents.segmentation.kinds import recognise as kinds_of
from l10n_flow.documents.segmentation.markers import MARKER, is_prose
from l10n_flow.documents.segmentation.overrides import Override
from l10n_flow.documents.segmentation.sentences import split_sentences
from l10n_flow.model import Block, BlockKind, Notice, NoticeKind, Role, Unit

_LINES = frozenset({BlockKind.TITLE, BlockKind.BYLINE, BlockKind.DATELINE, BlockKind.HEADING})
# A paragraph cannot end in one of these words; measured: no false one in 64,967 pairs of paragraphs.
_DANGLING = re.compile(r"[和與与及或的在為为將将把對对以由於于]\Z")
# Where a page ends in between, a comma does not end it either.
_DANGLING_AT_PAGE = re.compile(rf"{_DANGLING.pattern}|[，、]\Z")
# What a paragraph does end in, a lead-in to a list or a quotation included.
_ENDED = re.compile(r"[。！？｡!?.…：:；;~～—」』”’）》】〕\"')\]]\Z")
# How the last but one item of a legal list ends, marked or not.
_ITEM_ENDED = re.compile(r"[；;﹔]\s*(?:以?及|或|和|與|与)\Z")
_LONG = 40


def segment(
    text: str, passages: Sequence[Passage], *, unit: str, overrides: Sequence[Override]
) -> tuple[tuple[Block, ...], str, tuple[Notice, ...]]:
    """Make blocks of passages.

    Args:
        text: the decoded file.
        passages: its paragraphs, in order.
        unit: ``sentence`` or ``paragraph``.
        overrides: what the author says of this document.

    Returns:
        The blocks, the skeleton after the last one, the notices by line.
    """
    notices: list[Notice] = []
    passages = apply.rejoin(passages, text, overrides, notices)
    passages = apply.resplit(passages, overrides, notices)
    kinds = kinds_of(passages)
    repaired = _repair(text, passages, kinds, notices)
    if len(repaired) < len(passages):
        passages, kinds = repaired, kinds_of(repaired)
    drafts = [Draft(passage, kind) for passage, kind in zip(passages, kinds, strict=True)]
    drafts = apply.rename(drafts, overrides, notices)
    for draft in drafts:
        draft.spans = list(_spans(draft.kind, draft.passage.text))
        draft.contexts = [None] * len(draft.spans)
    apply.regroup(drafts, overrides, notices)
    blocks = tuple(_blocks(text, drafts, whole=unit == "paragraph"))
    tail = drafts[-1].passage.moved + text[drafts[-1].passage.end :] if drafts else text
    return blocks, tail, tuple(sorted(notices, key=lambda notice: notice.line))


def _spans(kind: BlockKind, text: str) -> Iterator[tuple[int, int, Role]]:
    """The units of a block as spans of its text, blanks between them left out."""
    if kind in _LINES:
        yield 0, len(text), Role.LINE
        return
    credit = captions.credit_start(text) if kind is BlockKind.CAPTION else None
    end = len(text) if credit is None else credit
    position = 0
    pending: tuple[int, int, Role] | None = None
    for piece in split_sentences(text[:end]):
        stop = position + len(piece.rstrip(BLANKS))
        if pending and not (len(piece) > 12 or any(map(str.isalnum, piece))):
            pending = (pending[0], stop, Role.SENTENCE)  # a lonely mark is no sentence
        else:
            if pending:
                yield pending
            pending = (position + len(piece) - len(piece.lstrip(BLANKS)), stop, Role.SENTENCE)
        position += len(piece)
    if pending:
        yield pending
    if credit is not None:
        yield credit, len(text), Role.CREDIT


def _blocks(text: str, drafts: Sequence[Draft], *, whole: bool) -> Iterator[Block]:
    position, moved = 0, ""
    for draft in drafts:
        passage, before = draft.passage, moved + text[position : draft.passage.start]
        units = tuple(_units(draft))
        sentences: tuple[str, ...] = ()
        if whole:
            sentences = tuple(unit.text for unit in units)
            role = Role.LINE if draft.kind in _LINES else Role.SENTENCE
            context = next((context for context in draft.contexts if context is not None), None)
            units = (Unit(passage.text, role, passage.raw(0, len(passage.text)), "", context),)
        yield Block(draft.kind, tuple(sorted(set(passage.lines))), units, before, sentences)
        position, moved = passage.end, passage.moved


def _units(draft: Draft) -> Iterator[Unit]:
    passage, spans = draft.passage, draft.spans
    for index, ((start, end, role), context) in enumerate(zip(spans, draft.contexts, strict=True)):
        gap = passage.gap(end, spans[index + 1][0]) if index + 1 < len(spans) else ""
        yield Unit(passage.text[start:end], role, passage.raw(start, end), gap, context)


def _repair(text: str, passages: Sequence[Passage], kinds: Sequence[BlockKind], notices: list[Notice]) -> list[Passage]:
    """Join what was surely one paragraph, and report what may have been."""
    groups: list[list[Passage]] = []
    for index, passage in enumerate(passages):
        if index and _is_cut(passages[index - 1], kinds[index - 1], passage, kinds[index]):
            before = passages[index - 1]
            between = text[before.end : passage.start].strip(BLANKS + "\r\n")
            page = any(map(str.isalnum, between))  # an alphanumeric line between two passages is page furniture
            sure = (_DANGLING_AT_PAGE if page else _DANGLING).search(before.text) and (page or not between)
            notices.append(_notice_of_break(before, passage, repaired=bool(sure)))
            if sure:
                groups[-1].append(passage)
                continue
        groups.append([passage])
    return [group[0] if len(group) == 1 else connect(group, text, repair=True) for group in groups]


def _is_cut(before: Passage, before_kind: BlockKind, after: Passage, after_kind: BlockKind) -> bool:
    text = before.text
    return (
        before_kind is BlockKind.PARAGRAPH
        and after_kind is BlockKind.PARAGRAPH
        and len(text) > _LONG
        and "。" in text
        and _ENDED.search(text[-1]) is None
        and not captions.ends_in_credit(text)
        and not (_ITEM_ENDED.search(text) or MARKER.match(after.text))
        and is_prose(after.text)
    )


def _notice_of_break(before: Passage, after: Passage, *, repaired: bool) -> Notice:
    line, tail, head = before.lines[-1], before.text[-8:], after.text[:8]
    if repaired:
        message = f"the paragraph broken after 「…{tail}」 is joined with 「{head}…」 on line {after.lines[0]}"
        return Notice(NoticeKind.REPAIRED_BREAK, line, message)
    message = (
        f"the paragraph ends without a full stop after 「…{tail}」 and 「{head}…」 follows on line {after.lines[0]}; "
        'if they are one, mend the source or add an override with join = "next"'
    )
    return Notice(NoticeKind.SUSPICIOUS_BREAK, line, message)
