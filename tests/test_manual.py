"""The documentation that is installed with the program."""

from __future__ import annotations

import json
import re
import subprocess
import sys
import zipfile
from pathlib import Path

import pytest

from conftest import Newsroom
from l10n_flow.checks import RULES
from l10n_flow.errors import SourceError
from l10n_flow.work import manual

ROOT = Path(__file__).parents[1]


@pytest.mark.parametrize("rule", [rule.id for rule in RULES])
def test_each_rule_is_explained_and_nothing_else_with_it(rule: str) -> None:
    text = manual.read(f"docs/checks.md#{rule}")
    assert text.startswith(f"## {rule}\n")
    assert re.findall("^## .*", text, re.MULTILINE) == [f"## {rule}"]


@pytest.mark.parametrize(
    ("wanted", "told"),
    [
        ("chekcs", "the documentation has no page 'chekcs'; did you mean 'checks'?"),
        ("zzz", "l10n-flow docs lists the pages"),
        ("../README", "has no page 'README'"),
        ("checks#fuzy", "checks has no section 'fuzy'; did you mean 'fuzzy'?"),
        ("checks#xxxxxxxxxx", "l10n-flow docs checks shows all of it"),
    ],
)
def test_what_is_not_there_is_told_with_the_nearest_name(wanted: str, told: str) -> None:
    with pytest.raises(SourceError, match=re.escape(told)):
        manual.read(wanted)


def test_pages_and_what_settings_and_findings_point_to(newsroom: Newsroom) -> None:
    listed = newsroom.run("docs").out.splitlines()
    assert [line.split()[0] for line in listed] == sorted(path.stem for path in (ROOT / "docs").glob("*.md"))
    assert newsroom.run("docs", "checks").out == (ROOT / "docs/checks.md").read_text("utf-8")
    newsroom.write("題目\n")
    newsroom.sync()
    (finding,) = json.loads(newsroom.run("check", "--locale", "en", "--format", "json").out)
    (newsroom.root / "l10n-flow.toml").unlink()
    newsroom.run("init")
    settings = (newsroom.root / "l10n-flow.toml").read_text("utf-8")
    pointers = [*re.findall(r"l10n-flow docs (\S+)", settings), finding["docs"]]
    assert len(pointers) == 4
    assert all(newsroom.run("docs", each).code == 0 for each in pointers)


def test_a_wheel_holds_the_documentation(tmp_path: Path) -> None:
    subprocess.run(
        [sys.executable, "-m", "hatchling", "build", "-t", "wheel", "-d", str(tmp_path)],
        cwd=ROOT,
        check=True,
        capture_output=True,
    )
    (wheel,) = tmp_path.glob("*.whl")
    assert {f"l10n_flow/docs/{path.name}" for path in (ROOT / "docs").glob("*.md")} <= set(
        zipfile.ZipFile(wheel).namelist()
    )
