"""The cues of a file of subtitles, with the places of times and texts. Everything else is skipped."""

from __future__ import annotations

import re
from collections.abc import Iterator
from typing import NamedTuple

from l10n_flow.documents.segmentation.flow import BLANKS

_LINE = re.compile(r"([^\r\n]*)(?:\r\n|\r|\n|\Z)")
_CLOCK = r"(?:(\d+):)?(\d{1,2}):(\d{1,2})[.,](\d{1,3})"
_TIMES = re.compile(rf"[ \t]*{_CLOCK}[ \t]*-->[ \t]*{_CLOCK}(?:[ \t].*)?")
_NUMBER = re.compile(r"[ \t]*\d+[ \t]*")
_OTHER = re.compile(r"(?:NOTE|STYLE|REGION)(?:[ \t]|\Z)")
_ARROW = "-->"


class Line(NamedTuple):
    """A line of the file without its line end, and its place."""

    number: int
    text: str
    start: int

    @property
    def end(self) -> int:
        return self.start + len(self.text)


class Cue(NamedTuple):
    """A cue (a named tuple: there are many).

    Attributes:
        start: its start in the file, at its number or name if it has one.
        name: its number or name, "" without one.
        times: the line of its times, with the settings.
        milliseconds: its duration.
        lines: the lines of its text.
        line: the 1-based number of the line of its times.
    """

    start: int
    name: str
    times: str
    milliseconds: int
    lines: tuple[Line, ...]
    line: int


def lines_of(text: str) -> Iterator[Line]:
    """Yield the lines of a file."""
    for number, match in enumerate(_LINE.finditer(text), 1):
        start, end = match.span(1)
        if start < len(text):
            yield Line(number, text[start:end], start)


def read_srt(text: str) -> Iterator[Cue]:
    """Yield the cues of SubRip. A line of times begins one, with the number above it; its text may have blank lines."""
    head: Line | None = None
    name: Line | None = None
    body: list[Line] = []
    last: Line | None = None
    for line in lines_of(text):
        if _ARROW in line.text and _TIMES.fullmatch(line.text):
            number = last if last is not None and _NUMBER.fullmatch(last.text) else None
            if number is not None and body and body[-1] is number:
                body.pop()
            if head is not None:
                yield _cue(head, name, body)
            head, name, body = line, number, []
        elif head is not None and line.text.strip(BLANKS):
            body.append(line)
        last = line
    if head is not None:
        yield _cue(head, name, body)


def read_vtt(text: str) -> Iterator[Cue]:
    """Yield the cues of WebVTT, by its specification: a line with an arrow begins one, an empty line ends it."""
    head: Line | None = None
    name: Line | None = None
    body: list[Line] = []
    chunk: list[Line] = []
    is_other = True  # the header is a block of its own
    for line in lines_of(text):
        if _ARROW in line.text and (head is not None or not (is_other and chunk and _OTHER.match(chunk[0].text))):
            if head is not None:
                yield _cue(head, name, body)
            head = name = None
            if _TIMES.fullmatch(line.text):
                named = len(chunk) == 1 and not is_other
                head, name, body = line, chunk[0] if named else None, []
            chunk = [line]
        elif not line.text:
            if head is not None:
                yield _cue(head, name, body)
            head, name, chunk, is_other = None, None, [], False
        else:
            is_other = is_other or (not chunk and _OTHER.match(line.text) is not None)
            chunk.append(line)
            if head is not None and line.text.strip(BLANKS):
                body.append(line)
    if head is not None:
        yield _cue(head, name, body)


def _cue(head: Line, name: Line | None, body: list[Line]) -> Cue:
    times = _TIMES.fullmatch(head.text)
    assert times is not None
    clock = times.groups("0")
    shown = _milliseconds(*clock[4:]) - _milliseconds(*clock[:4])
    start = head.start if name is None else name.start
    return Cue(start, name.text if name else "", head.text, shown, tuple(body), head.number)


def _milliseconds(hours: str, minutes: str, seconds: str, fraction: str) -> int:
    return ((int(hours) * 60 + int(minutes)) * 60 + int(seconds)) * 1000 + int(fraction.ljust(3, "0"))
