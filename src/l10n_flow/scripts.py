"""Properties of writing systems: which characters are Han, which languages put spaces between words."""

from __future__ import annotations

import re
import unicodedata
from enum import StrEnum
from functools import cache
from typing import TYPE_CHECKING

if TYPE_CHECKING:
    from l10n_flow.model import Span

# The Unicode ranges with the Script property Han (Scripts.txt), including ideographic numbers and iteration marks.
_HAN = (
    "\u3005\u3007\u3021-\u3029\u3038-\u303b\u2e80-\u2fd5\u3400-\u4dbf\u4e00-\u9fff\uf900-\ufad9\U00016ff0-\U00016ff6"
    "\U00020000-\U000323af"
)
#: The pattern of a Han character.
HAN = f"[{_HAN}]"
_DEPTH = 4
#: The regions with Traditional Chinese by CLDR's likely subtags; in others it is Simplified (Cantonese excepted).
_TRADITIONAL_REGIONS = frozenset(
    {"au", "bn", "gb", "gf", "hk", "id", "mo", "pa", "pf", "ph", "sr", "th", "tw", "us", "vn"}
)
_OTHER_SCRIPTS = frozenset({"hant", "bopo", "hanb", "latn"})

#: Languages written without spaces between words and sentences (CLDR: no space in their line-break samples).
_UNSPACED = frozenset({"zh", "yue", "wuu", "hak", "nan", "lzh", "ja", "th", "lo", "km", "my"})


@cache
def language(locale: str) -> str:
    """Return the language subtag of a gettext or BCP 47 id: ``zh`` for ``zh_Hant_HK``."""
    return re.split("[-_.@]", locale, maxsplit=1)[0].lower()


def writes_spaces(locale: str) -> bool:
    """Whether sentences of this locale are separated by a space."""
    return language(locale) not in _UNSPACED


def joint(locale: str) -> str:
    """Return the separator of two sentences in this locale: a space or an empty string."""
    return " " if writes_spaces(locale) else ""


def is_chinese(locale: str) -> bool:
    """Whether a locale is Chinese, so that Han in a target is expected."""
    return language(locale) in {"zh", "yue", "wuu", "hak", "nan", "lzh"}


def uses_han(locale: str) -> bool:
    """Whether a locale is written with Han characters at all (Chinese and Japanese)."""
    return is_chinese(locale) or language(locale) == "ja"


@cache
def is_simplified(locale: str) -> bool:
    """Whether a locale is Simplified Chinese: by its script, or else by CLDR's data for language and region."""
    parts = {part.lower() for part in re.split("[-_.@]", locale)[1:]}
    if not is_chinese(locale) or parts & _OTHER_SCRIPTS:
        return False
    if "hans" in parts:
        return True
    return "cn" in parts if language(locale) == "yue" else parts.isdisjoint(_TRADITIONAL_REGIONS)


def variety(locale: str) -> str:
    """Return the variety of Traditional Chinese of a locale, named as in OpenCC: ``hk``, ``tw``, else ``t``."""
    regions = {"hk": "hk", "mo": "hk", "tw": "tw"}
    return next((regions[part.lower()] for part in re.split("[-_.@]", locale) if part.lower() in regions), "t")


def has_han(text: str) -> bool:
    return _han().search(text) is not None


@cache
def is_han(char: str) -> bool:
    """Whether a character is Han; for a few characters this is faster than to compile the pattern."""
    return any(first <= char <= (last or first) for first, last in _ranges())


@cache
def _ranges() -> list[tuple[str, str]]:
    return re.findall("(.)(?:-(.))?", _HAN)


@cache
def _han() -> re.Pattern[str]:
    return re.compile(HAN)


@cache
def _han_run() -> re.Pattern[str]:
    return re.compile(f"[{_HAN}](?:[{_HAN}，、。：；·—…「」『』《》“”]*[{_HAN}])?")


@cache
def _bracketed() -> re.Pattern[str]:
    return re.compile(r"\([^()]*\)|（[^（）]*）|\[[^\[\]]*\]|［[^［］]*］|〔[^〔〕]*〕|【[^【】]*】")


