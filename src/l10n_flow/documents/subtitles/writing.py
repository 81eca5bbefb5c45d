"""Writing translations into cues: on lines of readable length, and without structure of their own."""

from __future__ import annotations

import re
from collections.abc import Sequence

from l10n_flow.documents.segmentation.flow import BLANKS
from l10n_flow.documents.subtitles.breaking import broken
from l10n_flow.documents.subtitles.inline import codes, escaped
from l10n_flow.documents.subtitles.spans import BREAK
from l10n_flow.model import Block, Document, Unit
from l10n_flow.scripts import writes_spaces

_LINES = re.compile(r"[\r\n\x0b\x0c\x1c-\x1e\x85\u2028\u2029]+")
# The text between two speakers of one cue, if it has no words: it is left out together with a speaker's text.
_LOOSE = re.compile(r"(?:[\s\u2010-\u2015\u2212\uff0d-]|<[^<>]*>|\{\\[^{}]*\})*")
# The text around a cue's text on its line, if it has no words.
_BEFORE = re.compile(r"(?<=[\r\n])(?:[ \t\u2010-\u2015\u2212\uff0d-]|<[^<>]*>|\{\\[^{}]*\})+\Z")
_BEHIND = re.compile(r"(?:[ \t]|</[^<>]*>)+")
_MOST, _LIMIT = 2, 9


def render(document: Document, targets: Sequence[str | None], *, locale: str, vtt: bool) -> str:
    """Write a document with translations in place of its units; arguments as for ``documents.render``."""
    parts: list[str] = []
    position = 0
    is_empty = False  # whether all texts of the cue so far are left out
    for number, block in enumerate(document.blocks):
        own = targets[position : position + len(block.units)]
        position += len(block.units)
        follows = number > 0 and _LOOSE.fullmatch(block.before) is not None
        pairs = zip(block.units, own, strict=True)
        text = "".join(_written(document, number, unit, target, locale, vtt=vtt) for unit, target in pairs if target)
        if not follows:
            parts += _without_rest(parts, block.before, is_empty=is_empty), text
            is_empty = not text
        elif text:
            parts += "" if is_empty else block.before, text
            is_empty = False
    return "".join([*parts, _without_rest(parts, document.tail, is_empty=is_empty)])


def _without_rest(parts: list[str], after: str, *, is_empty: bool) -> str:
    """Return the text after a cue, without the dash and tags around a text that is left out."""
    if not is_empty:
        return after
    parts[-2] = _BEFORE.sub("", parts[-2])
    found = _BEHIND.match(after)
    return after[found.end() :] if found else after


def lines_of(document: Document, number: int, target: str, locale: str, *, vtt: bool) -> list[str]:
    """Return the lines on which a target of a block is shown.

    Args:
        document: its document.
        number: the number of the block.
        target: one line, or several lines of a translator.
        locale: the locale of the target.
        vtt: whether it is WebVTT.
    """
    block = document.blocks[number]
    lines = [line.strip(BLANKS) for line in _LINES.split(target)]
    lines = [line for line in lines if line]
    if len(lines) != 1:
        return lines
    unit = block.units[0]
    places = _places(block)
    if places and len(target) == len(unit.text) and not writes_spaces(locale):
        return _cut(lines[0], places)  # a converted text: character for character
    if not places and not _is_alone(document, number):
        return lines
    return broken(lines[0], codes(lines[0], vtt=vtt), locale, min(_LIMIT, max(_MOST, len(places) + 1)))


def _written(document: Document, number: int, unit: Unit, target: str, locale: str, *, vtt: bool) -> str:
    before, found, after = target.partition(unit.text)
    if found:
        sides = (escaped(" ".join(_LINES.split(side)), vtt=vtt) if side else "" for side in (before, after))
        return unit.raw.join(sides)
    lines = [escaped(line, vtt=vtt) for line in lines_of(document, number, target, locale, vtt=vtt)]
    own = BREAK.search(unit.raw)
    return (own[0] if own else document.newline).join(lines)


def _places(block: Block) -> list[tuple[int, int]]:
    """Return the line ends of a block in the text of its unit, and the lengths of the line breaks there."""
    unit = block.units[0]
    places: list[tuple[int, int]] = []
    at = done = 0
    for match in BREAK.finditer(unit.raw):
        at += match.start() - done
        done = match.end()
        joint = 1 if unit.text[at : at + 1].isspace() else 0
        places.append((at, joint))
        at += joint
    return places


def _cut(text: str, places: Sequence[tuple[int, int]]) -> list[str]:
    lines: list[str] = []
    done = 0
    for at, joint in places:
        lines.append(text[done:at])
        done = at + joint
    return [line for line in (*lines, text[done:]) if line]


def _is_alone(document: Document, number: int) -> bool:
    """Whether the cue of a block has no other speaker."""
    following = document.blocks[number + 1 : number + 2]
    own = document.blocks[number].form.startswith("cue")
    return own and not any(block.form == "turn" for block in following)
