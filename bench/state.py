"""Measure the everyday commands and the first run on a project of many documents: CPU seconds and peak memory.

``python bench/state.py [--documents N]``; ``run.py`` prints the same table and the tables of the peers.
"""

from __future__ import annotations

import argparse
import json
import subprocess
import sys
import tempfile
from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from pathlib import Path

import ours
from measure import Usage

_HERE = Path(__file__).parent
_QUERY, _NOTHING = "柳州", "沒有這樣的字"
#: The number of documents for the goals, and the goals in CPU seconds.
GOAL_DOCUMENTS = 2_000
GOALS = {
    "sync, nothing changed": 0.6,
    "sync, one sentence edited": 0.8,
    "status": 0.6,
    "check": 1.0,
    "home page, first": 1.0,
    "home page, warm": 0.1,
    "search, with hits": 0.1,
    "search, without": 0.1,
}


@dataclass(frozen=True, slots=True)
class Cost:
    """The cost of a command; ``peak`` is in MB, None when the command shares a process with others."""

    name: str
    cpu: float
    peak: float | None


def costs(folder: Path, articles: Path) -> Iterator[Cost]:
    """Create a project of the articles, translate two of five sentences, and measure the everyday commands."""
    ours.create(folder, articles)
    yield _cost("sync, first run", ours.sync(folder))
    ours.translate(folder)
    yield _cost("sync, 40 % of English filled in", ours.sync(folder))
    yield _cost("sync, nothing changed", ours.sync(folder))
    ours.edit(folder / "source")
    yield _cost("sync, one sentence edited", ours.sync(folder))
    for command in ("status", "check"):
        yield _cost(command, ours.run(folder, command))
    yield from _home(folder)


def _cost(name: str, usage: Usage) -> Cost:
    return Cost(name, usage.cpu, usage.peak)


def _home(folder: Path) -> Iterator[Cost]:
    """Measure the review page's home page and search in one process, as in the server."""
    command = [sys.executable, str(_HERE / "home_worker.py"), str(folder), _QUERY, _NOTHING]
    told = json.loads(subprocess.run(command, check=True, stdout=subprocess.PIPE, text=True).stdout)
    names = (
        "home page, first",
        "home page, warm",
        "search, with hits",
        "search, without",
        "match, first",
        "match, next",
    )
    yield from (Cost(name, seconds, None) for name, seconds in zip(names, told, strict=True))


def table(found: Sequence[Cost], documents: int) -> Iterator[str]:
    """Return the lines of the table; with the goals if they are for this number of documents."""
    yield f"{documents:,} documents, 2 locales" + " " * 16 + "CPU s  peak MB    goal"
    for each in found:
        peak = "-" if each.peak is None else f"{each.peak:.0f}"
        goal = GOALS.get(each.name) if documents == GOAL_DOCUMENTS else None
        said = "" if goal is None else f"{goal:7.1f}  {'met' if each.cpu <= goal else 'not met'}"
        yield f"{each.name:36}  {each.cpu:7.2f}  {peak:>7}{said}".rstrip()


def main() -> None:
    parser = argparse.ArgumentParser(description="Measure the everyday commands on many documents.")
    parser.add_argument("--documents", type=int, default=200, metavar="N")
    documents = parser.parse_args().documents
    with tempfile.TemporaryDirectory(prefix="l10n-flow-bench-") as name:
        articles = Path(name, "articles")
        subprocess.run([sys.executable, str(_HERE / "corpus.py"), str(articles), str(documents)], check=True)
        found = []
        for cost in costs(Path(name, "project"), articles):
            print(f"{cost.name}: {cost.cpu:.2f}", file=sys.stderr, flush=True)
            found.append(cost)
    print("\n".join(table(found, documents)))


if __name__ == "__main__":
    main()
