"""Personal names in a run: a surname and the characters of a given name, by their frequency in names."""

from __future__ import annotations

from collections.abc import Iterator
from functools import cache

from l10n_flow.conversion import readings
from l10n_flow.conversion.lexicon import lexicon
from l10n_flow.conversion.runs import Edge, Kind, Run, author_at

#: The cost of 著 after an author.
AUTHOR = 20
_INFINITE = 1 << 30
#: The length of the longest name.
_LONG_NAME = 3
#: The cost of a name among words, the cost of a character that no name has, and the lower cost beside a title.
_NAME, _RARE, _TITLE = 45, 150, 60
#: The additional cost of a name that begins in the middle of a clause.
_INSIDE = 20
_TWO_CHARACTERS = (
    "先生女士小姐太太夫人教授医生医师律师法官议员局长校长主任老师博士同学师傅经理警官警员船长"
    "大使部长司长署长处长会长主席总裁董事牧师神父导演记者"
)
_TITLES = frozenset(map("".join, zip(_TWO_CHARACTERS[::2], _TWO_CHARACTERS[1::2], strict=True))) | {"某"}
#: Characters that no given name contains.
_NO_NAME = frozenset("不得一了的在是着著")
#: Text that may be between the beginning of a clause and its author.
_BY = frozenset("由据与和及")


def names(run: Run) -> Iterator[tuple[int, Edge]]:
    """Yield the names that contain the place or, with 著, precede it: their first index, and the edge."""
    text, place = run.text, run.place
    for start in range(max(0, place - _LONG_NAME), place + 1):
        if text[start] in lexicon().surnames:
            for end in range(start + 1, min(len(text), start + _LONG_NAME) + 1):
                if end >= place - 1:
                    yield from _named(run, start, end)


def _named(run: Run, start: int, end: int) -> Iterator[tuple[int, Edge]]:
    text, given = run.text, run.text[start + 1 : end]
    if not _NO_NAME.isdisjoint(given):
        return
    titled = is_titled(text, end) or text[max(0, start - 2) : start] in _TITLES
    cost = lexicon().in_name("B", text[start], _RARE) + _given(given) + _NAME
    cost += (0 if start == 0 and run.begins else _INSIDE) - _TITLE * titled
    name = "".join(map(_in_name, text[start:end]))
    if end > run.place and (given or titled):
        yield start, (end, cost, name, Kind.NAME)
    if given and end == author_at(run) and (run.titled or is_clause(run, start)):
        yield start, (end + 1, cost + AUTHOR, f"{name}著", Kind.NAME)
    if given and end + 1 == author_at(run) and text[end] == "等" and (run.titled or run.printed):  # 王力等著《…》
        yield start, (end + 2, cost + AUTHOR, f"{name}等著", Kind.NAME)


def is_titled(text: str, end: int) -> bool:
    """Whether a title follows a name."""
    return text[end : end + 2] in _TITLES or text[end : end + 1] in _TITLES


def is_clause(run: Run, start: int) -> bool:
    """Whether the text at the place begins its clause."""
    return run.begins and (start == 0 or (start == 1 and run.text[0] in _BY))


@cache
def _given(chars: str) -> int:
    """Return the cost of a given name."""
    in_name = lexicon().in_name
    if len(chars) == 2:
        return in_name("M", chars[0], _RARE) + in_name("E", chars[1], _RARE)
    return in_name("E", chars, _RARE) if chars else 0


@cache
def _in_name(char: str) -> str:
    row = readings.read().get(char)
    return row.named if row else char
