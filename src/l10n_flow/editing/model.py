"""What an edit is, what became of it, and a unit as its editor sees it."""

from __future__ import annotations

import hashlib
import json
from collections.abc import Iterable, Mapping
from dataclasses import dataclass, replace
from enum import StrEnum

from l10n_flow import catalogue as po
from l10n_flow.catalogue import Catalogue, Entry, seals
from l10n_flow.catalogue import edit as entries
from l10n_flow.model import Key, Translation


class Action(StrEnum):
    """What an edit does (a closed list)."""

    SAVE = "save"
    NEEDS_EDITING = "needs-editing"
    APPROVE = "approve"
    UNAPPROVE = "unapprove"
    REJECT = "reject"
    NOTE = "note"
    RESOLVE = "resolve"
    IGNORE = "ignore"
    UNIGNORE = "unignore"
    JOIN = "join"
    UNJOIN = "unjoin"
    REVERT = "revert-to-conversion"
    UNDO = "undo"


class Standing(StrEnum):
    """The role of a person in a project."""

    TRANSLATOR = "translator"
    REVIEWER = "reviewer"


class Status(StrEnum):
    """What became of an edit."""

    SAVED = "saved"
    UNCHANGED = "unchanged"
    CONFLICT = "conflict"
    GONE = "gone"
    REFUSED = "refused"


@dataclass(frozen=True, slots=True)
class Deed:
    """What somebody does to a unit, whichever it is.

    Attributes:
        action: what to do.
        by, date: who, and on which day (``YYYY-MM-DD``); an ignore bears no name.
        text: the translation of a save or a draft; of an approval, to save it first.
        note: a remark, added whatever the action; the reason of an ignore.
        rule: the rule to ignore, or no longer.
        remark: the digest of the note or rejection to settle.
        way: what the journal calls it when that is not the action.
    """

    action: Action
    by: str
    date: str
    text: str | None = None
    note: str = ""
    rule: str = ""
    remark: str = ""
    way: str = ""

    @property
    def name(self) -> str:
        """``by`` as a seal bears it."""
        return seals.one_line(self.by)


@dataclass(frozen=True, slots=True, kw_only=True)
class Edit(Deed):
    """What somebody wants done to one unit.

    Attributes:
        document, locale: which catalogue.
        unit: the unit's id: 8 to 64 hex digits, the beginning of ``Key.digest``.
        base: the version that its editor saw; a note needs none.
    """

    document: str
    locale: str
    unit: str
    base: str = ""


@dataclass(frozen=True, slots=True)
class UnitView:
    """One unit as its editor sees it: the translation, and who did what."""

    translation: Translation
    signatures: entries.Signatures = entries.NOBODY

    def at(self, lines: Mapping[Key, int]) -> UnitView:
        """The same, on the line of its entry."""
        return replace(self, translation=self.translation._replace(line=lines[self.translation.key]))

    @property
    def version(self) -> str:
        return version(self.translation, (seal.name for seal in self.signatures.approved))


@dataclass(frozen=True, slots=True)
class Outcome:
    """What became of an edit; nothing was written unless it says ``saved``.

    Attributes:
        status: what became of it.
        message: one sentence, "" when all is well.
        unit: the unit as it is now, somebody else's text on a conflict; None when there is no such unit, or its
            catalogue cannot be read or written.
        before: what was saved: the unit as it was before it.
    """

    status: Status
    message: str = ""
    unit: UnitView | None = None
    before: UnitView | None = None

    @property
    def translation(self) -> Translation | None:
        return self.unit.translation if self.unit else None

    @property
    def version(self) -> str:
        return self.unit.version if self.unit else ""


@dataclass(frozen=True, slots=True)
class Conversion:
    """What the converter makes of a unit where it stands, and the conversion's name."""

    text: str
    name: str


@dataclass(frozen=True, slots=True)
class Conditions:
    """Under which conditions an edit is applied.

    Attributes:
        derived: whether the locale is converted.
        standing: what its author is to the project.
        forbid_own_approval: whether somebody else has to approve a text.
        now: the PO-Revision-Date, should a translation change.
        conversion: for ``revert-to-conversion``.
        undone: for ``undo``: what the entry was before its author's last change, if that was the last of all.
    """

    derived: bool = False
    standing: Standing = Standing.REVIEWER
    forbid_own_approval: bool = False
    now: str = ""
    conversion: Conversion | None = None
    undone: Entry | None = None


def version(translation: Translation, approvers: Iterable[str] = ()) -> str:
    """16 hex digits over what an editor saw: source, text, state, origin, previous source, and who approved it.

    Notes are not part of it: adding one stands in nobody's way. ``UnitView.version`` knows who approved.
    """
    key, target, state, origin = translation[:4]
    seen = [*key, target, state, origin, translation.previous, translation.joined, *sorted(approvers)]
    return hashlib.sha256(json.dumps(seen).encode()).hexdigest()[:16]


def views(catalogue: Catalogue, *, derived: bool) -> dict[Key, UnitView]:
    """Every live unit of a catalogue, in file order."""
    return {key: view(entry, catalogue.locale, derived=derived) for key, entry in catalogue.entries.items()}


def view(entry: Entry, locale: str, *, derived: bool) -> UnitView:
    """One unit of a catalogue of a locale."""
    return UnitView(po.translation(entry, locale, derived=derived), entries.signatures(entry))
