"""Make realistic errors in the numbers of English translations, one at a time, from a seed.

The errors are made in the text itself, without the number readers of the package, so that numbers which these cannot
read are included.
"""

from __future__ import annotations

import itertools
import random
import re
from collections.abc import Callable, Iterator
from dataclasses import dataclass

_MONTHS = "January February March April May June July August September October November December".split()  # noqa: SIM905
_WORDS = "two three four five six seven eight nine ten eleven twelve".split()  # noqa: SIM905
_ORDINALS = "first second third fourth fifth sixth seventh eighth ninth tenth".split()  # noqa: SIM905
_VAGUE = {
    "hundreds of thousands": "tens of thousands", "tens of thousands": "thousands", "hundreds of millions": "millions",
    "tens of millions": "millions", "dozens": "hundreds", "hundreds": "thousands", "thousands": "millions",
    "millions": "billions", "billions": "millions",
}  # fmt: skip
_SCALES = {
    "million": "billion",
    "billion": "million",
    "trillion": "billion",
    "thousand": "million",
    "bn": "m",
    "m": "bn",
}
_FIGURE = r"(?<![\w.,$€£¥-])(?:HK\$|US\$|[$€£¥])?(\d[\d,]*(?:\.\d+)?)"
_NO_DATE = r"(?!\d)(?!(?:st|nd|rd|th)\b)(?!s\b)"


@dataclass(frozen=True, slots=True)
class Error:
    """A kind of error: its name, and a function that returns every way to make it once in a text."""

    kind: str
    make: Callable[[str, random.Random], Iterator[str]]


def _swap(text: str, match: re.Match[str], new: str, group: int = 0) -> str:
    return text[: match.start(group)] + new + text[match.end(group) :]


def _figures(text: str) -> Iterator[re.Match[str]]:
    """Return numbers in digits that are not a year, a day of a month, or part of a code or a time."""
    for match in re.finditer(_FIGURE + _NO_DATE + r"(?![\w:]*:\d)(?!-?[A-Za-z]*\d)", text):
        digits = match[1].rstrip(",")
        if match[1] != digits or re.fullmatch(r"(?:1[0-9]|20)\d\d", digits):
            continue
        before = text[: match.start()]
        if not re.search(rf"(?:{'|'.join(_MONTHS)}|Article|[A-Z]-?|:|/)\s?$", before):
            yield match


def _shown(value: float, like: str) -> str:
    shown = f"{value:,}" if "," in like or value >= 10000 else f"{value}"
    return shown.removesuffix(".0")


