"""The benchmark of conversion tells ratios round by round, and who could not be measured."""

import json
import subprocess
import sys
from pathlib import Path
from types import SimpleNamespace

import pytest

BENCH = Path(__file__).parent.parent / "bench"


@pytest.fixture
def bench(monkeypatch):
    """Its modules, which are scripts beside each other."""
    before = set(sys.modules)
    monkeypatch.syspath_prepend(str(BENCH))
    import conversion_measure  # noqa: PLC0415
    import conversion_peers  # noqa: PLC0415
    import converters  # noqa: PLC0415

    yield SimpleNamespace(measure=conversion_measure, peers=conversion_peers, converters=converters)
    for name in set(sys.modules) - before:
        if BENCH in Path(getattr(sys.modules[name], "__file__", None) or "/").parents:
            del sys.modules[name]


def test_ratios_are_of_the_same_round(bench):
    # A machine that is ten times slower in the second round: the ratio of medians would be 2.
    own, other = [{"article": speed} for speed in (300, 20, 200)], [{"article": speed} for speed in (100, 10, 100)]
    assert bench.measure._ratio("article", own, other) == 2
    own[2]["article"] = 900
    assert bench.measure._ratio("article", own, other) == 3
    assert bench.measure._ratio("article", own, None) is None


def test_what_pip_cannot_install_is_told_and_leaves_nothing(bench, monkeypatch, tmp_path):
    def run(command, **_):
        (tmp_path / "peer-1.0").mkdir(exist_ok=True)
        return SimpleNamespace(returncode=int("pip" in command))

    monkeypatch.setattr(bench.converters, "_ENVIRONMENTS", tmp_path)
    monkeypatch.setattr(bench.converters.subprocess, "run", run)
    with pytest.raises(bench.converters.AbsentError, match="pip could not install peer"):
        bench.converters.environment("peer==1.0")
    assert not list(tmp_path.iterdir())


def test_a_converter_that_fails_is_told_and_left_out(bench, tmp_path):
    broken = bench.converters.Converter("broken", "raise ValueError('no dictionaries')")
    measured = bench.measure.Bench(tmp_path, {broken: sys.executable})
    assert measured._work(broken, "hk2s", "convert", tmp_path / "texts.json") is None
    assert measured.absent == {"broken": "failed: ValueError: no dictionaries"}
    assert not measured.interpreters


def test_the_worker_converts_and_counts_all_characters(tmp_path):
    (tmp_path / "texts.json").write_text(json.dumps(["ab", "漢"]))
    (tmp_path / "lines.txt").write_text("ab\n\nc漢\n", encoding="utf-8")
    lines = str(tmp_path / "lines.txt")
    upper = "convert = str.upper"
    assert worker(upper, "convert", str(tmp_path / "texts.json")) == ["AB", "漢"]
    slow = "import time\ndef convert(text):\n    end = time.process_time() + 0.002\n    while time.process_time() < end: pass"
    found = worker(slow, "rates", lines, lines, "0.1")
    assert found.keys() == {"article", "varied", "line"}
    assert 600 < found["varied"] < 1001  # two lines of two characters, 0.002 seconds each
    assert 1200 < found["line"] < 2001  # one line of four


def worker(*arguments):
    command = [sys.executable, str(BENCH / "conversion_worker.py"), *arguments]
    return json.loads(subprocess.run(command, check=True, stdout=subprocess.PIPE).stdout)


def test_the_tables_are_aligned(bench):
    lines = list(bench.peers._table("speed", ["rate", "base"], {"l10n-flow": ["12.5", "-"], "peer": ["1.25", "1.0"]}))
    assert lines == ["speed      rate  base", "l10n-flow  12.5     -", "peer       1.25   1.0", ""]


def test_few_hard_sentences_are_wrong_in_silence(monkeypatch):
    monkeypatch.syspath_prepend(str(BENCH))
    import hard_sentences  # noqa: PLC0415

    found = list(hard_sentences.judged(BENCH / "data" / "hard-sentences.tsv"))
    silent = [each for each in found if each[0] == hard_sentences.SILENT]
    assert len(found) > 290
    assert len(silent) <= 2, silent
    assert sum(each[0] == hard_sentences.RIGHT for each in found) >= 285


def test_a_sentence_is_right_doubted_or_wrong_in_silence(monkeypatch, tmp_path):
    monkeypatch.syspath_prepend(str(BENCH))
    import hard_sentences  # noqa: PLC0415

    path = tmp_path / "some.tsv"
    path.write_text("# no sentence\n看著\t看着\n效果不著\t效果不著\n天氣\t天气了\n", encoding="utf-8")
    outcomes = [each[0] for each in hard_sentences.judged(path)]
    assert outcomes == [hard_sentences.RIGHT, hard_sentences.DOUBTED, hard_sentences.SILENT]
