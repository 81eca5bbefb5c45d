"""opencc-python-reimplemented, the base engine: what ``--strict`` converts with, and the second opinion of doubts.

The only importer of ``opencc``.
"""

from __future__ import annotations

from collections.abc import Callable
from functools import cache

#: It copies the rest of a run of text at every match. Only a run without any border is cut, which no language has.
_LONGEST = 2_000


@cache
def converter(name: str) -> Callable[[str], str]:
    """Its conversion of a text, which must be one of its configurations."""
    from opencc import OpenCC  # noqa: PLC0415  # start-up: only windows of a strict conversion need it

    convert = OpenCC(name).convert

    def converted(text: str) -> str:
        pieces = (text[at : at + _LONGEST] for at in range(0, len(text), _LONGEST))
        return "".join(str(convert(piece)) for piece in pieces)

    return converted
