"""Writing the units of a block: the text between them in a locale, and when the source's gap does not change."""

from __future__ import annotations

import re
from collections.abc import Callable, Sequence
from dataclasses import dataclass
from itertools import pairwise

from l10n_flow.documents.segmentation.flow import BLANKS, joint_of
from l10n_flow.model import Block, Unit
from l10n_flow.scripts import writes_spaces

_BREAKS = re.compile(r"[\r\n]+")
_OPENERS = "（([［「『“‘《〈【〔{"
_ENDED = re.compile(r"[。！？｡!?.…；;：:][」』”’）》】\"')\]]*\Z")


@dataclass(frozen=True, slots=True)
class Piece:
    """The written text of a block or a unit, and whether its beginning and its end are as in the source."""

    text: str
    begins: bool = False
    ends: bool = False


def block_piece(
    block: Block,
    targets: Sequence[str | None],
    locale: str,
    write: Callable[[Unit, str, bool], Piece],
    is_kept: Callable[[str], bool] = lambda _: False,
) -> Piece | None:
    """Return a block with translations in place of its units; None when all of them are left out.

    Args:
        block: the block.
        targets: a text for each unit; None or "" leaves it out.
        locale: the locale of the targets.
        write: writes one unit; it gets the unit, its target, and whether it is the first of the block or of a line.
        is_kept: whether a gap of the source is structure, and does not change, whatever is beside it.
    """
    parts: list[str] = []
    first: Piece | None = None
    last: Piece | None = None
    gap: str | None = None  # the gap of the unit before; None when that unit was left out
    for unit, target in zip(block.units, targets, strict=True):
        if not target:
            gap = None
            continue
        stays = gap is not None and is_kept(gap)
        piece = write(unit, target, first is None or stays)
        if last is not None:
            between = gap if stays and gap else between_pieces(last, piece, gap or "", locale, adjacent=gap is not None)
            parts.append(between)
        parts.append(piece.text)
        first, last, gap = first or piece, piece, unit.gap
    if first is None or last is None:
        return None
    return Piece("".join(parts), first.begins, last.ends)


def unit_piece(unit: Unit, target: str, locale: str, escape: Callable[[str], str] = lambda text: text) -> Piece:
    """Return a target; if it contains its whole source, that part has the form of the file.

    Args:
        unit: the unit.
        target: its text in the locale.
        locale: the locale of the target.
        escape: escapes a text so that it is read as text.
    """
    if target == unit.text:  # nearly all units of a draft: this avoids a copy
        return Piece(unit.raw, begins=True, ends=True)
    before, found, after = target.partition(unit.text)
    if not found:
        return Piece(escape(on_one_line(target, locale)))
    written = (escape(on_one_line(part, locale)) if part else "" for part in (before, after))
    return Piece(unit.raw.join(written), begins=True, ends=True)


def on_one_line(text: str, locale: str) -> str:
    """Return a text without line breaks, which would divide it into several blocks."""
    if _BREAKS.search(text) is None:
        return text
    lines = [line for part in _BREAKS.split(text) if (line := part.strip(BLANKS))]
    result = lines[:1]
    for left, right in pairwise(lines):
        result += [" " if writes_spaces(locale) else joint_of(left, right), right]
    return "".join(result)


def between_pieces(left: Piece, right: Piece, gap: str, locale: str, *, adjacent: bool) -> str:
    """Return the text between two units of a block.

    Args:
        left: the written text before.
        right: the written text after.
        gap: the text there in the source.
        locale: the locale of both.
        adjacent: whether nothing was left out between them.
    """
    if adjacent and left.ends and right.begins:
        return gap
    if writes_spaces(locale):
        return "" if left.text.endswith(tuple(_OPENERS)) else " "
    if gap and not _BREAKS.search(gap) and ("\u3000" in gap or not _ENDED.search(left.text[-12:])):
        return gap  # the space itself has a meaning: 「…展示區　何君健攝」
    return joint_of(left.text, right.text)
