"""What a format is: both ways between the bytes of a file and a document, its inline codes, how a draft is marked."""

from __future__ import annotations

from collections.abc import Callable, Sequence
from dataclasses import dataclass
from typing import NamedTuple, Protocol, runtime_checkable

from l10n_flow.documents.segmentation.overrides import Override
from l10n_flow.inline import InlineCode
from l10n_flow.model import Document

#: How an event of a shape begins that stands for text alone: it goes when all of its units are left out.
TEXT_EVENT = "text"
#: The fields of front matter that are translated unless the project says otherwise.
FRONT_MATTER = ("title", "linkTitle", "sidebar_label", "subtitle", "description", "summary")


@dataclass(frozen=True, slots=True)
class Reading:
    """How a file is read.

    Attributes:
        path: its path, for messages.
        unit: ``sentence``, or ``paragraph`` to keep whole blocks as units.
        overrides: what the author says of this document, in the file's order.
        front_matter: the fields of a file's front matter that are translated.
    """

    path: str = "-"
    unit: str = "sentence"
    overrides: Sequence[Override] = ()
    front_matter: tuple[str, ...] = FRONT_MATTER


class Shape(NamedTuple):
    """The structure of a file: what must be the same in an edition, event by event, and the line of each."""

    events: tuple[str, ...] = ()
    lines: Sequence[int] = ()


class Shown(NamedTuple):
    """A cue of subtitles: the numbers of its blocks, and for how many seconds it is shown."""

    blocks: tuple[int, ...]
    seconds: float


class Timed(NamedTuple):
    """How a document of subtitles is shown in a locale.

    Attributes:
        cues: in the file's order.
        lines: gives the lines, without codes, on which a target of the block with this number is shown.
        measure: gives how many characters a text counts.
        line: how many of them can be read on a line.
        speed: and in a second.
    """

    cues: Sequence[Shown]
    lines: Callable[[int, str], Sequence[str]]
    measure: Callable[[str], float]
    line: int
    speed: int


class Format(Protocol):
    """A source format. Only its own code depends on how its files are written.

    A parser only finds spans: the skeleton is the file minus the spans, and writing puts slices in a row.
    ``segmentation.blocks.assemble`` makes blocks of spans, ``joining`` writes the units of a block in a row.
    """

    @property
    def suffixes(self) -> tuple[str, ...]:
        """The file name endings it is recognised by, lower case."""

    @property
    def is_text(self) -> bool:
        """Whether its files are text, which may be in other encodings than UTF-8; it is given UTF-8."""

    def parse(self, data: bytes, reading: Reading) -> Document:
        """Read a file; result and errors are those of ``documents.parse``."""

    def render(self, document: Document, targets: Sequence[str | None], *, locale: str) -> bytes:
        """Write a document; arguments and result are those of ``documents.render``, a draft's mark left out.

        Each target is written so that it is read as the text and the inline codes it holds, and nothing else.
        """

    def shape(self, data: bytes) -> Shape:
        """The structure of a file, as ``Document.shape`` has it; ``documents.render`` compares the two."""

    def inline(self, text: str) -> tuple[InlineCode, ...]:
        """The inline codes of a unit's text, source or target, ascending and apart from one another."""

    def mark_draft(self, data: bytes, document: Document, notice: str) -> bytes:
        """A written file that tells its readers that it is a draft.

        Args:
            data: what ``render`` gave.
            document: the document it was made of.
            notice: what to tell them, on one line.
        """


@runtime_checkable
class Declaring(Protocol):
    """What a format also has whose files say which language they are in, or how they are encoded."""

    def declare(self, data: bytes, *, locale: str, source: str, encoding: str) -> bytes:
        """A written file that says so of itself; that of the source in the source's own encoding is not asked for.

        Args:
            data: what ``render`` gave.
            locale: what the file is in.
            source: the locale of the source.
            encoding: what it is to name as its encoding; "" leaves what it names.
        """
