"""The lines of a Markdown paragraph as passages: joined as its script joins them, what is no text left aside."""

from __future__ import annotations

import re
from bisect import bisect_left, bisect_right
from collections.abc import Iterator, Mapping, Sequence
from itertools import pairwise
from typing import Any, NamedTuple

from l10n_flow.documents.markdown.inline import codes, has_no_codes
from l10n_flow.documents.segmentation.flow import BLANKS, Part, Passage, joint_of, laid
from l10n_flow.inline import OBJECT, CodeKind, CodeRole, InlineCode, Plain
from l10n_flow.model import BlockKind

#: MDX: what a module takes in and gives out.
_MODULE = re.compile(r"import\s.*['\"];?\s*\Z|import\s*['\"]|export\s+(?:const|let|default|function|async|class)\s")
# Marks of emphasis that would lie between a letter and a punctuation mark if the lines were joined without a space.
_CLOSES = re.compile(r"[^\w\s*_~][*_~]+\Z")
_OPENS = re.compile(r"[*_~]+[^\w\s*_~]")
_PAIRS = frozenset({CodeKind.EMPHASIS, CodeKind.STRONG, CodeKind.STRUCK, CodeKind.LINK, CodeKind.IMAGE, CodeKind.TAG})
_ALERT = re.compile(r"\[![A-Za-z]+\]")
# What may reach over the end of a line, make it a forced one, or be a line of nothing but codes.
_MAY_REACH = re.compile(r"[`<{$\\&]|  \n|\[!")
_LINK_END = re.compile(r"\]\(")
_SIMPLE_LINK = re.compile(r"\]\([^\s()<>\"']*\)")
_AROUND = BLANKS + "\r\n"


class Line(NamedTuple):
    """A line of a paragraph without what stands around it, where it stands in the file, and its number."""

    text: str
    start: int
    number: int


def passages(
    lines: Sequence[Line], text: str, kind: BlockKind, references: Mapping[str, Any], form: str
) -> Iterator[tuple[Passage, BlockKind]]:
    """The passages of a paragraph, a heading, a cell …, each with its kind.

    Lines of nothing but codes part it. A pair of codes around a whole passage is skeleton; an image alone is its
    caption; the title of a link or an image by itself is one as well.

    Args:
        lines: the paragraph's.
        text: the decoded file.
        kind: what it is by its place.
        references: the definitions of the document's links.
        form: how it is written.
    """
    if _MODULE.match(lines[0].text):
        return
    if len(lines) == 1 and has_no_codes(lines[0].text):
        line = lines[0]
        yield from _plain(Passage(line.text, (line.number,), line.start, line.start + len(line.text)), kind, form)
        return
    joined = "\n".join(line.text for line in lines)
    if len(lines) == 1 and not (references and "[" in joined):
        yield from _bare(laid([Part(lines[0].text, lines[0].text, lines[0].number)], lines[0].start), kind, form)
        return
    written = text[lines[0].start : lines[-1].start + len(lines[-1].text)]
    breaks = _with_breaks(lines, text) if len(lines) > 1 else joined
    found = () if _each_on_its_line(breaks, references) else codes(breaks, references)
    for parts, start in _runs(lines, written, breaks, found):
        yield from _bare(laid(parts, start), kind, form)


def _each_on_its_line(joined: str, references: Mapping[str, Any]) -> bool:
    """Whether the codes of a paragraph say nothing about its lines, as most do.

    Then none can be more than emphasis, links with an address, marks of notes and web addresses, each on one line.
    """
    if _MAY_REACH.search(joined) or (references and "[" in joined):
        return False
    return all(_SIMPLE_LINK.match(joined, found.start()) for found in _LINK_END.finditer(joined))


def _with_breaks(lines: Sequence[Line], text: str) -> str:
    """The lines with what makes a line break forced at their ends."""
    ends = (text[line.start + len(line.text) : following.start] for line, following in pairwise(lines))
    blanks = ("  " if end.startswith("  ") else "" for end in ends)
    return "".join(line.text + blank + "\n" for line, blank in zip(lines, [*blanks, ""], strict=True))[:-1]


