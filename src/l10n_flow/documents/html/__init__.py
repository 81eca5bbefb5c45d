"""HTML: the pages of a site and text pasted from editors; see ``docs/html.md``."""

from __future__ import annotations

import codecs
import re
from collections.abc import Sequence
from dataclasses import replace

from l10n_flow.documents.format import Reading, Shape
from l10n_flow.documents.html import declaring, writing
from l10n_flow.documents.html.inline import codes
from l10n_flow.documents.html.spans import LinesOf, Page, structure_of, texts_of
from l10n_flow.documents.segmentation.blocks import assemble
from l10n_flow.documents.text import decode, newline_of, refuse_conflict
from l10n_flow.inline import InlineCode
from l10n_flow.model import Block, BlockKind, Document

__all__ = ["HTML", "Html"]


class Html:
    """The format (``Format``, ``Declaring``); it has no state."""

    suffixes = (".html", ".htm", ".xhtml")
    is_text = True

    def parse(self, data: bytes, reading: Reading) -> Document:
        """Read an HTML file."""
        text, bom = decode(data, path=reading.path)
        refuse_conflict(text, path=reading.path)
        newline = newline_of(text)
        page = Page()
        found = texts_of(text, newline, page)
        if reading.overrides:  # they may concern the title
            pairs = list(found)
            found = ((each, BlockKind.TITLE if at == page.title else kind) for at, (each, kind) in enumerate(pairs))
        made = assemble(text, found, unit=reading.unit, overrides=reading.overrides)
        # The tags of a block with one unit are numbered from one already, unless the author has split it.
        blocks = [
            _renumbered(each) if len(each.units) > 1 or each.sentences or reading.overrides else each
            for each in made.blocks
        ]
        if page.title >= 0 and not reading.overrides:
            blocks[page.title] = replace(blocks[page.title], kind=BlockKind.TITLE)
        return Document(tuple(blocks), made.tail, newline, bom, made.notices, kept=made.kept, shape=tuple(page.events))

    def render(self, document: Document, targets: Sequence[str | None], *, locale: str) -> bytes:
        """Write an HTML file, with the byte order mark if the source had one."""
        bom = codecs.BOM_UTF8 if document.bom else b""
        return bom + writing.render(document, targets, locale=locale).encode()

    def shape(self, data: bytes) -> Shape:
        """Return the shape: the tags of the blocks and the texts between them, without the words."""
        text = data.removeprefix(codecs.BOM_UTF8).decode()
        newline = newline_of(text)
        page = structure_of(text, newline)
        return Shape(tuple(page.events), LinesOf(text, newline, page.places))

    def inline(self, text: str) -> tuple[InlineCode, ...]:
        """Return numbered tags, opaque elements, and character references."""
        return codes(text)

    def mark_draft(self, data: bytes, document: Document, notice: str) -> bytes:
        """Return the page with the notice as a paragraph at the top of the body."""
        bom = codecs.BOM_UTF8 if document.bom else b""
        text = data.removeprefix(bom).decode()
        return bom + declaring.with_notice(text, notice, document.newline).encode()

    def declare(self, data: bytes, *, locale: str, source: str, encoding: str) -> bytes:
        """Return the page with new ``lang`` and ``dir``, and a new encoding if the file names one."""
        bom = codecs.BOM_UTF8 if data.startswith(codecs.BOM_UTF8) else b""
        text = data.removeprefix(bom).decode()
        return bom + declaring.declared(text, locale, source, encoding).encode()


HTML = Html()
_NUMBERED = re.compile(r"(?<=<)(/?[a-z][a-z-]*)([0-9]+)(?=[ />])")


def _renumbered(block: Block) -> Block:
    """Return the block with the tags of each unit numbered from one, so that equal units have equal texts."""
    if not any("<" in unit.text for unit in block.units):
        return block
    texts = [_from_one(unit.text) for unit in block.units]
    if all(text == unit.text for text, unit in zip(texts, block.units, strict=True)) and not block.sentences:
        return block
    units = tuple(replace(unit, text=text) for text, unit in zip(texts, block.units, strict=True))
    return replace(block, units=units, sentences=tuple(map(_from_one, block.sentences)))


def _from_one(text: str) -> str:
    numbers: dict[str, int] = {}
    return _NUMBERED.sub(lambda found: f"{found[1]}{numbers.setdefault(found[2], len(numbers) + 1)}", text)
