"""Subtitles, SubRip (SRT) and WebVTT; see ``docs/subtitles.md``."""

from __future__ import annotations

import codecs
from collections.abc import Iterator, Sequence

from l10n_flow.documents.format import TEXT_EVENT, Reading, Shape, Shown, Timed
from l10n_flow.documents.segmentation.blocks import assemble
from l10n_flow.documents.segmentation.flow import Passage
from l10n_flow.documents.subtitles.breaking import length, limits_of
from l10n_flow.documents.subtitles.cues import Cue, read_srt, read_vtt
from l10n_flow.documents.subtitles.inline import codes, escaped
from l10n_flow.documents.subtitles.spans import has_text, passages_of
from l10n_flow.documents.subtitles.writing import lines_of, render
from l10n_flow.documents.text import decode, newline_of, refuse_conflict
from l10n_flow.errors import SourceError
from l10n_flow.inline import InlineCode, Plain
from l10n_flow.model import BlockKind, Document

__all__ = ["SRT", "VTT", "Subtitles", "timed"]


class Subtitles:
    """The format (``Format``); its only state is which of the two formats it is."""

    is_text = True

    def __init__(self, suffix: str, *, vtt: bool) -> None:
        self.suffixes = (suffix,)
        self.vtt = vtt

    def parse(self, data: bytes, reading: Reading) -> Document:
        """Read a file of subtitles."""
        text, bom = decode(data, path=reading.path)
        refuse_conflict(text, path=reading.path)
        if self.vtt and text and not text.startswith("WEBVTT"):
            raise SourceError("a WebVTT file begins with the word WEBVTT; write it there", path=reading.path, line=1)
        events: list[str] = []
        made = assemble(text, self._found(text, events), unit=reading.unit, overrides=reading.overrides)
        if not events and text.strip() and not self.vtt:
            message = "no line has the times of a subtitle (00:00:01,000 --> 00:00:02,000); write them above each text"
            raise SourceError(message, path=reading.path, line=1)
        shape = tuple(events)
        return Document(made.blocks, made.tail, newline_of(text), bom, made.notices, kept=made.kept, shape=shape)

    def render(self, document: Document, targets: Sequence[str | None], *, locale: str) -> bytes:
        """Write a file of subtitles, with the byte order mark if the source had one."""
        text = render(document, targets, locale=locale, vtt=self.vtt)
        return (codecs.BOM_UTF8 if document.bom else b"") + text.encode()

    def shape(self, data: bytes) -> Shape:
        """Return the shape: the cues with their numbers, times and settings, and whether they have a text."""
        text = data.removeprefix(codecs.BOM_UTF8).decode()
        events: list[str] = []
        lines: list[int] = []
        for cue in self._cues(text):
            events.append(_event(cue))
            lines.append(cue.line)
            if has_text(cue, vtt=self.vtt):
                events.append(TEXT_EVENT)
                lines.append(cue.line + 1)
        return Shape(tuple(events), lines)

    def inline(self, text: str) -> tuple[InlineCode, ...]:
        """Return tags, times, positions and the like."""
        return codes(text, vtt=self.vtt)

    def mark_draft(self, data: bytes, document: Document, notice: str) -> bytes:
        """Return the file with the notice as a separate cue, shown for the first two seconds."""
        bom = codecs.BOM_UTF8 if document.bom else b""
        text = data.removeprefix(bom).decode()
        first = next(self._cues(text), None)
        start = first.start if first else len(text)
        line = document.newline
        times = "00:00:00.000 --> 00:00:02.000" if self.vtt else f"0{line}00:00:00,000 --> 00:00:02,000"
        before = text[:start] if start == 0 or first else text.rstrip("\r\n") + line * 2
        return bom + f"{before}{times}{line}{escaped(notice, vtt=self.vtt)}{line * 2}{text[start:]}".encode()

    def _cues(self, text: str) -> Iterator[Cue]:
        return read_vtt(text) if self.vtt else read_srt(text)

    def _found(self, text: str, events: list[str]) -> Iterator[tuple[Passage, BlockKind]]:
        """Yield the texts of the cues one by one, and add the shape to ``events`` during the iteration."""
        for cue in self._cues(text):
            events.append(_event(cue))
            has_text = False
            for passage in passages_of(cue, text, vtt=self.vtt):
                has_text = True
                yield passage, BlockKind.PARAGRAPH
            if has_text:
                events.append(TEXT_EVENT)


SRT, VTT = Subtitles(".srt", vtt=False), Subtitles(".vtt", vtt=True)


def timed(document: Document, locale: str) -> Timed:
    """Return the cues of a document and the limits of their lines in a locale."""
    vtt = document.format == "webvtt"
    limits = limits_of(locale)

    def lines(number: int, target: str) -> list[str]:
        return [_plain(line, vtt=vtt) for line in lines_of(document, number, target, locale, vtt=vtt)]

    def count(text: str) -> float:
        return length(text, limits)

    return Timed(tuple(_shown(document)), lines, count, limits.line, limits.speed)


def _shown(document: Document) -> Iterator[Shown]:
    numbers: list[int] = []
    seconds = 0.0
    for number, block in enumerate(document.blocks):
        if block.form.startswith("cue"):
            if numbers:
                yield Shown(tuple(numbers), seconds)
            numbers, seconds = [], int(block.form.split()[1]) / 1000
        numbers.append(number)
    if numbers:
        yield Shown(tuple(numbers), seconds)


def _event(cue: Cue) -> str:
    return f"{cue.name} {cue.times}"


def _plain(text: str, *, vtt: bool) -> str:
    return Plain(text, codes(text, vtt=vtt), "").text
