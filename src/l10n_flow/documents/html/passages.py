"""The passages of a page: its texts as a translator sees them, and where each part of one stands in the file."""

from __future__ import annotations

import html
import re
from collections.abc import Iterator, Sequence

from l10n_flow.documents.html.inline import codes
from l10n_flow.documents.html.pieces import Piece, PieceKind, Value, references
from l10n_flow.documents.segmentation.flow import BLANKS, Part, Passage, joint_of, laid
from l10n_flow.inline import plain_text

_SPACES = re.compile(r"[\t\n\f\r ]+")
_UNEVEN = re.compile(r"[\t\n\f\r&<]|  ")
_AROUND = BLANKS + "\r\n"
_TAG_AFTER = re.compile(r"[A-Za-z/]")
_WRITTEN = re.compile(r"<(?=[A-Za-z/])|&(?=(?:lt|amp);)")
_IN_VALUE = re.compile(r'[<>"]|&(?=(?:lt|gt|amp|quot);)')
_NAMES = {"<": "&lt;", ">": "&gt;", "&": "&amp;", '"': "&quot;"}


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


def is_blank(text: str, piece: Piece) -> bool:
    """Whether nothing is seen of a piece of text."""
    return not text[piece.start : piece.end].strip(_AROUND)


def bare(text: str, pieces: Sequence[Piece]) -> tuple[int, int, list[str]]:
    """Which pieces are a text without what stands around it, and the names of the pairs around all of it.

    Pairs around everything are left out, and at the edges what holds no text: blanks, line breaks, images, lone tags.

    Returns:
        The number of the first, that behind the last, and the names.
    """
    low, high = 0, len(pieces)
    names: list[str] = []
    words = [0]
    for piece in pieces:
        has_words = piece.kind is PieceKind.WHOLE or (piece.kind is PieceKind.TEXT and not is_blank(text, piece))
        words.append(words[-1] + has_words)
    while low < high:
        first, last = pieces[low], pieces[high - 1]
        if first.kind in {PieceKind.OPENING, PieceKind.CLOSING} and first.partner >= 0:
            if first.partner == high - 1:
                names.append(first.name)
                low, high = low + 1, high - 1
                continue
            if words[first.partner] == words[low]:
                low = first.partner + 1
                continue
        elif words[low + 1] == words[low]:
            low += 1
            continue
        if last.kind is PieceKind.CLOSING and last.partner >= 0:
            if words[last.partner] == words[high]:
                high = last.partner
                continue
        elif words[high] == words[high - 1]:
            high -= 1
            continue
        break
    return low, high, names


def passage_of(text: str, pieces: Sequence[Piece], lines: Lines, *, is_cell: bool = False) -> Passage | None:
    """Pieces as a passage; None without a word, in a cell of a table without a letter."""
    found = _of_one(text, pieces[0], lines) if len(pieces) == 1 else None
    if found is None:
        parts = _trimmed(list(_parts(text, pieces, lines)))
        if not parts:
            return None
        found = laid(parts[1], pieces[0].start + parts[0])
    marked = codes(found.text)
    read = plain_text(found.text, marked, "") if marked else found.text
    if not any(map(str.isalpha if is_cell else str.isalnum, read)):
        return None
    return found._replace(codes=marked) if marked else found


def _of_one(text: str, piece: Piece, lines: Lines) -> Passage | None:
    """A piece of text that is read as it stands as a passage, as nearly all are; None where it is not."""
    if piece.kind is not PieceKind.TEXT:
        return None
    written = text[piece.start : piece.end]
    core = written.strip(_AROUND)
    if not core or _UNEVEN.search(core):
        return None
    start = piece.start + len(written) - len(written.lstrip(_AROUND))
    return Passage(core, (lines.at(start),), start, start + len(core))


def value_passage(text: str, value: Value, lines: Lines) -> Passage:
    """The value of an attribute as a passage."""
    place = (value.start, value.end)
    parts = _trimmed([*_text_parts(text, *place, lines, in_value=True)])
    assert parts is not None  # it holds a letter
    lead, row = parts
    return laid(row, value.start + lead)._replace(form=f"value\t{value.quote}", whole=True)


