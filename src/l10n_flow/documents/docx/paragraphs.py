"""The items of a paragraph as passages: runs with the same format are one text, all other items are inline codes.

Items at the edge of a paragraph that are not text are outside, and so is a pair around all of it. A passage begins
inside the element of its first text, or at the beginning of a pair.
"""

from __future__ import annotations

from collections.abc import Iterator, Sequence

from l10n_flow.documents.docx import inline, making
from l10n_flow.documents.docx.formats import Runs
from l10n_flow.documents.docx.items import Is, Item
from l10n_flow.documents.docx.texts import AROUND, text_parts, without_blanks
from l10n_flow.documents.segmentation.flow import Passage, laid


def passages(items: Sequence[Item], data: bytes, number: int, prefix: str, runs: Runs) -> Iterator[tuple[Passage, int]]:
    """Yield the passages of a paragraph, with the place of each in the bytes of the part.

    Args:
        items: the items of the paragraph, in order.
        data: the part.
        number: the number of the paragraph.
        prefix: the namespace prefix of Word's elements.
        runs: the runs of the part.
    """
    for piece in _pieces(items):
        trimmed = _trimmed(list(_with_one_break(piece)), data)
        if len(trimmed) == 1:  # the most frequent case
            raw = data[trimmed[0].start : trimmed[0].end].decode()
            if "<" not in raw:
                passage = laid(list(text_parts(raw, number)), 0)
                if "&" in passage.text or "<" in passage.text:
                    passage = passage._replace(codes=inline.codes(passage.text))
                yield without_blanks(passage, raw, trimmed[0].start)
        elif any(item.what is Is.TEXT for item in trimmed):
            yield from making.made(trimmed, data, number, prefix, runs)


def _pieces(items: Sequence[Item]) -> Iterator[Sequence[Item]]:
    """Yield the items between text boxes; a pair that contains a text box is left out."""
    if not any(item.what is Is.BARRIER for item in items):
        yield items
        return
    opened: list[int] = []
    broken: set[int] = set()
    for item in items:
        if item.what is Is.OPEN:
            opened.append(item.pair)
        elif item.what is Is.CLOSE:
            opened.remove(item.pair)
        elif item.what is Is.BARRIER:
            broken.update(opened)
    piece: list[Item] = []
    for item in items:
        if item.what is Is.BARRIER or (item.pair and item.pair in broken):
            yield piece
            piece = []
        else:
            piece.append(item)
    yield piece


def _with_one_break(piece: Sequence[Item]) -> Iterator[Item]:
    """Yield the items, with each run of line breaks as one."""
    last: Item | None = None
    for item in piece:
        if last is not None and last.name == item.name == "br":
            last = last._replace(end=item.end)
            continue
        if last is not None:
            yield last
        last = item
    if last is not None:
        yield last


def _trimmed(piece: Sequence[Item], data: bytes) -> Sequence[Item]:
    """Return the items without those at the edges that are not text, and without pairs around all of them."""
    low, high = 0, len(piece)
    while True:
        before = low, high
        while low < high and _is_no_text(piece[low], data):
            low += 1
        while low < high and _is_no_text(piece[high - 1], data):
            high -= 1
        if high - low > 1 and piece[low].what is Is.OPEN and piece[low].pair == piece[high - 1].pair:
            low, high = low + 1, high - 1
        if (low, high) == before:
            return piece[low:high]


def _is_no_text(item: Item, data: bytes) -> bool:
    if item.what is Is.TEXT:
        return not data[item.start : item.end].decode().strip(AROUND)
    return item.what not in {Is.OPEN, Is.CLOSE}
