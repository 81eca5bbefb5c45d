"""Generate articles for measurements: the sample's structure with recombined clauses, and no sentence twice.

``python bench/corpus.py FOLDER NUMBER`` writes them. The seed is fixed, so that every machine gets the same articles.
"""

from __future__ import annotations

import random
import re
import sys
from collections.abc import Callable, Sequence
from functools import partial
from pathlib import Path

SAMPLE = Path(__file__).parent.parent / "source" / "liuzhou.txt"
_SEED = 20261123
#: A comma or semicolon ends a clause only outside quotation marks and brackets, so that these stay balanced.
_OPEN, _CLOSE = "「『《（", "」』》）"
_SURNAMES = "王李張劉陳楊黃趙吳周徐孫馬朱胡郭何林高羅鄭梁謝宋唐許鄧韓馮曹"
_GIVEN = "琳芳偉敏靜麗強磊軍洋勇艷傑娟濤明超秀蘭霞剛桂英華慧巧美娜嵐翔宇晨穎欣然"


class Corpus:
    """A generator of articles, which never returns a text twice."""

    def __init__(self, sample: str) -> None:
        self.lines = sample.splitlines()
        self.random = random.Random(_SEED)
        self.seen: set[str] = set()
        prose = [line for line in self.lines if line.endswith("。")]
        self.clauses = sorted({clause for line in prose for clause in _clauses(line)})
        self.short = [clause for clause in self.clauses if 5 <= len(clause) <= 12 and not re.search(r"\d", clause)]

    def article(self) -> str:
        """Return the lines of the next article; each follows a line of the sample."""
        return "\n".join(self._line(line) for line in self.lines) + "\n"

    def _line(self, line: str) -> str:
        if not line:
            return ""
        if "。" not in line:
            return self._unique(self._name if len(line) < 5 else partial(self._label, line))
        *sentences, rest = line.split("。")
        made = [self._unique(partial(self._sentence, sentence)) for sentence in sentences]
        return "".join(made) + self._rest(rest)

    def _rest(self, rest: str) -> str:
        """Return a new text after the last full stop: none, a photo credit, or the first part of a broken paragraph."""
        if len(rest) > 12:
            return self._unique(lambda: f"{self._sentence(rest).removesuffix('。')}，{rest[-16:]}")
        return re.sub(r"^黎寒池", lambda _: self._name(), rest)

    def _sentence(self, model: str) -> str:
        """Return a sentence with as many clauses as the model, none of them repeated, with new random numbers."""
        chosen = self.random.sample(self.clauses, len(_clauses(model)))
        return re.sub(r"\d+", self._figure, "，".join(chosen)) + "。"

    def _figure(self, found: re.Match[str]) -> str:
        digits = len(found[0])
        return str(self.random.randrange(10 ** (digits - 1), 10**digits))

    def _label(self, model: str) -> str:
        """Return a title or heading with as many short phrases as the model."""
        return " ".join(self.random.sample(self.short, min(2, len(model.split()))))

    def _name(self) -> str:
        return self.random.choice(_SURNAMES) + "".join(self.random.sample(_GIVEN, 2))

    def _unique(self, make: Callable[[], str]) -> str:
        for attempt in range(1000):
            text = make()
            if attempt > 20:  # few short texts are left; a longer one is probably new
                text = self.random.choice(self.short) + ("，" if text.endswith("。") else " ") + text
            if text not in self.seen:
                self.seen.add(text)
                return text
        raise RuntimeError("the sample has too few clauses for so many articles")


def _clauses(sentence: str) -> list[str]:
    """Return the clauses of a sentence or line, without the commas between them."""
    clauses, depth, start = [], 0, 0
    for place, char in enumerate(sentence):
        depth += (char in _OPEN) - (char in _CLOSE)
        if depth <= 0 and char in "，；。":
            clauses.append(sentence[start:place])
            start = place + 1
    return [clause for clause in [*clauses, sentence[start:]] if clause]


def write(folder: Path, number: int) -> None:
    """Write ``number`` articles, ``a000.txt`` and so on, into a folder."""
    corpus = Corpus(SAMPLE.read_text(encoding="utf-8"))
    folder.mkdir(parents=True, exist_ok=True)
    for each in range(number):
        (folder / f"a{each:03}.txt").write_text(corpus.article(), encoding="utf-8", newline="\n")


def main(arguments: Sequence[str]) -> None:
    folder, number = arguments
    write(Path(folder), int(number))


if __name__ == "__main__":
    main(sys.argv[1:])
