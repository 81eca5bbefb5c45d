"""Convert hard sentences: ``python bench/hard_sentences.py [FILE] [--errors]``.

FILE has sentences in Traditional and, after a tab, in Simplified as a Mainland editor would write them; without FILE,
``data/hard-sentences.tsv`` is used. It prints the number of right results, of wrong results with a doubt (a person
checks these), and of wrong results without a doubt.
"""

from __future__ import annotations

import argparse
from collections.abc import Iterator
from pathlib import Path

from l10n_flow.conversion import Converter, Punctuation, doubt

_OURS = Path(__file__).parent / "data" / "hard-sentences.tsv"
RIGHT, DOUBTED, SILENT = "right", "wrong, doubted", "wrong in silence"


def main() -> None:
    parser = argparse.ArgumentParser(description="Convert sentences that are hard to convert.")
    parser.add_argument("file", type=Path, nargs="?", default=_OURS, metavar="FILE")
    parser.add_argument("--errors", action="store_true", help="list those that are wrong")
    options = parser.parse_args()
    found = list(judged(options.file))
    for outcome in (RIGHT, DOUBTED, SILENT):
        print(f"{sum(each[0] == outcome for each in found):4} of {len(found)} {outcome}")
    if options.errors:
        print("\n".join("\t".join(each) for each in found if each[0] != RIGHT))


def judged(file: Path) -> Iterator[tuple[str, str, str, str]]:
    """For every sentence return the verdict, the text, our result and the right result."""
    ours = Converter("hk2s", Punctuation.KEEP)
    for line in file.read_text(encoding="utf-8").splitlines():
        if not line or line[0] == "#":
            continue
        before, wanted = line.split("\t")
        (after,) = ours.convert_block([before])
        outcome = RIGHT if after == wanted else DOUBTED if doubt.doubts(ours, before) else SILENT
        yield outcome, before, after, wanted


if __name__ == "__main__":
    main()
