"""Page furniture: numbers, 第…頁 and running heads from print and PDF between the lines of a text.

One pass examines the lines that can be furniture; a short line alone is no evidence.
"""

from __future__ import annotations

import re
from collections import Counter
from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from functools import cache

from l10n_flow.documents.segmentation.flow import BLANKS
from l10n_flow.documents.segmentation.names import is_bare_name

_B = f"[{re.escape(BLANKS.replace(chr(12), ''))}]{{0,80}}"
_N = r"[\d０-９一二三四五六七八九十百零〇]{1,5}"
_OF = rf"[ ，,／/（(]{{0,4}}[共總总]{_B}{_N}{_B}[頁页][)）]?"
_PAGE = rf"(?:第{_B}{_N}{_B}[頁页](?:{_OF})?|Page {{1,2}}\d{{1,4}}(?: of \d{{1,4}})?)"
_DASHED = r"[-–—－─]{1,2} ?[\dxvi]{1,4} ?[-–—－─]{1,2}"
_BARE = r"(?P<number>\d{1,4})"
_HEAD = r"[^\s。！？][^\r\n。！？]{0,60}?"
_MAYBE = re.compile(
    r"[頁页\f]|(?:\A|[\r\n])[ \t\u3000\f]{0,80}(?:[-–—－─ ]{0,4}\d{1,4}[-–—－─ ]{0,80}(?=[\r\n]|\Z)|Page \d)"
)
# A paragraph that continues: it has no mark at its end that could close it.
_OPEN = re.compile(r"[\w，、][\s]*\Z")
# A short line alone between two long ones, the first of which continues.
_BETWEEN = re.compile(
    r"(?<=[^\r\n]{24}[\w，、])(?:(?:\r\n|\n|\r)[ \t\u3000\f]{0,80}){2,5}"
    r"(?P<head>[^\s。！？：:，、；][^\r\n。！？：:，、；]{1,39}?)[ \t\u3000]{0,80}"
    r"(?=(?:(?:\r\n|\n|\r)[ \t\u3000\f]{0,80}){2,5}[^\r\n]{25})"
)
#: The last line of a printed page is not a label.
_LONG = 15
_REACH = 400
#: The longest line, blanks included, that can be a running head.
_WIDEST_HEAD = 200


@dataclass(frozen=True, slots=True)
class _Found:
    """A candidate: the span of its line, its number if it is only a number, its head, and its surroundings."""

    start: int
    end: int
    sure: bool
    number: int | None
    head: str
    cuts: bool
    alone: bool


@cache
def _candidate() -> re.Pattern[str]:
    """Return the pattern of a line that can be furniture: a page number in any form, or a head beside it."""
    return re.compile(
        rf"(?:\A|(?<=[\r\n\f])){_B}(?:(?P<page>{_PAGE}|{_DASHED})|{_BARE}"
        rf"|(?P<left>{_HEAD})(?:[ \t\u3000]{{1,80}}{_PAGE}|[ \t\u3000]{{3,80}}\d{{1,4}})"
        rf"|(?:{_PAGE}[ \t\u3000]{{1,80}}|\d{{1,4}}[ \t\u3000]{{3,80}})(?P<right>{_HEAD})){_B}(?=[\r\n]|\Z)"
    )


def furniture(text: str) -> frozenset[int]:
    """Return the starts of the lines of a file that are page furniture.

    Args:
        text: the decoded file.

    Returns:
        The offsets of their first characters that are not blank.
    """
    between = frozenset(_between(text))
    if not _MAYBE.search(text):
        return between
    found = [_look(text, match) for match in _candidate().finditer(text)]
    heads = Counter(each.head for each in found if each.head and each.alone)
    pages = {each.start: each for each in found if each.sure or (each.cuts and (each.number is not None or each.head))}
    pages |= {each.start: each for each in found if each.alone and heads[each.head] > 1}
    pages |= {each.start: each for each in _series(found, pages)}
    return between | {*pages, *_running(text, list(pages.values()))}


