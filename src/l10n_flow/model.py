"""The data types that all other modules use: documents, blocks, units, translations, findings.

Frozen values and the standard library only; no input or output, and no import of another module of ours.
"""

from __future__ import annotations

import hashlib
from collections.abc import Mapping
from dataclasses import dataclass
from enum import StrEnum
from types import MappingProxyType
from typing import NamedTuple


class BlockKind(StrEnum):
    """What a block is in the article (a closed list)."""

    TITLE = "title"
    BYLINE = "byline"
    DATELINE = "dateline"
    HEADING = "heading"
    CAPTION = "caption"
    PARAGRAPH = "paragraph"
    LIST_ITEM = "list-item"
    QUOTATION = "quotation"
    NOTE = "note"
    TABLE_CELL = "table-cell"


class Role(StrEnum):
    """What a unit is in its block."""

    SENTENCE = "sentence"
    CREDIT = "credit"
    LINE = "line"


class Key(NamedTuple):
    """The identity of a unit in a catalogue: gettext's ``msgctxt`` (or None) and ``msgid``.

    A named tuple, because keys are hashed by the million.
    """

    context: str | None
    source: str

    @property
    def digest(self) -> str:
        """The 64 hex digits of SHA-256 over msgctxt, U+0004, msgid (msgid alone without context)."""
        text = self.source if self.context is None else f"{self.context}\x04{self.source}"
        return hashlib.sha256(text.encode()).hexdigest()


@dataclass(frozen=True, slots=True)
class Unit:
    """One translatable text where it stands in a document.

    Attributes:
        text: what the translator sees, hard-wrapped lines joined: the msgid.
        role: sentence, credit or line.
        raw: the same as it stands in the file, line breaks kept (a repaired break left out).
        gap: what stands in the file between this unit and the next one of its block; "" for the last.
        context: the msgctxt the author asked for, or None.
        copy: whether the author wants it copied into the editions that people translate; None when not said.
    """

    text: str
    role: Role
    raw: str
    gap: str = ""
    context: str | None = None
    copy: bool | None = None

    @property
    def key(self) -> Key:
        return Key(self.context, self.text)


@dataclass(frozen=True, slots=True)
class Block:
    """A title, heading, paragraph, … : one or more units in order.

    Attributes:
        kind: what it is.
        lines: every 1-based line of the source file it covers, ascending.
        units: its units, at least one.
        before: the skeleton between the previous block (or the start of the file) and its first unit.
        sentences: with ``unit = "paragraph"``, the sentences that its one unit is made of, else ().
        form: how the file writes it, in a word of its format's own: what a target needs to stand there.
    """

    kind: BlockKind
    lines: tuple[int, ...]
    units: tuple[Unit, ...]
    before: str = ""
    sentences: tuple[str, ...] = ()
    form: str = ""


class NoticeKind(StrEnum):
    """The kinds of notice that the parser gives the author of a document."""

    REPAIRED_BREAK = "repaired-break"
    SUSPICIOUS_BREAK = "suspicious-break"
    OVERRIDE_UNUSED = "override-unused"
    TRACKED_CHANGES = "tracked-changes"


@dataclass(frozen=True, slots=True)
class Notice:
    """Something about a source document its author should know; ``line`` is 1-based."""

    kind: NoticeKind
    line: int
    message: str


class Kept(NamedTuple):
    """A text of the skeleton that is not to be translated.

    Attributes:
        block: the number of the block before which it stands; that of all blocks: it stands behind the last one.
        start, end: its half-open range in the skeleton there.
    """

    block: int
    start: int
    end: int


@dataclass(frozen=True, slots=True)
class Document:
    r"""A source document cut into blocks; everything that is not a unit is skeleton.

    The blocks' ``before``, their units' ``raw`` and ``gap``, and ``tail``, in a row, are the decoded file, apart
    from repaired breaks.

    Attributes:
        blocks: in document order.
        tail: the skeleton after the last block.
        newline: the file's line end, ``\n``, ``\r\n`` or ``\r``.
        bom: whether the file began with a byte order mark.
        notices: repaired and suspicious breaks, overrides that matched nothing.
        encoding: the codec that writes text as the file is encoded.
        kept: where in the skeleton the texts stand that the author does not want translated, in order.
        format: the name of its format, as ``documents.format_of`` gives it.
        shape: what of the file's structure must be the same in an edition, in words of the format's own; () where
            nothing a target says can change it.
        original: the file itself, of a format whose skeleton is not all text.
    """

    blocks: tuple[Block, ...]
    tail: str = ""
    newline: str = "\n"
    bom: bool = False
    notices: tuple[Notice, ...] = ()
    encoding: str = "utf-8"
    kept: tuple[Kept, ...] = ()
    format: str = "text"
    shape: tuple[str, ...] = ()
    original: bytes = b""

    def units(self) -> tuple[Unit, ...]:
        """Every unit occurrence in document order."""
        return tuple(unit for block in self.blocks for unit in block.units)


