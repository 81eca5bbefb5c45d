"""Merging: every rung of the ladder, nothing lost, and every edit can be undone."""

from __future__ import annotations

import random
from collections.abc import Sequence
from dataclasses import replace
from pathlib import Path

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from entries import Gone, catalogue_of, changed, comment_of, unit
from growth import assert_linear
from l10n_flow import catalogue as po
from l10n_flow.catalogue import Catalogue, Entry, Wanted, edit, matching
from l10n_flow.errors import FaultError
from l10n_flow.inside import Inside
from l10n_flow.model import Key

A = "柳州是中國廣西的一座工業城市，以汽車聞名。"
A2 = "柳州是中國廣西的一座工業城市，以鋼鐵聞名。"
B = "螺螄粉在全國各地都有分店。"
C = "第三句和前面兩句完全無關！"
FAR = "Entirely different."


def reread(found: Catalogue) -> Catalogue:
    return po.loads(po.dumps(found).encode(), Path("a.po"), found.locale)


def wanted(*sources: str | Key) -> list[Wanted]:
    keys = dict.fromkeys(each if isinstance(each, Key) else Key(None, each) for each in sources)
    return [Wanted(key, ("paragraph",)) for key in keys]


def merge(found: Catalogue, *sources: str | Key) -> tuple[Catalogue, po.MergeReport]:
    merged, report = po.merge(reread(found), wanted(*sources))
    return reread(merged), report


def show(found: Catalogue) -> dict[str, tuple[object, ...]]:
    """Source to flags, previous source and target, the obsolete ones marked."""
    return {
        f"{mark}{key.source}": (entry.fuzzy, entry.previous and entry.previous.source, entry.msgstr)
        for mark, entries in (("", found.entries), ("~", found.obsolete))
        for key, entry in entries.items()
    }


LADDER = {
    # name: (entries before, sources now, entries after)
    "same key": ([unit(A, "one")], [A], {A: (False, None, "one")}),
    "same key, fuzzy": ([unit(A, "one", flags=["fuzzy"])], [A], {A: (True, None, "one")}),
    "new": ([unit(A, "one")], [A, B], {A: (False, None, "one"), B: (False, None, "")}),
    "vanished": ([unit(A, "one"), unit(B, "two")], [A], {A: (False, None, "one"), "~" + B: (False, None, "two")}),
    "vanished, untranslated": ([unit(A, "one"), unit(B)], [A], {A: (False, None, "one")}),
    "obsolete, same text": ([unit(A, "one", obsolete=True)], [A], {A: (False, None, "one")}),
    "obsolete, same text, fuzzy": (
        [unit(A, "one", obsolete=True, flags=["fuzzy"], previous_msgid=B)], [A], {A: (True, B, "one")},
    ),
    "edited": ([unit(A, "one")], [A2], {A2: (True, A, "one")}),
    "edited, fuzzy already": ([unit(A, "one", flags=["fuzzy"], previous_msgid=B)], [A2], {A2: (True, B, "one")}),
    "edited, a draft": ([unit(A, "one", flags=["fuzzy"])], [A2], {A2: (True, A, "one")}),
    "edited beyond recognition": (
        [unit(A, "one")], [FAR], {FAR: (False, None, ""), "~" + A: (False, None, "one")},
    ),
    "an obsolete text is nobody's predecessor": (
        [unit(A, "one", obsolete=True)], [A2], {A2: (False, None, ""), "~" + A: (False, None, "one")},
    ),
    "a text still there is nobody's predecessor": (
        [unit(A, "one")], [A, A2], {A: (False, None, "one"), A2: (False, None, "")},
    ),
    "an untranslated predecessor keeps strangers away": (
        [unit(A), unit(B, "two")], [A2], {A2: (False, None, ""), "~" + B: (False, None, "two")},
    ),
    "the same text in another context": (
        [unit(A, "one")], [Key("c", A)], {A: (True, A, "one")},
    ),
    "short, in its place": ([unit(A, "one"), unit("唐琳", "Tang")], [A, "唐林"], {A: (False, None, "one"), "唐林": (True, "唐琳", "Tang")}),
    "short, elsewhere": (
        [unit(A, "one"), unit("唐琳", "Tang")], ["唐林", A],
        {A: (False, None, "one"), "唐林": (False, None, ""), "~唐琳": (False, None, "Tang")},
    ),
    "an undone edit, by other programs": (
        [unit(A2, "one", flags=["fuzzy"], previous_msgid=A)], [A], {A: (True, None, "one")},
    ),
}  # fmt: skip


