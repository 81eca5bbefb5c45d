"""The items of a paragraph as passages: runs formatted alike are one text, all else in them is inline codes.

What stands at the edge of a paragraph and is no text stays outside, and so does a pair around all of it. A passage
begins inside the element of its first text, or where a pair begins.
"""

from __future__ import annotations

import re
from collections import Counter
from collections.abc import Iterator, Sequence
from dataclasses import replace

from l10n_flow.documents.docx import forms, inline
from l10n_flow.documents.docx.formats import Runs, accepted, weighed
from l10n_flow.documents.docx.forms import Code, Form
from l10n_flow.documents.docx.items import Is, Item
from l10n_flow.documents.segmentation.flow import BLANKS, Part, Passage, laid

_AROUND = BLANKS + "\r\n"
_SPECIAL = re.compile(r"&[^;]*;|[\r\n\t]+")
_ENTITIES = {"&amp;": "&", "&lt;": "<", "&gt;": ">", "&quot;": '"', "&apos;": "'"}


def passages(items: Sequence[Item], data: bytes, number: int, prefix: str, runs: Runs) -> Iterator[tuple[Passage, int]]:
    """The passages of a paragraph, with where each begins in the bytes of the part.

    Args:
        items: the paragraph's, in order.
        data: the part.
        number: the paragraph's.
        prefix: how the names of Word's elements begin.
        runs: of the part.
    """
    for piece in _pieces(items):
        trimmed = _trimmed(list(_with_one_break(piece)), data)
        if len(trimmed) == 1:  # most paragraphs
            raw = data[trimmed[0].start : trimmed[0].end].decode()
            if "<" not in raw:
                passage = laid(list(text_parts(raw, number)), 0)
                if "&" in passage.text or "<" in passage.text:
                    passage = replace(passage, codes=inline.codes(passage.text))
                yield _without_blanks(passage, raw, trimmed[0].start)
        elif any(item.what is Is.TEXT for item in trimmed):
            yield from _Maker(trimmed, data, number, prefix, runs).made()


def _pieces(items: Sequence[Item]) -> Iterator[Sequence[Item]]:
    """The items between text boxes; a pair with a text box in it is none."""
    if not any(item.what is Is.BARRIER for item in items):
        yield items
        return
    opened: list[int] = []
    broken: set[int] = set()
    for item in items:
        if item.what is Is.OPEN:
            opened.append(item.pair)
        elif item.what is Is.CLOSE:
            opened.remove(item.pair)
        elif item.what is Is.BARRIER:
            broken.update(opened)
    piece: list[Item] = []
    for item in items:
        if item.what is Is.BARRIER or (item.pair and item.pair in broken):
            yield piece
            piece = []
        else:
            piece.append(item)
    yield piece


def _with_one_break(piece: Sequence[Item]) -> Iterator[Item]:
    """The items with line breaks in a row as one."""
    last: Item | None = None
    for item in piece:
        if last is not None and last.name == item.name == "br":
            last = last._replace(end=item.end)
            continue
        if last is not None:
            yield last
        last = item
    if last is not None:
        yield last


def _trimmed(piece: Sequence[Item], data: bytes) -> Sequence[Item]:
    """Without what is no text at the edges, and without pairs around all of it."""
    low, high = 0, len(piece)
    while True:
        before = low, high
        while low < high and _is_no_text(piece[low], data):
            low += 1
        while low < high and _is_no_text(piece[high - 1], data):
            high -= 1
        if high - low > 1 and piece[low].what is Is.OPEN and piece[low].pair == piece[high - 1].pair:
            low, high = low + 1, high - 1
        if (low, high) == before:
            return piece[low:high]


def _is_no_text(item: Item, data: bytes) -> bool:
    if item.what is Is.TEXT:
        return not data[item.start : item.end].decode().strip(_AROUND)
    return item.what not in {Is.OPEN, Is.CLOSE}


