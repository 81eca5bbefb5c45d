"""Run the benchmark: ``python bench/run.py [--articles N] [--rounds N] [--documents N] [--full] [--json] [--write]``.

docs/bench.md explains it; ``--write`` writes the results there.
"""

from __future__ import annotations

import argparse
import json
import shutil
import subprocess
import sys
import tempfile
from collections.abc import Iterator, Mapping, Sequence
from dataclasses import asdict, dataclass
from pathlib import Path

import measure
import ours
import page
import peers
import state
from measure import Usage

_HERE = Path(__file__).parent
_ARTICLES = 200
_FEW = 20  # po4a takes about a hundred times as long as the others
_STARTS = 15
_FIRST, _TRANSLATED, _UNCHANGED, _EDITED = (
    "first full run", "40 % of English filled in", "nothing changed", "one sentence edited",
)  # fmt: skip
_OURS, _CONVERSION, _WITHOUT = "l10n-flow: ", "conversion alone", "first full run without conversion"
_TOOLKIT, _PO4A = "Translate Toolkit: ", "po4a"
#: The reference of the ratios: extract, merge with translated catalogues, and compile.
_REFERENCE = _TOOLKIT + _UNCHANGED
_VERSION, _CLICK = "l10n-flow --version", "python -c 'import click'"
_SAMPLE = "l10n-flow sync, the sample, nothing changed"


@dataclass(frozen=True, slots=True)
class Row:
    """A line of the table."""

    name: str
    cpu: float
    wall: float | None
    peak: float | None
    ratio: float | None


@dataclass(frozen=True, slots=True)
class Budget:
    """A limit; ``met`` is None when the tool for the comparison is not installed."""

    name: str
    limit: float
    value: float | None

    @property
    def met(self) -> bool | None:
        return None if self.value is None else self.value <= self.limit


def main() -> None:
    options = _options()
    with tempfile.TemporaryDirectory(prefix="l10n-flow-bench-") as name:
        figures, words = _measure(Path(name), options)
        everyday = _everyday(Path(name), options.documents or options.articles)
    few = options.articles if options.full else min(_FEW, options.articles)
    rows = _rows(figures, options.articles / few)
    budgets = _budgets(figures)
    if options.json:
        result = {
            "articles": options.articles,
            "rounds": options.rounds,
            "rows": [asdict(row) for row in rows],
            "budgets": [asdict(budget) | {"met": budget.met} for budget in budgets],
            "skipped": words,
            "everyday": [asdict(cost) for cost in everyday],
        }
        print(json.dumps(result, ensure_ascii=False, indent=1))
    else:
        if options.articles != _ARTICLES:
            words.append(f"the budgets are meant for {_ARTICLES} articles: with fewer, start-up is most of it")
        head = f"{options.articles} articles, 2 locales; medians of {options.rounds} rounds"
        shown = state.table(everyday, options.documents or options.articles)
        lines = [head, "", *_table(rows), "", *words, *_verdicts(budgets), "", *shown]
        print("\n" + "\n".join(lines))
        if options.write:
            page.write(lines)


def _options() -> argparse.Namespace:
    parser = argparse.ArgumentParser(description="Measure l10n-flow beside its peers.")
    parser.add_argument("--articles", type=int, default=_ARTICLES, metavar="N", help=f"how many articles ({_ARTICLES})")
    parser.add_argument("--rounds", type=int, default=3, metavar="N", help="how often; medians are shown (3)")
    parser.add_argument("--full", action="store_true", help=f"po4a does all articles, not {_FEW}")
    parser.add_argument("--documents", type=int, default=0, metavar="N", help="for the everyday commands")
    parser.add_argument("--write", action="store_true", help="put what was measured into docs/bench.md")
    parser.add_argument("--json", action="store_true", help="JSON instead of a table")
    options = parser.parse_args()
    if options.articles < 1 or options.rounds < 1:
        parser.error("at least one article and one round")
    return options


# Measuring -------------------------------------------------------------------------------------------------------


def _measure(folder: Path, options: argparse.Namespace) -> tuple[dict[str, Usage], list[str]]:
    """Return every figure by its name, and what was skipped."""
    articles, converted = folder / "articles", folder / "converted.json"
    _python("corpus.py", articles, options.articles)
    _warm_up(folder)
    toolkit, words = _toolkit(folder, articles, converted)
    rounds: dict[str, list[Usage]] = {}
    for number in range(options.rounds):
        _say(f"round {number + 1} of {options.rounds}")
        for name, usage in _round(folder / f"project{number}", articles, converted):
            rounds.setdefault(name, []).append(usage)
        if toolkit is not None:
            if number == 0:
                toolkit.first()
            toolkit.round(articles)
    if toolkit is not None:
        rounds |= {_TOOLKIT + name: usages for name, usages in toolkit.rounds.items()}
    rounds |= _po4a(folder, articles, converted, options.articles if options.full else _FEW, words)
    rounds |= _starts(folder)
    return {name: measure.median(usages) for name, usages in rounds.items()}, words


def _everyday(folder: Path, documents: int) -> list[state.Cost]:
    """Measure the everyday commands in a project of this number of documents."""
    _say(f"everyday commands on {documents:,} documents")
    _python("corpus.py", folder / "many", documents)
    return list(state.costs(folder / "everyday", folder / "many"))


def _warm_up(folder: Path) -> None:
    """Run over one article without measuring, so that Python compiles our modules."""
    _python("corpus.py", folder / "one", 1)
    ours.create(folder / "warm", folder / "one")
    ours.sync(folder / "warm")


