"""Measure the conversion of real Hong Kong news: ``python bench/conversion_news.py ARCHIVE [--characters N] [--json]``.

ARCHIVE is a clone of https://github.com/hkarchivist/hkcnews-article-archive (49,118 articles; the publisher has their
copyright, so this repository contains none of their text). For random articles with a fixed seed it prints:

- the differences between our hk2s and the C++ opencc, by the rule that decided; every kind of difference that words
  decided; and the differences that no person has read and classified yet (``data/read_differences.tsv``);
- for each ambiguous character the places with evidence for its other reading, and the results there;
- the number of doubts and source-spelling findings in 1,000 characters;
- CPU seconds for ten megabytes in one process, ours and its peers;
- CPU milliseconds for a single line, compared with ``import click``, which every command imports.

Articles with index 7 modulo 10 in the sorted list are reserved for acceptance tests.
"""

from __future__ import annotations

import argparse
import json
import random
import re
import statistics
import subprocess
import sys
import tempfile
from collections import Counter
from collections.abc import Iterator, Mapping, Sequence
from functools import cache
from pathlib import Path
from typing import Any

import converters
import measure
from converters import CONVERTERS, CPP, AbsentError, Converter

_SEED, _LEFT_ASIDE = 20261127, 7
_MEGABYTES = 10
_TOLD = 40
_WORDS = "readings"
_DIFFERENCES = Path(__file__).parent / "data" / "read_differences.tsv"
_STREAM = """
import sys
for line in open(sys.argv[1], encoding="utf-8", newline=""):
    sys.stdout.write(convert(line))
"""
#: A line that needs only the dictionaries, and a line with ambiguous words.
_LINES = {
    "python -c 'import click'": "",
    "a line": "今天天氣很好，我們去郊遊。\n",
    "a line with words to weigh": "「看著乾隆的著作，甚麼餅乾？」\n",
}
_FOR_ONE = 5
_COMMANDS = {"l10n-flow, marks kept": ["--punctuation", "keep"], "l10n-flow, Mainland marks": []}


def main() -> None:
    options = _options()
    lines = news(options.archive)
    sample = _upto(lines, options.characters)
    text = "\n".join(sample)
    report = {
        "characters": len(text),
        **_differences(sample),
        "places": _places(sample),
        **_findings(sample),
        "lines": _line_costs(options.rounds * _FOR_ONE),
        "speed": dict(_speeds("\n\n".join([*sample, *_upto(lines, 2_000_000)]), options.rounds)),
    }
    print(json.dumps(report, ensure_ascii=False, indent=1) if options.json else "\n".join(_tables(report)))


def _options() -> argparse.Namespace:
    parser = argparse.ArgumentParser(description="Convert real Hong Kong news, beside the C++ opencc.")
    parser.add_argument("archive", type=Path, metavar="ARCHIVE")
    parser.add_argument("--characters", type=int, default=3_300_000, metavar="N", help="how much text (3.3 million)")
    parser.add_argument("--rounds", type=int, default=3, metavar="N", help="how often speed is measured (3)")
    parser.add_argument("--json", action="store_true", help="JSON instead of tables")
    return parser.parse_args()


def news(archive: Path) -> Iterator[str]:
    """Return the paragraphs of articles in random order."""
    paths = sorted(path.relative_to(archive).as_posix() for path in (archive / "articles").rglob("*.md"))
    kept = [path for place, path in enumerate(paths) if place % 10 != _LEFT_ASIDE]
    random.Random(_SEED).shuffle(kept)
    for path in kept:
        body = (archive / path).read_text(encoding="utf-8").partition("\n---\n")[2]
        yield from (line for line in map(str.strip, body.split("\n")) if line and not line.startswith(("#", "![")))


def _upto(lines: Iterator[str], size: int) -> list[str]:
    found: list[str] = []
    while size > 0 and (line := next(lines, None)) is not None:
        found.append(line)
        size -= len(line) + 1
    return found


