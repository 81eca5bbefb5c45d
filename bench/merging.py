"""Compare merges of branches of a catalogue: 25 cases with git alone, union by lines, other drivers and ours.

    python bench/merging.py [--driver NAME=COMMAND ...]

See docs/teams.md. COMMAND is called with the paths of base, ours and theirs, and writes into ours. Results of a case:

right      the expected result without a conflict
asked      both texts are shown and a person has to choose, as expected
conflict   an unnecessary conflict, or a conflict without both texts in a readable catalogue
lost       a text, a note or an approval of a side is missing
made up    an approval that nobody gave
wrong      another text or state than the expected one
broken     GNU gettext refuses the file
"""

from __future__ import annotations

import argparse
import os
import shutil
import subprocess
import sys
import tempfile
from collections.abc import Callable
from dataclasses import dataclass, replace
from pathlib import Path

from l10n_flow import catalogue as po
from l10n_flow.catalogue import Catalogue, Draft, Entry, edit
from l10n_flow.errors import L10nFlowError
from l10n_flow.model import Key

DAY = "2026-11-2"
Change = Callable[[Catalogue], Catalogue]
SOURCES = ("標題一", "第一句話，說的是河流。", "第二句話，說的是山。", "第三句話，說的是人。")
TEXTS = ("Title", "The first sentence, on rivers.", "The second sentence, on hills.", "")


def unit(number: int, change: Callable[[Entry], Entry]) -> Change:
    """Return a change of the unit with this number."""

    def changed(found: Catalogue) -> Catalogue:
        draft = Draft(found)
        key = list(found.entries)[number]
        draft.entries[key] = po.settled(change(draft.entries[key]))
        return draft.done()

    return changed


def says(number: int, text: str, by: str = "Ann", day: str = "1") -> Change:
    return unit(number, lambda entry: edit.set_text(entry, text, by, DAY + day))


def approves(number: int, by: str = "Ann", day: str = "1") -> Change:
    return unit(number, lambda entry: edit.approve(entry, by, DAY + day))


def rejects(number: int, by: str = "Bob") -> Change:
    return unit(number, lambda entry: edit.add_rejection(edit.reject(entry), by, DAY + "2", "no"))


def notes(number: int, text: str, by: str = "Ann", day: str = "1") -> Change:
    return unit(number, lambda entry: edit.add_note(entry, by, DAY + day, text))


def sources(*texts: str) -> Change:
    return lambda found: po.merge(found, [po.Wanted(Key(None, text), ("sentence",)) for text in texts])[0]


def dated(moment: str) -> Change:
    return lambda found: replace(found, header={**found.header, "PO-Revision-Date": f"2026-11-24 {moment}+0000"})


def both(*changes: Change) -> Change:
    def changed(found: Catalogue) -> Catalogue:
        for each in changes:
            found = each(found)
        return found

    return changed


def nothing(found: Catalogue) -> Catalogue:
    return found


@dataclass(frozen=True, slots=True)
class Case:
    """The changes of two branches and the expected result: the targets (and states) of the units, in order.

    Attributes:
        wanted: the target of each source; a target that ends in ``~`` is fuzzy.
        approvals: for each source the names whose approvals are valid.
        choice: the source of the unit with two texts; "" for none.
    """

    name: str
    ours: Change
    theirs: Change
    wanted: dict[str, str]
    approvals: dict[str, set[str]]
    choice: str = ""
    base: Change = nothing


def _wanted(**changes: str) -> dict[str, str]:
    return dict(zip(SOURCES, TEXTS, strict=True)) | {SOURCES[int(name[1:])]: text for name, text in changes.items()}


