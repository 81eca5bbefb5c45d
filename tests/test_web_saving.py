"""What the page says after a save, and that it is true: saved, withdrawn, to look at, not there yet."""

from __future__ import annotations

import re

import pytest

from conftest import Newsroom
from l10n_flow.errors import CatalogueError
from l10n_flow.project import load_project
from l10n_flow.review import page as review
from l10n_flow.review.page.model import Filter, Reader, ReviewUnit
from l10n_flow.review.reading import ProjectView
from served import Answer, Served, path_of, serving, synced
from test_web import fields_of, text_of


@pytest.fixture
def room(newsroom: Newsroom) -> Newsroom:
    newsroom.write("題目\n\n第一句有 {name}。第二句。\n\n第三句。\n")
    synced(newsroom)
    return newsroom


def said(answer: Answer) -> str:
    found = re.search(r'<div id="say"[^>]*>(.*?)</div>', answer.text, re.DOTALL)
    assert found, answer.text
    return found[1].strip()


WITHDRAWN = "The approval is withdrawn, for the text has changed."


def test_a_save_says_what_its_author_may_not_expect(served: Served) -> None:
    ann, bob = served.browser("Ann"), served.browser("Bob")
    for browser, action, text, expected in (
        (ann, "save", "The first has {name}.", "Saved."),
        (bob, "approve", "The first has {name}.", "Approved."),
        (ann, "save", "This first has {name}.", f"Saved. {WITHDRAWN}"),
        (bob, "approve", "This first has {name}.", "Approved."),
        (ann, "needs-editing", "This first has {name}.", f"Saved; it needs editing. {WITHDRAWN}"),
        (bob, "approve", "One has {name}.", "Approved."),
        (ann, "save", "One has.", f"Saved. {WITHDRAWN} Errors to look at: 1."),
        (bob, "approve", "One has.", "Approved. Errors to look at: 1."),
        (bob, "approve", "One has.", "Nothing to save: it is so already. Errors to look at: 1."),
        (bob, "approve", "One has {name}", "Approved. Findings to look at: 1."),
        (bob, "unapprove", "", "Your approval is taken back."),
        (bob, "needs-editing", "A draft of {name}.", "Saved; it needs editing."),
        (bob, "save", "", "Saved."),
    ):
        answer = browser.edit(**fields_of(browser, 1), action=action, text=text)
        assert (answer.status, said(answer)) == (200, expected)


def test_what_is_refused_is_a_sentence(served: Served) -> None:
    browser = served.browser("Ann")
    for fields, expected in (
        ({"action": "reject", "note": ""}, "Say why in a note."),
        ({"action": "approve"}, "There is no translation, or Chinese is left in it; it cannot be approved yet."),
        ({"action": "save", "text": "a\x07"}, "There is the control character U+0007 in it; take it out."),
    ):
        answer = browser.edit(**fields_of(browser, 1), **fields)
        assert (answer.status, said(answer)) == (422, expected)
        assert f'<p class="alert">{expected}</p>' in answer.text


def test_what_is_saved_is_told_so_when_the_document_has_moved_on(room: Newsroom, served: Served) -> None:
    browser = served.browser("Ann")
    fields = {**fields_of(browser, 3), "action": "save"}
    room.write("題目\n\n第一句有 {name}。第二句。\n")
    assert browser.get(path_of("a")).status == 200, "it has noticed"
    answer = browser.edit(**fields, text="The <third>.")
    assert (answer.status, said(answer)) == (
        200,
        "Saved. The document has changed meanwhile, and this unit is no longer in it.",
    )
    assert "The &lt;third&gt;." in answer.text
    assert 'id="progress"' in answer.text
    assert text_of(room, "第三句。") == "The <third>."
    base = re.search(r'data-base="([0-9a-f]+)"', answer.text)
    assert base
    page = browser.post("/edit", {**fields, "base": base[1], "text": "Number three."})
    assert (page.status, "Saved. The document has changed" in page.text) == (200, True)
    assert text_of(room, "第三句。") == "Number three."
    room.write("", "a.txt")
    (room.root / "source/a.txt").unlink()
    answer = browser.edit(**{**fields, "text": "Number three."})
    assert (answer.status, said(answer).startswith("Nothing to save")) == (200, True)


