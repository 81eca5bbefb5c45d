"""What the review page is told of earlier translations: small newsrooms, their catalogues changed under it."""

from __future__ import annotations

import itertools
import os
import threading
from collections.abc import Callable
from pathlib import Path

import pytest

from conftest import Newsroom
from l10n_flow import catalogue as po
from l10n_flow.catalogue import Catalogue, Entry, edit
from l10n_flow.catalogue.seals import Seal, SealKind, pair_digest
from l10n_flow.errors import ConfigError
from l10n_flow.index import Store
from l10n_flow.inside import Inside
from l10n_flow.model import Key
from l10n_flow.project import INDEX_NAME, Known, OpenProject, find_project
from l10n_flow.review.reading.matches import Matches
from l10n_flow.work.extract import convert, extract

FIRST, SECOND, OTHER = "柳鋼今年第一季增產。", "柳鋼今年第二季增產。", "梧州的天氣很好。"
KEY = Key(None, FIRST)


def sync(room: Newsroom) -> None:
    project = find_project(room.root)
    assert not extract(project).failures
    assert not convert(project, upgrade=False, dry_run=False).failures


@pytest.fixture
def room(newsroom: Newsroom) -> Newsroom:
    """Two documents that share a sentence; neither is translated."""
    newsroom.write(f"{FIRST}{OTHER}\n")
    newsroom.write(f"{FIRST}{SECOND}\n", "b.txt")
    sync(newsroom)
    return newsroom


def matches(room: Newsroom) -> Matches:
    """Its clock runs so fast that it never rests."""
    opened = OpenProject(find_project(room.root))
    return Matches(opened, Known(opened), itertools.count(step=1_000).__next__)


def change(
    room: Newsroom, what: Callable[[Entry], Entry], source: str = FIRST, name: str = "b", locale: str = "en"
) -> None:
    room.edit_unit(locale, what, source, name)


def told(room: Newsroom, locale: str = "en", name: str = "a", key: Key = KEY) -> list[tuple[str, int, str]]:
    return [(entry.target, score, entry.origin) for entry, score in matches(room).of(name, locale, key)]


# Which units take part ---------------------------------------------------------------------------------------------


def test_the_same_text_elsewhere_and_a_similar_one_are_told(room: Newsroom) -> None:
    room.translate({FIRST: "Up in Q1.", SECOND: "Up in Q2."}, name="b")
    found = matches(room).of("a", "en", KEY)
    assert [(entry.source, entry.target, score, entry.origin) for entry, score in found] == [
        (FIRST, "Up in Q1.", 100, "b"),
        (SECOND, "Up in Q2.", 90, "b"),
    ]


def test_a_unit_does_not_match_itself_but_its_neighbour_does(room: Newsroom) -> None:
    room.translate({FIRST: "Up in Q1.", SECOND: "Up in Q2."}, name="b")
    assert told(room, name="b") == [("Up in Q2.", 90, "b")]
    assert told(room, name="b", key=Key("title", FIRST))[0] == ("Up in Q1.", 100, "b")


def test_an_approved_translation_goes_first_and_then_the_newest(room: Newsroom) -> None:
    room.write(f"{FIRST}\n", "c.txt")
    room.write(f"{FIRST}\n", "d.txt")
    sync(room)
    change(room, lambda entry: edit.set_text(entry, "Old.", "Ann", "2026-01-01"), name="b")
    change(room, lambda entry: edit.set_text(entry, "New.", "Ann", "2026-01-02"), name="c")
    change(room, lambda entry: edit.set_text(entry, "Good.", "Ann", "2025-01-01"), name="d")
    change(room, lambda entry: edit.approve(entry, "Eve", "2025-01-02"), name="d")
    assert [target for target, _, _ in told(room)] == ["Good.", "New.", "Old."]


def draft(entry: Entry) -> Entry:
    return edit.set_needs_editing(entry, "Up?")


def joined_on_the_page(entry: Entry) -> Entry:
    return edit.join(entry, "Ann", "2026-01-01")


def joined_by_hand(entry: Entry) -> Entry:
    return entry._replace(msgstr="Up.", seals=(Seal(SealKind.JOINED, pair_digest(FIRST, "Up.")),))


