"""Programs of the machine: none of the project's is taken for one."""

from __future__ import annotations

import sys
from pathlib import Path

import pytest

from l10n_flow import programs

pytestmark = pytest.mark.skipif(sys.platform == "win32", reason="programs have other names on Windows")


def made(folder: Path) -> Path:
    folder.mkdir(parents=True, exist_ok=True)
    program = folder / "tool"
    program.write_text("#!/bin/sh\n")
    program.chmod(0o755)
    return program


def test_a_program_beside_the_project_is_found(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    program = made(tmp_path / "bin")
    monkeypatch.setenv("PATH", str(program.parent))
    assert programs.find("tool", tmp_path / "project") == str(program)
    assert programs.find("other", tmp_path / "project") is None


@pytest.mark.parametrize("path", [".", "bin", "link"], ids=str)
def test_none_in_the_project_is(tmp_path: Path, monkeypatch: pytest.MonkeyPatch, path: str) -> None:
    """Not by a search path that is relative, nor by a link that leads into the project."""
    made(tmp_path)
    made(tmp_path / "bin")
    (tmp_path / "link").symlink_to(tmp_path / "bin")
    monkeypatch.chdir(tmp_path)
    monkeypatch.setenv("PATH", path)
    assert programs.find("tool", tmp_path) is None