@pytest.mark.parametrize(("before", "sources", "expected"), LADDER.values(), ids=LADDER)
def test_ladder(before, sources, expected):
    merged, _ = merge(catalogue_of(*before), *sources)
    assert show(merged) == expected
    once = po.dumps(merged)
    assert po.dumps(merge(merged, *sources)[0]) == once


def test_the_best_pairs_win():
    merged, _ = merge(catalogue_of(unit(A, "one"), unit(A + "同上。", "two")), A2 + "同上。", A2)
    assert {key.source: entry.msgstr for key, entry in merged.entries.items()} == {A2: "one", A2 + "同上。": "two"}


def test_the_report():
    before = [unit(A, "one"), unit(B, "two"), unit(C, "three", obsolete=True)]
    _, report = merge(catalogue_of(*before), FAR, C, A2)
    assert [
        [key.source for key in keys] for keys in (report.added, report.fuzzied, report.restored, report.obsoleted)
    ] == [[FAR], [A2], [C], [B]]


def test_kinds_and_order_are_those_of_the_document():
    merged, _ = po.merge(
        catalogue_of(unit(A, "one", comment="old"), unit(B)),
        [Wanted(Key(None, B), ("heading", "caption")), Wanted(Key(None, A), ("title",))],
    )
    assert [(key.source, entry.kinds) for key, entry in merged.entries.items()] == [
        (B, ("heading", "caption")),
        (A, ("title",)),
    ]


def test_sentences_become_a_paragraph_and_come_back():
    first = catalogue_of(unit(A, "One."), unit(B, "Two."))
    before = po.dumps(reread(first))
    block = [Wanted(Key(None, A + B), ("paragraph",), (A, B))]
    merged, report = po.merge(reread(first), block, joiner=" ")
    assert show(reread(merged))[A + B] == (True, None, "One. Two.")
    assert [key.source for key in report.fuzzied] == [A + B]
    back, _ = merge(merged, A, B)
    assert show(back)[A] == (False, None, "One.")
    assert po.dumps(catalogue_of(*back.entries.values())) == before.replace("msgid", "#. paragraph\nmsgid").replace(
        '#. paragraph\nmsgid ""', 'msgid ""', 1
    )


def test_machine_texts_are_not_joined():
    """A block of which one sentence is the machine's is converted as a whole."""
    block = [Wanted(Key(None, A + B), ("paragraph",), (A, B))]
    for parts in ([converted(A, "一"), converted(B, "二")], [converted(A, "一"), unit(B, "二")]):
        merged, report = po.merge(reread(catalogue_of(*parts, locale="zh_Hans")), block, joiner="")
        assert show(merged)[A + B] == (False, None, "")
        assert not report.fuzzied


# Seals ------------------------------------------------------------------------------------------------------------


def approved(source: str, target: str) -> Entry:
    return edit.approve(unit(source, target), "Ann", "2026-11-24")


def converted(source: str, target: str) -> Entry:
    return edit.set_converted(unit(source), target, "hk2s")


def with_text(found: Catalogue, source: str, text: str, *, fuzzy: bool) -> Catalogue:
    """As another program leaves it, which knows nothing of seals."""
    key = Key(None, source)
    entry = found.entries[key]._replace(msgstr=text, fuzzy=fuzzy)
    return changed(found, lambda draft: draft.entries.update({key: entry}))


def text_of(found: Catalogue) -> str:
    return po.dumps(catalogue_of(*found.entries.values(), locale=found.locale))


def test_an_approval_sleeps_and_wakes():
    before, _ = merge(catalogue_of(approved(A, "one")), A)
    edited, _ = merge(reread(before), A2)
    (translation,) = po.translations(edited, derived=False).values()
    assert translation.state == "needs-editing"
    back, report = merge(edited, A)
    assert text_of(back) == text_of(before)
    assert report.restored == (Key(None, A),)


