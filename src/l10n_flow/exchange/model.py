"""The pair that the readers of bilingual files return: a source, its translation, and their place in the file."""

from __future__ import annotations

from typing import NamedTuple

from l10n_flow.model import State

#: The locales when neither the file nor the user gives one.
SOURCE_LOCALE, LOCALE = "zh_Hant_HK", "en"


class BilingualPair(NamedTuple):
    """A pair of a bilingual file.

    Attributes:
        row: the 1-based number of the pair in the file.
        line: the 1-based line where it begins.
        source: the source text.
        target: the translation, "" when there is none.
        source_locale: the locale of the source.
        locale: the locale of the translation.
        state: the state in the file; None: the state follows from the text alone.
        context: the text that distinguishes the pair from others with the same source, or None.
    """

    row: int
    line: int
    source: str
    target: str
    source_locale: str = SOURCE_LOCALE
    locale: str = LOCALE
    state: State | None = None
    context: str | None = None
