"""What the review page shows of a project: small projects, read as the page reads them."""

from __future__ import annotations

import os
import threading
from collections.abc import Callable

import pytest
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st

from conftest import Newsroom
from entries import edit_for
from l10n_flow import catalogue as po
from l10n_flow import editing, files
from l10n_flow.catalogue import Draft, Entry, Seal, SealKind, edit, journal
from l10n_flow.editing import Action, Status
from l10n_flow.errors import CatalogueError, ConfigError, SourceError
from l10n_flow.inside import Inside
from l10n_flow.model import Key, Origin, Role, State
from l10n_flow.project import find_project, places, words_of
from l10n_flow.review import reading
from l10n_flow.review.page.context import size_of
from l10n_flow.review.page.model import Filter, Reader, ReviewPage, ReviewUnit
from l10n_flow.review.reading import PAGE_UNITS, ProjectView
from l10n_flow.review.saving.committer import Committer
from l10n_flow.work.check import check
from l10n_flow.work.extract import convert, extract
from l10n_flow.work.status import status

ANN = Reader("Ann")
ARTICLE = """\
柳鋼的新聞

柳鋼今年增產。「柳州很好，」他說。

第二段在此。後面還有。

圖1
"""
TERMS = """\
zh_Hant,zh_Hans,en,status,note
柳鋼,柳钢,Liuzhou Steel,preferred,the works
柳鋼,柳钢,LISCO,admitted,
柳,柳,willow,,
AI,AI,artificial intelligence,,
新聞,新闻,tidings,deprecated,
"""


@pytest.fixture
def room(newsroom: Newsroom) -> Newsroom:
    newsroom.write(ARTICLE)
    sync(newsroom)
    return newsroom


def sync(room: Newsroom) -> None:
    """The catalogues as ``l10n-flow sync`` leaves them, without its builds and its start."""
    project = find_project(room.root)
    assert not extract(project).failures
    assert not convert(project, upgrade=False, dry_run=False).failures


def project_view(room: Newsroom) -> ProjectView:
    return ProjectView(find_project(room.root))


def with_settings(room: Newsroom, text: str, after: str = "") -> None:
    path = room.root / "l10n-flow.toml"
    path.write_text(path.read_text("utf-8").replace("[project]\n", f"[project]\n{text}\n", 1) + after, "utf-8")


def page(room: Newsroom, locale: str = "en", /, reader: Reader = ANN, **wanted: object) -> ReviewPage:
    return project_view(room).article("a", locale, Filter(**wanted), reader)  # type: ignore[arg-type]


def units(shown: ReviewPage) -> list[ReviewUnit]:
    return [unit for block in shown.blocks for unit in block.units]


def sources(shown: ReviewPage) -> list[str]:
    return [unit.source for unit in units(shown)]


def unit_of(shown: ReviewPage, source: str) -> ReviewUnit:
    return next(unit for unit in units(shown) if unit.source == source)


def change(room: Newsroom, source: str, what: Callable[[Entry], Entry], locale: str = "en") -> None:
    """Apply a function to the entry of a source."""

    room.edit_unit(locale, what, source)


# A page ------------------------------------------------------------------------------------------------------------


def test_an_article_stands_in_order_in_its_blocks(room: Newsroom) -> None:
    shown = page(room)
    assert [[unit.source for unit in block.units] for block in shown.blocks] == [
        ["柳鋼的新聞"],
        ["柳鋼今年增產。", "「柳州很好，」他說。"],
        ["第二段在此。", "後面還有。"],
        ["圖1"],
    ]
    assert (shown.document, shown.title, shown.source_locale, shown.locale) == ("a", "柳鋼的新聞", "zh_Hant_HK", "en")
    assert (shown.locales, shown.found, shown.pages, shown.notices) == (("zh_Hans", "en"), 6, 1, ())
    assert not any(block.partial for block in shown.blocks)


def test_numbers_are_those_of_status(sample: Newsroom) -> None:
    project = find_project(sample.root)
    for row in status(project).rows:
        progress = ProjectView(project).article("liuzhou", row.locale, Filter(), ANN).progress
        states = (row.untranslated, row.needs_editing, row.translated, row.approved)
        assert tuple(progress.states[state.value] for state in State) == states
        assert (progress.units, progress.ready, progress.stale) == (row.units, row.ready, row.stale)


def test_a_card_tells_all_that_is_known(room: Newsroom) -> None:
    def story(entry: Entry) -> Entry:
        entry = edit.set_text(entry, "Liuzhou Steel grew.", "Bob", "2026-01-02")
        entry = edit.approve(entry, "Ann", "2026-01-03")
        entry = edit.ignore(entry, "end-punctuation", "house style")
        return edit.add_note(entry, "Eve", "2026-01-04", "really?")

    change(room, "柳鋼今年增產。", story)
    card = unit_of(page(room), "柳鋼今年增產。")
    assert (card.text, card.translation.state, card.translation.origin) == (
        "Liuzhou Steel grew.",
        State.APPROVED,
        Origin.HUMAN,
    )
    assert card.signatures.notes == (Seal(SealKind.NOTE, name="Eve", date="2026-01-04", text="really?"),)
    assert [(each.name, each.date) for each in card.signatures.approved] == [("Ann", "2026-01-03")]
    assert [(locale, each.target, each.origin) for locale, each in card.others.items()] == [
        ("zh_Hans", "柳钢今年增产。", Origin.CONVERTED)
    ]
    assert (size_of(card.source, "zh_Hant_HK"), size_of(card.text, "en")) == ((7, False), (3, True))
    assert [(each.rule, each.ignored) for each in card.findings] == [
        ("ignore-unused", None),
        ("end-punctuation", "house style"),
    ]
    assert all(each.message for each in card.findings)
    key = Key(None, "柳鋼今年增產。")
    catalogue = room.catalogue("en")
    assert card.version == editing.views(catalogue, derived=False)[key].version
    assert card.id == key.digest[:8]


