"""Check that quotation marks and brackets are balanced in a block; a quotation may contain several sentences."""

from __future__ import annotations

import re
from bisect import bisect_right
from collections.abc import Iterator

from l10n_flow import scripts
from l10n_flow.checks.frame import Pair, Problem, Rule, Sheet, is_judged
from l10n_flow.messages import Message
from l10n_flow.model import Fix, Key, Severity, Span

_PAIRS = ("「」", "『』", "“”", "‘’", "（）", "()", "《》", "【】")
_OPENER_OF = {pair[1]: pair[0] for pair in _PAIRS}
_CLOSER_OF = {pair[0]: pair[1] for pair in _PAIRS}
_BRACKETS = frozenset("（()）")
_MARK = re.compile('[「」『』“”‘’（）()《》【】"]')
_CURLY = frozenset("“”‘’")
# Languages where “ or ‘ closes a quotation („…“), or ” opens one (”…”): CLDR, quotationStart and quotationEnd.
_OTHER_CURLY = frozenset(
    "bg bs cs da de et fi hr hsb hu is ka lb lt lv mk nb nl nn no pl ro sk sl sq sr sv".split()  # noqa: SIM905
)
# "1)", "a)", "iv)" are numbers of list items, not closing brackets.
_POINT = re.compile(r"(?:^|[\s,;:(])(?:[0-9]{1,3}|[A-Za-z]|[ivxIVX]{1,5})$")
_BEFORE_POINT = 7

#: The largest number of unpaired marks reported for one block: after these, the reader looks at the block.
_MOST = 5

Mark = tuple[str, int]


def quotes_unbalanced(sheet: Sheet) -> Iterator[Problem]:
    """Find unpaired marks in blocks that are completely translated and whose source is balanced."""
    told: set[tuple[Key, int]] = set()
    other = scripts.language(sheet.subject.locale) in _OTHER_CURLY
    for row in sheet.blocks:
        if not all(map(is_judged, row)):
            continue
        found = unpaired("\n".join(pair.target for pair in row))
        found = [mark for mark in found if not (other and mark[0] in _CURLY)]
        if found and not unpaired("\n".join(pair.source for pair in row)):
            for problem, place in _problems(row, found[:_MOST]):
                if place not in told:
                    told.add(place)
                    yield problem


def unpaired(text: str) -> list[Mark]:
    """Return the quotation marks and brackets of a text without a partner, each with its place, in order.

    Each kind is checked separately. Apostrophes do not count; straight double quotes open and close in turn, and one
    after a digit may mean inches.
    """
    left, straight = _left_over(text)
    found = [(mark, place) for mark, place, closes_nothing in left if not closes_nothing]
    found += _odd_straight(text, straight)
    return sorted(found, key=lambda mark: mark[1])


def weight(text: str) -> tuple[object, ...]:
    """Return the effect of a unit's marks on its block: units with equal effects are interchangeable."""
    left, straight = _left_over(text)
    return (
        [(mark, closes_nothing) for mark, _, closes_nothing in sorted(left)],
        [(_opens(text, place), text[place - 1 : place].isdigit()) for place in straight],
    )


def _left_over(text: str) -> tuple[list[tuple[str, int, bool]], list[int]]:
    """Return the marks without a partner, each with whether it needs none; and the places of straight quotes."""
    found: list[tuple[str, int, bool]] = []
    waiting: dict[str, list[int]] = {}
    straight: list[int] = []
    for match in _MARK.finditer(text):
        mark, place = match[0], match.start()
        opener = _OPENER_OF.get(mark)
        if mark == '"':
            straight.append(place)
        elif opener is None:
            waiting.setdefault(mark, []).append(place)
        elif mark == "’" and _joins_letters(text, place):
            continue
        elif waiting.get(opener):
            waiting[opener].pop()
        else:
            found.append((mark, place, _closes_nothing(text, mark, place)))
    found += [(mark, place, False) for mark, places in waiting.items() for place in places]
    return found, straight


def _joins_letters(text: str, place: int) -> bool:
    """Whether ``’`` is inside a word: don’t, O’Brien; never between Han."""
    return _is_letter(text[place - 1 : place]) and _is_letter(text[place + 1 : place + 2])


def _is_letter(char: str) -> bool:
    return char.isalnum() and not scripts.has_han(char)


def _closes_nothing(text: str, mark: str, place: int) -> bool:
    """Whether a closing mark without an opening one is right: workers’ rights, the ’90s, 1) first."""
    if mark == "’":
        return _is_letter(text[place - 1 : place]) or _is_letter(text[place + 1 : place + 2])
    return mark == ")" and _POINT.search(text[max(0, place - _BEFORE_POINT) : place]) is not None


def _odd_straight(text: str, places: list[int]) -> list[Mark]:
    """Return the probably unpaired quote of an odd number of straight quotes; none when one may mean inches."""
    if len(places) % 2 == 0 or any(text[place - 1 : place].isdigit() for place in places):
        return []
    waiting: int | None = None
    for place in places:
        opens = _opens(text, place)
        if waiting is None:
            if not opens:
                return [('"', place)]
            waiting = place
        elif opens:
            return [('"', waiting)]
        else:
            waiting = None
    return [('"', places[-1] if waiting is None else waiting)]


def _opens(text: str, place: int) -> bool:
    return place == 0 or text[place - 1] in " \n\t([{—–-"


def _problems(row: list[Pair], marks: list[Mark]) -> Iterator[tuple[Problem, tuple[Key, int]]]:
    starts = [0]
    for pair in row:
        starts.append(starts[-1] + len(pair.target) + 1)
    for mark, place in marks:
        index = bisect_right(starts, place) - 1
        start = place - starts[index]
        span = Span(start, start + 1)
        problem = Problem(row[index], _unpaired(mark), None, span, _partner(row[index], mark, start))
        yield problem, (row[index].translation.key, start)


def _partner(pair: Pair, mark: str, place: int) -> tuple[Fix, ...]:
    """Return a fix that adds the partner at the other end, when both texts are one whole quotation (or bracket)."""
    source, end = pair.source, len(pair.target.rstrip())
    whole = _CLOSER_OF.get(source[:1]) == source[-1:] and not unpaired(source) and not unpaired(source[1:-1])
    if not whole or (source[0] in _BRACKETS) != (mark in _BRACKETS) or len(unpaired(pair.target)) != 1:
        return ()
    if mark in _CLOSER_OF and place == 0:
        return (Fix(Span(end, end), _CLOSER_OF[mark]),)
    if mark in _OPENER_OF and place == end - 1:
        return (Fix(Span(0, 0), _OPENER_OF[mark]),)
    return ()


def _unpaired(mark: str) -> Message:
    if mark == '"':
        return Message("{mark} has no partner in this block", mark=mark)
    if mark in _OPENER_OF:
        return Message("{mark} closes nothing in this block", mark=mark)
    return Message("{mark} is never closed in this block", mark=mark)


RULES = (
    Rule(
        "quotes-unbalanced",
        Severity.ERROR,
        Message("a quotation mark or bracket has no partner"),
        quotes_unbalanced,
    ),
)
