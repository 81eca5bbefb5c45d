"""Conflict markers that a merge of a version control system leaves in a text."""

from __future__ import annotations

import re

#: The message about a conflict marker, after file and line.
MESSAGE = "a conflict marker of a version control merge; resolve the conflict first"

_LINE_END = re.compile(r"\r\n|\r|\n")
_BEGINS, _MIDDLE, _ENDS = re.compile(r"<{7}(?: |$)"), re.compile(r"={7}"), re.compile(r">{7}(?: |$)")
_ANCESTOR = re.compile(r"\|{7}(?: |$)")


def line_of_conflict(text: str) -> int | None:
    """Return the 1-based line of the first conflict marker of a text; None without one.

    A line of ``=`` alone may underline a heading, and a line of ``>`` may be quoted mail. The second after the first is
    a conflict whose beginning somebody has removed.
    """
    if "<<<<<<<" not in text and ">>>>>>>" not in text:
        return None
    middle = False
    for number, line in enumerate(_LINE_END.split(text), 1):
        middle = middle or _MIDDLE.fullmatch(line) is not None
        if _BEGINS.match(line) or (middle and _ENDS.match(line)):
            return number
    return None


def sides_of(text: str) -> tuple[str, str, str] | None:
    """Return common ancestor, ours and theirs of a text with conflict markers; None without markers.

    The ancestor is complete when each conflict contains it, as git does with ``merge.conflictStyle`` diff3 or zdiff3;
    else it is "".
    """
    sides: tuple[list[str], list[str], list[str]] = ([], [], [])
    there: set[int] = {0, 1, 2}
    found = whole = 0
    for line in text.splitlines(keepends=True):
        bare = line.rstrip("\r\n")
        if there == {0, 1, 2} and _BEGINS.match(bare):
            there, found = {1}, found + 1
        elif there == {1} and _ANCESTOR.match(bare):
            there, whole = {0}, whole + 1
        elif there in ({0}, {1}) and _MIDDLE.fullmatch(bare):
            there = {2}
        elif there == {2} and _ENDS.match(bare):
            there = {0, 1, 2}
        else:
            for side in there:
                sides[side].append(line)
    if not found or there != {0, 1, 2}:
        return None
    base, ours, theirs = ("".join(lines) for lines in sides)
    return base if whole == found else "", ours, theirs
