"""Markdown: CommonMark and what documentation adds to it; see ``docs/markdown.md``."""

from __future__ import annotations

import codecs
from collections.abc import Sequence
from itertools import chain

from l10n_flow.documents.format import Reading, Shape
from l10n_flow.documents.markdown import front_matter, writing
from l10n_flow.documents.markdown.inline import codes
from l10n_flow.documents.markdown.spans import found_in, read_body
from l10n_flow.documents.segmentation.blocks import assemble
from l10n_flow.documents.text import decode, newline_of, refuse_conflict
from l10n_flow.documents.verifying import difference
from l10n_flow.inline import InlineCode
from l10n_flow.model import BlockKind, Document

__all__ = ["MARKDOWN", "Markdown"]


class Markdown:
    """The format (``Format``); it keeps nothing."""

    suffixes = (".md", ".markdown")
    is_text = True

    def parse(self, data: bytes, reading: Reading) -> Document:
        """Read a Markdown file."""
        text, bom = decode(data, path=reading.path)
        matter = front_matter.read(text, reading.front_matter)
        body = read_body(text, matter.end)
        refuse_conflict(body.without_code(text) if body.code else text, path=reading.path)
        titled = any(kind is BlockKind.TITLE for _, kind in matter.values)
        found = chain(matter.values, found_in(body, text, titled=titled))
        made = assemble(text, found, unit=reading.unit, overrides=reading.overrides)
        events = (matter.shape, *body.events) if matter.shape else tuple(body.events)
        return Document(made.blocks, made.tail, newline_of(text), bom, made.notices, kept=made.kept, shape=events)

    def render(self, document: Document, targets: Sequence[str | None], *, locale: str) -> bytes:
        """Write a Markdown file, with the byte order mark if the source had one."""
        bom = codecs.BOM_UTF8 if document.bom else b""
        data = bom + writing.render(document, targets, locale=locale).encode()
        spare = sum(1 for target in targets if not target)
        if spare and difference(document.shape, self.shape(data).events, spare=spare) is not None:
            # A list, say, goes on where a paragraph between it and the next one is missing.
            data = bom + writing.render(document, targets, locale=locale, blank=writing.NOTHING).encode()
        return data

    def shape(self, data: bytes) -> Shape:
        """The blocks and how they lie in one another; paragraphs, cells, headings without their words."""
        text = data.removeprefix(codecs.BOM_UTF8).decode()
        matter = front_matter.read(text, ())
        body = read_body(text, matter.end, with_texts=False)
        if not matter.shape:
            return Shape(tuple(body.events), body.lines)
        return Shape((matter.shape, *body.events), [1, *body.lines])

    def inline(self, text: str) -> tuple[InlineCode, ...]:
        """Emphasis, links, images, code, notes, tags, shortcodes and the like."""
        return codes(text)

    def mark_draft(self, data: bytes, document: Document, notice: str) -> bytes:
        """A paragraph of its own at the top, below the front matter."""
        bom = codecs.BOM_UTF8 if document.bom else b""
        text = data.removeprefix(bom).decode()
        end = front_matter.read(text, ()).end
        line = document.newline
        head = text[:end] if not end or text[:end].endswith(("\n", "\r")) else text[:end] + line
        return bom + f"{head}{line if end else ''}{notice}{line * 2}{text[end:].lstrip(line)}".encode()


MARKDOWN = Markdown()