def test_a_target_changed_while_fuzzy_stays_fuzzy():
    edited, _ = merge(catalogue_of(unit(A, "one")), A2)
    back, _ = merge(with_text(edited, A2, "another", fuzzy=True), A)
    entry = back.entries[Key(None, A)]
    assert (entry.fuzzy, entry.previous, entry.msgstr, comment_of(entry)) == (True, None, "another", "")


def test_a_translation_finished_meanwhile_is_kept():
    edited, _ = merge(catalogue_of(approved(A, "one")), A2)
    edited, _ = merge(with_text(edited, A2, "two", fuzzy=False), A2)
    assert show(edited) == {A2: (False, None, "two"), "~" + A: (False, None, "one")}
    assert comment_of(edited.entries[Key(None, A2)]) == ""


def retranslated(found: Catalogue, source: str, text: str) -> Catalogue:
    key = Key(None, source)
    entry = edit.set_text(found.entries[key], text, "Bob", "2026-11-25")
    done = edit.approve(entry, "Bob", "2026-11-25")
    return changed(found, lambda draft: draft.entries.update({key: done}))


def test_an_edit_translated_anew_and_undone_gives_the_approved_pair_back():
    before, _ = merge(catalogue_of(approved(A, "one")), A)
    edited, _ = merge(before, A2)
    assert show(edited) == {A2: (True, A, "one"), "~" + A: (False, None, "one")}
    anew, _ = merge(retranslated(edited, A2, "two"), A2)
    back, report = merge(anew, A)
    assert text_of(back) == text_of(before)
    assert report.restored == (Key(None, A),)
    assert show(back)["~" + A2] == (False, None, "two")
    again, _ = merge(back, A2)
    assert text_of(again) == text_of(anew)
    assert po.dumps(merge(again, A)[0]) == po.dumps(back)


def test_a_draft_of_the_edited_text_does_not_take_the_place_of_the_approved_pair():
    edited, _ = merge(catalogue_of(approved(A, "one")), A2)
    back, _ = merge(with_text(edited, A2, "another", fuzzy=True), A)
    assert show(back) == {A: (False, None, "one"), "~" + A2: (True, A, "another")}
    (translation,) = po.translations(back, derived=False).values()
    assert translation.state == "approved"


def test_what_was_said_of_an_approved_text_since_its_source_was_edited_holds():
    """A note comes along; a rejection counts for the text before the edit too (``edit.reject``)."""
    edited, _ = merge(catalogue_of(approved(A, "one")), A2)
    key = Key(None, A2)
    for change, state in ((edit.reject, "needs-editing"), (lambda entry: edit.unapprove(entry, "Ann"), "translated")):
        said = edit.add_note(change(edited.entries[key]), "Bob", "2026-11-25", "so?")
        back, _ = merge(changed(edited, lambda draft, said=said: draft.entries.update({key: said})), A)
        (translation,) = po.translations(back, derived=False).values()
        assert translation.state == state
        assert "so?" in comment_of(back.entries[Key(None, A)])
        assert not back.obsolete


def test_only_approved_pairs_are_kept_and_each_once():
    for make in (unit, fuzzy, ignored):
        edited, _ = merge(catalogue_of(make(A, "one")), A2)
        assert not edited.obsolete
    found, _ = merge(catalogue_of(approved(A, "one")), A)
    for number in range(20):  # edited again and again, and undone in between
        found, _ = merge(found, f"{A2[:-1]}{number}。")
        assert [key.source for key in found.obsolete] == [A]
        if number % 3 == 0:
            found, _ = merge(found, A)
            assert not found.obsolete


def test_an_approved_machine_text_is_not_kept_beside_its_successor():
    merged, _ = merge(catalogue_of(approved_machine(A, "x"), locale="zh_Hans"), A2)
    assert next(iter(merged.entries.values())).msgstr == ""  # the machine's: converted afresh
    assert [key.source for key in merged.obsolete] == [A]  # as before: somebody's word is not dropped
    converted_anew = convert(merged)
    assert not convert(merge(converted_anew, A)[0]).obsolete


