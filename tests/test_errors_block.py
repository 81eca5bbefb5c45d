"""A unit with an error is not ready, wherever that is said, and nobody approves it by accident."""

from __future__ import annotations

import json
import re

import pytest

from conftest import Newsroom
from l10n_flow.project import load_project
from l10n_flow.review.page.context import waiting
from l10n_flow.review.page.model import NOBODY
from l10n_flow.review.reading import ProjectView
from l10n_flow.work.status import status
from l10n_flow.work.sync import sync
from served import Served

GOOD, WRONG, WARNED = "第一句。", "第二句(二)。", "第三句。"


@pytest.fixture
def room(newsroom: Newsroom) -> Newsroom:
    """Three sentences in English: one is right, one has an error, one a warning."""
    newsroom.write(f"題\n\n{GOOD}{WRONG}{WARNED}\n")
    newsroom.sync()
    newsroom.translate({"題": "Title", GOOD: "One.", WRONG: "Two (two.", WARNED: "Three"})
    return newsroom


def ready(room: Newsroom) -> dict[str, tuple[int, int]]:
    """Units that are ready, and with an error, in English as each place says it."""
    project = load_project(room.root / "l10n-flow.toml")
    rows = {"status": status(project).rows, "sync": sync(project).rows, "again": sync(project).rows}
    said = {name: next((row.ready, row.errors) for row in each if row.locale == "en") for name, each in rows.items()}
    progress = ProjectView(project).home(NOBODY).rows[0].progress[1]
    index = json.loads((room.root / "preview" / "build.json").read_text())["documents"]["a"]["index"]
    assert next(row["done_percent"] for row in index if row["locale"] == "en") == 100 * said["sync"][0] / 4
    return said | {"home": (progress.ready, progress.errors)}


def test_a_unit_with_an_error_is_not_ready_until_it_is_ignored_or_corrected(room: Newsroom) -> None:
    assert ready(room) == dict.fromkeys(("status", "sync", "again", "home"), (3, 1))
    [unit] = [each for each in json.loads(room.run("check", "--format", "json").out) if each["severity"] == "error"]
    assert room.run("ignore", unit["rule"], unit["unit"], "--locale", "en", "--reason", "so it is meant").code == 0
    assert ready(room) == dict.fromkeys(("status", "sync", "again", "home"), (4, 0))
    room.translate({WRONG: "Two (two).", GOOD: "(One."})
    assert ready(room) == dict.fromkeys(("status", "sync", "again", "home"), (3, 1))
    config = room.root / "l10n-flow.toml"
    config.write_text(f'{config.read_text()}[checks.severity]\nquotes-unbalanced = "warning"\n')
    assert ready(room) == dict.fromkeys(("status", "sync", "again", "home"), (4, 0))


def test_a_gate_finds_the_error_also_when_sync_remembers_the_document(room: Newsroom) -> None:
    project = load_project(room.root / "l10n-flow.toml")
    fresh = status(project, gate=True)
    sync(project)
    (room.root / "preview" / "index.html").unlink()
    assert status(project, gate=True) == fresh
    assert [each.rule for each in fresh.errors] == ["quotes-unbalanced"]
    assert status(project, locales=["en"]).rows == tuple(row for row in fresh.rows if row.locale == "en")
    room.translate({WRONG: "Two (two)."})
    assert not status(project, gate=True).errors


@pytest.mark.parametrize(
    ("settings", "code"),
    [
        ('conversion = "hk2s"', 0),
        ('conversion = "hk2s"\nrequire = "approved"', 1),
        ('missing = "omit"', 0),
        ('missing = "fail"', 1),
    ],
)
def test_a_gate_is_met_where_a_release_goes_out_without_the_text(newsroom: Newsroom, settings: str, code: int) -> None:
    """Traditional characters in a Simplified edition are an error, and no release ever holds them."""
    (newsroom.root / "l10n-flow.toml").write_text(f"[project]\n[locale.zh_Hans]\n{settings}\n", "utf-8")
    newsroom.write("題目\n\n後來，他走了。\n")
    newsroom.sync()
    newsroom.translate({"題目": "题目", "後來，他走了。": "後來，他离去了。"}, "zh_Hans")
    if "approved" in settings:
        newsroom.run("approve", "a", "--locale", "zh_Hans", "--by", "Ann", "--despite-errors")
    assert newsroom.run("check", "--locale", "zh_Hans", "--select", "traditional-in-simplified").code == 1
    assert newsroom.run("build").code == code
    assert newsroom.run("status", "--gate").code == code


def test_the_home_page_never_says_that_all_is_ready_beside_an_error(room: Newsroom) -> None:
    progress = ProjectView(load_project(room.root / "l10n-flow.toml")).home(NOBODY).rows[0].progress[1]
    assert [(str(word), number) for word, number, _ in waiting(progress)] == [("With an error", 1)]


def test_approve_refuses_errors_tells_warnings_and_can_be_told_to_go_on(room: Newsroom) -> None:
    ran = room.run("approve", "a", "--locale", "en", "--by", "Ann")
    assert "3 units approved, 1 not" in ran.out
    assert "it has an error" in ran.out
    assert "warning: " in ran.err
    assert "1 approved unit with 1 finding" in ran.err
    assert "--despite-errors" in ran.err
    told = json.loads(room.run("approve", "a", "--locale", "en", "--by", "Ann", "--format", "json").out)
    assert [each["rule"] for unit in told for each in unit["findings"]] == ["quotes-unbalanced", "end-punctuation"]
    assert [unit["outcome"] for unit in told] == ["unchanged", "unchanged", "refused", "unchanged"]
    ran = room.run("approve", "a", "--locale", "en", "--by", "Ann", "--despite-errors")
    assert "4 units approved, 0 not" in ran.out
    assert "2 approved units with 2 findings" in ran.err
    assert ready(room)["status"] == (3, 1)


def test_the_page_refuses_errors_and_asks_once_more(room: Newsroom, served: Served) -> None:
    browser = served.browser("Ann")
    shown = [*fields(browser.get("/d/a?locale=en").text)]
    answer = browser.post("/approve-shown", [("document", "a"), ("locale", "en"), *shown, ("next", "/d/a?locale=en")])
    assert "Approved: 3. With findings to look at: 1. Not approved: 1 (the checks find an error in it)." in answer.text
    assert room.po_path("en").read_text().count("l10n-flow: approved") == 3
    again = [*fields(answer.text)]
    assert len(again) == 2
    asked = [("document", "a"), ("locale", "en"), *again, ("despite-errors", "1"), ("next", "/d/a?locale=en")]
    assert browser.post("/approve-shown", asked).status == 303
    assert room.po_path("en").read_text().count("l10n-flow: approved") == 4


def fields(html: str) -> list[tuple[str, str]]:
    """The units and versions of the form that approves what is shown."""
    form = html.partition('action="/approve-shown"')[2].partition("</form>")[0]
    return re.findall(r'name="(unit|base)" value="([^"]+)"', form)
