"""One edit of one unit: what each action does in each state, and that it touches nothing else."""

from __future__ import annotations

import shutil
import subprocess
from collections.abc import Callable
from dataclasses import replace
from pathlib import Path

import pytest
from hypothesis import given
from hypothesis import strategies as st

from entries import catalogue_of, comment_of, edit_for, unit
from l10n_flow import catalogue as po
from l10n_flow import editing
from l10n_flow.catalogue import Draft, Entry, rewrite, seals
from l10n_flow.catalogue import edit as entries
from l10n_flow.editing import Action, Conditions, Conversion, Edit, Standing, Status
from l10n_flow.model import Key, Origin, State, Translation

DAY = "2026-11-24"
NOW = "2026-11-24 09:00+0000"
BEFORE = "2026-11-01 09:00+0000"
FIRST, KEY, LAST = (Key(None, text) for text in ("這是前句。", "這是中句。", "這是後句。"))


def _saved(entry: Entry) -> Entry:
    return entries.set_text(entry, "old", "Ann", DAY)


def _approved(name: str) -> Callable[[Entry], Entry]:
    return lambda entry: entries.approve(entry, name, DAY)


def _source_edited(entry: Entry) -> Entry:
    before = seals.pair_digest("這是舊句。", "old")
    comment = f"by hand\nl10n-flow: finished {before}\nl10n-flow: approved {before} by Bob on {DAY}"
    fields = {"flags": ["fuzzy"], "previous_msgid": "這是舊句。", "comment": "paragraph"}
    return unit(entry.key.source, "old", tcomment=comment, **fields)


def _doubted(entry: Entry) -> Entry:
    """Marked fuzzy by another program, the seals left."""
    return entry._replace(fuzzy=True)


def _copied(entry: Entry) -> Entry:
    return entry._replace(msgstr=entry.key.source)


def _joined(entry: Entry) -> Entry:
    """Joined by an earlier version, which left no name."""
    return entry.sealed(seals.Seal(seals.SealKind.JOINED, seals.pair_digest(entry.key.source, "")))


#: How the unit under test comes into each state that there is.
STATES: dict[str, tuple[Callable[[Entry], Entry], ...]] = {
    "empty": (),
    "translated": (_saved,),
    "approved": (_saved, _approved("Bob")),
    "approved twice": (_saved, _approved("Bob"), _approved("Cid")),
    "rejected": (_saved, _approved("Bob"), entries.reject),
    "fuzzy": (_source_edited,),
    "doubted": (_saved, _approved("Bob"), _doubted),
    "converted": (lambda entry: entries.set_converted(entry, "这是中句。", "hk2s"),),
    "joined": (_joined,),
    "copied": (_copied,),
    "ignored": (_saved, lambda entry: entries.ignore(entry, "fuzzy", "so")),
}


def entry_in(state: str) -> Entry:
    entry = unit(KEY.source, comment="paragraph")
    for step in STATES[state]:
        entry = step(entry)
    return entry


def catalogue_in(state: str, locale: str = "en") -> Draft:
    before, after = (unit(key.source, key.source.replace("這", "x"), comment="paragraph") for key in (FIRST, LAST))
    made = Draft(catalogue_of(before, entry_in(state), after, locale=locale))
    made.header["PO-Revision-Date"] = BEFORE
    return reread(made)


def reread(found: Draft) -> Draft:
    return Draft(po.loads(po.dumps(found.done()).encode(), Path("a.po"), found.base.locale))


CONDITIONS = {
    "en": Conditions(now=NOW),
    "zh_Hans": Conditions(derived=True, now=NOW, conversion=Conversion("这是中句。", "hk2s")),
}


def view(found: Draft, key: Key = KEY) -> editing.UnitView:
    locale = found.base.locale
    return editing.view(found.entries[key], locale, derived=CONDITIONS[locale].derived)


def edit_of(found: Draft, action: Action, by: str = "Dan", **more: str) -> Edit:
    seen = view(found)
    return edit_for("a", found.base.locale, KEY.digest[:8], action, by, DAY, seen.version, **more)


def apply(found: Draft, key: Key, edit: Edit, conditions: Conditions) -> editing.Outcome:
    return editing.apply(found, key, edit, conditions, base=edit.base)


