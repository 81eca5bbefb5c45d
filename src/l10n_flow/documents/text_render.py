"""From a plain text and its translations back to the text of a file."""

from __future__ import annotations

import re
from collections.abc import Sequence
from dataclasses import dataclass
from itertools import pairwise

from l10n_flow.documents.segmentation.flow import BLANKS, joint_of
from l10n_flow.model import Block, Document, Unit
from l10n_flow.scripts import writes_spaces

_BLANK = BLANKS + "\r\n"
_BREAK = re.compile(r"\r\n|\r|\n")
_BREAKS = re.compile(r"[\r\n]+")
_HEAD = re.compile(rf"(?:[{re.escape(BLANKS)}]*(?:\r\n|\r|\n))*")
_OPENERS = "（([［「『“‘《〈【〔{"
_ENDED = re.compile(r"[。！？｡!?.…；;：:][」』”’）》】\"')\]]*\Z")


@dataclass(frozen=True, slots=True)
class _Piece:
    """What was written of a block or a unit, and whether its beginning and its end are as in the source."""

    text: str
    begins: bool
    ends: bool


def render(document: Document, targets: Sequence[str | None], *, locale: str) -> str:
    """Write a document with translations in place of its units.

    Args:
        document: as parsed.
        targets: one text for each of ``document.units()``; None or an empty text leaves the unit out.
        locale: the locale of the targets; it decides what stands between sentences.

    Returns:
        The text of the file, without a byte order mark.
    """
    parts: list[str] = []
    head = _head(document.blocks[0].before) if document.blocks else ""
    last: _Piece | None = None
    skipped: str | None = None  # the skeleton before the blocks that were left out since the last one written
    position = 0
    for block in document.blocks:
        piece = _block(block, targets[position : position + len(block.units)], locale)
        position += len(block.units)
        before = block.before if skipped is None else _after_skipped(skipped, block.before)
        if piece is None:
            skipped = before
            continue
        if last is None and skipped is not None:
            before = head + before[len(_head(before)) :]
        elif last is not None and _is_cut_off(before):
            before = _between(last, piece, before, locale, adjacent=skipped is None)
        parts += [before, piece.text]
        last, skipped = piece, None
    return "".join([*parts, (skipped or "").rstrip(_BLANK), document.tail])


def _head(before: str) -> str:
    """The blank lines that a piece of skeleton begins with."""
    found = _HEAD.match(before)
    return found[0] if found else ""


def _after_skipped(skipped: str, before: str) -> str:
    """The skeleton of a block after one that was left out, with what is not blank of that one's."""
    if _is_column(skipped) or _is_column(before):
        return skipped + before  # the other cells of a row stay in their columns
    if _BREAKS.search(before) is None:
        return skipped + before.strip(BLANKS)
    kept = skipped.rstrip(_BLANK)
    ends = _BREAK.findall(skipped[len(kept) :])
    if len(ends) > len(_BREAK.findall(before)) == 1:  # the first line of several: the blank line above them stays
        return kept + "".join(ends) + before[_BREAK.search(before).end() :]  # type: ignore[union-attr]  # there is one
    return kept + before


def _is_column(before: str) -> bool:
    """Whether a piece of skeleton parts the cells of a row, not lines, nor sentences."""
    return _BREAKS.search(before) is None and ("\t" in before or len(before) > 1)


def _is_cut_off(before: str) -> bool:
    """Whether a block was cut off by an override on the same line."""
    return not before.strip(BLANKS) and not _is_column(before)


def _block(block: Block, targets: Sequence[str | None], locale: str) -> _Piece | None:
    parts: list[str] = []
    first: _Piece | None = None
    last: _Piece | None = None
    gap: str | None = None  # of the unit just before, None when that one was left out
    for unit, target in zip(block.units, targets, strict=True):
        if not target:
            gap = None
            continue
        piece = _unit(unit, target, locale)
        if last is not None:
            parts.append(_between(last, piece, gap or "", locale, adjacent=gap is not None))
        parts.append(piece.text)
        first, last, gap = first or piece, piece, unit.gap
    if first is None or last is None:
        return None
    return _Piece("".join(parts), first.begins, last.ends)


def _unit(unit: Unit, target: str, locale: str) -> _Piece:
    before, found, after = target.partition(unit.text)
    if not found:
        return _Piece(_on_one_line(target, locale), begins=False, ends=False)
    return _Piece(_on_one_line(before, locale) + unit.raw + _on_one_line(after, locale), begins=True, ends=True)


def _on_one_line(text: str, locale: str) -> str:
    """A text without line breaks, which would make new blocks of it."""
    if _BREAKS.search(text) is None:
        return text
    lines = [line for part in _BREAKS.split(text) if (line := part.strip(BLANKS))]
    result = lines[:1]
    for left, right in pairwise(lines):
        result += [" " if writes_spaces(locale) else joint_of(left, right), right]
    return "".join(result)


def _between(left: _Piece, right: _Piece, gap: str, locale: str, *, adjacent: bool) -> str:
    """What stands between two units of a block."""
    if adjacent and left.ends and right.begins:
        return gap
    if writes_spaces(locale):
        return "" if left.text.endswith(tuple(_OPENERS)) else " "
    if gap and not _BREAKS.search(gap) and ("\u3000" in gap or not _ENDED.search(left.text[-12:])):
        return gap  # the space itself says something: 「…展示區　何君健攝」
    return joint_of(left.text, right.text)
