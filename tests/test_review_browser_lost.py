"""Nothing is lost: conflicts, two browsers, units that vanish, and the end of a server or a tab."""

from __future__ import annotations

import os
import signal
import subprocess
import sys
from collections.abc import Iterator
from contextlib import contextmanager
from typing import Any

import pytest
from playwright.sync_api import expect

from browser import Window, text_of, window
from conftest import Newsroom
from served import Served, synced

ARTICLE = "題目\n\n第一句。第二句。\n\n第三句。\n"


@pytest.fixture
def room(newsroom: Newsroom) -> Newsroom:
    newsroom.write(ARTICLE)
    synced(newsroom)
    newsroom.translate({"第一句。": "The first sentence is short."})
    return newsroom


@pytest.fixture
def reader(served: Served, request: pytest.FixtureRequest) -> Iterator[Window]:
    with window(request.config, served) as opened:
        opened.article()
        yield opened


def come_back(reader: Window) -> None:
    """What a browser does when its window is looked at again."""
    reader.page.evaluate("dispatchEvent(new Event('focus'))")


# Another program -------------------------------------------------------------------------------------------------


def test_a_change_from_outside_is_told_before_one_types(room: Newsroom, reader: Window) -> None:
    expect(reader.page.locator("#changed")).to_be_hidden()
    room.translate({"第一句。": "Theirs."})
    reader.editor("第二句。").fill("My draft.")
    come_back(reader)
    expect(reader.page.locator("#changed")).to_be_visible()
    expect(reader.page.locator("#changed .number")).to_have_text("1")
    expect(reader.card("第一句。").locator(".stale-card")).to_be_visible()
    expect(reader.page.locator(".stale-card")).to_have_count(1)
    reader.page.locator("#changed button").click()
    expect(reader.editor("第一句。")).to_have_value("Theirs.")
    expect(reader.editor("第二句。")).to_have_value("My draft.")
    expect(reader.page.locator("#changed")).to_be_hidden()


def test_our_own_saves_are_no_change_from_outside(reader: Window) -> None:
    for source in ("第二句。", "第三句。"):
        reader.editor(source).fill("Done.")
        reader.act(source, "save")
        expect(reader.card(source)).to_have_attribute("data-state", "translated")
    with reader.page.expect_response("**/stamp?*"):
        come_back(reader)
    reader.page.wait_for_load_state("networkidle")
    expect(reader.page.locator("#changed")).to_be_hidden()


def conflict(room: Newsroom, reader: Window, theirs: str, mine: str) -> None:
    """Both change the first sentence, they first."""
    reader.editor("第一句。").fill(mine)
    room.translate({"第一句。": theirs})
    reader.act("第一句。", "save")
    card = reader.card("第一句。")
    expect(card).to_contain_class("conflict")
    expect(card.locator(".theirs")).to_have_text(theirs)
    expect(reader.editor("第一句。")).to_have_value(mine)
    expect(reader.page.locator("#say")).to_contain_text("This unit has changed since you opened it")
    assert text_of(room, "第一句。") == theirs


def test_keep_mine(room: Newsroom, reader: Window) -> None:
    conflict(room, reader, "Theirs.", "Mine.")
    reader.card("第一句。").locator("[data-choice=mine]").click()
    expect(reader.card("第一句。")).not_to_contain_class("conflict")
    assert text_of(room, "第一句。") == "Mine."
    reader.page.reload()
    expect(reader.page.locator(".draft-note")).to_have_count(0)


def test_take_theirs(room: Newsroom, reader: Window) -> None:
    conflict(room, reader, "Theirs.", "Mine.")
    reader.card("第一句。").locator("[data-choice=theirs]").click()
    expect(reader.card("第一句。")).not_to_contain_class("conflict")
    expect(reader.editor("第一句。")).to_have_value("Theirs.")
    reader.page.reload()
    expect(reader.editor("第一句。")).to_have_value("Theirs.")
    expect(reader.page.locator(".draft-note")).to_have_count(0)
    assert text_of(room, "第一句。") == "Theirs."


