"""Kill each command at random instants, and kill it or let the call fail at its system calls.

After that no text may be lost, all invariants must hold (``invariants.py``), and after a kill the next run must lead to
the same result as a run without a kill.
"""

from __future__ import annotations

import shutil
from collections import Counter
from collections.abc import Callable, Sequence
from pathlib import Path
from random import Random

from entries import edit_for
from l10n_flow import catalogue as po
from l10n_flow import editing
from l10n_flow.catalogue.journal import FOLDER
from l10n_flow.editing import Action, Status
from l10n_flow.errors import CatalogueError
from l10n_flow.inside import Inside
from l10n_flow.review.saving.committer import Committer
from l10n_flow.work import relocation
from walk.faults import DIES, KINDS, Calls, Ended, child
from walk.invariants import Watch
from walk.room import Room, Said, entries_of, surroundings
from walk.steps import Walk

#: The commands, each on a project made by ``Kills.prepared``; ``save`` is several saves of the review page.
COMMANDS: dict[str, Sequence[str]] = {
    "extract": ["extract"],
    "convert": ["convert"],
    "sync": ["sync"],
    "build": ["build"],
    "prune": ["extract", "--prune"],
    "fix": ["check", "--fix", "--by", "Ann"],
    "approve": ["approve", "a", "b", "--locale", "en", "--by", "Ann"],
    "unapprove": ["unapprove", "a", "--locale", "en", "--by", "Ann"],
    "restore": ["restore", "a", "UNIT", "--locale", "en", "--by", "Bob"],
    "resolve": ["resolve", "locales/en/LC_MESSAGES/a.po"],
    "save": [],
}
#: The commands before which documents change names and texts; the commands that can be repeated after a fault.
_REARRANGED = frozenset({"extract", "convert", "sync", "build", "prune"})
_ONCE = frozenset({"restore", "resolve", "save"})
#: The number of further attempts when a run ends before its kill.
_TRIES = 5


class Kills:
    """The project before the commands, and its state after a run without faults."""

    def __init__(self, folder: Path, seed: int) -> None:
        surroundings()
        self.folder, self.random = folder, Random(seed)
        self.violations: list[str] = []
        self.read_by_others: set[bytes] = set()
        self.room = Room.new(folder / "before")
        self.articles = self._begin()
        self.known, self.approvals = self.room.stored(), self.room.approved()
        #: The pairs that ``approve`` approves: every text of the documents on its command line.
        self.signed = {
            ("en", key.source, entry.msgstr)
            for name in "ab"
            for key, entry in entries_of(self.room, "en", name).items()
        }

    def _begin(self) -> dict[str, list[list[str]]]:
        """Create four documents with translations, approvals and a history."""
        with Walk(Watch(self.room, self.random)) as going:
            while len(going.articles) < 4:
                going.write()
            for old, new in zip(sorted(going.articles), "abcd", strict=True):
                found = going.articles[old]
                going.put(old, None)
                going.put(f"{new}.txt", found)
            going.watch.run("sync")
            for _ in range(8):
                going.polib()
            going.watch.run("sync")
            _saves(self.room, lambda _: None)
            going.watch.run("approve", "a", "c", "--locale", "en", "--by", "Ann")
            going.watch.run("sync")
            return going.articles

    def prepared(self, name: str, number: int) -> Room:
        """Make the project for a command."""
        root = self.folder / f"{name}-{number}"
        shutil.copytree(self.room.root, root)
        room = Room(root)
        if name in _REARRANGED:
            self._rearrange(room)
        if name == "build":
            room.run("sync")
        if name == "resolve":
            _with_conflict(root / "locales/en/LC_MESSAGES/a.po")
        return room

    def _rearrange(self, room: Room) -> None:
        """Exchange two names, add one, and move a section."""
        with Walk(Watch(room, Random(1)), dict(self.articles)) as going:
            a, b, c, d = (self.articles[f"{name}.txt"] for name in "abcd")
            for name, found in (("a", b), ("b", a[:-1]), ("c", None), ("e", c), ("d", [*d, a[-1]])):
                going.put(f"{name}.txt", found)

    def work(self, name: str, room: Room) -> Callable[[Callable[[str], None]], int]:
        """Return the function that runs a command; it reports the texts that must survive a kill, and errors."""
        if name == "save":
            return lambda tell: _saves(room, tell)
        unit = next(iter(entries_of(self.room, "en", "a"))).digest
        arguments = [unit if each == "UNIT" else each for each in COMMANDS[name]]

        def run(tell: Callable[[str], None]) -> int:
            ran = room.run(*arguments)
            tell(ran.err)
            return ran.code

        return run

    def alone(self, name: str) -> tuple[dict[str, bytes] | None, Ended]:
        """Run without faults; return the catalogues after it and a sync, if a second run gives the same result."""
        room = self.prepared(name, 0)
        ended = child(self.work(name, room), Calls(room.root))
        if ended.code not in {0, 1}:
            self.violations.append(f"{name} without a fault ended with {ended.code}: {ended.out}")
        room.run("sync")
        found = None if name in _ONCE else _tree(room)
        shutil.rmtree(room.root)
        return found, ended

    def look(self, name: str, room: Room, ended: Ended, what: str, want: dict[str, bytes] | None) -> None:
        """Check the invariants after a kill or an error."""
        try:
            wrong = self._wrong(name, room, ended, want)
        except CatalogueError as error:
            wrong = [f"torn: {error}"]
        self.violations += [f"{what}: {each}" for each in wrong]
        shutil.rmtree(room.root, ignore_errors=True)

    def _wrong(self, name: str, room: Room, ended: Ended, want: dict[str, bytes] | None) -> list[str]:
        acknowledged: set[Said] = set()
        for line in ended.out.splitlines():
            if line.startswith("saved\t"):
                _, source, text = line.split("\t")
                acknowledged.add(("en", source, text))
        wrong = []
        if ended.code not in {None, 0, 1, 2} or "fault:" in ended.out or "Traceback" in ended.out:
            wrong.append(f"ended with {ended.code}: {ended.out[-600:]}")
        known = self.known | acknowledged
        if name != "resolve":  # before it, the catalogue cannot be read
            wrong += [f"lost: {each}" for each in sorted(known - room.stored())]
        approvals = self.approvals | (self.signed if name == "approve" else set())
        watch = Watch(room, self.random, known=known, approvals=approvals, read_by_others=self.read_by_others)
        if name == "resolve":
            watch.run(*COMMANDS[name])
        elif self.random.random() < 0.5:  # the next run may be any command: a build repairs, or is refused
            watch.release()
        if name not in _ONCE:
            watch.run(*COMMANDS[name])
        watch.look()
        wrong += watch.violations
        folder = room.root / "locales" / relocation.FOLDER
        if left := [each.name for each in folder.glob("*")]:
            wrong.append(f"of a move there is left: {left}")
        if want is not None:
            now = _tree(room)
            names = sorted(name for name in now.keys() | want.keys() if now.get(name) != want.get(name))
            wrong += [f"not as after a run that was let alone: {names}"] if names else []
        return wrong


