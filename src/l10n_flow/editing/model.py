"""The data of an edit, of its outcome, and of a unit as an editor sees it."""

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
    """The kind of an edit (a closed list)."""

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
    """The outcome of an edit, in one word."""

    SAVED = "saved"
    UNCHANGED = "unchanged"
    CONFLICT = "conflict"
    GONE = "gone"
    REFUSED = "refused"


@dataclass(frozen=True, slots=True)
class Operation:
    """An edit without the unit to which it is applied.

    Attributes:
        action: what to do.
        by, date: the name of the person, and the day (``YYYY-MM-DD``); an ignore records no name.
        text: the translation of a save or a draft; of an approval, to save it first.
        note: a note, which can be added with every action; the reason of an ignore.
        rule: the rule to ignore, or to check again.
        remark: the digest of the note or rejection to settle.
        way: the name of the edit in the journal, when that is not the action.
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
        """``by`` as it is written in a seal."""
        return seals.one_line(self.by)


@dataclass(frozen=True, slots=True, kw_only=True)
class Edit(Operation):
    """An edit of one unit.

    Attributes:
        document, locale: the catalogue.
        unit: the unit's id: 8 to 64 hex digits, the beginning of ``Key.digest``.
        base: the version that the editor saw; a note needs none.
    """

    document: str
    locale: str
    unit: str
    base: str = ""


@dataclass(frozen=True, slots=True)
class UnitView:
    """One unit as an editor sees it: the translation, and the persons who wrote and approved it."""

    translation: Translation
    signatures: entries.Signatures = entries.NOBODY

    def at(self, lines: Mapping[Key, int]) -> UnitView:
        """Return the same unit with the line of its entry."""
        return replace(self, translation=self.translation._replace(line=lines[self.translation.key]))

    @property
    def version(self) -> str:
        return version(self.translation, (seal.name for seal in self.signatures.approved))


@dataclass(frozen=True, slots=True)
class Outcome:
    """The outcome of an edit; only with ``saved`` was anything written.

    Attributes:
        status: the outcome in one word.
        message: one sentence with the reason; "" when there is none.
        unit: the present unit, on a conflict with the text of somebody else; None when there is no such unit, or its
            catalogue cannot be read or written.
        before: of a saved edit, the unit before it.
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
    """The converted text of a unit in its context, and the name of the conversion."""

    text: str
    name: str


@dataclass(frozen=True, slots=True)
class Conditions:
    """The conditions under which an edit is applied.

    Attributes:
        derived: whether the locale is converted.
        standing: the role of the author in the project.
        forbid_own_approval: whether another person has to approve a text.
        now: the new PO-Revision-Date, if a translation changes.
        conversion: the converted text, for ``revert-to-conversion``.
        undone: for ``undo``, the entry before the author's last change, if nobody changed it after that.
    """

    derived: bool = False
    standing: Standing = Standing.REVIEWER
    forbid_own_approval: bool = False
    now: str = ""
    conversion: Conversion | None = None
    undone: Entry | None = None


def version(translation: Translation, approvers: Iterable[str] = ()) -> str:
    """Return a digest (16 hex digits) of what an editor saw: source, text, state, origin, old source, approvers.

    Notes are not part of it, so that a new note is no conflict. ``UnitView.version`` passes the approvers.
    """
    key, target, state, origin = translation[:4]
    seen = [*key, target, state, origin, translation.previous, translation.joined, *sorted(approvers)]
    return hashlib.sha256(json.dumps(seen).encode()).hexdigest()[:16]


def views(catalogue: Catalogue, *, derived: bool) -> dict[Key, UnitView]:
    """Return every live unit of a catalogue, in file order."""
    return {key: view(entry, catalogue.locale, derived=derived) for key, entry in catalogue.entries.items()}


def view(entry: Entry, locale: str, *, derived: bool) -> UnitView:
    """Return the view of one entry of a catalogue."""
    return UnitView(po.translation(entry, locale, derived=derived), entries.signatures(entry))
