"""One entry changed: approved, converted, ignored, each with its seal."""

from __future__ import annotations

from collections.abc import Callable, Collection
from copy import copy
from dataclasses import dataclass
from typing import TypeAlias

from polib import POEntry

from l10n_flow.catalogue import seals
from l10n_flow.catalogue.ends import agreeing
from l10n_flow.catalogue.merge import is_machine
from l10n_flow.catalogue.seals import Seal, SealKind
from l10n_flow.catalogue.store import settle

#: So that others can name it without polib.
Entry: TypeAlias = POEntry


def _reseal(entry: POEntry, goes: Callable[[Seal], bool], *add: Seal) -> bool:
    """Take the seals away that go, and add others; whether one went."""
    found, others = seals.parse(entry.tcomment)
    kept = tuple(seal for seal in found if not goes(seal))
    entry.tcomment = seals.compose((*kept, *add), others)
    return len(kept) < len(found)


def _with(entry: POEntry, drop: Collection[SealKind], *add: Seal) -> None:
    """Take all seals of some kinds away, and add others."""
    _reseal(entry, lambda seal: seal.kind in drop, *add)


def set_converted(entry: POEntry, target: str, conversion: str) -> bool:
    """Make a target the converter's; whether anything changed. Seals of the text before expire."""
    seal = Seal(SealKind.CONVERTED, seals.digest(target), conversion)
    if entry.msgstr == target and entry.tcomment == str(seal) and not entry.flags:
        return False  # as it was: all but a few of a large run
    before = (entry.msgstr, entry.tcomment, entry.flags)
    entry.msgstr, entry.flags = target, []
    _with(entry, {SealKind.CONVERTED}, seal)
    settle(entry)
    return before != (entry.msgstr, entry.tcomment, entry.flags)


def approve(entry: POEntry, name: str, date: str) -> None:
    """Seal the text as approved; a second approval by the same name takes the place of the first."""
    digest = seals.pair_digest(entry.msgid, entry.msgstr)
    _reseal(
        entry,
        lambda seal: seal.kind is SealKind.APPROVED and (seal.digest != digest or seal.name == name),
        Seal(SealKind.APPROVED, digest, "", name, date),
    )


def is_approved_by(entry: POEntry, name: str) -> bool:
    """Whether the text as it is bears a name's approval; on a fuzzy entry it is not in force."""
    digest = seals.pair_digest(entry.msgid, entry.msgstr)
    found, _ = seals.parse(entry.tcomment)
    return any(s.kind is SealKind.APPROVED and s.digest == digest and s.name == name for s in found)


def unapprove(entry: POEntry, name: str | None) -> bool:
    """Take away the approvals of a name, or all; whether there was one."""
    return _reseal(entry, lambda seal: seal.kind is SealKind.APPROVED and name in {None, seal.name})


def ignore(entry: POEntry, rule: str, reason: str) -> None:
    """Ignore a rule for this very text; the reason stays beside it."""
    digest = seals.pair_digest(entry.msgid, entry.msgstr)
    seal = Seal(SealKind.IGNORE, digest, rule, text=seals.one_line(reason))
    _reseal(entry, _ignores(rule), seal)


def unignore(entry: Entry, rule: str) -> None:
    """Let a rule speak again."""
    _reseal(entry, _ignores(rule))


def _ignores(rule: str) -> Callable[[Seal], bool]:
    return lambda seal: seal.kind is SealKind.IGNORE and seal.detail == rule


def join(entry: POEntry, name: str = "", date: str = "") -> None:
    """Mark a unit as rendered together with the one before it; its own target becomes empty.

    With a name it also bears the seal of who decided so: the empty text is their translation.
    """
    entry.msgstr = ""
    entry.flags = []
    digest = seals.pair_digest(entry.msgid, "")
    signed = (Seal(SealKind.TRANSLATED, digest, "", name, date),) if name else ()
    _with(entry, {SealKind.JOINED, SealKind.TRANSLATED}, Seal(SealKind.JOINED, digest), *signed)


def unjoin(entry: Entry) -> None:
    """Make a joined unit an untranslated one."""
    _with(entry, {SealKind.JOINED, SealKind.TRANSLATED} if not entry.msgstr else {SealKind.JOINED})


# What the review page does ---------------------------------------------------------------------------------------


@dataclass(frozen=True, slots=True)
class Signatures:
    """Who did what to one entry: the valid ``translated`` and ``approved`` seals; all notes and rejections in order."""

    translated: tuple[Seal, ...] = ()
    approved: tuple[Seal, ...] = ()
    notes: tuple[Seal, ...] = ()


NOBODY = Signatures()
_REMARKS = {SealKind.NOTE, SealKind.REJECTED}


