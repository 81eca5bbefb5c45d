"""Quotation marks of one style: which are quotations, how they are nested, and the replacement of each."""

from __future__ import annotations

import re
from collections.abc import Iterator, Sequence
from functools import cache
from itertools import accumulate, pairwise
from typing import NamedTuple

from l10n_flow.conversion.marks import KANA, any_of

_CURLY, _CORNERS = "“”‘’", "「」『』"
_PAIRS = "“”‘’「」『』﹁﹂﹃﹄〝〞〝〟｢｣"
_OPENS, _CLOSES = _PAIRS[::2], _PAIRS[1::2]
_OPENED_BY = dict(zip(_CLOSES, _OPENS, strict=True))
_LOOSE, _AS_IS = -1, -1  # no partner; no change
_SINGLE = frozenset("‘’『』﹃﹄")
_LATIN = "A-Za-z0-9\u00c0-\u024f"


class Style(NamedTuple):
    """The marks that a profile writes, outer pair first; those that count as levels; those that need rewriting."""

    target: str
    marks: str
    trigger: str


MAINLAND = Style(_CURLY, _PAIRS, _PAIRS[4:])
CORNER = Style(_CORNERS, _PAIRS[:8], _CURLY)


def rewritten(style: Style, texts: Sequence[str]) -> list[str]:
    """Return the units of one block with quotation marks in a style, nested over all units; lengths do not change."""
    if not any(map(any_of(style.trigger).search, texts)):
        return list(texts)
    whole = "".join(texts)
    if style is MAINLAND and _is_plain(whole):
        return [text.replace("「", "“").replace("」", "”") for text in texts]
    if style is CORNER and not _has_han(whole):
        return list(texts)  # a block in English keeps its quotation marks
    whole = _applied(whole, _changes(style, whole))
    return [whole[start:end] for start, end in pairwise(accumulate(map(len, texts), initial=0))]


@cache
def regular() -> re.Pattern[str]:
    """Return the pattern of the longest text without kana whose quotation marks are alternately 「 and 」.

    Within a 「 that ends on its line there may be alternate 『 and 』.
    """
    other, here = f"[^{_PAIRS}{KANA}]*+", f"[^\\n{_PAIRS}{KANA}]*+"
    return re.compile(f"{other}(?:「(?:{other}」|{here}(?:『{here}』{here})++」){other})*+")


def regular_rewritten(text: str) -> str:
    """Return a match of :func:`regular` in the Mainland's style."""
    return text.replace("「", "“").replace("」", "”").replace("『", "‘").replace("』", "’")


def _has_han(text: str) -> bool:
    from l10n_flow.scripts import has_han  # noqa: PLC0415 - start-up

    return has_han(text)