def value_text(text: str, value: Value) -> str:
    """The value of an attribute as it stands in a numbered tag."""
    read = "".join(part.text for part in _text_parts(text, value.start, value.end, None, in_value=True, raw=True))
    return _IN_VALUE.sub(lambda found: _NAMES[found[0]], read.strip(_AROUND))


def numbered(pieces: Sequence[Piece]) -> list[str]:
    """The name and number of each piece that is a tag, "" for the others: numbered as they begin."""
    labels: list[str] = []
    number = 0
    for piece in pieces:
        if piece.kind in {PieceKind.TEXT, PieceKind.UNSEEN}:
            labels.append("")
        elif piece.kind is PieceKind.CLOSING and piece.partner >= 0:
            labels.append(labels[piece.partner])
        else:
            number += 1
            labels.append(f"{piece.name}{number}")
    return labels


def relative(pieces: Sequence[Piece], low: int, high: int) -> list[Piece]:
    """Some of the pieces of a text, their partners counted from the first of them."""
    chosen = list(pieces[low:high])
    if low:
        for each in chosen:
            if each.partner >= 0:
                each.partner -= low
    return chosen


# Parts -----------------------------------------------------------------------------------------------------------


def _parts(text: str, pieces: Sequence[Piece], lines: Lines) -> Iterator[Part]:
    """The parts of a passage, blanks not joined yet: those stand in parts of their own whose text is a blank."""
    labels = numbered(pieces)
    for piece, label in zip(pieces, labels, strict=True):
        if piece.kind is PieceKind.TEXT:
            written = text[piece.start : piece.end]
            if _UNEVEN.search(written) is None:  # as most
                yield Part(written, written, lines.at(piece.start))
            else:
                yield from _text_parts(text, piece.start, piece.end, lines)
            continue
        raw = text[piece.start : piece.end]
        yield Part(_tag(text, piece, label), raw, lines.at(piece.start), inner=True)


def _tag(text: str, piece: Piece, label: str) -> str:
    match piece.kind:
        case PieceKind.UNSEEN:
            return ""
        case PieceKind.CLOSING if piece.partner >= 0:
            return f"</{label}>"
        case PieceKind.WHOLE:
            return f"<{label}>{held(text, piece)}</{label}>"
    values = "".join(f' {value.name}="{value_text(text, value)}"' for value in piece.values)
    is_pair = piece.kind is PieceKind.OPENING and piece.partner >= 0
    return f"<{label}{values}{'' if is_pair else '/'}>"


def held(text: str, piece: Piece) -> str:
    """What is shown of an element that is kept whole: its words on one line."""
    inside = re.sub(r"<[^>]*>", "", text[slice(*piece.held)])
    read = "".join(read for read, _ in references(inside))
    return " ".join(read.split()).replace("&", "&amp;").replace("<", "&lt;")


def _text_parts(
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
    if _UNEVEN.search(written) is None:
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
            shown = read if raw or not _may_be_written(read, following) else _NAMES[read]
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
        yield Part(_NAMES[found[0]], found[0], line, inner=True)
        done = found.end()
    if done < len(text):
        yield Part(text[done:], text[done:], line)


def _trimmed(parts: list[Part]) -> tuple[int, list[Part]] | None:
    """Parts without the blanks around them, blanks between them joined, and how much of the file is before them."""
    low, high, lead = 0, len(parts), 0
    while low < high and not parts[low].text.strip(_AROUND):
        lead += len(parts[low].raw)
        low += 1
    while low < high and not parts[high - 1].text.strip(_AROUND):
        high -= 1
    if low == high:
        return None
    chosen = parts[low:high]
    first = chosen[0]
    if first.text == first.raw and (blanks := len(first.text) - len(first.text.lstrip(_AROUND))):
        lead += blanks
        chosen[0] = first._replace(text=first.text[blanks:], raw=first.raw[blanks:])
    last = chosen[-1]
    if last.text == last.raw:
        kept = last.text.rstrip(_AROUND)
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