def chinese(entry: Entry) -> Entry:
    return entry._replace(msgstr=FIRST)


def converted(entry: Entry) -> Entry:
    return edit.set_converted(entry, "Up.", "hk2s")


@pytest.mark.parametrize("what", [draft, joined_on_the_page, joined_by_hand, chinese, converted])
def test_what_no_person_finished_takes_no_part(room: Newsroom, what: Callable[[edit.Entry], object]) -> None:
    change(room, what)
    assert told(room) == []


def test_of_a_converted_locale_only_corrections_take_part(room: Newsroom) -> None:
    assert told(room, "zh_Hans") == []
    change(room, lambda entry: edit.set_text(entry, "柳钢一季度增产。", "Ann", "2026-01-01"), locale="zh_Hans")
    assert told(room, "zh_Hans") == [("柳钢一季度增产。", 100, "b")]
    assert told(room, "en") == []


def test_what_has_gone_from_an_article_is_still_remembered(room: Newsroom) -> None:
    room.translate({SECOND: "Up in Q2."}, name="b")
    room.write("現在說的是完全不同的事情。\n", "b.txt")
    sync(room)
    assert Key(None, SECOND) in room.catalogue("en", "b").obsolete
    assert told(room) == [("Up in Q2.", 90, "b")]


# The index ---------------------------------------------------------------------------------------------------------


def indexed(room: Newsroom) -> None:
    """Let the index hold documents with a translation, an approved one, an obsolete one, a correction and a draft."""
    room.translate({FIRST: "Up in Q1.", SECOND: "Up in Q2."}, name="b")
    change(room, lambda entry: edit.approve(entry, "Eve", "2025-01-02"))
    change(room, lambda entry: edit.set_text(entry, "柳钢一季度增产。", "Ann", "2026-01-01"), locale="zh_Hans")
    change(room, draft, OTHER, "a")
    room.write(f"{FIRST}\n", "b.txt")
    room.sync()


def test_of_unchanged_documents_no_catalogue_is_read(room: Newsroom, monkeypatch: pytest.MonkeyPatch) -> None:
    indexed(room)
    monkeypatch.setattr(po, "loads", lambda *_: pytest.fail("a catalogue is read"))
    assert told(room) == [("Up in Q1.", 100, "b"), ("Up in Q2.", 90, "b")]
    assert told(room, "zh_Hans") == [("柳钢一季度增产。", 100, "b")]


@pytest.mark.parametrize(
    "value", [b"", b"[]", b'{"en": [["a", "b", 1, "", 2]]}', b'{"en": [[1, "b", 1, "", null]]}', None]
)
def test_with_and_without_the_index_the_matches_are_the_same(room: Newsroom, value: bytes | None) -> None:
    indexed(room)
    before = told(room), told(room, "zh_Hans")
    if value is None:
        (room.root / INDEX_NAME).unlink()
    else:
        store = Store(Inside(room.root) / INDEX_NAME)
        store.put("b", {"memory": value})
        store.close()
    assert (told(room), told(room, "zh_Hans")) == before


# What changed ------------------------------------------------------------------------------------------------------


def test_a_save_a_new_document_and_one_that_went_are_seen(room: Newsroom) -> None:
    held = matches(room)
    assert held.of("a", "en", KEY) == ()
    room.translate({FIRST: "Up."}, name="b")
    assert [each.entry.target for each in held.of("a", "en", KEY)] == ["Up."]
    room.translate({FIRST: "More."}, name="b")
    assert [each.entry.target for each in held.of("a", "en", KEY)] == ["More."]
    room.write(f"{SECOND}\n", "c.txt")
    sync(room)
    room.translate({SECOND: "Up in Q2."}, name="c")
    assert [each.entry.origin for each in held.of("a", "en", KEY)] == ["b", "c"]
    source = room.source("b.txt").rename(room.source("b.gone"))
    assert [each.entry.origin for each in held.of("a", "en", KEY)] == ["c"]
    source.rename(room.source("b.txt"))
    assert [each.entry.origin for each in held.of("a", "en", KEY)] == ["b", "c"]


