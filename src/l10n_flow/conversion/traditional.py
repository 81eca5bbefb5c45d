"""Which characters only Traditional Chinese uses, or only Simplified: by what the conversions write in their place."""

from __future__ import annotations

import re
from collections import Counter
from functools import cache
from typing import TYPE_CHECKING, NamedTuple

from l10n_flow.conversion.packages import Package

if TYPE_CHECKING:
    from l10n_flow.model import Span


def traditional_spans(text: str) -> list[Span]:
    """Where a text holds characters that only Traditional Chinese uses.

    畢昇 and 束脩 are 毕昇 and 束脩: what stands in a word that a dictionary writes so is Simplified there.
    """
    if _characters().isdisjoint(text):  # the common case, many times faster than the search
        return []
    from l10n_flow.model import Span  # noqa: PLC0415 - start-up

    words = [found.span() for found in _kept_words().finditer(text)]
    spans = (Span(*found.span()) for found in _pattern().finditer(text))
    return [span for span in spans if not any(start <= span.start < end for start, end in words)]


class OneScript(NamedTuple):
    """The script that a Chinese text is in, ``Hans`` or ``Hant``, and the characters that only it has, most first."""

    script: str
    characters: tuple[str, ...]


def script_of(text: str) -> OneScript | None:
    """Whether a text is Simplified or Traditional; None when it is too short to tell, or no Chinese.

    A quotation in the other script changes nothing: the script of most of the characters that differ decides.
    """
    every = Counter(text)
    there = frozenset(every)
    found = {name: there & each for name, each in (("Hant", _characters()), ("Hans", _simplified()))}
    number = {name: sum(every[char] for char in chars) for name, chars in found.items()}
    script = max(number, key=number.__getitem__)
    if len(found[script]) < _TELLING or len(set(number.values())) == 1:
        return None
    return OneScript(script, tuple(sorted(found[script], key=lambda char: (-every[char], char))))


#: From how many different characters a text tells its script: one or two may be a slip, or a name.
_TELLING = 3


@cache
def _simplified() -> frozenset[str]:
    """Those that the dictionary makes Traditional, Big5 lacks, and neither Hong Kong nor Taiwan writes.

    台, 后, 只 and 体 have their place in both scripts; 户 and 税 are Hong Kong's own forms.
    """
    from l10n_flow.conversion import dictionaries  # noqa: PLC0415 - start-up

    entries = dictionaries.dictionary(Package.CURRENT, "STCharacters.txt").entries.items()
    standards = (dictionaries.dictionary(Package.CURRENT, f"{name}Variants.txt").entries for name in ("HK", "TW"))
    regional = {after for each in standards for after in each.values()}
    return frozenset(char for char, after in entries if char != after and not _has("big5", char)) - regional


@cache
def _characters() -> frozenset[str]:
    """Those for which the conversions write another form, and which GB 2312, the Mainland's basic set, lacks.

    乾 and 著 have their place in Simplified text; 後 and 菸 have none although GB 2312 holds them. 餸, 嗰 and 鍮
    have no form in the Mainland's table: they are written so in both scripts, and the conversions leave them.
    """
    from l10n_flow.conversion import corrections, dictionaries  # noqa: PLC0415 - start-up

    entries = dictionaries.dictionary(Package.CURRENT, "TSCharacters.txt").entries.items()
    replaced = {char for char, after in entries if char != after and not corrections.is_rare(after)}
    written = {after for char, after in entries if char != after}  # 苧 is the Simplified form of 薴
    return frozenset("後菸") | {char for char in replaced - written if not _has("gb2312", char)}


@cache
def _kept_words() -> re.Pattern[str]:
    """The words that the conversions write with such a character in them."""
    from l10n_flow.conversion import corrections, dictionaries  # noqa: PLC0415 - start-up

    entries = dictionaries.dictionary(Package.CURRENT, "TSPhrases.txt").entries
    corrected = (row.before for row in corrections.read())
    written = {*entries.values()} - {entries[word] for word in corrected if word in entries}
    return re.compile("|".join(sorted(word for word in written if not _characters().isdisjoint(word))))


@cache
def _pattern() -> re.Pattern[str]:
    return re.compile(f"[{''.join(sorted(_characters()))}]")


def _has(charset: str, char: str) -> bool:
    try:
        char.encode(charset)
    except UnicodeEncodeError:
        return False
    return True