def do(state: str, action: Action, locale: str = "en", **more: str) -> tuple[editing.Outcome, Draft]:
    found = catalogue_in(state, locale)
    return apply(found, KEY, edit_of(found, action, **more), CONDITIONS[locale]), found


def told(outcome: editing.Outcome) -> str:
    """An outcome in short: state, text, origin, who signed."""
    assert outcome.unit is not None
    unit = outcome.unit
    names = [f"{seal.kind} {seal.name}" for seal in (*unit.signatures.translated, *unit.signatures.approved)]
    notes = [f"{seal.kind} {seal.name}: {seal.text}" for seal in unit.signatures.notes]
    one = unit.translation
    marks = ["joined"] * one.joined + ["previous"] * (one.previous is not None)
    return ", ".join([one.state, one.target, *([one.origin] if one.origin else []), *names, *notes, *marks])


SAVE, DRAFT, APPROVE = Action.SAVE, Action.NEEDS_EDITING, Action.APPROVE
NEW = "translated, new, human, translated Dan"
CASES: dict[tuple[str, Action, str | None], str] = {
    ("empty", SAVE, "new"): NEW,
    ("empty", SAVE, "new\r\n"): NEW,
    ("empty", SAVE, "a\r\nb"): "translated, a\nb, human, translated Dan",
    ("translated", SAVE, "new"): NEW,
    ("translated", SAVE, " \n"): "untranslated, ",
    ("approved twice", SAVE, "new"): NEW,
    ("fuzzy", SAVE, "new"): NEW,
    ("fuzzy", SAVE, "old"): "translated, old, human, translated Dan",
    ("doubted", SAVE, "old"): "translated, old, human, translated Dan",
    ("rejected", SAVE, "old"): "translated, old, human, translated Dan",
    ("converted", SAVE, "new"): NEW,
    ("joined", SAVE, "new"): NEW,
    ("ignored", SAVE, "new"): NEW,
    ("empty", DRAFT, "new"): "needs-editing, new, human",
    ("translated", DRAFT, "old"): "needs-editing, old, human",
    ("approved", DRAFT, "old"): "needs-editing, old, human",
    ("fuzzy", DRAFT, "new"): "needs-editing, new, human, previous",
    ("joined", DRAFT, "new"): "needs-editing, new, human",
    ("translated", APPROVE, None): "approved, old, human, translated Ann, approved Dan",
    ("approved", APPROVE, None): "approved, old, human, translated Ann, approved Bob, approved Dan",
    ("empty", APPROVE, "new"): "approved, new, human, translated Dan, approved Dan",
    ("fuzzy", APPROVE, "old"): "approved, old, human, approved Dan",
    ("approved", APPROVE, "new"): "approved, new, human, translated Dan, approved Dan",
    ("translated", APPROVE, "old"): "approved, old, human, translated Ann, approved Dan",
    ("joined", APPROVE, None): "approved, , approved Dan, joined",
    ("translated", Action.REJECT, None): "needs-editing, old, human, rejected Dan: why",
    ("approved twice", Action.REJECT, None): "needs-editing, old, human, rejected Dan: why",
    ("fuzzy", Action.REJECT, None): "needs-editing, old, human, rejected Dan: why, previous",
    ("empty", Action.NOTE, None): "untranslated, , note Dan: why",
    ("approved", Action.NOTE, None): "approved, old, human, translated Ann, approved Bob, note Dan: why",
    ("empty", Action.JOIN, None): "translated, , translated Dan, joined",
    ("joined", Action.UNJOIN, None): "untranslated, ",
}


@pytest.mark.parametrize(("case", "expected"), CASES.items(), ids=[f"{s}-{a}-{t!r}" for s, a, t in CASES])
def test_what_an_action_makes_of_a_unit(case, expected):
    state, action, text = case
    note = "why" if action in {Action.REJECT, Action.NOTE} else ""
    outcome, found = do(state, action, text=text, note=note)
    assert (outcome.status, outcome.message, told(outcome)) == (Status.SAVED, "", expected)
    assert view(reread(found)).version == outcome.version


UNCHANGED = [
    ("translated", SAVE, {"text": "old"}),
    ("approved", SAVE, {"text": "old\n"}),
    ("joined", SAVE, {"text": ""}),
    ("fuzzy", DRAFT, {"text": "old"}),
    ("approved", APPROVE, {"by": "Bob"}),
    ("translated", Action.UNAPPROVE, {}),
    ("translated", Action.UNIGNORE, {"rule": "fuzzy"}),
    ("joined", Action.JOIN, {}),
    ("empty", Action.UNJOIN, {}),
]


