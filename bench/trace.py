"""Which of our modules a command enters, and which files it reads: ``python bench/trace.py [COMMAND ...]``.

Without a command: a first sync, an unchanged sync and a build of drafts, in a copy of the sample project. A module is
entered when one of its functions is called; importing it alone does not count. A file counts each time it is opened for
reading.
"""

from __future__ import annotations

import contextlib
import os
import shutil
import sys
import tempfile
from collections import Counter
from collections.abc import Sequence
from dataclasses import dataclass, field
from pathlib import Path
from types import FrameType

ROOT = Path(__file__).parent.parent
_PACKAGE = "l10n_flow"
_WALKS = (
    ("first sync", ["sync", "-q"]),
    ("unchanged sync", ["sync", "-q"]),
    ("build --drafts", ["build", "--drafts", "-q"]),
)


@dataclass
class Trace:
    """What was seen while a command ran.

    Attributes:
        modules: our modules whose functions were called, with the number of calls.
        reads: the project's files that were opened for reading, with the number of times.
        on: whether to look.
    """

    root: str
    modules: Counter[str] = field(default_factory=Counter)
    reads: Counter[str] = field(default_factory=Counter)
    on: bool = False

    def profile(self, frame: FrameType, event: str, argument: object) -> None:
        """For ``sys.setprofile``."""
        del argument
        name = frame.f_globals.get("__name__", "")
        if event == "call" and name.startswith(_PACKAGE) and frame.f_code.co_name != "<module>":
            self.modules[name] += 1

    def audit(self, event: str, arguments: tuple[object, ...]) -> None:
        """For ``sys.addaudithook``, which cannot be taken away again."""
        if not self.on or event != "open" or not isinstance(arguments[0], str):
            return
        path, _, flags = arguments
        writes = isinstance(flags, int) and flags & (os.O_WRONLY | os.O_RDWR | getattr(os, "O_DIRECTORY", 0))
        if not writes and path.startswith(self.root) and not os.path.isdir(path):  # noqa: PTH112
            self.reads[os.path.relpath(path, self.root)] += 1


def run(arguments: Sequence[str], root: Path) -> Trace:
    """Run a command in a project."""
    from l10n_flow.cli import main  # noqa: PLC0415

    trace = Trace(str(root))
    sys.addaudithook(trace.audit)
    with Path(os.devnull).open("w", encoding="utf-8") as nowhere, contextlib.redirect_stdout(nowhere):
        trace.on = True
        sys.setprofile(trace.profile)
        with contextlib.suppress(SystemExit):
            main(list(arguments))
        sys.setprofile(None)
        trace.on = False
    return trace


def _report(name: str, trace: Trace) -> None:
    again = {path: count for path, count in trace.reads.items() if count > 1}
    sys.stdout.write(
        f"{name}: {len(trace.modules)} modules, {trace.modules.total():,} calls; {len(trace.reads)} files read, "
        f"{trace.reads.total()} times\n"
    )
    for path, count in sorted(again.items()):
        sys.stdout.write(f"  {count} x {path}\n")


def main() -> None:
    """Print the walks."""
    with tempfile.TemporaryDirectory(prefix="l10n-flow-trace-") as name:
        project = Path(name).resolve() / "sample"
        project.mkdir()
        for part in ("source", "locales"):
            shutil.copytree(ROOT / part, project / part)
        for part in ("l10n-flow.toml", "terms.csv"):
            shutil.copy(ROOT / part, project / part)
        os.chdir(project)
        shutil.rmtree(project / "locales")
        asked = sys.argv[1:]
        for title, command in [(" ".join(asked), asked)] if asked else _WALKS:
            _report(title, run(command, project))


if __name__ == "__main__":
    main()
