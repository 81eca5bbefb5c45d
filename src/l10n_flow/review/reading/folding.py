"""Texts made comparable for searching: without regard to case, and either Chinese script finds the other."""

from __future__ import annotations

from functools import cache

from l10n_flow.conversion import Converter, Punctuation


class _Table(dict[int, str]):
    """For ``str.translate``, filled as characters are met.

    Character by character, never by words: so that whatever stands in a text is found by any part of it.
    """

    def __init__(self) -> None:
        self._converter = Converter("t2s", Punctuation.KEEP)

    def __missing__(self, code: int) -> str:
        folded = self[code] = self._converter.convert_block([chr(code)])[0].casefold()
        return folded


@cache
def _table() -> _Table:
    return _Table()


def fold(text: str) -> str:
    """A text as it is compared: Simplified, case-folded."""
    return text.translate(_table())
