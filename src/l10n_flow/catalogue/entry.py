"""One entry of a catalogue, as a value: nothing changes it, and what changes a text makes another entry."""

from __future__ import annotations

from collections.abc import Sequence
from typing import NamedTuple

from l10n_flow.catalogue import seals
from l10n_flow.catalogue.ends import agreeing
from l10n_flow.catalogue.seals import Seal, SealKind
from l10n_flow.model import Key


class Entry(NamedTuple):
    """One entry (a named tuple: a large project makes many).

    Whether it is live or obsolete is said by the mapping of ``Catalogue`` that it is in.

    Attributes:
        key: msgctxt and msgid.
        msgstr: the target, "" when untranslated.
        fuzzy: whether it bears that flag; no other is kept.
        previous: the previous source (``#|``) of a fuzzy entry, or None.
        kinds: the extracted comments (``#.``), a line each.
        comments: the translator comments (``#``) that are no seals, a line each.
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
        """What no person wrote: ``converted`` or ``copied``; None for a person's text, and where there is none."""
        return seals.machine_kind(self.seals, self.msgstr) if self.msgstr and self.seals else None

    @property
    def holds_work(self) -> bool:
        """Whether it holds somebody's work: a comment, or a text or a seal that is not the machine's."""
        if self.comments:
            return True
        if not self.seals:
            return bool(self.msgstr)
        return not self.is_machine or any(seal.kind not in seals.MACHINE for seal in self.seals)

    @property
    def pair_digest(self) -> str:
        """What a seal of this very source and target bears."""
        return seals.pair_digest(self.key.source, self.msgstr)

    def says(self, other: Entry) -> bool:
        """Whether another entry says the same, wherever it stands."""
        return self[:-1] == other[:-1]

    def has_text_of(self, other: Entry) -> bool:
        """Whether the translations are the same: text, fuzzy or not, and previous source."""
        return (self.msgstr, self.fuzzy, self.previous) == (other.msgstr, other.fuzzy, other.previous)

    def sealed(self, *add: Seal, drop: frozenset[SealKind] = frozenset()) -> Entry:
        """With further seals, and without those of some kinds."""
        return self.with_seals((*(seal for seal in self.seals if seal.kind not in drop), *add))

    def with_seals(self, found: Sequence[Seal]) -> Entry:
        """With these seals, each once and in canonical order, in place of its own."""
        return self._replace(seals=seals.ordered(found))


def comment_lines(text: str) -> tuple[str, ...]:
    """The lines of a comment; an empty comment has no lines."""
    return tuple(text.split("\n")) if text else ()


def settled(entry: Entry) -> Entry:
    """Without what has expired: seals of another text, and the previous source of an entry that is not fuzzy.

    The target's ends follow the source's, as reading makes them: what is written is what will be read.
    An entry without a target is not fuzzy: GNU gettext leaves that flag out. On a fuzzy entry a seal that fits the
    previous source sleeps: if the edit of the source is undone it holds again.
    """
    msgstr = agreeing(entry.key.source, entry.msgstr)
    fuzzy = entry.fuzzy and bool(msgstr)
    previous = entry.previous if fuzzy else None
    if (msgstr, fuzzy, previous) != (entry.msgstr, entry.fuzzy, entry.previous):
        entry = entry._replace(msgstr=msgstr, fuzzy=fuzzy, previous=previous)
    if entry.seals and not (len(entry.seals) == 1 and entry.is_machine):  # the usual case is told fast
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
    # Whoever has taken the text for finished has chosen.
    return tuple(
        seal
        for seal in entry.seals
        if (not seal.digest or seal.digest in fitting.get(seal.kind, pairs))
        and (entry.fuzzy or seal.kind is not SealKind.CONFLICT)
    )
