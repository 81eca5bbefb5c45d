"""The kind of each block of a document, by its own text and its neighbours'."""

from __future__ import annotations

from collections import Counter
from collections.abc import Sequence

from l10n_flow.documents.segmentation import captions
from l10n_flow.documents.segmentation.cues import by_cue
from l10n_flow.documents.segmentation.flow import Passage
from l10n_flow.documents.segmentation.headings import (
    is_part,
    is_section,
    is_turn,
    may_head,
    may_head_among,
    may_head_numbered,
    names_part,
)
from l10n_flow.documents.segmentation.markers import (
    BULLETED,
    LIST_MARKER,
    MARKER,
    UNFINISHED,
    is_label,
    is_prose,
    label_of,
)
from l10n_flow.documents.segmentation.names import is_bare_name
from l10n_flow.inline import plain_text
from l10n_flow.model import BlockKind
from l10n_flow.scripts import has_han

_ABOVE = frozenset({BlockKind.TITLE, BlockKind.BYLINE, BlockKind.DATELINE})
#: The number of blocks from the top of a text in which a name without a label is a byline.
_LEAD = 6
#: The minimal length of a sentence above a heading.
_ENOUGH = 20


def recognise(passages: Sequence[Passage]) -> list[BlockKind]:
    """Return the kind of each block of a plain text.

    Args:
        passages: the blocks in order.

    Returns:
        A kind for each.
    """
    return _Document(passages).kinds()


def kind_of_marked(passage: Passage, kind: BlockKind) -> BlockKind:
    """Return the kind of a block with markup: only a paragraph may have another kind by its text.

    Args:
        passage: the block.
        kind: the kind by the markup.
    """
    if kind is not BlockKind.PARAGRAPH or passage.whole:
        return kind
    found = by_cue(plain_text(passage.text, passage.codes) if passage.codes else passage.text)
    return kind if found is None or found is BlockKind.LIST_ITEM else found


