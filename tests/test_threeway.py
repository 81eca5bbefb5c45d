"""Two branches of a catalogue made one: tables of what becomes of a unit, and what holds whatever the branches did."""

from __future__ import annotations

import itertools
import os
import shutil
import subprocess
from collections.abc import Callable
from dataclasses import replace
from pathlib import Path

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from entries import catalogue_of, unit
from l10n_flow import catalogue as po
from l10n_flow.catalogue import Catalogue, Draft, Entry, edit, seals
from l10n_flow.catalogue.states import valid_seals
from l10n_flow.catalogue.threeway import Merged, merge_branches
from l10n_flow.model import Key

DAY = "2026-11-2"
Change = Callable[[Entry], Entry]


def key(source: str) -> Key:
    return Key(None, source)


def having(found: Catalogue, **changes: Change) -> Catalogue:
    """A catalogue after changes to the units ``一。`` …, by their numbers ``u1`` …"""
    draft = Draft(found)
    keys = list(found.entries)
    for name, change in changes.items():
        one = keys[int(name[1:]) - 1]
        draft.entries[one] = po.settled(change(draft.entries[one]))
    return draft.done()


def rewritten(found: Catalogue, *sources: str) -> Catalogue:
    """A catalogue after its document was edited."""
    return po.merge(found, [po.Wanted(key(source), ("sentence",)) for source in sources])[0]


def says(text: str, by: str = "Ann", day: str = "1") -> Change:
    return lambda entry: edit.set_text(entry, text, by, DAY + day)


def approves(by: str, day: str = "1") -> Change:
    return lambda entry: edit.approve(entry, by, DAY + day)


def both_ways(base: Catalogue, ours: Catalogue, theirs: Catalogue) -> Merged:
    """The result, which is the same whichever branch is called ours."""
    one, two = merge_branches(base, ours, theirs), merge_branches(base, theirs, ours)
    assert po.dumps(one.catalogue) == po.dumps(two.catalogue)
    assert one.conflicts == two.conflicts
    return one


PATH = Path("a.po")
BASE = catalogue_of(
    unit("一。", comment="sentence"), unit("二。", "two", comment="sentence"), unit("三。", "three", comment="sentence")
)


def entry_of(found: Merged, source: str) -> Entry:
    return found.catalogue.entries[key(source)]


def texts(entry: Entry) -> tuple[str, ...]:
    """Those between which somebody has to choose."""
    return tuple(choice.text for choice in seals.choices(entry.seals))


def names(entry: Entry, kind: po.SealKind) -> list[str]:
    return [seal.name for seal in entry.seals if seal.kind is kind]


# One unit --------------------------------------------------------------------------------------------------------


def test_translated_on_one_side() -> None:
    found = both_ways(BASE, having(BASE, u1=says("one")), BASE)
    assert entry_of(found, "一。") == having(BASE, u1=says("one")).entries[key("一。")]
    assert found.conflicts == ()


def test_different_units_translated_on_both_sides() -> None:
    found = both_ways(BASE, having(BASE, u1=says("one")), having(BASE, u2=says("TWO")))
    assert [each.msgstr for each in found.catalogue.entries.values()] == ["one", "TWO", "three"]


def test_approved_on_one_side_and_twice() -> None:
    one, two = having(BASE, u2=approves("Ann")), having(BASE, u2=approves("Bob", "2"))
    assert names(entry_of(both_ways(BASE, one, BASE), "二。"), po.SealKind.APPROVED) == ["Ann"]
    found = both_ways(BASE, one, two)
    assert names(entry_of(found, "二。"), po.SealKind.APPROVED) == ["Ann", "Bob"]
    assert found.conflicts == ()


def test_an_approval_that_one_side_takes_back_is_gone() -> None:
    base = having(BASE, u2=approves("Ann"))
    taken = having(base, u2=lambda entry: edit.unapprove(entry, "Ann"))
    noted = having(base, u2=lambda entry: edit.add_note(entry, "Bob", DAY + "2", "good"))
    found = entry_of(both_ways(base, taken, noted), "二。")
    assert names(found, po.SealKind.APPROVED) == []
    assert names(found, po.SealKind.NOTE) == ["Bob"]


