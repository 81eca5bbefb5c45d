"""Seals: read leniently, written in one form, bound to their text."""

from __future__ import annotations

import hashlib
from pathlib import Path

import pytest
from hypothesis import given
from hypothesis import strategies as st

from entries import catalogue_of, comment_of, compose, unit
from l10n_flow import catalogue as po
from l10n_flow.catalogue import Entry, edit, seals
from l10n_flow.catalogue.seals import Seal, SealKind
from l10n_flow.model import Key, Origin, State

D = "0123456789ab"
CANONICAL = {
    "converted": (f"converted hk2s {D}", Seal(SealKind.CONVERTED, D, "hk2s")),
    "converted with its punctuation": (f"converted hk2s+mainland {D}", Seal(SealKind.CONVERTED, D, "hk2s+mainland")),
    "finished": (f"finished {D}", Seal(SealKind.FINISHED, D)),
    "translated": (f"translated {D} by Ann on 2026-11-23", Seal(SealKind.TRANSLATED, D, "", "Ann", "2026-11-23")),
    "approved": (f"approved {D} by 陳大文 on 2026-11-24", Seal(SealKind.APPROVED, D, "", "陳大文", "2026-11-24")),
    "no date": (f"approved {D} by Ann", Seal(SealKind.APPROVED, D, "", "Ann")),
    "no name": (f"approved {D} on 2026-11-24", Seal(SealKind.APPROVED, D, "", "", "2026-11-24")),
    "neither": (f"approved {D}", Seal(SealKind.APPROVED, D)),
    "name with on": (f"approved {D} by Jon on Avon on 2026-11-24", Seal(SealKind.APPROVED, D, "", "Jon on Avon", "2026-11-24")),
    "name with by": (f"approved {D} by Stand by Me", Seal(SealKind.APPROVED, D, "", "Stand by Me")),
    "name with a colon": (f"approved {D} by QA: Ann on 2026-11-24", Seal(SealKind.APPROVED, D, "", "QA: Ann", "2026-11-24")),
    "joined": (f"joined {D}", Seal(SealKind.JOINED, D)),
    "ignore": (f"ignore number-mismatch {D}: by the author: so", Seal(SealKind.IGNORE, D, "number-mismatch", text="by the author: so")),
    "ignore without a reason": (f"ignore fuzzy {D}:", Seal(SealKind.IGNORE, D, "fuzzy")),
    "note": ("note by Ann on 2026-11-24: is this: right?", Seal(SealKind.NOTE, "", "", "Ann", "2026-11-24", "is this: right?")),
    "note, colon in the name": ("note by QA: Ann on 2026-11-24: yes", Seal(SealKind.NOTE, "", "", "QA: Ann", "2026-11-24", "yes")),
    "note without a date": ("note by Ann: yes", Seal(SealKind.NOTE, "", "", "Ann", "", "yes")),
    "note without a name": ("note on 2026-11-24: yes", Seal(SealKind.NOTE, "", "", "", "2026-11-24", "yes")),
    "bare note": ("note: by Ann", Seal(SealKind.NOTE, text="by Ann")),
}  # fmt: skip


@pytest.mark.parametrize(("line", "seal"), CANONICAL.values(), ids=CANONICAL)
def test_grammar(line, seal):
    assert seals.parse(f"l10n-flow: {line}") == ((seal,), ())
    assert str(seal) == f"l10n-flow: {line}"


LENIENT = {
    "no space": f"l10n-flow:approved {D} by Ann on 2026-11-24",
    "tabs": f"\tl10n-flow:\tapproved\t{D}\tby\tAnn\ton\t2026-11-24\t",
    "more spaces": f"  l10n-flow:   approved   {D}   by   Ann   on   2026-11-24  ",
}


@pytest.mark.parametrize("line", LENIENT.values(), ids=LENIENT)
def test_read_leniently_written_in_one_form(line):
    found, others = seals.parse(line)
    assert compose(found, others) == f"l10n-flow: approved {D} by Ann on 2026-11-24"


@pytest.mark.parametrize(
    "line",
    ["l10n-flow: praised 0123456789ab", "l10n-flow: approved 0123", f"l10n-flow: approved {D}0", "l10n-flow:", "l10n-flow: joined",
     f"see l10n-flow: approved {D}", f"l10n-flow: ignore two words {D}: x", "l10n-flow: note by Ann", f"l10n-flow: empty {D}"],
)  # fmt: skip
def test_what_is_no_seal_stays_a_comment(line):
    assert seals.parse(line) == ((), (line,))


def test_order_and_repetition():
    lines = [
        "l10n-flow: note: late", f"l10n-flow: approved {D} by B", "按：", f"l10n-flow: approved {D} by A",
        f"l10n-flow: converted hk2s {D}", "", f"l10n-flow:approved {D} by B",
    ]  # fmt: skip
    assert compose(*seals.parse("\n".join(lines))).split("\n") == [
        "按：", "", f"l10n-flow: converted hk2s {D}", f"l10n-flow: approved {D} by B", f"l10n-flow: approved {D} by A",
        "l10n-flow: note: late",
    ]  # fmt: skip


