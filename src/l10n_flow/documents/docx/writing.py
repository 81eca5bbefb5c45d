"""Writing a document with translations as parts of a Word file: unchanged slices, and runs for texts with codes."""

from __future__ import annotations

import re
from collections.abc import Mapping, Sequence
from functools import partial

from l10n_flow import graphemes
from l10n_flow.documents.docx import forms, inline, scanning
from l10n_flow.documents.docx.formats import accepted
from l10n_flow.documents.docx.forms import Code, Form
from l10n_flow.documents.joining import Piece, between_pieces, block_piece, on_one_line
from l10n_flow.documents.segmentation.flow import BLANKS
from l10n_flow.errors import SourceError
from l10n_flow.model import Block, Document, Unit

#: The separator of the parts of a file in a document; XML cannot contain it.
BORDER = "\0"
_BREAK = re.compile(r"<(?:\w+:)?(?:br|cr)\b[^<>]*/>")
_CLOSES = re.compile(r"</[^<>]*>\Z")
_PLAIN_TEXT_TAG = re.compile(r"<((?:\w+:)?t)>\Z")
_XML = str.maketrans({"&": "&amp;", "<": "&lt;", ">": "&gt;", "\t": " "})


def render(document: Document, targets: Sequence[str | None], *, locale: str) -> list[str]:
    """Return the parts of a document with translations in place of its units.

    Args:
        document: as parsed.
        targets: as in ``documents.render``.
        locale: the locale of the targets.

    Raises:
        SourceError: a translation contains a character that XML cannot contain.
    """
    parts: list[str] = []
    position = 0
    for block in document.blocks:
        texts = targets[position : position + len(block.units)]
        position += len(block.units)
        before, written = block.before, _block(block, texts, locale)
        first = written.partition("<")[0]
        is_same = all(unit.text == text for unit, text in zip(block.units, texts, strict=True))
        if not is_same and first != first.strip(" ") and (tag := _PLAIN_TEXT_TAG.search(before)):
            before = f'{before[: tag.start()]}<{tag[1]} xml:space="preserve">'
        parts += before, written
    parts.append(document.tail)
    return "".join(parts).split(BORDER)


def escaped(text: str) -> str:
    """Return a text with XML entities.

    Raises:
        SourceError: it contains a character that XML cannot contain.
    """
    if (found := scanning.UNWRITABLE.search(text)) is not None:
        start = graphemes.beginning(text, 40)
        message = f"the translation 「{start}」 holds U+{ord(found[0]):04X}, which no Word file can hold; remove it"
        raise SourceError(message)
    return text.translate(_XML)


def _block(block: Block, texts: Sequence[str | None], locale: str) -> str:
    """Return a block in the form of the file if every text contains its whole source; else as new runs."""
    pairs = list(zip(block.units, texts, strict=True))
    if all(target is not None and _is_around(unit, target) for unit, target in pairs):
        piece = block_piece(block, texts, locale, lambda unit, target, _: _around(unit, target, locale), lambda _: True)
        return piece.text if piece else ""
    form = forms.loads(block.form)
    raw = block.units[0].raw
    inside = not raw.startswith("<") or raw.startswith("</")
    runs = _Runs(form, _first_run(block, form), begins_inside=inside)
    _write(block, texts, locale, form, runs)
    return runs.finished(ends_inside=_CLOSES.search(block.units[-1].raw) is None)


def _first_run(block: Block, form: Form) -> str:
    """Return the properties of the run in which a block begins."""
    found = inline.CODE.match(block.units[0].text)
    name = form.units[0].get(found["pair"] or "", "") if found and form.units else ""
    return form.codes[name].run if name in form.codes else form.run


def _is_around(unit: Unit, target: str) -> bool:
    """Whether a target is its source with only words before and after it."""
    if target == unit.text:
        return True
    before, found, behind = target.partition(unit.text)
    if not found or before != before.strip() or behind != behind.strip() or inline.codes(before + behind):
        return False
    raw = unit.raw
    if before and (raw.startswith("<") or inline.CODE.match(unit.text)):
        return False
    return not behind or not (raw.endswith(">") and (_CLOSES.search(raw) or unit.text.endswith(">")))


