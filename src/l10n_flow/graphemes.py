"""Where a text may be cut: never inside what a reader sees as one character.

By the rules for extended grapheme clusters of Unicode (UAX #29, 3.1.1), GB1 to GB999. Python has no table of the
properties they name. They are taken from General_Category and a few ranges, so that here and there a cut is avoided
that the rules allow, and none is made that they forbid.
"""

from __future__ import annotations

import re
import unicodedata
from functools import cache

#: Of whatever may stand in a cluster of several characters: where none is found, every place is a border.
_COMPOSING = re.compile(
    "[\r\u0300-\u1dff\u200c\u200d\u20d0-\u20ff\u2cef-\u2cf1\u2d7f\u2de0-\u2dff\u302a-\u302f\u3099\u309a\ua66f-\ud7ff"
    "\ufb1e\ufe00-\ufe2f\uff9e\uff9f\U000101fd-\U0001ffff\U000e0000-\U000e0fff]"
)
#: Looked back so far: no writing needs more (30 marks, UAX #15, Stream-Safe Text Format), and time stays linear.
_REACH = 64
_JOINER = "\u200d"
#: Besides the general categories of marks: Other_Grapheme_Extend, Emoji_Modifier, tags, and two letters (SpacingMark).
_EXTENDING = re.compile("[\u200c\u200d\uff9e\uff9f\u0e33\u0eb3\U0001f3fb-\U0001f3ff\U000e0020-\U000e007f]")
_PREPENDED = re.compile(
    "[\u0600-\u0605\u06dd\u070f\u0890\u0891\u08e2\u0d4e\U000110bd\U000110cd\U000111c2\U000111c3\U0001193f\U00011941"
    "\U00011a3a\U00011a84-\U00011a89\U00011d46\U00011f02]"
)
_LEADING = re.compile("[\u1100-\u115f\ua960-\ua97c]")
_SYLLABLE = re.compile("[\uac00-\ud7a3]")
_TRAILING = re.compile("[\u1160-\u11ff\ud7b0-\ud7fb]")  # vowels and final consonants
_REGIONAL = re.compile("[\U0001f1e6-\U0001f1ff]")


def is_border(text: str, at: int) -> bool:
    """Whether a text may be cut before the character at a place; the ends are borders."""
    if not 0 < at < len(text):
        return True
    before, after = text[at - 1], text[at]
    if before < "\u0300" and after < "\u0300":
        return not (before == "\r" and after == "\n")
    if _is_control(before) or _is_control(after):
        return True
    alone = _extends(after) or _PREPENDED.match(before) or (before == _JOINER and not after.isascii())
    return not (alone or _are_jamo(before, after) or _is_flag(text, at) or _joins_consonants(text, at))


def floor(text: str, at: int) -> int:
    """The last border not behind a place. Of what is no writing, hundreds of marks on a letter, the place itself."""
    if is_border(text, at):
        return at
    return next((place for place in range(at - 1, max(-1, at - _REACH), -1) if is_border(text, place)), at)


def ceil(text: str, at: int) -> int:
    """The first border not before a place; as :func:`floor`."""
    if is_border(text, at):
        return at
    return next((place for place in range(at + 1, at + _REACH) if is_border(text, place)), at)


def beginning(text: str, length: int) -> str:
    """The first characters of a text, at most so many."""
    return text[: floor(text, length)]


def ending(text: str, length: int) -> str:
    """The last characters of a text, at most so many."""
    return text[ceil(text, max(0, len(text) - length)) :]


def together(pieces: list[str]) -> list[str]:
    """Pieces of a text, those put together whose border lies in a cluster."""
    text = "".join(pieces)
    if not _COMPOSING.search(text):
        return pieces
    result: list[str] = []
    place = begun = 0
    for piece in pieces:
        place += len(piece)
        if is_border(text, place):
            result.append(text[begun:place])
            begun = place
    return result


def _extends(char: str) -> bool:
    return unicodedata.category(char)[0] == "M" or _EXTENDING.match(char) is not None


@cache
def _is_control(char: str) -> bool:
    return unicodedata.category(char) in {"Cc", "Zl", "Zp"}


def _are_jamo(before: str, after: str) -> bool:
    """Whether two characters are of one Korean syllable (GB6 to GB8)."""
    if _TRAILING.match(after):
        return any(each.match(before) for each in (_LEADING, _SYLLABLE, _TRAILING))
    return _LEADING.match(before) is not None and any(each.match(after) for each in (_LEADING, _SYLLABLE))


def _is_flag(text: str, at: int) -> bool:
    """Whether the two letters around a place are one flag: those of a row are taken in pairs (GB12, GB13)."""
    if not (_REGIONAL.match(text[at]) and _REGIONAL.match(text[at - 1])):
        return False
    found = re.search(f"{_REGIONAL.pattern}+\\Z", text[max(0, at - 2 * _REACH) : at])
    return found is not None and len(found[0]) % 2 == 1


def _joins_consonants(text: str, at: int) -> bool:
    """Whether a virama is among the marks before a place: the consonant there belongs to the one before it (GB9c)."""
    if unicodedata.category(text[at]) != "Lo":
        return False
    for place in range(at - 1, max(-1, at - _REACH), -1):
        if unicodedata.combining(text[place]) == 9:
            return True
        if not _extends(text[place]):
            break
    return False