def _runs(
    lines: Sequence[Line], written: str, joined: str, found: Sequence[InlineCode]
) -> Iterator[tuple[list[Part], int]]:
    """The lines as parts of passages, those of nothing but codes left out, and where in the file each run begins."""
    base = lines[0].start
    run: list[Part] = []
    begun = place = 0
    starts: list[int] = []
    for line in lines:
        starts.append(place)
        place = joined.index("\n", place + len(line.text)) + 1 if line is not lines[-1] else len(joined) + 1
    begins, ends = [code.start for code in found], [code.end for code in found]
    for number, line in enumerate(lines):
        low, high = starts[number], starts[number] + len(line.text)
        inside = found[bisect_right(ends, low) : bisect_left(begins, high)]
        if len(lines) > 1 and _is_code(joined, low, high, inside):
            if run:
                yield _trimmed(run), begun
                run = []
            continue
        if not run:
            begun = line.start
        run += _parts(line, joined, low, high, inside)
        if number + 1 == len(lines):
            continue
        if _ALERT.match(line.text):  # the words behind it are a title
            yield run, begun
            run = []
            continue
        following = lines[number + 1]
        raw = written[line.start + len(line.text) - base : following.start - base]
        across = found[bisect_right(ends, high) : bisect_left(begins, starts[number + 1])]
        run.append(Part(_joint(joined, high, starts[number + 1], across), raw, following.number))
        if run[-1].text == "\n":  # a backslash at the end of the line has been a part of it
            last = run[-2]
            run[-2:] = [Part(last.text[:-1], last.raw[:-1], last.line), Part("\\\n", "\\" + raw, following.number)]
    if run:
        yield _trimmed(run), begun


def _trimmed(run: list[Part]) -> list[Part]:
    """Without the line break at the end of a run that a line of codes has cut off."""
    while len(run) > 1 and not run[-1].text.strip(_AROUND + "\\"):
        run.pop()
    return run


def _is_code(joined: str, low: int, high: int, inside: Sequence[InlineCode]) -> bool:
    """Whether a line holds nothing but tags, shortcodes and the like, given its codes."""
    if not any(code.kind in {CodeKind.TAG, CodeKind.OTHER} for code in inside):
        return False
    for code in inside:
        if code.kind in {CodeKind.CODE, CodeKind.LINK} or (
            code.role is not CodeRole.STANDALONE and code.kind is not CodeKind.TAG
        ):
            return False
    cut = [code._replace(start=max(code.start, low) - low, end=min(code.end, high) - low, text="") for code in inside]
    return not Plain(joined[low:high], cut).text.strip(_AROUND)


def _parts(line: Line, joined: str, low: int, high: int, inside: Sequence[InlineCode]) -> list[Part]:
    """A line, its references to links written so that they lead there whatever becomes of their words."""
    parts: list[Part] = []
    done = low
    opened: list[int] = []
    for code in inside:
        if code.kind is not CodeKind.LINK:
            continue
        if code.role is CodeRole.OPENING:
            opened.append(code.end)
        elif code.role is CodeRole.CLOSING and opened:
            begun = opened.pop()
            raw = joined[code.start : code.end]
            if raw in {"]", "][]"} and begun >= low and code.end <= high:
                parts += [
                    Part(joined[done : code.start], joined[done : code.start], line.number),
                    Part(f"][{joined[begun : code.start]}]", raw, line.number),
                ]
                done = code.end
    parts.append(Part(joined[done:high], joined[done:high], line.number))
    return [part for part in parts if part.raw]


def _joint(joined: str, end: int, start: int, across: Sequence[InlineCode]) -> str:
    """What is read between two lines, of which the first ends at one place and the other begins at the next.

    ``across`` are the codes that reach from one to the other, a forced line break among them.
    """
    for code in across:
        if code.kind is CodeKind.BREAK:
            return "\n" if joined[code.start] == "\\" else "  \n"
        if code.start < end and start < code.end:
            return " "
    left, right = joined[max(0, end - 40) : end], joined[start : start + 40]
    joint = joint_of(left, right)
    return " " if not joint and (_CLOSES.search(left) or _OPENS.match(right)) else joint


