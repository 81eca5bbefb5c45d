"""Measure for ``bench/conversion_peers.py``: speed, start-up, memory, accuracy; each converter in its own process."""

from __future__ import annotations

import json
import statistics
import subprocess
import sys
import tempfile
from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass, field
from pathlib import Path
from typing import Any

import accuracy
import converters
import measure
from conversion_texts import CASES, CONVERSIONS, GSD, WORDS
from converters import BASE, CONVERTERS, CPP, OURS, AbsentError, Converter
from corpus import SAMPLE

TEXTS = ("article", "varied", "line")
TIMED = ("hk2s", "t2s", "tw2s")
#: The two measured starts: Python alone, and Python with the first conversion.
PASS, FIRST = "python -c pass", "first conversion"
COLD = "l10n-flow, no table cache"
#: A text with words that every converter must look up.
_TEXT = "乾隆年間，他的著作很有針對性。"
_HERE = Path(__file__).parent
_CONVERT_ONE = "\nimport sys\nconvert(sys.argv[1])"
# The peak of the program itself: the value of wait4 includes the parent process.
_PEAK = """
import sys
for line in open(sys.argv[1], encoding="utf-8"):
    convert(line)
if sys.platform == "linux":
    kilobytes = int(open("/proc/self/status").read().partition("VmHWM:")[2].split()[0])
else:
    import resource
    kilobytes = resource.getrusage(resource.RUSAGE_SELF).ru_maxrss / (1024 if sys.platform == "darwin" else 1)
print(kilobytes * 1024 / 1e6)
"""


@dataclass(frozen=True, slots=True)
class Rate:
    """Medians of characters per CPU second, and of their ratios to the base engine and the C++ library by round."""

    rate: float
    base: float | None
    cpp: float | None


@dataclass(frozen=True, slots=True)
class Start:
    """The milliseconds of a process."""

    wall: float
    cpu: float