def test_what_is_saved_is_told_so_when_it_cannot_be_shown(
    room: Newsroom, served: Served, monkeypatch: pytest.MonkeyPatch
) -> None:
    browser = served.browser("Ann")
    fields = fields_of(browser, 1)

    def damaged(*_: object, **__: object) -> None:
        raise CatalogueError("is damaged")

    monkeypatch.setattr(ProjectView, "unit", damaged)
    answer = browser.edit(**fields, action="save", text="Kept {name}.")
    assert (answer.status, said(answer)) == (200, "Saved. It cannot be shown, though: is damaged.")
    monkeypatch.setattr(ProjectView, "unit", lambda *_, **__: 1 // 0)
    answer = browser.edit(**fields_of(browser, 2), action="save", text="Kept too.")
    assert answer.status == 500
    assert answer.text.startswith("It was saved, but cannot be shown.")
    assert text_of(room, "第二句。") == "Kept too."


@pytest.mark.parametrize("gone", ["unit", "catalogue"])
def test_what_is_not_in_the_catalogue_yet_is_told_so(room: Newsroom, served: Served, gone: str) -> None:
    browser = served.browser("Ann")
    fields = {**fields_of(browser, 1), "action": "save", "text": "Early <bird>."}
    if gone == "catalogue":
        room.po_path("en").unlink()
    else:
        text = room.po_path("en").read_text()
        room.po_path("en").write_text(re.sub(r'#\. paragraph\nmsgid "第一句.*?\n\n', "", text, flags=re.DOTALL))
    answer = browser.edit(**fields)
    told = "This unit is not in the catalogue yet; nothing was saved. Run: l10n-flow sync"
    assert (answer.status, said(answer).rstrip(".")) == (422, told)
    assert "Early &lt;bird&gt;." in answer.text


def test_without_script_the_next_page_says_what_was_done(served: Served, monkeypatch: pytest.MonkeyPatch) -> None:
    pages: list[str] = []
    render = review.render_review
    monkeypatch.setattr(review, "render_review", lambda page: pages.append(page.said) or render(page))
    browser = served.browser("Ann")
    fields = {**fields_of(browser, 1), "action": "save", "text": "By hand."}
    assert browser.get(browser.post("/edit", fields).location).status == 303
    assert browser.get(path_of("a")).status == 200
    assert pages[-1] == "Saved. Errors to look at: 1."


# Rejections -------------------------------------------------------------------------------------------------------


def unit_of(room: Newsroom, reader: Reader, number: int = 1) -> ReviewUnit:
    page = ProjectView(load_project(room.root / "l10n-flow.toml")).article("a", "en", Filter(), reader)
    return [unit for block in page.blocks for unit in block.units][number]


@pytest.mark.parametrize(
    ("action", "text", "told"),
    [
        ("save", "Another.", "This text is approved. Save another one over it?"),
        ("needs-editing", "Another.", "This text is approved. Save another one over it?"),
        ("save", "", "The field is empty. Save without a translation?"),
    ],
)
def test_without_script_a_page_asks_first(room: Newsroom, served: Served, action: str, text: str, told: str) -> None:
    ann = served.browser("Ann")
    ann.edit(**fields_of(ann, 2), action="approve", text="The third.")
    fields = fields_of(ann, 2)
    answer = ann.post("/edit", {**fields, "action": action, "text": text})
    assert (answer.status, told in answer.text) == (200, True)
    assert text_of(room, "第二句。") == "The third."
    sure = re.search(r'name="sure" value="([^"]+)"', answer.text)
    assert sure
    assert ann.post("/edit", {**fields, "action": action, "text": text, "sure": "0"}).status == 200
    assert text_of(room, "第二句。") == "The third."
    assert ann.post("/edit", {**fields, "action": action, "text": text, "sure": sure[1]}).status == 303
    assert text_of(room, "第二句。") == text


def test_without_script_nothing_is_asked_where_nothing_is_lost(served: Served) -> None:
    ann = served.browser("Ann")
    ann.edit(**fields_of(ann, 2), action="save", text="The third.")
    for action, text in (("save", "The third one."), ("approve", "The third one."), ("save", "The third one.")):
        assert ann.post("/edit", {**fields_of(ann, 2), "action": action, "text": text}).status == 303


def test_a_rejection_is_seen_as_one(room: Newsroom, served: Served) -> None:
    ann, rita = served.browser("Ann"), served.browser("Rita")
    assert ann.edit(**fields_of(ann, 2), action="save", text="Second.").status == 200
    assert ann.edit(**fields_of(ann, 2), action="note", note="is it?").status == 200
    answer = rita.edit(**fields_of(rita, 2), action="reject", note="wrong word", text="")
    assert (answer.status, said(answer)) == (200, "Rejected.")
    assert ann.edit(**fields_of(ann, 2), action="note", note="sorry").status == 200
    assert re.search(r"# l10n-flow: rejected by Rita on \d{4}-\d\d-\d\d: wrong word\n", room.po_path("en").read_text())
    notes = [(note.name, note.text) for note in unit_of(room, Reader("Ann"), 2).signatures.notes]
    assert notes == [("Ann", "is it?"), ("Rita", "wrong word"), ("Ann", "sorry")]
    assert "rejected" in rita.get("/").text


# Who is offered what ----------------------------------------------------------------------------------------------


def test_what_cannot_be_approved_is_not_offered(room: Newsroom) -> None:
    config = room.root / "l10n-flow.toml"
    before = config.read_text()
    room.translate({"第二句。": "Second."})  # by another program: nobody's
    with serving(room.root) as served:
        ann = served.browser("Ann")
        assert ann.edit(**fields_of(ann, 3), action="save", text="Third.").status == 200
    ann_, bob, tom = Reader("Ann"), Reader("Bob"), Reader("Tom", "translator")
    for reader, expected in ((ann_, [True] * 4), (bob, [True] * 4), (tom, [False] * 4)):
        assert [unit_of(room, reader, number).approvable for number in range(4)] == expected
    config.write_text(before.replace("[project]", "[project]\nforbid-own-approval = true"))
    for reader, expected in (
        (ann_, [False, False, True, False]),
        (bob, [False, False, True, True]),
        (tom, [False] * 4),
    ):
        assert [unit_of(room, reader, number).approvable for number in range(4)] == expected
    with serving(room.root) as served:
        for name, expected in (("Ann", [False, True]), ("Bob", [False, True, True])):
            browser = served.browser(name)
            done = [
                browser.edit(**fields_of(browser, number), action="approve") for number in range(1, len(expected) + 1)
            ]
            assert [answer.status == 200 for answer in done] == expected


def test_an_answer_to_a_save_offers_it_as_the_page_does(room: Newsroom, monkeypatch: pytest.MonkeyPatch) -> None:
    config = room.root / "l10n-flow.toml"
    config.write_text(config.read_text().replace("[project]", "[project]\nforbid-own-approval = true"))
    offered: list[bool] = []
    render = review.render_saved
    monkeypatch.setattr(
        review,
        "render_saved",
        lambda c, unit, *rest, **more: offered.append(unit.approvable) or render(c, unit, *rest, **more),
    )
    with serving(room.root) as served:
        ann, bob = served.browser("Ann"), served.browser("Bob")
        assert ann.edit(**fields_of(ann, 2), action="save", text="Second.").status == 200
        assert bob.edit(**fields_of(bob, 2), action="note", note="good").status == 200
        assert ann.edit(**fields_of(ann, 3), action="join").status == 200
        assert ann.edit(**fields_of(ann, 3), action="approve").status == 422, "nor what they joined"
        assert bob.edit(**fields_of(bob, 3), action="approve").status == 200
    assert offered[:3] == [False, True, False]
