"""Compare our conversion with others: ``python bench/conversion_peers.py [--archive FOLDER] [--rounds N] [--quick]``.

Speed, start-up, memory and accuracy of the converters in ``converters.py``, all in one run; docs/conversion.md explains
the tables.
"""

from __future__ import annotations

import argparse
import json
import tempfile
from collections.abc import Iterator, Mapping, Sequence
from dataclasses import asdict
from pathlib import Path

from accuracy import Score
from conversion_measure import COLD, FIRST, PASS, TEXTS, TIMED, Bench, Rate, Start
from conversion_texts import CASES, CONVERSIONS, WORDS
from converters import CONVERTERS, OURS

_GSD = Path(__file__).parent.parent.parent / "shared" / "data" / "segmentation"
_COLUMNS = {
    **{f"{CASES} {name}": name for name in CONVERSIONS},
    "GSD Han characters": "GSD Han %",
    "GSD sentences, any quotes": "any quotes %",
    "GSD sentences, exact": "exact %",
    WORDS: "CEDICT %",
}


def main() -> None:
    options = _options()
    with tempfile.TemporaryDirectory(prefix="l10n-flow-bench-") as name:
        bench = Bench(Path(name))
        bench.prepare(1 if options.quick else 10, options.gsd.resolve(), options.archive)
        starts, peaks = bench.starts(3 if options.quick else 7), bench.peaks()
        speeds = bench.speeds(1 if options.quick else options.rounds, 0.3 if options.quick else 2)
        scores = bench.accuracies()
    if not any(score.name.startswith("GSD") for found in scores.values() for score in found):
        bench.absent["GSD"] = f"skipped: its development half is not in {options.gsd}; say --gsd FOLDER"
    if options.json:
        print(json.dumps(_plain(speeds, starts, peaks, scores, bench.absent), ensure_ascii=False, indent=1))
    else:
        words = [f"{name}: {why}" for name, why in bench.absent.items()]
        print("\n".join([*_speeds(speeds), *_starts(starts, peaks), *_accuracies(scores), *words]))


def _options() -> argparse.Namespace:
    parser = argparse.ArgumentParser(description="Measure conversion beside its peers.")
    parser.add_argument("--rounds", type=int, default=5, metavar="N", help="how often; medians are shown (5)")
    parser.add_argument("--quick", action="store_true", help="one short round, to see that it works")
    parser.add_argument(
        "--gsd", type=Path, default=_GSD, metavar="FOLDER", help="UD_Chinese-GSD and its Simplified twin"
    )
    parser.add_argument(
        "--archive", type=Path, metavar="FOLDER", help="real news to convert, as conversion_news.py reads it"
    )
    parser.add_argument("--json", action="store_true", help="JSON instead of tables")
    options = parser.parse_args()
    if options.rounds < 1:
        parser.error("at least one round")
    return options


def _plain(
    speeds: Mapping[str, Mapping[str, Mapping[str, Rate]]],
    starts: Mapping[str, Mapping[str, Start]],
    peaks: Mapping[str, float],
    scores: Mapping[str, Sequence[Score]],
    absent: Mapping[str, str],
) -> dict[str, object]:
    return {
        "speed": {
            conversion: {name: {text: asdict(rate) for text, rate in rates.items()} for name, rates in rows.items()}
            for conversion, rows in speeds.items()
        },
        "start": {name: {kind: asdict(start) for kind, start in kinds.items()} for name, kinds in starts.items()},
        "peak": peaks,
        "accuracy": {name: [asdict(score) for score in found] for name, found in scores.items()},
        "absent": absent,
    }


# Tables ----------------------------------------------------------------------------------------------------------


def _speeds(speeds: Mapping[str, Mapping[str, Mapping[str, Rate]]]) -> Iterator[str]:
    names = {"article": "article", "varied": "10 MB", "line": "one line"}
    heads = [head for text in TEXTS for head in (names[text], "base", "C++")]
    for conversion in filter(speeds.__contains__, TIMED):
        rows = {
            name: [cell for text in TEXTS for cell in _rate(rates[text])] for name, rates in speeds[conversion].items()
        }
        yield from _table(f"speed, {conversion}", heads, rows)


def _rate(rate: Rate) -> tuple[str, str, str]:
    return f"{rate.rate / 1e6:.3f}", _number(rate.base, 1), _number(rate.cpp, 2)


def _starts(starts: Mapping[str, Mapping[str, Start]], peaks: Mapping[str, float]) -> Iterator[str]:
    kinds = ((PASS, "python"), (FIRST, "first"))
    heads = [f"{head} {what}" for _, head in kinds for what in ("wall", "CPU")]
    rows = {
        name: [
            *(_number(getattr(found.get(kind), what, None), 1) for kind, _ in kinds for what in ("wall", "cpu")),
            _number(peaks.get(name), 1),
        ]
        for name, found in starts.items()
    }
    yield from _table("start-up, ms; memory", [*heads, "peak MB"], _in_order(rows))
    yield from (f"{PASS}: {peaks[PASS]:.1f} MB", "")


def _accuracies(scores: Mapping[str, Sequence[Score]]) -> Iterator[str]:
    rows = {}
    for name, found in scores.items():
        by_name = {score.name: score for score in found}
        rows[name] = [_score(by_name.get(column)) for column in _COLUMNS]
    yield from _table("accuracy", list(_COLUMNS.values()), rows)


def _score(score: Score | None) -> str:
    if score is None:
        return "-"
    if score.name.startswith(f"{CASES} "):
        return f"{score.right}/{score.total}"
    return f"{100 * score.right / score.total:.3f}"


def _number(value: float | None, digits: int) -> str:
    return "-" if value is None else f"{value:.{digits}f}"


def _in_order(rows: Mapping[str, list[str]]) -> dict[str, list[str]]:
    """Return the rows in the order of the converters, with the cold start after ours."""
    names = [name for one in CONVERTERS for name in ((one.name, COLD) if one is OURS else (one.name,))]
    return {name: rows[name] for name in names if name in rows}


def _table(title: str, heads: Sequence[str], rows: Mapping[str, Sequence[str]]) -> Iterator[str]:
    columns = list(zip(heads, *rows.values(), strict=True))
    widths = [max(map(len, column)) for column in columns]
    left = max(map(len, [title, *rows]))
    for name, cells in {title: heads, **rows}.items():
        yield "  ".join([f"{name:{left}}", *(f"{cell:>{width}}" for cell, width in zip(cells, widths, strict=True))])
    yield ""


if __name__ == "__main__":
    main()