# What is left of a passage --------------------------------------------------------------------------------------


def _bare(passage: Passage, kind: BlockKind, form: str) -> Iterator[tuple[Passage, BlockKind]]:
    """A passage without what stands around its text and is none."""
    text = passage.text
    whole = codes(text)
    found = list(whole)
    low, high, opened = 0, len(text), ""
    while True:
        low, high = _blanks(text, low, high)
        while found and _is_no_text(found[-1]) and found[-1].end == high > low:
            high = _blanks(text, low, found.pop().start)[1]
        while found and _is_no_text(found[0]) and found[0].start == low < high:
            low = _blanks(text, found.pop(0).end, high)[0]
        if not _is_around(found, low, high) or "][" in text[found[-1].start : found[-1].end]:
            break
        first, last = found[0], found[-1]
        found = found[1:-1]
        low, high = first.end, last.start
        opened += f"\t{text[first.start : first.end]}"
        if first.kind is CodeKind.IMAGE:
            kind = BlockKind.CAPTION
        middle = _middle(found, first)
        if middle is not None:
            yield from _part(passage, middle.end, high, BlockKind.CAPTION, f"attribute\t{text[middle.end - 1]}")
            high = middle.start
            found = [code for code in found if code.end <= high]
    if opened and "\t![" in opened:
        form = "alternative"
    elif opened:
        form += opened
    if (low, high) == (0, len(text)):
        yield from _worded(passage, whole, kind, form)
    else:
        yield from _part(passage, low, high, kind, form)


def _plain(passage: Passage, kind: BlockKind, form: str) -> Iterator[tuple[Passage, BlockKind]]:
    """A passage without a code, if it holds a word."""
    text = passage.text
    core = text.strip(_AROUND)
    if core != text:
        start = text.index(core)
        passage = passage.cut(start, start + len(core))
    yield from _worded(passage, (), kind, form)


def _is_no_text(code: InlineCode) -> bool:
    """Whether a code at the edge of a passage can stay outside: attributes, comments, line breaks."""
    return code.kind is CodeKind.BREAK or (code.kind is CodeKind.OTHER and not code.text)


def _middle(found: Sequence[InlineCode], first: InlineCode) -> InlineCode | None:
    """The code between the words of a link or an image and its title."""
    depth = 0
    for code in found:
        if not depth and code.kind is first.kind and code.value == "title":
            return code
        depth += {CodeRole.OPENING: 1, CodeRole.CLOSING: -1}.get(code.role, 0)
    return None


def _is_around(found: Sequence[InlineCode], low: int, high: int) -> bool:
    """Whether the first code and the last are one pair, and stand around everything."""
    if len(found) < 2 or found[0].start != low or found[-1].end != high:
        return False
    if found[0].role is not CodeRole.OPENING or found[0].kind not in _PAIRS:
        return False
    depth = 0
    for code in found[:-1]:
        depth += {CodeRole.OPENING: 1, CodeRole.CLOSING: -1}.get(code.role, 0)
        if not depth:
            return False
    return depth == 1


def _blanks(text: str, low: int, high: int) -> tuple[int, int]:
    low += len(text[low:high]) - len(text[low:high].lstrip(_AROUND))
    return low, low + len(text[low:high].rstrip(_AROUND))


def _part(passage: Passage, low: int, high: int, kind: BlockKind, form: str) -> Iterator[tuple[Passage, BlockKind]]:
    if low < high:
        part = passage.cut(low, high)
        yield from _worded(part, codes(part.text), kind, form)


def _worded(
    part: Passage, found: tuple[InlineCode, ...], kind: BlockKind, form: str
) -> Iterator[tuple[Passage, BlockKind]]:
    """A passage with its codes, if it holds a word."""
    read = Plain(part.text, found).text.replace(OBJECT, "") if found else part.text
    is_cell = kind is BlockKind.TABLE_CELL
    if not any(map(str.isalpha if is_cell else str.isalnum, read)):
        return
    whole = form.startswith(("attribute", "words", "bracketed"))
    yield part._replace(codes=found, form=form, whole=whole), kind