def test_machine_texts_are_dropped_unless_somebody_said_something():
    plain, sealed, noted = converted(A, "一"), converted(B, "二"), converted(C, "三")
    sealed = edit.approve(sealed, "Ann", "2026-11-24")
    noted = edit.add_note(noted, "Ann", "", "why?")
    merged, _ = merge(catalogue_of(plain, sealed, noted, locale="zh_Hans"), FAR)
    assert {key.source for key in merged.obsolete} == {B, C}


def test_a_machine_text_is_nobodys_translation():
    merged, _ = merge(catalogue_of(converted(A, "一"), locale="zh_Hans"), A2)
    assert show(merged) == {A2: (False, None, "")}


def test_the_note_of_an_untranslated_unit_is_kept():
    entry = unit(A, tcomment="按\nl10n-flow: note by Ann: why?")
    edited, _ = merge(catalogue_of(entry), A2)
    back, _ = merge(edited, A)
    assert comment_of(back.entries[Key(None, A)]) == "按\nl10n-flow: note by Ann: why?"


def test_an_untranslated_unit_does_not_inherit_what_took_its_place():
    before, _ = merge(catalogue_of(unit(A), unit(A2, "two", obsolete=True)), A)
    taken, _ = merge(reread(before), A2)
    back, _ = merge(taken, A)
    assert show(back) == {A: (False, None, ""), "~" + A2: (False, None, "two")}


def test_an_undone_edit_beyond_recognition_can_be_redone():
    before, _ = merge(catalogue_of(unit(FAR, "one", flags=["fuzzy"], previous_msgid=A)), FAR)
    undone, _ = merge(reread(before), A)
    assert show(undone)[A] == (True, None, "one")
    again, _ = merge(undone, FAR)
    assert text_of(again) == text_of(before)


def test_the_mark_of_an_edit_ends_with_its_previous_source():
    edited, _ = merge(catalogue_of(unit(A, "one")), A2)
    entry = edited.entries[Key(None, A2)]
    assert "finished" in comment_of(entry)
    # Another program went back to the old source, and left the entry fuzzy.
    entry = entry._replace(key=Key(None, A), previous=None)
    assert comment_of(reread(catalogue_of(entry)).entries[Key(None, A)]) == ""


def test_an_obsolete_entry_without_a_target_survives_gettext():
    merged, _ = merge(catalogue_of(joined(A, "")), B)
    text = po.dumps(merged)
    assert "l10n-flow: empty\n" in text
    assert text.endswith(f'#~ msgid "{A}"\n#~ msgstr "-"\n')
    assert merged.obsolete[Key(None, A)].msgstr == ""
    # What another program makes of it (msgmerge uses obsolete entries) is not taken for a translation.
    revived = text.replace("#~ ", "")
    assert po.loads(revived.encode(), Path("a.po"), "en").entries[Key(None, A)].msgstr == ""


# Nothing is lost, everything can be undone ------------------------------------------------------------------------

POOL = [
    A,
    A2,
    B,
    C,
    FAR,
    "唐琳",
    "唐林",
    "圖片由柳州市委宣傳部提供",
    "唐琳攝",
    "一二三四五六七八九十",
    "一二三四五六七八九",
]
SOURCE = st.sampled_from(POOL) | st.text("柳州廣西。甲乙", min_size=1, max_size=8)


@st.composite
def units(draw) -> list[Entry]:
    found = []
    for number, source in enumerate(draw(st.lists(SOURCE, min_size=1, max_size=6, unique=True))):
        found.append(draw(st.sampled_from(MAKERS))(source, f"text {number}"))
    return found


def fuzzy(source: str, target: str) -> Entry:
    return unit(source, target, flags=["fuzzy"])


def fuzzied(source: str, target: str) -> Entry:
    return unit(source, target, flags=["fuzzy"], previous_msgid="從前的" + source)


def untranslated(source: str, target: str) -> Entry:
    return unit(source)


def noted(source: str, target: str) -> Entry:
    return unit(source, tcomment="l10n-flow: note by Ann: why?")


def noted_text(source: str, target: str) -> Entry:
    return unit(source, target, tcomment="按\n\nl10n-flow: note by Ann: why?")


def joined(source: str, target: str) -> Entry:
    return edit.join(unit(source), "Ann", "2026-11-24")


def rejected(source: str, target: str) -> Entry:
    return approved(source, target)._replace(fuzzy=True)