class _Maker:
    """Makes a passage of items."""

    def __init__(self, items: Sequence[Item], data: bytes, number: int, prefix: str, runs: Runs) -> None:
        self.items, self.data, self.number, self.prefix = items, data, number, prefix
        self.closings = {item.pair: item for item in items if item.what is Is.CLOSE}
        self.opaque = False  # whether text with a "<" in it is a code, because it would look like another one
        self.weights = weighed(items, data, runs)

    def made(self) -> Iterator[tuple[Passage, int]]:
        passage, tokens = self.laid()
        if "<" in passage.text or "&" in passage.text:
            passage = replace(passage, codes=inline.codes(passage.text))
            if sum(1 for code in passage.codes if code.text != "<") != tokens:
                self.opaque = True
                passage, _ = self.laid()
                passage = replace(passage, codes=inline.codes(passage.text))
        if passage.text.strip(_AROUND):
            yield _without_blanks(passage, self.decoded, self.begin)

    # Parts -------------------------------------------------------------------------------------------------------

    def laid(self) -> tuple[Passage, int]:
        """The passage, and how many codes it has."""
        self.parts: list[Part] = []
        self.codes: dict[str, Code] = {}
        self.numbers: dict[tuple[str, Code], str] = {}
        self.counts: Counter[str] = Counter()
        self.count = 0
        self.before: list[str] = []
        self.behind: list[str] = []
        self.level = [0]
        self.shown: dict[int, str] = {}
        self.opened: tuple[str, bytes] | None = None  # the code of a run that is open, and how it is formatted
        self.place = self.begin = self.items[0].start
        for index, item in enumerate(self.items):
            self.take(index, item)
        self.close_run()
        self.fold()
        passage = laid(self.parts, 0)
        self.decoded = "".join(part.raw for part in self.parts)
        if self.numbers or self.before or self.behind or any(item.pair for item in self.items):
            run = self.weights.run(self.weights.bases[0])
            form = Form(self.prefix, run, "".join(self.before), "".join(self.behind), self.codes)
            passage = replace(passage, form=forms.dumps(form))
        return passage, self.count

    def take(self, index: int, item: Item) -> None:
        match item.what:
            case Is.TEXT:
                self.settle(self.weights.keys[index])
                self.skip_to(item.start)
                self.text(item)
            case Is.CHARACTER:
                self.settle(self.weights.keys[index])
                self.add(item.name, item.end, is_code=False)
            case Is.CODE:
                if self.opened is not None and self.weights.following[index] != self.opened[1]:
                    self.close_run()
                self.code(item)
            case Is.OPEN:
                self.close_run()
                self.open(item)
            case Is.CLOSE:
                self.close_run()
                if item.name:
                    self.level.pop()
                self.add(f"</{self.shown[item.pair]}>" if item.name else "", item.end)
            case Is.BEFORE:
                self.before.append(self.written(item))
            case Is.BEHIND:
                self.behind.append(self.written(item))

    def text(self, item: Item) -> None:
        raw = self.data[item.start : item.end].decode()
        if "<" in raw or (self.opaque and "&lt;" in raw):
            written = f"<{self.prefix}t>{raw}</{self.prefix}t>"
            properties = accepted((item.run or b"").decode())
            code = Code(f"<{self.prefix}r>{properties}{written}</{self.prefix}r>")
            self.parts.append(Part(f"<{self.named('x', code)}/>", raw, self.number, inner=True))
            self.count += 1
        else:
            self.parts += text_parts(raw, self.number)
        self.place = item.end

    def settle(self, key: bytes) -> None:
        """Before a text: the code of its run, if it is formatted in another way than what is around it."""
        if self.opened is not None and self.opened[1] == key:
            return
        self.close_run()
        if key != self.weights.bases[self.level[-1]]:
            name = self.named("r", Code("", "", self.weights.run(key)))
            self.opened = name, key
            self.mark(f"<{name}>")

    def close_run(self) -> None:
        if self.opened is not None:
            self.mark(f"</{self.opened[0]}>")
            self.opened = None

    def code(self, item: Item) -> None:
        code = Code(self.written(item))
        self.add(f"<{self.named(item.name, code)}/>", item.end)

    def open(self, item: Item) -> None:
        if not item.name:
            self.add("", item.end)
            return
        opening, closing = (
            accepted(self.data[each.start : each.end].decode()) for each in (item, self.closings[item.pair])
        )
        self.level.append(item.pair)
        self.shown[item.pair] = name = self.named(
            item.name, Code(opening, closing, self.weights.run(self.weights.bases[item.pair]))
        )
        self.add(f"<{name}>", item.end)

    def named(self, letters: str, code: Code) -> str:
        """The name of a code in the block; the same code has the same name."""
        known = self.numbers.get((letters, code))
        if known is None:
            self.counts[letters] += 1
            known = f"{letters}{self.counts[letters]}"
            self.numbers[letters, code] = known
            self.codes[known] = code
        return known

    def written(self, item: Item) -> str:
        """An item that stands for itself, as it can stand between runs."""
        found = accepted(self.data[item.start : item.end].decode())
        if item.run is None:
            return found
        return f"<{self.prefix}r>{accepted(item.run.decode())}{found}</{self.prefix}r>"

    def mark(self, text: str) -> None:
        """A code that is nothing in the file: how a run is formatted is said by what stands between texts."""
        self.parts.append(Part(text, "", self.number, inner=True))
        self.count += 1

    def add(self, text: str, end: int, *, is_code: bool = True) -> None:
        """A piece of the file up to a place, and what is read there."""
        raw = self.data[self.place : end].decode()
        self.parts.append(Part(text, raw, self.number, inner=bool(text) or not self.has_text()))
        self.count += is_code and bool(text)
        self.place = end

    def skip_to(self, start: int) -> None:
        """What stands between the last item and a text: it is between two units where one ends there."""
        if start > self.place:
            raw = self.data[self.place : start].decode()
            self.parts.append(Part("", raw, self.number, inner=not self.has_text()))
            self.place = start

    def has_text(self) -> bool:
        return any(part.text for part in self.parts[-40:])

    def fold(self) -> None:
        """What is read as nothing or as blanks at an edge where a pair stands becomes part of what is beside it.

        Were it left outside, the pair would be cut.
        """
        if self.items[0].what is Is.OPEN:
            for index, part in enumerate(self.parts):
                text = part.text.lstrip(BLANKS)
                if text and text != part.text:
                    blanks = part.text[: -len(text)]
                    self.parts[index : index + 1] = [
                        Part("", blanks, self.number, inner=True),
                        part._replace(text=text, raw=text),
                    ]
                elif not text:
                    self.parts[index] = part._replace(text="", inner=True)
                if text:
                    break
        behind = ""
        while self.items[-1].what is Is.CLOSE and len(self.parts) > 1:
            part = self.parts.pop()
            text = part.text.rstrip(BLANKS)
            if not text or text.startswith("<br"):  # nothing follows that line break
                self.count -= bool(text)
                behind = part.raw + behind
                continue
            if part.text != part.raw:
                self.parts.append(part._replace(raw=part.raw + behind))
                break
            head, last = text[:-1], text[-1]
            self.parts += (Part(head, head, self.number),) if head else ()
            raw = f"{last}{part.raw[len(text) :]}{behind}"
            self.parts.append(
                Part(last, raw, self.number, inner=True) if raw != last else Part(last, last, self.number)
            )
            break


