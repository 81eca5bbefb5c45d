"""Writing a plain text with its translations."""

from __future__ import annotations

import re
from collections.abc import Sequence

from l10n_flow.documents.joining import Piece, between_pieces, block_piece, unit_piece
from l10n_flow.documents.segmentation.flow import BLANKS
from l10n_flow.model import Block, Document, Unit

_BLANK = BLANKS + "\r\n"
_BREAK = re.compile(r"\r\n|\r|\n")
_BREAKS = re.compile(r"[\r\n]+")
_HEAD = re.compile(rf"(?:[{re.escape(BLANKS)}]*(?:\r\n|\r|\n))*")


def render(document: Document, targets: Sequence[str | None], *, locale: str) -> str:
    """Write a document with translations in place of its units.

    Args:
        document: the parsed document.
        targets: one text for each of ``document.units()``; None or an empty text leaves the unit out.
        locale: the locale of the targets; it decides the text between sentences.

    Returns:
        The text of the file, without a byte order mark.
    """
    parts: list[str] = []
    head = _head(document.blocks[0].before) if document.blocks else ""
    last: Piece | None = None
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
            before = between_pieces(last, piece, before, locale, adjacent=skipped is None)
        parts += [before, piece.text]
        last, skipped = piece, None
    return "".join([*parts, (skipped or "").rstrip(_BLANK), document.tail])


def _head(before: str) -> str:
    """Return the blank lines at the beginning of a piece of skeleton."""
    found = _HEAD.match(before)
    return found[0] if found else ""


def _after_skipped(skipped: str, before: str) -> str:
    """Return the skeleton of a block after one that was left out, with the text of the left-out one's skeleton."""
    if _is_column(skipped) or _is_column(before):
        return skipped + before  # the other cells of a row remain in their columns
    if _BREAKS.search(before) is None:
        return skipped + before.strip(BLANKS)
    kept = skipped.rstrip(_BLANK)
    ends = _BREAK.findall(skipped[len(kept) :])
    if len(ends) > len(_BREAK.findall(before)) == 1:  # the first line of several: the blank line above remains
        return kept + "".join(ends) + before[_BREAK.search(before).end() :]  # type: ignore[union-attr]  # there is one
    return kept + before


def _is_column(before: str) -> bool:
    """Whether a piece of skeleton separates the cells of a row, not lines or sentences."""
    return _BREAKS.search(before) is None and ("\t" in before or len(before) > 1)


def _is_cut_off(before: str) -> bool:
    """Whether an override split a block on the same line."""
    return not before.strip(BLANKS) and not _is_column(before)


def _block(block: Block, targets: Sequence[str | None], locale: str) -> Piece | None:
    def write(unit: Unit, target: str, _: bool) -> Piece:  # noqa: FBT001 - ``block_piece`` calls it
        return unit_piece(unit, target, locale)

    return block_piece(block, targets, locale, write)