@pytest.mark.parametrize(("state", "action", "more"), UNCHANGED)
def test_nothing_to_do_changes_nothing_and_is_no_conflict(state, action, more):
    outcome, found = do(state, action, **more)
    assert outcome.status is Status.UNCHANGED
    assert po.dumps(found.done()) == po.dumps(catalogue_in(state).done())
    stale = replace(edit_of(found, action, **more), base="0" * 16)
    assert apply(found, KEY, stale, CONDITIONS["en"]).status is Status.UNCHANGED


REFUSED = [
    ("empty", APPROVE, {}, "there is no translation"),
    ("copied", APPROVE, {}, "there is no translation"),
    ("translated", APPROVE, {"text": ""}, "there is no translation"),
    ("empty", APPROVE, {"text": KEY.source}, "there is no translation"),
    ("fuzzy", APPROVE, {}, "needs editing"),
    ("translated", DRAFT, {"text": " "}, "no text"),
    ("translated", SAVE, {}, "no text"),
    ("empty", Action.REJECT, {"note": "why"}, "no text"),
    ("joined", Action.REJECT, {"note": "why"}, "no text"),
    ("translated", Action.REJECT, {"note": " "}, "why"),
    ("translated", Action.REJECT, {"note": "why", "text": "new"}, "save it first"),
    ("translated", Action.NOTE, {}, "text"),
    ("empty", Action.IGNORE, {"rule": "fuzzy", "note": "why"}, "no text"),
    ("fuzzy", Action.IGNORE, {"rule": "fuzzy", "note": "why"}, "finish"),
    ("translated", Action.IGNORE, {"rule": "fuzzy"}, "why"),
    ("translated", Action.IGNORE, {"rule": "fuzzzy", "note": "why"}, "fuzzzy"),
    ("translated", Action.JOIN, {}, "text of its own"),
    ("translated", Action.REVERT, {}, "not converted"),
    ("translated", SAVE, {"text": "a\0"}, "U+0000"),
    ("translated", SAVE, {"text": "a\x1b"}, "U+001B"),
    ("translated", SAVE, {"text": "a\rb"}, "U+000D"),
    ("translated", SAVE, {"text": "\ud800"}, "U+D800"),
    ("translated", Action.NOTE, {"note": "\udfff"}, "U+DFFF"),
    ("translated", SAVE, {"text": "a" * 20_001}, "20,001"),
    ("translated", Action.NOTE, {"note": "a" * 2_001}, "2,001"),
    ("translated", SAVE, {"text": "a", "by": " "}, "name"),
    ("translated", SAVE, {"text": "a", "by": "a" * 101}, "name"),
    ("translated", SAVE, {"text": "a", "by": "Bob on 2026-11-24: I said"}, "name"),
    ("translated", SAVE, {"text": "a", "by": "\x07"}, "name"),
]


@pytest.mark.parametrize(("state", "action", "more", "word"), REFUSED)
def test_what_is_refused_says_why_and_changes_nothing(state, action, more, word):
    outcome, found = do(state, action, **more)
    assert outcome.status is Status.REFUSED
    assert word in outcome.message
    assert po.dumps(found.done()) == po.dumps(catalogue_in(state).done())


@pytest.mark.parametrize("unit", ["", "1234567", "12345678g", "../../etc", "0" * 65])
def test_what_is_no_id_is_refused(unit):
    edit = replace(edit_of(catalogue_in("empty"), SAVE, text="a"), unit=unit)
    assert "id" in (editing.malformed(edit) or "")


@pytest.mark.parametrize("date", ["", "today", "2026-11-24 by Bob"])
def test_a_date_is_a_date(date):
    assert "date" in (editing.malformed(replace(edit_of(catalogue_in("empty"), SAVE, text="a"), date=date)) or "")


def test_a_first_unit_cannot_be_joined():
    found = catalogue_in("empty")
    found.entries = {KEY: found.entries[KEY], LAST: found.entries[LAST]}
    outcome = apply(found, KEY, edit_of(found, Action.JOIN), CONDITIONS["en"])
    assert outcome.status is Status.REFUSED
    assert "first" in outcome.message


