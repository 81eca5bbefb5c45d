"""Which of our modules a command enters, and which files it reads: ``python bench/trace.py [COMMAND ...]``.

Without a command: a first sync, an unchanged sync, a build of drafts, and then what the review page is asked for (an
article, the home page, a save), in a copy of the sample project. A module is entered when one of its functions is
called; importing it alone does not count. A file counts each time it is opened for reading.
"""

from __future__ import annotations

import contextlib
import os
import re
import shutil
import sys
import tempfile
from collections import Counter
from collections.abc import Callable, Iterator, Sequence
from dataclasses import dataclass, field
from http.client import OK
from pathlib import Path
from types import FrameType
from typing import Any

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
        _watch(trace, lambda: main(list(arguments)))
    return trace


def run_review(root: Path) -> Iterator[tuple[str, Trace]]:
    """Send the review page of a project its usual requests: what each is, and what it enters and reads."""
    from l10n_flow.project import load_project  # noqa: PLC0415
    from l10n_flow.review.reading import ProjectView  # noqa: PLC0415
    from l10n_flow.review.saving.committer import Committer  # noqa: PLC0415
    from l10n_flow.review.saving.locking import WaitLimit  # noqa: PLC0415
    from l10n_flow.review.server.accounts import Accounts  # noqa: PLC0415
    from l10n_flow.review.server.app import create_app  # noqa: PLC0415
    from l10n_flow.review.server.guard import Guard  # noqa: PLC0415

    project = load_project(root / "l10n-flow.toml")
    origin = "http://127.0.0.1"
    guard = Guard((origin,), Accounts(root), must_login=False)
    project_view = ProjectView(project)
    app = create_app(
        project, project_view, Committer(project, loader=project_view.loader), guard, limit=WaitLimit(1, 1)
    )
    client = app.test_client()
    sent: dict[str, Any] = {"base_url": origin, "headers": {"Origin": origin, "HX-Request": "true"}}
    client.get(f"/enter?token={guard.entry_token.token}", base_url=origin)
    client.post("/name", data={"name": "Ann"}, **sent)
    document = min(path.relative_to(root / "source") for path in (root / "source").rglob("*.txt"))
    article = f"/d/{document.with_suffix('').as_posix()}?locale=en"
    for title, path in (("article", article), ("article again", article), ("home", "/")):
        yield title, _answered(root, lambda path=path: client.get(path, base_url=origin))
    form = next(each for each in client.get(article, base_url=origin).text.split("<form") if 'name="base"' in each)
    fields = dict(re.findall(r'<input type="hidden" name="(\w+)" value="([^"]*)"', form))
    saved = fields | {"action": "save", "text": "A text for the trace."}
    yield "save", _answered(root, lambda: client.post("/edit", data=saved, **sent))


def _answered(root: Path, ask: Callable[[], Any]) -> Trace:
    trace = Trace(str(root))
    sys.addaudithook(trace.audit)
    answers: list[Any] = []
    _watch(trace, lambda: answers.append(ask()))
    if answers[0].status_code != OK:
        message = f"not answered: {answers[0].status} {answers[0].text[:500]}"
        raise SystemExit(message)
    return trace


def _watch(trace: Trace, work: Callable[[], object]) -> None:
    trace.on = True
    sys.setprofile(trace.profile)
    with contextlib.suppress(SystemExit):
        work()
    sys.setprofile(None)
    trace.on = False


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
        for title, trace in () if asked else run_review(project):
            _report(f"review: {title}", trace)


if __name__ == "__main__":
    main()