def test_a_version_lets_one_save_and_changes_with_it(room: Newsroom) -> None:
    project = find_project(room.root)
    reader, writer = ProjectView(project), Committer(project)
    card = unit_of(reader.article("a", "en", Filter(), ANN), "圖1")
    before = reader.stamp("a", "en")
    edited = edit_for("a", "en", card.id, editing.Action.SAVE, "Ann", "2026-01-01", card.version, "Figure 1")
    assert writer.submit(edited).status is editing.Status.SAVED
    saved, progress = reader.unit("a", "en", card.id, ANN)
    assert (saved.text, saved.role, saved.version != card.version) == ("Figure 1", Role.SENTENCE, True)
    assert progress.states["translated"] == 1
    assert before != reader.stamp("a", "en") == files.digest(room.po_path("en").read_bytes())
    assert reader.article("a", "en", Filter(), ANN).stamp == reader.stamp("a", "en")


def test_a_card_after_a_save_is_made_without_reading_and_the_next_page_reads_again(room: Newsroom) -> None:
    project = find_project(room.root)
    one, writer = ProjectView(project), Committer(project)
    card = unit_of(one.article("a", "en", Filter(), ANN), "圖1")
    edited = edit_for("a", "en", card.id, editing.Action.SAVE, "Ann", "2026-01-01", card.version, "(Figure 1")
    outcome = writer.submit(edited)
    before = room.po_path("en").read_bytes()
    room.translate({"圖1": "Plate 1", "後面還有。": "More."})
    shown, progress = one.unit("a", "en", card.id, ANN, saved=outcome.unit)
    assert (shown.text, shown.version) == ("(Figure 1", outcome.version)
    assert [each.rule for each in shown.findings] == ["quotes-unbalanced"]
    assert (progress.states["translated"], progress.findings["error"]) == (1, 1)
    after = one.article("a", "en", Filter(), ANN)
    assert (unit_of(after, "圖1").text, unit_of(after, "後面還有。").text) == ("Plate 1", "More.")
    room.po_path("en").write_bytes(before)
    again = one.article("a", "en", Filter(), ANN)
    assert (unit_of(again, "圖1").text, again.progress.states["translated"]) == ("(Figure 1", 1)
    assert ProjectView(project).unit("a", "en", card.id, ANN, saved=outcome.unit)[0] == unit_of(again, "圖1")


def test_a_save_that_is_undone_elsewhere_is_seen(room: Newsroom) -> None:
    """The file is again what it was before the save; what was saved is not taken over from memory."""
    project = find_project(room.root)
    one, writer = ProjectView(project), Committer(project)
    before = room.po_path("en").read_bytes()
    card = unit_of(one.article("a", "en", Filter(), ANN), "圖1")
    edited = edit_for("a", "en", card.id, editing.Action.SAVE, "Ann", "2026-01-01", card.version, "Figure 1")
    one.unit("a", "en", card.id, ANN, saved=writer.submit(edited).unit)
    room.po_path("en").write_bytes(before)
    assert unit_of(one.article("a", "en", Filter(), ANN), "圖1") == card


def test_a_converted_card_shows_the_conversion_and_a_correction_what_it_replaced(room: Newsroom) -> None:
    change(room, "第二段在此。", lambda entry: edit.set_text(entry, "第二段。", "Ann", "2026-01-01"), "zh_Hans")
    shown = page(room, "zh_Hans")
    corrected = unit_of(shown, "第二段在此。")
    assert (corrected.text, corrected.converted, corrected.translation.origin) == (
        "第二段。",
        "第二段在此。",
        Origin.HUMAN,
    )
    # Quotation marks are converted in their block.
    assert unit_of(shown, "「柳州很好，」他說。").converted == "“柳州很好，”他说。"
    assert unit_of(page(room, "en"), "第二段在此。").converted == ""
    room.write(ARTICLE.replace("第二段在此。", "第二段在此處。"))
    sync(room)
    stale = unit_of(page(room, "zh_Hans"), "第二段在此處。")
    assert (stale.translation.stale, stale.translation.state, stale.translation.previous) == (
        True,
        State.NEEDS_EDITING,
        "第二段在此。",
    )


def test_a_unit_that_occurs_twice_is_edited_once(newsroom: Newsroom) -> None:
    newsroom.write("圖1\n\n好。\n\n圖1\n")
    sync(newsroom)
    cards = [unit for unit in units(page(newsroom)) if unit.source == "圖1"]
    assert [(card.first, card.repeated) for card in cards] == [(True, 2), (False, 2)]
    assert page(newsroom).progress.units == 2
    assert sources(page(newsroom, state="untranslated")) == ["圖1", "好。"]


