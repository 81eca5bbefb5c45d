"""Which of our modules a command enters, and which files it reads.

``python bench/trace.py [--at COMMIT] [COMMAND ...]``. Without a command: a first sync, an unchanged sync, a build of
drafts, and then what the review page is asked for (an article, the home page, a save), in a copy of the sample project.
A module is entered when one of its functions is called; importing it alone does not count. A file counts each time it
is opened for reading. The review page is asked over HTTP, as browsers ask it, so that an earlier commit can be traced
too, whatever its modules are called.
"""

from __future__ import annotations

import argparse
import contextlib
import io
import os
import queue
import re
import shutil
import sys
import tempfile
import threading
from collections import Counter
from collections.abc import Callable, Iterator, Mapping, Sequence
from dataclasses import dataclass, field
from pathlib import Path
from types import FrameType
from urllib.parse import urlencode, urlsplit
from urllib.request import HTTPCookieProcessor, Request, build_opener

from shape import tree_of

_PACKAGE = "l10n_flow"
_WALKS = (
    ("first sync", ["sync", "-q"]),
    ("unchanged sync", ["sync", "-q"]),
    ("build --drafts", ["build", "--drafts", "-q"]),
)


@dataclass
class Trace:
    """The modules and files of one command.

    Attributes:
        modules: our modules whose functions were called, with the number of calls.
        reads: the project's files that were opened for reading, with the number of times.
        on: whether to record.
    """

    root: str
    modules: Counter[str] = field(default_factory=Counter)
    reads: Counter[str] = field(default_factory=Counter)
    on: bool = False

    def profile(self, frame: FrameType, event: str, argument: object) -> None:
        """The function for ``sys.setprofile``."""
        del argument
        if not self.on:
            return
        name = frame.f_globals.get("__name__", "")
        if event == "call" and name.startswith(_PACKAGE) and frame.f_code.co_name != "<module>":
            self.modules[name] += 1

    def audit(self, event: str, arguments: tuple[object, ...]) -> None:
        """The function for ``sys.addaudithook``, which cannot be removed again."""
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
    trace = Trace(str(root))
    sys.addaudithook(trace.audit)
    threading.setprofile(trace.profile)  # of the threads that begin from now on: those of the server
    browser = _Browser(_served())
    browser.ask("/name", {"name": "Ann"})
    document = min(path.relative_to(root / "source") for path in (root / "source").rglob("*.txt"))
    article = f"/d/{document.with_suffix('').as_posix()}?locale=en"
    for title, path in (("article", article), ("article again", article), ("home", "/")):
        yield title, _traced(trace, lambda path=path: browser.ask(path))
    form = next(each for each in browser.ask(article).split("<form") if 'name="base"' in each)
    fields = dict(re.findall(r'<input type="hidden" name="(\w+)" value="([^"]*)"', form))
    saved = fields | {"action": "save", "text": "A text for the trace."}
    yield "save", _traced(trace, lambda: browser.ask("/edit", saved))


def _served() -> str:
    """Start the review page in a thread that ends with this program; the address that it prints."""
    from l10n_flow.cli import main  # noqa: PLC0415

    told: queue.Queue[str] = queue.Queue()

    class Told(io.TextIOBase):
        def write(self, text: str) -> int:
            for address in re.findall(r"http://\S+", text):
                told.put(address)
            return len(text)

    def serve() -> None:
        main(["review", "--no-browser"])

    sys.stdout = Told()  # for good: each address that is used is followed by the next
    threading.Thread(target=serve, daemon=True).start()
    return told.get(timeout=60)


class _Browser:
    """A browser that has opened the address that the review page printed."""

    def __init__(self, address: str) -> None:
        self._origin = "{0.scheme}://{0.netloc}".format(urlsplit(address))
        self._opener = build_opener(HTTPCookieProcessor())
        self._opener.open(address).read()

    def ask(self, path: str, fields: Mapping[str, str] | None = None) -> str:
        """The answer to a request: of a form, if there are fields, sent as the page's script sends it."""
        data = urlencode(fields).encode() if fields else None
        headers = {"Origin": self._origin, "HX-Request": "true"} if fields else {}
        answer: bytes = self._opener.open(Request(self._origin + path, data, headers)).read()
        return answer.decode()


def _traced(trace: Trace, ask: Callable[[], object]) -> Trace:
    trace.modules.clear()
    trace.reads.clear()
    trace.on = True
    ask()
    trace.on = False
    return trace


def _watch(trace: Trace, work: Callable[[], object]) -> None:
    trace.on = True
    sys.setprofile(trace.profile)
    with contextlib.suppress(SystemExit):
        work()
    sys.setprofile(None)
    trace.on = False


def _report(name: str, trace: Trace) -> Iterator[str]:
    rooms = Counter(module.split(".")[1] if "." in module else module for module in trace.modules)
    yield (
        f"{name}: {len(trace.modules)} modules, {trace.modules.total():,} calls; {len(trace.reads)} files read, "
        f"{trace.reads.total()} times\n"
    )
    yield f"  modules by package: {', '.join(f'{room} {number}' for room, number in rooms.most_common(8))}\n"
    yield from (f"  {count} x {path}\n" for path, count in sorted(trace.reads.items()) if count > 1)


def main() -> None:
    """Print the walks."""
    parser = argparse.ArgumentParser(description=__doc__)
    parser.add_argument("--at", default="", metavar="COMMIT", help="a commit instead of the checkout")
    parser.add_argument("command", nargs=argparse.REMAINDER, help="one command instead of all")
    asked = parser.parse_args()
    with tree_of(asked.at) as tree, tempfile.TemporaryDirectory(prefix="l10n-flow-trace-") as name:
        sys.path.insert(0, str(tree / "src"))
        project = Path(name).resolve() / "sample"
        project.mkdir()
        shutil.copytree(tree / "source", project / "source")
        for part in ("l10n-flow.toml", "terms.csv"):
            shutil.copy(tree / part, project / part)
        os.chdir(project)
        out = sys.stdout
        for title, command in [(" ".join(asked.command), asked.command)] if asked.command else _WALKS:
            out.writelines(_report(title, run(command, project)))
        for title, trace in () if asked.command else run_review(project):
            out.writelines(_report(f"review: {title}", trace))


if __name__ == "__main__":
    main()