def signatures(entry: Entry) -> Signatures:
    """The seals of an entry that bear names; a fuzzy entry has notes and rejections only."""
    if not entry.tcomment:
        return NOBODY
    found, _ = seals.parse(entry.tcomment)
    digest = "" if "fuzzy" in entry.flags else seals.pair_digest(entry.msgid, entry.msgstr)

    def of(kind: SealKind) -> tuple[Seal, ...]:
        return tuple(seal for seal in found if seal.kind is kind and seal.digest == digest)

    notes = tuple(seal for seal in found if seal.kind in _REMARKS)
    return Signatures(of(SealKind.TRANSLATED), of(SealKind.APPROVED), notes) if digest else Signatures(notes=notes)


def draft_of(entry: Entry) -> Entry:
    """A copy to change; what has expired is left out, so that two of them can be compared."""
    draft = copy(entry)
    settle(draft)
    return draft


def is_same(one: Entry, other: Entry) -> bool:
    """Whether two copies of one entry say the same."""
    return has_same_text(one, other) and one.tcomment == other.tcomment


def has_same_text(one: Entry, other: Entry) -> bool:
    """Whether the translations are the same: text, fuzzy or not, and previous source."""
    return (one.msgstr, "fuzzy" in one.flags, one.previous_msgid) == (
        other.msgstr,
        "fuzzy" in other.flags,
        other.previous_msgid,
    )


#: What a person's word about a text takes the place of.
_VERDICTS = {SealKind.CONVERTED, SealKind.FINISHED, SealKind.TRANSLATED, SealKind.APPROVED}


def set_text(entry: Entry, text: str, name: str, date: str) -> None:
    """Make a text a person's finished translation; nothing changes when it is the finished text already.

    So a converted text that is looked at and not changed stays the machine's, and keeps following its source.
    """
    text = agreeing(entry.msgid, text)
    if entry.msgstr == text and "fuzzy" not in entry.flags:
        return
    entry.msgstr, entry.flags = text, []
    signed = (Seal(SealKind.TRANSLATED, seals.pair_digest(entry.msgid, text), "", name, date),) if text else ()
    _with(entry, _VERDICTS, *signed)
    settle(entry)


def confirm(entry: Entry) -> None:
    """Take a text for finished as it is; whose it is stays as it was."""
    if "fuzzy" in entry.flags:
        entry.flags = []
        _with(entry, _VERDICTS)
        settle(entry)


def set_needs_editing(entry: Entry, text: str) -> None:
    """Make a text a draft of a person's; what was the machine's is not converted over it. The text is not empty."""
    text = agreeing(entry.msgid, text)
    if entry.msgstr == text and "fuzzy" in entry.flags:
        return
    entry.msgstr, entry.flags = text, ["fuzzy"]
    _with(entry, _VERDICTS)
    settle(entry)


def reject(entry: Entry) -> None:
    """Take approvals away and make the text a draft, also should an edit of its source be undone."""
    entry.flags = ["fuzzy"]
    _with(entry, _VERDICTS)
    settle(entry)


def revert(entry: Entry, target: str, conversion: str) -> None:
    """Give a text back to the converter: what people said of the one before goes, notes stay."""
    if entry.msgstr == target and is_machine(entry) and "fuzzy" not in entry.flags:
        return
    _with(entry, _VERDICTS)
    set_converted(entry, target, conversion)


def add_note(entry: Entry, name: str, date: str, text: str) -> None:
    """Add a remark, on one line; the same one of the same day is not added twice."""
    _with(entry, (), Seal(SealKind.NOTE, "", "", name, date, seals.one_line(text)))


def add_rejection(entry: Entry, name: str, date: str, why: str) -> None:
    """Add to the notes that a text was rejected, by whom and why."""
    _with(entry, (), Seal(SealKind.REJECTED, "", "", name, date, seals.one_line(why)))


def can_sign(name: str, date: str) -> bool:
    """Whether a name and a date can be read back from every seal they may stand in: no one writes as another."""
    signed = Seal(SealKind.APPROVED, "0" * 12, "", name, date)
    noted = Seal(SealKind.NOTE, "", "", name, date, "on 2000-01-01: -")
    return bool(name and date) and all(seals.parse(str(seal)) == ((seal,), ()) for seal in (signed, noted))


def follows_its_kind(entry: Entry, before: Entry | None) -> bool:
    """Whether the entry before it is of the same kind: a title or the first sentence has nothing to be joined to."""
    if before is None:
        return False
    kinds = set(entry.comment.split("\n")) - {"title", "heading", "byline", "credit"}
    return bool(kinds & set(before.comment.split("\n")))