def test_merge(room: Newsroom, reader: Window) -> None:
    conflict(room, reader, "Our first sentence is short.", "The first sentence is long.")
    reader.card("第一句。").locator("[data-choice=merge]").click()
    expect(reader.editor("第一句。")).to_have_value("Our first sentence is long.")
    reader.keys("Control+Enter")
    expect(reader.card("第一句。")).not_to_contain_class("conflict")
    assert text_of(room, "第一句。") == "Our first sentence is long."


def test_merge_of_the_same_place_is_left_to_the_person(room: Newsroom, reader: Window) -> None:
    conflict(room, reader, "The first sentence is brief.", "The first sentence is long.")
    reader.card("第一句。").locator("[data-choice=merge]").click()
    expect(reader.page.locator("#say")).to_contain_text("same place")
    expect(reader.editor("第一句。")).to_have_value("The first sentence is long.")
    expect(reader.editor("第一句。")).to_be_focused()


def test_a_conflict_left_open_survives_a_reload(room: Newsroom, reader: Window) -> None:
    conflict(room, reader, "Theirs.", "Mine.")
    reader.page.on("dialog", lambda dialog: dialog.accept())
    reader.page.reload()
    expect(reader.editor("第一句。")).to_have_value("Theirs.")
    note = reader.card("第一句。").locator(".draft-note")
    expect(note.locator(".text")).to_have_text("Mine.")
    note.locator("[data-use]").click()
    expect(reader.editor("第一句。")).to_have_value("Mine.")


# Two people ------------------------------------------------------------------------------------------------------


def test_two_browsers_on_one_document(room: Newsroom, served: Served, request: pytest.FixtureRequest) -> None:
    with window(request.config, served, "Ann") as ann, window(request.config, served, "Bob") as bob:
        for each in (ann, bob):
            each.article()
        ann.editor("第一句。").fill("Ann's first.")
        bob.editor("第二句。").fill("Bob's second.")
        bob.editor("第一句。").fill("Bob's first.")
        for each, source in ((ann, "第一句。"), (bob, "第二句。")):
            each.act(source, "approve")
            expect(each.card(source)).to_have_attribute("data-state", "approved")
        bob.act("第一句。", "save")
        expect(bob.card("第一句。").locator(".theirs")).to_have_text("Ann's first.")
        assert (text_of(room, "第一句。"), text_of(room, "第二句。")) == ("Ann's first.", "Bob's second.")
        come_back(ann)
        expect(ann.card("第二句。").locator(".stale-card")).to_be_visible()
        ann.page.locator("#changed button").click()
        expect(ann.card("第二句。").locator(".by")).to_contain_text("Bob")
        expect(ann.card("第一句。").locator(".by")).to_contain_text("Ann")


# Units that vanish -----------------------------------------------------------------------------------------------


def test_the_text_of_a_unit_that_vanished_is_kept(room: Newsroom, reader: Window) -> None:
    reader.editor("第二句。").fill("Mine of the second.")
    room.write(ARTICLE.replace("第二句。", ""))
    synced(room)
    reader.allowed.add("404")  # it asks whether the unit is elsewhere
    reader.act("第二句。", "save")
    gone = reader.page.locator("article.gone")
    expect(gone).to_contain_text("no longer in the document")
    expect(gone.locator(".text")).to_have_text("Mine of the second.")
    reader.page.reload()
    lost = reader.page.locator("#lost li")
    expect(lost.locator(".text")).to_have_text("Mine of the second.")
    expect(lost.locator(".label")).to_contain_text("no longer in the document")
    lost.locator("[data-discard]").click()
    expect(reader.page.locator("#lost")).to_be_hidden()
    reader.page.reload()
    expect(reader.page.locator("#lost")).to_be_hidden()


