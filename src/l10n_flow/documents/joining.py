"""The units of a block written in a row: what stands between them in a locale, and when the source's own gap stays."""

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
    """What was written of a block or a unit, and whether its beginning and its end are as in the source."""

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
    """A block written with translations in place of its units; None when all of them are left out.

    Args:
        block: the block.
        targets: a text for each unit; None or "" leaves it out.
        locale: of the targets.
        write: writes one: the unit, its target, and whether it is the first of the block or of a line.
        is_kept: whether a gap of the source is structure, and stays whatever stands beside it.
    """
    parts: list[str] = []
    first: Piece | None = None
    last: Piece | None = None
    gap: str | None = None  # of the unit just before, None when that one was left out
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
    """A target; one that contains its source whole has that as it stands in the file.

    Args:
        unit: the unit.
        target: its text in the locale.
        locale: of the target.
        escape: writes a text so that it is read as text.
    """
    if target == unit.text:  # nearly all units of a draft: no copy is made
        return Piece(unit.raw, begins=True, ends=True)
    before, found, after = target.partition(unit.text)
    if not found:
        return Piece(escape(on_one_line(target, locale)))
    written = (escape(on_one_line(part, locale)) if part else "" for part in (before, after))
    return Piece(unit.raw.join(written), begins=True, ends=True)


def on_one_line(text: str, locale: str) -> str:
    """A text without line breaks, which would make new blocks of it."""
    if _BREAKS.search(text) is None:
        return text
    lines = [line for part in _BREAKS.split(text) if (line := part.strip(BLANKS))]
    result = lines[:1]
    for left, right in pairwise(lines):
        result += [" " if writes_spaces(locale) else joint_of(left, right), right]
    return "".join(result)


def between_pieces(left: Piece, right: Piece, gap: str, locale: str, *, adjacent: bool) -> str:
    """What stands between two units of a block.

    Args:
        left: what is written before.
        right: what is written behind.
        gap: what stands there in the source.
        locale: of both.
        adjacent: whether nothing was left out between them.
    """
    if adjacent and left.ends and right.begins:
        return gap
    if writes_spaces(locale):
        return "" if left.text.endswith(tuple(_OPENERS)) else " "
    if gap and not _BREAKS.search(gap) and ("\u3000" in gap or not _ENDED.search(left.text[-12:])):
        return gap  # the space itself says something: 「…展示區　何君健攝」
    return joint_of(left.text, right.text)
