"""Seals: what PO cannot say, kept in translator comments, bound to the text by a digest (docs/file-formats.md).

A seal is a line ``l10n-flow: …`` of an entry's translator comment. Translator comments are the only part of an
entry that every gettext tool carries along untouched; the digest makes a seal expire when the text changes.
"""

from __future__ import annotations

import hashlib
import re
from dataclasses import dataclass
from enum import StrEnum
from functools import lru_cache

_MARK = "l10n-flow:"


class SealKind(StrEnum):
    """The kinds of seal, in the order they are written."""

    CONVERTED = "converted"
    NEEDS_EDITING = "needs-editing"
    TRANSLATED = "translated"
    APPROVED = "approved"
    JOINED = "joined"
    IGNORE = "ignore"
    NOTE = "note"


_ORDER = {kind: position for position, kind in enumerate(SealKind)}
_LINE = re.compile(r"\s*l10n-flow:\s*(?P<kind>[a-z-]+)\s*(?P<rest>.*?)\s*")
_DIGEST = r"(?P<digest>[0-9a-f]{12})"
_SIGNED = r"(?:\s*by\s+(?P<name>.+?))?(?:\s*on\s+(?P<date>\d{4}-\d\d-\d\d))?"
_GRAMMAR = {
    SealKind.CONVERTED: re.compile(rf"(?P<detail>\S+)\s+{_DIGEST}"),
    SealKind.NEEDS_EDITING: re.compile(_DIGEST),
    SealKind.TRANSLATED: re.compile(_DIGEST + _SIGNED),
    SealKind.APPROVED: re.compile(_DIGEST + _SIGNED),
    SealKind.JOINED: re.compile(_DIGEST),
    SealKind.IGNORE: re.compile(rf"(?P<detail>[a-z0-9-]+)\s+{_DIGEST}\s*:\s*(?P<text>.*)"),
    SealKind.NOTE: re.compile(rf"{_SIGNED}\s*:\s*(?P<text>.*)"),
}


@dataclass(frozen=True, slots=True)
class Seal:
    """One seal.

    Attributes:
        kind: what it says.
        digest: 12 hex digits of the text it is bound to; "" for a note.
        detail: the conversion of ``converted``, the rule of ``ignore``.
        name, date: who and when (``YYYY-MM-DD``), "" when not told.
        text: the reason of ``ignore``, the text of ``note``.
    """

    kind: SealKind
    digest: str = ""
    detail: str = ""
    name: str = ""
    date: str = ""
    text: str = ""

    def __str__(self) -> str:
        by = (f" by {self.name}" if self.name else "") + (f" on {self.date}" if self.date else "")
        match self.kind:
            case SealKind.CONVERTED:
                return f"{_MARK} converted {self.detail} {self.digest}"
            case SealKind.IGNORE:
                return f"{_MARK} ignore {self.detail} {self.digest}: {self.text}".rstrip()
            case SealKind.NOTE:
                return f"{_MARK} note{by}: {self.text}".rstrip()
            case _:
                return f"{_MARK} {self.kind} {self.digest}{by}"


def digest(text: str) -> str:
    """The first 12 hex digits of SHA-256 over the UTF-8 of a text."""
    return hashlib.sha256(text.encode("utf-8", "surrogatepass")).hexdigest()[:12]


def pair_digest(source: str, target: str) -> str:
    """The digest over msgid, U+0004, msgstr."""
    return digest(f"{source}\x04{target}")


def one_line(text: str) -> str:
    """A name, reason or note as it may stand in a comment: white space folded, so that it stays one line."""
    return " ".join(text.split())


def _parse_line(line: str) -> Seal | None:
    match = _LINE.fullmatch(line)
    if match is None or match["kind"] not in _ORDER:
        return None
    kind = SealKind(match["kind"])
    fields = _GRAMMAR[kind].fullmatch(match["rest"])
    return None if fields is None else Seal(kind, **{name: value or "" for name, value in fields.groupdict().items()})


@lru_cache(maxsize=4096)
def parse(comment: str) -> tuple[tuple[Seal, ...], tuple[str, ...]]:
    """Split a translator comment into its seals, in canonical order and each once, and its other lines.

    A line that begins like a seal but is none we know stays among the other lines: a later version may know it.
    """
    if _MARK not in comment:
        return (), tuple(comment.split("\n")) if comment else ()
    found: dict[Seal, None] = {}
    others = []
    for line in comment.split("\n"):
        seal = _parse_line(line)
        if seal is None:
            others.append(line)
        else:
            found[seal] = None
    return tuple(sorted(found, key=lambda seal: _ORDER[seal.kind])), tuple(others)


def compose(seals: tuple[Seal, ...], others: tuple[str, ...]) -> str:
    """The translator comment of other lines first, then seals in canonical order."""
    ordered = sorted(dict.fromkeys(seals), key=lambda seal: _ORDER[seal.kind])
    return "\n".join([*others, *map(str, ordered)])