@given(
    st.lists(
        st.text("l10n-flow: approved by on note:0123456789ab-\t\n柳　", max_size=60).map(lambda t: "l10n-flow: " + t)
    )
)
def test_writing_is_idempotent(lines):
    once = compose(*seals.parse("\n".join(lines)))
    assert compose(*seals.parse(once)) == once


NAME = st.text("Ann on by陳: 2026-11", min_size=1).map(seals.one_line).filter(bool)


@given(NAME, NAME)
def test_any_name_and_reason_come_back(name, text):
    for seal in (Seal(SealKind.APPROVED, D, "", name, "2026-11-24"), Seal(SealKind.IGNORE, D, "fuzzy", text=text)):
        assert seals.parse(str(seal)) == ((seal,), ())


# Valid and void ---------------------------------------------------------------------------------------------------


def entry_of(source="柳州在廣西。", target="Liuzhou is in Guangxi.", **fields) -> Entry:
    return unit(source, target, **fields)


def state(entry: Entry, locale="en", *, derived=False):
    (translation,) = po.translations(catalogue_of(entry, locale=locale), derived=derived).values()
    return translation


def again(entry: Entry) -> Entry:
    (found,) = po.loads(po.dumps(catalogue_of(entry)).encode(), Path("a.po"), "en").entries.values()
    return found


def test_digests_are_those_of_the_design():
    expected = hashlib.sha256("柳州\x04Liuzhou".encode()).hexdigest()[:12]
    assert seals.pair_digest("柳州", "Liuzhou") == expected
    assert seals.digest("Liuzhou") == hashlib.sha256(b"Liuzhou").hexdigest()[:12]


def test_an_approval_and_its_end():
    assert state(entry_of()).state is State.TRANSLATED
    entry = edit.approve(entry_of(), "Ann", "2026-11-24")
    assert state(entry).state is State.APPROVED
    assert edit.is_approved_by(entry, "Ann")
    assert not edit.is_approved_by(entry, "Bob")
    fuzzy = entry._replace(fuzzy=True)
    assert state(fuzzy).state is State.NEEDS_EDITING
    assert state(again(fuzzy)).state is State.NEEDS_EDITING
    assert state(again(again(fuzzy)._replace(fuzzy=False))).state is State.APPROVED
    other = entry._replace(msgstr=entry.msgstr + "!")
    assert state(other).state is State.TRANSLATED
    assert comment_of(again(other)) == ""


def test_several_approvals():
    entry = entry_of()
    for name, date in (("Ann", "2026-11-23"), ("Bob", "2026-11-24"), ("Ann", "2026-11-25")):
        entry = edit.approve(entry, name, date)
    assert comment_of(entry).count("approved") == 2
    entry = edit.unapprove(entry, "Ann")
    assert state(entry).state is State.APPROVED
    assert edit.unapprove(entry, "Ann") == entry
    entry = edit.unapprove(entry, "Bob")
    assert (state(entry).state, comment_of(entry)) == (State.TRANSLATED, "")


def test_a_new_approval_clears_those_of_another_text():
    entry = edit.approve(entry_of(), "Ann", "2026-11-23")
    entry = edit.approve(entry._replace(msgstr="Liuzhou lies in Guangxi."), "Bob", "2026-11-24")
    assert "Ann" not in comment_of(entry)


def test_notes_and_comments_stay():
    comment = f"按\nl10n-flow: approved {D}\nl10n-flow: note by Ann on 2026-11-24: why?\nl10n-flow: later thing"
    entry = again(entry_of(tcomment=comment))
    assert comment_of(entry) == "按\nl10n-flow: later thing\nl10n-flow: note by Ann on 2026-11-24: why?"


def test_what_settles_a_note_stays_with_it_and_goes_with_it():
    entry = edit.add_note(entry_of(), "Ann", "2026-11-24", "why?")
    entry = edit.add_note(entry, "Ann", "2026-11-24", "and what?")
    first, second = seals.resolvable(entry.seals)
    entry = again(edit.resolve(entry, first, "Bob", "2026-11-25"))
    assert list(edit.signatures(entry).open) == [second]
    assert f"l10n-flow: resolved {first} by Bob on 2026-11-25" in comment_of(entry)
    assert edit.resolve(entry, first, "Cy", "2026-11-26") == entry
    assert edit.resolve(entry, "0" * 12, "Cy", "2026-11-26") is None
    changed = again(edit.set_text(entry, "Another text", "Ann", "2026-11-26"))
    assert list(edit.signatures(changed).open) == [second], "the text may change, the note is settled all the same"
    without = again(entry.with_seals([seal for seal in entry.seals if seals.digest(str(seal)) != first]))
    assert "resolved" not in comment_of(without)


def test_joined():
    entry = edit.join(entry_of(), "Ann", "2026-11-24")
    assert (state(entry).state, state(entry).joined, entry.msgstr) == (State.TRANSLATED, True, "")
    entry = again(entry)
    assert state(entry).joined
    entry = entry._replace(msgstr="Something")
    assert not state(entry).joined
    assert comment_of(again(entry)) == ""


