"""The parts of a text of a page: the text read, the text in the file, and the blanks between words."""

from __future__ import annotations

import html
import re
from collections.abc import Iterator, Sequence

from l10n_flow.documents.html.starts import references
from l10n_flow.documents.segmentation.flow import BLANKS, Part, joint_of

_SPACES = re.compile(r"[\t\n\f\r ]+")
#: Characters whose reading differs from the file.
UNEVEN = re.compile(r"[\t\n\f\r&<]|  ")
#: Characters that never begin or end a text.
AROUND = BLANKS + "\r\n"
_TAG_AFTER = re.compile(r"[A-Za-z/]")
_WRITTEN = re.compile(r"<(?=[A-Za-z/])|&(?=(?:lt|amp);)")
#: The references of characters that would otherwise be read as markup.
NAMES = {"<": "&lt;", ">": "&gt;", "&": "&amp;", '"': "&quot;"}


class Lines:
    """The numbers of the lines of a file; places must ascend.

    Args:
        text: the decoded file.
        newline: the line end.
    """

    def __init__(self, text: str, newline: str) -> None:
        self.text = text
        self.sign = newline[-1]
        self.place, self.number = 0, 1

    def at(self, place: int) -> int:
        """Return the line number of a place."""
        if place < self.place:
            return self.number - self.text.count(self.sign, place, self.place)
        self.number += self.text.count(self.sign, self.place, place)
        self.place = place
        return self.number


def text_parts(
    text: str, start: int, end: int, lines: Lines | None, *, in_value: bool = False, raw: bool = False
) -> Iterator[Part]:
    """Yield the parts of a text: runs of blanks, character references, and text that is read unchanged.

    Args:
        text: the file.
        start: where the text begins.
        end: where it ends.
        lines: the lines of the file; None if line numbers do not matter.
        in_value: whether it is the value of an attribute.
        raw: whether the text has no references.
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
    """Whether a character would be read as markup before the following text."""
    if read == "<":
        return _TAG_AFTER.match(following) is not None
    return read == "&" and following.startswith(("lt;", "amp;"))


def _literal(text: str, line: int, *, raw: bool) -> Iterator[Part]:
    """Yield the parts of a text, with references for the characters that would be read as markup."""
    done = 0
    for found in () if raw else _WRITTEN.finditer(text):
        if done < found.start():
            yield Part(text[done : found.start()], text[done : found.start()], line)
        yield Part(NAMES[found[0]], found[0], line, inner=True)
        done = found.end()
    if done < len(text):
        yield Part(text[done:], text[done:], line)


def trimmed(parts: list[Part]) -> tuple[int, list[Part]] | None:
    """Return parts without the blanks around them and with joined blanks, and the length of the file before them."""
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
    """Yield the parts, with each run of blanks and invisible parts as one part that is read as a word separator."""
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
    """Return the text that is read next."""
    return next((read[:40] for part in parts[place : place + 50] if (read := _visible(part))), "")


def _visible(part: Part) -> str:
    """Return the text that is read of a part; a tag has none."""
    if not part.inner or not part.text.startswith("<"):
        return part.text
    return part.text[part.text.index(">") + 1 : part.text.rindex("<")] if part.text.count("<") > 1 else ""
