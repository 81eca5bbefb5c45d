"""Making a passage of the items of a paragraph: runs with the same format are one text, all other items are codes."""

from __future__ import annotations

from collections import Counter
from collections.abc import Iterator, Sequence

from l10n_flow.documents.docx import forms, inline
from l10n_flow.documents.docx.formats import Runs, accepted, weighed
from l10n_flow.documents.docx.forms import Code, Form
from l10n_flow.documents.docx.items import Is, Item
from l10n_flow.documents.docx.texts import AROUND, text_parts, without_blanks
from l10n_flow.documents.segmentation.flow import BLANKS, Part, Passage, laid


def made(items: Sequence[Item], data: bytes, number: int, prefix: str, runs: Runs) -> Iterator[tuple[Passage, int]]:
    """Yield the passage of some items, and its place in the bytes of the part; nothing when it has no text.

    Args:
        items: the items without those at the edges that are not text.
        data: the part.
        number: the number of the paragraph.
        prefix: the namespace prefix of Word's elements.
        runs: the runs of the part.
    """
    return _Maker(items, data, number, prefix, runs).made()


class _Maker:
    def __init__(self, items: Sequence[Item], data: bytes, number: int, prefix: str, runs: Runs) -> None:
        self._items, self._data, self._number, self._prefix = items, data, number, prefix
        self._closings = {item.pair: item for item in items if item.what is Is.CLOSE}
        self._opaque = False  # whether text that contains "<" is a code, because it would look like another code
        self._weights = weighed(items, data, runs)

    def made(self) -> Iterator[tuple[Passage, int]]:
        passage, tokens = self._laid()
        if "<" in passage.text or "&" in passage.text:
            passage = passage._replace(codes=inline.codes(passage.text))
            if sum(1 for code in passage.codes if code.text != "<") != tokens:
                self._opaque = True
                passage, _ = self._laid()
                passage = passage._replace(codes=inline.codes(passage.text))
        if passage.text.strip(AROUND):
            yield without_blanks(passage, self._decoded, self._begin)

    # Parts -------------------------------------------------------------------------------------------------------

    def _laid(self) -> tuple[Passage, int]:
        """Return the passage, and the number of its codes."""
        self._parts: list[Part] = []
        self._codes: dict[str, Code] = {}
        self._numbers: dict[tuple[str, Code], str] = {}
        self._counts: Counter[str] = Counter()
        self._count = 0
        self._before: list[str] = []
        self._behind: list[str] = []
        self._level = [0]
        self._shown: dict[int, str] = {}
        self._opened: tuple[str, bytes] | None = None  # the code of the open run, and its format
        self._place = self._begin = self._items[0].start
        for index, item in enumerate(self._items):
            self._take(index, item)
        self._close_run()
        self._fold()
        passage = laid(self._parts, 0)
        self._decoded = "".join(part.raw for part in self._parts)
        if self._numbers or self._before or self._behind or any(item.pair for item in self._items):
            run = self._weights.run(self._weights.bases[0])
            form = Form(self._prefix, run, "".join(self._before), "".join(self._behind), self._codes)
            passage = passage._replace(form=forms.dumps(form))
        return passage, self._count

    def _take(self, index: int, item: Item) -> None:
        match item.what:
            case Is.TEXT:
                self._settle(self._weights.keys[index])
                self._skip_to(item.start)
                self._text(item)
            case Is.CHARACTER:
                self._settle(self._weights.keys[index])
                self._add(item.name, item.end, is_code=False)
            case Is.CODE:
                if self._opened is not None and self._weights.following[index] != self._opened[1]:
                    self._close_run()
                self._code(item)
            case Is.OPEN:
                self._close_run()
                self._open(item)
            case Is.CLOSE:
                self._close_run()
                if item.name:
                    self._level.pop()
                self._add(f"</{self._shown[item.pair]}>" if item.name else "", item.end)
            case Is.BEFORE:
                self._before.append(self._written(item))
            case Is.BEHIND:
                self._behind.append(self._written(item))

    def _text(self, item: Item) -> None:
        raw = self._data[item.start : item.end].decode()
        if "<" in raw or (self._opaque and "&lt;" in raw):
            written = f"<{self._prefix}t>{raw}</{self._prefix}t>"
            properties = accepted((item.run or b"").decode())
            code = Code(f"<{self._prefix}r>{properties}{written}</{self._prefix}r>")
            self._parts.append(Part(f"<{self._named('x', code)}/>", raw, self._number, inner=True))
            self._count += 1
        else:
            self._parts += text_parts(raw, self._number)
        self._place = item.end

    def _settle(self, key: bytes) -> None:
        """Before a text, open the code of its run if its format differs from the text around it."""
        if self._opened is not None and self._opened[1] == key:
            return
        self._close_run()
        if key != self._weights.bases[self._level[-1]]:
            name = self._named("r", Code("", "", self._weights.run(key)))
            self._opened = name, key
            self._mark(f"<{name}>")

    def _close_run(self) -> None:
        if self._opened is not None:
            self._mark(f"</{self._opened[0]}>")
            self._opened = None

    def _code(self, item: Item) -> None:
        code = Code(self._written(item))
        self._add(f"<{self._named(item.name, code)}/>", item.end)

    def _open(self, item: Item) -> None:
        if not item.name:
            self._add("", item.end)
            return
        opening, closing = (
            accepted(self._data[each.start : each.end].decode()) for each in (item, self._closings[item.pair])
        )
        self._level.append(item.pair)
        self._shown[item.pair] = name = self._named(
            item.name, Code(opening, closing, self._weights.run(self._weights.bases[item.pair]))
        )
        self._add(f"<{name}>", item.end)

    def _named(self, letters: str, code: Code) -> str:
        """Return the name of a code in the block; the same code has the same name."""
        known = self._numbers.get((letters, code))
        if known is None:
            self._counts[letters] += 1
            known = f"{letters}{self._counts[letters]}"
            self._numbers[letters, code] = known
            self._codes[known] = code
        return known

    def _written(self, item: Item) -> str:
        """Return a standalone item in a form that is valid between runs."""
        found = accepted(self._data[item.start : item.end].decode())
        if item.run is None:
            return found
        return f"<{self._prefix}r>{accepted(item.run.decode())}{found}</{self._prefix}r>"

    def _mark(self, text: str) -> None:
        """Add a code without markup in the file: the markup between texts contains the format of a run."""
        self._parts.append(Part(text, "", self._number, inner=True))
        self._count += 1

    def _add(self, text: str, end: int, *, is_code: bool = True) -> None:
        """Add a piece of the file up to a place, and the text that is read there."""
        raw = self._data[self._place : end].decode()
        self._parts.append(Part(text, raw, self._number, inner=bool(text) or not self._has_text()))
        self._count += is_code and bool(text)
        self._place = end

    def _skip_to(self, start: int) -> None:
        """Add the markup between the last item and a text: it is between two units if a unit ends there."""
        if start > self._place:
            raw = self._data[self._place : start].decode()
            self._parts.append(Part("", raw, self._number, inner=not self._has_text()))
            self._place = start

    def _has_text(self) -> bool:
        return any(part.text for part in self._parts[-40:])

    def _fold(self) -> None:
        """Merge an empty or blank part at an edge with a pair into its neighbour.

        Otherwise the pair would be split.
        """
        if self._items[0].what is Is.OPEN:
            for index, part in enumerate(self._parts):
                text = part.text.lstrip(BLANKS)
                if text and text != part.text:
                    blanks = part.text[: -len(text)]
                    self._parts[index : index + 1] = [
                        Part("", blanks, self._number, inner=True),
                        part._replace(text=text, raw=text),
                    ]
                elif not text:
                    self._parts[index] = part._replace(text="", inner=True)
                if text:
                    break
        behind = ""
        while self._items[-1].what is Is.CLOSE and len(self._parts) > 1:
            part = self._parts.pop()
            text = part.text.rstrip(BLANKS)
            if not text or text.startswith("<br"):  # nothing follows that line break
                self._count -= bool(text)
                behind = part.raw + behind
                continue
            if part.text != part.raw:
                self._parts.append(part._replace(raw=part.raw + behind))
                break
            head, last = text[:-1], text[-1]
            self._parts += (Part(head, head, self._number),) if head else ()
            raw = f"{last}{part.raw[len(text) :]}{behind}"
            self._parts.append(
                Part(last, raw, self._number, inner=True) if raw != last else Part(last, last, self._number)
            )
            break
