"""The single marks of the Mainland (GB/T 15834-2011); each is rewritten only in a certain context."""

from __future__ import annotations

import re
import unicodedata
from collections.abc import Callable, Iterator
from functools import cache
from typing import NamedTuple

from l10n_flow.scripts import is_han

KANA = "\u3041-\u3096\u309d-\u309f\u30a1-\u30fa\u30fc-\u30ff\u31f0-\u31ff\uff66-\uff9f"

_PUNCTUATION = "\u3001-\u303f\ufe10-\ufe19\ufe30-\ufe6b\uff01-\uff65"  # Han, Chinese punctuation, full-width forms
_CAPITAL, _LETTER, _DIGIT = "A-ZＡ-Ｚ", "A-ZＡ-Ｚa-zａ-ｚ", "0-9０-９"
_DOTS = "\u2027\u2022\u2219\u22c5\u30fb\uff65"  # ‧ • ∙ ⋅ ・ ･
_COUNTERS = "〇零一二三四五六七八九十百千甲乙丙丁戊己庚辛壬癸"  # 一．背景 is a number, not a name
_LINES = "\u2010-\u2015\u2500-\u257f\u2e3a\u2e3b"


class Edit(NamedTuple):
    """A change: ``text[start:end]`` becomes ``after``, because of ``rule`` (``quotes``, ``dash`` …)."""

    start: int
    end: int
    after: str
    rule: str


@cache
def any_of(characters: str) -> re.Pattern[str]:
    """Return the pattern of one of these characters (``A-Z`` is a range), compiled when first needed."""
    return re.compile(f"[{characters}]")


_TABLE = str.maketrans(
    "﹐﹑﹒﹔﹕﹖﹗﹙﹚﹛﹜﹝﹞" + "︐︑︒︓︔︕︖︰︵︶︷︸︹︺︻︼︽︾︿﹀︗︘﹇﹈" + "｡､",
    "，、．；：？！（）｛｝〔〕" + "，、。：；！？：（）｛｝〔〕【】《》〈〉〖〗［］" + "。、",
)


class _Rule(NamedTuple):
    """Marks in their context, and their replacements.

    Attributes:
        name: the name of the rule.
        first: the characters with which a match begins, in the form of :func:`any_of`: no other place is tried.
        pattern: the pattern of a match.
        after: the replacement of a match.
        fits: whether the rule applies to a match. It tests for Han, because a pattern with Han takes long to compile.
        chinese_only: whether a unit with kana is not changed.
    """

    name: str
    first: str
    pattern: str
    after: Callable[[str], str]
    fits: Callable[[re.Match[str]], bool] = lambda _: True
    chinese_only: bool = False


def _narrow(found: str) -> str:
    return unicodedata.normalize("NFKC", found)


def _usual(found: str) -> str:
    return found.translate(_TABLE)


def _before(found: re.Match[str]) -> str:
    at = found.start()
    return found.string[at - 1 : at] if at else ""


def _behind(found: re.Match[str]) -> str:
    return found.string[found.end() : found.end() + 1]


def _is(char: str, characters: str) -> bool:
    """Whether a character is one of these (in the form of :func:`any_of`) or Han; "" is not."""
    return bool(char) and (is_han(char) or any_of(characters).match(char) is not None)


def _is_ellipsis(found: re.Match[str]) -> bool:
    if len(found[0]) > 1:
        return True
    return found[0] != "…" and (_is(_before(found), _PUNCTUATION) or _is(_behind(found), _PUNCTUATION))


def _joins(found: re.Match[str]) -> bool:
    return _is(_before(found), _DIGIT) and _is(_behind(found), _DIGIT)


def _is_in_name(found: re.Match[str]) -> bool:
    before, behind = _before(found), _behind(found)
    if found[0] in "．﹒":
        return all(char and is_han(char) and char not in _COUNTERS for char in (before, behind))
    if not _is(before, _CAPITAL):
        return False
    initials = re.compile(f"(?:[{_CAPITAL}][{_DOTS}]){{0,3}}").match(found.string, found.end())
    last = _behind(initials) if initials else ""
    return bool(last and is_han(last)) or (is_han(before) and any_of(_CAPITAL).match(behind) is not None)


def _is_initial(found: re.Match[str]) -> bool:
    return any_of(_LETTER).match(_before(found)) is not None and _is(_behind(found), _LETTER)


