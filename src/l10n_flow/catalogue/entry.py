"""One entry of a catalogue as a frozen value: a change of a text makes a new entry."""

from __future__ import annotations

from collections.abc import Sequence
from typing import NamedTuple

from l10n_flow.catalogue import seals
from l10n_flow.catalogue.ends import agreeing
from l10n_flow.catalogue.seals import Seal, SealKind
from l10n_flow.model import Key


class Entry(NamedTuple):
    """One entry (a named tuple, because there are many).

    ``Catalogue`` has one mapping for live entries, and one for obsolete entries.

    Attributes:
        key: msgctxt and msgid.
        msgstr: the target; "" when untranslated.
        fuzzy: whether it has this flag, the only one that is kept.
        previous: the previous source (``#|``) of a fuzzy entry, or None.
        kinds: the extracted comments (``#.``), by line.
        comments: the translator comments (``#``) that are not seals, by line.
        seals: the seals among the translator comments, in canonical order.
        line: the 1-based line of its msgctxt or msgid in the file it was read from, 0 for a new one.
    """

    key: Key
    msgstr: str = ""
    fuzzy: bool = False
    previous: Key | None = None
    kinds: tuple[str, ...] = ()
    comments: tuple[str, ...] = ()
    seals: tuple[Seal, ...] = ()
    line: int = 0

    @property
    def is_machine(self) -> bool:
        """Whether the target is converted or copied, not written by a person; its source may have changed since."""
        return self.machine_kind is not None

    @property
    def machine_kind(self) -> SealKind | None:
        """The kind of a machine text, ``converted`` or ``copied``; None for a person's text, and without a text."""
        return seals.machine_kind(self.seals, self.msgstr) if self.msgstr and self.seals else None

    @property
    def holds_work(self) -> bool:
        """Whether it contains work of a person: a comment, or a text or a seal that a person wrote."""
        if self.comments:
            return True
        if not self.seals:
            return bool(self.msgstr)
        return not self.is_machine or any(seal.kind not in seals.MACHINE for seal in self.seals)

    @property
    def pair_digest(self) -> str:
        """The digest for seals of this source and target."""
        return seals.pair_digest(self.key.source, self.msgstr)

    def says(self, other: Entry) -> bool:
        """Whether another entry has the same content, apart from its place in the file."""
        return self[:-1] == other[:-1]

    def has_text_of(self, other: Entry) -> bool:
        """Whether the translations are the same: text, fuzzy or not, and previous source."""
        return (self.msgstr, self.fuzzy, self.previous) == (other.msgstr, other.fuzzy, other.previous)

    def sealed(self, *add: Seal, drop: frozenset[SealKind] = frozenset()) -> Entry:
        """Return the entry with further seals, and without seals of some kinds."""
        return self.with_seals((*(seal for seal in self.seals if seal.kind not in drop), *add))

    def with_seals(self, found: Sequence[Seal]) -> Entry:
        """Return the entry with these seals instead of its own, each once and in canonical order."""
        return self._replace(seals=seals.ordered(found))


def comment_lines(text: str) -> tuple[str, ...]:
    """Return the lines of a comment; an empty comment has no lines."""
    return tuple(text.split("\n")) if text else ()


def settled(entry: Entry) -> Entry:
    """Return the entry without expired parts: seals of another text, the previous source of a finished entry.

    The line ends of the target follow the source, as after reading, so that a written entry equals the one read back.
    An entry without a target is not fuzzy: GNU gettext leaves that flag out. On a fuzzy entry a seal that matches the
    previous source is kept: it is valid again if the edit of the source is undone.
    """
    msgstr = agreeing(entry.key.source, entry.msgstr)
    fuzzy = entry.fuzzy and bool(msgstr)
    previous = entry.previous if fuzzy else None
    if (msgstr, fuzzy, previous) != (entry.msgstr, entry.fuzzy, entry.previous):
        entry = entry._replace(msgstr=msgstr, fuzzy=fuzzy, previous=previous)
    if entry.seals and not (len(entry.seals) == 1 and entry.is_machine):  # the usual case takes a fast path
        valid = _unexpired(entry)
        entry = entry if valid == entry.seals else entry._replace(seals=valid)
    return entry._replace(comments=()) if entry.comments == ("",) and not entry.seals else entry


def _unexpired(entry: Entry) -> tuple[Seal, ...]:
    before = set()
    if entry.previous is not None:
        before = {seals.pair_digest(entry.previous.source, entry.msgstr)}
    pairs = {entry.pair_digest, *before}
    machine = {seals.digest(entry.msgstr)} if entry.msgstr else set()
    resolved = any(seal.kind is SealKind.RESOLVED for seal in entry.seals)
    remarks = set(seals.resolvable(entry.seals)) if resolved else set()
    fitting = {
        SealKind.RESOLVED: remarks,
        SealKind.CONVERTED: machine,
        SealKind.COPIED: machine,
        SealKind.FINISHED: before,
    }
    # A person who removed the fuzzy flag has chosen a text.
    return tuple(
        seal
        for seal in entry.seals
        if (not seal.digest or seal.digest in fitting.get(seal.kind, pairs))
        and (entry.fuzzy or seal.kind is not SealKind.CONFLICT)
    )