def test_a_damaged_or_missing_catalogue_is_left_out(room: Newsroom) -> None:
    room.translate({FIRST: "Up."}, name="b")
    room.translate({OTHER: "Fine."}, name="a")
    held, path = matches(room), room.po_path("en", "b")
    good = path.read_bytes()
    path.write_bytes(good + b'msgid "cut')
    assert held.of("a", "en", KEY) == ()
    assert [each.entry.target for each in held.of("b", "en", Key(None, OTHER))] == ["Fine."]
    path.write_bytes(good)
    assert [each.entry.target for each in held.of("a", "en", KEY)] == ["Up."]
    path.unlink()
    path.mkdir()
    assert held.of("a", "en", KEY) == ()


@pytest.fixture
def reads(monkeypatch: pytest.MonkeyPatch) -> list[str]:
    """The catalogues as they are read."""
    seen: list[str] = []
    read = po.loads

    def counted(data: bytes, path: Path, locale: str) -> Catalogue:
        seen.append(f"{locale} {path.stem}")
        return read(data, path, locale)

    monkeypatch.setattr(po, "loads", counted)
    return seen


def test_a_catalogue_is_read_once_for_each_change(room: Newsroom, reads: list[str]) -> None:
    held = matches(room)
    for _ in range(3):
        held.of("a", "en", KEY)
    assert sorted(reads) == ["en a", "en b"]
    path = room.po_path("en", "b")
    os.utime(path, ns=(0, path.stat().st_mtime_ns + 1))
    held.of("a", "en", KEY)
    assert len(reads) == 2, "another time is no change"
    room.translate({FIRST: "Up."}, name="b")
    del reads[2:]  # what the test itself has read
    held.of("a", "en", KEY)
    held.of("a", "en", KEY)
    assert reads[2:] == ["en b"]


@pytest.mark.parametrize(
    ("took", "after", "seen"), [(0.1, 0.9, False), (0.1, 1.1, True), (9, 9.9, False), (9, 10.1, True)]
)
def test_after_looking_it_rests(room: Newsroom, took: float, after: float, *, seen: bool) -> None:
    times = iter([0, 0, 0, took, took + after, took + after])
    opened = OpenProject(find_project(room.root))
    held = Matches(opened, Known(opened), lambda: next(times))
    held.of("a", "en", KEY)  # takes no time
    held.of("a", "en", KEY)
    room.translate({FIRST: "Up."}, name="b")
    assert bool(held.of("a", "en", KEY)) is seen


def test_while_one_reads_the_first_time_others_wait_and_later_they_do_not(
    room: Newsroom, monkeypatch: pytest.MonkeyPatch
) -> None:
    room.translate({FIRST: "Up."}, name="b")
    gate, begun, read, held = threading.Event(), threading.Event(), po.loads, matches(room)
    found: list[int] = []

    def slow(data: bytes, path: Path, locale: str) -> Catalogue:
        begun.set()
        assert gate.wait(60)
        return read(data, path, locale)

    monkeypatch.setattr(po, "loads", slow)
    asking = [threading.Thread(target=lambda: found.append(len(held.of("a", "en", KEY)))) for _ in range(4)]
    for each in asking:
        each.start()
    assert begun.wait(60)
    assert not found
    gate.set()
    for each in asking:
        each.join()
    assert found == [1] * 4
    gate.clear()
    begun.clear()
    path = room.po_path("en", "b")
    path.unlink()
    room.po_path("en", "a").write_bytes(b"")
    reader = threading.Thread(target=held.of, args=("a", "en", KEY))
    reader.start()
    assert begun.wait(60)
    assert [each.entry.target for each in held.of("a", "en", KEY)] == ["Up."]  # would hang
    gate.set()
    reader.join()
    assert held.of("a", "en", KEY) == ()


def test_nothing_is_written_and_an_unknown_locale_is_refused(room: Newsroom) -> None:
    before = room.tree(".")
    held = matches(room)
    held.of("a", "en", KEY)
    assert held.of("no such document", "en", KEY) == ()
    with pytest.raises(ConfigError, match="no locale 'fr'"):
        held.of("a", "fr", KEY)
    assert room.tree(".") == before