@pytest.mark.parametrize(
    "source", ["柳鋼的新聞", "柳鋼今年增產。", "「柳州很好，」他說。", "第二段在此。", "後面還有。"]
)
def test_can_join_is_what_a_save_allows(room: Newsroom, source: str) -> None:
    card = unit_of(page(room), source)
    writer = Committer(find_project(room.root))
    edited = edit_for("a", "en", card.id, editing.Action.JOIN, "Ann", "2026-01-01", card.version)
    assert card.can_join == (writer.submit(edited).status is editing.Status.SAVED)
    after = unit_of(page(room), source)
    assert (after.translation.joined, after.can_join) == (card.can_join, False)


def test_a_unit_with_a_text_cannot_be_joined(room: Newsroom) -> None:
    assert unit_of(page(room), "後面還有。").can_join
    room.translate({"後面還有。": "More."})
    assert not unit_of(page(room), "後面還有。").can_join


def test_the_static_copy_has_no_versions(room: Newsroom) -> None:
    shown = project_view(room).article("a", "en", Filter(), ANN, live=False)
    assert {unit.version for unit in units(shown)} == {""}
    assert not shown.live


def test_units_that_are_not_in_the_catalogue_yet_cannot_be_saved(room: Newsroom) -> None:
    room.write(ARTICLE + "\n新的一段。\n")
    shown = page(room)
    assert unit_of(shown, "新的一段。").version == ""
    assert unit_of(shown, "圖1").version
    assert shown.notices == ("1 units are not in the catalogue of en yet; run: l10n-flow sync",)


# Terms -------------------------------------------------------------------------------------------------------------


@pytest.mark.parametrize(
    ("source", "found"),
    [
        ("柳鋼增產", [("柳鋼", ("Liuzhou Steel", "LISCO"), "the works", [(0, 2)])]),
        (
            "垂柳與柳鋼，又是柳鋼",
            [("柳", ("willow",), "", [(1, 2)]), ("柳鋼", ("Liuzhou Steel", "LISCO"), "the works", [(3, 5), (8, 10)])],
        ),
        ("AI與TRAIN和AIR", [("AI", ("artificial intelligence",), "", [(0, 2)])]),
        ("新聞", []),
    ],
)
def test_terms_of_the_source(newsroom: Newsroom, source: str, found: list[object]) -> None:
    (newsroom.root / "terms.csv").write_text(TERMS, "utf-8")
    with_settings(newsroom, 'termbase = "terms.csv"')
    newsroom.write(f"{source}\n")
    sync(newsroom)
    (card,) = units(page(newsroom))
    shown = [(hint.source, hint.targets, hint.note, [(s.start, s.end) for s in hint.spans]) for hint in card.terms]
    assert shown == found


def test_a_termbase_is_read_again_when_it_changes_and_a_damaged_one_is_told(newsroom: Newsroom) -> None:
    terms = newsroom.root / "terms.csv"
    terms.write_text(TERMS, "utf-8")
    with_settings(newsroom, 'termbase = "terms.csv"')
    newsroom.write("柳鋼\n")
    sync(newsroom)
    one = project_view(newsroom)
    assert units(one.article("a", "en", Filter(), ANN))[0].terms[0].targets[0] == "Liuzhou Steel"
    terms.write_text(TERMS.replace("Liuzhou Steel", "Liugang Steel"), "utf-8")
    assert units(one.article("a", "en", Filter(), ANN))[0].terms[0].targets[0] == "Liugang Steel"
    terms.write_text("nothing\n", "utf-8")
    for locale in ("zh_Hans", "en"):
        shown = one.article("a", locale, Filter(), ANN)
        assert units(shown)[0].terms == ()
        assert ["terms.csv" in notice for notice in shown.notices] == [True]
    assert "terms.csv" in one.home(ANN).rows[0].error


# Filters -----------------------------------------------------------------------------------------------------------


@pytest.fixture
def mixed(room: Newsroom) -> Newsroom:
    """One unit of each state."""
    change(room, "柳鋼的新聞", lambda entry: edit.set_text(entry, "News", "Bob", "2026-01-02"))
    change(room, "柳鋼的新聞", lambda entry: edit.approve(entry, "Ann", "2026-03-03"))
    change(room, "柳鋼今年增產。", lambda entry: edit.set_text(entry, "STRASSE", "Bob", "2026-02-02"))
    change(room, "「柳州很好，」他說。", lambda entry: edit.set_needs_editing(entry, "“Fine”, he said."))
    change(room, "圖1", lambda entry: edit.add_note(entry, "Ann", "2026-01-05", "which?"))
    return room


