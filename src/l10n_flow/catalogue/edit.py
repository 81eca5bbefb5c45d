"""The changes that people and the converter make to one entry; each function returns the new entry."""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import dataclass

from l10n_flow.catalogue import seals
from l10n_flow.catalogue.ends import agreeing
from l10n_flow.catalogue.entry import Entry, settled
from l10n_flow.catalogue.seals import Seal, SealKind
from l10n_flow.catalogue.states import valid_seals

#: The kinds of seal that a person's own seal on a text replaces.
_VERDICTS = frozenset({*seals.MACHINE, SealKind.FINISHED, SealKind.TRANSLATED, SealKind.APPROVED, SealKind.CONFLICT})
_JOINING = frozenset({SealKind.JOINED, SealKind.TRANSLATED})


def set_converted(entry: Entry, target: str, conversion: str) -> Entry:
    """Set a converted target; seals of the old text expire."""
    seal = Seal(SealKind.CONVERTED, seals.digest(target), conversion)
    if entry.msgstr == target and entry.seals == (seal,) and not entry.fuzzy:
        return entry  # unchanged, as nearly all entries of a large run
    made = entry.sealed(seal, drop=seals.MACHINE)
    return settled(made._replace(msgstr=target, fuzzy=False))


def set_copied(entry: Entry) -> Entry:
    """Copy the source, which is already in the target language; seals of the old text expire."""
    source = entry.key.source
    seal = Seal(SealKind.COPIED, seals.digest(source))
    if entry.msgstr == source and seal in entry.seals and not entry.fuzzy:
        return entry
    return settled(entry.sealed(seal, drop=seals.MACHINE)._replace(msgstr=source, fuzzy=False))


def uncopied(entry: Entry) -> Entry:
    """Remove a copied target that nobody has approved: the unit is untranslated again."""
    if entry.machine_kind is not SealKind.COPIED or any(seal.kind is SealKind.APPROVED for seal in valid_seals(entry)):
        return entry
    return settled(entry.sealed(drop=seals.MACHINE)._replace(msgstr="", fuzzy=False))


def approve(entry: Entry, name: str, date: str) -> Entry:
    """Approve the text; a second approval with the same name replaces the first."""
    digest = entry.pair_digest

    def stays(seal: Seal) -> bool:
        return seal.kind is not SealKind.APPROVED or (seal.digest == digest and seal.name != name)

    return _reseal(entry, stays, Seal(SealKind.APPROVED, digest, "", name, date))


def is_approved_by(entry: Entry, name: str) -> bool:
    """Whether the present text has an approval with this name; on a fuzzy entry approvals are not valid."""
    digest = entry.pair_digest
    return any(s.kind is SealKind.APPROVED and s.digest == digest and s.name == name for s in entry.seals)


def unapprove(entry: Entry, name: str) -> Entry:
    """Remove the approvals of a name."""
    return _reseal(entry, lambda seal: seal.kind is not SealKind.APPROVED or seal.name != name)


def ignore(entry: Entry, rule: str, reason: str) -> Entry:
    """Ignore a rule for the present text, with a reason."""
    seal = Seal(SealKind.IGNORE, entry.pair_digest, rule, text=seals.one_line(reason))
    return _reseal(unignore(entry, rule), lambda _: True, seal)


def unignore(entry: Entry, rule: str) -> Entry:
    """Stop ignoring a rule for an entry."""
    return _reseal(entry, lambda seal: seal.kind is not SealKind.IGNORE or seal.detail != rule)


def _reseal(entry: Entry, stays: Callable[[Seal], bool], *add: Seal) -> Entry:
    return entry.with_seals((*filter(stays, entry.seals), *add))


def join(entry: Entry, name: str, date: str) -> Entry:
    """Mark a unit as translated together with the one before it; its own target becomes empty.

    It also gets a ``translated`` seal with the name of the person: the empty text is their translation.
    """
    digest = seals.pair_digest(entry.key.source, "")
    signed = Seal(SealKind.TRANSLATED, digest, "", name, date)
    joined = entry.sealed(Seal(SealKind.JOINED, digest), signed, drop=_JOINING)
    return joined._replace(msgstr="", fuzzy=False)


def unjoin(entry: Entry) -> Entry:
    """Make a joined unit an untranslated one."""
    return entry.sealed(drop=frozenset({SealKind.JOINED}) if entry.msgstr else _JOINING)