def test_the_draft_of_a_unit_that_vanished_before_the_save(room: Newsroom, reader: Window) -> None:
    reader.editor("第二句。").fill("Mine of the second.")
    room.write(ARTICLE.replace("第二句。", ""))
    synced(room)
    reader.allowed.add("404")
    reader.tab()
    reader.article()
    expect(reader.page.locator("#lost .text")).to_have_text("Mine of the second.")
    expect(reader.page.locator("#lost .label")).to_contain_text("no longer in the document")


# Crashes ---------------------------------------------------------------------------------------------------------


class Process:
    """A server in a process of its own, to be killed."""

    def __init__(self, room: Newsroom, port: int = 0) -> None:
        self.process = subprocess.Popen(
            [sys.executable, "-m", "l10n_flow", "review", "--no-browser", "--port", str(port)],
            cwd=room.root, stdout=subprocess.PIPE, stderr=subprocess.DEVNULL, text=True,
        )  # fmt: skip
        assert self.process.stdout is not None
        self.url = self.process.stdout.readline().strip()
        self.port = int(self.url.split(":")[2].split("/")[0])

    def kill(self) -> None:
        os.kill(self.process.pid, signal.SIGKILL)
        self.process.communicate()


@contextmanager
def processes(room: Newsroom) -> Iterator[list[Process]]:
    running = [Process(room)]
    try:
        yield running
    finally:
        for each in running:
            if each.process.poll() is None:
                each.kill()


def test_drafts_survive_the_death_of_the_server(room: Newsroom, request: pytest.FixtureRequest) -> None:
    with processes(room) as running:
        served: Any = Served(server=None, told=[running[0].url], root=room.root)  # type: ignore[arg-type]
        with window(request.config, served) as reader:
            reader.article()
            reader.allowed.add("server")
            reader.editor("第二句。").fill("Written before the crash.")
            running[0].kill()
            reader.act("第二句。", "save")
            expect(reader.page.locator("#say")).to_contain_text("the server does not answer")
            expect(reader.editor("第二句。")).to_have_value("Written before the crash.")
            assert text_of(room, "第二句。") == ""
            running.append(Process(room, running[0].port))
            reader.page.on("dialog", lambda dialog: dialog.accept())
            reader.page.goto(running[1].url)
            reader.article()
            expect(reader.editor("第二句。")).to_have_value("Written before the crash.")
            expect(reader.card("第二句。").locator(".draft-note")).to_be_visible()
            reader.act("第二句。", "save")
            expect(reader.card("第二句。")).to_have_attribute("data-state", "translated")
            assert text_of(room, "第二句。") == "Written before the crash."


def test_drafts_survive_the_death_of_the_tab(room: Newsroom, reader: Window) -> None:
    reader.editor("第二句。").fill("Written before the crash.")
    reader.editor("第一句。").fill("Corrected.")
    reader.page.close(run_before_unload=False)
    reader.tab()
    reader.article()
    expect(reader.editor("第二句。")).to_have_value("Written before the crash.")
    expect(reader.editor("第一句。")).to_have_value("Corrected.")
    expect(reader.card("第二句。").locator(".unsaved")).to_be_visible()
    reader.card("第一句。").locator(".draft-note [data-discard]").click()
    expect(reader.editor("第一句。")).to_have_value("The first sentence is short.")
    reader.editor("第二句。").press("Control+Enter")
    expect(reader.card("第二句。")).to_have_attribute("data-state", "translated")
    assert text_of(room, "第二句。") == "Written before the crash."
    reader.page.reload()
    expect(reader.page.locator(".draft-note")).to_have_count(0)


def test_leaving_with_unsaved_text_asks(reader: Window) -> None:
    asked: list[str] = []
    reader.page.on("dialog", lambda dialog: (asked.append(dialog.type), dialog.accept()))
    reader.page.reload()
    assert asked == []
    reader.editor("第二句。").click()
    reader.page.keyboard.type("Mine")
    reader.page.reload()
    assert asked == ["beforeunload"]
