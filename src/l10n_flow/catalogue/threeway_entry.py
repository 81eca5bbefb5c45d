"""Merge one entry of two branches: the changes of both sides are kept, and conflicting texts are shown.

The program never chooses between texts of people. If both sides have a new text, the entry becomes fuzzy and gets a
``conflict`` seal for each text. The result does not depend on which side is called ours.
"""

from __future__ import annotations

from collections.abc import Hashable, Sequence
from typing import TypeVar

from l10n_flow.catalogue import seals
from l10n_flow.catalogue.entry import Entry, settled
from l10n_flow.catalogue.seals import Seal, SealKind

#: Seals about a text that are valid for that text alone.
_DECISIONS = (SealKind.APPROVED, SealKind.JOINED)
_T = TypeVar("_T", bound=Hashable)


def merged(base: Entry, ours: Entry, theirs: Entry) -> Entry:
    """Merge one entry.

    Args:
        base: the entry in the common ancestor; an entry without a target if there was none.
        ours: the entry in one branch, with the same key.
        theirs: the entry in the other branch. The extracted comments of all three are left out.

    Returns:
        The entry, settled; with ``conflict`` seals when the two texts conflict.
    """
    if ours.says(theirs) or theirs.says(base):
        return ours
    if ours.says(base):
        return theirs
    one, two = sorted((ours, theirs), key=_rank)
    made = _texts(base, one, two)
    comments = tuple(_union(base.comments, one.comments, two.comments))
    remarks = _thread(base, one, two)
    others = (seal for seal in made.seals if seal.kind not in seals.REMARKS)
    return settled(made._replace(comments=comments).with_seals((*others, *remarks)))


def _rank(entry: Entry) -> tuple[str, str, bool, tuple[str, ...]]:
    """Return a sort key that does not depend on which branch is ours: the text signed last comes last."""
    signed = max((seal.date for seal in entry.seals if seal.name and seal.kind not in seals.REMARKS), default="")
    return signed, entry.msgstr, entry.fuzzy, tuple(map(str, entry.seals))


def _texts(base: Entry, one: Entry, two: Entry) -> Entry:
    """Merge text, flag, previous source and the seals that are bound to them."""
    if one.has_text_of(two):
        found = two.with_seals(_union(base.seals, one.seals, two.seals))
        # A person wrote what the machine made on the other side.
        return found if one.is_machine == two.is_machine else found.sealed(drop=seals.MACHINE)
    machine = [each.is_machine and not _is_new(base, each, SealKind.APPROVED) for each in (one, two)]
    if any(machine):  # a person's text has priority; of two machine texts any is used, as the next run converts again
        return one if machine[1] and not machine[0] else two
    if one.msgstr == two.msgstr:
        return _of_one_text(base, one, two)
    for still, moved in ((one, two), (two, one)):
        if still.has_text_of(base) and not any(_is_new(base, still, kind) for kind in _DECISIONS):
            return moved
    texts = [each for each in (one, two) if each.msgstr]  # of a text, and that there is none, the text is looked at
    return in_conflict(one, two) if len(texts) > 1 else _unsealed(texts[0])._replace(fuzzy=True)


def _of_one_text(base: Entry, one: Entry, two: Entry) -> Entry:
    """Merge one text that may be finished on one side and fuzzy on the other; newer doubt about it is kept."""
    drafts = [each for each in (one, two) if each.fuzzy]
    finished = [each for each in (one, two) if not each.fuzzy]
    taken_back = base.msgstr == one.msgstr and not base.fuzzy
    if finished and not taken_back and not any(_is_new(base, each, SealKind.REJECTED) for each in drafts):
        awake = [[seal for seal in each.seals if not each.fuzzy or seal.kind in seals.REMARKS] for each in (one, two)]
        return finished[0].with_seals(_union(base.seals, *awake))
    still_open = [seal for seal in (*one.seals, *two.seals) if seal.kind is SealKind.CONFLICT]
    return (_unsealed(drafts[-1]) if finished else drafts[-1]).sealed(*sorted(still_open, key=str))


def in_conflict(one: Entry, two: Entry) -> Entry:
    """Return the entry for two conflicting texts of people: the one signed last, fuzzy, with both as seals."""
    told = [*_told(one), *_told(two)]
    return _unsealed(two).sealed(*sorted(dict.fromkeys(told), key=str))._replace(fuzzy=True)


def _told(entry: Entry) -> list[Seal]:
    """Return the conflict seals of a side: its text, or its own unresolved conflict."""
    open_ones = [seal for seal in entry.seals if seal.kind is SealKind.CONFLICT]
    if open_ones:
        return open_ones
    of_text = [seal for seal in entry.seals if seal.digest == entry.pair_digest and seal.name]
    signed = max(of_text, key=lambda seal: (seal.kind is SealKind.TRANSLATED, seal.date, seal.name), default=None)
    name, date = (signed.name, signed.date) if signed else ("", "")
    return [Seal(SealKind.CONFLICT, "", "", name, date, seals.quoted(entry.msgstr))]


def _unsealed(entry: Entry) -> Entry:
    return entry.with_seals([seal for seal in entry.seals if seal.kind in seals.REMARKS])


def _is_new(base: Entry, entry: Entry, kind: SealKind) -> bool:
    return any(seal.kind is kind and seal not in base.seals for seal in entry.seals)


def _union(base: Sequence[_T], one: Sequence[_T], two: Sequence[_T]) -> list[_T]:
    """Return the items of both, and those added by either; items removed by either are left out."""
    before = set(base)
    common = set(one) & set(two)
    return [each for each in dict.fromkeys((*one, *two)) if each in common or each not in before]


def _thread(base: Entry, one: Entry, two: Entry) -> list[Seal]:
    """Return notes and rejections of both sides in the order of their dates."""
    threads = [[seal for seal in entry.seals if seal.kind in seals.REMARKS] for entry in (base, one, two)]
    places = {seal: place for thread in threads[1:] for place, seal in enumerate(thread)}
    return sorted(_union(*threads), key=lambda seal: (seal.date, places[seal], seal.name, seal.text))