def _tree(room: Room) -> dict[str, bytes]:
    """Return the catalogues without temporary files of killed programs, which a run removes after an hour."""
    return {
        name: data
        for name, data in room.tree("locales").items()
        if FOLDER not in name and not name.rpartition("/")[2].startswith(".l10n-flow-")
    }


def _saves(room: Room, tell: Callable[[str], None]) -> int:
    committer = Committer(room.project)
    found = po.read(Inside(room.root) / "locales/en/LC_MESSAGES/a.po", "en")
    versions = {key: view.version for key, view in editing.views(found, derived=False).items()} if found else {}
    for turn in range(3):
        text = f"Saved {'again ' * turn}by Ann."
        for key, version in versions.items():
            edit = edit_for("a", "en", key.digest, Action.SAVE, "Ann", "2026-11-27", version, text)
            outcome = committer.submit(edit)
            if outcome.status is Status.SAVED:
                tell(f"saved\t{key.source}\t{text}")
            versions[key] = outcome.version or version
    return 0


def _with_conflict(path: Path) -> None:
    """Write a catalogue as git leaves it when two branches changed one translation."""
    text = path.read_text(encoding="utf-8")
    line = next(line for line in text.splitlines() if line.startswith('msgstr "Saved'))
    theirs = line.replace("Saved", "Kept")
    path.write_text(text.replace(line, f"<<<<<<< HEAD\n{line}\n=======\n{theirs}\n>>>>>>> other", 1), encoding="utf-8")


def kills(
    folder: Path,
    seed: int,
    number: int,
    calls: int,
    only: Sequence[str] = (),
    tell: Callable[[str], None] = lambda _: None,
) -> tuple[Counter[str], list[str]]:
    """Kill commands at random instants, and kill them or let the call fail at some of their system calls.

    Args:
        folder: an empty folder.
        seed: the seed of the random generator.
        number: the number of kills at random instants, over all commands.
        calls: the number of calls of each command that are tried; the seed selects them.
        only: the commands; empty: all.
        tell: called with a line about each kill and error.

    Returns:
        The number of each kind of event, and the violations.
    """
    going = Kills(folder, seed)
    names = [name for name in COMMANDS if not only or name in only]
    alone = {name: going.alone(name) for name in names}
    taken: Counter[str] = Counter()
    killed = tries = 0
    while killed < number and tries < number * _TRIES:
        name = names[tries % len(names)]
        tries += 1
        want, whole = alone[name]
        room = going.prepared(name, tries)
        instant = going.random.uniform(0, whole.seconds)
        ended = child(going.work(name, room), Calls(room.root), after=instant)
        killed += ended.code is None
        taken[f"{name}: killed" if ended.code is None else f"{name}: ended before the kill"] += 1
        tell(f"{name} killed after {instant:.4f} of {whole.seconds:.4f} s: {ended.code}")
        going.look(name, room, ended, f"seed {seed}, {name} killed after {instant:.4f} s", want)
    for name, (want, whole) in alone.items():
        for at in sorted(going.random.sample(range(1, whole.calls + 1), min(calls, whole.calls))):
            kind = going.random.choice(KINDS)
            room = going.prepared(name, number * _TRIES + at)
            ended = child(going.work(name, room), Calls(room.root, at, kind))
            taken[f"{name}: died at a call" if kind == DIES else f"{name}: a call failed"] += 1
            tell(f"{name}, call {at} of {whole.calls}: {kind}: {ended.code}")
            # A run continues without files that it cannot read, so that its result may differ.
            going.look(name, room, ended, f"seed {seed}, {name}, call {at}: {kind}", want if kind == DIES else None)
    return taken, going.violations