def test_ignore_is_for_this_very_text():
    entry = edit.ignore(entry_of(), "number-mismatch", "  the author\n corrected it ")
    assert state(entry).ignores == {"number-mismatch": "the author corrected it"}
    entry = again(edit.ignore(entry, "number-mismatch", "again"))
    assert state(entry).ignores == {"number-mismatch": "again"}
    assert state(entry._replace(msgstr=entry.msgstr + "!")).ignores == {}


def test_converted():
    entry = edit.set_converted(entry_of(target=""), "柳州在广西。", "hk2s")
    assert edit.set_converted(entry, "柳州在广西。", "hk2s") is entry
    found = state(entry, "zh_Hans", derived=True)
    assert (found.state, found.origin, found.stale) == (State.TRANSLATED, Origin.CONVERTED, False)
    entry = edit.approve(entry, "Ann", "2026-11-24")
    assert edit.set_converted(entry, "柳州在广西。", "hk2s") == entry
    assert state(entry, "zh_Hans", derived=True).state is State.APPROVED
    entry = entry._replace(fuzzy=True, key=Key(None, "柳州位於廣西。"))
    assert entry.is_machine
    entry = edit.set_converted(entry, "柳州位于广西。", "hk2s")
    assert state(entry, "zh_Hans", derived=True).state is State.TRANSLATED
    assert "approved" not in comment_of(entry)
    entry = entry._replace(msgstr="柳州位於廣西。")
    assert not entry.is_machine
    assert state(entry, "zh_Hans", derived=True).origin is Origin.HUMAN


def test_a_previous_source_without_fuzzy_is_dropped():
    before = Key(None, "柳州")
    assert again(entry_of()._replace(previous=before)).previous is None
    fuzzy = entry_of()._replace(previous=before, fuzzy=True)
    assert again(fuzzy).previous == before
    assert (again(fuzzy._replace(msgstr="")).fuzzy, again(fuzzy._replace(msgstr="")).previous) == (False, None)


# Source left in the target ----------------------------------------------------------------------------------------

COPIES = {
    # locale, source, target and what is expected
    "nothing": ("en", "唐琳", "", State.UNTRANSLATED),
    "source copied": ("en", "唐琳", "唐琳", State.UNTRANSLATED),
    "Han left": ("en", "唐琳攝", "Photo: 唐琳", State.UNTRANSLATED),
    "Han in a gloss": ("en", "唐琳攝", "Photo: Tang Lin (唐琳)", State.TRANSLATED),
    "Han in a full-width gloss": ("en", "唐琳攝", "Photo: Tang Lin（唐琳）", State.TRANSLATED),
    "figures": ("en", "2026", "2026", State.TRANSLATED),
    "Simplified equal to its source": ("zh_Hans", "唐琳", "唐琳", State.TRANSLATED),
    "Taiwan equal to its source": ("zh_Hant_TW", "唐琳", "唐琳", State.TRANSLATED),
    "Japanese with Han": ("ja", "唐琳攝", "写真＝唐琳", State.TRANSLATED),
    "Japanese copied": ("ja", "唐琳攝", "唐琳攝", State.UNTRANSLATED),
}


@pytest.mark.parametrize(("locale", "source", "target", "expected"), COPIES.values(), ids=COPIES)
def test_source_left_in_the_target(locale, source, target, expected):
    assert state(entry_of(source, target), locale).state is expected


@pytest.mark.parametrize(("target", "rule"), [("唐琳", "source-copied"), ("Photo: 唐琳", "han-in-target")])
def test_source_left_on_purpose(target, rule):
    entry = edit.ignore(entry_of("唐琳", target), rule, "the name of the column")
    assert state(entry).state is State.TRANSLATED


@pytest.mark.parametrize(
    ("flags", "derived", "machine", "stale"),
    [(["fuzzy"], True, False, True), ([], True, False, False), (["fuzzy"], False, False, False), (["fuzzy"], True, True, False)],
)  # fmt: skip
def test_stale(flags, derived, machine, stale):
    entry = entry_of(target="柳州在广西。")
    if machine:
        entry = edit.set_converted(entry, entry.msgstr, "hk2s")
    entry = entry._replace(fuzzy=bool(flags), previous=Key(None, "柳州"))
    found = state(entry, "zh_Hans", derived=derived)
    assert found.stale is stale
    assert found.previous == ("柳州" if flags else None)


REJECTED = {
    "a conversion": lambda entry: edit.set_converted(entry, "柳州在广西。", "hk2s"),
    "a correction": lambda entry: edit.set_text(entry, "柳州位于广西。", "Ann", "2026-11-24"),
}


@pytest.mark.parametrize("fill", REJECTED.values(), ids=REJECTED)
def test_a_rejected_text_is_stale_only_once_its_source_has_changed(fill):
    entry = edit.reject(fill(entry_of(target="")))
    found = state(entry, "zh_Hans", derived=True)
    assert (found.state, found.origin, found.stale) == (State.NEEDS_EDITING, Origin.HUMAN, False)
    entry = entry._replace(previous=Key(None, "柳州"))
    assert state(entry, "zh_Hans", derived=True).stale
