"""``check --bilingual`` and the forms for programs, as people call them."""

from __future__ import annotations

import json
import os
from collections.abc import Callable
from pathlib import Path
from typing import NamedTuple
from xml.etree import ElementTree as ET

import pytest

from l10n_flow.cli import main

PAIRS = (
    "source\ttarget\n產值達2.5億元。\tOutput reached 2.5 billion yuan.\n三名學生。\tThree pupils.\n共58人。\tPeople.\n"
)


@pytest.fixture
def file(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> Path:
    monkeypatch.chdir(tmp_path)
    path = tmp_path / "pairs.tsv"
    path.write_text(PAIRS, "utf-8")
    return path


class Ran(NamedTuple):
    exit_code: int
    stdout: str
    stderr: str


@pytest.fixture
def run(file: Path, capsys: pytest.CaptureFixture[str]) -> Callable[..., Ran]:
    def _run(*arguments: str) -> Ran:
        with pytest.raises(SystemExit) as left:
            main(["check", *arguments])
        return Ran(int(left.value.code or 0), *capsys.readouterr())

    return _run


def test_json_is_a_list_with_the_number_of_each_pair(file: Path, run: Callable[..., Ran]) -> None:
    result = run("--bilingual", "pairs.tsv", "--format", "json")
    assert result.exit_code == 1
    assert json.loads(result.stdout) == [
        {
            "row": 1,
            "rule": "number-mismatch",
            "severity": "error",
            "message": "2.5億元 is 250,000,000 yuan; the translation says 2.5 billion",
            "source-span": [3, 8],
            "target-span": [15, 26],
            "fixes": [{"span": [15, 26], "text": "250 million"}],
            "docs": "docs/checks.md#number-mismatch",
        },
        {
            "row": 3,
            "rule": "number-missing",
            "severity": "warning",
            "message": "58人 (58) is not in the translation",
            "source-span": [1, 4],
            "target-span": None,
            "fixes": [],
            "docs": "docs/checks.md#number-missing",
        },
    ]


def test_text_tells_file_line_and_pair(file: Path, run: Callable[..., Ran]) -> None:
    result = run("--bilingual", "pairs.tsv")
    assert result.stdout.splitlines()[0] == (
        "pairs.tsv:2: error: 2.5億元 is 250,000,000 yuan; the translation says 2.5 billion [number-mismatch]  (pair 1)"
    )
    assert result.stdout.splitlines()[-1] == "1 error, 1 warning in 3 pairs"


def test_the_gate_is_where_it_is_asked_for(file: Path, run: Callable[..., Ran]) -> None:
    assert run("--bilingual", "pairs.tsv", "--ignore", "number-mismatch").exit_code == 0
    assert run("--bilingual", "pairs.tsv", "--ignore", "number-mismatch", "--fail-level", "warning").exit_code == 1
    assert run("--bilingual", "pairs.tsv", "--select", "han-in-target", "-q").stdout == ""


def test_locales_of_the_options(file: Path, run: Callable[..., Ran]) -> None:
    file.write_text("产值达2.5亿元。\t產值達25億元。\n", "utf-8")
    result = run("--bilingual", "pairs.tsv", "--source-locale", "zh_Hans", "--locale", "zh_Hant", "--format", "json")
    assert [one["rule"] for one in json.loads(result.stdout)] == ["number-identical"]


@pytest.mark.parametrize(
    ("arguments", "message"),
    [
        (["--bilingual", "nothing.tsv"], "nothing.tsv: cannot be read"),
        (["--bilingual", "pairs.tsv", "a"], "--bilingual takes one file"),
        (["--diff"], "--diff, --approved and --by go with --fix"),
        (["--bilingual", "pairs.tsv", "--fix"], "leave documents and --fix out"),
        (["--bilingual", "pairs.tsv", "--locale", "en", "--locale", "fr"], "--bilingual takes one file"),
        (["--bilingual", "pairs.tsv", "--locale", "english"], "is no locale id"),
        (["--bilingual", "pairs.tsv", "--select", "numbers"], "there is no check called 'numbers'"),
        (["--source-locale", "zh_Hans"], "--source-locale goes with --bilingual"),
    ],
)
def test_wrong_usage_is_exit_2_in_one_sentence(run: Callable[..., Ran], arguments: list[str], message: str) -> None:
    result = run(*arguments)
    assert (result.exit_code, message in result.stderr) == (2, True), result.stderr
    assert "Traceback" not in result.stderr


def test_github_annotations(file: Path, run: Callable[..., Ran]) -> None:
    assert run("--bilingual", "pairs.tsv", "--format", "github").stdout.startswith(
        "::error file=pairs.tsv,line=2,title=number-mismatch (en)::2.5億元 is 250,000,000 yuan"
    )


def test_sarif(file: Path, run: Callable[..., Ran]) -> None:
    result = run("--bilingual", "pairs.tsv", "--format", "sarif")
    log = json.loads(result.stdout)
    assert result.exit_code == 1
    assert log["version"] == "2.1.0"
    (sarif,) = log["runs"]
    assert [(one["ruleId"], one["level"]) for one in sarif["results"]] == [
        ("number-mismatch", "error"),
        ("number-missing", "warning"),
    ]
    rules = sarif["tool"]["driver"]["rules"]
    for one in sarif["results"]:
        assert rules[one["ruleIndex"]]["id"] == one["ruleId"]
        assert one["message"]["text"]
        assert one["locations"][0]["physicalLocation"]["artifactLocation"]["uri"] == "pairs.tsv"
        assert one["locations"][0]["physicalLocation"]["region"]["startLine"] >= 1
    schema = os.environ.get("SARIF_SCHEMA")  # OASIS's file, which is not ours to pass on
    if schema:
        jsonschema = pytest.importorskip("jsonschema")
        jsonschema.validate(log, json.loads(Path(schema).read_text("utf-8")))


def test_junit(file: Path, run: Callable[..., Ran]) -> None:
    file.write_text(PAIRS.replace("Three", "Fo\x07ur & <5>"), "utf-8")
    suites = ET.fromstring(run("--bilingual", "pairs.tsv", "--format", "junit").stdout)
    assert (suites.get("tests"), suites.get("failures")) == ("4", "2")
    (suite,) = suites
    assert [(case.get("classname"), [child.tag for child in case]) for case in suite] == [
        ("number-mismatch", ["failure"]),
        ("number-mismatch", ["failure"]),
        ("invisible-character", ["system-out"]),
        ("number-missing", ["system-out"]),
    ]
    clean = ET.fromstring(run("--bilingual", "pairs.tsv", "--select", "fuzzy", "--format", "junit").stdout)
    assert (clean.get("tests"), clean.get("failures")) == ("1", "0")
