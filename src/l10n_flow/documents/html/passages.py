"""The passages of a page: its texts for a translator, and the place of each part in the file."""

from __future__ import annotations

import re
from collections.abc import Iterator, Sequence

from l10n_flow.documents.html.inline import codes
from l10n_flow.documents.html.parts import AROUND, NAMES, UNEVEN, Lines, text_parts, trimmed
from l10n_flow.documents.html.pieces import Piece, PieceKind
from l10n_flow.documents.html.starts import Value, references
from l10n_flow.documents.segmentation.flow import Part, Passage, laid
from l10n_flow.inline import plain_text

_IN_VALUE = re.compile(r'[<>"]|&(?=(?:lt|gt|amp|quot);)')


def is_blank(text: str, piece: Piece) -> bool:
    """Whether a piece of text is invisible."""
    return not text[piece.start : piece.end].strip(AROUND)


def bare(text: str, pieces: Sequence[Piece]) -> tuple[int, int, list[str]]:
    """Return the pieces that are a text without its surroundings, and the names of the pairs around all of it.

    Pairs around everything are left out, and at the edges pieces without text: blanks, line breaks, images, tags
    without a partner.

    Returns:
        The index of the first piece, the index after the last, and the names.
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
    """Return pieces as a passage; None without a word, or in a cell of a table without a letter."""
    found = _of_one(text, pieces[0], lines) if len(pieces) == 1 else None
    if found is None:
        parts = trimmed(list(_parts(text, pieces, lines)))
        if not parts:
            return None
        found = laid(parts[1], pieces[0].start + parts[0])
    marked = codes(found.text)
    read = plain_text(found.text, marked, "") if marked else found.text
    if not any(map(str.isalpha if is_cell else str.isalnum, read)):
        return None
    return found._replace(codes=marked) if marked else found


def _of_one(text: str, piece: Piece, lines: Lines) -> Passage | None:
    """Return a piece of text without references as a passage, the most frequent case; None if it is another case."""
    if piece.kind is not PieceKind.TEXT:
        return None
    written = text[piece.start : piece.end]
    core = written.strip(AROUND)
    if not core or UNEVEN.search(core):
        return None
    start = piece.start + len(written) - len(written.lstrip(AROUND))
    return Passage(core, (lines.at(start),), start, start + len(core))


def value_passage(text: str, value: Value, lines: Lines) -> Passage:
    """Return the value of an attribute as a passage."""
    place = (value.start, value.end)
    parts = trimmed([*text_parts(text, *place, lines, in_value=True)])
    assert parts is not None  # it contains a letter
    lead, row = parts
    return laid(row, value.start + lead)._replace(form=f"value\t{value.quote}", whole=True)


def value_text(text: str, value: Value) -> str:
    """Return the value of an attribute in the form that it has in a numbered tag."""
    read = "".join(part.text for part in text_parts(text, value.start, value.end, None, in_value=True, raw=True))
    return _IN_VALUE.sub(lambda found: NAMES[found[0]], read.strip(AROUND))


def numbered(pieces: Sequence[Piece]) -> list[str]:
    """Return the name and number of each piece that is a tag, "" for the others; numbers follow their beginnings."""
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
    """Return some of the pieces of a text, with the indices of partners counted from the first of them."""
    chosen = list(pieces[low:high])
    if low:
        for each in chosen:
            if each.partner >= 0:
                each.partner -= low
    return chosen


# Parts -----------------------------------------------------------------------------------------------------------


def _parts(text: str, pieces: Sequence[Piece], lines: Lines) -> Iterator[Part]:
    """Yield the parts of a passage, blanks not joined yet: these are parts of their own whose text is a blank."""
    labels = numbered(pieces)
    for piece, label in zip(pieces, labels, strict=True):
        if piece.kind is PieceKind.TEXT:
            written = text[piece.start : piece.end]
            if UNEVEN.search(written) is None:  # the most frequent case
                yield Part(written, written, lines.at(piece.start))
            else:
                yield from text_parts(text, piece.start, piece.end, lines)
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
    """Return the visible text of an opaque element on one line."""
    inside = re.sub(r"<[^>]*>", "", text[slice(*piece.held)])
    read = "".join(read for read, _ in references(inside))
    return " ".join(read.split()).replace("&", "&amp;").replace("<", "&lt;")
