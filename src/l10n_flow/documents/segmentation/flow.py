"""Passages: lines of a file that are one block, the joints between them, and the form of a unit in the file."""

from __future__ import annotations

import re
from bisect import bisect_left, bisect_right
from collections.abc import Collection, Sequence
from dataclasses import dataclass
from itertools import pairwise
from operator import attrgetter
from typing import NamedTuple

from l10n_flow.inline import InlineCode

#: The characters of a blank line, and those that never begin or end a unit.
BLANKS = " \t\x0b\x0c\x1c\x1d\x1e\x1f\x85\xa0\u1680\u2028\u2029\u202f\u205f\u3000\u2060\ufeff" + "".join(
    map(chr, range(0x2000, 0x200C))
)
CJK = re.compile(
    r"[\u2e80-\u312f\u31a0-\u9fff\ua000-\ua4cf\uf900-\ufaff\ufe30-\ufe4f\uff00-\uffef\U00016fe0-\U000323af]"
)
# Used in Chinese and in Latin text: the next character decides which of the two it is.
_EITHER = "“”‘’…—·\"'"
_HYPHENS = ("-", "\u2010", "\u2011", "\xad")
_AT = attrgetter("at")


@dataclass(frozen=True, slots=True)
class Line:
    """A line that is not blank: its text without the blanks around it, and the place of that text in the file."""

    number: int
    text: str
    start: int
    indent: str

    @property
    def end(self) -> int:
        return self.start + len(self.text)


class Join(NamedTuple):
    r"""The joint of two lines that became one (a named tuple, as those below, because there are many).

    Attributes:
        at: ``text[at:][:len(joint)]`` of the passage is the joint.
        joint: "" or a space.
        raw: its text when the passage is written again: the line break, or for a repaired break the joint.
        length: the number of characters of the file that it replaces.
        inner: whether it belongs to the unit at whose edge it is: it is not a line break, but text in another form in
            the file (``\"`` for a quotation mark).
    """

    at: int
    joint: str
    raw: str
    length: int
    inner: bool = False


class Passage(NamedTuple):
    """A part of the file that becomes one block.

    Attributes:
        text: its lines, joined, without the blanks around them.
        lines: the 1-based numbers of its lines, one more than there are joins.
        start, end: its span in the decoded file.
        joins: the joints of its lines, ascending.
        run: a number that passages without a blank line between them have in common.
        cell: whether it is a cell of a table.
        moved: skeleton from within a repaired break, which is written after the passage.
        codes: the inline codes of the text.
        whole: whether it is one unit, whatever its text.
        form: its form in the file, in a notation of the format's own (``Block.form``).
    """

    text: str
    lines: tuple[int, ...]
    start: int
    end: int
    joins: tuple[Join, ...] = ()
    run: int = 0
    cell: bool = False
    moved: str = ""
    codes: tuple[InlineCode, ...] = ()
    whole: bool = False
    form: str = ""

    def raw(self, start: int, end: int) -> str:
        """Return the unit ``text[start:end]`` in the form of the file; line breaks at its edges belong to the gap."""
        if not self.joins:
            return self.text[start:end]
        joins = self._joins(start + 1, end)
        edge = [join for join in self._joins(start, start + 1) if join.inner]
        return self._with_joins(start, end, [*edge, *joins] if edge else joins)

    def gap(self, start: int, end: int) -> str:
        """Return the text of the file between a unit that ends at ``start`` and the next, which begins at ``end``."""
        if not self.joins:
            return self.text[start:end]
        joins = self._joins(start, end + 1)
        return self._with_joins(start, end, [join for join in joins if not (join.inner and join.at == end)])

    def cut(self, start: int, end: int) -> Passage:
        """Return the part ``text[start:end]`` as a passage of its own."""
        first = bisect_right(self.joins, start, key=_AT)
        while first and self.joins[first - 1].inner and self.joins[first - 1].at == start:
            first -= 1
        last = max(first, bisect_left(self.joins, end, key=_AT))
        joins = tuple(join._replace(at=join.at - start) for join in self.joins[first:last])
        lines = self.lines[first : last + 1]
        place = (self._offset(start, first), self._offset(end, last))
        moved = self.moved if end == len(self.text) else ""
        codes = tuple(code.moved(-start) for code in self.codes if start <= code.start and code.end <= end)
        return self._replace(
            text=self.text[start:end],
            lines=lines,
            start=place[0],
            end=place[1],
            joins=joins,
            moved=moved,
            codes=codes,
        )

    def _offset(self, position: int, joins_before: int) -> int:
        grown = sum(join.length - len(join.joint) for join in self.joins[:joins_before])
        return self.start + position + grown

    def _joins(self, low: int, high: int) -> Sequence[Join]:
        return self.joins[bisect_left(self.joins, low, key=_AT) : bisect_left(self.joins, high, key=_AT)]

    def _with_joins(self, start: int, end: int, joins: Sequence[Join]) -> str:
        parts = []
        for join in joins:
            parts += [self.text[start : join.at], join.raw]
            start = join.at + len(join.joint)
        return "".join([*parts, self.text[start:end]])


