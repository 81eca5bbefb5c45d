"""One entry changed: approved, converted, ignored, each with its seal."""

from __future__ import annotations

from polib import POEntry

from l10n_flow.catalogue import seals
from l10n_flow.catalogue.seals import Seal, SealKind
from l10n_flow.catalogue.store import settle


def _with(entry: POEntry, drop: set[SealKind], *add: Seal) -> None:
    found, others = seals.parse(entry.tcomment)
    kept = tuple(seal for seal in found if seal.kind not in drop)
    entry.tcomment = seals.compose((*kept, *add), others)


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
    found, others = seals.parse(entry.tcomment)
    kept = tuple(s for s in found if s.kind is not SealKind.APPROVED or (s.digest == digest and s.name != name))
    entry.tcomment = seals.compose((*kept, Seal(SealKind.APPROVED, digest, "", name, date)), others)


def is_approved_by(entry: POEntry, name: str) -> bool:
    digest = seals.pair_digest(entry.msgid, entry.msgstr)
    found, _ = seals.parse(entry.tcomment)
    return any(s.kind is SealKind.APPROVED and s.digest == digest and s.name == name for s in found)


def unapprove(entry: POEntry, name: str | None) -> bool:
    """Take away the approvals of a name, or all; whether there was one."""
    found, others = seals.parse(entry.tcomment)
    kept = tuple(s for s in found if s.kind is not SealKind.APPROVED or (name is not None and s.name != name))
    entry.tcomment = seals.compose(kept, others)
    return len(kept) < len(found)


def ignore(entry: POEntry, rule: str, reason: str) -> None:
    """Ignore a rule for this very text; the reason stays beside it."""
    digest = seals.pair_digest(entry.msgid, entry.msgstr)
    found, others = seals.parse(entry.tcomment)
    kept = tuple(s for s in found if s.kind is not SealKind.IGNORE or s.detail != rule)
    entry.tcomment = seals.compose((*kept, Seal(SealKind.IGNORE, digest, rule, text=seals.one_line(reason))), others)


def join(entry: POEntry) -> None:
    """Mark a unit as rendered together with the one before it; its own target becomes empty."""
    entry.msgstr = ""
    entry.flags = []
    _with(entry, {SealKind.JOINED}, Seal(SealKind.JOINED, seals.pair_digest(entry.msgid, "")))