# Differences -----------------------------------------------------------------------------------------------------


def _differences(lines: Sequence[str]) -> dict[str, object]:
    """Return the differences between our conversion and the C++ opencc, by deciding rule and by kind."""
    from l10n_flow.conversion import Converter as Ours  # noqa: PLC0415 - a peer's environment lacks it
    from l10n_flow.conversion import Punctuation  # noqa: PLC0415

    ours, theirs = Ours("hk2s", Punctuation.KEEP), _converted(CPP, lines)
    by: Counter[str] = Counter()
    kinds: dict[str, Counter[str]] = {}
    unread: Counter[str] = Counter()
    for line, other in zip(lines, theirs, strict=True):
        (mine,) = ours.convert_block([line])
        if mine == other:
            continue
        if not len(line) == len(mine) == len(other):
            by["length"] += 1
            continue
        reasons = {at: change.by[-1] for change in ours.explain_block([line])[0] for at in range(*change[:2])}
        for at, (source, one, two) in enumerate(zip(line, mine, other, strict=True)):
            if one != two:
                reason = reasons.get(at, "kept")
                by[reason] += 1
                kinds.setdefault(reason, Counter())[f"{source}: {one}, not {two}"] += 1
                word = _word(line, at) if reason == _WORDS else two
                if word not in _read().get((reason, source, one), ()):
                    unread[f"{reason}\t{source}\t{one}\t{word}"] += 1
    return {
        "differences": dict(by),
        "kinds": {reason: dict(count.most_common()) for reason, count in kinds.items()},
        "new": dict(unread.most_common()),
    }


def _word(line: str, at: int) -> str:
    """Return the word that decided the conversion at a position."""
    from l10n_flow.conversion import engine, lattice, runs  # noqa: PLC0415

    decider, run = engine.engine("hk2s").decider, runs.run_around(line, at)
    assert decider is not None
    found = lattice.cut(run._replace(text=decider.simplified(run.text)))
    return line[at - run.place + found.start : at - run.place + found.end]


@cache
def _read() -> Mapping[tuple[str, str, str], frozenset[str]]:
    """Return the classified kinds of differences: rule, character, our result, and the words or OpenCC's result."""
    rows = (line.split("\t") for line in _DIFFERENCES.read_text(encoding="utf-8").splitlines() if line[0] != "#")
    return {(by, source, ours): frozenset(words.split()) for by, source, ours, words, _ in rows}


def _converted(converter: Converter, lines: Sequence[str]) -> list[str]:
    with tempfile.TemporaryDirectory(prefix="l10n-flow-bench-") as name:
        path = Path(name) / "texts.json"
        path.write_text(json.dumps(lines), encoding="utf-8")
        worker = Path(__file__).parent / "conversion_worker.py"
        command = [converters.python(converter), str(worker), converter.program("hk2s"), "convert", str(path)]
        return list(json.loads(subprocess.run(command, check=True, stdout=subprocess.PIPE).stdout))


# Words -----------------------------------------------------------------------------------------------------------


def _places(lines: Sequence[str]) -> dict[str, dict[str, int]]:
    """For each ambiguous character count its places, those with evidence, and those with the other reading."""
    from l10n_flow.conversion import engine, readings  # noqa: PLC0415

    decider = engine.engine("hk2s").decider
    rows = readings.read()
    found = {char: {"places": 0, "weighed": 0, "other": 0} for char in rows}
    for line in lines:
        for place in re.finditer(f"[{''.join(rows)}]", line):
            count = found[place[0]]
            count["places"] += 1
            verdict = decider.verdict(line, place.start()) if decider else None
            if verdict is not None:
                count["weighed"] += 1
                count["other"] += verdict.after == rows[place[0]].other
    return found


