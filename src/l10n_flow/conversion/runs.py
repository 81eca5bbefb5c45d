"""A run of Han characters around a place, in which the reading of a character is weighed; the kinds of its words."""

from __future__ import annotations

from enum import IntEnum
from typing import NamedTuple

#: The number of characters on each side of a place that are considered.
REACH = 6
PARTICLE = "著"
#: The marks that end a clause, and those that begin the title after an author.
_ENDS = frozenset("。，；、：！？…—／,.;:!?/| \t\u3000\n）)］]〕】」』”’（(［[〔《〈")
_TITLES = ("《", "〈", "：《", "：〈")
#: 著 and the title of a work.
OF_TITLES = ("著的《", "著的〈")
_DOTS = frozenset("·‧•・．")
#: Others who worked on a book, and its publisher: after 著, a mark, and a name of at most this length.
_IMPRINTS = (
    "譯",
    "译",
    "編",
    "编",
    "校",
    "註",
    "注",
    "繪",
    "绘",
    "出版",
    "出版社",
    "書店",
    "书店",
    "書局",
    "书局",
    "印書館",
)
_NO_IMPRINTS = ("翻譯", "翻译", "口譯", "口译", "傳譯", "传译", "學校", "学校", "關注", "关注")
_MARKS, _LONG_IMPRINT = "，、；,; \u3000", 14


class Kind(IntEnum):
    """The kind of a word in a run."""

    WORD = 0
    CHARACTER = 1
    NAME = 2


#: The end of a word, its cost, its Simplified form, and its kind.
Edge = tuple[int, int, str, Kind]


class Run(NamedTuple):
    """A run of Han characters around a place, its unambiguous characters in Simplified.

    Attributes:
        text: the run.
        place: where the character in question is.
        begins: whether the run begins where a clause does, not in the middle of one.
        ends: whether the run ends where a clause does, or where a title follows.
        titled: whether a title follows the run.
        counted: whether a digit is before it.
        named: whether it continues a name: a dot is before it, or Latin letters or a bracket before the place.
        printed: whether it ends with 著, and a translator, an editor or a publisher follows.
    """

    text: str
    place: int
    begins: bool
    ends: bool
    titled: bool
    counted: bool
    named: bool
    printed: bool = False


def run_around(text: str, at: int) -> Run:
    """Return the run of Han characters around a place, unchanged."""
    start, end = at, at + 1
    of = text.startswith(OF_TITLES, at)
    while start and at - start < REACH and _is_han(text[start - 1]):
        start -= 1
    while not of and end < len(text) and end - at <= REACH and _is_han(text[end]):
        end += 1
    left, right = text[start - 1 : start], text[end : end + 1]
    return Run(
        text[start:end],
        at - start,
        begins=not (left and _is_han(left)),
        ends=of or not right or right in _ENDS,
        titled=of or text.startswith(_TITLES, end),
        counted=left.isdecimal(),
        named=bool(left)
        and (left in _DOTS or (start == at and (left in "）)" or (left.isascii() and left.isalpha())))),
        printed=text[end - 1] == PARTICLE and _has_imprint(text, end),
    )


def _has_imprint(text: str, end: int) -> bool:
    """Whether a translator, an editor or a publisher follows, as in 村上春樹著，賴明珠譯."""
    if not text[end : end + 1] or text[end] not in _MARKS:
        return False
    behind = text[end : end + 2 * _LONG_IMPRINT].lstrip(_MARKS)
    size = next((at for at, char in enumerate(behind) if char in _ENDS), len(behind))
    whole = behind[: min(size, _LONG_IMPRINT)]
    return len(whole) > 1 and whole.endswith(_IMPRINTS) and not whole.endswith(_NO_IMPRINTS)


def author_at(run: Run) -> int:
    """Return the index of 著 at the end of a clause or before a title; -1 if it is not there."""
    return len(run.text) - 1 if run.ends and run.text[-1] == PARTICLE else -1


def _is_han(char: str) -> bool:
    return "\u3400" <= char <= "\u9fff"