def han_outside_gloss(text: str) -> list[Span]:
    """Return the runs of Han outside brackets; in brackets a translation may contain the original name."""
    if not has_han(text):
        return []
    from l10n_flow.model import Span  # noqa: PLC0415 - start-up

    # Glosses become blanks, which keeps all positions. Nested brackets are replaced from the innermost outwards, up to
    # the depth that occurs in prose.
    blanked = text
    for _ in range(_DEPTH):
        blanked, count = _bracketed().subn(lambda match: "\0" * len(match[0]), blanked)
        if not count:
            break
    return [Span(*match.span()) for match in _han_run().finditer(blanked)]


class Leftover(StrEnum):
    """Chinese in a target that should have none; each value is the id of a rule, which may be ignored."""

    COPIED = "source-copied"
    HAN = "han-in-target"


def leftover(source: str, target: str, locale: str) -> Leftover | None:
    """Return the kind of Chinese left in a target: the whole source, or Han outside a bracketed gloss; or None."""
    if is_chinese(locale) or not has_han(target):
        return None
    if source == target:
        return Leftover.COPIED
    return Leftover.HAN if not uses_han(locale) and han_outside_gloss(target) else None


# Joiners and marks of direction, and the vowels and final consonants of a Korean syllable, which is two wide.
_NO_COLUMN = frozenset(map(chr, (*range(0x1160, 0x1200), *range(0x200B, 0x2010), *range(0x2060, 0x2065), 0xFEFF)))
_PICTURE = "[\u203c-\u3299\U0001f000-\U0001faff]"
_SHAPED = "(?:\ufe0f|[\U0001f3fb-\U0001f3ff])"


@cache
def _joined() -> re.Pattern[str]:
    emoji = f"{_PICTURE}(?:{_SHAPED}?(?:\u200d{_PICTURE}{_SHAPED}?)+|{_SHAPED})"
    return re.compile(f"{emoji}|[\U0001f1e6-\U0001f1ff]{{2}}|[0-9#*]\ufe0f?\u20e3")


def display_width(text: str) -> int:
    """Return the width in terminal columns by UAX #11: wide and full-width count 2, marks and joiners 0."""
    if text.isascii():
        return len(text)
    # What an emoji is joined to or coloured with stands in its place; a selector makes it wide; a flag is two letters.
    return sum(map(columns, _joined().sub("\u3000", text)))


@cache
def columns(char: str) -> int:
    """Return the width of one character in terminal columns."""
    if unicodedata.category(char) in {"Mn", "Me"} or char in _NO_COLUMN:
        return 0
    return 2 if unicodedata.east_asian_width(char) in "WF" else 1


#: Characters that no text needs, for a character class: control characters (Cc) except tab and line ends, line and
#: paragraph separators, overrides of direction (UAX #9), the byte order mark.
CONTROLS = "\x00-\x08\x0b\x0c\x0e-\x1f\x7f-\x9f\u2028\u2029\u202d\u202e\ufeff"
#: Marks, embeddings and isolates of direction (UAX #9), for a character class: text with a script written from right to
#: left may need them.
TURNS = "\u061c\u200e\u200f\u202a-\u202c\u2066-\u2069"
_RIGHT_TO_LEFT = re.compile(
    "[\u0590-\u061b\u061d-\u08ff\ufb1d-\ufdff\ufe70-\ufefc\U00010800-\U00010fff\U0001e800-\U0001efff]"
)
# Thai, Lao, Tibetan, Burmese and Khmer need the zero-width space.
_BREAKING = re.compile("[\u0e00-\u109f\u1780-\u17ff]")
_UNSEEN = re.compile(f"[{CONTROLS}\u200b{TURNS}]")


def writes_to_the_left(text: str) -> bool:
    """Whether a text has letters of a script that is written from right to left."""
    return not text.isascii() and _RIGHT_TO_LEFT.search(text) is not None


def visible(text: str, instead: str = "") -> str:
    """Return a text for a page, without control characters and without other invisible ones that it does not need.

    Args:
        text: the text.
        instead: stands for each of them, where the place of a character matters.
    """
    if text.isprintable() or _UNSEEN.search(text) is None:
        return text
    unneeded = CONTROLS + ("" if _BREAKING.search(text) else "\u200b") + ("" if writes_to_the_left(text) else TURNS)
    return re.sub(f"[{unneeded}]", instead, text)