@pytest.mark.parametrize(
    ("wanted", "found"),
    [
        ({"state": "approved"}, ["柳鋼的新聞"]),
        ({"state": "translated"}, ["柳鋼今年增產。"]),
        ({"state": "needs-editing"}, ["「柳州很好，」他說。"]),
        ({"state": "untranslated"}, ["第二段在此。", "後面還有。", "圖1"]),
        ({"state": "todo"}, ["「柳州很好，」他說。", "第二段在此。", "後面還有。", "圖1"]),
        ({"state": "stale"}, []),
        ({"state": "no such state"}, []),
        ({"rule": "fuzzy"}, []),  # the state says it
        ({"rule": "end-punctuation"}, ["柳鋼今年增產。"]),
        ({"rule": "any"}, ["柳鋼今年增產。"]),
        ({"text": "柳钢"}, ["柳鋼的新聞", "柳鋼今年增產。"]),
        ({"text": "柳鋼"}, ["柳鋼的新聞", "柳鋼今年增產。"]),
        ({"text": " straße "}, ["柳鋼今年增產。"]),
        ({"text": "後面"}, ["後面還有。"]),
        ({"text": "后"}, ["後面還有。"]),
        ({"text": "\ud800"}, []),
        ({"text": "柳钢", "state": "approved"}, ["柳鋼的新聞"]),
        ({"since": "2026-02-03"}, ["柳鋼的新聞"]),
        ({"since": "2026-02-02"}, ["柳鋼的新聞", "柳鋼今年增產。"]),
        ({"since": "2026-01-01"}, ["柳鋼的新聞", "柳鋼今年增產。", "圖1"]),
        ({"mine": True}, ["柳鋼的新聞", "圖1"]),
        ({"state": "needs-editing", "near": True}, ["柳鋼今年增產。", "「柳州很好，」他說。", "第二段在此。"]),
        ({"near": True, "text": "圖"}, ["後面還有。", "圖1"]),
    ],
)
def test_filters(mixed: Newsroom, wanted: dict[str, object], found: list[str]) -> None:
    shown = page(mixed, **wanted)
    assert sources(shown) == found
    assert shown.filter == Filter(**wanted)  # type: ignore[arg-type]
    if "near" not in wanted:
        assert shown.found == len(found)
    assert all(block.partial == (len(block.units) < len(_block(mixed, block.units[0]))) for block in shown.blocks)


def _block(room: Newsroom, unit: ReviewUnit) -> tuple[ReviewUnit, ...]:
    return next(block.units for block in page(room).blocks if unit.source in [each.source for each in block.units])


def test_the_page_of_a_unit_is_its_reader_s(newsroom: Newsroom) -> None:
    """Every other unit is Ann's: the last of them is on the second page, and on none without her."""
    newsroom.write("\n\n".join(f"第{each}段。" for each in range(PAGE_UNITS * 2 + 2)) + "\n")
    sync(newsroom)

    def note(draft: Draft) -> None:
        for key, entry in list(draft.entries.items())[::2]:
            draft.entries[key] = edit.add_note(entry, "Ann", "2026-01-05", "?")

    newsroom.edit("en", note)
    last = Key(None, f"第{PAGE_UNITS * 2}段。").digest[:16]
    one, mine = project_view(newsroom), Filter(mine=True)
    pages = [
        one.page_of("a", "en", last, *asked) for asked in ((mine, ANN), (mine, Reader("Bob")), (mine,), (Filter(),))
    ]
    assert pages == [2, 1, 1, 3]


def numbers(tallies) -> dict[str, int]:
    return {tally.value: tally.number for tally in tallies}


def test_mine_is_nobody_s_without_a_name(mixed: Newsroom) -> None:
    assert sources(page(mixed, reader=Reader(""), mine=True)) == []


def test_counts_are_what_each_filter_would_show(mixed: Newsroom) -> None:
    shown = page(mixed, state="approved", rule="end-punctuation")
    assert numbers(shown.states) == {
        "todo": 4,
        "untranslated": 3,
        "needs-editing": 1,
        "translated": 1,
        "approved": 1,
        "noted": 1,
    }
    assert numbers(shown.rules) == {"any": 1, "end-punctuation": 1}
    for tally in shown.states:
        assert len(sources(page(mixed, state=tally.value))) == tally.number
    for tally in shown.rules:
        assert len(sources(page(mixed, rule=tally.value))) == tally.number
    narrow = page(mixed, text="柳钢")
    assert numbers(narrow.states) == {
        "todo": 0,
        "untranslated": 0,
        "needs-editing": 0,
        "translated": 1,
        "approved": 1,
        "noted": 0,
    }
    assert numbers(narrow.rules) == {"any": 1, "end-punctuation": 1}
    assert numbers(page(mixed, "zh_Hans").states)["stale"] == 0


# Pages -------------------------------------------------------------------------------------------------------------


def test_pages_are_whole_blocks(newsroom: Newsroom) -> None:
    paragraphs = ["".join(f"第{number}段第{each}句。" for each in range(7)) for number in range(40)]
    newsroom.write("\n\n".join(paragraphs) + "\n")
    sync(newsroom)
    shown = [page(newsroom, page=number) for number in (1, 2, 3)]
    assert [each.pages for each in shown] == [3, 3, 3]
    assert [len(units(each)) for each in shown] == [98, 98, 84]
    assert sources(shown[0]) + sources(shown[1]) + sources(shown[2]) == [
        f"第{number}段第{each}句。" for number in range(40) for each in range(7)
    ]
    assert page(newsroom, page=99).filter.page == 3
    assert page(newsroom, page=-4).filter.page == 1
    one = project_view(newsroom)
    for number, each in enumerate(shown, 1):
        assert {one.page_of("a", "en", unit.id, Filter()) for unit in units(each)} == {number}
    assert one.page_of("a", "en", units(shown[2])[0].id, Filter(text="第39段")) == 1
    assert one.page_of("a", "en", "0" * 8, Filter()) == 1