EDITED = "第二句話，說的是高山。"
A, B, C, D = SOURCES
CASES = [
    Case("one side translates", says(3, "People."), nothing, _wanted(u3="People."), {}),
    Case(
        "two units of two sides, apart",
        says(0, "TITLE"),
        says(3, "People.", "Bob"),
        _wanted(u0="TITLE", u3="People."),
        {},
    ),
    Case(
        "two units of two sides, neighbours",
        says(1, "Rivers."),
        says(2, "Hills.", "Bob"),
        _wanted(u1="Rivers.", u2="Hills."),
        {},
    ),
    Case("only the dates differ", dated("09:00"), dated("10:00"), _wanted(), {}),
    Case(
        "dates and units",
        both(says(0, "TITLE"), dated("09:00")),
        both(says(3, "People."), dated("10:00")),
        _wanted(u0="TITLE", u3="People."),
        {},
    ),
    Case("one approves", approves(1), nothing, _wanted(), {B: {"Ann"}}),
    Case("two approve one unit", approves(1), approves(1, "Bob", "2"), _wanted(), {B: {"Ann", "Bob"}}),
    Case("two approve neighbours", approves(1), approves(2, "Bob"), _wanted(), {B: {"Ann"}, C: {"Bob"}}),
    Case(
        "an approval taken back, a note",
        unit(1, lambda entry: edit.unapprove(entry, "Ann")),
        notes(1, "good", "Bob"),
        _wanted(),
        {},
        base=approves(1),
    ),
    Case("both write the same text", says(3, "People."), says(3, "People.", "Bob", "2"), _wanted(u3="People."), {}),
    Case("both write different texts", says(3, "People."), says(3, "Folk.", "Bob", "2"), _wanted(u3="Folk.~"), {}, D),
    Case("one edits, the other approves", says(1, "Rivers."), approves(1, "Bob"), _wanted(u1="Rivers.~"), {}, B),
    Case("one approves, the other rejects", approves(1), rejects(1), _wanted(u1=f"{TEXTS[1]}~"), {}),
    Case("one approves, the other notes", approves(1), notes(1, "nice", "Bob"), _wanted(), {B: {"Ann"}}),
    Case("notes of both sides", notes(1, "one"), notes(1, "two", "Bob", "2"), _wanted(), {}),
    Case(
        "source edited, translated",
        sources(A, B, EDITED, D),
        says(2, "Hills.", "Bob"),
        {A: TEXTS[0], B: TEXTS[1], EDITED: "Hills.~", D: ""},
        {},
    ),
    Case(
        "source edited, approved",
        sources(A, B, EDITED, D),
        approves(2, "Bob"),
        {A: TEXTS[0], B: TEXTS[1], EDITED: f"{TEXTS[2]}~", D: ""},
        {},
    ),
    Case(
        "untranslated source edited, translated",
        sources(A, B, C, "第三句話，說的是人們。"),
        says(3, "People."),
        {A: TEXTS[0], B: TEXTS[1], C: TEXTS[2], "第三句話，說的是人們。": "People.~"},
        {},
    ),
    Case(
        "sentence deleted, changed", sources(A, B, D), says(2, "Hills.", "Bob"), {A: TEXTS[0], B: TEXTS[1], D: ""}, {}
    ),
    Case("sentence deleted, left alone", sources(A, B, D), says(0, "TITLE"), {A: "TITLE", B: TEXTS[1], D: ""}, {}),
    Case(
        "new sentences at one place",
        sources(A, B, "新一。", C, D),
        sources(A, B, "新二。", C, D),
        {A: TEXTS[0], B: TEXTS[1], "新一。": "", "新二。": "", C: TEXTS[2], D: ""},
        {},
    ),
    Case(
        "sentences moved, translated",
        sources(A, D, B, C),
        says(3, "People."),
        {A: TEXTS[0], D: "People.", B: TEXTS[1], C: TEXTS[2]},
        {},
    ),
    Case(
        "source edited and undone, approved",
        both(sources(A, B, EDITED, D), sources(A, B, C, D)),
        approves(2),
        _wanted(),
        {C: {"Ann"}},
    ),
    Case(
        "conversion and a person",
        unit(3, lambda entry: edit.set_converted(entry, "機器", "hk2s")),
        says(3, "People."),
        _wanted(u3="People."),
        {},
    ),
    Case("another program wraps and moves the header", nothing, says(3, "People."), _wanted(u3="People."), {}),
]


def base_of() -> Catalogue:
    entries = {
        Key(None, source): Entry(Key(None, source), text, kinds=("sentence",))
        for source, text in zip(SOURCES, TEXTS, strict=True)
    }
    return replace(po.new_catalogue("en", "bench", "2026-11-23 10:00+0000"), entries=entries)


def as_other_programs(text: str) -> str:
    """Return a catalogue as Poedit writes it: with wrapped lines and additional header fields."""
    done = subprocess.run(["msgcat", "--width=40", "-"], input=text, capture_output=True, text=True, check=True)
    return done.stdout.replace('"Language: en\\n"', '"Language: en\\n"\n"X-Generator: Poedit 3.4\\n"')


