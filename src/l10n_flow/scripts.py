"""Properties of writing systems: which characters are Han, which languages put spaces between words."""

from __future__ import annotations

import re
import unicodedata
from enum import StrEnum
from functools import cache
from typing import TYPE_CHECKING

if TYPE_CHECKING:
    from l10n_flow.model import Span

# The Unicode blocks whose Script property is Han (Scripts.txt), the ideographic numbers and iteration marks included.
_HAN = (
    "\u3005\u3007\u3021-\u3029\u3038-\u303b\u2e80-\u2fd5\u3400-\u4dbf\u4e00-\u9fff\uf900-\ufad9\U00016ff0-\U00016ff6"
    "\U00020000-\U000323af"
)
#: The pattern of a Han character.
HAN = f"[{_HAN}]"
_DEPTH = 4
#: Where Chinese is written in Traditional script by CLDR's likely subtags; elsewhere it is Simplified, Cantonese apart.
_TRADITIONAL_REGIONS = frozenset(
    {"au", "bn", "gb", "gf", "hk", "id", "mo", "pa", "pf", "ph", "sr", "th", "tw", "us", "vn"}
)
_OTHER_SCRIPTS = frozenset({"hant", "bopo", "hanb", "latn"})

#: Languages written without spaces between words and sentences (CLDR: no space in their line-break samples).
_UNSPACED = frozenset({"zh", "yue", "wuu", "hak", "nan", "lzh", "ja", "th", "lo", "km", "my"})


@cache
def language(locale: str) -> str:
    """The language subtag of a gettext or BCP 47 id: ``zh`` of ``zh_Hant_HK``."""
    return re.split("[-_.@]", locale, maxsplit=1)[0].lower()


def writes_spaces(locale: str) -> bool:
    """Whether sentences of this locale are separated by a space."""
    return language(locale) not in _UNSPACED


def joint(locale: str) -> str:
    """The separator of two sentences in this locale: a space or an empty string."""
    return " " if writes_spaces(locale) else ""


def is_chinese(locale: str) -> bool:
    """Whether a locale is Chinese, so that Han in a target is expected."""
    return language(locale) in {"zh", "yue", "wuu", "hak", "nan", "lzh"}


def uses_han(locale: str) -> bool:
    """Whether a locale is written with Han characters at all (Chinese and Japanese)."""
    return is_chinese(locale) or language(locale) == "ja"


@cache
def is_simplified(locale: str) -> bool:
    """Whether a locale is Chinese in Simplified script, by its script, or else as CLDR has its language and region."""
    parts = {part.lower() for part in re.split("[-_.@]", locale)[1:]}
    if not is_chinese(locale) or parts & _OTHER_SCRIPTS:
        return False
    if "hans" in parts:
        return True
    return "cn" in parts if language(locale) == "yue" else parts.isdisjoint(_TRADITIONAL_REGIONS)


def variety(locale: str) -> str:
    """Which Traditional a Chinese locale is written in, as OpenCC names it: ``hk``, ``tw``, else ``t``."""
    regions = {"hk": "hk", "mo": "hk", "tw": "tw"}
    return next((regions[part.lower()] for part in re.split("[-_.@]", locale) if part.lower() in regions), "t")


def has_han(text: str) -> bool:
    return _han().search(text) is not None


@cache
def is_han(char: str) -> bool:
    """Whether a character is Han: for a few, this is quicker than to compile a pattern with all."""
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
    """The runs of Han that do not stand in brackets, where a translation may give the original name."""
    if not has_han(text):
        return []
    from l10n_flow.model import Span  # noqa: PLC0415 - start-up

    # Blanking the glosses keeps every position; nested brackets are blanked from the inside out, as deep as prose goes.
    blanked = text
    for _ in range(_DEPTH):
        blanked, count = _bracketed().subn(lambda match: "\0" * len(match[0]), blanked)
        if not count:
            break
    return [Span(*match.span()) for match in _han_run().finditer(blanked)]


class Leftover(StrEnum):
    """Chinese in a target that ought to have none; each is the id of the rule that reports it and may be ignored."""

    COPIED = "source-copied"
    HAN = "han-in-target"


def leftover(source: str, target: str, locale: str) -> Leftover | None:
    """What Chinese is left in a target of a locale: the source as it is, or Han outside a bracketed gloss."""
    if is_chinese(locale) or not has_han(target):
        return None
    if source == target:
        return Leftover.COPIED
    return Leftover.HAN if not uses_han(locale) and han_outside_gloss(target) else None


def display_width(text: str) -> int:
    """Terminal columns, by East Asian Width (UAX #11): wide and full-width count two, combining marks none."""
    return len(text) if text.isascii() else sum(map(columns, text))


@cache
def columns(char: str) -> int:
    """The terminal columns of one character."""
    return 0 if unicodedata.combining(char) else 2 if unicodedata.east_asian_width(char) in "WF" else 1


#: What no text needs, for a class of a pattern: controls (General_Category Cc) but tab and line ends, separators of
#: lines and paragraphs, overrides of direction (UAX 9), the byte order mark.
CONTROLS = "\x00-\x08\x0b\x0c\x0e-\x1f\x7f-\x9f\u2028\u2029\u202d\u202e\ufeff"
# Thai, Lao, Tibetan, Burmese and Khmer need the zero-width space.
_BREAKING = "[\u0e00-\u109f\u1780-\u17ff]"


def visible(text: str) -> str:
    """A text without control characters, as a page may hold it."""
    if text.isprintable():
        return text
    text = re.sub(f"[{CONTROLS}]", "", text)
    return text if re.search(_BREAKING, text) else text.replace("\u200b", "")