def test_a_block_larger_than_a_page_is_cut(newsroom: Newsroom) -> None:
    newsroom.write("".join(f"第{each}句。" for each in range(PAGE_UNITS * 2 + 1)) + "\n")
    sync(newsroom)
    shown = [page(newsroom, page=number) for number in (1, 2, 3)]
    assert [len(units(each)) for each in shown] == [PAGE_UNITS, PAGE_UNITS, 1]
    assert all(block.partial for each in shown for block in each.blocks)


def test_an_empty_document_has_one_empty_page(newsroom: Newsroom) -> None:
    newsroom.write("\n")
    sync(newsroom)
    shown = page(newsroom)
    assert (shown.blocks, shown.pages, shown.found, shown.title) == ((), 1, 0, "a")


# What is not there, or damaged ---------------------------------------------------------------------------------------

HOSTILE = [
    "b", "", ".", "..", "../a", "a/../a", "/etc/passwd", "source/a.txt", "a.txt", "A", "a\0", "a\n", "C:\\a",
    "\ud800", "--help", "<script>", "x" * 10_000,
]  # fmt: skip


@pytest.mark.parametrize("name", HOSTILE)
def test_only_the_identity_of_a_document_finds_it(room: Newsroom, name: str) -> None:
    one = project_view(room)
    absolute = str(room.source())
    for document in (name, absolute):
        for ask in (
            lambda document=document: one.article(document, "en", Filter(), ANN),
            lambda document=document: one.unit(document, "en", "0" * 8, ANN),
            lambda document=document: one.page_of(document, "en", "0" * 8, Filter()),
            lambda document=document: one.stamp(document, "en"),
            lambda document=document: one.history(document, "en", "0" * 8),
        ):
            with pytest.raises(SourceError):
                ask()


@pytest.mark.parametrize("locale", ["zh_Hant_HK", "", "fr", "../en", "en\0"])
def test_an_unknown_locale(room: Newsroom, locale: str) -> None:
    one = project_view(room)
    for ask in (one.stamp, lambda document, locale: one.article(document, locale, Filter(), ANN)):
        with pytest.raises(ConfigError):
            ask("a", locale)


@pytest.mark.parametrize("unit", ["", "0" * 8, "zz", "\ud800", "../..", "f" * 10_000])
def test_a_unit_that_is_gone(room: Newsroom, unit: str) -> None:
    with pytest.raises(SourceError, match="there is no unit"):
        project_view(room).unit("a", "en", unit, ANN)


def test_a_damaged_catalogue_is_told_and_the_others_work(room: Newsroom) -> None:
    room.write("另一篇。\n", "b.txt")
    sync(room)
    one = project_view(room)
    card = units(one.article("a", "en", Filter(), ANN))[0]
    sound = room.po_path("en").read_bytes()
    room.po_path("en").write_bytes(sound + b'msgid "half')
    shown = one.article("a", "en", Filter(), ANN)
    assert (shown.blocks, shown.found, shown.pages) == ((), 0, 1)
    assert "a.po:" in shown.notices[0]
    with pytest.raises(CatalogueError):
        one.unit("a", "en", card.id, ANN)
    other = one.article("a", "zh_Hans", Filter(), ANN)
    assert len(units(other)) == 6
    assert not any(unit.others for unit in units(other))
    assert "a.po:" in other.notices[0]
    rows = {row.document: row for row in one.home(ANN, "柳钢").rows}
    assert "a.po:" in rows["a"].error
    assert [progress.locale for progress in rows["a"].progress] == ["zh_Hans"]
    assert rows["b"].error == ""
    room.po_path("en").write_bytes(sound)
    assert len(units(one.article("a", "en", Filter(), ANN))) == 6
    assert one.home(ANN).rows[0].error == ""


def test_a_catalogue_that_cannot_be_opened_is_told_and_the_others_work(room: Newsroom) -> None:
    one = project_view(room)
    sound = room.po_path("en").read_bytes()
    room.po_path("en").unlink()
    room.po_path("en").mkdir()
    row = one.home(ANN).rows[0]
    assert "a.po: " in row.error
    assert [progress.locale for progress in row.progress] == ["zh_Hans"]
    assert len(units(one.article("a", "zh_Hans", Filter(), ANN))) == 6
    room.po_path("en").rmdir()
    room.po_path("en").write_bytes(sound)
    assert len(one.home(ANN).rows[0].progress) == 2


def test_a_document_without_catalogues_shows_its_source(newsroom: Newsroom) -> None:
    newsroom.write(ARTICLE)
    shown = page(newsroom)
    assert len(units(shown)) == 6
    assert shown.stamp == project_view(newsroom).stamp("a", "en") == ""
    assert "run: l10n-flow sync" in shown.notices[0]


def test_documents_that_cannot_be_read_are_rows(room: Newsroom) -> None:
    room.source("b.txt").write_bytes(b"\xff\xfe\x00")
    room.write("一。\n", "c.txt")
    room.write("二。\n", "C.txt")
    rows = {row.document: row for row in project_view(room).home(ANN).rows}
    assert sorted(name.lower() for name in rows) == ["a", "b", "c"]
    assert "b.txt" in rows["b"].error
    assert [row.error == "" for name, row in rows.items() if name == "a"] == [True]
    with pytest.raises(SourceError, match="would share one catalogue"):
        project_view(room).article(next(name for name in rows if name in "cC"), "en", Filter(), ANN)


