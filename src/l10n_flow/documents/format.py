"""The interface of formats: reading and writing files, inline codes, the notice of a draft."""

from __future__ import annotations

from collections.abc import Callable, Sequence
from dataclasses import dataclass
from typing import NamedTuple, Protocol, runtime_checkable

from l10n_flow.documents.segmentation.overrides import Override
from l10n_flow.inline import InlineCode
from l10n_flow.model import Document

#: The prefix of an event of a shape that means text only: the event is absent when all units of the text are left out.
TEXT_EVENT = "text"
#: The fields of front matter that are translated by default.
FRONT_MATTER = ("title", "linkTitle", "sidebar_label", "subtitle", "description", "summary")


@dataclass(frozen=True, slots=True)
class Reading:
    """The settings for reading a file.

    Attributes:
        path: its path, for messages.
        unit: ``sentence``, or ``paragraph`` to keep whole blocks as units.
        overrides: the author's overrides for this document, in the file's order.
        front_matter: the fields of a file's front matter that are translated.
    """

    path: str = "-"
    unit: str = "sentence"
    overrides: Sequence[Override] = ()
    front_matter: tuple[str, ...] = FRONT_MATTER


class Shape(NamedTuple):
    """The structure of a file, which must be the same in an edition: its events, and the line of each."""

    events: tuple[str, ...] = ()
    lines: Sequence[int] = ()


class Shown(NamedTuple):
    """A cue of subtitles: the numbers of its blocks, and for how many seconds it is shown."""

    blocks: tuple[int, ...]
    seconds: float


class Timed(NamedTuple):
    """The cues of a document of subtitles, and their limits in a locale.

    Attributes:
        cues: in the file's order.
        lines: returns the lines, without codes, of a target of the block with this number.
        measure: returns the length of a text in characters.
        line: the maximal characters of a line.
        speed: the maximal characters of a second.
    """

    cues: Sequence[Shown]
    lines: Callable[[int, str], Sequence[str]]
    measure: Callable[[str], float]
    line: int
    speed: int


class Format(Protocol):
    """A source format. Only its own code depends on the syntax of its files.

    A parser only finds spans: the skeleton is the file without the spans, and writing concatenates slices.
    ``segmentation.blocks.assemble`` makes blocks of spans, ``joining`` writes the units of a block.
    """

    @property
    def suffixes(self) -> tuple[str, ...]:
        """The suffixes of its files, lower case."""

    @property
    def is_text(self) -> bool:
        """Whether its files are text, which may have another encoding than UTF-8; the format always gets UTF-8."""

    def parse(self, data: bytes, reading: Reading) -> Document:
        """Read a file; result and errors are those of ``documents.parse``."""

    def render(self, document: Document, targets: Sequence[str | None], *, locale: str) -> bytes:
        """Write a document; arguments and result are those of ``documents.render``, without the notice of a draft.

        Each target is written so that it is read as its text and its inline codes, and nothing else.
        """

    def shape(self, data: bytes) -> Shape:
        """Return the structure of a file, as in ``Document.shape``; ``documents.render`` compares the two."""

    def inline(self, text: str) -> tuple[InlineCode, ...]:
        """Return the inline codes of a unit's text, source or target, ascending and without overlaps."""

    def mark_draft(self, data: bytes, document: Document, notice: str) -> bytes:
        """Return a written file with a notice for readers that it is a draft.

        Args:
            data: the result of ``render``.
            document: the document that was written.
            notice: the text of the notice, on one line.
        """


@runtime_checkable
class Declaring(Protocol):
    """The additional interface of formats whose files declare their language or their encoding."""

    def declare(self, data: bytes, *, locale: str, source: str, encoding: str) -> bytes:
        """Return a written file that declares its locale and encoding.

        Args:
            data: the result of ``render``.
            locale: the locale of the file.
            source: the locale of the source.
            encoding: the encoding to declare; "" does not change the declaration.
        """
