"""A line of text with carets under a part of it; wide characters are aligned, control characters are replaced."""

from __future__ import annotations

import re

from l10n_flow import graphemes
from l10n_flow.model import Span
from l10n_flow.scripts import columns, display_width

#: The columns of an excerpt, including two ellipses.
WIDTH = 76
_ELLIPSIS = "…"
# The text is not trusted: no escape sequence and no change of direction may reach the terminal.
_BREAK = re.compile("[\x00-\x1f\x7f-\x9f\u2028\u2029]")
_INVISIBLE = re.compile("[\u00ad\u061c\u200b-\u200f\u202a-\u202e\u2060-\u2064\u2066-\u206f\ufeff\ud800-\udfff]")


def printable(text: str) -> str:
    """Return a text on one line, of the same length: control characters become spaces, invisible ones U+FFFD."""
    if text.isascii() and text.isprintable():
        return text
    return _INVISIBLE.sub("\ufffd", _BREAK.sub(" ", text))


def excerpt(text: str, span: Span | None = None, width: int = WIDTH) -> tuple[str, str]:
    """Return the part of a text around a span that fits on a line, and a line of carets for it ("" without a span).

    The time does not depend on the length of the text.
    """
    focus = span or Span(0, 0)
    start, end = _window(text, focus, width)
    shown = printable(text[start:end])
    before = _ELLIPSIS if start else ""
    after = _ELLIPSIS if end < len(text) else ""
    if span is None:
        return f"{before}{shown}{after}", ""
    left = display_width(before + shown[: max(0, span.start - start)])
    under = display_width(shown[max(0, span.start - start) : max(0, span.end - start)])
    return f"{before}{shown}{after}", " " * left + "^" * max(1, under)


def beginning(text: str, width: int) -> str:
    """Return the start of a text on one line of at most ``width`` columns."""
    text = printable(text)
    if display_width(text) <= width:
        return text
    while display_width(text) > width - 1:
        text = graphemes.beginning(text, max(1, len(text) * (width - 1) // display_width(text)))
    return text + _ELLIPSIS


def _window(text: str, focus: Span, width: int) -> tuple[int, int]:
    """Return the range of a text to show: the span, with a third of the free columns before it and the rest after."""
    if len(text) <= width - 2 and display_width(text) <= width - 2:
        return 0, len(text)
    start = min(focus.start, len(text))
    end, free = _forward(text, start, min(focus.end, len(text)), width - 2)
    start, left = _backward(text, start, free // 3)
    end, left = _forward(text, end, len(text), free - free // 3 + left)
    start, _ = _backward(text, start, left)
    # No character is cut in two, unless the span itself begins or ends in one.
    return min(graphemes.ceil(text, start), focus.start), max(graphemes.floor(text, end), min(focus.end, end))


def _forward(text: str, place: int, stop: int, free: int) -> tuple[int, int]:
    # Combining marks have no width, so the number of characters is limited, too.
    for char in text[place : min(stop, place + free)]:
        taken = _taken(char)
        if taken > free:
            break
        place, free = place + 1, free - taken
    return place, free


def _backward(text: str, place: int, free: int) -> tuple[int, int]:
    for char in reversed(text[max(0, place - free) : place]):
        taken = _taken(char)
        if taken > free:
            break
        place, free = place - 1, free - taken
    return place, free


def _taken(char: str) -> int:
    """The columns of a character as it is shown; a selector may make an emoji wide."""
    return 1 if char == "\ufe0f" or _INVISIBLE.match(char) else columns(char)