# What changes meanwhile ----------------------------------------------------------------------------------------------


def test_every_change_is_seen(room: Newsroom) -> None:
    one = project_view(room)
    assert unit_of(one.article("a", "en", Filter(), ANN), "圖1").text == ""
    room.translate({"圖1": "Figure 1"})
    assert unit_of(one.article("a", "en", Filter(), ANN), "圖1").text == "Figure 1"
    stat = room.po_path("en").stat()
    data = room.po_path("en").read_bytes().replace(b"Figure 1", b"Figure 2")
    room.po_path("en").write_bytes(data)
    os.utime(room.po_path("en"), ns=(stat.st_atime_ns, stat.st_mtime_ns))
    assert unit_of(one.article("a", "en", Filter(), ANN), "圖1").text == "Figure 2", "told by content, not by time"
    room.write(ARTICLE.replace("圖1\n", "圖9\n"))
    assert sources(one.article("a", "en", Filter(), ANN))[-1] == "圖9"
    overrides = '[[override]]\ndocument = "a"\ntext = "圖9"\nkind = "heading"\n'
    (room.root / "l10n-flow.overrides.toml").write_text(overrides, "utf-8")
    assert one.article("a", "en", Filter(), ANN).blocks[-1].kind == "heading"


TEXTS = ["", "Fine.", "“open", "closed” here.", "{x}"]


@settings(max_examples=40, suppress_health_check=[HealthCheck.function_scoped_fixture])
@given(st.lists(st.tuples(st.integers(0, 4), st.sampled_from(TEXTS)), min_size=1, max_size=6))
def test_findings_after_saves_are_those_of_a_whole_run(newsroom: Newsroom, saves: list[tuple[int, str]]) -> None:
    """Blocks that share a unit, with marks that pair over a block: the findings of what did not change are kept."""
    newsroom.write("甲一。共有句。\n\n圖1\n\n共有句。乙「好」。\n\n丙{x}一。\n")
    sync(newsroom)
    one = project_view(newsroom)
    for number, text in [*((each, "Fine.") for each in range(5)), *saves]:
        key = list(newsroom.catalogue("en").entries)[number]
        change(newsroom, key.source, lambda entry, text=text: edit.set_text(entry, text, "Ann", "2026-01-01"))
        if not text and number == 1:
            change(newsroom, key.source, lambda entry: edit.join(entry, "Ann", "2026-01-01"))
        shown = one.article("a", "en", Filter(), ANN)
        found = check(find_project(newsroom.root), ("a",), ("en",)).findings
        whole = [each for each in found if each.rule not in {"untranslated", "fuzzy"}]  # the state says it
        cards = units(shown)
        told = {(card.source, each.rule, each.target_span) for card in cards for each in card.findings}
        assert told == {(each.key.source, each.rule, each.target_span) for each in whole}
        assert sum(shown.progress.findings.values()) == len(whole)


ACTS = {
    "write": lambda entry: edit.set_text(entry, "“open", "Ann", "2026-01-01"),
    "mend": lambda entry: edit.set_text(entry, "Fine.", "Ann", "2026-01-01"),
    "doubt": lambda entry: edit.set_needs_editing(entry, "closed” {x}"),
    "approve": lambda entry: edit.approve(entry, "Eve", "2026-01-02"),
    "note": lambda entry: edit.add_note(entry, "Eve", "2026-01-02", "?"),
}


@settings(max_examples=40, suppress_health_check=[HealthCheck.function_scoped_fixture])
@given(st.lists(st.tuples(st.integers(0, 4), st.sampled_from(sorted(ACTS))), min_size=1, max_size=6))
def test_after_saves_from_memory_all_is_as_if_it_were_counted_anew(
    newsroom: Newsroom, saves: list[tuple[int, str]]
) -> None:
    """One view is only told what was saved; another reads everything. Then the first reads, too."""
    newsroom.write("甲一。共有句。\n\n圖1\n\n共有句。乙「好」。\n\n丙{x}一。\n")
    newsroom.po_path("en").unlink(missing_ok=True)
    sync(newsroom)
    one = project_view(newsroom)
    one.article("a", "en", Filter(), ANN)
    for number, act in saves:
        catalogue = newsroom.catalogue("en")
        key = list(catalogue.entries)[number]
        if act != "approve" or po.translations(catalogue, derived=False)[key].target:
            ACTS[act](catalogue.entries[key])
        po.write(Inside.at(newsroom.po_path("en")), catalogue)
        saved = editing.views(catalogue, derived=False)[key]
        told = one.unit("a", "en", key.digest[:8], ANN, saved=saved)
        assert told == project_view(newsroom).unit("a", "en", key.digest[:8], ANN)
        assert sum(told[1].states.values()) == told[1].units == 5
    assert one.article("a", "en", Filter(), ANN) == page(newsroom)


