"""The content of all parts of a Word file as one text: passages, kinds, shape."""

from __future__ import annotations

from collections.abc import Iterable, Iterator
from typing import TypeVar

from l10n_flow import conflicts
from l10n_flow.documents.docx import properties, reader, writing
from l10n_flow.documents.docx.formats import Runs
from l10n_flow.documents.docx.packages import Package, Part
from l10n_flow.documents.docx.paragraphs import passages
from l10n_flow.documents.docx.styles import Styles
from l10n_flow.documents.segmentation.flow import Passage
from l10n_flow.errors import SourceError
from l10n_flow.inline import OBJECT, Plain
from l10n_flow.model import BlockKind, Notice, NoticeKind

_Thing = TypeVar("_Thing")
_TITLES = frozenset({BlockKind.TITLE, BlockKind.HEADING})


class Found:
    """The content of a Word file.

    Args:
        package: the file.
        path: for messages.
        with_texts: whether to read the texts, or only the shape.

    Attributes:
        text: all parts with text, concatenated.
        passages, kinds: their texts and the kind of each.
        events, numbers: their shape, and the paragraph number of each event.

    Raises:
        SourceError: a part is damaged.
    """

    def __init__(self, package: Package, path: str, *, with_texts: bool = True) -> None:
        self.package, self.path = package, path
        self.passages: list[Passage] = []
        self.kinds: list[BlockKind] = []
        self.events: list[str] = []
        self.numbers: list[int] = []
        self.tracked = 0
        self.paragraphs = 0
        self.with_texts = with_texts
        self.has_title = False
        texts: list[str] = []
        styles = package.others.get("styles") if with_texts else None
        self.styles = Styles(package.contents[styles] if styles else None, path=f"{path}: {styles}")
        start = 0
        for part in package.parts:
            data = package.contents[part.name]
            self.read(part, data, start)
            if with_texts:
                texts.append(data.decode())  # expat has checked that it is UTF-8
                start += len(texts[-1]) + len(writing.BORDER)
        self.text = writing.BORDER.join(texts)

    def place(self, part: Part) -> str:
        """Return the name of a part in messages."""
        return f"{self.path}: {part.name}"

    def read(self, part: Part, data: bytes, start: int) -> None:
        """Add a part whose text begins at a place."""
        if part.kind == "core":
            if self.with_texts:
                kind = BlockKind.HEADING if self.has_title else BlockKind.TITLE
                found = properties.title(data, self.paragraphs + 1, path=self.place(part))
                there = {each.text for each, what in zip(self.passages, self.kinds, strict=True) if what in _TITLES}
                new = ((passage, begin, kind) for passage, begin in found if passage.text not in there)
                self.take(new, data, start)
            return
        made = reader.read(data, part.kind, self.paragraphs + 1, path=self.place(part))
        self.events += (f"part {part.kind}", *made.events)
        self.numbers += (self.paragraphs + 1, *made.numbers)
        self.tracked += made.tracked
        self.paragraphs = max((paragraph.number for paragraph in made.paragraphs), default=self.paragraphs)
        if self.with_texts:
            self.take(_used_up(sorted(self.found_in(made, data), key=lambda each: each[1])), data, start)

    def found_in(self, made: reader.Part, data: bytes) -> Iterator[tuple[Passage, int, BlockKind]]:
        """Yield the passages of a part with the place of each in its bytes, and its kind."""
        runs = Runs()
        titled = any(self.styles.kind(each)[0] is BlockKind.TITLE for each in made.paragraphs if each.items)
        for paragraph in _used_up(made.paragraphs):
            if not paragraph.items:
                continue
            kind, level = self.styles.kind(paragraph)
            for passage, begin in passages(paragraph.items, data, paragraph.number, made.prefix, runs):
                if not _has_word(passage, kind):
                    continue
                if not titled and not self.has_title and paragraph.place == "document":
                    titled = True
                    kind = BlockKind.TITLE if level == 0 else kind
                self.has_title = self.has_title or kind is BlockKind.TITLE
                yield passage, begin, kind

    def taken(self) -> Iterator[tuple[Passage, BlockKind]]:
        """Yield the passages and their kinds, in order, and remove them."""
        yield from zip(_used_up(self.passages), self.kinds, strict=True)

    def take(self, found: Iterable[tuple[Passage, int, BlockKind]], data: bytes, start: int) -> None:
        """Store passages with their places in the text of all parts."""
        done = 0
        for passage, begin, kind in found:
            start += len(data[done:begin].decode())
            done = begin
            length = passage.end - passage.start
            self.passages.append(passage._replace(start=start, end=start + length))
            self.kinds.append(kind)

    def refuse_conflict(self) -> None:
        """Refuse conflict markers, each a line or a paragraph of its own: some programs merge the text of Word files.

        Raises:
            SourceError: with the number of the paragraph.
        """
        for passage in self.passages:
            if conflicts.line_of_conflict(passage.text) is not None:
                raise SourceError(conflicts.MESSAGE, path=self.path, line=passage.lines[0])

    def notices(self) -> Iterator[Notice]:
        """Yield the notice about tracked changes."""
        if self.tracked:
            changes = "1 tracked change" if self.tracked == 1 else f"{self.tracked} tracked changes"
            message = f"the file has {changes}; the text with all of them accepted is translated"
            yield Notice(NoticeKind.TRACKED_CHANGES, 1, message)


def _used_up(things: list[_Thing]) -> Iterator[_Thing]:
    """Yield the members of a list in order; each is released before the next one, because there may be many."""
    things.reverse()
    while things:
        yield things.pop()


def _has_word(passage: Passage, kind: BlockKind) -> bool:
    text = Plain(passage.text, passage.codes).text.replace(OBJECT, "") if passage.codes else passage.text
    return any(map(str.isalpha if kind is BlockKind.TABLE_CELL else str.isalnum, text))
