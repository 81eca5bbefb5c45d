"""Which line breaks of a plain text are an editor's wrapping, and which end a paragraph."""

from __future__ import annotations

import re
from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from itertools import pairwise

from l10n_flow.documents.segmentation import cues
from l10n_flow.documents.segmentation.flow import BLANKS, CJK, Passage, connect
from l10n_flow.documents.segmentation.names import is_bare_name

#: Lines wider than this many columns were never wrapped by an editor.
_WIDEST = 120
#: In narrower chunks the width of a line says nothing.
_NARROWEST = 30
#: A line that fills less of the width than this ends a paragraph even without a mark.
_SHORT = 0.7

_LINE = re.compile(r"[^\r\n]*")
_PUNCTUATED = re.compile(r"\W\Z")
_BREAK = re.compile(r"\r\n|\r|\n")
_FIRST_TOKEN = re.compile(r"[「『（《“‘(\[]*(?:[!-~]{1,200}|.)[，。、；：！？」』）》”’]*")
_URL = re.compile(r"://[!-~]{20,}")


@dataclass(frozen=True, slots=True)
class Line:
    """A line with something on it: its text without the blanks around it, and where that stands in the file."""

    number: int
    text: str
    start: int
    indent: str

    @property
    def end(self) -> int:
        return self.start + len(self.text)


def passages(text: str) -> list[Passage]:
    """Cut a decoded file into its paragraphs.

    Args:
        text: the whole file; lines end in LF, CR LF or CR.

    Returns:
        The passages in order; lines without a letter or digit (``***``) are left out.
    """
    found: list[Passage] = []
    for chunk in _chunks(text):
        for group in _paragraphs(chunk):
            pieces = [Passage(line.text, (line.number,), line.start, line.end) for line in group]
            gaps = [text[a.end : b.start] for a, b in pairwise(group)]
            found.append(connect(pieces, gaps))
    return found


def _chunks(text: str) -> Iterator[list[Line]]:
    """The runs of lines without a blank one between them."""
    chunk: list[Line] = []
    start, number = 0, 0
    while start <= len(text):
        number += 1
        end = _LINE.match(text, start).end()  # type: ignore[union-attr]  # it matches everywhere
        content = text[start:end]
        stripped = content.strip(BLANKS)
        if any(map(str.isalnum, stripped)):
            indent = content[: len(content) - len(content.lstrip(BLANKS))]
            chunk.append(Line(number, stripped, start + len(indent), indent))
        elif chunk:
            yield chunk
            chunk = []
        line_break = _BREAK.match(text, end)
        start = line_break.end() if line_break else end + 1
    if chunk:
        yield chunk


def _paragraphs(chunk: Sequence[Line]) -> Iterator[Sequence[Line]]:
    if len(chunk) == 1:
        yield chunk
        return
    widths = [_width(line) for line in chunk]
    widest = max(widths)
    base = min(len(line.indent) for line in chunk)
    separate = widest > _WIDEST or (len(chunk) > 2 and all(cues.FINAL.search(line.text[-12:]) for line in chunk))
    first = 0
    for index in range(1, len(chunk)):
        before, line = chunk[index - 1], chunk[index]
        roomy = widest < _NARROWEST or widths[index - 1] < widest * _SHORT
        if (
            separate
            or _begins(chunk[first], before, line, base, roomy=roomy)
            or _ends(before, widths[index - 1], line, widths[index], widest)
        ):
            yield chunk[first:index]
            first = index
    yield chunk[first:]


def _begins(first: Line, before: Line, line: Line, base: int, *, roomy: bool) -> bool:
    """Whether a line shows by its beginning that it starts a paragraph; ``first`` is where the current one did."""
    if cues.STRONG_MARKER.match(line.text):
        return True
    itemised = cues.MARKER.match(first.text) is not None
    if cues.WEAK_MARKER.match(line.text) and (itemised or roomy or _PUNCTUATED.search(before.text)):
        return True
    if itemised and len(line.indent) > len(first.indent):
        return False  # a hanging indent goes on with the item
    return "\u3000" in line.indent or len(line.indent) > base


def _ends(line: Line, width: int, following: Line, next_width: int, widest: int) -> bool:
    """Whether a line ends a paragraph: by its mark, or by the room it leaves to its right."""
    token = _FIRST_TOKEN.match(following.text)
    needed = width + _columns(token[0] if token else "")
    if cues.FINAL.search(line.text[-12:]):
        return needed <= widest
    if cues.names_its_kind(following.text) and needed <= widest:
        return True
    if widest < _NARROWEST or needed > widest * _SHORT or cues.UNFINISHED.search(line.text):
        return needed <= widest and cues.names_its_kind(line.text)
    return next_width > widest * _SHORT or is_bare_name(following.text) or is_bare_name(line.text)


def _width(line: Line) -> int:
    """The columns of a line, a long URL (which cannot be wrapped) counted short."""
    return _columns(line.text if "://" not in line.text else _URL.sub("", line.text)) + 2 * len(line.indent)


def _columns(text: str) -> int:
    return len(text) if text.isascii() else len(text) + len(CJK.findall(text))
