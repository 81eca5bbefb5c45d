"""opencc-python-reimplemented, the base engine: ``--strict`` converts with it, and doubts compare with it.

Only this module imports ``opencc``.
"""

from __future__ import annotations

from collections.abc import Callable
from functools import cache

#: The engine copies the rest of a run of text at every match. Only a run without any border is split; no language has
#: such runs.
_LONGEST = 2_000


@cache
def converter(name: str) -> Callable[[str], str]:
    """Return a function that converts a text; ``name`` must be one of the engine's configurations."""
    from opencc import OpenCC  # noqa: PLC0415  # start-up: only windows of a strict conversion need it

    convert = OpenCC(name).convert

    def converted(text: str) -> str:
        pieces = (text[at : at + _LONGEST] for at in range(0, len(text), _LONGEST))
        return "".join(str(convert(piece)) for piece in pieces)

    return converted