@pytest.mark.parametrize(
    ("kind", "before", "follows"),
    [("paragraph", "paragraph", True), ("paragraph", "heading", False), ("list-item", "list-item", True)]
    + [(kind, kind, False) for kind in ("title", "heading", "byline", "credit")],
)
def test_what_can_be_joined_to_the_unit_before_it(kind, before, follows):
    assert entries.follows_its_kind(unit("乙", comment=kind), unit("甲", comment=before)) is follows


CONVERTED = {
    (SAVE, "new"): "translated, new, human, translated Dan",
    (SAVE, "这是中句。"): "unchanged",
    (DRAFT, "这是中句。"): "needs-editing, 这是中句。, human",
    (APPROVE, None): "approved, 这是中句。, converted, approved Dan",
    (APPROVE, "new"): "approved, new, human, translated Dan, approved Dan",
    (Action.REJECT, None): "needs-editing, 这是中句。, human, rejected Dan: why",
    (Action.REVERT, None): "unchanged",
}


@pytest.mark.parametrize(("case", "expected"), CONVERTED.items())
def test_a_converted_unit_is_the_machines_until_a_person_touches_it(case, expected):
    action, text = case
    outcome, _ = do("converted", action, "zh_Hans", text=text, note="why" if action is Action.REJECT else "")
    assert (told(outcome) if outcome.status is Status.SAVED else outcome.status) == expected


@pytest.mark.parametrize("state", ["empty", "translated", "approved", "fuzzy", "rejected", "joined"])
def test_a_text_goes_back_to_the_converter(state):
    outcome, found = do(state, Action.REVERT, "zh_Hans")
    assert told(outcome) == "translated, 这是中句。, converted"
    assert found.entries[KEY].is_machine
    assert not found.entries[KEY].fuzzy


def test_a_text_equal_to_the_conversion_goes_back_without_its_seals():
    found = catalogue_in("empty", "zh_Hans")
    for action, text in ((APPROVE, "这是中句。"), (Action.REVERT, None)):
        outcome = apply(found, KEY, edit_of(found, action, text=text), CONDITIONS["zh_Hans"])
        assert outcome.status is Status.SAVED
    assert told(outcome) == "translated, 这是中句。, converted"


def test_an_ignored_rule_speaks_again():
    outcome, found = do("translated", Action.IGNORE, rule="fuzzy", note="why")
    assert outcome.translation is not None
    assert outcome.translation.ignores == {"fuzzy": "why"}
    assert not outcome.unit.signatures.notes
    outcome = apply(found, KEY, edit_of(found, Action.UNIGNORE, rule="fuzzy"), CONDITIONS["en"])
    assert outcome.translation.ignores == {}


def test_own_approval_is_taken_back_and_that_of_others_stays():
    outcome, _ = do("approved twice", Action.UNAPPROVE, by="Bob")
    assert told(outcome) == "approved, old, human, translated Ann, approved Cid"


def test_an_approval_that_nobody_of_that_name_gave_is_not_taken_back():
    outcome, found = do("approved twice", Action.UNAPPROVE, by="Dan")
    assert (outcome.status, str(outcome.message)) == (
        Status.REFUSED,
        "Dan has not approved it; it is approved by Bob, Cid",
    )
    assert po.dumps(found.done()) == po.dumps(catalogue_in("approved twice").done())
    assert do("translated", Action.UNAPPROVE)[0].status is Status.UNCHANGED


def test_what_leaves_no_name_needs_none():
    for action in (Action.IGNORE, Action.UNIGNORE):
        assert editing.unfit(editing.Operation(action, "", DAY, note="so", rule="fuzzy")) is None
        assert editing.unfit(editing.Operation(action, "\0", DAY, note="so", rule="fuzzy")) is not None
    assert editing.unfit(editing.Operation(Action.NOTE, "", DAY, note="so")) is not None


def test_a_rejected_text_stays_one_when_the_edit_of_its_source_is_undone():
    outcome, found = do("fuzzy", Action.REJECT, note="why")
    assert outcome.status is Status.SAVED
    merged, _ = po.merge(
        found.done(), [po.Wanted(Key(None, text), ("paragraph",)) for text in ("這是前句。", "這是舊句。")]
    )
    assert merged.entries[Key(None, "這是舊句。")].fuzzy


