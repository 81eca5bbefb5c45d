"""What needs a person: counted and named, from small newsrooms."""

from __future__ import annotations

from collections.abc import Callable

import pytest

from conftest import Newsroom
from l10n_flow.catalogue import Entry, edit
from l10n_flow.errors import ConfigError, SourceError
from l10n_flow.model import Key
from l10n_flow.project import find_project
from l10n_flow.work.extract import convert, extract
from l10n_flow.work.todo import NAMED, TodoResult, todo

SOURCE = "第一句。第二句（二）。\n"
FIRST, SECOND = "第一句。", "第二句（二）。"
DONE = {FIRST: "The first.", SECOND: "The second (2)."}


def sync(room: Newsroom) -> None:
    project = find_project(room.root)
    assert not extract(project).failures
    assert not convert(project, upgrade=False, dry_run=False).failures


def found(room: Newsroom, *names: str, locales: tuple[str, ...] = ()) -> TodoResult:
    return todo(find_project(room.root), names, locales)


def configure(room: Newsroom, text: str) -> None:
    path = room.root / "l10n-flow.toml"
    path.write_text(path.read_text("utf-8") + text, "utf-8")


@pytest.fixture
def room(newsroom: Newsroom) -> Newsroom:
    """A document whose translations are all done."""
    newsroom.write(SOURCE)
    sync(newsroom)
    newsroom.translate(DONE)
    return newsroom


def change(room: Newsroom, what: Callable[[Entry], Entry], locale: str = "en") -> None:
    room.edit_unit(locale, what, FIRST)


def test_nothing_to_do(room: Newsroom) -> None:
    assert found(room) == TodoResult(())
    assert found(room).total == 0


@pytest.mark.parametrize(
    ("what", "need"),
    [
        (lambda entry: edit.set_text(entry, "", "Ann", "2026-01-01"), "untranslated"),
        (lambda entry: edit.set_needs_editing(entry, "The frist."), "needs-editing"),
        (lambda entry: edit.set_text(entry, "The 第一 first.", "Ann", "2026-01-01"), "error"),
        (lambda entry: edit.set_text(entry, "The (first.", "Ann", "2026-01-01"), "error"),
    ],
    ids=["empty", "draft", "han", "bracket"],
)
def test_why_a_unit_needs_a_person(room: Newsroom, what: Callable[[Entry], Entry], need: str) -> None:
    change(room, what)
    (row,) = found(room).rows
    assert (row.document, row.locale, dict(row.counts), row.total) == ("a", "en", {need: 1}, 1)
    assert [(unit.need, unit.id, unit.key.source) for unit in row.units] == [(need, Key(None, FIRST).digest[:8], FIRST)]


def test_an_ignored_error_needs_nobody(room: Newsroom) -> None:
    change(room, lambda entry: edit.set_text(entry, "The (first.", "Ann", "2026-01-01"))
    change(room, lambda entry: edit.ignore(entry, "quotes-unbalanced", "a smiley"))
    assert found(room).rows == ()


def test_a_warning_needs_nobody_until_it_is_an_error(room: Newsroom) -> None:
    change(room, lambda entry: edit.set_text(entry, "The first", "Ann", "2026-01-01"))
    assert found(room).rows == ()
    configure(room, '\n[checks.severity]\nend-punctuation = "error"\n')
    assert [dict(row.counts) for row in found(room).rows] == [{"error": 1}]


def test_a_stale_correction_is_the_converted_locale_s(room: Newsroom) -> None:
    change(room, lambda entry: edit.set_text(entry, "头一句。", "Ann", "2026-01-01"), "zh_Hans")
    room.write(SOURCE.replace("第一句。", "第一句話。"))
    sync(room)
    assert [(row.locale, dict(row.counts)) for row in found(room).rows] == [
        ("zh_Hans", {"stale": 1}),
        ("en", {"needs-editing": 1}),
    ]


def test_translations_wait_for_the_approval_their_locale_requires(room: Newsroom) -> None:
    configure(room, 'require = "approved"\n')
    assert [dict(row.counts) for row in found(room).rows] == [{"waiting": 2}]
    change(room, lambda entry: edit.approve(entry, "Ann", "2026-01-01"))
    (row,) = found(room).rows
    assert [(unit.key.source, unit.target) for unit in row.units] == [(SECOND, DONE[SECOND])]


def test_a_few_are_named_in_document_order_and_all_are_counted(newsroom: Newsroom) -> None:
    newsroom.write("".join(f"第{number}句。" for number in range(NAMED + 3)) + "\n")
    sync(newsroom)
    (row,) = found(newsroom).rows
    assert dict(row.counts) == {"untranslated": NAMED + 3}
    assert [unit.key.source for unit in row.units] == [f"第{number}句。" for number in range(NAMED)]


def test_documents_and_locales_can_be_chosen(room: Newsroom) -> None:
    room.write("另一篇。\n", "b.txt")
    sync(room)
    assert [row.document for row in found(room).rows] == ["b"]
    assert found(room, "a").rows == found(room, "b", locales=("zh_Hans",)).rows == ()
    with pytest.raises(SourceError):
        found(room, "c")
    with pytest.raises(ConfigError):
        found(room, locales=("fr",))


def test_a_damaged_catalogue_hides_no_other_document(room: Newsroom) -> None:
    room.write("另一篇。\n", "b.txt")
    sync(room)
    room.po_path("en").write_bytes(b'msgid "half')
    result = found(room)
    assert [failure.document for failure in result.failures] == ["a"]
    assert [row.document for row in result.rows] == ["b"]


def test_a_missing_termbase_is_a_failure_of_each_document(room: Newsroom) -> None:
    path = room.root / "l10n-flow.toml"
    path.write_text(path.read_text("utf-8").replace("[project]\n", '[project]\ntermbase = "no.csv"\n'), "utf-8")
    result = found(room)
    assert [failure.document for failure in result.failures] == ["a"]
    assert "no.csv" in str(result.failures[0].error)


def test_all_are_named_when_asked_for(newsroom: Newsroom) -> None:
    newsroom.write("".join(f"第{number}句。" for number in range(NAMED + 3)) + "\n")
    sync(newsroom)
    few, everything = newsroom.run("status", "--todo"), newsroom.run("status", "--todo", "--all")
    assert "  and 3 more units (--all names every one)" in few.out.splitlines()
    assert [line.count("/u/en/a/") for line in (few.out, everything.out)] == [NAMED, NAMED + 3]
    assert "more" not in everything.out
    assert newsroom.run("status", "--all").code == 2
