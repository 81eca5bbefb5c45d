"""Run one converter in its own environment, without any module of this project.

``python conversion_worker.py CODE rates ARTICLE VARIED SECONDS`` prints characters per CPU second, as JSON;
``python conversion_worker.py CODE convert CASES`` prints the conversions of a JSON list of texts, as JSON.
CODE is Python that defines ``convert``, a function from text to text.
"""

from __future__ import annotations

import json
import sys
import time
from collections.abc import Callable, Iterable, Sequence
from itertools import islice, repeat
from pathlib import Path
from typing import Any

Convert = Callable[[str], str]
_AT_ONCE = 200  # texts between two readings of the clock


def main(arguments: Sequence[str]) -> None:
    code, task, *rest = arguments
    names: dict[str, Any] = {}
    exec(code, names)
    convert: Convert = names["convert"]
    if task == "rates":
        article, varied, seconds = rest
        print(json.dumps(rates(convert, _lines(article), _lines(varied), float(seconds))))
    else:
        texts = json.loads(Path(rest[0]).read_text(encoding="utf-8"))
        print(json.dumps([convert(text) for text in texts]))


def _lines(path: str) -> list[str]:
    return [line for line in Path(path).read_text(encoding="utf-8").split("\n") if line]


def rates(convert: Convert, article: Sequence[str], varied: Sequence[str], seconds: float) -> dict[str, float]:
    """Return characters per CPU second for the repeated article, for varied lines, and for those as a single line.

    A slow converter gets only as many varied lines as it can convert in the time, and as much of the single line.
    """
    for line in article:
        convert(line)  # loads the dictionaries and fills the caches
    again = (line for lines in repeat(article) for line in lines)
    found = {"article": _rate(convert, again, seconds / 4), "varied": _rate(convert, varied, seconds)}
    line = "".join(varied)
    part = line[: int(found["varied"] * seconds)]
    return found | {"line": _rate(convert, [part], seconds)}


def _rate(convert: Convert, texts: Iterable[str], seconds: float) -> float:
    source = iter(texts)
    done, started = 0, time.process_time()
    while some := list(islice(source, _AT_ONCE)):
        for text in some:
            convert(text)
        done += sum(map(len, some))
        if time.process_time() - started > seconds:
            break
    return done / (time.process_time() - started)


if __name__ == "__main__":
    main(sys.argv[1:])