def _round(project: Path, articles: Path, converted: Path) -> Iterator[tuple[str, Usage]]:
    """Measure our four runs in a new project; a new one, because ext4 is slow after many deleted files."""
    ours.create(project, articles)
    yield _OURS + _FIRST, ours.sync(project)
    seconds = float(_python("conversion.py", articles, converted))
    yield _OURS + _CONVERSION, Usage(seconds, 0, 0)
    ours.translate(project)
    yield _OURS + _TRANSLATED, ours.sync(project)
    yield _OURS + _UNCHANGED, ours.sync(project)
    ours.edit(project / "source")
    yield _OURS + _EDITED, ours.sync(project)


def _toolkit(folder: Path, articles: Path, converted: Path) -> tuple[peers.Peer | None, list[str]]:
    _say("Translate Toolkit (installed on the first run)")
    (folder / "toolkit").mkdir()
    try:
        return peers.translate_toolkit(folder / "toolkit", articles, converted), []
    except peers.AbsentError as absent:
        return None, [str(absent)]


def _po4a(folder: Path, articles: Path, converted: Path, number: int, words: list[str]) -> dict[str, list[Usage]]:
    """Measure one round of po4a over the first ``number`` articles."""
    _say(_PO4A)
    chosen = sorted(articles.glob("*.txt"))[:number]
    some = folder / "some"
    some.mkdir()
    for path in chosen:
        shutil.copy(path, some)
    (folder / "po4a").mkdir()
    try:
        peer = peers.po4a(folder / "po4a", some, converted)
    except peers.AbsentError as absent:
        words.append(str(absent))
        return {}
    peer.first()
    peer.round(some)
    return {f"{_PO4A} ({len(chosen)} articles): {name}": usages for name, usages in peer.rounds.items()}


def _starts(folder: Path) -> dict[str, list[Usage]]:
    """Measure the start of our program and the import of click, in turn."""
    _say("start-up")
    script = Path(sys.executable).parent / "l10n-flow"
    version = [str(script)] if script.exists() else [sys.executable, "-m", "l10n_flow"]
    sample = folder / "sample"
    ours.create_sample(sample)
    ours.sync(sample)
    rounds: dict[str, list[Usage]] = {_VERSION: [], _CLICK: [], _SAMPLE: []}
    for _ in range(_STARTS):
        rounds[_SAMPLE].append(ours.sync(sample))
        rounds[_VERSION].append(measure.run([*version, "--version"], folder))
        rounds[_CLICK].append(measure.run([sys.executable, "-c", "import click"], folder))
    return rounds


def _python(script: str, *arguments: object) -> str:
    """Return the output of one of our scripts, run in its own process so that memory peaks stay separate."""
    command = [sys.executable, str(_HERE / script), *map(str, arguments)]
    return subprocess.run(command, check=True, stdout=subprocess.PIPE, text=True).stdout


def _say(text: str) -> None:
    print(text, file=sys.stderr, flush=True)


# Showing ---------------------------------------------------------------------------------------------------------


def _rows(figures: Mapping[str, Usage], po4a_share: float) -> list[Row]:
    reference = figures.get(_REFERENCE)
    rows = []
    for name, usage in figures.items():
        started = name in {_VERSION, _CLICK, _SAMPLE}
        scale = po4a_share if name.startswith(_PO4A) else 1
        ratio = None if reference is None or started else usage.cpu * scale / reference.cpu
        rows.append(Row(name, usage.cpu, usage.wall or None, usage.peak or None, ratio))
        if name == _OURS + _CONVERSION:
            rest = _without_conversion(figures)
            rows.append(Row(_OURS + _WITHOUT, rest, None, None, rest / reference.cpu if reference else None))
    return rows


def _without_conversion(figures: Mapping[str, Usage]) -> float:
    return figures[_OURS + _FIRST].cpu - figures[_OURS + _CONVERSION].cpu


def _budgets(figures: Mapping[str, Usage]) -> list[Budget]:
    reference = figures.get(_REFERENCE)
    ratios = {
        (_FIRST, 0.5): figures[_OURS + _FIRST].cpu,
        (_UNCHANGED, 0.05): figures[_OURS + _UNCHANGED].cpu,
        (_EDITED, 0.08): figures[_OURS + _EDITED].cpu,
    }
    budgets = [
        Budget(f"{name}, to Translate Toolkit", limit, cpu / reference.cpu if reference else None)
        for (name, limit), cpu in ratios.items()
    ]
    click = figures[_CLICK].cpu
    budgets.append(Budget(f"{_SAMPLE}, to {_CLICK}", 2.5, figures[_SAMPLE].cpu / click))
    return [*budgets, Budget(f"{_VERSION}, to {_CLICK}", 1.1, figures[_VERSION].cpu / click)]


def _table(rows: Sequence[Row]) -> Iterator[str]:
    width = max(len(row.name) for row in rows)
    yield f"{'':{width}}  {'CPU s':>7}  {'wall s':>7}  {'peak MB':>7}  {'ratio':>6}"
    for row in rows:
        digits = 3 if row.ratio is None else 2
        wall = "-" if row.wall is None else f"{row.wall:.{digits}f}"
        peak = "-" if row.peak is None else f"{row.peak:.0f}"
        ratio = "-" if row.ratio is None else f"{row.ratio:.2f}"
        yield f"{row.name:{width}}  {row.cpu:7.{digits}f}  {wall:>7}  {peak:>7}  {ratio:>6}"
    yield f"ratio: CPU seconds to those of {_REFERENCE!r}; po4a's per article"


def _verdicts(budgets: Sequence[Budget]) -> Iterator[str]:
    for budget in budgets:
        value = "not judged" if budget.value is None else f"{budget.value:.2f}"
        verdict = {True: "met", False: "not met", None: ""}[budget.met]
        yield f"budget: {budget.name}: {value}, at most {budget.limit}: {verdict}".removesuffix(": ")


if __name__ == "__main__":
    main()
