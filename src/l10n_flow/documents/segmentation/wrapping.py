"""The line breaks of a plain text that are hard wrapping: a line is a paragraph unless there is proof of wrapping."""

from __future__ import annotations

import re
from collections import Counter
from collections.abc import Iterator, Sequence

from l10n_flow.documents.segmentation import cues
from l10n_flow.documents.segmentation.flow import CJK, Line, columns
from l10n_flow.documents.segmentation.markers import FINAL, MARKER, STRONG_MARKER, WEAK_MARKER, is_final, is_label
from l10n_flow.documents.segmentation.names import is_bare_name

#: Lines wider than this number of columns were never wrapped by an editor.
_WIDEST = 120
#: Narrower lines are wrapped only if all of them fill the width.
_NARROWEST = 30
#: Two lines alone are weaker evidence.
_NARROWEST_PAIR = 40
#: A line that fills less of the width than this ends a paragraph even without a mark.
_SHORT = 0.7
#: An indented first line is evidence of a paragraph; it may leave more room.
_NEARLY = 0.85
#: From this width on people wrap by hand, and fill most of a line.
_RAGGED = 44
_FILLED = 0.75
#: The required number of lines that fill the width and end in mid-sentence.
_MOST = 0.6

# The ends of a sentence, or of a line that introduces another.
_ENDED = re.compile(rf"{FINAL.pattern}|[：︰:—─⋯]\Z")
# Or the end of an item of a list.
_CLOSED = re.compile(r"[。！？；：.!?;:）)」』](?:及|或|和|與|与)?\Z")
_HANGING = ("，", "。", "、", "；", "：", "！", "？", "」", "』", "）", "》")
_PUNCTUATED = re.compile(r"\W\Z")
_FIRST_TOKEN = re.compile(r"[「『（《“‘(\[]*(?:[!-~]{1,200}|.)[，。、；：！？」』）》”’]*")
# The beginning by which lines are compared: a bracket, or two characters.
_HEAD = re.compile(r"[「『《〈【〔（(\[]|..?", re.DOTALL)
_URL = re.compile(r"://[!-~]{20,}")
_DATELINE = re.compile(r"【[^】]{1,12}[訊讯電电]】")
_GUTTER = re.compile(rf"(?<={CJK.pattern})[ \u3000]{{3,}}(?=[^\s])|(?<=[^\s])[ \u3000]{{3,}}(?={CJK.pattern})")
_FLOWS = re.compile(r"[。！？][^\s。！？」』）”’)]|[a-z][.?!] {1,2}[A-Z]")
# A clause that ends within the line: verse and labels have few, a paragraph has them anywhere.
_CLAUSES = re.compile(r"[，。；！？][^\s，。；！？」』）”’]|\w[,.;] [A-Za-z\u3400-\u9fff]")


def paragraphs(lines: Sequence[Line], known: int = 0) -> Iterator[Sequence[Line]]:
    """Yield the paragraphs of lines without a blank line between them; most often each line is one.

    Args:
        lines: at least two.
        known: the width to which other paragraphs of the document prove to be wrapped, 0 when none does.
    """
    block = _Block(lines, known)
    if block.known and not block.is_wrapped():
        own = _Block(lines, 0)  # columns of a page have different widths
        block = own if own.is_wrapped() else block
    return block.groups()


def width_of(lines: Sequence[Line]) -> int:
    """Return the width to which lines are wrapped, 0 without proof, as for too few or too narrow lines."""
    if len(lines) < 3:
        return 0
    block = _Block(lines, 0)
    enough = block.widest >= _NARROWEST or (len(lines) > 4 and 2 * block.widest >= _NARROWEST)
    return block.margin if enough and block.is_wrapped() else 0


