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
    """The kind of a block in the article (a closed list)."""

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
    """The role of a unit in its block."""

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
    """One translatable text at its place in a document.

    Attributes:
        text: the text for the translator, with hard-wrapped lines joined: the msgid.
        role: sentence, credit or line.
        raw: the text as in the file, with its line breaks (without a repaired break).
        gap: the text in the file between this unit and the next one of its block; "" for the last.
        context: the msgctxt from an override of the author, or None.
        copy: whether the author's override has it copied into editions that people translate; None without one.
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
        kind: its kind.
        lines: the 1-based lines of the source file that it covers, ascending.
        units: its units, at least one.
        before: the skeleton between the previous block (or the start of the file) and its first unit.
        sentences: with ``unit = "paragraph"``, the sentences of its one unit, else ().
        form: its syntax in the file, in a word of its format; a target in its place needs the same syntax.
    """

    kind: BlockKind
    lines: tuple[int, ...]
    units: tuple[Unit, ...]
    before: str = ""
    sentences: tuple[str, ...] = ()
    form: str = ""


class NoticeKind(StrEnum):
    """The kinds of notice to the author of a document."""

    REPAIRED_BREAK = "repaired-break"
    SUSPICIOUS_BREAK = "suspicious-break"
    OVERRIDE_UNUSED = "override-unused"
    TRACKED_CHANGES = "tracked-changes"


@dataclass(frozen=True, slots=True)
class Notice:
    """A notice to the author of a source document; ``line`` is 1-based."""

    kind: NoticeKind
    line: int
    message: str


class Kept(NamedTuple):
    """A text of the skeleton that is not to be translated.

    Attributes:
        block: the index of the block after it; the number of blocks if it is after the last one.
        start, end: its half-open range in the skeleton there.
    """

    block: int
    start: int
    end: int


@dataclass(frozen=True, slots=True)
class Document:
    r"""A source document cut into blocks; everything that is not a unit is skeleton.

    The concatenation of the blocks' ``before``, their units' ``raw`` and ``gap``, and ``tail`` is the decoded file,
    apart from repaired breaks.

    Attributes:
        blocks: in document order.
        tail: the skeleton after the last block.
        newline: the file's line end, ``\n``, ``\r\n`` or ``\r``.
        bom: whether the file began with a byte order mark.
        notices: repaired and suspicious breaks, overrides that matched nothing.
        encoding: the codec of the file's encoding.
        kept: the texts in the skeleton that the author excluded from translation, in order.
        format: the name of its format (``documents.format_of``).
        shape: the structure of the file that must be the same in an edition, in words of the format; () when no target
            can change it.
        original: the file itself, for a format whose skeleton is not only text.
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
    """The state of a translation; computed from the catalogue, never stored."""

    UNTRANSLATED = "untranslated"
    NEEDS_EDITING = "needs-editing"
    TRANSLATED = "translated"
    APPROVED = "approved"

    @property
    def rank(self) -> int:
        return _STATE_RANK[self]


_STATE_RANK = {state: rank for rank, state in enumerate(State)}


class Origin(StrEnum):
    """The origin of a target text: the converter, a copy of the source, or a person."""

    CONVERTED = "converted"
    COPIED = "copied"
    HUMAN = "human"


_NOTHING: Mapping[str, str] = MappingProxyType({})


class Choice(NamedTuple):
    """The text of a unit in one branch, with author and day ("" when not recorded)."""

    text: str
    by: str = ""
    date: str = ""


class Translation(NamedTuple):
    """The data of one catalogue entry for the rest of the program (a named tuple, because there are many).

    Attributes:
        key: msgctxt and msgid.
        target: the msgstr; "" when untranslated.
        state: computed from flags, seals and text.
        origin: the origin of the target; None when it is empty.
        kinds: the extracted comments (``paragraph``, ``credit`` …) in order.
        previous: the previous source (``#|``) of a fuzzy entry, or None.
        stale: whether it is a correction of a converted unit whose source has changed since.
        joined: whether it is translated together with the unit before it; a build leaves it out.
        ignores: for each ignored rule the reason; valid for this text only.
        line: 1-based line of the entry in its PO file, 0 when it has not been written.
        choices: the texts of two branches, of which nobody has chosen one yet.
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
    """The severity of a finding; by default ``check`` fails for errors."""

    ERROR = "error"
    WARNING = "warning"
    INFO = "info"

    @property
    def rank(self) -> int:
        """The rank: 0 for info, 1 for warning, 2 for error."""
        return {"info": 0, "warning": 1, "error": 2}[self.value]


@dataclass(frozen=True, slots=True)
class Span:
    """A half-open range of code points, ``text[start:end]``."""

    start: int
    end: int


@dataclass(frozen=True, slots=True)
class Fix:
    """One change of a target that removes a finding; a person reviews and saves it.

    Attributes:
        span: the replaced range of the target; an empty span inserts.
        text: the new text.
    """

    span: Span
    text: str

    def applied(self, target: str) -> str:
        """Return the target with the change applied."""
        return f"{target[: self.span.start]}{self.text}{target[self.span.end :]}"


@dataclass(frozen=True, slots=True)
class Finding:
    """A problem found by a check in one unit of one locale.

    Attributes:
        rule: the id of the rule, also used as docs anchor, in the configuration and in ``ignore``.
        severity: the configured severity.
        message: one sentence with the relevant values.
        document: the document's identity.
        locale: the gettext locale id of the catalogue.
        key: the unit.
        target: the unit's msgstr at the time.
        line: 1-based line of the entry in its PO file.
        source_span, target_span: the ranges to underline, or None.
        fixes: alternative fixes, the likeliest first.
        ignored: the reason why it is ignored for this text; None when it is not ignored.
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