@dataclass
class Bench:
    """The installed converters, in a folder with the texts of ``conversion_texts.py``.

    Attributes:
        absent: for each converter without figures, the reason.
    """

    folder: Path
    interpreters: dict[Converter, str] = field(default_factory=dict)
    absent: dict[str, str] = field(default_factory=dict)

    def prepare(self, megabytes: float, gsd: Path, archive: Path | None = None) -> None:
        """Install missing converters, and write the texts; ``archive`` is the folder of real news."""
        failed: dict[str, str] = {}
        for converter in CONVERTERS:
            say(f"{converter.name} (installed on the first run)")
            try:
                if converter.requirement not in failed:
                    self.interpreters[converter] = converters.python(converter)
            except AbsentError as absent:
                failed[converter.requirement] = str(absent)
            if converter not in self.interpreters:
                self.absent[converter.name] = failed[converter.requirement]
        command = [sys.executable, str(_HERE / "conversion_texts.py"), str(self.folder), str(megabytes), str(gsd)]
        try:
            command += ["--words", str(converters.packages(converters.environment(converters.WORDS)))]
        except AbsentError as absent:
            self.absent[WORDS] = str(absent)
        command += ["--archive", str(archive)] if archive else []
        subprocess.run(command, check=True)

    # Start-up and memory ------------------------------------------------------------------------------------------

    def starts(self, times: int) -> dict[str, dict[str, Start]]:
        """Return medians by converter and kind of start; the first start does not count."""
        say("start-up")
        found: dict[str, dict[str, list[Start]]] = {}
        for number in range(times + 1):
            for name, kind, start in self._starts_once():
                if number:
                    found.setdefault(name, {}).setdefault(kind, []).append(start)
        return {name: {kind: _median(starts) for kind, starts in kinds.items()} for name, kinds in found.items()}

    def _starts_once(self) -> Iterator[tuple[str, str, Start]]:
        for converter, interpreter in list(self.interpreters.items()):
            bare = self._start(interpreter, "pass")
            code = converter.program("hk2s") + _CONVERT_ONE
            try:
                first = self._start(interpreter, code)
            except RuntimeError as failure:
                self._fails(converter, str(failure))
                continue
            yield converter.name, PASS, bare
            yield converter.name, FIRST, _less(first, bare)
            if converter is OURS:
                with tempfile.TemporaryDirectory() as empty:
                    cold = f"import os\nos.environ['XDG_CACHE_HOME'] = {empty!r}\n{code}"
                    yield COLD, FIRST, _less(self._start(interpreter, cold), bare)

    def _start(self, interpreter: str, code: str) -> Start:
        usage = measure.run([interpreter, "-c", code, _TEXT], self.folder)
        return Start(1000 * usage.wall, 1000 * usage.cpu)

    def peaks(self) -> dict[str, float]:
        """Return the peak memory in MB of a process that converts the article."""
        say("memory")
        found = {PASS: float(self._output([sys.executable, "-c", "def convert(text): pass\n" + _PEAK, str(SAMPLE)]))}
        for converter, interpreter in list(self.interpreters.items()):
            found[converter.name] = float(
                self._output([interpreter, "-c", converter.program("hk2s") + _PEAK, str(SAMPLE)])
            )
        return found

    # Speed --------------------------------------------------------------------------------------------------------

    def speeds(self, rounds: int, seconds: float) -> dict[str, dict[str, dict[str, Rate]]]:
        """Return the rates by conversion, converter and text."""
        found: dict[str, dict[str, list[Mapping[str, float]]]] = {}
        for number in range(rounds):
            for conversion in TIMED:
                say(f"round {number + 1} of {rounds}: {conversion}")
                for converter in filter(lambda one: one.timed, list(self.interpreters)):
                    rates = self._work(converter, conversion, "rates", SAMPLE, self.folder / "varied.txt", seconds)
                    if rates is not None:
                        found.setdefault(conversion, {}).setdefault(converter.name, []).append(rates)
        return {conversion: _rates(by_name) for conversion, by_name in found.items()}

    # Accuracy -----------------------------------------------------------------------------------------------------

    def accuracies(self) -> dict[str, list[accuracy.Score]]:
        """Return the scores of each converter for the texts that are installed."""
        found: dict[str, list[accuracy.Score]] = {}
        for conversion in CONVERSIONS:
            say(f"accuracy: {conversion}")
            pairs = json.loads((self.folder / f"pairs-{conversion}.json").read_text(encoding="utf-8"))
            texts = self.folder / "texts.json"
            befores = list(dict.fromkeys(before for kind in pairs.values() for before, _ in kind))
            texts.write_text(json.dumps(befores), encoding="utf-8")
            for converter in list(self.interpreters):
                results = self._work(converter, conversion, "convert", texts)
                if results is not None:
                    convert = dict(zip(befores, results, strict=True)).__getitem__
                    found.setdefault(converter.name, []).extend(_scores(convert, conversion, pairs))
        return found

    # Processes ----------------------------------------------------------------------------------------------------

    def _work(self, converter: Converter, conversion: str, task: str, *arguments: object) -> Any:
        """Return the output of the worker; None when it fails, and the failure is recorded."""
        worker = [
            self.interpreters[converter],
            str(_HERE / "conversion_worker.py"),
            converter.program(conversion),
            task,
        ]
        try:
            return json.loads(self._output([*worker, *map(str, arguments)]))
        except RuntimeError as failure:
            self._fails(converter, str(failure))
            return None

    def _output(self, command: Sequence[str]) -> str:
        done = subprocess.run(command, check=False, capture_output=True, text=True, cwd=self.folder)
        if done.returncode:
            raise RuntimeError(done.stderr)
        return done.stdout

    def _fails(self, converter: Converter, said: str) -> None:
        self.absent[converter.name] = "failed: " + (said.strip().splitlines() or ["without a word"])[-1]
        del self.interpreters[converter]


def say(text: str) -> None:
    """Print progress."""
    print(text, file=sys.stderr, flush=True)


def _less(start: Start, bare: Start) -> Start:
    return Start(start.wall - bare.wall, start.cpu - bare.cpu)


def _median(starts: Sequence[Start]) -> Start:
    return Start(statistics.median(one.wall for one in starts), statistics.median(one.cpu for one in starts))


def _rates(rounds: Mapping[str, Sequence[Mapping[str, float]]]) -> dict[str, dict[str, Rate]]:
    """Return the medians of the rounds for each converter and text."""
    return {
        name: {text: _rate(text, own, rounds.get(BASE.name), rounds.get(CPP.name)) for text in TEXTS}
        for name, own in rounds.items()
    }


Rounds = Sequence[Mapping[str, float]]


def _rate(text: str, own: Rounds, base: Rounds | None, cpp: Rounds | None) -> Rate:
    return Rate(statistics.median(one[text] for one in own), _ratio(text, own, base), _ratio(text, own, cpp))


def _ratio(text: str, own: Rounds, other: Rounds | None) -> float | None:
    """Return the median ratio by round, as other work on the machine slows both; None without other rounds."""
    if not other or len(other) != len(own):
        return None
    return statistics.median(mine[text] / its[text] for mine, its in zip(own, other, strict=True))


def _scores(
    convert: accuracy.Convert, conversion: str, pairs: Mapping[str, accuracy.Pairs]
) -> Iterator[accuracy.Score]:
    if pairs[CASES]:
        yield accuracy.exact(f"{CASES} {conversion}", convert, pairs[CASES])
    if pairs.get(GSD):
        yield from accuracy.gsd_scores(convert, pairs[GSD])
    if pairs.get(WORDS):
        yield accuracy.exact(WORDS, convert, pairs[WORDS])