class _Document:
    def __init__(self, passages: Sequence[Passage]) -> None:
        self.passages = passages
        self.cues = [
            by_cue(passage.text, first=index == 0, alone=not self.is_in_run(index))
            for index, passage in enumerate(passages)
        ]
        self.labels = Counter(label for passage in passages if (label := label_of(passage.text)))
        self.found: list[BlockKind] = []
        self.in_body = False

    def kinds(self) -> list[BlockKind]:
        titled = False
        for index, passage in enumerate(self.passages):
            if passage.cell:
                self.found.append(BlockKind.TABLE_CELL)
                continue
            kind = self.cues[index]
            if kind is None and not titled:
                titled = True
                kind = BlockKind.TITLE if _is_title(passage.text) else None
            elif kind in {BlockKind.LIST_ITEM, BlockKind.NOTE}:
                titled = True
            if kind is BlockKind.BYLINE and self.in_body and self.credits_picture(index):
                kind = BlockKind.CAPTION  # 「圖：…」 names the photographer at the top, one photo's source further down
            self.found.append(kind or self.by_neighbours(index))
            self.in_body = self.in_body or self.found[-1] is BlockKind.PARAGRAPH
        for index, kind in enumerate(self.found):
            if kind is BlockKind.LIST_ITEM and self.is_numbered_heading(index):
                self.found[index] = BlockKind.HEADING
        self.add_others()
        return self.found

    def add_others(self) -> None:
        """Add the headings that are recognised only by other headings: like these, they are alone between prose."""
        headings = self.found.count(BlockKind.HEADING)
        if not headings:
            return
        for index, kind in enumerate(self.found):
            if kind not in {BlockKind.PARAGRAPH, BlockKind.LIST_ITEM} or not self.divides(index):
                continue
            text = self.text(index)
            if may_head_numbered(text) if kind is BlockKind.LIST_ITEM else may_head_among(text, headings):
                self.found[index] = BlockKind.HEADING

    def divides(self, index: int) -> bool:
        """Whether a block is alone between prose (a caption or an item may be above it) with no heading beside it."""
        if self.is_in_run(index) or not 0 < index < len(self.found) - 1:
            return False
        above, below = self.text(index - 1), self.text(index + 1)
        if BlockKind.HEADING in {self.found[index - 1], self.found[index + 1]} or not _is_body(below):
            return False
        if is_label(below) or is_turn(below) or LIST_MARKER.match(below):
            return False
        prose = "。" in above and len(above) > _ENOUGH
        return prose or self.found[index - 1] in {BlockKind.CAPTION, BlockKind.LIST_ITEM}

    def text(self, index: int) -> str:
        """Return a block's text; "" beyond the ends of the document."""
        return self.passages[index].text if 0 <= index < len(self.passages) else ""

    def is_near(self, index: int, other: int) -> bool:
        """Whether there is no blank line between two blocks."""
        return 0 <= other < len(self.passages) and self.passages[other].run == self.passages[index].run

    def is_in_run(self, index: int) -> bool:
        return self.is_near(index, index - 1) or self.is_near(index, index + 1)

    def credits_picture(self, index: int) -> bool:
        text = self.text(index)
        return text[0] not in "【[（(攝摄" and captions.credit_start(text) is not None

    def by_neighbours(self, index: int) -> BlockKind:
        if self.is_bare_byline(index):
            return BlockKind.BYLINE
        return BlockKind.HEADING if self.is_heading(index) else BlockKind.PARAGRAPH

    def is_bare_byline(self, index: int) -> bool:
        """Whether a block is a name under the title or the lead, or below all text, and not in a list of names."""
        if not is_bare_name(self.text(index)) or is_bare_name(self.text(index + 1)):
            return False
        before = self.found[index - 1] if index else None
        if before in _ABOVE:
            return True
        if self.is_in_run(index) or is_bare_name(self.text(index - 1)):
            return False
        return (index <= _LEAD and not is_prose(self.text(index + 1))) or index + 1 == len(self.passages)

    def is_heading(self, index: int) -> bool:
        text = self.text(index)
        if is_part(text):
            return index + 1 < len(self.passages) and not self.lists_parts(index)
        if self.labels[label_of(text)] > 2:  # speakers, the fields of a form
            return False
        if not may_head(text) or (is_bare_name(text) and is_bare_name(self.text(index - 1))):
            return False
        if is_section(text):
            return index + 1 < len(self.passages) and not self.lists_parts(index)
        return self.heads(index) and self.follows(index)

    def lists_parts(self, index: int) -> bool:
        """Whether this is a line of a table of contents."""
        return any(self.is_near(index, other) and names_part(self.text(other)) for other in (index - 1, index + 1))

    def heads(self, index: int) -> bool:
        """Whether prose follows, not counting a caption; among lines without blank lines, a paragraph of its own."""
        if self.is_near(index, index + 1):
            return _is_body(self.text(index + 1))
        following = index + 1
        if self.cues[following : following + 1] == [BlockKind.CAPTION]:
            following += 1
        if self.passages[following : following + 1] and self.passages[following].cell:
            return True
        if is_prose(self.text(following)):
            return True
        lead = self.text(following)  # one line that is not a heading may introduce the prose
        return is_prose(self.text(index - 1)) and is_prose(self.text(following + 1)) and not may_head(lead)

    def follows(self, index: int) -> bool:
        """Whether a heading can be here: below prose, a caption, or a list; not below a title or another line."""
        before = self.found[index - 1] if index else None
        if self.is_near(index, index - 1):
            return _is_body(self.text(index - 1))
        return before not in {None, BlockKind.HEADING} and (self.in_body or before not in _ABOVE)

    def is_numbered_heading(self, index: int) -> bool:
        """Whether a block is like 「一、背景」, directly above prose, with no other item beside it."""
        if any(LIST_MARKER.match(self.text(index + step)) for step in (-1, 1)) or self.is_in_run(index):
            return False
        text = self.text(index)
        return not BULLETED.match(text) and may_head(text) and is_prose(self.text(index + 1))


def _is_body(text: str) -> bool:
    return "。" in text and len(text) > 40


def _is_title(text: str) -> bool:
    if MARKER.match(text) or (text.endswith(".") and not text.endswith("..")):
        return False
    return len(text) <= (60 if has_han(text) else 160) and "。" not in text and UNFINISHED.search(text[-1:]) is None
