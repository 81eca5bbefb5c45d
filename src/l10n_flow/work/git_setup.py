"""The merge driver in a clone: ``.gitattributes`` lists the files that it merges, git's configuration its command.

The first is part of the repository; the second is part of each clone, because it names a program of that machine.
"""

from __future__ import annotations

import shlex
import subprocess
import sys
from dataclasses import dataclass
from pathlib import Path

from l10n_flow import files, programs
from l10n_flow.errors import ConfigError
from l10n_flow.project import OVERRIDES_NAME, Project

DRIVER = "l10n-flow"
_ATTRIBUTES = ".gitattributes"
_SETTINGS = {f"merge.{DRIVER}.name": "l10n-flow: catalogues by unit"}


@dataclass(frozen=True, slots=True)
class GitSetup:
    """The changed lines of ``.gitattributes``, and whether git's configuration changed."""

    attributes: tuple[str, ...]
    configured: bool


def install(project: Project) -> GitSetup:
    """Set up this clone so that git merges a project's files with the driver; what is set up already stays.

    Raises:
        ConfigError: when the project is not in a git repository, or git is not installed or fails.
        L10nFlowError: when ``.gitattributes`` cannot be read or written.
    """
    wanted = {**_SETTINGS, f"merge.{DRIVER}.driver": f"{_program()} merge-driver %O %A %B %P"}
    _git(project, "rev-parse", "--git-dir")
    there = _attributes(project)
    missing = [line for line in _lines(project) if line not in there]
    if missing:
        _write(project, [*there, *missing])
    changed = {name: value for name, value in wanted.items() if _setting(project, name) != value}
    for name, value in changed.items():
        _git(project, "config", "--local", name, value)
    return GitSetup(tuple(missing), bool(changed))


def remove(project: Project) -> GitSetup:
    """Remove the driver from this clone and from the project's ``.gitattributes``.

    Raises:
        ConfigError: as ``install``.
        L10nFlowError: as ``install``.
    """
    there = _attributes(project)
    gone = [line for line in there if line.split()[1:] == [f"merge={DRIVER}"]]
    if gone:
        _write(project, [line for line in there if line not in gone])
    configured = _setting(project, f"merge.{DRIVER}.driver") is not None
    if configured:
        _git(project, "config", "--local", "--remove-section", f"merge.{DRIVER}")
    return GitSetup(tuple(gone), configured)


def is_missing(project: Project) -> bool:
    """Whether ``.gitattributes`` requires the driver and this clone has none."""
    if not any(f"merge={DRIVER}" in line.split() for line in _attributes(project)):
        return False
    try:
        return _setting(project, f"merge.{DRIVER}.driver") is None
    except ConfigError:  # without git nothing is merged
        return False


def _lines(project: Project) -> list[str]:
    names = ["*.po", "*.pot", OVERRIDES_NAME]
    if project.termbase is not None:
        names.append(project.termbase.shown)
    return [f"{name} merge={DRIVER}" for name in names]


def _attributes(project: Project) -> list[str]:
    data = files.read_optional(project.file(_ATTRIBUTES)) or b""
    return data.decode("utf-8", "surrogateescape").splitlines()


def _write(project: Project, lines: list[str]) -> None:
    text = "".join(f"{line}\n" for line in lines)
    files.write_atomically(project.file(_ATTRIBUTES), text.encode("utf-8", "surrogateescape"))


def _program() -> str:
    """Return the shell command that runs this installation of the program."""
    script = Path(sys.executable).with_name("l10n-flow")
    return shlex.quote(str(script)) if script.is_file() else f"{shlex.quote(sys.executable)} -P -m l10n_flow"


def _setting(project: Project, name: str) -> str | None:
    done = _run(project, "config", "--get", name)
    return done.stdout.rstrip("\n") if done.returncode == 0 else None


def _git(project: Project, *arguments: str) -> None:
    done = _run(project, *arguments)
    if done.returncode:
        raise ConfigError(f"git {arguments[0]}: {done.stderr.strip() or 'it failed'}", path=project.root)


def _run(project: Project, *arguments: str) -> subprocess.CompletedProcess[str]:
    git = programs.find("git", project.root)
    if git is None:
        raise ConfigError("git is not installed", path=project.root)
    return subprocess.run(  # noqa: S603  # a fixed program and arguments, no shell
        [git, *arguments], cwd=project.root, capture_output=True, text=True, errors="surrogateescape", check=False
    )
