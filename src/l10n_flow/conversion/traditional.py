"""Which characters only Traditional Chinese uses."""

from __future__ import annotations

import re
from functools import cache
from typing import TYPE_CHECKING

from l10n_flow.conversion.packages import Package

if TYPE_CHECKING:
    from l10n_flow.model import Span


def traditional_spans(text: str) -> list[Span]:
    """Where a text holds characters that only Traditional Chinese uses."""
    if _characters().isdisjoint(text):  # the common case, many times faster than the search
        return []
    from l10n_flow.model import Span  # noqa: PLC0415 - start-up

    return [Span(*found.span()) for found in _pattern().finditer(text)]


@cache
def _characters() -> frozenset[str]:
    """Those the dictionaries of characters replace and GB 2312, the Mainland's basic set, lacks.

    乾 and 著 have their place in Simplified text; 後 and 菸 have none although GB 2312 holds them.
    """
    from l10n_flow.conversion import dictionaries  # noqa: PLC0415 - start-up

    names = ("TSCharacters", "TSCharactersExt")
    entries = [dictionaries.dictionary(Package.CURRENT, f"{name}.txt").entries.items() for name in names]
    replaced = {char for pairs in entries for char, after in pairs if char != after}
    return frozenset("後菸") | {char for char in replaced if not _in_gb2312(char)}


@cache
def _pattern() -> re.Pattern[str]:
    return re.compile(f"[{''.join(sorted(_characters()))}]")


def _in_gb2312(char: str) -> bool:
    try:
        char.encode("gb2312")
    except UnicodeEncodeError:
        return False
    return True