def test_the_revision_date_moves_with_translations_only():
    for state, action, more, expected in [
        ("translated", SAVE, {"text": "new"}, NOW),
        ("fuzzy", SAVE, {"text": "old"}, NOW),
        ("translated", Action.REJECT, {"note": "why"}, NOW),
        ("translated", APPROVE, {}, BEFORE),
        ("translated", APPROVE, {"text": "new"}, NOW),
        ("translated", Action.NOTE, {"note": "why"}, BEFORE),
        ("translated", Action.IGNORE, {"note": "why", "rule": "fuzzy"}, BEFORE),
        ("empty", Action.JOIN, {}, BEFORE),
    ]:
        outcome, found = do(state, action, **more)
        assert (outcome.status, found.header["PO-Revision-Date"]) == (Status.SAVED, expected), (state, action)
        assert found.header["Last-Translator"] == ""


# Compare and set ---------------------------------------------------------------------------------------------------


@pytest.mark.parametrize("meanwhile", ["empty", "approved", "approved twice", "fuzzy", "rejected", "joined"])
@pytest.mark.parametrize("action", [a for a in Action if a not in {Action.NOTE, Action.RESOLVE, Action.REVERT}])
def test_what_its_editor_did_not_see_is_not_written_over(meanwhile, action):
    more = {"note": "why"} if action in {Action.REJECT, Action.IGNORE} else {}
    more |= {"text": "new"} if action in {SAVE, DRAFT, APPROVE} else {}
    rule = {"rule": "fuzzy"} if action is Action.IGNORE else {}
    edit = edit_of(catalogue_in("translated"), action, **more, **rule)
    found = catalogue_in(meanwhile)
    outcome = apply(found, KEY, edit, CONDITIONS["en"])
    assert outcome.status in {Status.CONFLICT, Status.UNCHANGED}
    assert outcome.unit == view(found)
    assert po.dumps(found.done()) == po.dumps(catalogue_in(meanwhile).done())
    if action is SAVE:
        assert outcome.status is Status.CONFLICT


def test_a_note_needs_no_base_and_makes_no_conflict():
    found = catalogue_in("translated")
    save = edit_of(found, SAVE, text="new")
    note = replace(edit_of(found, Action.NOTE, note="a\nb"), base="")
    assert apply(found, KEY, note, CONDITIONS["en"]).status is Status.SAVED
    outcome = apply(found, KEY, save, CONDITIONS["en"])
    assert told(outcome) == f"{NEW}, note Dan: a b"


def test_an_edit_sent_twice_is_no_conflict_with_itself():
    found = catalogue_in("translated")
    edit = edit_of(found, APPROVE, text="new", note="at last")
    first, second = (apply(found, KEY, edit, CONDITIONS["en"]) for _ in range(2))
    assert (first.status, second.status) == (Status.SAVED, Status.UNCHANGED)
    assert first.version == second.version


DIFFERENCES = {
    "text": {"target": "b"},
    "state": {"state": State.APPROVED},
    "source": {"key": Key(None, "b")},
    "context": {"key": Key("c", "a")},
    "previous": {"previous": "b"},
    "origin": {"origin": Origin.CONVERTED},
    "joined": {"joined": True},
}


@pytest.mark.parametrize("change", DIFFERENCES.values(), ids=DIFFERENCES)
def test_a_version_tells_what_an_editor_saw(change):
    one = Translation(Key(None, "a"), "a", State.TRANSLATED, Origin.HUMAN)
    assert editing.version(one) == editing.version(one._replace(line=7, kinds=("title",)))
    assert editing.version(one) != editing.version(one._replace(**change))
    assert editing.version(one, ("Ann",)) != editing.version(one, ("Ann", "Bob"))
    assert editing.version(one, ("Bob", "Ann")) == editing.version(one, ("Ann", "Bob"))


# Who may -----------------------------------------------------------------------------------------------------------


@pytest.mark.parametrize("action", Action)
def test_a_translator_may_all_but_judge(action):
    edit = edit_for("a", "en", "0" * 8, action, "Dan", DAY)
    unit = view(catalogue_in("translated"))
    judging = action in {Action.APPROVE, Action.UNAPPROVE, Action.REJECT}
    assert (editing.permitted(Standing.TRANSLATOR, edit, unit) is not None) == judging
    assert editing.permitted(Standing.REVIEWER, edit, unit, forbid_own_approval=True) is None