def ignored(source: str, target: str) -> Entry:
    return edit.ignore(unit(source, target), "number-mismatch", "so")


MAKERS = [approved, unit, fuzzy, fuzzied, untranslated, noted, noted_text, joined, rejected, ignored]


def human_texts(found: Catalogue) -> set[str]:
    return {entry.msgstr for entry in found.every if entry.msgstr and not entry.is_machine}


@given(units(), st.lists(st.lists(SOURCE, max_size=6), min_size=1, max_size=5))
def test_no_text_is_ever_lost(entries, documents):
    found = reread(catalogue_of(*entries))
    for sources in documents:
        before = human_texts(found)
        found, _ = merge(found, *sources)
        assert list(found.entries) == [unit.key for unit in wanted(*sources)]
        assert not set(found.entries) & set(found.obsolete)
        assert before <= human_texts(found)
        once = po.dumps(found)
        assert po.dumps(merge(found, *sources)[0]) == once


OPS = st.tuples(
    st.sampled_from(["insert", "delete", "change", "replace", "move", "duplicate"]),
    st.integers(0, 20),
    st.integers(0, 20),
    SOURCE,
)


def apply(document: Sequence[str], op: tuple[str, int, int, str]) -> list[str]:
    name, i, j, text = op
    changed = list(document)
    if name == "insert" or not changed:
        changed.insert(i % (len(changed) + 1), text)
        return changed
    i, j = i % len(changed), j % len(changed)
    if name == "delete":
        del changed[i]
    elif name == "change":
        at = j % len(changed[i])
        changed[i] = changed[i][:at] + text[0] + changed[i][at + 1 :]
    elif name == "replace":
        changed[i] = text
    elif name == "move":
        changed.insert(j, changed.pop(i))
    else:
        changed.insert(j, changed[i])
    return changed


def convert(found: Catalogue) -> Catalogue:
    fresh = {
        key: edit.set_converted(entry, key.source.replace("廣", "广") + "S", "hk2s")
        for key, entry in found.entries.items()
        if not entry.msgstr or entry.is_machine
    }
    return changed(found, lambda draft: draft.entries.update(fresh))


def step(found: Catalogue, document: Sequence[str]) -> Catalogue:
    merged, _ = po.merge(found, wanted(*document))
    return reread(convert(merged) if merged.locale == "zh_Hans" else merged)


def replay(found: Catalogue, document: list[str], ops) -> None:
    found = step(found, document)
    history = [(document, text_of(found))]
    for op in ops:
        document = apply(document, op)
        found = step(found, document)
        history.append((document, text_of(found)))
    for document, text in reversed(history[:-1]):
        found = step(found, document)
        assert text_of(found) == text


@settings(max_examples=200, deadline=None)
@given(units(), st.lists(OPS, min_size=1, max_size=8))
def test_every_edit_can_be_undone(entries, ops):
    replay(reread(catalogue_of(*entries)), [entry.key.source for entry in entries], ops)


@settings(max_examples=200, deadline=None)
@given(
    st.lists(SOURCE, min_size=1, max_size=5, unique=True),
    st.lists(st.tuples(OPS, st.none() | st.integers(0, 5)), min_size=1, max_size=8),
)
def test_what_was_approved_is_approved_again_when_its_text_is_back(document, walk):
    """Whatever was edited, translated anew and undone in between."""
    found = reread(catalogue_of(*(approved(source, f"text {number}") for number, source in enumerate(document))))
    said = {}
    for number, (op, chosen) in enumerate(walk):
        document = apply(document, op)
        found, _ = merge(found, *document)
        for key, entry in found.entries.items():
            if key in said:
                assert entry._replace(kinds=(), line=0) == said[key]
        if chosen is not None:
            source = document[chosen % len(document)] if document else None
            found = retranslated(found, source, f"anew {number}") if source else found
        said |= {
            key: entry._replace(kinds=(), line=0)
            for key, entry in reread(found).entries.items()
            if po.translation(entry, "en", derived=False).state == "approved"
        }


def corrected(source: str, target: str) -> Entry:
    return converted(source, "x")._replace(msgstr=target)


def approved_machine(source: str, target: str) -> Entry:
    return edit.approve(machine(source, target), "Ann", "2026-11-24")