#: The rules; the first that matches at a place decides.
_RULES = (
    # GB/T 15834, 4.11: ……. The number does not change: three dots remain three. A single ⋯ may be mathematics.
    _Rule("ellipsis", "⋯︙…", "[⋯︙…]+", lambda found: "…" * len(found), _is_ellipsis),
    # GB/T 15834, 4.10: ——. Exactly two, beside text: longer runs are lines and drawings.
    _Rule(
        "dash",
        "─―",
        rf"(?<![{_LINES}])(?:──|――)(?![{_LINES}])(?:(?<=\S..)|(?=\S))",
        lambda _: "——",
        chinese_only=True,
    ),
    # GB/T 15834, 4.13: — joins places and years.
    _Rule("dash", "─―", "[─―]", lambda _: "—", _joins, chinese_only=True),
    # GB/T 15834, 4.14, and clreq: U+00B7. With initials too (J‧K‧羅琳); dic‧tion‧ary does not change. Taiwan's handbook
    # of 2008 prints the separator of names as ．
    _Rule("middle-dot", f"{_DOTS}．﹒", ".", lambda _: "·", _is_in_name, chinese_only=True),
    # GB/T 15835, 5.1: digits, and marks in a number or after an initial, are half as wide as Han.
    _Rule("width", "０-９Ａ-Ｚａ-ｚ％", "[０-９Ａ-Ｚａ-ｚ％]+", _narrow),
    _Rule("width", "．﹒", f"(?<=[{_DIGIT}]).(?=[{_DIGIT}])", _narrow),
    _Rule("width", "．﹒", ".", _narrow, _is_initial),
    _Rule("width", "，", "(?<=[０-９])，(?=[０-９]{3}(?![０-９]))", _narrow),
    _Rule("width", "：", "(?<=[０-９])：(?=[０-９]{2}(?![０-９]))", _narrow),
    _Rule("width", "｡､", ".", _usual, chinese_only=True),
    # Unicode's compatibility decompositions, without those that would produce ASCII markup (﹤ ﹡ ﹟).
    _Rule("small-form", "﹐﹑﹒﹔-﹗﹙-﹞", ".", _usual),
    _Rule("vertical-form", "︐-︘︰︷-︾﹇﹈", ".", _usual),
    # These are compatibility forms too: beside the text that they enclose, they count as brackets.
    _Rule("vertical-form", "︵︿", ".", _usual, lambda found: _is(_behind(found), _LETTER + _DIGIT)),
    _Rule("vertical-form", "︶﹀", ".", _usual, lambda found: _is(_before(found), _LETTER + _DIGIT)),
)


_INSIDE_NUMBERS = frozenset("，：")
#: The characters (in the form of :func:`any_of`) of which a text must contain one for :func:`edits` to find anything.
TRIGGER = f"⋯︙─―{_DOTS}．０-９Ａ-Ｚａ-ｚ％｡､﹐-﹒﹔-﹗﹙-﹞︐-︘︰︵-﹀﹇﹈"


def edits(text: str, *, chinese: bool | None = None) -> list[Edit]:
    """Return the changes of a unit's single marks, in order; they do not overlap and never change its length.

    Args:
        text: the unit.
        chinese: whether it has no kana, if that is known.
    """
    changes: list[Edit] = []
    for rule, found in _matches(text):
        after = rule.after(found[0])
        if after != found[0]:
            if chinese is None:
                chinese = not any_of(KANA).search(text)
            if chinese or not rule.chinese_only:
                changes.append(Edit(*found.span(), after, rule.name))
    return changes


def _matches(text: str) -> Iterator[tuple[_Rule, re.Match[str]]]:
    """Yield the matches of the rules, in order.

    The search for a set of characters is ten times as fast as the rules. A match that does not begin with a character
    of the set extends to one (……⋯) or follows another match (a comma between full-width digits).
    """
    find, done = any_of(TRIGGER).search, 0
    while candidate := find(text, done):
        start = candidate.start()
        while start > done and text[start - 1] == "…":
            start -= 1
        found = _match(text, start) or (_match(text, candidate.start()) if start < candidate.start() else None)
        done = candidate.end()
        while found:
            yield found
            done = found[1].end()
            found = _match(text, done) if text[done : done + 1] in _INSIDE_NUMBERS else None


def _match(text: str, at: int) -> tuple[_Rule, re.Match[str]] | None:
    for rule in _tried(text[at]):
        if (found := _compiled(rule.pattern).match(text, at)) and rule.fits(found):
            return rule, found
    return None


@cache
def _tried(first: str) -> tuple[_Rule, ...]:
    """Return the rules that may match at a character."""
    return tuple(rule for rule in _RULES if any_of(rule.first).match(first))


@cache
def _compiled(pattern: str) -> re.Pattern[str]:
    """Return the pattern, compiled when a text first needs it."""
    return re.compile(pattern)
