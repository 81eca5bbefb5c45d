"""Which units of a document are carried over into an edition as they are: text that is in its language already.

Where people translate, an English paragraph of a Chinese article is copied into the English catalogue with a ``copied``
seal, rather than left empty for somebody to type again. A derived locale converts every text.
"""

from __future__ import annotations

from functools import lru_cache

from l10n_flow import wording
from l10n_flow.model import Document, Key
from l10n_flow.project.configuration import LocaleConfig


def copied_units(document: Document, source_locale: str, locale: LocaleConfig) -> frozenset[Key]:
    """The units that are copied into the catalogue of a locale.

    What the author says in an override (``Unit.copy``) goes before what the text shows; of a text that occurs twice,
    the first that says something.

    Args:
        document: what the source holds.
        source_locale: of the project.
        locale: whose catalogue it is.
    """
    if locale.derived:
        return frozenset()
    judged = wording.judged(locale.id)
    said: dict[Key, bool | None] = {}
    for unit in document.units():
        if said.get(unit.key) is None:
            said[unit.key] = unit.copy
    return frozenset(
        key
        for key, copy in said.items()
        if copy or (copy is None and judged and _is_there(key.source, locale.id, source_locale))
    )


@lru_cache(maxsize=8_192)
def _is_there(text: str, locale: str, source_locale: str) -> bool:
    return wording.is_written_in(text, locale, source_locale)
