"""What stands in a row in a paragraph of a Word file, with its place in the bytes of the part."""

from __future__ import annotations

from dataclasses import dataclass, field
from enum import Enum, auto
from typing import NamedTuple


class Is(Enum):
    """What an item is."""

    TEXT = auto()  # the content of a w:t
    CHARACTER = auto()  # an element that writes a character: a hyphen at which no line breaks
    CODE = auto()  # something that stands for itself: a tab, a picture, a field
    OPEN = auto()  # the beginning of a link, a content control … with text in it
    CLOSE = auto()
    BEFORE = auto()  # seen by nobody: the beginning of a bookmark or a comment; goes to the beginning when text changes
    BEHIND = auto()  # the end of one; goes to the end
    BARRIER = auto()  # holds paragraphs of its own: a text box


class Item(NamedTuple):
    """An item of a paragraph.

    Attributes:
        what: what it is.
        start, end: its place in the part.
        name: of a code its letters (``tab``), of a character itself; "" for a pair that is not shown (an insertion).
        run: of what stands in a run the properties of the run (``<w:rPr>…</w:rPr>``, or nothing); None outside.
        pair: a number that the two of a pair share.
    """

    what: Is
    start: int
    end: int
    name: str = ""
    run: bytes | None = None
    pair: int = 0


@dataclass(slots=True)
class Paragraph:
    """A paragraph of a part.

    Attributes:
        number: how many paragraphs of the file, this one included, begin no later.
        items: in order.
        place: where it stands: ``document``, ``cell``, ``note``, ``header`` …
        style: the id of its style, "" for the normal one.
        level: its outline level, from 0, where it has one of its own.
        is_item: whether it is an item of a list by itself; None: its style says.
    """

    number: int
    place: str
    items: list[Item] = field(default_factory=list)
    style: str = ""
    level: int | None = None
    is_item: bool | None = None
