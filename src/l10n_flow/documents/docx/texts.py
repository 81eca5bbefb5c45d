"""The parts of a text of a Word file, and a passage without the blanks at its edges."""

from __future__ import annotations

import re
from collections.abc import Iterator

from l10n_flow.documents.docx import inline
from l10n_flow.documents.segmentation.flow import BLANKS, Part, Passage

#: Characters at the edges of a paragraph that are not text.
AROUND = BLANKS + "\r\n"
_SPECIAL = re.compile(r"&[^;]*;|[\r\n\t]+")
_ENTITIES = {"&amp;": "&", "&lt;": "<", "&gt;": ">", "&quot;": '"', "&apos;": "'"}


def text_parts(raw: str, number: int) -> Iterator[Part]:
    """Yield a text of the file as parts: entities, other blanks, and text that would look like a code."""
    if "&" not in raw and "\n" not in raw and "\t" not in raw and "\r" not in raw:
        yield Part(raw, raw, number)
        return
    pieces: list[tuple[str, str]] = []
    done = 0
    for found in _SPECIAL.finditer(raw):
        if found.start() > done:
            pieces.append((raw[done : found.start()], raw[done : found.start()]))
        pieces.append((_read(found[0]), found[0]))
        done = found.end()
    if done < len(raw):
        pieces.append((raw[done:], raw[done:]))
    text = "".join(read for read, _ in pieces)
    escaped = {start: shown for start, _, shown in inline.literals(text)}
    at = 0
    for read, written in pieces:
        if read == written:
            yield Part(read, written, number)
        else:
            yield Part(escaped.get(at, read), written, number, inner=True)
        at += len(read)


def _read(written: str) -> str:
    if written in _ENTITIES:
        return _ENTITIES[written]
    if written.startswith("&#"):
        digits = written[2:-1]
        char = chr(int(digits[1:], 16) if digits[0] in "xX" else int(digits))
        return char if char not in "\r\n\t" else " "
    return " "


def without_blanks(passage: Passage, raw: str, begin: int) -> tuple[Passage, int]:
    """Return a passage with text without the blanks at its edges, and its place in the bytes of the part.

    Args:
        passage: begins at 0.
        raw: its text in the file.
        begin: the place of ``raw`` in the bytes of the part.
    """
    text = passage.text
    start, end = len(text) - len(text.lstrip(AROUND)), len(text.rstrip(AROUND))
    if not start and end == len(text):
        return passage, begin
    cut = passage.cut(start, end)
    return cut, begin + len(raw[: cut.start].encode())
