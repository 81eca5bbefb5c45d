"""A newsroom to try things in: a project folder and the program run on it."""

from __future__ import annotations

import os
import shutil
import signal
import subprocess
import sys
import threading
from collections.abc import Callable, Iterator
from dataclasses import dataclass
from pathlib import Path
from typing import TYPE_CHECKING

import pytest
from hypothesis import settings

from l10n_flow import catalogue as po
from l10n_flow.catalogue import Catalogue, Draft, Entry
from l10n_flow.catalogue.journal import FOLDER
from l10n_flow.inside import Inside
from l10n_flow.project import load_project
from l10n_flow.work.sync import sync

if TYPE_CHECKING:
    from served import Served

ROOT = Path(__file__).parent.parent
SAMPLE = ROOT / "source" / "liuzhou.txt"

# A shell that runs the suite in the background has it ignore interrupts, and every program it starts as well.
if threading.current_thread() is threading.main_thread():
    signal.signal(signal.SIGINT, signal.default_int_handler)

# Times vary on shared machines; what is tested is the outcome.
# The examples are the same each time: a change fails for its own sake. With SEARCH=1 Hypothesis goes on searching.
settings.register_profile("suite", deadline=None, derandomize=not os.environ.get("SEARCH"))
settings.load_profile("suite")

#: The time of every run.
EPOCH = "1795000000"

CONFIG = """\
[project]
name = "newsroom"
source-locale = "zh_Hant_HK"

[locale.zh_Hans]
conversion = "hk2s"

[locale.en]
"""


@dataclass(frozen=True)
class Ran:
    code: int
    out: str
    err: str


@dataclass
class Newsroom:
    """A project folder; ``run`` starts the program there as a user would."""

    root: Path

    def run(self, *arguments: str, stdin: bytes | None = None, env: dict[str, str] | None = None) -> Ran:
        done = subprocess.run(
            [sys.executable, "-m", "l10n_flow", *arguments],
            cwd=self.root,
            input=stdin if stdin is not None else b"",
            capture_output=True,
            env={**os.environ, "SOURCE_DATE_EPOCH": EPOCH, **(env or {})},
            check=False,
        )
        return Ran(done.returncode, done.stdout.decode(), done.stderr.decode())

    def sync(self) -> None:
        """As ``run("sync")``, without starting a program."""
        with pytest.MonkeyPatch.context() as patch:
            patch.setenv("SOURCE_DATE_EPOCH", EPOCH)
            assert not sync(load_project(self.root / "l10n-flow.toml")).updates.failures

    def source(self, name: str = "a.txt") -> Path:
        return self.root / "source" / name

    def write(self, text: str, name: str = "a.txt") -> None:
        path = self.source(name)
        path.parent.mkdir(parents=True, exist_ok=True)
        path.write_bytes(text.encode())

    def po_path(self, locale: str, name: str = "a") -> Path:
        return self.root / "locales" / locale / "LC_MESSAGES" / f"{name}.po"

    def catalogue(self, locale: str, name: str = "a") -> Catalogue:
        found = po.read(Inside.at(self.po_path(locale, name)), locale)
        assert found is not None
        return found

    def edit(self, locale: str, change: Callable[[Draft], object], name: str = "a") -> None:
        """Change a catalogue as another program would, and save it."""
        draft = Draft(self.catalogue(locale, name))
        change(draft)
        self.po_path(locale, name).write_bytes(po.dumps(draft.done()).encode())

    def edit_unit(self, locale: str, change: Callable[[Entry], Entry], source: str = "", name: str = "a") -> None:
        """Change one entry of a catalogue, the first without a source."""

        def edit(draft: Draft) -> None:
            key = next(key for key in draft.entries if source in {"", key.source})
            draft.entries[key] = change(draft.entries[key])

        self.edit(locale, edit, name)

    def translate(self, texts: dict[str, str], locale: str = "en", name: str = "a") -> None:
        def change(draft: Draft) -> None:
            for key, entry in draft.entries.items():
                if key.source in texts:
                    draft.entries[key] = entry._replace(msgstr=texts[key.source], fuzzy=False)

        self.edit(locale, change, name)

    def tree(self, *folders: str) -> dict[str, bytes]:
        """Every file under the folders (locales, build and preview by default) and its bytes, but for journals."""
        return {
            path.relative_to(self.root).as_posix(): path.read_bytes()
            for folder in folders or ("locales", "build", "preview")
            for path in sorted((self.root / folder).rglob("*"))
            if path.is_file() and path.parent.name != FOLDER
        }


@pytest.fixture
def newsroom(tmp_path: Path) -> Newsroom:
    root = tmp_path / "news room"
    (root / "source").mkdir(parents=True)
    (root / "l10n-flow.toml").write_text(CONFIG, encoding="utf-8")
    return Newsroom(root)


@pytest.fixture
def sample(tmp_path: Path) -> Newsroom:
    """The sample project of this repository, copied."""
    root = tmp_path / "sample"
    root.mkdir()
    for name in ("source", "locales"):
        shutil.copytree(ROOT / name, root / name)
    for name in ("l10n-flow.toml", "terms.csv"):
        shutil.copy(ROOT / name, root / name)
    return Newsroom(root)


@pytest.fixture
def served(room: Newsroom) -> Iterator[Served]:
    """The review page of the test module's own ``room``."""
    from served import serving  # noqa: PLC0415  # it needs what stands here

    with serving(room.root) as served:
        yield served
