"""Catalogue entries as the rest of the program sees them: state and origin computed, never stored."""

from __future__ import annotations

from polib import POEntry

from l10n_flow import scripts
from l10n_flow.catalogue import seals
from l10n_flow.catalogue.seals import Seal, SealKind
from l10n_flow.catalogue.store import Catalogue
from l10n_flow.model import Key, Origin, State, Translation

_NO_SEALS: tuple[Seal, ...] = ()


def translations(catalogue: Catalogue, *, derived: bool) -> dict[Key, Translation]:
    """Every live entry by key, in file order.

    Args:
        catalogue: as read or merged.
        derived: whether the locale is converted by machine, so that a person's text in it is a correction.
    """
    entries = catalogue.entries
    return {key: translation(key, entry, catalogue.locale, derived=derived) for key, entry in entries.items()}


def translation(key: Key, entry: POEntry, locale: str, *, derived: bool) -> Translation:
    """One entry of a catalogue of a locale, as ``translations`` gives it."""
    target = entry.msgstr
    found = seals.parse(entry.tcomment)[0] if entry.tcomment else _NO_SEALS
    kinds = tuple(entry.comment.split("\n")) if entry.comment else ()
    if not found and not target:
        return Translation(key, "", State.UNTRANSLATED, None, kinds, line=entry.linenum or 0)
    fuzzy = "fuzzy" in entry.flags
    machine = seals.is_converted(found, target)
    valid = _valid(found, key, target) if found and not fuzzy else _NO_SEALS
    kinds_of = {seal.kind for seal in valid}
    joined = SealKind.JOINED in kinds_of
    ignores = {seal.detail: seal.text for seal in valid if seal.kind is SealKind.IGNORE}
    origin = (Origin.CONVERTED if machine else Origin.HUMAN) if target else None
    if not target and not joined:
        state = State.UNTRANSLATED
    elif fuzzy:
        state = State.NEEDS_EDITING
    elif not joined and _is_source(key.source, target, locale, ignores):
        state = State.UNTRANSLATED
    else:
        state = State.APPROVED if SealKind.APPROVED in kinds_of else State.TRANSLATED
    previous = entry.previous_msgid if fuzzy else None
    return Translation(
        key,
        target,
        state,
        origin,
        kinds,
        previous=previous,
        # Fuzzy alone may also be a rejected conversion or a draft of the source as it is.
        stale=derived and previous is not None and origin is Origin.HUMAN,
        joined=joined,
        ignores=ignores,
        line=entry.linenum or 0,
    )


def _valid(found: tuple[Seal, ...], key: Key, target: str) -> tuple[Seal, ...]:
    digest = seals.pair_digest(key.source, target)
    return tuple(seal for seal in found if seal.digest == digest)


def _is_source(source: str, target: str, locale: str, ignores: dict[str, str]) -> bool:
    """Whether a target that ought not to be Chinese is the source, or still holds some of it (DESIGN section 4)."""
    if not scripts.has_han(target) or scripts.is_chinese(locale):
        return False
    if target == source:
        return "source-copied" not in ignores
    return not scripts.uses_han(locale) and "han-in-target" not in ignores and bool(scripts.han_outside_gloss(target))