@pytest.mark.parametrize(("change", "text"), [(says("TWO"), "TWO"), (approves("Ann"), "two")])
def test_two_texts_are_a_conflict_with_both_in_it(change: Change, text: str) -> None:
    """Edited on both sides, or approved on one and edited on the other."""
    one = having(BASE, u2=change)
    two = having(BASE, u2=says("“deux”,\n  too\\", "Bob", "2"))
    found = both_ways(BASE, one, two)
    merged = entry_of(found, "二。")
    assert found.conflicts == (key("二。"),)
    assert merged.fuzzy
    assert not valid_seals(merged)
    assert set(texts(merged)) == {text, "“deux”,\n  too\\"}
    read = po.loads(po.dumps(found.catalogue).encode(), PATH, "en")
    assert texts(read.entries[key("二。")]) == texts(merged)


def test_a_conflict_ends_when_somebody_chooses() -> None:
    found = both_ways(BASE, having(BASE, u2=says("TWO")), having(BASE, u2=says("deux", "Bob"))).catalogue
    for choice in (says("TWO", "Cy"), lambda entry: entry._replace(msgstr="deux", fuzzy=False), edit.confirm):
        assert texts(having(found, u2=choice).entries[key("二。")]) == ()
    noted = having(found, u2=lambda entry: edit.add_note(entry, "Cy", DAY + "3", "which?"))
    assert len(texts(noted.entries[key("二。")])) == 2


def test_a_rejection_beats_an_approval() -> None:
    rejected = having(BASE, u2=lambda entry: edit.add_rejection(edit.reject(entry), "Bob", DAY + "2", "no"))
    found = both_ways(BASE, having(BASE, u2=approves("Ann")), rejected)
    merged = entry_of(found, "二。")
    assert (merged.fuzzy, merged.msgstr, found.conflicts) == (True, "two", ())
    assert names(merged, po.SealKind.APPROVED) == []
    assert names(merged, po.SealKind.REJECTED) == ["Bob"]


def test_the_same_text_on_both_sides_is_one() -> None:
    found = both_ways(BASE, having(BASE, u1=says("one")), having(BASE, u1=says("one", "Bob", "2")))
    assert found.conflicts == ()
    assert names(entry_of(found, "一。"), po.SealKind.TRANSLATED) == ["Ann", "Bob"]


def test_a_machine_text_never_wins() -> None:
    converted = having(BASE, u2=lambda entry: edit.set_converted(entry, "贰。", "hk2s"))
    found = both_ways(BASE, converted, having(BASE, u2=says("二！")))
    assert (entry_of(found, "二。").msgstr, found.conflicts) == ("二！", ())
    again = having(BASE, u2=lambda entry: edit.set_converted(entry, "两。", "hk2s"))
    assert entry_of(both_ways(BASE, converted, again), "二。").is_machine


def test_notes_of_both_sides_stand_in_the_order_of_their_dates() -> None:
    def note(day: str, text: str) -> Change:
        return lambda entry: edit.add_note(entry, "Ann", DAY + day, text)

    base = having(BASE, u2=note("1", "first"))
    found = both_ways(base, having(having(base, u2=note("2", "b")), u2=note("4", "d")), having(base, u2=note("3", "c")))
    notes = [seal.text for seal in entry_of(found, "二。").seals if seal.kind is po.SealKind.NOTE]
    assert notes == ["first", "b", "c", "d"]


def test_a_note_that_one_side_settles_is_settled_whatever_the_other_did() -> None:
    base = having(BASE, u2=lambda entry: edit.add_note(entry, "Ann", DAY + "1", "why?"))
    (remark,) = seals.resolvable(base.entries[key("二。")].seals)
    settled = having(base, u2=lambda entry: edit.resolve(entry, remark, "Bob", DAY + "2"))
    for other in (base, having(base, u2=says("two", "Cy", "3"))):
        assert edit.signatures(entry_of(both_ways(base, settled, other), "二。")).open == {}


def test_joined_on_one_side_and_translated_on_the_other_is_looked_at() -> None:
    joined = having(BASE, u1=lambda entry: edit.join(entry, "Ann", DAY + "1"))
    merged = entry_of(both_ways(BASE, joined, having(BASE, u1=says("one", "Bob"))), "一。")
    assert (merged.msgstr, merged.fuzzy) == ("one", True)
    found = both_ways(BASE, joined, having(BASE, u2=says("TWO")))
    assert po.SealKind.JOINED in {seal.kind for seal in entry_of(found, "一。").seals}


# Sources ---------------------------------------------------------------------------------------------------------


