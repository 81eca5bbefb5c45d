"""The project of a walk: its files, the program run in it, and the texts in its catalogues."""

from __future__ import annotations

import contextlib
import io
import json
import os
import subprocess
import sys
from collections.abc import Iterator
from dataclasses import dataclass, field
from pathlib import Path

from conftest import EPOCH, Ran
from l10n_flow import catalogue as po
from l10n_flow.catalogue import Entry, journal, states
from l10n_flow.catalogue.seals import SealKind
from l10n_flow.cli import main
from l10n_flow.inside import Inside
from l10n_flow.model import Key
from l10n_flow.project import Project, find_project
from l10n_flow.work import relocation

#: Two ways of releasing without the texts that are not ready, so that most releases succeed.
_CONFIG = """\
[project]
name = "walk"
source-locale = "zh_Hant_HK"

[locale.zh_Hans]
conversion = "hk2s"

[locale.en]
missing = "source"
"""
#: The locale that is added and removed during a walk.
FURTHER = '\n[locale.fr]\nrequire = "approved"\nmissing = "omit"\n'

#: A text of a person, which must not be lost: locale, source and text.
Said = tuple[str, str, str]


@dataclass
class Room:
    """A project folder that is also a git repository.

    Attributes:
        root: the folder.
        further: whether the further locale is configured.
        read: a cache of the texts of each file, with the stamp of the file.
    """

    root: Path
    further: bool = False
    read: dict[Path, tuple[object, frozenset[Said], frozenset[Said]]] = field(default_factory=dict)

    @classmethod
    def new(cls, root: Path) -> Room:
        (root / "source").mkdir(parents=True)
        room = cls(root)
        room.configure()
        (root / ".gitignore").write_text("/build/\n/preview/\n/.l10n-flow/\n.build.*\n.preview.*\n", encoding="utf-8")
        room.git("init", "-q", "-b", "main")
        return room

    @property
    def project(self) -> Project:
        return find_project(self.root)

    def configure(self) -> None:
        text = _CONFIG + (FURTHER if self.further else "")
        (self.root / "l10n-flow.toml").write_text(text, encoding="utf-8")

    def run(self, *arguments: str) -> Ran:
        """Run the program in this process; an error of the program is raised."""
        out, err = io.StringIO(), io.StringIO()
        code: object = 0
        with contextlib.chdir(self.root), contextlib.redirect_stdout(out), contextlib.redirect_stderr(err):
            try:
                main(list(arguments))
            except SystemExit as stop:
                code = stop.code
        return Ran(code if isinstance(code, int) else int(code is not None), out.getvalue(), err.getvalue())

    def start(self, *arguments: str) -> Ran:
        """Run the program in its own process."""
        command = [sys.executable, "-m", "l10n_flow", *arguments]
        done = subprocess.run(command, cwd=self.root, stdin=subprocess.DEVNULL, capture_output=True, check=False)
        return Ran(done.returncode, done.stdout.decode(), done.stderr.decode())

    def reread(self) -> None:
        """Read the configuration again after a checkout of another branch."""
        self.further = FURTHER in (self.root / "l10n-flow.toml").read_text(encoding="utf-8")

    def git(self, *arguments: str) -> int:
        identity = ("-c", "user.name=Walk", "-c", "user.email=walk@example.org", "-c", "commit.gpgsign=false")
        command = ["git", *identity, *arguments]
        return subprocess.run(command, cwd=self.root, capture_output=True, check=False).returncode

    def catalogues(self) -> list[Path]:
        return sorted((self.root / "locales").glob("*/LC_MESSAGES/**/*.po"))

    def tree(self, *folders: str) -> dict[str, bytes]:
        return {
            path.relative_to(self.root).as_posix(): path.read_bytes()
            for folder in folders
            for path in sorted((self.root / folder).rglob("*"))
            if path.is_file()
        }

    def stored(self, *, journals: bool = True) -> set[Said]:
        """Return every text of a person in the catalogues, the journals, and the files of an unfinished move.

        Each text has its source; a text that was kept after an edit of the source belongs to both sources.
        """
        return {each for path, texts, _ in self._files() for each in texts if journals or path.suffix != ".jsonl"}

    def approved(self) -> set[Said]:
        """Return every pair with a valid approval."""
        return {each for _, _, approvals in self._files() for each in approvals}

    def _files(self) -> Iterator[tuple[Path, frozenset[Said], frozenset[Said]]]:
        folder = self.root / "locales"
        waiting = _waiting(folder / relocation.FOLDER)
        for path in [*self.catalogues(), *folder.rglob(f"{journal.FOLDER}/*.jsonl"), *waiting]:
            found = path.stat()
            stamp = (found.st_ino, found.st_mtime_ns, found.st_size)
            if path not in self.read or self.read[path][0] != stamp:
                self.read[path] = (stamp, *_contents(path, waiting.get(path, path)))
            yield path, *self.read[path][1:]


def _waiting(folder: Path) -> dict[Path, Path]:
    """Return the files of an unfinished move, each with its old path."""
    for plan in (folder / "leaving.json", folder / "arriving.json"):
        if plan.is_file():
            pairs = enumerate(json.loads(plan.read_text(encoding="utf-8"))["files"])
            places = {folder / str(number): folder.parent.parent / before for number, (before, _) in pairs}
            return {path: place for path, place in places.items() if path.is_file()}
    return {}


def _contents(path: Path, place: Path) -> tuple[frozenset[Said], frozenset[Said]]:
    if place.suffix == ".pot":
        return frozenset(), frozenset()
    locale = place.parts[place.parts.index("locales") + 1]
    if place.suffix == ".jsonl":
        lines = (journal._loads(text) for text in path.read_bytes().split(b"\n") if text)
        entries = [e for line in lines if isinstance(line, journal.Line) for e in (line.before, line.after) if e]
        return frozenset(each for entry in entries for each in said(locale, entry)), frozenset()
    found = po.loads(path.read_bytes(), path, locale)
    every = [*found.entries.values(), *found.obsolete.values()]
    return (
        frozenset(each for entry in every for each in said(locale, entry)),
        frozenset((locale, entry.key.source, entry.msgstr) for entry in every if is_approved(entry)),
    )


def said(locale: str, entry: Entry) -> Iterator[Said]:
    """Return the text of a person in an entry for its source, and for its previous source, if it has one."""
    if entry.msgstr and not entry.is_machine:
        for key in (entry.key, *([entry.previous] if entry.fuzzy and entry.previous is not None else [])):
            yield locale, key.source, entry.msgstr.strip()


def is_approved(entry: Entry) -> bool:
    """Whether the program counts the entry as approved."""
    return not entry.fuzzy and any(seal.kind is SealKind.APPROVED for seal in states.valid_seals(entry))


def surroundings() -> None:
    """Set the same time in every run; raise errors of the program with their traceback."""
    os.environ.update(SOURCE_DATE_EPOCH=EPOCH, L10N_FLOW_DEBUG="1", GIT_CONFIG_GLOBAL=os.devnull)


def entries_of(room: Room, locale: str, name: str) -> dict[Key, Entry]:
    """Return the live entries of a catalogue; none without its file."""
    found = po.read(Inside(room.root) / f"locales/{locale}/LC_MESSAGES/{name}.po", locale)
    return {} if found is None else dict(found.entries)