def _is_plain(text: str) -> bool:
    """Whether all quotation marks are alternately 「 and 」 and there is no kana, as in most blocks."""
    marks = "".join(any_of(_PAIRS).findall(text))
    return marks == "「」" * (len(marks) // 2) and not any_of(KANA).search(text)


def _applied(text: str, changes: Iterator[tuple[int, str]]) -> str:
    parts: list[str] = []
    done = 0
    for place, after in changes:
        if done < place:
            parts.append(text[done:place])
        parts.append(after)
        done = place + 1
    return "".join((*parts, text[done:]))


def _changes(style: Style, text: str) -> Iterator[tuple[int, str]]:
    """Yield the place of each quotation mark that is rewritten, and its replacement."""
    target = tuple(style.target)
    places = _places(style, text)
    for place, single in zip(places, _levels(style, text, places, *_pairs(text, places)), strict=True):
        char = text[place]
        if single != _AS_IS:
            after = target[2 * single + (char in _CLOSES)]
            if after != char:
                yield place, after


def _places(style: Style, text: str) -> list[int]:
    """Return the places of the quotation marks; not of apostrophes, nor of ｢ in Japanese."""
    skipped = "｢｣" if any_of(KANA).search(text) else ""
    found = (match.start() for match in any_of(style.marks).finditer(text))
    return [place for place in found if text[place] not in skipped and not _is_apostrophe(text, place)]


def _is_apostrophe(text: str, place: int) -> bool:
    """Whether a mark is an apostrophe, as in it’s, rock ‘n’ roll, 1990’s: ’ in a word, ‘ between words."""
    char = text[place]
    return char in "‘’" and _latin_around(text, place, int(char == "‘"))


def _latin_around(text: str, place: int, spaces: int) -> bool:
    """Whether Latin letters or digits are on both sides of a mark, with at most ``spaces`` spaces between."""
    before = text[max(0, place - 1 - spaces) : place].rstrip(" ")[-1:]
    if not any_of(_LATIN).match(before):
        return False
    after = text[place + 1 : place + 2 + spaces].lstrip(" ")[:1]
    return any_of(_LATIN).match(after) is not None


def _pairs(text: str, places: list[int]) -> tuple[list[int], int]:
    """Return the partner of each mark (``_LOOSE`` if it has none), and the last closing mark that nothing opened.

    An opening mark within a pair, without its own closing mark, is loose. Each mark is pushed and popped once: linear.
    """
    partners = [_LOOSE] * len(places)
    stack: list[int] = []
    waiting = dict.fromkeys(_OPENS, 0)
    last_loose = _LOOSE
    for index, place in enumerate(places):
        char = text[place]
        if char in waiting:
            waiting[char] += 1
            stack.append(index)
        elif waiting[_OPENED_BY[char]]:
            start = _pop_to(_OPENED_BY[char], text, places, stack, waiting)
            partners[index], partners[start] = start, index
        elif not stack and not _is_word_mark(text, place):
            last_loose = index
    return partners, last_loose


def _pop_to(opening: str, text: str, places: list[int], stack: list[int], waiting: dict[str, int]) -> int:
    while True:
        index = stack.pop()
        char = text[places[index]]
        waiting[char] -= 1
        if char == opening:
            return index


def _levels(style: Style, text: str, places: list[int], partners: list[int], last_loose: int) -> list[int]:
    """Return for each mark whether it becomes double (0), single (1) or does not change.

    The outermost pair becomes double, each pair within it the other kind. A mark without a partner opens a level for
    marks of the other shape; marks of its own shape are on its own level (its end was forgotten, or is in a later
    paragraph). Before a closing mark without an opening mark, the shape of the outermost marks decides: the quotation
    began in an earlier paragraph. Marks of the target's style do not change unless they are within marks of the other
    style.
    """
    singles = [_AS_IS] * len(places)
    mixed = [False] * len(places)
    stack: list[int] = []
    for index, partner in enumerate(partners):
        if _LOOSE < partner < index:
            while stack.pop() != partner:
                pass
            singles[index] = singles[partner]
            continue
        place = places[index]
        shape, opening = int(text[place] in _SINGLE), text[place] in _OPENS
        parent = stack[-1] if stack else _LOOSE
        mixed[index] = text[place] not in style.target or (parent != _LOOSE and mixed[parent])
        if not _stays(text, place, places[partner] if partner != _LOOSE else _LOOSE):
            if not mixed[index]:
                singles[index] = shape
            elif parent == _LOOSE:
                singles[index] = shape if index <= last_loose else 0
            else:
                beside = partners[parent] == _LOOSE and shape == (text[places[parent]] in _SINGLE)
                singles[index] = _inside(singles[parent], beside=beside)
        elif partner == _LOOSE:
            continue
        elif text[place] in style.target:
            singles[index], mixed[index] = shape, False
        if opening:
            stack.append(index)
    return singles


def _inside(single: int, *, beside: bool) -> int:
    return single if beside or single == _AS_IS else 1 - single


def _stays(text: str, place: int, end: int) -> bool:
    """Whether a mark belongs to Latin or Japanese text: a pair with such text on both sides, a loose mark at a word."""
    if end == _LOOSE:
        return _is_word_mark(text, place)
    if text[place] in _CURLY:
        return _latin_around(text, place, 1) and _latin_around(text, end, 1)
    return bool(any_of(KANA).match(text[max(0, place - 1) : place]) and any_of(KANA).match(text[end + 1 : end + 2]))


def _is_word_mark(text: str, place: int) -> bool:
    """Whether a mark without a partner is part of a word or number: ‘em, boys’, 5’10”."""
    if text[place] in "’”":
        return bool(any_of(_LATIN).match(text[max(0, place - 1) : place]))
    return text[place] == "‘" and bool(any_of(_LATIN).match(text[place + 1 : place + 2]))
