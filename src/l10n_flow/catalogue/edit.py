"""What people and the converter do to one entry; each function returns the entry as it is afterwards."""

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
    """Make a target the converter's; seals of the text before expire."""
    seal = Seal(SealKind.CONVERTED, seals.digest(target), conversion)
    if entry.msgstr == target and entry.seals == (seal,) and not entry.fuzzy:
        return entry  # as it was: all but a few of a large run
    made = entry.sealed(seal, drop=seals.MACHINE)
    return settled(made._replace(msgstr=target, fuzzy=False))


def set_copied(entry: Entry) -> Entry:
    """Copy the source, which is in the language of the target already; seals of the text before expire."""
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
    """Seal the text as approved; a second approval by the same name takes the place of the first."""
    digest = entry.pair_digest

    def stays(seal: Seal) -> bool:
        return seal.kind is not SealKind.APPROVED or (seal.digest == digest and seal.name != name)

    return _reseal(entry, stays, Seal(SealKind.APPROVED, digest, "", name, date))


def is_approved_by(entry: Entry, name: str) -> bool:
    """Whether the text as it is bears a name's approval; on a fuzzy entry it is not in force."""
    digest = entry.pair_digest
    return any(s.kind is SealKind.APPROVED and s.digest == digest and s.name == name for s in entry.seals)


def unapprove(entry: Entry, name: str) -> Entry:
    """Take away the approvals of a name."""
    return _reseal(entry, lambda seal: seal.kind is not SealKind.APPROVED or seal.name != name)


def ignore(entry: Entry, rule: str, reason: str) -> Entry:
    """Ignore a rule for this very text; the reason stays beside it."""
    seal = Seal(SealKind.IGNORE, entry.pair_digest, rule, text=seals.one_line(reason))
    return _reseal(unignore(entry, rule), lambda _: True, seal)


def unignore(entry: Entry, rule: str) -> Entry:
    """Stop ignoring a rule for an entry."""
    return _reseal(entry, lambda seal: seal.kind is not SealKind.IGNORE or seal.detail != rule)


def _reseal(entry: Entry, stays: Callable[[Seal], bool], *add: Seal) -> Entry:
    return entry.with_seals((*filter(stays, entry.seals), *add))


def join(entry: Entry, name: str, date: str) -> Entry:
    """Mark a unit as rendered together with the one before it; its own target becomes empty.

    It also bears the seal of whoever decided so: the empty text is their translation.
    """
    digest = seals.pair_digest(entry.key.source, "")
    signed = Seal(SealKind.TRANSLATED, digest, "", name, date)
    joined = entry.sealed(Seal(SealKind.JOINED, digest), signed, drop=_JOINING)
    return joined._replace(msgstr="", fuzzy=False)


def unjoin(entry: Entry) -> Entry:
    """Make a joined unit an untranslated one."""
    return entry.sealed(drop=frozenset({SealKind.JOINED}) if entry.msgstr else _JOINING)


def set_text(entry: Entry, text: str, name: str, date: str) -> Entry:
    """Make a text a person's finished translation; nothing changes when it is the finished text already.

    So a converted text that is looked at and not changed stays the machine's, and keeps following its source.
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
    """Make a text a draft of a person's; what was the machine's is not converted over it. The text is not empty."""
    text = agreeing(entry.key.source, text)
    if entry.msgstr == text and entry.fuzzy:
        return entry
    return settled(entry.sealed(drop=_VERDICTS)._replace(msgstr=text, fuzzy=True))


def reject(entry: Entry) -> Entry:
    """Take approvals away and make the text a draft, also should an edit of its source be undone."""
    return settled(entry.sealed(drop=_VERDICTS)._replace(fuzzy=True))


def revert(entry: Entry, target: str, conversion: str) -> Entry:
    """Replace a text by the converter's; seals on the text before are removed, notes stay."""
    if entry.msgstr == target and entry.is_machine and not entry.fuzzy:
        return entry
    return set_converted(entry.sealed(drop=_VERDICTS), target, conversion)


def add_note(entry: Entry, name: str, date: str, text: str) -> Entry:
    """Add a remark, on one line; the same one of the same day is not added twice."""
    return entry.sealed(Seal(SealKind.NOTE, "", "", name, date, seals.one_line(text)))


def add_rejection(entry: Entry, name: str, date: str, why: str) -> Entry:
    """Add to the notes that a text was rejected, by whom and why."""
    return entry.sealed(Seal(SealKind.REJECTED, "", "", name, date, seals.one_line(why)))


def resolve(entry: Entry, remark: str, name: str, date: str) -> Entry | None:
    """Settle a note or a rejection, by its digest (``seals.resolvable``); None when there is no such one.

    One that is settled already stays as it is.
    """
    if remark not in seals.resolvable(entry.seals):
        return None
    if any(seal.kind is SealKind.RESOLVED and seal.digest == remark for seal in entry.seals):
        return entry
    return entry.sealed(Seal(SealKind.RESOLVED, remark, "", name, date))


# Names -----------------------------------------------------------------------------------------------------------


@dataclass(frozen=True, slots=True)
class Signatures:
    """Who did what to one entry: the valid ``translated`` and ``approved`` seals; all notes and rejections in order.

    ``resolved``: who settled which of these.
    """

    translated: tuple[Seal, ...] = ()
    approved: tuple[Seal, ...] = ()
    notes: tuple[Seal, ...] = ()
    resolved: tuple[Seal, ...] = ()

    @property
    def open(self) -> dict[str, Seal]:
        """The notes and rejections that nobody has settled, by their digests."""
        settled = {seal.digest for seal in self.resolved}
        return {key: seal for key, seal in seals.resolvable(self.notes).items() if key not in settled}


NOBODY = Signatures()


def signatures(entry: Entry) -> Signatures:
    """The seals of an entry that bear names; a fuzzy entry has notes and rejections only."""
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
    """Whether a name and a date can be read back from every seal they may stand in: no one writes as another."""
    signed = Seal(SealKind.APPROVED, "0" * 12, "", name, date)
    noted = Seal(SealKind.NOTE, "", "", name, date, "on 2000-01-01: -")
    return bool(name and date) and all(seals.parse(str(seal)) == ((seal,), ()) for seal in (signed, noted))


def follows_its_kind(entry: Entry, before: Entry | None) -> bool:
    """Whether the entry before it is of the same kind: a title or the first sentence has nothing to be joined to."""
    kinds = set(entry.kinds) - {"title", "heading", "byline", "credit"}
    return before is not None and bool(kinds & set(before.kinds))