class Part(NamedTuple):
    """One of the consecutive parts of a passage: the text read, the text in the file, and its line.

    A part that ends a line is between units if it is at their edges; ``inner`` is explained at ``Join``.
    """

    text: str
    raw: str
    line: int
    inner: bool = False


def laid(parts: Sequence[Part], start: int) -> Passage:
    """Return a passage of consecutive parts that begin at ``start`` in the file; for formats with markup."""
    joins: list[Join] = []
    lines = [parts[0].line]
    at, end = 0, start
    for part in parts:
        if part.text != part.raw or "\n" in part.raw:
            joins.append(Join(at, part.text, part.raw, len(part.raw), part.inner))
            lines.append(part.line)
        at += len(part.text)
        end += len(part.raw)
    return Passage("".join(part.text for part in parts), tuple(lines), start, end, tuple(joins))


def connect(passages: Sequence[Passage], text: str, *, repair: bool = False) -> Passage:
    """Join consecutive passages.

    Args:
        passages: at least one.
        text: the decoded file.
        repair: whether the text between them is left out; the part of it that is not blank moves after the last one.
    """
    parts, joins, lines, length = [passages[0].text], list(passages[0].joins), list(passages[0].lines), 0
    moved = passages[0].moved
    for last, passage in pairwise(passages):
        length += len(parts[-1])
        joint, gap = joint_of(last.text, passage.text), text[last.end : passage.start]
        joins.append(Join(length, joint, joint if repair else gap, passage.start - last.end))
        parts.append(joint)
        length += len(joint)
        joins += [join._replace(at=join.at + length) for join in passage.joins]
        parts.append(passage.text)
        lines += passage.lines
        moved += _kept(gap) if repair else ""
        moved += passage.moved
    first = passages[0]
    return Passage("".join(parts), tuple(lines), first.start, passages[-1].end, tuple(joins), first.run, moved=moved)


def merged(passages: list[Passage], joined: Collection[int], text: str) -> list[Passage]:
    """Return the passages of a file; one whose index is in ``joined`` is joined to the one before; clears the list."""
    if not joined:
        return passages
    groups: list[list[Passage]] = []
    for index, passage in enumerate(passages):
        if index in joined:
            groups[-1].append(passage)
        else:
            groups.append([passage])
    return [group[0] if len(group) == 1 else connect(group, text, repair=True) for group in groups]


def _kept(gap: str) -> str:
    """Return the text between two passages without the blanks at its end; "" if it is blank."""
    kept = gap.rstrip(BLANKS + "\r\n")
    return kept if kept.strip(BLANKS + "\r\n") else ""


def columns(text: str) -> int:
    """Return the width of a text in columns; CJK characters have two columns, as in a terminal."""
    return len(text) if text.isascii() else len(text) + len(CJK.findall(text))


def joint_of(left: str, right: str) -> str:
    """Return the replacement of a line break: a space between words of scripts that use spaces, else nothing."""
    a, b = left[-1:], right[:1]
    if a in _EITHER:
        a = left[-20:].rstrip(_EITHER)[-1:] or a
    if b in _EITHER:
        b = right[:20].lstrip(_EITHER)[:1] or b
    if left[-1:] == "/" and "://" in left[left.rfind(" ") + 1 :]:
        return ""
    if CJK.match(a) or CJK.match(b) or (left[-1:] in _HYPHENS and left[-2:-1].isalpha() and b.isalpha()):
        return ""
    return " "