def text_parts(raw: str, number: int) -> Iterator[Part]:
    """A text of the file as parts: entities, blanks of another kind, and what would look like a code."""
    if "&" not in raw and "\n" not in raw and "\t" not in raw and "\r" not in raw:
        yield Part(raw, raw, number)
        return
    pieces: list[tuple[str, str]] = []
    done = 0
    for found in _SPECIAL.finditer(raw):
        if found.start() > done:
            pieces.append((raw[done : found.start()], raw[done : found.start()]))
        pieces.append((_read(found[0]), found[0]))
        done = found.end()
    if done < len(raw):
        pieces.append((raw[done:], raw[done:]))
    text = "".join(read for read, _ in pieces)
    escaped = {start: shown for start, _, shown in inline.literals(text)}
    at = 0
    for read, written in pieces:
        if read == written:
            yield Part(read, written, number)
        else:
            yield Part(escaped.get(at, read), written, number, inner=True)
        at += len(read)


def _read(written: str) -> str:
    if written in _ENTITIES:
        return _ENTITIES[written]
    if written.startswith("&#"):
        digits = written[2:-1]
        char = chr(int(digits[1:], 16) if digits[0] in "xX" else int(digits))
        return char if char not in "\r\n\t" else " "
    return " "


def _without_blanks(passage: Passage, raw: str, begin: int) -> tuple[Passage, int]:
    """A passage that has a text without the blanks at its edges, and where it begins in the bytes of the part.

    Args:
        passage: begins at 0.
        raw: what it is in the file.
        begin: where that stands in the bytes of the part.
    """
    text = passage.text
    start, end = len(text) - len(text.lstrip(_AROUND)), len(text.rstrip(_AROUND))
    if not start and end == len(text):
        return passage, begin
    cut = passage.cut(start, end)
    return cut, begin + len(raw[: cut.start].encode())
