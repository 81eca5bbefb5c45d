"""The invariants that are checked after every step."""

from __future__ import annotations

import os
import subprocess
from dataclasses import dataclass, field
from random import Random

from walk.room import Ran, Room, Said, entries_of, is_approved
from walk.texts import TRADITIONAL

#: The valid exit codes of commands (docs/commands.md): done, gate not met, wrong input; never an error of the program.
_CODES = {"check": {0, 1}, "build": {0, 1}, "sync": {0, 1}, "extract": {0}, "convert": {0}, "status": {0}}


@dataclass
class Watch:
    """The texts and approvals so far, and the violations.

    Attributes:
        known: the texts of people, which must not be lost.
        committed: those of them that are in a git commit.
        approvals: the approved pairs.
        read_by_others: the bytes of catalogues that gettext has read.
        released: the number of releases.
    """

    room: Room
    random: Random
    known: set[Said] = field(default_factory=set)
    committed: set[Said] = field(default_factory=set)
    approvals: set[Said] = field(default_factory=set)
    violations: list[str] = field(default_factory=list)
    read_by_others: set[bytes] = field(default_factory=set)
    released: int = 0

    def ran(self, found: Ran, *arguments: str) -> None:
        """Check the exit code and the output of a command."""
        codes = _CODES.get(arguments[0], {0, 1, 2})
        if found.code not in codes or "Traceback" in found.err or "fault:" in found.err:
            self.violations.append(f"{' '.join(arguments)} ended with {found.code}: {(found.err or found.out)[-400:]}")

    def run(self, *arguments: str) -> Ran:
        found = self.room.run(*arguments)
        self.ran(found, *arguments)
        return found

    def commit(self) -> None:
        """Commit everything; git contains the catalogues, but no journals."""
        self.room.git("add", "-A")
        self.room.git("commit", "-q", "-m", "walk")
        self.committed |= self.room.stored(journals=False)

    def replaced_by_others(self) -> None:
        """Record that another program has written catalogues: the texts that it removed are lost."""
        self.known &= self.room.stored() | self.committed

    def look(self) -> None:
        """Check all invariants."""
        self._nothing_lost("before the sync")
        self.run("sync")
        self._nothing_lost("after the sync")
        self._approvals()
        self._sync_is_done()
        self._others_read_it()
        self.release()

    def _nothing_lost(self, when: str) -> None:
        stored = self.room.stored()
        for lost in sorted(self.known - stored - self.committed):
            self.violations.append(f"lost {when}: {lost}")
        self.known |= stored

    def _approvals(self) -> None:
        for wrong in sorted(self.room.approved() - self.approvals):
            self.violations.append(f"approved by nobody: {wrong}")

    def _sync_is_done(self) -> None:
        before = self.room.tree("locales", "preview", "source")
        if self.random.random() < 0.5:  # half of the time without the index
            (self.room.root / ".l10n-flow/index.sqlite").unlink(missing_ok=True)
        self.run("sync")
        after = self.room.tree("locales", "preview", "source")
        changed = sorted(name for name in before.keys() | after.keys() if before.get(name) != after.get(name))
        if changed:
            self.violations.append(f"a second sync changes {changed[:4]}")

    def _others_read_it(self) -> None:
        for path in self.room.catalogues():
            data = path.read_bytes()
            if data not in self.read_by_others:
                done = subprocess.run(["msgfmt", "-c", "-o", os.devnull, path], capture_output=True, check=False)
                if done.returncode:
                    self.violations.append(f"msgfmt -c {path.name}: {done.stderr.decode()}")
                self.read_by_others.add(data)

    def release(self) -> None:
        """Build, and check the published files; a refused build keeps the last release."""
        before = self.room.tree("build")
        found = self.run("build", *(["--remove"] if self.random.random() < 0.3 else []))
        after = self.room.tree("build")
        if found.code and after != before:
            self.violations.append("a release that was refused changed the folder")
        self.released += not found.code
        for name, data in after.items() if not found.code else ():
            self._published(name, data.decode() if name.endswith((".txt", ".md", ".html")) else "")

    def _published(self, name: str, text: str) -> None:
        folder, *rest = name.removeprefix("build/").split("/")
        if {"review", "bilingual"} & {folder, *rest} or 'class="draft' in text:
            self.violations.append(f"a release holds a work page: {name}")
        if folder == "zh_Hans" and (wrong := TRADITIONAL & set(text)) and name.endswith((".txt", ".md")):
            self.violations.append(f"Traditional letters in {name}: {''.join(sorted(wrong))}")
        if folder in {"en", "fr"} and name.endswith((".txt", ".md")):  # en requires translated texts, fr approved ones
            entries = entries_of(self.room, folder, "/".join(rest).rpartition(".")[0]).values()
            least = is_approved if folder == "fr" else lambda entry: not entry.fuzzy
            fit = {entry.msgstr for entry in entries if least(entry)}
            for entry in entries:
                if entry.msgstr and entry.msgstr not in fit and entry.msgstr in text:
                    self.violations.append(f"not to be published, in {name}: {entry.msgstr}")
