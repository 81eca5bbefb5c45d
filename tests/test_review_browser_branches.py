"""Two texts of two branches on the review page: side by side, and one click from being chosen."""

from __future__ import annotations

from collections.abc import Iterator

import pytest
from playwright.sync_api import expect

from browser import Window, window
from conftest import Newsroom
from served import Served
from test_branches import branches, commit, git, pytestmark, team  # noqa: F401  # the fixture, and what skips

ONE = "The river runs through the old city."
TWO = "A river runs through the city."
BEFORE = "The river runs through the city."


@pytest.fixture
def room(team: Newsroom) -> Newsroom:  # noqa: F811
    team.translate({"第一句。": BEFORE})
    commit(team, "translated")
    branches(team, {"第一句。": ONE}, {"第一句。": TWO})
    git(team, "merge", "one", code=1)
    return team


@pytest.fixture
def reader(served: Served, request: pytest.FixtureRequest) -> Iterator[Window]:
    with window(request.config, served) as opened:
        opened.article()
        yield opened


def test_both_stand_beside_the_text_before_them_and_one_is_taken(room: Newsroom, reader: Window) -> None:
    card = reader.card("第一句。")
    expect(card.locator(".versions .text").first).to_have_text(BEFORE)
    expect(card.locator(".versions :is(ins, del)")).to_have_count(3)
    expect(card.locator(".remarks")).to_contain_text("two branches say different things")
    card.get_by_role("button", name="Take this text").first.click()
    expect(reader.editor("第一句。")).to_have_value(TWO)
    reader.act("第一句。", "save")
    expect(reader.card("第一句。").locator(".versions")).to_have_count(0)
    assert room.run("resolve").code == 0


def test_changes_at_different_places_are_put_together(room: Newsroom, reader: Window) -> None:
    reader.card("第一句。").get_by_role("button", name="Merge").click()
    expect(reader.editor("第一句。")).to_have_value("A river runs through the old city.")
    reader.act("第一句。", "approve")
    expect(reader.card("第一句。").locator(".versions")).to_have_count(0)
    assert room.run("resolve").code == 0
