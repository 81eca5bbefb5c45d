"""The mutation tests themselves (``make mutants``): a tiny program with one survivor, and what a mutant is."""

from __future__ import annotations

import importlib
from pathlib import Path
from types import ModuleType

import pytest

ROOT = Path(__file__).parent.parent

PROGRAM = '''\
"""A tiny program."""

LIMIT = 10


def is_long(text: str) -> bool:
    return len(text) > LIMIT


def untested() -> int:
    return 1


def by_command(text: str) -> str:
    return text.upper() or ""
'''

TESTS = """\
import subprocess
import sys

from l10n_flow.tiny.words import is_long

def test_long():
    assert is_long("a" * 30)
    assert not is_long("a")

def test_command():
    code = "from l10n_flow.tiny.words import by_command; print(by_command('a'))"
    assert subprocess.check_output([sys.executable, "-c", code]) == b"A\\n"
"""


@pytest.fixture
def tool(monkeypatch: pytest.MonkeyPatch) -> ModuleType:
    monkeypatch.syspath_prepend(str(ROOT / "tools" / "mutants"))
    return importlib.import_module("run")


def test_of_a_tiny_program_the_survivors_are_known(
    tool: ModuleType, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    package = tmp_path / "src" / "l10n_flow" / "tiny"
    package.mkdir(parents=True)
    (package.parent / "__init__.py").touch()
    (package / "__init__.py").touch()
    (package / "words.py").write_text(PROGRAM, encoding="utf-8")
    (tmp_path / "tests").mkdir()
    (tmp_path / "tests" / "test_tiny.py").write_text(TESTS, encoding="utf-8")
    monkeypatch.setattr(tool, "PACKAGES", ("tiny",))
    before = {path: path.read_bytes() for path in (tmp_path / "src").rglob("*.py")}
    fates = tool.run(tmp_path, sample=100)
    found = [(fate.mutant, fate.told) for fate in fates if not fate.killed]
    assert [(mutant.line, mutant.before, mutant.after, told) for mutant, told in found] == [
        (3, "10", "(11)", ""),
        (7, "len(text) > LIMIT", "(len(text) >= LIMIT)", ""),
        (11, "1", "(2)", "no test runs it"),
        (11, "1", "(None)", "no test runs it"),
        (15, '""', "('XX')", ""),
    ]
    assert {fate.mutant.line for fate in fates if fate.killed} == {7, 15}
    assert {path: path.read_bytes() for path in before} == before
    shown = tool.table(fates, ("tiny",))
    assert shown.startswith("package       mutants   killed      %\ntiny                8        3   37.5\nall ")
    assert "src/l10n_flow/tiny/words.py:7: len(text) > LIMIT → (len(text) >= LIMIT)\n" in shown


@pytest.mark.parametrize(
    ("written", "mutated"),
    [
        ("x = a < b <= c", ["a <= b <= c", "a < b < c"]),
        ("x = not a and b", ["not a or b", "a"]),
        ("x = a + 1", ["a - 1", "2"]),
        ("if a: b()", ["not a", "pass"]),
        ("def f():\n    return '字' # 字", ["''", "None"]),
        ("x = [a for a in b if a]", ["not a"]),
        ("for a in b:\n    continue", ["break"]),
        ("a.b = c", ["pass"]),
        ("raise A", ["pass"]),
        ("x: int | None = f('''doc''')", ["''"]),
        ('def f(a: "A | B") -> "C":\n    "Docstring."', []),
        ("__all__ = ['a']\nif TYPE_CHECKING:\n    import a", []),
        ("@cache(1)\ndef f(): pass", []),
        ("x = f'{a} b'", []),
    ],
)
def test_what_a_mutant_changes(tool: ModuleType, written: str, mutated: list[str]) -> None:
    found = tool.mutants("a.py", written.encode())
    assert sorted(each.after.removeprefix("(").removesuffix(")") for each in found) == sorted(mutated)
    for each in found:
        compile(each.applied(written.encode()), "a.py", "exec")
