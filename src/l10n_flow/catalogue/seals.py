"""Seals: data for which PO has no field, in translator comments, bound to the text by a digest (docs/file-formats.md).

A seal is one line of an entry's translator comment. Translator comments are the only part of an entry that every
gettext tool preserves unchanged; the digest makes a seal expire when the text changes. The grammar, where
DIGEST is 12 hex digits and ``by NAME`` and ``on YYYY-MM-DD`` may be missing::

    l10n-flow: converted CONVERSION DIGEST             the target was converted
    l10n-flow: copied DIGEST                           the target is a copy of the source
    l10n-flow: finished DIGEST                         it was not fuzzy when its source was edited (below)
    l10n-flow: translated DIGEST by NAME on DATE
    l10n-flow: approved DIGEST by NAME on DATE
    l10n-flow: joined DIGEST                           translated together with the unit before it
    l10n-flow: ignore RULE DIGEST: REASON
    l10n-flow: note by NAME on DATE: TEXT
    l10n-flow: rejected by NAME on DATE: TEXT          a note with the reason of a rejection
    l10n-flow: resolved DIGEST by NAME on DATE         a note or a rejection is resolved (below)
    l10n-flow: conflict by NAME on DATE: "TEXT"        the text of one branch (below)
    l10n-flow: empty                                   the target "-" means no target (below)

The digest of ``converted`` and ``copied`` is that of msgstr, of all others that of msgid, U+0004, msgstr. ``finished``
is set when a merge makes an entry fuzzy, and is bound to the source before the edit (``#|``) and the target. If the
edit is undone, it is removed, and the entry is as before; without it (a draft, or a target that was changed meanwhile)
the entry stays fuzzy.

The digest of ``resolved`` is that of the line of the note or rejection, in the form above. It is removed with the note.

``conflict`` is on a fuzzy entry, one seal for each text of which a person has to choose one, as a JSON string (a target
may have line feeds, a seal has none). It is removed when the entry is no longer fuzzy.

``empty`` exists in files only, on obsolete entries without a target but with a note or a seal: GNU gettext drops
obsolete entries without a target.

Read leniently: tabs, spaces or none between the parts, any order of seals. Written in this one form.
"""

from __future__ import annotations

import hashlib
import json
import re
from collections.abc import Iterable
from enum import StrEnum
from functools import lru_cache
from typing import NamedTuple

from l10n_flow.model import Choice

_MARK = "l10n-flow:"


class SealKind(StrEnum):
    """The kinds of seal, in the order they are written."""

    CONVERTED = "converted"
    COPIED = "copied"
    FINISHED = "finished"
    TRANSLATED = "translated"
    APPROVED = "approved"
    JOINED = "joined"
    IGNORE = "ignore"
    NOTE = "note"
    REJECTED = "rejected"
    RESOLVED = "resolved"
    CONFLICT = "conflict"
    EMPTY = "empty"


#: The kinds of seal of a target that no person wrote; bound to msgstr alone, whatever happened to its source.
MACHINE = frozenset({SealKind.CONVERTED, SealKind.COPIED})
#: The thread of a unit, which never expires.
REMARKS = frozenset({SealKind.NOTE, SealKind.REJECTED, SealKind.RESOLVED})
_ORDER = {kind: position for position, kind in enumerate(SealKind)}
_ORDER[SealKind.REJECTED] = _ORDER[SealKind.RESOLVED] = _ORDER[SealKind.NOTE]  # one thread, in its own order
_KINDS = {kind.value: kind for kind in SealKind}
_BLANKS = re.compile(r"[ \t]+")
# Matched against a line whose blanks are folded, with nothing that could be tried in two ways: linear.
_LINE = re.compile(rf"{_MARK} ?(?P<kind>[a-z-]+) ?(?P<rest>.*)")
_DIGEST = r"(?P<digest>[0-9a-f]{12})"
_DATE = r" ?on (?P<date>\d{4}-\d\d-\d\d)"
# A name may hold a colon when a date follows it.
_REMARK = (rf"by (?P<name>.+?){_DATE} ?: ?(?P<text>.*)", rf"(?:by (?P<name>.+?)|{_DATE})? ?: ?(?P<text>.*)")
_SIGNED = rf"{_DIGEST}(?: ?by (?P<name>.+?))?(?:{_DATE})?"
_GRAMMAR = {
    SealKind.CONVERTED: (rf"(?P<detail>[^ ]+) {_DIGEST}",),
    SealKind.COPIED: (_DIGEST,),
    SealKind.FINISHED: (_DIGEST,),
    SealKind.TRANSLATED: (_SIGNED,),
    SealKind.APPROVED: (_SIGNED,),
    SealKind.JOINED: (_DIGEST,),
    SealKind.IGNORE: (rf"(?P<detail>[a-z0-9-]+) {_DIGEST} ?: ?(?P<text>.*)",),
    SealKind.NOTE: _REMARK,
    SealKind.REJECTED: _REMARK,
    SealKind.RESOLVED: (_SIGNED,),
    SealKind.CONFLICT: _REMARK,
    SealKind.EMPTY: ("",),
}
_PATTERNS = {kind: tuple(map(re.compile, patterns)) for kind, patterns in _GRAMMAR.items()}