def test_a_stale_correction_that_is_saved_is_counted_and_what_was_never_read_is_read(room: Newsroom) -> None:
    change(room, "第二段在此。", lambda entry: edit.set_text(entry, "第二段。", "Ann", "2026-01-01"), "zh_Hans")
    room.write(ARTICLE.replace("第二段在此。", "第二段在此處。"))
    sync(room)
    one = project_view(room)
    card = unit_of(one.article("a", "zh_Hans", Filter(), ANN), "第二段在此處。")
    assert one.article("a", "zh_Hans", Filter(), ANN).progress.stale == 1
    change(room, "第二段在此處。", lambda entry: edit.set_text(entry, "第二段处。", "Ann", "2026-01-02"), "zh_Hans")
    saved = editing.views(room.catalogue("zh_Hans"), derived=True)[Key(None, "第二段在此處。")]
    told = one.unit("a", "zh_Hans", card.id, ANN, saved=saved)
    assert (told[0].text, told[1].stale, told[1].ready) == ("第二段处。", 0, 6)
    assert project_view(room).unit("a", "zh_Hans", card.id, ANN, saved=saved) == told


def test_an_article_after_a_save_reads_everything_again(room: Newsroom) -> None:
    """What a save leaves alone may have changed: the source, the other locales, the termbase."""
    terms = room.root / "terms.csv"
    terms.write_text(TERMS, "utf-8")
    with_settings(room, 'termbase = "terms.csv"')
    one = project_view(room)
    card = unit_of(one.article("a", "en", Filter(), ANN), "圖1")
    room.translate({"圖1": "Figure 1"})
    saved = editing.views(room.catalogue("en"), derived=False)[Key(None, "圖1")]
    room.write(ARTICLE + "\n新的一段。\n")
    terms.write_text(TERMS.replace("Liuzhou Steel", "Liugang Steel"), "utf-8")
    change(room, "圖1", lambda entry: edit.set_text(entry, "图表1", "Ann", "2026-01-01"), "zh_Hans")
    assert one.unit("a", "en", card.id, ANN, saved=saved)[0].text == "Figure 1"
    shown = one.article("a", "en", Filter(), ANN)
    assert shown == page(room)
    assert sources(shown)[-1] == "新的一段。"
    assert unit_of(shown, "圖1").others["zh_Hans"].target == "图表1"
    assert unit_of(shown, "柳鋼的新聞").terms[0].targets[0] == "Liugang Steel"
    assert one.unit("a", "en", card.id, ANN, saved=saved)[0].text == "Figure 1"
    with pytest.raises(SourceError):
        one.unit("a", "en", "0" * 8, ANN, saved=saved)