@pytest.mark.parametrize("was", ["three", ""])
def test_a_source_edited_on_one_side_and_translated_on_the_other(was: str) -> None:
    """As if the edit had come second: the translation of the other side, fuzzy."""
    base = having(BASE, u3=lambda entry: entry._replace(msgstr=was))
    edited = rewritten(base, "一。", "二。", "三，改了。")
    found = both_ways(base, edited, having(base, u3=says("THREE", "Bob")))
    merged = entry_of(found, "三，改了。")
    assert (merged.msgstr, merged.fuzzy, merged.previous) == ("THREE", True, key("三。"))
    assert list(found.catalogue.entries) == [key("一。"), key("二。"), key("三，改了。")]
    undone = rewritten(found.catalogue, "一。", "二。", "三。").entries[key("三。")]
    assert (undone.msgstr, undone.fuzzy) == ("THREE", False)


def test_an_approved_translation_of_an_edited_source_stays_as_an_obsolete_entry() -> None:
    edited = rewritten(BASE, "一。", "二。", "三，改了。")
    found = both_ways(BASE, edited, having(BASE, u3=approves("Bob"))).catalogue
    assert found.entries[key("三，改了。")].fuzzy
    assert names(found.obsolete[key("三。")], po.SealKind.APPROVED) == ["Bob"]


def test_a_source_edited_and_translated_anew_and_the_old_one_translated_on_the_other_side() -> None:
    edited = having(rewritten(BASE, "一。", "二。", "三，改了。"), u3=says("three, changed"))
    found = both_ways(BASE, edited, having(BASE, u3=says("THREE", "Bob"))).catalogue
    assert found.entries[key("三，改了。")].msgstr == "three, changed"
    assert found.obsolete[key("三。")].msgstr == "THREE"


def test_deleted_on_one_side_and_changed_on_the_other_is_obsolete() -> None:
    found = both_ways(BASE, rewritten(BASE, "一。", "二。"), having(BASE, u3=says("THREE", "Bob"))).catalogue
    assert list(found.entries) == [key("一。"), key("二。")]
    assert found.obsolete[key("三。")].msgstr == "THREE"
    assert both_ways(BASE, rewritten(BASE, "二。", "三。"), BASE).catalogue.obsolete == {}


def test_new_units_of_both_sides_stand_where_they_were_put() -> None:
    ours = rewritten(BASE, "零。", "一。", "二。", "二又二。", "三。")
    theirs = rewritten(BASE, "一。", "一又一。", "二。", "二又三。", "三。", "四。")
    found = both_ways(BASE, ours, theirs).catalogue
    order = ["零。", "一。", "一又一。", "二。", "二又三。", "二又二。", "三。", "四。"]
    assert sorted(order[5:3:-1]) == sorted(["二又二。", "二又三。"])
    assert [one.source for one in found.entries] in (order, [*order[:4], order[5], order[4], *order[6:]])


def test_the_order_of_the_side_that_moved_units() -> None:
    found = both_ways(BASE, rewritten(BASE, "三。", "一。", "二。"), having(BASE, u1=says("one"))).catalogue
    assert [one.source for one in found.entries] == ["三。", "一。", "二。"]


def test_header_the_newer_date_wins_with_its_translator() -> None:
    def dated(date: str, who: str) -> Catalogue:
        return replace(BASE, header={**BASE.header, "PO-Revision-Date": date, "Last-Translator": who})

    found = both_ways(BASE, dated("2026-11-24 09:00+0800", "Ann"), dated("2026-11-24 02:00+0000", "Bob")).catalogue
    assert (found.header["PO-Revision-Date"], found.header["Last-Translator"]) == ("2026-11-24 02:00+0000", "Bob")
    team = replace(BASE, header={**BASE.header, "Language-Team": "HK"})
    assert both_ways(BASE, team, BASE).catalogue.header["Language-Team"] == "HK"


def test_a_catalogue_that_each_side_made() -> None:
    none = replace(BASE, entries={}, obsolete={})
    found = both_ways(none, having(BASE, u1=says("one")), having(BASE, u1=says("uno", "Bob")))
    assert found.conflicts == (key("一。"),)
    assert list(found.catalogue.entries) == list(BASE.entries)


# Whatever the branches did ---------------------------------------------------------------------------------------

