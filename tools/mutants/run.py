"""Mutation tests: what ``make mutants`` does (docs/mutants.md).

A seeded sample of small changes of the program, each in a copy of ``src``; for each the tests that run the changed
line, those of the smallest reach first, until one fails. Nothing in the working tree is touched but ``.mutants/``,
where it is kept which lines each test runs, for as long as neither the sources nor the file of the test change.
"""

from __future__ import annotations

import argparse
import contextlib
import hashlib
import json
import os
import random
import resource
import shutil
import signal
import subprocess
import sys
import tempfile
from collections import defaultdict
from collections.abc import Callable, Iterable, Sequence
from concurrent.futures import ThreadPoolExecutor
from dataclasses import dataclass
from itertools import chain
from pathlib import Path
from queue import SimpleQueue
from typing import TypeVar

from coverage import CoverageData
from operators import Mutant, mutants

TOOLS = Path(__file__).parent
ROOT = TOOLS.parents[1]
PACKAGES = ("catalogue", "documents", "conversion", "project")
#: Tests that start servers and browsers, or hundreds of programs: too slow here, and of other packages.
_WITHOUT = ("test_review_*.py", "test_web*.py", "test_links.py", "test_mutants.py")
_MEMORY = 8 << 30
_Item = TypeVar("_Item")
_Result = TypeVar("_Result")


@dataclass(frozen=True, eq=False)
class Test:
    """A test, its file and what it runs: the numbers of lines by file of the program."""

    name: str
    seconds: float
    ran: dict[str, list[int]]

    def cost(self, file: str) -> float:
        """Less for a quick test, and for one that runs much of this file and little else."""
        return (0.01 + self.seconds) * sum(map(len, self.ran.values())) / len(self.ran[file])


class Room:
    """A copy of the sources, and the folders of a user of its own."""

    def __init__(self, folder: Path, root: Path) -> None:
        self.folder, self.root = folder, root
        shutil.copytree(root / "src", folder / "src")

    def pytest(self, arguments: Sequence[str], seconds: float, **env: str) -> int:
        """Run tests on the copy; its exit code, less than 0 when it took more processor time than the seconds."""
        for name in ("home", "cache", "tmp"):
            shutil.rmtree(self.folder / name, ignore_errors=True)
            (self.folder / name).mkdir()
        inherited = {name: value for name, value in os.environ.items() if not name.startswith(("PYTEST_", "COV"))}
        own = {
            "HOME": self.folder / "home", "XDG_CACHE_HOME": self.folder / "cache", "TMPDIR": self.folder / "tmp",
            "HYPOTHESIS_STORAGE_DIRECTORY": self.folder / "tmp" / "hypothesis", "CI": "1",
            "PYTHONDONTWRITEBYTECODE": "1", "PYTHONPATH": f"{self.folder / 'src'}{os.pathsep}{TOOLS}",
        }  # fmt: skip

        def limited() -> None:
            limit = int(seconds) + 1
            resource.setrlimit(resource.RLIMIT_CPU, (limit, limit))
            resource.setrlimit(resource.RLIMIT_AS, (_MEMORY, _MEMORY))

        process = subprocess.Popen(
            [sys.executable, "-m", "pytest", "-q", "-p", "no:cacheprovider", *arguments],
            cwd=self.root, env={**inherited, **{name: str(value) for name, value in own.items()}, **env},
            stdin=subprocess.DEVNULL, stdout=subprocess.DEVNULL, stderr=subprocess.DEVNULL,
            start_new_session=True, preexec_fn=limited,  # noqa: PLW1509 - it calls the kernel only
        )  # fmt: skip
        try:
            return process.wait(10 * seconds)  # one that waits for ever takes no processor time
        except subprocess.TimeoutExpired:
            return -1
        finally:
            with contextlib.suppress(ProcessLookupError):
                os.killpg(process.pid, signal.SIGKILL)
            process.wait()