def _times_ten(text: str, _: random.Random) -> Iterator[str]:
    for match in _figures(text):
        digits = match[1]
        value = float(digits.replace(",", ""))
        if value and "." not in digits and not re.match(r"\s?(?:a\.?m|p\.?m|o.clock)", text[match.end() :]):
            yield _swap(text, match, _shown(int(value) * 10, digits), 1)
            if value % 10 == 0 and value >= 100:
                yield _swap(text, match, _shown(int(value) // 10, digits), 1)


def _million_billion(text: str, _: random.Random) -> Iterator[str]:
    for match in re.finditer(r"(?<=\d)[ -]?(million|billion|trillion|thousand|bn|m)\b(?! metres?)", text):
        if match[1] != "m" or re.search(r"[$€£]\d[\d.]*$", text[: match.start(1)]):
            yield _swap(text, match, _SCALES[match[1]], 1)


def _decimal(text: str, _: random.Random) -> Iterator[str]:
    for match in _figures(text):
        whole, point, rest = match[1].partition(".")
        if point and rest:
            yield _swap(text, match, f"{whole}{rest[0]}" + (f".{rest[1:]}" if rest[1:] else ""), 1)
            if len(whole) > 1:
                yield _swap(text, match, f"{whole[:-1]}.{whole[-1]}{rest}", 1)


def _year(text: str, chance: random.Random) -> Iterator[str]:
    for match in re.finditer(r"(?<![\d,.$€£-])((?:1[5-9]|20)\d\d)(?![\d,%]|s\b|\.\d| (?:people|metres|miles))", text):
        yield _swap(text, match, str(int(match[1]) + chance.choice([-10, -2, -1, 1, 2, 10])), 1)
        year = match[1]
        if year[2] != year[3]:
            yield _swap(text, match, year[:2] + year[3] + year[2], 1)


def _decade(text: str, chance: random.Random) -> Iterator[str]:
    for match in re.finditer(r"(?<![\d,])((?:1[5-9]|20)?(\d)0)['’]?s\b", text):
        if len(match[1]) == 4 or re.search(r"['’]$|mid-$|(?:19|the )$", text[: match.start()]):
            other = chance.choice([digit for digit in "123456789" if digit != match[2]])
            yield _swap(text, match, match[1][:-2] + other + "0", 1)


def _digits(text: str, _: random.Random) -> Iterator[str]:
    for match in _figures(text):
        places = [at for at, char in enumerate(match[1]) if char.isdigit()]
        for first, second in itertools.pairwise(places):
            chars = list(match[1])
            if chars[first] != chars[second] and not (first == 0 and chars[second] == "0"):
                chars[first], chars[second] = chars[second], chars[first]
                yield _swap(text, match, "".join(chars), 1)


def _ordinal(text: str, _: random.Random) -> Iterator[str]:
    for match in re.finditer(rf"\b({'|'.join(_ORDINALS[1:])})\b(?!s)", text, re.IGNORECASE):
        if re.search(r"(?:-|a |one |two |per |split )$", text[: match.start()], re.IGNORECASE):
            continue
        at = _ORDINALS.index(match[1].lower())
        new = _ORDINALS[at + 1] if at + 1 < len(_ORDINALS) else "ninth"
        yield _swap(text, match, new.title() if match[1][0].isupper() else new, 1)
    for match in re.finditer(r"\b(\d+)(st|nd|rd|th)\b", text):
        value = int(match[1]) + 1
        ending = "th" if value % 100 in {11, 12, 13} else {1: "st", 2: "nd", 3: "rd"}.get(value % 10, "th")
        yield _swap(text, match, f"{value}{ending}")


def _month(text: str, chance: random.Random) -> Iterator[str]:
    for match in re.finditer(rf"\b(?<!, )({'|'.join(_MONTHS)})\b", text):
        if match[1] in {"March", "May", "August"} and not re.match(r" \d", text[match.end() :]):
            continue
        yield _swap(text, match, chance.choice([month for month in _MONTHS if month != match[1]]), 1)


def _day(text: str, chance: random.Random) -> Iterator[str]:
    names = "|".join(_MONTHS)
    for match in re.finditer(rf"(?:\b(?:{names}|Sept?\.?|Oct\.?|Nov\.?) (\d\d?)\b)|\b(\d\d?)(?= (?:{names})\b)", text):
        group = 1 if match[1] else 2
        day = int(match[group])
        if 1 <= day <= 31:
            yield _swap(text, match, str(chance.choice([one for one in range(1, 29) if one != day])), group)


def _percent(text: str, _: random.Random) -> Iterator[str]:
    for match in re.finditer(r"(?<=\d)(?:%| per ?cent\b(?!age))", text):
        yield _swap(text, match, "")


def _word(text: str, chance: random.Random) -> Iterator[str]:
    for match in re.finditer(rf"\b({'|'.join(_WORDS[1:])})\b(?![- ]?(?:fold|th))", text, re.IGNORECASE):
        new = chance.choice([word for word in _WORDS if word != match[1].lower()])
        yield _swap(text, match, new.title() if match[1][0].isupper() else new, 1)


def _fraction(text: str, _: random.Random) -> Iterator[str]:
    swaps = {
        "two-thirds": "one-third", "two thirds": "one third", "three-quarters": "one-quarter", "a third": "a quarter",
        "one-third": "one-fifth", "one third": "one fifth", "one-sixth": "one-fifth", "half of": "a third of",
    }  # fmt: skip
    for match in re.finditer("|".join(rf"\b{words}\b" for words in swaps), text, re.IGNORECASE):
        yield _swap(text, match, swaps[match[0].lower()])


def _multiple(text: str, _: random.Random) -> Iterator[str]:
    swaps = {
        "doubled": "tripled", "tripled": "doubled", "twice": "three times", "threefold": "fourfold",
        "fourfold": "tenfold", "double": "triple", "three times": "four times",
    }  # fmt: skip
    for match in re.finditer("|".join(rf"\b{words}\b" for words in swaps), text):
        yield _swap(text, match, swaps[match[0]])


def _magnitude(text: str, _: random.Random) -> Iterator[str]:
    for match in re.finditer("|".join(rf"\b{words}\b" for words in _VAGUE), text, re.IGNORECASE):
        if not re.search(r"\bof $", text[: match.start()]):
            new = _VAGUE[match[0].lower()]
            yield _swap(text, match, new.capitalize() if match[0][0].isupper() else new)


def _lost(text: str, _: random.Random) -> Iterator[str]:
    for match in _figures(text):
        if len(match[1]) > 1 and not re.match(r"[-–]\w|\s?(?:to|and|or|[–-])\s?\d", text[match.end() :]):
            rest = re.sub(r"^(?:%| per ?cent| million| billion|bn|m\b| trillion)", "", text[match.end() :])
            yield re.sub(r"\s+", " ", text[: match.start()] + rest)


def _currency(text: str, _: random.Random) -> Iterator[str]:
    swaps = {"HK$": "US$", "US$": "HK$", "£": "$", "€": "£", " yuan": " US dollars", " euros": " pounds"}
    for match in re.finditer(r"(?<=\d) ?(?:million |billion )?( yuan| euros)\b|(HK\$|US\$|£|€)(?=\d)", text):
        group = 1 if match[1] else 2
        yield _swap(text, match, swaps[match[group]], group)
    for match in re.finditer(r"(?:million|billion|\d)( yuan| euros)\b", text):
        yield _swap(text, match, swaps[match[1]], 1)


#: Every kind of error, in the order of the tables.
ERRORS = (
    Error("times ten", _times_ten),
    Error("million, billion", _million_billion),
    Error("decimal point", _decimal),
    Error("year", _year),
    Error("decade", _decade),
    Error("digits swapped", _digits),
    Error("ordinal", _ordinal),
    Error("month", _month),
    Error("day", _day),
    Error("percent sign lost", _percent),
    Error("number word", _word),
    Error("fraction", _fraction),
    Error("multiple", _multiple),
    Error("magnitude", _magnitude),
    Error("number lost", _lost),
    Error("currency", _currency),
)


def damaged(text: str, error: Error, seed: str) -> str | None:
    """Return a text with one error of a kind, chosen by the seed; None when the text allows none."""
    chance = random.Random(seed)
    found = [one for one in dict.fromkeys(error.make(text, chance)) if one != text]
    return chance.choice(found) if found else None
