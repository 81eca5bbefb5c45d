"""Text boxes that occur twice in a part, for new programs and for old ones: both must have the same content."""

from __future__ import annotations

from dataclasses import dataclass, field
from xml.parsers.expat import XMLParserType

from l10n_flow.documents.docx import scanning


@dataclass(slots=True)
class _Twice:
    depth: int
    choice: list[tuple[int, int]] = field(default_factory=list)
    fallback: list[tuple[int, int]] = field(default_factory=list)
    now: list[tuple[int, int]] | None = None


def mirrored(data: bytes, *, path: str) -> bytes:
    """Return a part whose boxes for old programs (``mc:Fallback``) get the content of the new ones (``mc:Choice``)."""
    if b"Fallback" not in data or b"txbxContent" not in data:
        return data
    made: list[_Reader] = []

    def start(parser: XMLParserType) -> tuple[scanning.Start, scanning.End]:
        made.append(_Reader(data, parser))
        return made[0].start, made[0].end

    scanning.scan(data, start, path=path)
    parts: list[bytes] = []
    done = 0
    for twice in made[0].found:
        if len(twice.choice) != len(twice.fallback):
            continue
        for new, old in zip(twice.choice, twice.fallback, strict=True):
            parts += data[done : old[0]], data[slice(*new)]
            done = old[1]
    return b"".join((*parts, data[done:]))


class _Reader:
    def __init__(self, data: bytes, parser: XMLParserType) -> None:
        self.data, self.parser = data, parser
        self.found: list[_Twice] = []
        self.twice: _Twice | None = None
        self.depth = 0
        self.box = (0, 0)  # the depth of the box that is read, and the start of its content

    def start(self, qname: str, _: dict[str, str]) -> None:
        self.depth += 1
        name = qname.rpartition(":")[2]
        if name == "AlternateContent" and self.twice is None:
            self.twice = _Twice(self.depth)
        elif self.twice is not None and self.depth == self.twice.depth + 1:
            first = name == "Choice" and not self.twice.choice
            self.twice.now = self.twice.choice if first else self.twice.fallback if name == "Fallback" else None
        elif name == "txbxContent" and not self.box[0]:
            self.box = self.depth, scanning.tag_end(self.data, self.parser.CurrentByteIndex)

    def end(self, _: str) -> None:
        twice = self.twice
        if self.depth == self.box[0]:
            if twice is not None and twice.now is not None:
                twice.now.append((self.box[1], self.parser.CurrentByteIndex))
            self.box = (0, 0)
        elif twice is not None and self.depth == twice.depth:
            self.found.append(twice)
            self.twice = None
        self.depth -= 1