def measured(room: Room, kept: Path, test: Path) -> list[Test]:
    """What each passing test of a file runs: as kept, or measured now and kept."""
    program = sorted((room.root / "src").rglob("*.py"))
    read = (*program, *test.parent.glob("conftest.py"), test)
    key = hashlib.sha256(b"\0".join(path.read_bytes() for path in read)).hexdigest()
    path = kept / f"{test.stem}.json"
    if not path.exists() or (data := json.loads(path.read_text(encoding="utf-8")))["key"] != key:
        data = {"key": key, "tests": _measure(room, test)}
        path.write_text(json.dumps(data), encoding="utf-8")
    return [Test(*each) for each in data["tests"]]


def _measure(room: Room, test: Path) -> list[tuple[str, float, dict[str, list[int]]]]:
    folder = Path(tempfile.mkdtemp(dir=room.folder))
    program = room.folder / "src" / "l10n_flow"
    settings = folder / "settings"
    settings.write_text(
        f"[run]\nparallel = true\ndata_file = {folder / 'data'}\ncontext = ${{PYTEST_CURRENT_TEST-}}\n"
        f"include =\n" + "".join(f"    {program / package}/*\n" for package in PACKAGES) + "disable_warnings =\n"
        "    no-data-collected\n    module-not-imported\n    module-not-measured\n    dynamic-conflict\n",
        encoding="utf-8",
    )
    times = folder / "times"
    room.pytest(["-p", "measure", str(test)], 3000, COVERAGE_PROCESS_START=str(settings), MUTANTS_TIMES=str(times))
    ran: dict[str, dict[str, set[int]]] = defaultdict(lambda: defaultdict(set))
    for part in folder.glob("data.*"):
        data = CoverageData(str(part))
        data.read()
        for file in data.measured_files():
            name = Path(file).relative_to(room.folder).as_posix()
            for line, contexts in data.contexts_by_lineno(file).items():
                for context in contexts:
                    ran[context.rpartition(" (")[0] if context.endswith(")") else context][name].add(line)
    passed = json.loads(times.read_text(encoding="utf-8")) if times.exists() else {}
    shutil.rmtree(folder)
    return [
        (name, seconds, {file: sorted(lines) for file, lines in ran[name].items()})
        for name, seconds in passed.items()
        if name in ran
    ]


def chosen(mutant: Mutant, tests: Iterable[Test], budget: float) -> tuple[list[Test], bool]:
    """The tests for a mutant, the cheapest first, as many as the seconds allow; and whether these are all."""
    first, last = mutant.lines
    near = {
        test: any(first <= line <= last for line in test.ran[mutant.file]) for test in tests if mutant.file in test.ran
    }
    candidates = [test for test in near if near[test] or mutant.once]
    taken: list[Test] = []
    for test in sorted(candidates, key=lambda test: (not near[test], test.cost(mutant.file))):
        if taken and budget < test.seconds:
            return taken, False
        budget -= test.seconds
        taken.append(test)
    return taken, True


@dataclass(frozen=True)
class Fate:
    """What came of a mutant: killed, or why not."""

    mutant: Mutant
    killed: bool
    told: str = ""

    def __str__(self) -> str:
        """Where it is, and what changes."""
        before, after = (" ".join(each.split()) for each in (self.mutant.before, self.mutant.after))
        told = f"  ({self.told})" if self.told else ""
        return f"{self.mutant.file}:{self.mutant.line}: {before} → {after}{told}"


def tried(room: Room, mutant: Mutant, tests: Sequence[Test], budget: float) -> Fate:
    """Run the tests for one mutant, in its room."""
    taken, all_of_them = chosen(mutant, tests, budget)
    if not taken:
        return Fate(mutant, killed=False, told="no test runs it")
    path = room.folder / mutant.file
    source, stat = path.read_bytes(), path.stat()
    path.write_bytes(mutant.applied(source))
    try:
        seconds = 3 * sum(test.seconds for test in taken) + 30
        code = room.pytest(["-x", *(test.name for test in taken)], seconds)
    finally:
        path.write_bytes(source)
        os.utime(path, ns=(stat.st_atime_ns, stat.st_mtime_ns))  # so that what is compiled is right again
    if code not in {0, 5}:
        return Fate(mutant, killed=True)
    survivor = Fate(mutant, killed=False, told="" if all_of_them else f"after {len(taken)} tests, more run it")
    sys.stderr.write(f"\r{survivor}\n")
    return survivor