def set_text(entry: Entry, text: str, name: str, date: str) -> Entry:
    """Set a text as the finished translation of a person; nothing changes when it is the finished text already.

    So a converted text that a person saves without a change stays converted, and is converted again with its source.
    """
    text = agreeing(entry.key.source, text)
    if entry.msgstr == text and not entry.fuzzy:
        return entry
    made = entry._replace(msgstr=text, fuzzy=False)
    signed = (Seal(SealKind.TRANSLATED, made.pair_digest, "", name, date),) if text else ()
    return settled(made.sealed(*signed, drop=_VERDICTS))


def confirm(entry: Entry) -> Entry:
    """Mark a text as finished without a change; its origin stays the same."""
    return settled(entry.sealed(drop=_VERDICTS)._replace(fuzzy=False)) if entry.fuzzy else entry


def set_needs_editing(entry: Entry, text: str) -> Entry:
    """Set a text as a draft of a person, which no conversion replaces. The text must not be empty."""
    text = agreeing(entry.key.source, text)
    if entry.msgstr == text and entry.fuzzy:
        return entry
    return settled(entry.sealed(drop=_VERDICTS)._replace(msgstr=text, fuzzy=True))


def reject(entry: Entry) -> Entry:
    """Remove approvals and make the text a draft; it stays a draft if an edit of its source is undone."""
    return settled(entry.sealed(drop=_VERDICTS)._replace(fuzzy=True))


def revert(entry: Entry, target: str, conversion: str) -> Entry:
    """Replace a text by the converter's; seals on the text before are removed, notes stay."""
    if entry.msgstr == target and entry.is_machine and not entry.fuzzy:
        return entry
    return set_converted(entry.sealed(drop=_VERDICTS), target, conversion)


def add_note(entry: Entry, name: str, date: str, text: str) -> Entry:
    """Add a note, on one line; the same note of the same day is not added twice."""
    return entry.sealed(Seal(SealKind.NOTE, "", "", name, date, seals.one_line(text)))


def add_rejection(entry: Entry, name: str, date: str, why: str) -> Entry:
    """Add a rejection with name and reason to the notes."""
    return entry.sealed(Seal(SealKind.REJECTED, "", "", name, date, seals.one_line(why)))


def resolve(entry: Entry, remark: str, name: str, date: str) -> Entry | None:
    """Mark a note or a rejection as resolved, by its digest (``seals.resolvable``); None when there is none.

    A resolved one does not change.
    """
    if remark not in seals.resolvable(entry.seals):
        return None
    if any(seal.kind is SealKind.RESOLVED and seal.digest == remark for seal in entry.seals):
        return entry
    return entry.sealed(Seal(SealKind.RESOLVED, remark, "", name, date))


# Names -----------------------------------------------------------------------------------------------------------


@dataclass(frozen=True, slots=True)
class Signatures:
    """The signed seals of one entry: valid ``translated`` and ``approved`` seals; all notes and rejections in order.

    ``resolved``: the seals that mark notes and rejections as resolved.
    """

    translated: tuple[Seal, ...] = ()
    approved: tuple[Seal, ...] = ()
    notes: tuple[Seal, ...] = ()
    resolved: tuple[Seal, ...] = ()

    @property
    def open(self) -> dict[str, Seal]:
        """The notes and rejections that are not resolved, by their digests."""
        settled = {seal.digest for seal in self.resolved}
        return {key: seal for key, seal in seals.resolvable(self.notes).items() if key not in settled}


NOBODY = Signatures()


def signatures(entry: Entry) -> Signatures:
    """Return the seals of an entry with names; a fuzzy entry has only notes and rejections."""
    if not entry.seals:
        return NOBODY
    valid = valid_seals(entry)
    return Signatures(
        tuple(seal for seal in valid if seal.kind is SealKind.TRANSLATED),
        tuple(seal for seal in valid if seal.kind is SealKind.APPROVED),
        tuple(seal for seal in entry.seals if seal.kind in {SealKind.NOTE, SealKind.REJECTED}),
        tuple(seal for seal in entry.seals if seal.kind is SealKind.RESOLVED),
    )


def can_sign(name: str, date: str) -> bool:
    """Whether a name and a date can be read back unchanged from every seal, so that nobody can sign as another."""
    signed = Seal(SealKind.APPROVED, "0" * 12, "", name, date)
    noted = Seal(SealKind.NOTE, "", "", name, date, "on 2000-01-01: -")
    return bool(name and date) and all(seals.parse(str(seal)) == ((seal,), ()) for seal in (signed, noted))


def follows_its_kind(entry: Entry, before: Entry | None) -> bool:
    """Whether the entry before it has the same kind; a title or the first sentence cannot be joined."""
    kinds = set(entry.kinds) - {"title", "heading", "byline", "credit"}
    return before is not None and bool(kinds & set(before.kinds))
