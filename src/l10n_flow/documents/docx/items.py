"""The items of a paragraph of a Word file, in order, with their places in the bytes of the part."""

from __future__ import annotations

from dataclasses import dataclass, field
from enum import Enum, auto
from typing import NamedTuple


class Is(Enum):
    """The kind of an item."""

    TEXT = auto()  # the content of a w:t
    CHARACTER = auto()  # an element for a character: a non-breaking hyphen
    CODE = auto()  # a standalone code: a tab, a picture, a field
    OPEN = auto()  # the beginning of a link, a content control … with text in it
    CLOSE = auto()
    BEFORE = auto()  # invisible: the beginning of a bookmark or a comment; moves to the beginning when text changes
    BEHIND = auto()  # the end of one; moves to the end
    BARRIER = auto()  # contains paragraphs of its own: a text box


class Item(NamedTuple):
    """An item of a paragraph.

    Attributes:
        what: its kind.
        start, end: its span in the part.
        name: the letters of a code (``tab``), or a character; "" for a pair that is not shown (an insertion).
        run: the properties of the run (``<w:rPr>…</w:rPr>``, or nothing) that contains the item; None outside runs.
        pair: a number that both items of a pair have.
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
        number: its number in the file, from 1, in the order of beginnings.
        items: its items in order.
        place: its place: ``document``, ``cell``, ``note``, ``header`` …
        style: the id of its style, "" for the normal one.
        level: its own outline level, from 0, if it has one.
        is_item: whether it is an item of a list by itself; None: its style decides.
    """

    number: int
    place: str
    items: list[Item] = field(default_factory=list)
    style: str = ""
    level: int | None = None
    is_item: bool | None = None
