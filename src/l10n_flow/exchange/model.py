"""What the readers of bilingual files give: a source and its translation, and where they stand."""

from __future__ import annotations

from typing import NamedTuple

from l10n_flow.model import State

#: The locale of a file that names no locale, where the user names none either.
SOURCE_LOCALE, LOCALE = "zh_Hant_HK", "en"


class BilingualPair(NamedTuple):
    """A pair of a bilingual file.

    Attributes:
        row: its 1-based number among the pairs of the file.
        line: the 1-based line where it begins.
        source: the source text.
        target: the translation, "" when there is none.
        source_locale: the locale of the source.
        locale: the locale of the translation.
        state: what the file says of it; None: the text alone decides.
        context: what tells it from others with the same source, or None.
    """

    row: int
    line: int
    source: str
    target: str
    source_locale: str = SOURCE_LOCALE
    locale: str = LOCALE
    state: State | None = None
    context: str | None = None
