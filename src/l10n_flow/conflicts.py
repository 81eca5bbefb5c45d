"""What a version control merge leaves in a text that nobody has looked at since."""

from __future__ import annotations

import re

#: What to tell of it, behind file and line.
MESSAGE = "a conflict marker of a version control merge; resolve the conflict first"

_LINE_END = re.compile(r"\r\n|\r|\n")
_BEGINS, _MIDDLE, _ENDS = re.compile(r"<{7}(?: |$)"), re.compile(r"={7}"), re.compile(r">{7}(?: |$)")


def line_of_conflict(text: str) -> int | None:
    """The 1-based line of the first conflict marker of a text; None without one.

    A line of ``=`` alone underlines a heading, and one of ``>`` is quoted mail: only one after the other is a conflict,
    of which somebody has taken the beginning away.
    """
    if "<<<<<<<" not in text and ">>>>>>>" not in text:
        return None
    middle = False
    for number, line in enumerate(_LINE_END.split(text), 1):
        middle = middle or _MIDDLE.fullmatch(line) is not None
        if _BEGINS.match(line) or (middle and _ENDS.match(line)):
            return number
    return None
