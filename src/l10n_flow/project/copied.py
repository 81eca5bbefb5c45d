"""Find the units of a document that are copied into an edition, because they are in its language already.

An English paragraph of a Chinese article is copied into the English catalogue with a ``copied`` seal, so that nobody
has to type it again. In a derived locale every text is converted.
"""

from __future__ import annotations

from collections.abc import Iterator
from functools import lru_cache

from l10n_flow import wording
from l10n_flow.model import Document, Key
from l10n_flow.project.configuration import LocaleConfig


def copied_units(document: Document, source_locale: str, locale: LocaleConfig) -> frozenset[Key]:
    """Return the units that are copied into the catalogue of a locale.

    An override of the author (``Unit.copy``) has priority over the detected language. When a text occurs several times,
    its first override counts.

    Args:
        document: the parsed source.
        source_locale: the source locale of the project.
        locale: the locale of the catalogue.
    """
    if locale.derived:
        return frozenset()
    judged = wording.judged(locale.id)
    said: dict[Key, bool | None] = {}
    for unit in document.units():
        if said.get(unit.key) is None:
            said[unit.key] = unit.copy
    there = _there(document, locale.id, source_locale) if judged else ()
    return frozenset([*(key for key, copy in said.items() if copy), *(key for key in there if said[key] is None)])


def _there(document: Document, locale: str, source_locale: str) -> Iterator[Key]:
    """Yield the units that are in the language of a locale.

    A short sentence between others (“It was good.”) has too few words to be judged: if the whole block is in the
    language, all its units are.
    """
    for block in document.blocks:
        found = [unit.key for unit in block.units if _is_there(unit.key.source, locale, source_locale)]
        if found and len(found) < len(block.units):
            whole = " ".join(unit.key.source for unit in block.units)
            found = [unit.key for unit in block.units] if wording.is_written_in(whole, locale, source_locale) else found
        yield from found


@lru_cache(maxsize=8_192)
def _is_there(text: str, locale: str, source_locale: str) -> bool:
    return wording.is_written_in(text, locale, source_locale)
