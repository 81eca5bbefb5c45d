"""The conversion engine: opencc-python-reimplemented behind one function. The only importer of opencc."""

from __future__ import annotations

import difflib
import hashlib
import importlib.util
import re
from functools import cache
from pathlib import Path
from typing import TYPE_CHECKING

from l10n_flow.errors import ConversionError

if TYPE_CHECKING:
    from collections.abc import Callable

#: The engine builds a tree over each run without punctuation and recurses along it: longer runs are cut.
_LONGEST_RUN = 200
_RUN = re.compile(r"[^\s\-,.?!*　，。、；：？！…“”‘’『』「」—（）《》〈〉]{200,}")


@cache
def _home() -> Path:
    spec = importlib.util.find_spec("opencc")
    if spec is None or spec.origin is None:
        raise ConversionError("opencc-python-reimplemented is not installed; run: pip install l10n-flow")
    return Path(spec.origin).parent


@cache
def conversions() -> tuple[str, ...]:
    """The names of the conversions there are, such as ``hk2s``, ``t2s`` and ``tw2s``."""
    return tuple(sorted(path.stem for path in (_home() / "config").glob("*.json")))


def require(name: str) -> str:
    """The name, if there is such a conversion.

    Raises:
        ConversionError: naming the nearest one.
    """
    known = conversions()
    if name in known:
        return name
    near = difflib.get_close_matches(name, known, n=1)
    hint = f"; did you mean {near[0]}?" if near else "."
    raise ConversionError(f"there is no conversion {name!r}{hint} There are: {', '.join(known)}")


@cache
def fingerprint() -> str:
    """12 hex digits over the engine's dictionaries and configurations: changes when an upgrade changes them."""
    digest = hashlib.sha256()
    for path in sorted((*_home().glob("config/*.json"), *_home().glob("dictionary/*.txt"))):
        digest.update(path.name.encode() + b"\0" + path.read_bytes())
    return digest.hexdigest()[:12]


@cache
def engine(name: str) -> Callable[[str], str]:
    """The function that converts a text.

    Raises:
        ConversionError: for an unknown name.
    """
    from opencc import OpenCC  # noqa: PLC0415  # start-up: only runs that convert need it

    convert = OpenCC(require(name)).convert

    def converted(text: str) -> str:
        if text.isascii():
            return text
        if _RUN.search(text) is None:
            return str(convert(text))
        return "".join(convert(piece) for piece in _pieces(text))

    return converted


def _pieces(text: str) -> list[str]:
    pieces, start = [], 0
    for run in _RUN.finditer(text):
        for cut in range(run.start() + _LONGEST_RUN, run.end(), _LONGEST_RUN):
            pieces.append(text[start:cut])
            start = cut
    return [*pieces, text[start:]]


@cache
def traditional_set() -> frozenset[str]:
    """The characters that only Traditional text uses.

    Those which the dictionary of characters replaces and which GB 2312, the Mainland's basic set, lacks: 乾 and 著
    have their place in Simplified text, 後 and 菸 have none although GB 2312 holds them.
    """
    found = ["後", "菸"]
    for line in (_home() / "dictionary" / "TSCharacters.txt").read_text(encoding="utf-8").splitlines():
        char, _, replacements = line.partition("\t")
        if char not in replacements.split() and not _in_gb2312(char):
            found.append(char)
    return frozenset(found)


@cache
def traditional_characters() -> re.Pattern[str]:
    """The same as a class to search with."""
    return re.compile(f"[{''.join(sorted(traditional_set()))}]")


def _in_gb2312(char: str) -> bool:
    try:
        char.encode("gb2312")
    except UnicodeEncodeError:
        return False
    return True
