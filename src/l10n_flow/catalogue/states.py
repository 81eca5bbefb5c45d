"""Compute the translation of each entry: its state and origin are never stored."""

from __future__ import annotations

from collections.abc import Mapping

from l10n_flow import scripts
from l10n_flow.catalogue import seals
from l10n_flow.catalogue.entry import Entry
from l10n_flow.catalogue.seals import Seal, SealKind
from l10n_flow.catalogue.store import Catalogue
from l10n_flow.model import Key, Origin, State, Translation

_ORIGINS = {None: Origin.HUMAN, SealKind.CONVERTED: Origin.CONVERTED, SealKind.COPIED: Origin.COPIED}


def translations(catalogue: Catalogue, *, derived: bool) -> dict[Key, Translation]:
    """Return the translation of every live entry by key, in file order.

    Args:
        catalogue: the catalogue.
        derived: whether the locale is filled by conversion, so that a person's text in it is a correction.
    """
    return {key: translation(entry, catalogue.locale, derived=derived) for key, entry in catalogue.entries.items()}


def translation(entry: Entry, locale: str, *, derived: bool) -> Translation:
    """Return the translation of one entry, as ``translations`` does."""
    key, target, fuzzy = entry.key, entry.msgstr, entry.fuzzy
    if not entry.seals and not target:
        return Translation(key, "", State.UNTRANSLATED, None, entry.kinds, line=entry.line)
    valid = valid_seals(entry)
    kinds = {seal.kind for seal in valid}
    ignores = {seal.detail: seal.text for seal in valid if seal.kind is SealKind.IGNORE}
    origin = _ORIGINS[entry.machine_kind] if target else None
    previous = entry.previous.source if fuzzy and entry.previous is not None else None
    return Translation(
        key,
        target,
        _state(entry, locale, kinds, ignores),
        origin,
        entry.kinds,
        previous=previous,
        # Fuzzy alone may also be a rejected conversion or a draft of the source as it is.
        stale=derived and previous is not None and origin is Origin.HUMAN,
        joined=SealKind.JOINED in kinds,
        ignores=ignores,
        line=entry.line,
        choices=seals.choices(entry.seals) if fuzzy else (),
    )


def _state(entry: Entry, locale: str, kinds: set[SealKind], ignores: Mapping[str, str]) -> State:
    """Return the state of an entry: the first line that applies.

    ==============================================================  =============
    no text, and not joined to the unit before it                   untranslated
    fuzzy                                                           needs editing
    Chinese is left in it, and not ignored                          untranslated
    it has a valid approval                                         approved
    else                                                            translated
    ==============================================================  =============

    Args:
        entry: the entry.
        locale: the locale of its catalogue.
        kinds: the kinds of its valid seals.
        ignores: the rules that are ignored for this text.
    """
    joined = SealKind.JOINED in kinds
    if not entry.msgstr and not joined:
        return State.UNTRANSLATED
    if entry.fuzzy:
        return State.NEEDS_EDITING
    if not joined and (left := scripts.leftover(entry.key.source, entry.msgstr, locale)) and left not in ignores:
        return State.UNTRANSLATED
    return State.APPROVED if SealKind.APPROVED in kinds else State.TRANSLATED


def valid_seals(entry: Entry) -> tuple[Seal, ...]:
    """Return the valid seals of this source and target; a fuzzy entry has none."""
    if entry.fuzzy or not entry.seals:
        return ()
    digest = entry.pair_digest
    return tuple(seal for seal in entry.seals if seal.digest == digest)
