"""Quotation marks from Traditional to Mainland style (GB/T 15834-2011, 4.8: “ ” outside, ‘ ’ inside)."""

from __future__ import annotations

import re
from collections.abc import Sequence

_OPEN = {"「": "」", "『": "』", "﹁": "﹂", "﹃": "﹄", "“": "”", "‘": "’"}
_CLOSE = {close: start for start, close in _OPEN.items()}
_CORNERS = frozenset("「」『』﹁﹂﹃﹄")
_ANY = re.compile("[「」『』﹁﹂﹃﹄“”‘’]")
_OUTER, _INNER = "“”", "‘’"


def mainland_quotes(texts: Sequence[str]) -> list[str]:
    """Replace corner brackets by curly quotation marks, nesting over all texts of a block.

    The outermost pair becomes “ ”, the next ‘ ’, then “ ” again, whichever corner brackets the source nests.
    Curly marks of the source count as a level and stay. A mark without its partner (a quotation that goes on in the
    next paragraph) is written by its shape: 「」 outer, 『』 inner.

    Args:
        texts: the units of one block in order.

    Returns:
        As many texts, each as long as it was.
    """
    if not any(_ANY.search(text) for text in texts):
        return list(texts)
    whole = "".join(texts)
    levels = _levels(whole)
    chars = list(whole)
    for place, level in levels.items():
        if whole[place] in _CORNERS:
            chars[place] = (_INNER if level % 2 else _OUTER)[whole[place] in _CLOSE]
    result, start = [], 0
    for text in texts:
        result.append("".join(chars[start : start + len(text)]))
        start += len(text)
    return result


def _levels(text: str) -> dict[int, int]:
    """Position of each quotation mark to its nesting level, 0 for the outermost."""
    levels: dict[int, int] = {}
    unmatched: list[int] = []
    stack: list[int] = []
    for found in _ANY.finditer(text):
        place, mark = found.start(), found[0]
        if mark in _OPEN:
            levels[place] = len(stack)
            stack.append(place)
        elif mark == "’" and not any(text[start] == "‘" for start in stack):
            continue  # an apostrophe
        else:
            partner = _partner(text, stack, mark)
            if partner is None:
                unmatched.append(place)
            else:
                unmatched += stack[partner + 1 :]
                levels[place] = levels[stack[partner]]
                del stack[partner:]
    unmatched += stack
    if unmatched:
        # Levels counted across a mark without a partner would be wrong for all that follows it.
        return {place: _by_shape(text[place]) for place in (*levels, *unmatched)}
    return levels


def _partner(text: str, stack: list[int], mark: str) -> int | None:
    for index in range(len(stack) - 1, max(-1, len(stack) - 4), -1):
        if text[stack[index]] == _CLOSE[mark]:
            return index
    return None


def _by_shape(mark: str) -> int:
    return int(mark in "『』﹃﹄‘’")
