"""The visible formats of the runs of a paragraph, and the format of most of a text."""

from __future__ import annotations

import re
from collections import Counter
from collections.abc import Mapping, Sequence
from dataclasses import dataclass

from l10n_flow.documents.docx.items import Is, Item

# The invisible properties of a run: languages, proofing, complex scripts, tracked changes.
_UNSEEN = re.compile(
    rb"<(?:\w+:)?rPrChange\b.*?</(?:\w+:)?rPrChange>"
    rb"|<(?:\w+:)?(?:lang|noProof|bCs|iCs|szCs|ins|del|moveFrom|moveTo)\b[^<>]*/>"
    rb"|\s(?:\w+:)?(?:hint|rsid\w*|cstheme|cs)=(?:\"[^\"]*\"|'[^']*')|\s+(?=/?>)",
    re.DOTALL,
)
_EMPTY = re.compile(rb"<(?:\w+:)?(?:rFonts|rPr)/>|<(?:\w+:)?rPr>\s*</(?:\w+:)?rPr>")
# The properties that are visible on blanks.
_DRAWN = re.compile(rb"<(?:\w+:)?(?:u|strike|dstrike|shd|highlight|bdr)\b")
_TEXTS = frozenset({Is.TEXT, Is.CHARACTER})
_TRACKED = re.compile(
    r"<(?P<p>\w+:)?(?P<gone>del|moveFrom)\b[^<>]*(?:/>|(?<!/)>.*?</(?P=p)(?P=gone)>)|</?(?:\w+:)?(?:ins|moveTo)\b[^<>]*>",
    re.DOTALL,
)


class Runs:
    """The visible formats of the runs of one part."""

    def __init__(self) -> None:
        self._known: dict[bytes, bytes] = {}

    def key(self, properties: bytes) -> bytes:
        """Return the visible properties of a run."""
        found = self._known.get(properties)
        if found is None:
            found = _EMPTY.sub(b"", _EMPTY.sub(b"", _UNSEEN.sub(b"", properties)))
            self._known[properties] = found
        return found


@dataclass(frozen=True, slots=True)
class Weighed:
    """The formats of the items of a passage.

    Attributes:
        keys: the visible properties of each text's run.
        bases: the format of most of the text, by the pair around it, 0 for none.
        following: for each item, the format of the next text before a pair begins or ends; None without one.
        properties: the properties in the file for each format, from its first run.
    """

    keys: Sequence[bytes]
    bases: Mapping[int, bytes]
    following: Sequence[bytes | None]
    properties: Mapping[bytes, bytes]

    def run(self, key: bytes) -> str:
        """Return the properties of a run with this format."""
        return accepted(self.properties.get(key, b"").decode())


def weighed(items: Sequence[Item], data: bytes, runs: Runs) -> Weighed:
    """Return the formats of the texts of a passage.

    Blanks alone get the format of the text before them, unless they are underlined or the like.
    """
    weights: dict[int, Counter[bytes]] = {0: Counter()}
    first: dict[bytes, bytes] = {}
    keys: list[bytes] = []
    stack = [0]
    last: bytes | None = None
    for item in items:
        if item.what is Is.OPEN and item.name:
            stack.append(item.pair)
            weights[item.pair] = Counter()
        elif item.what is Is.CLOSE and item.name:
            stack.pop()
        elif item.what in _TEXTS and item.run is not None:
            if last is None or not _is_blank(item, data):
                last = runs.key(item.run)
                first.setdefault(last, item.run)
            weights[stack[-1]][last] += item.end - item.start
        keys.append(last or b"")
    bases = {pair: max(counts, key=counts.__getitem__, default=b"") for pair, counts in weights.items()}
    return Weighed(keys, bases, _following(items, keys), first)


def _is_blank(item: Item, data: bytes) -> bool:
    """Whether a text consists of invisible blanks."""
    return item.what is Is.TEXT and not data[item.start : item.end].strip() and not _DRAWN.search(item.run or b"")


def _following(items: Sequence[Item], keys: Sequence[bytes]) -> list[bytes | None]:
    result: list[bytes | None] = [None] * len(items)
    following: bytes | None = None
    for index in range(len(items) - 1, -1, -1):
        result[index] = following
        what = items[index].what
        if what in {Is.OPEN, Is.CLOSE}:
            following = None
        elif what in _TEXTS:
            following = keys[index]
    return result


def accepted(text: str) -> str:
    """Return XML without tracked changes: with the insertions, without the deletions."""
    return _TRACKED.sub("", text) if "<" in text and ("ins" in text or "del" in text or "move" in text) else text