class State(StrEnum):
    """Where a translation stands; computed from the catalogue, never stored."""

    UNTRANSLATED = "untranslated"
    NEEDS_EDITING = "needs-editing"
    TRANSLATED = "translated"
    APPROVED = "approved"

    @property
    def rank(self) -> int:
        return _STATE_RANK[self]


_STATE_RANK = {state: rank for rank, state in enumerate(State)}


class Origin(StrEnum):
    """Where a target text comes from: the converter, the source as it is, or a person."""

    CONVERTED = "converted"
    COPIED = "copied"
    HUMAN = "human"


_NOTHING: Mapping[str, str] = MappingProxyType({})


class Choice(NamedTuple):
    """A text that one branch gave a unit, with who wrote it and on which day, "" when that is not known."""

    text: str
    by: str = ""
    date: str = ""


class Translation(NamedTuple):
    """One catalogue entry as the rest of the program sees it (a named tuple: a large project makes many).

    Attributes:
        key: msgctxt and msgid.
        target: the msgstr, "" when untranslated.
        state: computed from flags, seals and text.
        origin: who wrote the target; None when it is empty.
        kinds: the extracted comments (``paragraph``, ``credit`` …) in order.
        previous: the previous source (``#|``) of a fuzzy entry, or None.
        stale: a human correction of a converted unit whose source has changed since.
        joined: rendered together with the unit before it; the builder leaves it out.
        ignores: rule id to the reason it is ignored for this very text.
        line: 1-based line of the entry in its PO file, 0 when it has not been written.
        choices: the texts that two branches gave the unit, when nobody has chosen yet.
    """

    key: Key
    target: str
    state: State
    origin: Origin | None = None
    kinds: tuple[str, ...] = ()
    previous: str | None = None
    stale: bool = False
    joined: bool = False
    ignores: Mapping[str, str] = _NOTHING
    line: int = 0
    choices: tuple[Choice, ...] = ()


class Severity(StrEnum):
    """How grave a finding is; ``check`` fails on errors unless told otherwise."""

    ERROR = "error"
    WARNING = "warning"
    INFO = "info"

    @property
    def rank(self) -> int:
        """0 for info, 1 for warning, 2 for error."""
        return {"info": 0, "warning": 1, "error": 2}[self.value]


@dataclass(frozen=True, slots=True)
class Span:
    """A half-open range of code points, ``text[start:end]``."""

    start: int
    end: int


@dataclass(frozen=True, slots=True)
class Fix:
    """One change of a target that settles a finding, for a person to look at and save.

    Attributes:
        span: what it replaces, in code points of the target; an empty span inserts.
        text: what comes there.
    """

    span: Span
    text: str

    def applied(self, target: str) -> str:
        """The target with the change made."""
        return f"{target[: self.span.start]}{self.text}{target[self.span.end :]}"


@dataclass(frozen=True, slots=True)
class Finding:
    """What a check reports about one unit of one locale.

    Attributes:
        rule: the id that is also its docs anchor, its switch and its ignore.
        severity: after configuration.
        message: one sentence, with the values in question.
        document: the document's identity.
        locale: the gettext locale id of the catalogue.
        key: the unit.
        target: the unit's msgstr at the time.
        line: 1-based line of the entry in its PO file.
        source_span, target_span: what to underline, or None.
        fixes: what would settle it, the likeliest first; each is one choice.
        ignored: why it is ignored for this very text; None when it stands.
    """

    rule: str
    severity: Severity
    message: str
    document: str
    locale: str
    key: Key
    target: str = ""
    line: int = 0
    source_span: Span | None = None
    target_span: Span | None = None
    fixes: tuple[Fix, ...] = ()
    ignored: str | None = None
