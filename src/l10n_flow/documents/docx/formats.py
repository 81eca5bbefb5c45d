"""How the runs of a paragraph are formatted, as far as it is seen, and which format most of a text has."""

from __future__ import annotations

import re
from collections import Counter
from collections.abc import Mapping, Sequence
from dataclasses import dataclass

from l10n_flow.documents.docx.items import Is, Item

# What of a run's properties is not seen: languages, proofing, complex scripts, what has been tracked.
_UNSEEN = re.compile(
    rb"<(?:\w+:)?rPrChange\b.*?</(?:\w+:)?rPrChange>"
    rb"|<(?:\w+:)?(?:lang|noProof|bCs|iCs|szCs|ins|del|moveFrom|moveTo)\b[^<>]*/>"
    rb"|\s(?:\w+:)?(?:hint|rsid\w*|cstheme|cs)=(?:\"[^\"]*\"|'[^']*')|\s+(?=/?>)",
    re.DOTALL,
)
_EMPTY = re.compile(rb"<(?:\w+:)?(?:rFonts|rPr)/>|<(?:\w+:)?rPr>\s*</(?:\w+:)?rPr>")
# What is seen of blanks.
_DRAWN = re.compile(rb"<(?:\w+:)?(?:u|strike|dstrike|shd|highlight|bdr)\b")
_TEXTS = frozenset({Is.TEXT, Is.CHARACTER})
_TRACKED = re.compile(
    r"<(?P<p>\w+:)?(?P<gone>del|moveFrom)\b[^<>]*(?:/>|(?<!/)>.*?</(?P=p)(?P=gone)>)|</?(?:\w+:)?(?:ins|moveTo)\b[^<>]*>",
    re.DOTALL,
)


class Runs:
    """Which runs are formatted alike, in one part."""

    def __init__(self) -> None:
        self._known: dict[bytes, bytes] = {}

    def key(self, properties: bytes) -> bytes:
        """What is seen of a run's properties."""
        found = self._known.get(properties)
        if found is None:
            found = _EMPTY.sub(b"", _EMPTY.sub(b"", _UNSEEN.sub(b"", properties)))
            self._known[properties] = found
        return found


@dataclass(frozen=True, slots=True)
class Weighed:
    """The formats of the items of a passage.

    Attributes:
        keys: of each text what is seen of its run.
        bases: how most of the text is formatted, by the pair around it, 0 for none.
        following: for each item how the next text is formatted, before a pair begins or ends; None where none follows.
        properties: what stands in the file for each format, of the first run that has it.
    """

    keys: Sequence[bytes]
    bases: Mapping[int, bytes]
    following: Sequence[bytes | None]
    properties: Mapping[bytes, bytes]

    def run(self, key: bytes) -> str:
        """The properties of a run that is formatted so."""
        return accepted(self.properties.get(key, b"").decode())


def weighed(items: Sequence[Item], data: bytes, runs: Runs) -> Weighed:
    """Look how the texts of a passage are formatted.

    Blanks alone are formatted like what is before them, unless they are underlined or the like.
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
    """Whether a text is blanks that nothing is seen of."""
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
    """XML without tracked changes: what was inserted stands there, what was deleted does not."""
    return _TRACKED.sub("", text) if "<" in text and ("ins" in text or "del" in text or "move" in text) else text
