"""Complex fields: three characters in runs of their own, with an instruction between them that is not text.

A hyperlink is a pair around its words. Any other field is a code together with its result. The result of a field that
does not end in the paragraph of its beginning (a table of contents) is ordinary text. A paragraph does not change when
an instruction continues from or into another paragraph, or when a field begins in one element (a link, an insertion)
and ends in another: written again, the result of the field would include the text around it. A hyperlink may do that.
"""

from __future__ import annotations

import re
from collections.abc import Sequence
from dataclasses import dataclass

from l10n_flow.documents.docx.items import Is, Item

#: The number of bytes before the first element of a run that are searched for the tag of the run.
_RUN_TAG = 400
_HYPERLINK = re.compile(r"\s*HYPERLINK\b", re.IGNORECASE)


def is_link(instruction: str) -> bool:
    """Whether the instruction of a field is that of a hyperlink."""
    return _HYPERLINK.match(instruction) is not None


class Edges:
    """The places of runs around their elements, and the numbers of pairs, in a part.

    Args:
        data: the part.
        prefix: the namespace prefix of Word's elements.
    """

    def __init__(self, data: bytes, prefix: str) -> None:
        self._data = data
        name = re.escape(f"{prefix}r".encode())
        self._tag = re.compile(rb"<%s(?:\s[^<>]*)?>\s*\Z" % name)
        self._close = re.compile(rb"\s*</%s\s*>" % name)
        self._pairs = 0

    def new_pair(self) -> int:
        """Return an unused number for a pair."""
        self._pairs += 1
        return self._pairs

    def start(self, place: int, properties: bytes) -> int | None:
        """Return the start of the run whose first element is at a place; None if it is not the first."""
        before = self._data[max(0, place - _RUN_TAG - len(properties)) : place].rstrip()
        if not before.endswith(properties):
            return None
        low = max(0, place - _RUN_TAG - len(properties))
        found = self._tag.search(before[: len(before) - len(properties)])
        return None if found is None else low + found.start()

    def end(self, place: int) -> int | None:
        """Return the end of the run whose last element ends at a place; None if it is not the last."""
        found = self._close.match(self._data, place)
        return None if found is None else found.end()


@dataclass(slots=True)
class _Field:
    """A field that has begun."""

    index: int  # of the first item after its beginning
    start: int
    run: bytes
    frames: tuple[int, ...]  # the pairs around it
    instruction: str = ""
    result: int = -1  # the index of the first item of its result
    result_start: int = 0


class Fields:
    """The open fields of one paragraph.

    Attributes:
        is_lost: whether an instruction continues in another paragraph, so that this one cannot be written again.
    """

    def __init__(self) -> None:
        self.is_lost = False
        self._hidden = 0  # the number of fields without a result yet
        self._begun: list[_Field] = []

    def instructed(self, text: str) -> None:
        """Add a piece of an instruction."""
        if self._begun:
            self._begun[-1].instruction += text

    def without(self, index: int) -> None:
        """Handle the removal of the last item."""
        for begun in reversed(self._begun):
            if max(begun.index, begun.result) <= index:
                break
            begun.index, begun.result = min(begun.index, index), min(begun.result, index)

    def swallowed(self, start: int) -> None:
        """Handle that all from a place on is one code: a field that begins in it and ends after it cannot be moved."""
        self.is_lost = self.is_lost or any(begun.start > start for begun in self._begun)

    def tagged(self, kind: str, mark: Item, frames: tuple[int, ...], items: list[Item], edges: Edges) -> None:
        """Handle a field character: begin, separate or end.

        Args:
            kind: the type of the field character.
            mark: its element, as an invisible item.
            frames: the pairs around it.
            items: the items of the paragraph so far; their kinds may change.
            edges: the edges of the runs of the part.
        """
        if kind == "begin":
            self._begun.append(_Field(len(items), mark.start, mark.run or b"", frames))
            self._hidden += 1
        elif not self._begun:  # it has begun in another paragraph
            items.append(mark)
            self.is_lost = self.is_lost or kind == "separate"
        elif kind == "separate":
            self._hidden -= self._begun[-1].result < 0
            self._begun[-1].result, self._begun[-1].result_start = len(items), mark.end
        elif kind == "end":
            begun = self._begun.pop()
            is_shown = not self._hidden
            self._hidden -= begun.result < 0
            self._ended(begun, mark, frames, items, edges, is_shown=is_shown)

    def _ended(
        self,
        begun: _Field,
        mark: Item,
        frames: tuple[int, ...],
        items: list[Item],
        edges: Edges,
        *,
        is_shown: bool,
    ) -> None:
        if is_shown and is_link(begun.instruction) and frames == begun.frames and _as_link(begun, mark, items, edges):
            return
        if frames != begun.frames and not is_link(begun.instruction):
            self.is_lost = True
        elif frames != begun.frames or any(item.what is Is.BARRIER for item in items[begun.index :]):
            self._open_up(begun, items)
            items.append(mark)
        else:
            items[begun.index :] = [Item(Is.CODE, begun.start, mark.end, "field", begun.run)]

    def opened_up(self, items: list[Item]) -> None:
        """Treat fields that do not end here: their results are text, their beginnings are invisible."""
        while self._begun:
            self._open_up(self._begun.pop(), items)

    def _open_up(self, begun: _Field, items: list[Item]) -> None:
        if begun.result < 0 or not _is_whole(items[begun.index : begun.result]):
            self.is_lost = True
        else:
            mark = Item(Is.BEFORE, begun.start, begun.result_start, "", begun.run)
            items[begun.index : begun.result] = [mark]


def _is_whole(items: Sequence[Item]) -> bool:
    """Whether every pair that begins in these items ends in them, and no item is a text box."""
    opened: set[int] = set()
    for item in items:
        if item.pair:
            opened ^= {item.pair}
    return not opened and not any(item.what is Is.BARRIER for item in items)


def _as_link(begun: _Field, mark: Item, items: list[Item], edges: Edges) -> bool:
    """Make a pair of a hyperlink if its field characters are in runs of their own and it has a result."""
    shown = items[begun.result :]
    low, low_end = edges.start(begun.start, begun.run), edges.end(begun.result_start)
    high, high_end = edges.start(mark.start, mark.run or b""), edges.end(mark.end)
    if not shown or not _is_whole(items[begun.index : begun.result]):
        return False
    if low is None or low_end is None or high is None or high_end is None:
        return False
    pair = edges.new_pair()
    opening = Item(Is.OPEN, low, low_end, "a", pair=pair)
    items[begun.index :] = [opening, *shown, Item(Is.CLOSE, high, high_end, "a", pair=pair)]
    return True