class Seal(NamedTuple):
    """One seal (a named tuple, because there are many).

    Attributes:
        kind: its kind.
        digest: 12 hex digits of the text it is bound to; "" for a note or a rejection.
        detail: the conversion of ``converted``, the rule of ``ignore``.
        name, date: the person and the day (``YYYY-MM-DD``); "" when missing.
        text: the reason of ``ignore``, the text of ``note`` and ``rejected``, that of ``conflict`` as ``quoted``.
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
            case SealKind.EMPTY:
                return f"{_MARK} empty"
            case SealKind.NOTE | SealKind.REJECTED | SealKind.CONFLICT:
                return f"{_MARK} {self.kind}{by}: {self.text}".rstrip()
            case _:
                return f"{_MARK} {self.kind} {self.digest}{by}"


#: The length above which a text is not joined with its translation.
_LONG = 1_000_000


def digest(text: str) -> str:
    """Return the first 12 hex digits of SHA-256 over the UTF-8 of a text."""
    return hashlib.sha256(text.encode("utf-8", "surrogatepass")).hexdigest()[:12]


def pair_digest(source: str, target: str) -> str:
    """Return the digest over msgid, U+0004, msgstr."""
    if len(source) < _LONG:
        return digest(f"{source}\x04{target}")
    made = hashlib.sha256(f"{source}\x04".encode("utf-8", "surrogatepass"))
    made.update(target.encode("utf-8", "surrogatepass"))
    return made.hexdigest()[:12]


def one_line(text: str) -> str:
    """Return a name, reason or note for a comment: white space is folded, so that it is one line."""
    return " ".join(text.split())


def quoted(text: str) -> str:
    """Return a target for a ``conflict`` seal: a JSON string whose blanks are protected from folding."""
    found = json.dumps(text, ensure_ascii=False)
    return re.sub("(?<= ) | (?= )", r"\\u0020", found)


def _unquoted(text: str) -> str:
    """Return the target in a ``conflict`` seal; a text that is not a JSON string is returned unchanged."""
    try:
        found = json.loads(text)
    except ValueError:
        return text
    return found if isinstance(found, str) else text


def choices(found: Iterable[Seal]) -> tuple[Choice, ...]:
    """Return the texts of which a person has to choose one, from an entry's seals; () without a conflict."""
    return tuple(Choice(_unquoted(seal.text), seal.name, seal.date) for seal in found if seal.kind is SealKind.CONFLICT)


def resolvable(found: Iterable[Seal]) -> dict[str, Seal]:
    """Return the notes and rejections of an entry, by the digest for a ``resolved`` seal."""
    return {digest(str(seal)): seal for seal in found if seal.kind in {SealKind.NOTE, SealKind.REJECTED}}


def _parse_line(line: str) -> Seal | None:
    if _MARK not in line:
        return None
    if "\t" in line or "  " in line:
        line = _BLANKS.sub(" ", line)
    match = _LINE.fullmatch(line.strip(" "))
    kind = _KINDS.get(match["kind"]) if match else None
    if match is None or kind is None:
        return None
    for pattern in _PATTERNS[kind]:
        fields = pattern.fullmatch(match["rest"])
        if fields is not None:
            return Seal(kind, **fields.groupdict(""))
    return None


def machine_kind(found: Iterable[Seal], target: str) -> SealKind | None:
    """Return the kind of the seal that marks a machine text; None when no valid seal does."""
    kinds = {seal.digest: seal.kind for seal in found if seal.kind in MACHINE}
    return kinds.get(digest(target)) if kinds else None


# The comments of a few large documents, in some 30 MB: going through more of them than it holds in turn, a cache
# of the least recently used finds none.
@lru_cache(maxsize=32_768)
def parse(comment: str) -> tuple[tuple[Seal, ...], tuple[str, ...]]:
    """Split a translator comment into its seals, in canonical order and each once, and its other lines.

    A line that begins like a seal but is unknown is kept among the other lines, because a later version may use it.
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
    return ordered(found), tuple(others)


def ordered(found: Iterable[Seal]) -> tuple[Seal, ...]:
    """Return seals in canonical order, each once."""
    return tuple(sorted(dict.fromkeys(found), key=lambda seal: _ORDER[seal.kind]))
