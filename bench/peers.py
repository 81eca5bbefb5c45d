"""Run other tools for the same work, as far as they can do it. A tool that is not installed is skipped with a hint."""

from __future__ import annotations

import shutil
import subprocess
import sys
from collections.abc import Callable, Iterable
from dataclasses import dataclass, field
from pathlib import Path

import measure
import ours
from measure import Usage

_ENVIRONMENT = Path(__file__).parent.parent / ".l10n-flow" / "bench-venv"
_FILL = str(Path(__file__).parent / "fill.py")
_LOCALES = ("zh_Hans", "en")


class AbsentError(Exception):
    """A tool is not installed; the message has the command that installs it."""


@dataclass
class Peer:
    """A tool in a folder of its own, with the articles in ``source``.

    Attributes:
        full: runs all its steps once.
        fill: fills its catalogues as far as ours.
    """

    folder: Path
    full: Callable[[], Usage]
    fill: Callable[[], None]
    rounds: dict[str, list[Usage]] = field(default_factory=dict)

    def first(self) -> None:
        """Run all steps without catalogues; then fill the catalogues."""
        self._note("first full run", self.full())
        self.fill()

    def round(self, articles: Path) -> None:
        """Run all steps with filled catalogues: without a change, and after an edit of one sentence."""
        self._note("nothing changed", self.full())
        edited = ours.edit(self.folder / "source")
        self._note("one sentence edited", self.full())
        shutil.copy(articles / edited.name, edited)
        self.full()

    def _note(self, name: str, usage: Usage) -> None:
        self.rounds.setdefault(name, []).append(usage)


def translate_toolkit(folder: Path, articles: Path, converted: Path) -> Peer:
    """Return Translate Toolkit: whole folders, one process for each step.

    Raises:
        AbsentError: when pip cannot install it.
    """
    programs = _install()
    shutil.copytree(articles, folder / "source")

    def full() -> Usage:
        return measure.total(measure.run([str(programs / step[0]), *step[1:]], folder) for step in _steps(folder))

    def fill() -> None:
        for locale in _LOCALES:
            _fill(folder / f"po-{locale}", locale, converted)

    return Peer(folder, full, fill)


def _steps(folder: Path) -> Iterable[list[str]]:
    """Return the commands that extract, merge, and make the documents and the compiled catalogues."""
    quiet = "--progress=none"
    yield ["txt2po", "-P", quiet, "source", "pot"]
    for locale in _LOCALES:
        po = f"po-{locale}"
        if (folder / po).exists():  # pot2po cannot write the file that it reads
            before = f"before-{len(list(folder.iterdir()))}-{locale}"
            (folder / po).rename(folder / before)
            yield ["pot2po", quiet, "-t", before, "pot", po]
        else:
            yield ["pot2po", quiet, "pot", po]
        yield ["po2txt", quiet, "-t", "source", po, f"text-{locale}"]
        yield ["pocompile", quiet, po, f"mo-{locale}"]


def _install() -> Path:
    """Return the folder of Translate Toolkit's programs; install them if necessary."""
    programs = _ENVIRONMENT / ("Scripts" if sys.platform == "win32" else "bin")
    if shutil.which("pot2po", path=str(programs)) is None:
        # RapidFuzz is what makes its matching fast.
        install = [str(programs / "python"), "-m", "pip", "install", "--quiet", "translate-toolkit", "rapidfuzz"]
        for command in ([sys.executable, "-m", "venv", str(_ENVIRONMENT)], install):
            if subprocess.run(command, check=False, capture_output=True).returncode:
                raise AbsentError("Translate Toolkit: skipped; pip could not install translate-toolkit")
    return programs


def po4a(folder: Path, articles: Path, converted: Path) -> Peer:
    """Return po4a in split mode: a catalogue for each article and language, as in our projects.

    Raises:
        AbsentError: when it is not installed.
    """
    program = shutil.which("po4a")
    if program is None:
        raise AbsentError("po4a: skipped; it is a Debian package (apt-get install po4a)")
    shutil.copytree(articles, folder / "source")
    config = [
        f"[po4a_langs] {' '.join(_LOCALES)}",
        "[po4a_paths] pot/$master.pot $lang:po/$lang/$master.po",
        '[options] opt:"--keep 0 --master-charset UTF-8 --localized-charset UTF-8"',
    ]
    names = sorted(path.stem for path in articles.glob("*.txt"))
    config += [f"[type: text] source/{name}.txt $lang:text/$lang/{name}.txt pot={name}" for name in names]
    (folder / "po4a.cfg").write_text("\n".join(config) + "\n", encoding="utf-8")
    for name in ("pot", *(f"{kind}/{locale}" for kind in ("po", "text") for locale in _LOCALES)):
        (folder / name).mkdir(parents=True)

    def fill() -> None:
        for locale in _LOCALES:
            _fill(folder / "po" / locale, locale, converted)

    return Peer(folder, lambda: measure.run([program, "--quiet", "po4a.cfg"], folder), fill)


def _fill(catalogues: Path, locale: str, converted: Path) -> None:
    subprocess.run([sys.executable, _FILL, str(catalogues), locale, str(converted)], check=True)