@pytest.mark.parametrize(
    ("by", "text", "may"),
    [
        ("Ann", None, False),
        (" Ann ", None, False),
        ("Ann", "old", False),
        ("Ann", "new", False),
        ("Bob", None, True),
        ("Bob", "old\r\n", True),
        ("Bob", "new", False),
    ],
)
def test_ones_own_text_is_for_others_to_approve(by, text, may):
    found = catalogue_in("translated")
    edit = edit_of(found, APPROVE, by=by, text=text)
    outcome = apply(found, KEY, edit, replace(CONDITIONS["en"], forbid_own_approval=True))
    assert (outcome.status is Status.SAVED) == may
    assert apply(found, KEY, edit, CONDITIONS["en"]).status in {Status.SAVED, Status.UNCHANGED}


@pytest.mark.parametrize(("by", "may"), [("Ann", False), ("Bob", True)])
def test_who_joined_a_unit_leaves_its_approval_to_others(by, may):
    found = catalogue_in("empty")
    conditions = replace(CONDITIONS["en"], forbid_own_approval=True)
    assert apply(found, KEY, edit_of(found, Action.JOIN, by="Ann"), conditions).status is Status.SAVED
    found = reread(found)
    unit = view(found)
    assert editing.approvable(Standing.REVIEWER, by, unit, forbid_own_approval=True) is may
    assert (apply(found, KEY, edit_of(found, APPROVE, by=by), conditions).status is Status.SAVED) is may
    assert apply(found, KEY, edit_of(found, Action.UNJOIN, by=by), conditions).status is Status.SAVED
    assert "Ann" not in po.dumps(found.done())


@pytest.mark.parametrize("forbid", [False, True])
@pytest.mark.parametrize("standing", Standing)
@pytest.mark.parametrize("state", STATES)
def test_what_is_offered_for_approval_is_what_may_be_approved(state, standing, forbid):
    found = catalogue_in(state)
    conditions = replace(CONDITIONS["en"], standing=standing, forbid_own_approval=forbid)
    for by in ("Ann", "Bob", "Dan"):
        unit = view(found)
        offered = editing.approvable(standing, by, unit, forbid_own_approval=forbid)
        text = None if forbid or unit.translation.joined else "new"  # what is not written yet may be, and at once
        edit = edit_of(found, APPROVE, by=by, text=text)
        status = apply(reread(found), KEY, edit, conditions).status
        assert (status is not Status.REFUSED) is offered, by


def test_an_outcome_tells_what_was_before():
    outcome, _ = do("approved", SAVE, text="new")
    assert outcome.before is not None
    assert (outcome.before.translation.target, outcome.before.translation.state) == ("old", State.APPROVED)


def test_a_rejection_is_a_note_of_its_own_kind_in_the_order_of_the_thread():
    found = catalogue_in("translated")
    for action, note in ((Action.NOTE, "first"), (Action.REJECT, "no"), (Action.NOTE, "rejected: a lie")):
        outcome = apply(found, KEY, edit_of(found, action, note=note), CONDITIONS["en"])
    comment = comment_of(found.entries[KEY]).split("\n")
    assert [line.partition("l10n-flow: ")[2] for line in comment] == [
        f"note by Dan on {DAY}: first", f"rejected by Dan on {DAY}: no", f"note by Dan on {DAY}: rejected: a lie"
    ]  # fmt: skip
    assert [seal.kind.value for seal in outcome.unit.signatures.notes] == ["note", "rejected", "note"]
    assert seals.parse("l10n-flow:rejected by A: b : c on 2026-01-02 :why")[0] == (
        seals.Seal(seals.SealKind.REJECTED, "", "", "A: b : c", "2026-01-02", "why"),
    )


def test_finishing_a_draft_and_approving_it_are_two_peoples_work():
    found = catalogue_in("rejected")
    edit = edit_of(found, APPROVE, text="old")
    outcome = apply(found, KEY, edit, replace(CONDITIONS["en"], forbid_own_approval=True))
    assert (outcome.status, "somebody else" in outcome.message) == (Status.REFUSED, True)


# Any sequence of edits ---------------------------------------------------------------------------------------------