def noted_machine(source: str, target: str) -> Entry:
    return edit.add_note(machine(source, target), "Ann", "", "why?")


def machine(source: str, target: str) -> Entry:
    return converted(source, source.replace("廣", "广") + "S")


DERIVED = [machine, machine, corrected, approved, approved_machine, noted_machine, fuzzy, fuzzied]


@settings(max_examples=200, deadline=None)
@given(
    st.lists(st.tuples(SOURCE, st.sampled_from(DERIVED)), min_size=1, max_size=6, unique_by=lambda each: each[0]),
    st.lists(OPS, min_size=1, max_size=8),
)
def test_every_edit_can_be_undone_in_a_derived_locale(chosen, ops):
    entries = [make(source, f"text {number}") for number, (source, make) in enumerate(chosen)]
    replay(reread(catalogue_of(*entries, locale="zh_Hans")), [source for source, _ in chosen], ops)


def test_ten_thousand_units_in_linear_time():
    rng = random.Random(1)
    han = [chr(code) for code in range(0x4E00, 0x4E00 + 3000)]

    def work(count):
        sources = ["".join(rng.choices(han, k=40)) for _ in range(count)]
        found = reread(catalogue_of(*(approved(source, f"text {number}") for number, source in enumerate(sources))))
        edited = [each[:20] + "改" + each[21:] if number % 20 == 0 else each for number, each in enumerate(sources)]

        def merging():
            merged, report = po.merge(found, wanted(*edited))
            assert len(report.fuzzied) == -(-count // 20)
            assert not report.obsoleted
            merged, report = po.merge(merged, wanted(*sources))
            assert len(report.restored) == -(-count // 20)

        return merging

    assert_linear(work, 10_000)


# Matching: one to one, and in its place ---------------------------------------------------------------------------


def test_what_somebody_noted_on_an_untranslated_unit_is_kept():
    merged, _ = merge(catalogue_of(unit(FAR, "", tcomment="ask the author"), unit(C)), B)
    assert [(key.source, entry.comments) for key, entry in merged.obsolete.items()] == [(FAR, ("ask the author",))]


def test_one_text_has_one_successor():
    """Of two near new texts the nearer inherits, and the other is empty: nothing is written twice, nothing lost."""
    old, near, nearer = (
        "第二季度產值持續增長，速度加快。",
        "第三季度產量持續增長，速度加快。",
        "第三季度產值持續增長，速度加快。",
    )
    for document in ([near, nearer], [nearer, near]):
        merged, report = merge(catalogue_of(unit(old, "Growth.")), *document)
        assert show(merged) == {near: (False, None, ""), nearer: (True, old, "Growth.")}
        assert ([key.source for key in report.added], [key.source for key in report.fuzzied]) == ([near], [nearer])


def test_two_texts_have_two_successors():
    """The reverse: each new text takes one old one, and the old text left over is kept."""
    one, two, new = (
        "第二季度產值持續增長，速度加快。",
        "第四季度產量持續增長，速度加快。",
        "第二季度產量持續增長，速度加快。",
    )
    merged, _ = merge(catalogue_of(unit(one, "One."), unit(two, "Two.")), new)
    assert show(merged) == {new: (True, one, "One."), "~" + two: (False, None, "Two.")}


@pytest.mark.parametrize(
    ("before", "after", "inherits"),
    [
        ([A, "唐琳", B], [A, "唐林", B], True),
        ([A, "唐琳", B], [A, "唐林", C, B], False),
        ([A, "唐琳", B], [A, C, "唐林", B], False),
        ([A, "唐琳"], [A, "唐林"], True),
        (["唐琳", B], ["唐林", B], True),
    ],
    ids=["between the same", "another one behind", "another one before", "the last", "the first"],
)
def test_the_place_of_a_short_text_counts_when_both_neighbours_are_the_same(before, after, inherits):
    merged, _ = merge(catalogue_of(*(unit(source, "Tang" if source == "唐琳" else "x") for source in before)), *after)
    assert merged.entries[Key(None, "唐林")].msgstr == ("Tang" if inherits else "")


def test_a_short_text_in_its_place_goes_before_a_nearer_one_elsewhere():
    here, elsewhere, new = "唐琳生", "唐林生平", "唐林生"
    old = catalogue_of(unit(A, "x"), unit(here, "Tang"), unit(B, "x"), unit(elsewhere, "Life"))
    merged, _ = merge(old, A, new, B)
    assert merged.entries[Key(None, new)].msgstr == "Tang"


@pytest.mark.parametrize(("ending", "inherits"), [("特約記者", True), ("特約記者甲", False)])
def test_the_place_of_a_longer_text_does_not_count(ending, inherits):
    """Up to 12 characters; the two texts are about half alike."""
    old, new = f"柳州天地玄黃宇宙{ending}", f"柳州日月盈昃辰宿{ending}"
    merged, _ = merge(catalogue_of(unit(A, "x"), unit(old, "Old"), unit(B, "x")), A, new, B)
    assert merged.entries[Key(None, new)].msgstr == ("Old" if inherits else "")


def test_a_near_text_of_another_context_is_no_successor():
    """The author asked for two translations; the very same text goes from one context to the other."""
    old = catalogue_of(unit(A, "one", msgctxt="title"))
    assert merge(old, Key("caption", A2))[0].entries[Key("caption", A2)].msgstr == ""
    assert merge(old, Key("caption", A))[0].entries[Key("caption", A)].msgstr == "one"


def test_equals_are_paired_alike_in_both_directions():
    """Each of the old texts is as near to each of the new ones, so that their order alone decides."""
    old, new = ([f"{head}季度的產值持續增長。" for head in heads] for heads in ("丁乙", "甲丙"))
    merged, _ = merge(catalogue_of(*(unit(text, text[0]) for text in old)), *new)
    back, _ = merge(merged, *old)
    assert [(entry.fuzzy, entry.msgstr) for entry in back.entries.values()] == [(False, text[0]) for text in old]


def test_nothing_is_kept_for_a_machine_text_that_came_back():
    """A person's text that took the place of an empty one keeps it; the machine's is inherited by nobody."""
    for back, kept in ((approved(A2, "two"), [A]), (approved_machine(A2, "x"), [])):
        before = catalogue_of(converted(A, "一"), Gone(*back), locale="zh_Hans")
        merged, _ = merge(before, A2)
        assert [key.source for key in merged.obsolete] == kept


def placed(*texts: str) -> list[matching.Placed]:
    return [matching.Placed(Key(None, text), None, None) for text in texts]


def test_of_many_texts_those_with_most_of_the_rarest_pairs_are_compared(monkeypatch):
    monkeypatch.setattr(matching, "_CANDIDATES", 2)
    vanished = placed("甲乙一", "甲乙二", "甲乙三", "甲乙丙")
    found = [old.key.source for old, _ in matching._bigram_candidates(vanished, placed("甲乙丙丁"))]
    assert found == ["甲乙丙", "甲乙一"]


def test_of_pairs_that_are_equally_rare_the_first_in_the_alphabet_count():
    """So that a text read backwards, as when an edit is undone, is compared with the same ones."""
    pairs = ["hg", "gf", "fe", "ed", "dc", "cb", "ba"]
    found = [old.key.source for old, _ in matching._bigram_candidates(placed(*pairs), placed("hgfedcba"))]
    assert set(found) == set(pairs[1:])


# What is written is read first -----------------------------------------------------------------------------------


def broken(found: Catalogue, how: str) -> Catalogue:
    """A catalogue as a fault of ours would leave it."""
    first, *rest = found.entries.values()
    if how == "a key twice":
        return replace(found, entries={**found.entries, Key(None, C): first})
    if how == "live and obsolete":
        return replace(found, obsolete={first.key: first})
    return replace(found, entries={entry.key: entry for entry in rest})


@pytest.mark.parametrize("how", ["a key twice", "live and obsolete", "a text lost"])
def test_a_write_that_would_break_a_promise_is_refused(how, tmp_path):
    path = Inside.at(tmp_path / "a.po")
    before = po.write(path, catalogue_of(unit(A, "one"), unit(B, "two")))
    data = path.plain.read_bytes()
    with pytest.raises(FaultError, match="it is left as it was"):
        po.write(path, broken(before, how), keeping=before)
    assert path.plain.read_bytes() == data
    assert {each.name for each in tmp_path.iterdir()} == {"a.po", ".journal"}
