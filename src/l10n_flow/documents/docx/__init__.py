"""Word files (.docx): paragraphs with their runs; see ``docs/docx.md``."""

from __future__ import annotations

import re
from collections.abc import Iterator, Sequence
from dataclasses import replace

from l10n_flow.documents.docx import boxes, forms, inline, language, packages, properties, writing
from l10n_flow.documents.docx.finding import Found
from l10n_flow.documents.format import Reading, Shape
from l10n_flow.documents.segmentation.blocks import assemble
from l10n_flow.inline import InlineCode
from l10n_flow.model import Block, Document, Kept

__all__ = ["DOCX", "Docx"]

_TEXT = re.compile(r"(?P<tag><[^<>]*>)|[^<]+")
_TEXT_TAG = re.compile(r"<(?:\w+:)?t(?:\s[^<>]*)?(?<!/)>\Z")


class Docx:
    """The format (``Format``); it has no state."""

    suffixes = (".docx",)
    is_text = False

    def parse(self, data: bytes, reading: Reading) -> Document:
        """Read a Word file."""
        package = packages.read(data, path=reading.path)
        found = Found(package, reading.path)
        found.refuse_conflict()
        made = assemble(found.text, found.taken(), unit=reading.unit, overrides=reading.overrides)
        skeleton = [*(block.before for block in made.blocks), made.tail]
        return Document(
            tuple(_renumbered(block) for block in made.blocks),
            made.tail,
            notices=tuple(sorted((*found.notices(), *made.notices), key=lambda notice: notice.line)),
            kept=tuple(_texts_of(made.kept, skeleton)),
            shape=tuple(found.events),
            original=data,
        )

    def render(self, document: Document, targets: Sequence[str | None], *, locale: str) -> bytes:
        """Write a Word file: the changed parts, and everything else unchanged."""
        package = packages.read(document.original, path="-")
        contents = [content.encode() for content in writing.render(document, targets, locale=locale)]
        for number, part in enumerate(package.parts):
            if part.kind == "core" and contents[number] == package.contents[part.name]:
                contents[number] = properties.following(contents[number], document, targets, path=part.name)
        changed = {
            part.name: boxes.mirrored(content, path=part.name)
            for part, content in zip(package.parts, contents, strict=True)
            if content != package.contents[part.name]
        }
        return packages.write(package, changed)

    def shape(self, data: bytes) -> Shape:
        """Return the shape: the paragraphs, tables, sections and text boxes of all parts."""
        found = Found(packages.read(data, path="-"), "-", with_texts=False)
        return Shape(tuple(found.events), found.numbers)

    def inline(self, text: str) -> tuple[InlineCode, ...]:
        """Return runs with another format, links, tabs, line breaks, notes, pictures, fields."""
        return inline.codes(text)

    def mark_draft(self, data: bytes, document: Document, notice: str) -> bytes:  # noqa: ARG002 - the protocol's
        """Return the file with the notice as a paragraph at the top of the text."""
        package = packages.read(data, path="-")
        main = package.parts[0].name
        content = package.contents[main].decode()
        body = re.search(r"<(\w+:)?body(?:\s[^<>]*)?>", content)
        if body is None:
            return data
        w = body[1] or ""
        mark = f"<{w}p><{w}r><{w}t>{writing.escaped(notice)}</{w}t></{w}r></{w}p>"
        return packages.write(package, {main: f"{content[: body.end()]}{mark}{content[body.end() :]}".encode()})

    def declare(self, data: bytes, *, locale: str, source: str, encoding: str) -> bytes:  # noqa: ARG002 - the protocol's
        """Return the file with the languages and East Asian fonts of the locale."""
        package = packages.read(data, path="-")
        others = package.others
        latin = language.latin_language(package.contents[others["styles"]]) if "styles" in others else ""
        names = [part.name for part in package.parts if part.kind != "core"]
        changed = {
            name: language.relabelled(package.contents[name], locale, has_defaults=name in others.values(), latin=latin)
            for name in (*names, *others.values())
        }
        return packages.write(package, changed)


DOCX = Docx()


def _renumbered(block: Block) -> Block:
    """Return a block in which the codes of each unit are numbered from 1; its form contains their old names."""
    if not block.form:
        return block
    names: list[dict[str, str]] = []
    units = []
    for unit in block.units:
        text, known = inline.renumbered(unit.text)
        names.append(known)
        units.append(replace(unit, text=text))
    sentences = tuple(inline.renumbered(sentence)[0] for sentence in block.sentences)
    form = forms.dumps(forms.loads(block.form)._replace(units=tuple(names)))
    return replace(block, units=tuple(units), sentences=sentences, form=form)


def _texts_of(kept: Sequence[Kept], skeleton: Sequence[str]) -> Iterator[Kept]:
    """Yield the kept spans of the skeleton without XML: for each span the texts of its runs."""
    for place in kept:
        text = skeleton[place.block][place.start : place.end]
        is_text = not text.startswith("<")
        for found in _TEXT.finditer(text):
            if found["tag"]:
                is_text = _TEXT_TAG.match(found["tag"]) is not None
            elif is_text:
                yield Kept(place.block, place.start + found.start(), place.start + found.end())