def _findings(lines: Sequence[str]) -> dict[str, float]:
    from l10n_flow.conversion import Converter as Ours  # noqa: PLC0415
    from l10n_flow.conversion import doubt, roundtrip  # noqa: PLC0415

    thousands = sum(map(len, lines)) / 1000
    ours = Ours("hk2s")
    return {
        "doubts": sum(len(doubt.doubts(ours, line)) for line in lines) / thousands,
        "spelling": sum(len(roundtrip.lint(line)) for line in lines) / thousands,
    }


# Speed -----------------------------------------------------------------------------------------------------------


def _speeds(text: str, rounds: int) -> Iterator[tuple[str, float]]:
    """Return the CPU seconds of a process for ten megabytes: the minimum of several rounds."""
    with tempfile.TemporaryDirectory(prefix="l10n-flow-bench-") as name:
        path = Path(name) / "news.txt"
        path.write_bytes(text.encode()[: _MEGABYTES * 1_000_000].decode(errors="ignore").encode())
        for title, arguments in _COMMANDS.items():
            command = [sys.executable, "-m", "l10n_flow", "convert", "-", *arguments]
            yield title, min(measure.run(command, Path(name), path).cpu for _ in range(rounds))
        for converter in CONVERTERS:
            if converter.timed and converter.requirement:
                try:
                    command = [converters.python(converter), "-c", converter.program("hk2s") + _STREAM, str(path)]
                except AbsentError:
                    continue
                yield converter.name, min(measure.run(command, Path(name)).cpu for _ in range(rounds))


def _line_costs(rounds: int) -> dict[str, tuple[float, float]]:
    """Return medians of CPU milliseconds for one line, and of their ratio to ``import click``, measured in turn."""
    found: dict[str, list[float]] = {title: [] for title in _LINES}
    with tempfile.TemporaryDirectory(prefix="l10n-flow-bench-") as name:
        path = Path(name) / "line.txt"
        for _ in range(rounds):
            for title, line in _LINES.items():
                path.write_text(line, encoding="utf-8")
                command = ["-m", "l10n_flow", "convert", "-"] if line else ["-c", "import click"]
                found[title].append(1000 * measure.run([sys.executable, *command], Path(name), path).cpu)
    base = next(iter(found.values()))
    return {
        title: (
            statistics.median(costs),
            statistics.median(cost / one for cost, one in zip(costs, base, strict=True)),
        )
        for title, costs in found.items()
    }


# Tables ----------------------------------------------------------------------------------------------------------


def _tables(report: Mapping[str, Any]) -> Iterator[str]:
    differences, kinds, places, speed = (report[name] for name in ("differences", "kinds", "places", "speed"))
    yield f"{report['characters']:,} characters, {sum(differences.values()):,} differences from the C++ opencc"
    for reason, number in sorted(differences.items(), key=lambda one: -one[1]):
        yield f"{number:6} {reason:12} " + " · ".join(
            f"{kind} {count}" for kind, count in list(kinds.get(reason, {}).items())[:_TOLD]
        )
    new = report["new"]
    yield f"{sum(new.values()):6} of them are new, of {len(new)} kinds: " + " · ".join(
        f"{kind.replace(chr(9), ' ')} {count}" for kind, count in list(new.items())[:_TOLD]
    )
    yield ""
    yield "ambiguous    places  weighed  other reading"
    for char, count in sorted(places.items(), key=lambda one: -one[1]["places"]):
        yield f"{char:11} {count['places']:7} {count['weighed']:8} {count['other']:14}"
    yield ""
    yield f"in 1,000 characters: {report['doubts']:.3f} doubts, {report['spelling']:.3f} source-spelling findings"
    yield ""
    base = speed.get(CPP.name, 0.0)
    yield "10 MB of news                  CPU s  speed, C++ = 1"
    for name, seconds in speed.items():
        yield f"{name:30} {seconds:5.2f} {base / seconds:15.2f}"
    yield ""
    yield "one line                      CPU ms  import click = 1"
    for title, (cost, ratio) in report["lines"].items():
        yield f"{title:29} {cost:6.1f} {ratio:17.2f}"


if __name__ == "__main__":
    main()