class _Block:
    """Consecutive lines, their width, and whether they are wrapped."""

    def __init__(self, lines: Sequence[Line], known: int) -> None:
        self.lines = lines
        self.widths = [_width(line) for line in lines]
        self.widest = max(self.widths)
        self.known = known if self.widest <= known + 2 else 0
        self.base = min(len(line.indent) for line in lines)
        # Sentences that end and begin within a line: somebody wrapped by hand; steps and verses do not do that.
        self.by_hand = self.widest >= _RAGGED and any(_FLOWS.search(line.text) for line in lines)
        # A mark that does not fit may hang over the margin.
        hang = 2 if len(lines) > 2 and self.widest >= _NARROWEST / 1.5 else 0
        # The mark of an item makes its line wider where the indent of the others is lost.
        marked = len(lines) > 2 and MARKER.match(lines[0].text) is not None
        both = zip(self.widths[marked:], lines[marked:], strict=True)
        self.margin = max(width - hang * line.text.endswith(_HANGING) for width, line in both)
        usual, count = Counter(self.widths).most_common(1)[0]
        if len(lines) > 4 and 2 * count > len(lines) and usual > _NEARLY * self.widest:
            self.margin = min(self.margin, usual)  # blanks that a PDF puts around brackets widen a line
        if self.known:
            self.margin = self.known - (4 if self.known >= _NARROWEST else 2)  # words have different lengths
            self.widest = max(self.widest, self.known)

    def groups(self) -> Iterator[Sequence[Line]]:
        wrapped = self._wrapped()
        first, item, index = 0, 0, 1
        while index < len(self.lines):
            if MARKER.match(self.lines[index - 1].text):
                item = index - 1
            if not self._goes_on(first, index, wrapped=wrapped[index - 1]):
                yield self.lines[first:index]
                first = index
                end = self._end_of_item(item, index)
                if end > index + 1:  # the paragraph of an item whose own line ended above it
                    yield from paragraphs(self.lines[index:end], self.known)
                    if end == len(self.lines):
                        return
                    first = index = end
            index += 1
        yield self.lines[first:]

    def _end_of_item(self, item: int, index: int) -> int:
        """Return the end of the indented lines below an item from line ``index`` on; ``index`` if there are none."""
        while index < len(self.lines) and self._is_hanging(self.lines[item], self.lines[index - 1], self.lines[index]):
            index += 1
        return index

    def _wrapped(self) -> Sequence[bool]:
        """Return for every line except the last whether it may continue in the next."""
        count = len(self.lines) - 1
        if self.is_wrapped():
            return [True] * count
        result = [False] * count
        breaks = self._breaks()
        if _NARROWEST <= self.widest <= _WIDEST:  # a wrapped paragraph among other lines
            for run in _runs([index for index in breaks if self._is_full(index)]):
                if self._is_proven(run) and (len(run) > 1 or self._ends_as_prose(run[0])):
                    for index in run:
                        result[index] = True
        return result

    def is_wrapped(self) -> bool:
        """Whether there is proof that the lines as a whole are wrapped."""
        return self.widest <= _WIDEST and self._is_proven(self._breaks())

    def _breaks(self) -> list[int]:
        """Return the lines that neither end a paragraph by a mark, nor are above a visible beginning of one."""
        last = len(self.lines) - 1
        return [index for index in range(last) if not self._is_start(index + 1) and not self._is_end(index)]

    def _ends_as_prose(self, index: int) -> bool:
        """Whether two lines are one paragraph among lines that are not."""
        line, following = self.lines[index], self.lines[index + 1]
        if is_label(following.text):
            return False
        if self.known >= _RAGGED and not _PUNCTUATED.search(line.text) and not _same(*map(_head, (line, following))):
            # A line as full as those of the other paragraphs: the next line is the end of its paragraph.
            return len(self.lines) == 2 or _CLOSED.search(following.text) is not None
        clauses = self.known or line.text.endswith("、") or _CLAUSES.search(line.text) is not None
        return bool(clauses) and is_final(following.text)

    def _is_proven(self, breaks: Sequence[int]) -> bool:
        """Whether most lines fill the width and end in mid-sentence; in a narrow text, whether all do."""
        full = [index for index in breaks if self._is_full(index)]
        cut = [index for index in full if self._is_indented(index) or not _ENDED.search(self.lines[index].text[-12:])]
        marked = sum(_PUNCTUATED.search(self.lines[index].text) is not None for index in breaks)
        labels = sum(is_label(line.text) for line in self.lines)
        if not cut or 2 * labels > len(self.lines):
            return False
        if self.known:
            return len(full) >= _MOST * len(breaks)
        if not self._is_prose(breaks) or self._matches(breaks):
            return False
        if len(breaks) == 1:
            return self._is_pair(breaks[0])
        if self.widest >= _NARROWEST:
            return len(full) >= _MOST * len(breaks) and marked <= _MOST * len(breaks)
        most = len(breaks) if len(breaks) < 8 else 0.85 * len(breaks)  # a heading may be between the lines
        return len(full) >= most and marked <= len(breaks) / 2

    def _is_pair(self, index: int) -> bool:
        """Whether two lines alone are one sentence, not a couplet."""
        line, last = self.lines[index].text, self.lines[index + 1].text
        if _NARROWEST <= self.widest < _NARROWEST_PAIR or not (is_final(last) or line.endswith("、")):
            return False
        return not _PUNCTUATED.search(line) or self.widths[index + 1] <= _NEARLY * self.widest

    def _matches(self, breaks: Sequence[int]) -> bool:
        """Whether lines match one another, as in verse and lists."""
        heads = list(map(_head, self.lines))
        same = sum(_same(heads[index], heads[index + 1]) for index in breaks)
        last = breaks[-1] + 1
        even = len(breaks) > 1 and self.widest < _NARROWEST and self.widths[last] >= self.widest
        return 3 * same > len(breaks) or (even and not is_final(self.lines[last].text))

    def _is_prose(self, breaks: Sequence[int]) -> bool:
        if len(breaks) > 1 and all("A" <= self.lines[index + 1].text[0] <= "Z" for index in breaks):
            return False  # English verse
        touched = sorted({line for index in breaks for line in (index, index + 1)})
        if any(_CLAUSES.search(self.lines[index].text) for index in touched):
            return True
        lower = sum(self.lines[index + 1].text[0].islower() for index in breaks)
        if self.widest >= _NARROWEST and 2 * lower > len(breaks):
            return True
        last = self.lines[touched[-1]].text
        return len(touched) == 2 and (is_final(last) or self.lines[touched[0]].text.endswith("、"))

    def _goes_on(self, first: int, index: int, *, wrapped: bool) -> bool:
        """Whether a line continues the paragraph that begins with line ``first``."""
        before, line = self.lines[index - 1], self.lines[index]
        if _is_apart(before.text) or _is_apart(line.text) or (_is_code(before.text) and _is_code(line.text)):
            return False
        if self._is_hanging(self.lines[first], before, line):
            roomy = self._needed(index - 1) <= max(self.widest, _NARROWEST)
            return not (_ENDED.search(before.text[-12:]) and roomy) and not self._is_short(index - 1)
        if not wrapped or self._begins(self.lines[first], index):
            return False
        return not self._ends(index - 1)

    def _is_hanging(self, first: Line, before: Line, line: Line) -> bool:
        """Whether an indented line continues the item of a list."""
        return (
            self.widest <= _WIDEST
            and len(line.indent) > len(first.indent)
            and MARKER.match(first.text) is not None
            and MARKER.match(line.text) is None
            and not (is_label(line.text) and is_label(before.text))
        )

    def _is_start(self, index: int) -> bool:
        line = self.lines[index]
        indented = "\u3000" in line.indent or len(line.indent) > self.base
        return indented or STRONG_MARKER.match(line.text) is not None or _DATELINE.match(line.text) is not None

    def _is_end(self, index: int) -> bool:
        return is_final(self.lines[index].text) and self._fits(index)

    def _begins(self, first: Line, index: int) -> bool:
        """Whether the beginning of a line starts a paragraph; ``first`` is the first line of the current one."""
        before, line = self.lines[index - 1], self.lines[index]
        if STRONG_MARKER.match(line.text) or _DATELINE.match(line.text):
            return True
        itemised = MARKER.match(first.text) is not None
        roomy = self.widths[index - 1] < self.widest * _SHORT
        if WEAK_MARKER.match(line.text) and (itemised or roomy or _PUNCTUATED.search(before.text)):
            return True
        return "\u3000" in line.indent or len(line.indent) > self.base

    def _ends(self, index: int) -> bool:
        """Whether a line ends a paragraph: by its mark, or by the room at its right."""
        line, following = self.lines[index], self.lines[index + 1]
        fits = self._fits(index)
        if is_final(line.text):
            return fits or self._is_line_above(index + 1)
        roomy = self._needed(index) <= self.widest * _NEARLY
        if cues.names_its_writer(following.text) or (cues.names_its_kind(following.text) and roomy):
            return True
        if is_bare_name(following.text):
            return True
        if self.widest < _NARROWEST or not self._is_short(index):
            return roomy and cues.names_its_kind(line.text)
        return True

    def _is_short(self, index: int) -> bool:
        """Whether a line leaves so much room that it ends a paragraph, with or without a mark."""
        return self._needed(index) <= self.widest * _SHORT and self.lines[index].text[-1] not in "，、,"

    def _is_line_above(self, index: int) -> bool:
        """Whether a line is short, without an end mark, above others: a heading, not the end of a paragraph."""
        if index + 1 == len(self.lines) or _ENDED.search(self.lines[index].text[-12:]):
            return False
        return self._is_short(index)

    def _needed(self, index: int) -> int:
        """Return the width of a line with the first word of the next one."""
        token = _FIRST_TOKEN.match(self.lines[index + 1].text)
        return self.widths[index] + columns(_URL.sub("", token[0]) if token else "")

    def _fits(self, index: int) -> bool:
        return self._needed(index) <= self.widest

    def _is_full(self, index: int) -> bool:
        if self.by_hand and self.widths[index] >= self.widest * _FILLED:
            return True
        return self._needed(index) > (self.widest * _NEARLY if self._is_indented(index) else self.margin)

    def _is_indented(self, index: int) -> bool:
        """Whether a line is indented as the first of a paragraph, and the next one is not."""
        return self.lines[index].indent.startswith("\u3000\u3000") and not self.lines[index + 1].indent


def _is_apart(text: str) -> bool:
    """Whether a wide blank divides a line into cells; a blank after the mark of a list item does not."""
    marker = MARKER.match(text)
    return _GUTTER.search(text, marker.end() if marker else 0) is not None


def _is_code(text: str) -> bool:
    """Whether a line is one word of symbols, as in a configuration."""
    return " " not in text and text.isascii() and not text.isalpha() and "://" not in text


def _head(line: Line) -> re.Match[str] | None:
    return _HEAD.match(line.text)


def _same(head: re.Match[str] | None, other: re.Match[str] | None) -> bool:
    return head is not None and other is not None and head[0] == other[0]


def _runs(numbers: Sequence[int]) -> Iterator[list[int]]:
    """Yield the runs of consecutive numbers."""
    run: list[int] = []
    for number in numbers:
        if run and number != run[-1] + 1:
            yield run
            run = []
        run.append(number)
    if run:
        yield run


def _width(line: Line) -> int:
    """Return the columns of a line; a long URL, which cannot be wrapped, counts as short."""
    return columns(line.text if "://" not in line.text else _URL.sub("", line.text)) + 2 * len(line.indent)