def test_many_threads_see_one_truth(room: Newsroom, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(reading, "KEPT_UNITS", 1)
    for number in range(4):
        room.write(f"第{number}篇。\n", f"d{number}.txt")
    sync(room)
    one = project_view(room)
    wrong: list[object] = []

    def read(number: int) -> None:
        try:
            for _ in range(10):
                shown = one.article(f"d{number % 4}", "en", Filter(), ANN)
                if sources(shown) != [f"第{number % 4}篇。"]:
                    wrong.append(shown)
                one.home(ANN, "篇")
        except Exception as error:  # noqa: BLE001
            wrong.append(error)

    threads = [threading.Thread(target=read, args=(number,)) for number in range(8)]
    for thread in threads:
        thread.start()
    for thread in threads:
        thread.join()
    assert wrong == []
    assert sum(slot.size > 0 for slot in one.loader.cache._slots.values()) == 1, "what is kept is bounded"


# The home page -------------------------------------------------------------------------------------------------------


def test_home_shows_documents_and_what_was_done_lately(mixed: Newsroom) -> None:
    mixed.write("另一篇。\n", "sub/b.txt")
    sync(mixed)
    shown = project_view(mixed).home(ANN)
    assert (shown.name, shown.source_locale, shown.locales, shown.reader) == (
        "newsroom",
        "zh_Hant_HK",
        ("zh_Hans", "en"),
        ANN,
    )
    assert [(row.document, row.title, row.error) for row in shown.rows] == [
        ("a", "柳鋼的新聞", ""),
        ("sub/b", "sub/b", ""),
    ]
    simplified, english = shown.rows[0].progress
    assert (simplified.locale, simplified.derived, simplified.ready) == ("zh_Hans", True, 6)
    assert (english.units, english.ready, english.findings["warning"]) == (6, 2, 1)
    assert [(each.end, each.by, each.counts, [note.text for note in each.said]) for each in shown.activity] == [
        ("2026-03-03", "Ann", (("approved", "en", 1),), []),
        ("2026-02-02", "Bob", (("translated", "en", 1),), []),
        ("2026-01-05", "Ann", (("note", "en", 1),), ["which?"]),
        ("2026-01-02", "Bob", (("translated", "en", 1),), []),
    ]
    assert shown.hits is None


def test_home_tells_the_newest_thirty(newsroom: Newsroom) -> None:
    newsroom.write("".join(f"第{each}句。" for each in range(40)) + "\n")
    sync(newsroom)

    def note(draft: Draft) -> None:
        for day, (key, entry) in enumerate(draft.entries.items()):
            date = f"2026-{day // 20 + 1:02}-{day % 20 + 1:02}"
            draft.entries[key] = edit.add_note(entry, "Ann", date, str(day))

    newsroom.edit("en", note)
    shown = project_view(newsroom).home(ANN).activity
    assert [each.said[0].text for each in shown] == [str(day) for day in range(39, 9, -1)]


def test_a_note_among_many_saves_is_told_with_them(newsroom: Newsroom) -> None:
    newsroom.write("".join(f"第{each}句。" for each in range(45)) + "\n")
    newsroom.write("另一篇。\n", "b.txt")
    sync(newsroom)
    keys = list(newsroom.catalogue("en").entries)
    path = Inside.at(newsroom.po_path("en"))
    before = newsroom.catalogue("en")
    draft, lines = Draft(before), []
    for place, key in enumerate(keys):
        entry = draft.entries[key]
        made = edit.set_text(entry, f"Sentence {place}.", "Ann", "2026-11-24")
        if place == 3:
            made = edit.add_note(made, "Ann", "2026-11-24", "do not publish")
        draft.entries[key] = made
        at = f"2026-11-24T{9 + (place > 40) * 2:02}:{place:02}:00Z"
        lines.append(journal.Line(at, "Ann", "save", key, entry, made))
    po.write(path, draft.done(), before=before, lines=lines)
    newsroom.edit(
        "en",
        lambda d: d.entries.update({k: edit.set_text(e, "B.", "Bob", "2026-11-23") for k, e in d.entries.items()}),
        "b",
    )
    late, early, other = project_view(newsroom).home(ANN).activity
    assert (late.begin, late.end, late.counts) == (
        "2026-11-24T11:41:00Z",
        "2026-11-24T11:44:00Z",
        (("translated", "en", 4),),
    )
    assert (early.begin, early.end) == ("2026-11-24T09:00:00Z", "2026-11-24T09:40:00Z")
    assert [(note.text, note.at) for note in early.said] == [("do not publish", "2026-11-24T09:03:00Z")]
    assert (other.end, other.by, other.document) == ("2026-11-23", "Bob", "b")


@pytest.mark.parametrize(
    ("query", "found"),
    [
        ("柳钢", [("a", "en", "柳鋼的新聞"), ("a", "en", "柳鋼今年增產。")]),
        ("柳鋼", [("a", "en", "柳鋼的新聞"), ("a", "en", "柳鋼今年增產。")]),
        ("strasse", [("a", "en", "柳鋼今年增產。")]),
        ("修正", [("a", "zh_Hans", "第二段在此。")]),
        ("nowhere", []),
        ("\ud800", []),
    ],
)
def test_search_over_all_documents(mixed: Newsroom, query: str, found: list[tuple[str, str, str]]) -> None:
    change(mixed, "第二段在此。", lambda entry: edit.set_text(entry, "修正。", "Ann", "2026-01-01"), "zh_Hans")
    shown = project_view(mixed).home(ANN, query)
    assert [(hit.document, hit.locale, hit.source) for hit in shown.hits or ()] == found
    assert shown.hits is not None
    assert (shown.query, shown.more) == (query, False)


@pytest.mark.parametrize("query", ["which?", "WHICH? 柳钢", "圖1"])
def test_the_words_of_a_query_stand_in_any_order_and_in_notes_too(mixed: Newsroom, query: str) -> None:
    noted = next(each for block in page(mixed).blocks for each in block.units if each.signatures.notes)
    change(mixed, noted.source, lambda entry: edit.set_text(entry, "Liu Steel grows fast", "Ann", "2026-01-01"))
    words = query.replace("柳钢", noted.source[:2]).replace("圖1", "fast grows")
    found = project_view(mixed).home(ANN, words).hits or ()
    assert [hit.source for hit in found] == [noted.source]
    assert sources(page(mixed, text=words)) == [noted.source]
    assert (found[0].notes == ("which?",)) == ("which" in query.lower())
    assert project_view(mixed).home(ANN, f"{words} nowhere").hits == ()


def test_what_a_search_finds_is_marked_as_it_is_written() -> None:
    text = "Straße in 柳鋼, STRASSE"
    found = [text[span.start : span.end] for span in places(words_of("strasse 柳钢"), text)]
    assert found == ["Straße", "柳鋼", "STRASSE"]
    assert words_of('"two  words" b  b') == ("two  words", "b")


def test_a_note_is_open_until_somebody_resolves_it(mixed: Newsroom) -> None:
    noted = next(each for block in page(mixed).blocks for each in block.units if each.signatures.notes)
    assert sources(page(mixed, state="noted")) == [noted.source]
    remark = next(iter(noted.signatures.open))
    committer = Committer(find_project(mixed.root))
    for remark_, expected in (("0" * 12, Status.REFUSED), (remark, Status.SAVED), (remark, Status.UNCHANGED)):
        deed = edit_for("a", "en", noted.id, Action.RESOLVE, "Bob", "2026-11-26", remark=remark_)
        assert committer.submit(deed).status is expected
    assert sources(page(mixed, state="noted")) == []
    after = next(each for block in page(mixed).blocks for each in block.units if each.signatures.notes)
    assert (after.signatures.notes, after.signatures.open) == (noted.signatures.notes, {})


def test_search_tells_two_hundred(newsroom: Newsroom) -> None:
    newsroom.write("".join(f"第{each}句。" for each in range(201)) + "\n")
    sync(newsroom)
    shown = project_view(newsroom).home(ANN, "第")
    assert (len(shown.hits or ()), shown.more) == (200, True)
    assert project_view(newsroom).home(ANN, " ").hits is None
