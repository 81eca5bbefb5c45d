"""The parts of a text of a page: what is read, what stands in the file there, and what the blanks between words are."""

from __future__ import annotations

import html
import re
from collections.abc import Iterator, Sequence

from l10n_flow.documents.html.starts import references
from l10n_flow.documents.segmentation.flow import BLANKS, Part, joint_of

_SPACES = re.compile(r"[\t\n\f\r ]+")
#: What is not read as it stands.
UNEVEN = re.compile(r"[\t\n\f\r&<]|  ")
#: What never begins or ends a text.
AROUND = BLANKS + "\r\n"
_TAG_AFTER = re.compile(r"[A-Za-z/]")
_WRITTEN = re.compile(r"<(?=[A-Za-z/])|&(?=(?:lt|amp);)")
#: How a character is written that would be read as more than itself.
NAMES = {"<": "&lt;", ">": "&gt;", "&": "&amp;", '"': "&quot;"}


class Lines:
    """The numbers of the lines of a file, asked for in order.

    Args:
        text: the decoded file.
        newline: what ends its lines.
    """

    def __init__(self, text: str, newline: str) -> None:
        self.text = text
        self.sign = newline[-1]
        self.place, self.number = 0, 1

    def at(self, place: int) -> int:
        """The number of the line of a place."""
        if place < self.place:
            return self.number - self.text.count(self.sign, place, self.place)
        self.number += self.text.count(self.sign, self.place, place)
        self.place = place
        return self.number


def text_parts(
    text: str, start: int, end: int, lines: Lines | None, *, in_value: bool = False, raw: bool = False
) -> Iterator[Part]:
    """A text in parts: blanks in a row, characters that are referred to, and what is read as it stands.

    Args:
        text: the file.
        start: where the text begins.
        end: where it ends.
        lines: of the file; None where they do not count.
        in_value: whether it is the value of an attribute.
        raw: whether nothing is written otherwise than it is read.
    """
    written = text[start:end]
    line = lines.at(start) if lines else 0
    if UNEVEN.search(written) is None:
        yield Part(written, written, line)
        return
    place = 0
    for read, there in references(written, in_value=in_value):
        if read == there:
            done = 0
            for found in _SPACES.finditer(there):
                if done < found.start():
                    line = lines.at(start + place + done) if lines else 0
                    yield from _literal(there[done : found.start()], line, raw=raw)
                yield Part(" ", found[0], lines.at(start + place + found.start()) if lines else 0)
                done = found.end()
            if done < len(there):
                line = lines.at(start + place + done) if lines else 0
                yield from _literal(there[done:], line, raw=raw)
        else:
            following = html.unescape(written[place + len(there) : place + len(there) + 40])
            shown = read if raw or not _may_be_written(read, following) else NAMES[read]
            yield Part(shown, there, line, inner=True)
        place += len(there)


def _may_be_written(read: str, following: str) -> bool:
    """Whether a character would be read as more than itself before what follows it."""
    if read == "<":
        return _TAG_AFTER.match(following) is not None
    return read == "&" and following.startswith(("lt;", "amp;"))


def _literal(text: str, line: int, *, raw: bool) -> Iterator[Part]:
    """A text whose characters that would be read as more than themselves are written."""
    done = 0
    for found in () if raw else _WRITTEN.finditer(text):
        if done < found.start():
            yield Part(text[done : found.start()], text[done : found.start()], line)
        yield Part(NAMES[found[0]], found[0], line, inner=True)
        done = found.end()
    if done < len(text):
        yield Part(text[done:], text[done:], line)


def trimmed(parts: list[Part]) -> tuple[int, list[Part]] | None:
    """Parts without the blanks around them, blanks between them joined, and how much of the file is before them."""
    low, high, lead = 0, len(parts), 0
    while low < high and not parts[low].text.strip(AROUND):
        lead += len(parts[low].raw)
        low += 1
    while low < high and not parts[high - 1].text.strip(AROUND):
        high -= 1
    if low == high:
        return None
    chosen = parts[low:high]
    first = chosen[0]
    if first.text == first.raw and (blanks := len(first.text) - len(first.text.lstrip(AROUND))):
        lead += blanks
        chosen[0] = first._replace(text=first.text[blanks:], raw=first.raw[blanks:])
    last = chosen[-1]
    if last.text == last.raw:
        kept = last.text.rstrip(AROUND)
        chosen[-1] = last._replace(text=kept, raw=kept)
    return lead, list(_glued(chosen))


def _glued(parts: Sequence[Part]) -> Iterator[Part]:
    """Blanks and what is not seen in a row as one part, read as what stands between words there."""
    place = 0
    before = ""
    while place < len(parts):
        part = parts[place]
        if not _is_glue(part):
            before = _visible(part)[-40:] or before
            yield part
            place += 1
            continue
        end = place
        while end < len(parts) and _is_glue(parts[end]):
            end += 1
        row = parts[place:end]
        raw = "".join(each.raw for each in row)
        blank = any(each.text for each in row)
        if len(row) == 1 and raw == " ":
            yield row[0]
        elif not blank:
            yield Part("", raw, row[0].line, inner=True)
        else:
            joint = " "
            if any("\n" in each.raw or "\r" in each.raw for each in row if each.text):
                joint = joint_of(before, _following(parts, end))
            yield Part(joint, raw, parts[end].line, inner=False)
        place = end


def _is_glue(part: Part) -> bool:
    return not part.text or (part.text == " " and not part.inner)


def _following(parts: Sequence[Part], place: int) -> str:
    """What is read next."""
    return next((read[:40] for part in parts[place : place + 50] if (read := _visible(part))), "")


def _visible(part: Part) -> str:
    """What is read of a part: nothing of a tag."""
    if not part.inner or not part.text.startswith("<"):
        return part.text
    return part.text[part.text.index(">") + 1 : part.text.rindex("<")] if part.text.count("<") > 1 else ""
