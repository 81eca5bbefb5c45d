"""The characters that only Traditional Chinese uses, or only Simplified, derived from the conversions."""

from __future__ import annotations

import re
from collections import Counter
from functools import cache
from typing import TYPE_CHECKING, NamedTuple

from l10n_flow.conversion.packages import Package

if TYPE_CHECKING:
    from l10n_flow.model import Span


def traditional_spans(text: str) -> list[Span]:
    """Return the spans of a text with characters that only Traditional Chinese uses.

    畢昇 and 束脩 become 毕昇 and 束脩: a character that a dictionary writes in a Simplified word is Simplified there.
    """
    if _characters().isdisjoint(text):  # the common case, many times faster than the search
        return []
    from l10n_flow.model import Span  # noqa: PLC0415 - start-up

    words = [found.span() for found in _kept_words().finditer(text)]
    spans = (Span(*found.span()) for found in _pattern().finditer(text))
    return [span for span in spans if not any(start <= span.start < end for start, end in words)]


class OneScript(NamedTuple):
    """The script of a Chinese text, ``Hans`` or ``Hant``, and the characters that only it has, most frequent first."""

    script: str
    characters: tuple[str, ...]


def script_of(text: str) -> OneScript | None:
    """Return the script of a text; None when it is too short, or not Chinese.

    A quotation in the other script does not matter: the script of most of the characters that differ decides.
    """
    every = Counter(text)
    there = frozenset(every)
    found = {name: there & each for name, each in (("Hant", _characters()), ("Hans", _simplified()))}
    number = {name: sum(every[char] for char in chars) for name, chars in found.items()}
    script = max(number, key=number.__getitem__)
    if len(found[script]) < _TELLING or len(set(number.values())) == 1:
        return None
    return OneScript(script, tuple(sorted(found[script], key=lambda char: (-every[char], char))))


#: The number of different characters that decide the script of a text: one or two may be an error, or a name.
_TELLING = 3


@cache
def _simplified() -> frozenset[str]:
    """Return the characters that the dictionary converts into Traditional and that Big5, Hong Kong and Taiwan lack.

    台, 后, 只 and 体 are in both scripts; 户 and 税 are Hong Kong's own forms.
    """
    from l10n_flow.conversion import dictionaries  # noqa: PLC0415 - start-up

    entries = dictionaries.dictionary(Package.CURRENT, "STCharacters.txt").entries.items()
    standards = (dictionaries.dictionary(Package.CURRENT, f"{name}Variants.txt").entries for name in ("HK", "TW"))
    regional = {after for each in standards for after in each.values()}
    return frozenset(char for char, after in entries if char != after and not _has("big5", char)) - regional


@cache
def _characters() -> frozenset[str]:
    """Return the characters with another form in the conversions, and not in GB 2312, the Mainland's basic set.

    乾 and 著 can be in Simplified text; 後 and 菸 cannot, although GB 2312 contains them. 餸, 嗰 and 鍮 have no form in
    the Mainland's table: they are the same in both scripts, and the conversions do not change them.
    """
    from l10n_flow.conversion import corrections, dictionaries  # noqa: PLC0415 - start-up

    entries = dictionaries.dictionary(Package.CURRENT, "TSCharacters.txt").entries.items()
    replaced = {char for char, after in entries if char != after and not corrections.is_rare(after)}
    written = {after for char, after in entries if char != after}  # 苧 is the Simplified form of 薴
    return frozenset("後菸") | {char for char in replaced - written if not _has("gb2312", char)}


@cache
def _kept_words() -> re.Pattern[str]:
    """Return the pattern of the words that the conversions write with such a character."""
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