def _around(unit: Unit, target: str, locale: str) -> Piece:
    if target == unit.text:
        return Piece(unit.raw, begins=True, ends=True)
    before, _, behind = target.partition(unit.text)
    written = (escaped(inline.said(on_one_line(part, locale))) if part else "" for part in (before, behind))
    return Piece(unit.raw.join(written), begins=True, ends=True)


def _write(block: Block, texts: Sequence[str | None], locale: str, form: Form, runs: _Runs) -> None:
    """Write the units of a block in order, with the text between them."""
    last: Piece | None = None
    gap: str | None = None  # the gap of the unit before; None when that unit was left out
    breaks: list[str] = []
    names: Mapping[str, str] = {}
    for number, (unit, text) in enumerate(zip(block.units, texts, strict=True)):
        target = on_one_line(text, locale) if text else ""
        target = target.strip(BLANKS) if last is None or breaks else target
        if target:
            piece = Piece(target)
            if breaks and last is not None:
                for each in breaks:
                    runs.put(Code(f"<{form.prefix}r>{form.run}{each}</{form.prefix}r>"))
            elif last is not None:
                blanks = _blanks(gap or "")
                runs.text(between_pieces(last, piece, blanks, locale, adjacent=gap is not None))
            names = form.units[number] if number < len(form.units) else {}
            inline.tokens(target, runs.text, partial(runs.code, names))
            runs.close_codes()
            last, gap, breaks = piece, unit.gap, []
        else:
            gap = None
        breaks += _BREAK.findall(accepted(unit.gap)) if "<" in unit.gap else ()


def _blanks(gap: str) -> str:
    """Return the blanks of a gap; the gap begins and ends inside the text of a run."""
    return gap.partition("<")[0] + gap.rpartition(">")[2] if "<" in gap else gap


class _Runs:
    """Writes runs.

    Args:
        form: the form of the block in its file.
        run: the properties of the run in which the block begins.
        begins_inside: whether that run and its text element are before the block, and still open.
    """

    def __init__(self, form: Form, run: str, *, begins_inside: bool) -> None:
        self.form = form
        self.parts: list[str] = []
        self.inside = begins_inside
        self.current = run
        self.opened: list[tuple[str, Code]] = []
        if form.before:
            self.close()
            self.parts.append(form.before)

    def text(self, text: str) -> None:
        if not text:
            return
        run = self.opened[-1][1].run if self.opened else self.form.run
        if not self.inside or self.current != run:
            self.close()
            self.parts.append(f'<{self.form.prefix}r>{run}<{self.form.prefix}t xml:space="preserve">')
            self.inside, self.current = True, run
        self.parts.append(escaped(text))

    def code(self, names: Mapping[str, str], name: str, closes: bool) -> None:  # noqa: FBT001
        """Write a code of a unit; a code that its source does not have is left out."""
        code = self.form.codes.get(names.get(name, ""))
        if code is None:
            return
        if closes:
            if any(each == name for each, _ in self.opened):
                while self.close_code() != name:
                    pass
        elif name.rstrip("0123456789") in inline.PAIRS:
            self.put(Code(code.opening))
            self.opened.append((name, code))
        else:
            self.put(code)

    def put(self, code: Code) -> None:
        """Write the markup of a code between runs."""
        if code.opening:
            self.close()
            self.parts.append(code.opening)

    def close_code(self) -> str:
        name, code = self.opened.pop()
        self.put(Code(code.closing))
        return name

    def close_codes(self) -> None:
        while self.opened:
            self.close_code()

    def close(self) -> None:
        """End the run that is open."""
        if self.inside:
            self.parts.append(f"</{self.form.prefix}t></{self.form.prefix}r>")
            self.inside = False

    def finished(self, *, ends_inside: bool) -> str:
        """Return the written markup; the next part of the file decides whether the last run is closed."""
        if self.form.behind or not ends_inside:
            self.close()
        self.parts.append(self.form.behind)
        if ends_inside and not self.inside:
            self.parts.append(f'<{self.form.prefix}r>{self.form.run}<{self.form.prefix}t xml:space="preserve">')
        return "".join(self.parts)