SOURCES = ["一。", "二。", "三。", "三，改了。", "四四四四。", "四四四四了。", "五。"]
TEXTS = st.sampled_from(["one", "two", "three", "four", "five", "six\nlines", ""])
NAMES = st.sampled_from(["Ann", "Bob"])
DAYS = st.integers(0, 9).map(lambda day: f"{DAY}{day}")
OF_UNIT = st.one_of(
    st.builds(lambda text, name, day: lambda entry: edit.set_text(entry, text, name, day), TEXTS, NAMES, DAYS),
    st.builds(lambda name, day: lambda entry: edit.approve(entry, name, day), NAMES, DAYS),
    st.builds(lambda name: lambda entry: edit.unapprove(entry, name), NAMES),
    st.builds(lambda name, day: lambda entry: edit.add_note(entry, name, day, "note"), NAMES, DAYS),
    st.builds(lambda name, day: lambda entry: edit.add_rejection(edit.reject(entry), name, day, "no"), NAMES, DAYS),
    st.builds(lambda text: lambda entry: edit.set_needs_editing(entry, text) if text else entry, TEXTS),
    st.builds(lambda name, day: lambda entry: edit.join(entry, name, day), NAMES, DAYS),
    st.builds(lambda: lambda entry: edit.ignore(entry, "end-punctuation", "so")),
    st.builds(lambda: edit.confirm),
    st.builds(lambda text: lambda entry: entry._replace(msgstr=text, fuzzy=False), TEXTS),  # another program
    st.builds(
        lambda text: (
            lambda entry: (
                edit.set_converted(entry, text, "hk2s") if text and (entry.is_machine or not entry.msgstr) else entry
            )
        ),
        TEXTS,
    ),
)
STEPS = st.lists(
    st.one_of(
        st.tuples(st.integers(0, 6), OF_UNIT),
        st.lists(st.sampled_from(SOURCES), unique=True, max_size=6),
    ),
    max_size=6,
)


def after(found: Catalogue, steps: list[object]) -> Catalogue:
    for step in steps:
        if isinstance(step, list):
            found = rewritten(found, *step)
        elif found.entries:
            number, change = step
            found = having(found, **{f"u{number % len(found.entries) + 1}": change})
    return found


def human_texts(found: Catalogue) -> set[str]:
    return {entry.msgstr for entry in found.every if entry.msgstr and not entry.is_machine}


def approvals(found: Catalogue) -> set[tuple[Key, str, str]]:
    return {
        (entry.key, entry.msgstr, seal.name)
        for entry in found.every
        for seal in valid_seals(entry)
        if seal.kind is po.SealKind.APPROVED
    }


@settings(max_examples=300)
@given(STEPS, STEPS, STEPS)
def test_whatever_the_branches_did(first: list[object], one: list[object], two: list[object]) -> None:
    base = after(BASE, first)
    ours, theirs = after(base, one), after(base, two)
    found = both_ways(base, ours, theirs)
    merged = found.catalogue
    there = {
        *human_texts(merged),
        *itertools.chain.from_iterable(texts(entry) for entry in merged.every),
    }
    for side in (ours, theirs):
        assert human_texts(side) - human_texts(base) <= there
    assert approvals(merged) <= approvals(ours) | approvals(theirs)
    assert {entry.key for entry in ours.every} & set(theirs.entries) & set(ours.entries) <= set(merged.entries)
    text = po.dumps(merged)
    assert po.dumps(po.loads(text.encode(), PATH, "en")) == text
    assert po.dumps(both_ways(base, merged, merged).catalogue) == text
    assert po.dumps(both_ways(base, ours, base).catalogue) == po.dumps(ours)


@pytest.mark.skipif(shutil.which("msgfmt") is None, reason="needs GNU gettext: apt-get install gettext")
def test_gettext_reads_what_a_conflict_leaves(tmp_path) -> None:
    found = both_ways(BASE, having(BASE, u2=says("TWO\n")), having(BASE, u2=says("“deux”", "Bob"))).catalogue
    path = tmp_path / "a.po"
    path.write_text(po.dumps(found), "utf-8")
    subprocess.run(["msgfmt", "-c", "-o", str(tmp_path / "a.mo"), str(path)], check=True, capture_output=True)
    done = subprocess.run(["msgcat", "--no-wrap", str(path)], check=True, capture_output=True, text=True)
    assert done.stdout == po.dumps(found)


@pytest.mark.skipif(shutil.which("msgfmt") is None, reason="needs GNU gettext: apt-get install gettext")
@settings(max_examples=25)
@given(STEPS, STEPS, STEPS)
def test_gettext_reads_whatever_the_branches_did(first: list[object], one: list[object], two: list[object]) -> None:
    base = after(BASE, first)
    text = po.dumps(both_ways(base, after(base, one), after(base, two)).catalogue)
    for command in (["msgfmt", "-c", "-o", os.devnull, "-"], ["msgcat", "--no-wrap", "-"]):
        done = subprocess.run(command, input=text, capture_output=True, text=True, check=True)
    assert done.stdout == text
