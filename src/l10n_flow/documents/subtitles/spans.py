"""The texts of a cue as passages: one for each speaker, with the lines of a sentence joined."""

from __future__ import annotations

import re
from collections.abc import Iterator, Sequence
from itertools import pairwise

from l10n_flow.documents.segmentation.flow import BLANKS, CJK, Part, Passage, laid
from l10n_flow.documents.subtitles.cues import Cue, Line
from l10n_flow.documents.subtitles.inline import codes, outer
from l10n_flow.inline import Plain, Stretches

#: A dash before a speaker's text; a doubled one is a dash of the sentence.
DASH = re.compile(r"[-\u2010-\u2015\u2212\uff0d](?![-\u2010-\u2015\u2212\uff0d])[ \t]*")
_ENDED = re.compile(r"[。！？｡!?.…⋯♪♫～~—)）\]】][」』”’）》】\"')\]]*\Z")
_SONG = re.compile(r"[♪♫]")
_VOICE = re.compile(r"<v[ \t.]")
_LINE_END = re.compile(r"[\r\n]|\Z")
_ROUNDS = 20
#: A line break with a pair of tags that ends before it and begins again after it.
BREAK = re.compile(
    r"(?:</([ibu])>)?(?<![ \t])[ \t]*(?:\r\n|\r|\n)(?:[ \t]*(?:\r\n|\r|\n))*[ \t]*(?:<\1>)?", re.IGNORECASE
)


def passages_of(cue: Cue, text: str, *, vtt: bool) -> Iterator[Passage]:
    """Yield the passages of a cue; ``Block.form`` of the first one contains the duration of the cue.

    Args:
        cue: the cue.
        text: the file.
        vtt: whether it is WebVTT.
    """
    form = f"cue {cue.milliseconds}"
    for turn in _turns(cue.lines, text, vtt=vtt):
        passage = _passage(turn, text, vtt=vtt, form=form)
        if passage is not None:
            yield passage
            form = "turn"


def has_text(cue: Cue, *, vtt: bool) -> bool:
    """Whether a cue has a passage: a letter or a digit outside codes."""
    return any(any(map(str.isalnum, _plain(line.text, vtt=vtt))) for line in cue.lines)


def _turns(lines: Sequence[Line], text: str, *, vtt: bool) -> Iterator[list[Line]]:
    """Yield the lines of each speaker of a cue; there is no split inside a pair of tags."""
    if len(lines) < 2:
        yield from [list(lines)] if lines else []
        return
    whole = text[lines[0].start : lines[-1].end]
    inside = Stretches(codes(whole, vtt=vtt))
    dashed = _dash(lines[0].text, vtt=vtt)
    turn = [lines[0]]
    for above, line in pairwise(lines):
        if _begins(above, line, dashed=dashed, vtt=vtt) and (line.start - lines[0].start) not in inside:
            yield turn
            turn = []
        turn.append(line)
    yield turn


def _begins(above: Line, line: Line, *, dashed: bool, vtt: bool) -> bool:
    """Whether the speaker (or the line of a song) differs from the line above."""
    plain = _plain(above.text, vtt=vtt)
    if _VOICE.match(line.text):
        return True
    if _SONG.match(_plain(line.text, vtt=vtt)):
        return _SONG.search(plain[-1:]) is not None or _SONG.match(plain) is None
    return _dash(line.text, vtt=vtt) and (dashed or _ENDED.search(plain[-9:]) is not None)


def _dash(line: str, *, vtt: bool) -> bool:
    return DASH.match(_plain(line, vtt=vtt)) is not None


def _plain(line: str, *, vtt: bool) -> str:
    found = codes(line, vtt=vtt)
    return (Plain(line, found, "").text if found else line).strip(BLANKS)


def _passage(lines: Sequence[Line], text: str, *, vtt: bool, form: str) -> Passage | None:
    """Return the text of lines without the dashes, codes and blanks around it; None when nothing is left."""
    start, end = lines[0].start, lines[-1].end
    raw = text[start:end]
    if len(lines) == 1:
        passage = Passage(raw, (lines[0].number,), start, end)
    else:
        passage = laid(list(_parts(raw, lines[0].number, vtt=vtt)), start)
    found = codes(passage.text, vtt=vtt)
    if not any(map(str.isalnum, Plain(passage.text, found, "").text if found else passage.text)):
        return None
    low, high = _edges(passage.text, vtt=vtt)
    if (low, high) != (0, len(passage.text)):
        passage = passage.cut(low, high)
        found = codes(passage.text, vtt=vtt) if found else ()
    return passage._replace(codes=found, whole=True, form=form)


def _edges(text: str, *, vtt: bool) -> tuple[int, int]:
    low, high = 0, len(text)
    for _ in range(_ROUNDS):  # text with more dashes and tags around it is not a speaker's
        piece = text[low:high]
        blanks = len(piece) - len(piece.lstrip(BLANKS))
        dash = DASH.match(piece)
        found = codes(piece, vtt=vtt)
        inner = outer(piece, found) if found else (0, len(piece))
        if blanks:
            low += blanks
        elif dash is not None and dash.end() < len(piece):
            low += dash.end()
        elif inner != (0, len(piece)):
            low, high = low + inner[0], low + inner[1]
        else:
            break
    return low, low + len(text[low:high].rstrip(BLANKS))


def _parts(raw: str, number: int, *, vtt: bool) -> Iterator[Part]:
    """Yield the text of the lines, and the joints between them."""
    done = 0
    for match in BREAK.finditer(raw):
        end = _LINE_END.search(raw, match.end())
        left, right = raw[done : match.start()], raw[match.end() : end.start() if end else len(raw)]
        yield Part(left, left, number)
        joint = _joint(_plain(left[-200:], vtt=vtt), _plain(right, vtt=vtt))
        yield Part(joint, match[0], number + 1)
        number += 1
        done = match.end()
    yield Part(raw[done:], raw[done:], number)


def _joint(left: str, right: str) -> str:
    """Return the joint for a line break: a line break between speakers, "" after a Chinese mark, else a blank.

    Subtitles omit commas and full stops at the end of a line. The blank shows that there may have been one.
    """
    if DASH.match(right) and (DASH.match(left) or _ENDED.search(left[-9:])):
        return "\n"
    is_mark = CJK.match(left[-1:]) is not None and not left[-1:].isalnum()
    is_opening = CJK.match(right[:1]) is not None and not right[:1].isalnum()
    return "" if is_mark or is_opening else " "
