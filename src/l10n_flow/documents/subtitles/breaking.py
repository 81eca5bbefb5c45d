"""The lines of a subtitle: the maximal length in a script, and the places of line breaks.

The figures are from Netflix's Timed Text Style Guides (https://partnerhelp.netflixstudios.com), adult programmes;
``docs/subtitles.md`` compares them with other sources. A full-width character counts 1 in Chinese, Japanese and Korean,
a half-width one 0.5.
"""

from __future__ import annotations

from collections.abc import Sequence
from itertools import accumulate
from typing import NamedTuple

from l10n_flow import graphemes
from l10n_flow.inline import CodeRole, InlineCode, Plain
from l10n_flow.locales import script
from l10n_flow.scripts import display_width, language


class Limits(NamedTuple):
    """The maximal characters of a line, and of a second; ``wide``: half-width characters count half."""

    line: int
    speed: int
    wide: bool = False


_DEFAULT = Limits(42, 17)
_FAST = Limits(42, 20)
#: Languages with higher limits than others in their script.
_READ_FAST = frozenset({"ar", "en"})
_LIMITS = {
    "Hans": Limits(16, 9, wide=True),
    "Hant": Limits(16, 9, wide=True),
    "Jpan": Limits(16, 4, wide=True),
    "Kore": Limits(16, 12, wide=True),
    "Thai": Limits(35, 17),
    "Cyrl": Limits(39, 17),
    "Deva": Limits(42, 22),
}
# The characters with which a line never begins, and those with which it never ends.
_NOT_FIRST = "。，、；：？！…—～」』）》〉】〕”’,.;:?!)]}%％"
_NOT_LAST = "「『（《〈【〔“‘([{"
_AFTER_MARK = "。，、；：？！…,.;:?!"


def limits_of(locale: str) -> Limits:
    """Return the limits of a locale, by its script; two languages have limits of their own."""
    return _LIMITS.get(script(locale), _FAST if language(locale) in _READ_FAST else _DEFAULT)


def length(text: str, limits: Limits) -> float:
    """Return the length of a plain text in characters."""
    return display_width(text) / 2 if limits.wide else len(text)


def broken(text: str, codes: Sequence[InlineCode], locale: str, most: int) -> list[str]:
    """Return a text on as many lines as it needs, of about the same length.

    Args:
        text: one line.
        codes: its inline codes; there is no line break inside a code.
        locale: its locale.
        most: the maximal number of lines.
    """
    limits = limits_of(locale)
    plain = Plain(text, codes, "")
    whole = length(plain.text, limits)
    number = min(most, int(-(-whole // limits.line)))
    if number <= 1:
        return [text]
    places = [
        (_place(plain, at), far, _cost(plain.text, at))
        for at, far in enumerate(accumulate(length(char, limits) for char in plain.text[:-1]), 1)
        if _may_break(plain.text, at)
    ]
    lines: list[str] = []
    done, reached = 0, 0.0
    for left in range(number, 1, -1):
        aim = reached + (whole - reached) / left
        ahead = [place for place in places if place[0] > done]
        if not ahead:
            break
        at, reached, _ = min(ahead, key=lambda place: abs(place[1] - aim) + place[2] * limits.line)
        lines.append(text[done:at].strip())
        done = at
    return [line for line in (*lines, text[done:].strip()) if line]


def _place(plain: Plain, at: int) -> int:
    """Return the place in the text where a line ends: after closing codes, before opening ones."""
    opening = next((code for code in plain.at(at) if code.role is CodeRole.OPENING), None)
    return plain.after(at) if opening is None else opening.start


def _may_break(text: str, at: int) -> bool:
    before, after = text[at - 1], text[at]
    if after in _NOT_FIRST or before in _NOT_LAST or after.isspace() or not graphemes.is_border(text, at):
        return False
    if before.isspace() or before == "-":
        return True
    return _is_wide(before) or _is_wide(after)


def _cost(text: str, at: int) -> float:
    """Return the penalty of a place, in parts of a line: low after a mark or at a blank, high between two Han."""
    before = text[max(0, at - 2) : at].rstrip()[-1:]
    if before in _AFTER_MARK:
        return 0
    return 0.2 if text[at - 1].isspace() else 0.35


def _is_wide(char: str) -> bool:
    return display_width(char) == 2