TEXTS = st.one_of(
    st.sampled_from(["", "old", "new", KEY.source, "这是中句。", "\n", "a\r\nb\n", 'q"\\', "\u2028", "\ud800", "\x00"]),
    st.text(max_size=6),
)
EDITS = st.lists(
    st.tuples(
        st.sampled_from(Action),
        st.sampled_from(["Ann", "Bob on Avon", "l10n-flow: x", "a\u3000b"]),
        st.one_of(st.none(), TEXTS),
        st.one_of(st.just(""), TEXTS),
        st.sampled_from(["fuzzy", "end-punctuation"]),
        st.booleans(),
    ),
    max_size=8,
)


@given(st.sampled_from(list(STATES)), st.sampled_from(["en", "zh_Hans"]), EDITS)
def test_any_edits_keep_the_file_canonical_and_its_other_units(state, locale, edits):
    found = catalogue_in(state, locale)
    others = {key: found.entries[key] for key in (FIRST, LAST)}
    for action, by, text, note, rule, fresh in edits:
        edit = edit_of(found, action, by, text=text, note=note, rule=rule)
        edit = edit if fresh else replace(edit, base="")
        before = po.dumps(found.done())
        outcome = apply(found, KEY, edit, CONDITIONS[locale])
        after = po.dumps(found.done())
        assert (before != after) == (outcome.status is Status.SAVED)
        assert outcome.version == view(found).version
        assert fresh or action is Action.NOTE or outcome.status is not Status.SAVED
        again = po.loads(after.encode(), Path("a.po"), locale)
        assert po.dumps(again) == after
        assert unplaced(again) == unplaced(found.done())
    assert {key: found.entries[key] for key in (FIRST, LAST)} == others
    assert list(found.entries) == [FIRST, KEY, LAST]


def unplaced(found: po.Catalogue) -> dict[Key, editing.UnitView]:
    """The units without the lines of their entries, which follow the file."""
    return {key: each.at({key: 0}) for key, each in editing.views(found, derived=False).items()}


def test_writing_what_changed_is_writing_all_and_knows_the_lines():
    path = Path("a.po")
    found = catalogue_in("translated")
    pieces = rewrite.pieces_of(found.done(), path)
    assert rewrite.joined(pieces) == po.dumps(found.done())
    found.entries[FIRST] = entries.add_note(found.entries[FIRST], "Dan", DAY, "why")
    found.entries[KEY] = entries.set_text(found.entries[KEY], "a\nb\nc", "Dan", DAY)
    now = replace(found.done(), comment="a licence\n\nof two lines")
    pieces = rewrite.renewed(pieces, now, {FIRST, KEY}, path)
    assert rewrite.joined(pieces) == po.dumps(now)
    again = po.loads(rewrite.joined(pieces).encode(), path, "en")
    assert [line for _, line in rewrite.lines_of(pieces, {1, 2, 3})] == [each.line for each in again.entries.values()]
    assert [line for _, line in rewrite.lines_of(pieces, {3})] == [again.entries[LAST].line]


#: What the check of characters lets pass: a carriage return only in a line end.
LINES = st.lists(st.just("\r\n") | st.characters(exclude_characters="\r"), max_size=8).map("".join)


@given(source=st.sampled_from(["a", "\na", "a\n", "\na\n"]), text=LINES)
def test_a_fitted_text_begins_and_ends_as_gettext_wants(source, text):
    fitted = editing.fit(text, source)
    assert editing.fit(fitted, source) == fitted
    if fitted:
        assert (fitted.startswith("\n"), fitted.endswith("\n")) == (source.startswith("\n"), source.endswith("\n"))


@pytest.mark.skipif(shutil.which("msgfmt") is None, reason="needs GNU gettext: apt-get install gettext")
@pytest.mark.parametrize("source", ["甲", "\n甲", "甲\n", "\n甲\n"])
def test_gettext_accepts_what_was_saved(source, tmp_path):
    found, key = Draft(catalogue_of(unit(source, comment="paragraph"))), Key(None, source)
    for text in ("a", "\na\nb\t\n\n", 'c"\\n'):
        base = view(found, key).version
        edit = edit_for("a", "en", key.digest, APPROVE, "Dan", DAY, base, text, note="note\\")
        assert apply(found, key, edit, CONDITIONS["en"]).status is Status.SAVED
        (tmp_path / "a.po").write_bytes(po.dumps(found.done()).encode())
        done = subprocess.run(["msgfmt", "-c", "-o", "a.mo", "a.po"], cwd=tmp_path, capture_output=True, check=False)
        assert done.returncode == 0, done.stderr.decode()
