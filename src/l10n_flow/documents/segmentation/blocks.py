"""Making blocks and units of the passages of a file: kinds are recognised, overrides applied, breaks repaired.

``segment`` does this for plain text, ``assemble`` for formats with markup.
"""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Sequence
from sys import intern
from typing import NamedTuple

from l10n_flow.documents.segmentation import apply, captions
from l10n_flow.documents.segmentation.apply import Draft
from l10n_flow.documents.segmentation.breaks import repair
from l10n_flow.documents.segmentation.flow import BLANKS, Passage
from l10n_flow.documents.segmentation.kinds import kind_of_marked
from l10n_flow.documents.segmentation.kinds import recognise as kinds_of
from l10n_flow.documents.segmentation.markers import MARKER
from l10n_flow.documents.segmentation.overrides import Override
from l10n_flow.documents.segmentation.sentences import may_end, split_marked, split_sentences
from l10n_flow.inline import CodeKind, InlineCode, Plain, Stretches
from l10n_flow.model import Block, BlockKind, Kept, Notice, Role, Span, Unit

_LINES = frozenset({BlockKind.TITLE, BlockKind.BYLINE, BlockKind.DATELINE, BlockKind.HEADING})
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
    repaired = repair(text, passages, kinds, notices)
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