def judged(case: Case, text: str, *, conflict: bool, sides: tuple[Catalogue, Catalogue]) -> str:
    """Return the result of a case in one word."""
    if (
        shutil.which("msgfmt")
        and subprocess.run(
            ["msgfmt", "-o", "/dev/null", "-"], input=text, capture_output=True, text=True, check=False
        ).returncode
    ):
        return "conflict" if conflict else "broken"
    try:
        found = po.loads(text.encode(), Path("a.po"), "en")
    except L10nFlowError:
        return "conflict" if conflict else "broken"
    choices = {
        key.source: {choice.text for choice in po.seals.choices(entry.seals)} for key, entry in found.entries.items()
    }
    if conflict:
        shown = [source for source, texts in choices.items() if len(texts) > 1]
        return "asked" if case.choice and shown == [case.choice] else "conflict"
    approvals = {
        key.source: {seal.name for seal in edit.signatures(entry).approved} for key, entry in found.entries.items()
    }
    given = [
        {key.source: {seal.name for seal in edit.signatures(entry).approved} for key, entry in side.entries.items()}
        for side in sides
    ]
    for source, names in approvals.items():
        if names - set().union(*(each.get(source, set()) for each in given)):
            return "made up"
    texts = {key.source: entry.msgstr + "~" * entry.fuzzy for key, entry in found.entries.items()}
    every = {entry.msgstr for entry in found.every} | {text for each in choices.values() for text in each}
    notes_there = {seal.text for entry in found.every for seal in entry.seals if seal.kind is po.SealKind.NOTE}
    notes_given = {
        seal.text for side in sides for entry in side.every for seal in entry.seals if seal.kind is po.SealKind.NOTE
    }
    human = {
        entry.msgstr
        for side in sides
        for entry in side.every
        if entry.msgstr and not entry.is_machine and entry.msgstr not in TEXTS
    }
    if human - every or notes_given - notes_there:
        return "lost"
    wanted = {source: names for source, names in case.approvals.items() if names}
    if {source: names for source, names in approvals.items() if names} != wanted:
        return "lost"
    return "right" if texts == case.wanted else "wrong"


def merged_by(
    command: list[str], folder: Path, case: Case, versions: list[str], sides: tuple[Catalogue, Catalogue]
) -> str:
    paths = [folder / name for name in ("base", "ours", "theirs")]
    for path, text in zip(paths, versions, strict=True):
        path.write_text(text, "utf-8")
    placed = [part.format(base=paths[0], ours=paths[1], theirs=paths[2]) for part in command]
    done = subprocess.run(placed, capture_output=True, text=True, check=False, cwd=folder)
    return judged(case, paths[1].read_text("utf-8", "replace"), conflict=done.returncode != 0, sides=sides)


def main() -> None:
    parser = argparse.ArgumentParser(description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter)
    parser.add_argument(
        "--driver", action="append", default=[], metavar="NAME=COMMAND", help="another driver to compare with"
    )
    arguments = parser.parse_args()
    ours = [sys.executable, "-P", "-m", "l10n_flow", "merge-driver", "{base}", "{ours}", "{theirs}", "a.po"]
    drivers = {
        "git": ["git", "merge-file", "{ours}", "{base}", "{theirs}"],
        "union": ["git", "merge-file", "--union", "{ours}", "{base}", "{theirs}"],
        **{
            name: [*command.split(), "{base}", "{ours}", "{theirs}"]
            for name, _, command in (each.partition("=") for each in arguments.driver)
        },
        "l10n-flow": ours,
    }
    width = max(len(case.name) for case in CASES)
    print(" ".join(["case".ljust(width), *(name.rjust(10) for name in drivers)]))
    sums: dict[str, int] = dict.fromkeys(drivers, 0)
    with tempfile.TemporaryDirectory() as folder:
        for case in CASES:
            base = case.base(base_of())
            sides = (case.ours(base), case.theirs(base))
            versions = [po.dumps(each) for each in (base, *sides)]
            if case.name.startswith("another program"):
                versions[1] = as_other_programs(versions[1])
            row = {name: merged_by(command, Path(folder), case, versions, sides) for name, command in drivers.items()}
            for name, verdict in row.items():
                sums[name] += verdict in {"right", "asked"}
            print(" ".join([case.name.ljust(width), *(verdict.rjust(10) for verdict in row.values())]))
        print(
            " ".join(
                [f"right or asked, of {len(CASES)}".ljust(width), *(str(number).rjust(10) for number in sums.values())]
            )
        )
        _large(Path(folder), ours)


def _large(folder: Path, command: list[str]) -> None:
    """Print the time for 5,000 sealed units, half of them changed on each side."""

    def made(of: int | None) -> str:
        entries = {}
        for number in range(5000):
            entry = Entry(Key(None, f"{number}號句子，它與眾不同，說的是別的事。"), kinds=("sentence",))
            entry = edit.set_text(entry, f"Sentence {number}, unlike the others.", "Ann", DAY + "1")
            if of is not None and number % 2 == of:
                entry = edit.approve(entry, ("Ann", "Bob")[of], DAY + "2")
            entries[entry.key] = entry
        return po.dumps(replace(po.new_catalogue("en", "bench", "2026-11-23 10:00+0000"), entries=entries))

    paths = [folder / name for name in ("base", "ours", "theirs")]
    for path, of in zip(paths, (None, 0, 1), strict=True):
        path.write_text(made(of), "utf-8")
    placed = [part.format(base=paths[0], ours=paths[1], theirs=paths[2]) for part in command]
    before = os.times()
    subprocess.run(placed, check=True)
    after = os.times()
    spent = after.children_user + after.children_system - before.children_user - before.children_system
    print(f"5,000 units, each sealed, half approved on each side: {spent:.2f} s of CPU, start of the program included")


if __name__ == "__main__":
    main()
