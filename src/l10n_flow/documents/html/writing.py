"""Writing translations into an HTML file: numbered tags are replaced by those of the source, all else is text."""

from __future__ import annotations

import re
from collections.abc import Callable, Sequence
from functools import lru_cache, partial

from l10n_flow.documents.html.inline import Tag, tags, unescaped
from l10n_flow.documents.html.passages import numbered, value_text
from l10n_flow.documents.html.pieces import Piece, PieceKind, pieces_of
from l10n_flow.documents.html.starts import Value
from l10n_flow.documents.html.tokens import tokens
from l10n_flow.documents.joining import Piece as Written
from l10n_flow.documents.joining import block_piece, unit_piece
from l10n_flow.inline import CodeRole
from l10n_flow.model import Block, Document, Unit

_BREAK = re.compile(r"<br", re.IGNORECASE)
_UNSAFE = re.compile(r"[\t\n\f\r \"'=<>`]")
#: The forms of the standard's serialisation.
_IN_TEXT = str.maketrans({"&": "&amp;", "<": "&lt;", ">": "&gt;", "\xa0": "&nbsp;"})
_IN_VALUE = {
    '"': str.maketrans({"&": "&amp;", '"': "&quot;", "\xa0": "&nbsp;"}),
    "'": str.maketrans({"&": "&amp;", "'": "&#39;", "\xa0": "&nbsp;"}),
    "": str.maketrans({"&": "&amp;", '"': "&quot;", "\xa0": "&nbsp;"}),
}


def render(document: Document, targets: Sequence[str | None], *, locale: str) -> str:
    """Write a document with translations in place of its units; the arguments are those of ``documents.render``."""
    parts: list[str] = []
    position = 0
    for block in document.blocks:
        texts = targets[position : position + len(block.units)]
        position += len(block.units)
        piece = block_piece(block, texts, locale, partial(_unit, block, locale), _is_kept)
        text = piece.text if piece else ""
        if block.form == "value\t" and (not text or _UNSAFE.search(text)):
            text = '"{}"'.format(text.replace('"', "&quot;"))
        parts += block.before, text
    return "".join([*parts, document.tail])


def _is_kept(gap: str) -> bool:
    return _BREAK.search(gap) is not None


def _unit(block: Block, locale: str, unit: Unit, target: str, begins_line: bool) -> Written:  # noqa: ARG001, FBT001
    if target == unit.text:
        return Written(unit.raw, begins=True, ends=True)
    form, _, quote = block.form.partition("\t")
    write: Callable[[str], str] = partial(in_value, quote=quote) if form == "value" else partial(in_text, raw=unit.raw)
    return unit_piece(unit, target, locale, write)


def in_value(text: str, quote: str) -> str:
    """Return a text in the form of an attribute's value."""
    return unescaped(text).translate(_IN_VALUE[quote])


def in_text(text: str, raw: str) -> str:
    """Return a text in the form of a text between tags.

    Args:
        text: the text with numbered tags; one that the source does not have, or that has no partner, is text.
        raw: the source of the unit in the file.
    """
    if "<" not in text:
        return unescaped(text).translate(_IN_TEXT)
    there = _sources(raw) if "<" in raw else {}
    parts: list[str] = []
    done = 0
    for tag in tags(text):
        if not tag.label:
            continue
        written = _written(text, tag, there.get(tag.label), raw)
        if written is not None:
            parts += unescaped(text[done : tag.start]).translate(_IN_TEXT), written
            done = tag.end
    return "".join([*parts, unescaped(text[done:]).translate(_IN_TEXT)])


@lru_cache(500)
def _sources(raw: str) -> dict[str, tuple[Piece, Piece | None]]:
    """Return the tags of a unit by name and number, with their end tags."""
    pieces = pieces_of(raw, tokens(raw))
    found: dict[str, tuple[Piece, Piece | None]] = {}
    for piece, label in zip(pieces, numbered(pieces), strict=True):
        if label and not (piece.kind is PieceKind.CLOSING and piece.partner >= 0):
            found[label] = (piece, pieces[piece.partner] if piece.partner >= 0 else None)
    return found


def _written(text: str, tag: Tag, there: tuple[Piece, Piece | None] | None, raw: str) -> str | None:
    """Return the tag of the source; None if the source does not have this tag."""
    if there is None or tag.role is None:
        return None
    piece, other = there
    if (tag.role is CodeRole.STANDALONE) != (other is None):
        return None
    if tag.role is CodeRole.CLOSING:
        assert other is not None
        return raw[other.start : other.end]
    if not piece.values:
        return raw[piece.start : piece.end]
    said = {name: text[low:high] for name, low, high in tag.values}
    parts: list[str] = []
    done = piece.start
    for value in piece.values:
        if value.name in said and said[value.name] != value_text(raw, value):
            parts += raw[done : value.start], _new_value(said[value.name], value)
            done = value.end
    return "".join([*parts, raw[done : piece.end]])


def _new_value(said: str, value: Value) -> str:
    text = unescaped(said, "lt gt amp quot").translate(_IN_VALUE[value.quote])
    if not value.quote and (not text or _UNSAFE.search(text)):
        return f'"{text}"'
    return text
