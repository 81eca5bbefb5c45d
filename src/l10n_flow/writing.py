"""Detect the script of a text: count its letters by script.

Python has no Script property; but the Unicode name of a letter begins with the name of its script (UAX #44, ``Name``),
except for Han.
"""

from __future__ import annotations

import re
import unicodedata
from collections import Counter
from functools import cache
from typing import NamedTuple

from l10n_flow.scripts import is_han

#: For each script (ISO 15924) the prefix of the names of its letters. Other scripts are not judged.
_NAMES = {
    "Arab": "ARABIC", "Armn": "ARMENIAN", "Beng": "BENGALI", "Cans": "CANADIAN", "Cher": "CHEROKEE", "Cyrl": "CYRILLIC",
    "Deva": "DEVANAGARI", "Ethi": "ETHIOPIC", "Geor": "GEORGIAN", "Grek": "GREEK", "Gujr": "GUJARATI",
    "Guru": "GURMUKHI", "Hebr": "HEBREW", "Khmr": "KHMER", "Knda": "KANNADA", "Laoo": "LAO", "Latn": "LATIN",
    "Mlym": "MALAYALAM", "Mong": "MONGOLIAN", "Mymr": "MYANMAR", "Orya": "ORIYA", "Sinh": "SINHALA", "Taml": "TAMIL",
    "Telu": "TELUGU", "Tfng": "TIFINAGH", "Thaa": "THAANA", "Thai": "THAI", "Tibt": "TIBETAN", "Yiii": "YI",
}  # fmt: skip
#: Scripts that combine several others.
_TOGETHER = {
    "Hans": ("HAN",),
    "Hant": ("HAN",),
    "Jpan": ("HAN", "HIRAGANA", "KATAKANA"),
    "Kore": ("HANGUL", "HAN"),
    "Aran": ("ARABIC",),
}
# Text that is the same in every language: markup, placeholders, code; and, by the word, addresses and paths.
_MARKUP = re.compile(r"`[^`]*`|<[^<>]*>|\{[^{}]*\}|%\(?\w+\)?\w?|&\w+;")
_OF_ADDRESSES = frozenset("/\\_")
_MAIL = re.compile(r"[^@]+@\S+\.\w+")
_NO_LETTERS = frozenset(map(chr, range(0x41))) | frozenset("，。、：；！？「」『』《》（）—…·“”‘’")
_WORDS = re.compile(r"[^\W\d_]+(?:[’'-][^\W\d_]+)*")
#: The least number of words, or of letters in a script without capitals and spaces, of a text that is not only a name.
_FEW_WORDS, _FEW_LETTERS = 3, 10
_MANY_WORDS = 8


class ForeignScript(NamedTuple):
    """A text in another script than its locale's: the script, and whether some of the text is in the locale's own."""

    script: str
    mixed: bool


def parts(script: str) -> frozenset[str]:
    """Return the prefixes of the Unicode names of a script's letters; none for a script that is not judged."""
    return frozenset(_TOGETHER.get(script) or ((_NAMES[script],) if script in _NAMES else ()))


@cache
def of_letter(char: str) -> str:
    """Return the script in the Unicode name of a letter, ``HAN`` …; "" if it is not a letter."""
    if is_han(char):
        return "HAN"
    if unicodedata.category(char)[0] not in "LM":
        return ""
    # FULLWIDTH LATIN, HALFWIDTH KATAKANA; names of marks that all scripts share begin with COMBINING.
    name = unicodedata.name(char, "").removeprefix("FULLWIDTH ").removeprefix("HALFWIDTH ")
    first = name.partition(" ")[0].partition("-")[0]
    return "" if first in {"COMBINING", "MODIFIER", "VARIATION"} else first


def is_all_in(text: str, script: str) -> bool:
    """Return whether all letters of a text are in this script."""
    return {*parts(script), ""}.issuperset(map(of_letter, set(text) - _NO_LETTERS))


def counted(text: str) -> Counter[str]:
    """Count the letters of a text by script."""
    found: Counter[str] = Counter()
    for char, number in Counter(text).items():
        if script := of_letter(char):
            found[script] += number
    return found


def without_markup(text: str) -> str:
    """Replace markup, code and addresses, which are the same in every language, by a blank; in linear time."""
    return " ".join(filter(None, map(_without_address, _MARKUP.sub(" ", text).split())))


def _without_address(word: str) -> str:
    """Return a word without the address or path in it."""
    if not _OF_ADDRESSES.isdisjoint(word):
        return ""
    if "@" in word and (mail := _MAIL.match(word)):
        word = word[mail.end() :]
    return word.partition("www.")[0]


def words(text: str) -> list[str]:
    """Return the words of a text, in order."""
    return _WORDS.findall(text)


def plain_words(text: str, script: str) -> list[str]:
    """Return the words of a text in a script, without markup, code, addresses, and words that begin with a capital."""
    own = parts(script)
    return [word for word in words(without_markup(text)) if not word[0].isupper() and of_letter(word[0]) in own]


def foreign(text: str, script: str, also: str = "") -> ForeignScript | None:
    """Find another script than the locale's in a text; None when it is in the locale's script, or it is uncertain.

    Names, addresses, numbers, placeholders and code are ignored, alone or among other words.

    Args:
        text: a translation.
        script: the script of its locale (ISO 15924).
        also: a text whose words may occur in it unchanged.
    """
    own = parts(script)
    if not own or (text.isascii() and "LATIN" in own):
        return None
    if is_all_in(text, script):  # the common case, without a check of the words
        return None
    left = without_markup(text)
    letters = counted(left)
    others = {name: number for name, number in letters.items() if name not in own and name != "HAN"}
    if not others:
        return None
    most = max(others, key=others.__getitem__)
    mine = sum(number for name, number in letters.items() if name in own)
    if mine * 8 > others[most]:
        return None
    known = set(_WORDS.findall(also))
    others_words = [word for word in words(left) if word not in known and of_letter(word[0]) == most]
    plain = [word for word in others_words if word[0].islower()]
    cased = any(word[0].isupper() or word[0].islower() for word in others_words)
    enough = (
        len(plain) >= _FEW_WORDS or len(others_words) >= _MANY_WORDS
        if cased
        else len("".join(others_words)) >= _FEW_LETTERS
    )
    if not enough or (mine and len(plain) < _MANY_WORDS):
        return None
    return ForeignScript(most.capitalize(), mixed=mine > 0)