def in_rooms(rooms: Sequence[Room], work: Callable[[Room, _Item], _Result], items: Sequence[_Item]) -> list[_Result]:
    """Do the work on each item, in as many rooms at a time as there are; how far it is goes to standard error."""
    free: SimpleQueue[Room] = SimpleQueue()
    for room in rooms:
        free.put(room)
    done = 0

    def one(item: _Item) -> _Result:
        nonlocal done
        room = free.get()
        try:
            return work(room, item)
        finally:
            free.put(room)
            done += 1
            sys.stderr.write(f"\r{done} of {len(items)}")
            sys.stderr.flush()

    with ThreadPoolExecutor(len(rooms)) as pool:
        results = list(pool.map(one, items))
    sys.stderr.write("\n")
    return results


def table(fates: Sequence[Fate], packages: Sequence[str]) -> str:
    """Mutants and killed ones by package, then each survivor with its place and its change."""
    rows = [(each, [fate for fate in fates if f"/{each}/" in fate.mutant.file]) for each in packages]
    text = f"{'package':<12} {'mutants':>8} {'killed':>8} {'%':>6}\n"
    for name, some in [*rows, ("all", fates)]:
        killed = sum(fate.killed for fate in some)
        text += f"{name:<12} {len(some):>8} {killed:>8} {100 * killed / max(len(some), 1):>6.1f}\n"
    for fate in fates:
        if not fate.killed:
            text += f"{fate}\n"
    return text


def run(root: Path, *, sample: int, seed: int = 1, only: str = "", budget: float = 60, jobs: int = 1) -> list[Fate]:
    """What came of a sample of the mutants of the packages.

    Args:
        root: the folder with ``src/l10n_flow`` and ``tests``.
        sample: how many.
        seed: another draws another sample.
        only: a part of the names of the files that are changed; all without it.
        budget: for how many seconds tests run at most for one mutant, as they were measured.
        jobs: how many at a time.
    """
    kept = root / ".mutants"
    kept.mkdir(exist_ok=True)
    everything = [
        mutant
        for package in PACKAGES
        for path in sorted((root / "src" / "l10n_flow" / package).rglob("*.py"))
        for mutant in mutants(path.relative_to(root).as_posix(), path.read_bytes())
        if only in mutant.file
    ]
    drawn = random.Random(seed).sample(everything, min(sample, len(everything)))  # noqa: S311
    with tempfile.TemporaryDirectory() as folder:
        rooms = [Room(Path(folder) / str(number), root) for number in range(jobs)]
        files = [path for path in sorted((root / "tests").glob("test_*.py")) if not any(map(path.match, _WITHOUT))]
        tests = list(chain.from_iterable(in_rooms(rooms, lambda room, path: measured(room, kept, path), files)))
        fates = in_rooms(rooms, lambda room, mutant: tried(room, mutant, tests, budget), drawn)
    return sorted(fates, key=lambda fate: (fate.mutant.file, fate.mutant.start, fate.mutant.after))


def main() -> None:
    """Read the options, and print the table."""
    options = argparse.ArgumentParser(description="Mutation tests of l10n-flow.")
    options.add_argument("--sample", type=int, default=200)
    options.add_argument("--seed", type=int, default=1)
    options.add_argument("--only", default="", help="a part of the files' names")
    options.add_argument("--budget", type=float, default=60, help="seconds of tests for a mutant")
    options.add_argument("--jobs", type=int, default=os.cpu_count() or 1)
    given = options.parse_args()
    fates = run(ROOT, **vars(given))
    sys.stdout.write(table(fates, PACKAGES))


if __name__ == "__main__":
    main()