def _between(text: str) -> Iterator[int]:
    """Yield heads without a number: the same line interrupts paragraphs of a punctuated text repeatedly."""
    if not _repeats(text):
        return
    found = [match for match in _BETWEEN.finditer(text) if "。" in _line_before(text, match.start())]
    counts = Counter(match["head"] for match in found)
    for match in found:
        if counts[match["head"]] > 1 and not is_bare_name(match["head"]):
            yield match.start("head")


def _repeats(text: str) -> bool:
    """Whether any short line occurs twice: in most documents none does, and the test is fast."""
    lines = (text.replace("\r", "\n") if "\r" in text else text).split("\n")
    short = [head for line in lines if len(line) <= _WIDEST_HEAD and len(head := line.strip(" \t\u3000\f")) > 1]
    return len(set(short)) < len(short)


def _line_before(text: str, end: int) -> str:
    return re.split(r"[\r\n]", text[max(0, end - _REACH) : end])[-1]


def _look(text: str, match: re.Match[str]) -> _Found:
    before, after = text[max(0, match.start() - _REACH) : match.start()], text[match.end() : match.end() + _REACH]
    above = re.split(r"[\r\n]", before.rstrip(BLANKS + "\r\n"))[-1]
    below = re.split(r"[\r\n]", after.strip(BLANKS + "\r\n"))[0]
    number = match["number"]
    broken = len(above) >= _LONG and len(below) >= 2 and _OPEN.search(above) is not None
    return _Found(
        match.end() - len(match[0].lstrip(BLANKS)),
        match.end(),
        sure=match["page"] is not None,
        number=int(number) if number else None,
        head=(match["left"] or match["right"] or "").strip(BLANKS),
        cuts=broken or "\f" in before[-3:] + after[:3],
        alone=_is_blank_above(before) and _is_blank_below(after),
    )


def _is_blank_above(text: str) -> bool:
    """Whether a blank line, a page break or the start of the text is directly above."""
    return re.search(r"(?:\r\n|\r|\n)[^\S\r\n]*(?:\r\n|\r|\n)\Z|\f\s*\Z|\A\s*\Z", text) is not None


def _is_blank_below(text: str) -> bool:
    return re.match(r"\s*\Z|(?:\r\n|\r|\n)[^\S\r\n]*(?:[\r\n\f]|\Z)|\s*\f", text) is not None


def _series(found: Sequence[_Found], pages: dict[int, _Found]) -> Iterator[_Found]:
    """Yield the numbers that increase from page to page, if one of them interrupts a paragraph."""
    run: list[_Found] = []
    for each in (*(one for one in found if one.number is not None and one.alone), None):
        if each is None or not run or each.number != (run[-1].number or 0) + 1:
            if any(one.start in pages for one in run):
                yield from run
            run = []
        if each is not None:
            run.append(each)


def _running(text: str, pages: Sequence[_Found]) -> Iterator[int]:
    """Yield the heads above and below the numbers of several pages."""
    beside = {place for page in pages for place in (_above(text, page.start), _below(text, page.end)) if place}
    counts = Counter(line for _, line in beside)
    for start, line in beside:
        if counts[line] > 1 and start > 0 and not is_bare_name(line):
            yield start


def _above(text: str, start: int) -> tuple[int, str] | None:
    match = re.search(
        rf"(?:\A|[\r\n\f]){_B}(?P<line>[^\r\n]{{1,60}}?){_B}[\s]*\Z", text[max(0, start - _REACH) : start]
    )
    return _place(match, max(0, start - _REACH))


def _below(text: str, end: int) -> tuple[int, str] | None:
    match = re.match(rf"[\s]*[\r\n\f]{_B}(?P<line>[^\r\n]{{1,60}}?){_B}(?:[\r\n]|\Z)", text[end : end + _REACH])
    return _place(match, end)


def _place(match: re.Match[str] | None, base: int) -> tuple[int, str] | None:
    """Return the start of a possible running head, and its words without digits."""
    if match is None or not any(map(str.isalpha, match["line"])) or re.search(r"[。！？：:，、；\t]", match["line"]):
        return None
    return base + match.start("line"), re.sub(r"\d+", "#", match["line"].strip(BLANKS))
