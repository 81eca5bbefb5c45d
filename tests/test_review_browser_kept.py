"""What one types stays: drafts of texts and notes, two tabs, renamed documents; and the focus stays where one works."""

from __future__ import annotations

from collections.abc import Iterator

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
    newsroom.translate({"第一句。": "The first sentence."})
    return newsroom


@pytest.fixture
def reader(served: Served, request: pytest.FixtureRequest) -> Iterator[Window]:
    with window(request.config, served) as opened:
        opened.article()
        yield opened


def note_of(reader: Window, source: str):
    return reader.card(source).locator("details.more textarea[name=note]")


def open_note(reader: Window, source: str) -> None:
    reader.editor(source).focus()
    reader.keys("Alt+Shift+Enter")
    expect(note_of(reader, source)).to_be_focused()


# Notes -----------------------------------------------------------------------------------------------------------


def test_a_note_that_was_not_sent_survives_a_reload(reader: Window) -> None:
    open_note(reader, "第三句。")
    reader.write("Is that the official name?")
    reader.page.reload()
    expect(note_of(reader, "第三句。")).to_have_value("Is that the official name?")
    expect(note_of(reader, "第三句。")).to_be_visible()
    reader.act("第三句。", "note")
    expect(reader.card("第三句。").locator(".thread .text")).to_have_text(["Is that the official name?"])
    reader.page.reload()
    expect(note_of(reader, "第三句。")).to_have_value("")


def test_a_note_is_resolved_and_the_filter_counts_it(room: Newsroom, reader: Window) -> None:
    open_note(reader, "第三句。")
    reader.write("Do not publish.")
    reader.act("第三句。", "note")
    count = reader.page.locator('[data-count="noted"]')
    expect(count).to_have_text("1")
    reader.page.locator('.filters a:has([data-count="noted"])').click()
    expect(reader.page.locator("article.unit")).to_have_count(1)
    reader.card("第三句。").get_by_role("button", name="Resolve").click()
    expect(reader.card("第三句。").locator(".thread .resolved")).to_have_count(1)
    expect(count).to_have_text("0")
    assert "l10n-flow: resolved" in room.po_path("en").read_text("utf-8")


# What asks first -------------------------------------------------------------------------------------------------


def test_a_save_over_an_approved_text_asks_first(room: Newsroom, reader: Window) -> None:
    reader.act("第一句。", "approve")
    expect(reader.card("第一句。")).to_have_attribute("data-state", "approved")
    reader.editor("第一句。").focus()
    reader.write("Another sentence.")
    reader.keys("Control+Enter")
    asked = reader.card("第一句。").locator(".ask-first")
    expect(asked).to_contain_text("This text is approved.")
    assert text_of(room, "第一句。") == "The first sentence."
    asked.get_by_role("button", name="Do not save").click()
    expect(asked).to_have_count(0)
    expect(reader.editor("第一句。")).to_be_focused()
    reader.act("第一句。", "save")
    reader.keys("Enter")  # the answer has the focus
    expect(reader.card("第一句。")).to_have_attribute("data-state", "translated")
    assert text_of(room, "第一句。") == "Another sentence."


def test_an_emptied_field_asks_first(room: Newsroom, reader: Window) -> None:
    reader.editor("第一句。").fill("")
    reader.act("第一句。", "save")
    asked = reader.card("第一句。").locator(".ask-first")
    expect(asked).to_contain_text("The field is empty.")
    assert text_of(room, "第一句。") == "The first sentence."
    asked.get_by_role("button", name="Save all the same").click()
    expect(reader.card("第一句。")).to_have_attribute("data-state", "untranslated")


def test_the_reason_of_a_rejection_survives_a_conflict(room: Newsroom, reader: Window) -> None:
    open_note(reader, "第一句。")
    reader.write("Too free.")
    room.translate({"第一句。": "Theirs."})
    reader.act("第一句。", "reject")
    expect(reader.page.locator("#say")).to_contain_text("has changed")
    expect(reader.editor("第一句。")).to_have_value("Theirs.")
    expect(note_of(reader, "第一句。")).to_have_value("Too free.")
    reader.act("第一句。", "reject")
    expect(reader.card("第一句。").locator(".thread .text")).to_have_text(["Rejected: Too free."])


@pytest.mark.parametrize("action", ["note", "reject"])
def test_a_text_survives_what_is_refused_for_want_of_a_note(reader: Window, action: str) -> None:
    reader.editor("第一句。").fill("Mine, not saved.")
    open_note(reader, "第一句。")
    reader.act("第一句。", action)
    expect(reader.page.locator("#say")).to_contain_class("trouble")
    expect(reader.editor("第一句。")).to_have_value("Mine, not saved.")
    expect(note_of(reader, "第一句。")).to_be_focused()
    reader.page.reload()
    expect(reader.editor("第一句。")).to_have_value("Mine, not saved.")


def test_a_text_survives_the_conflict_of_another_action(room: Newsroom, reader: Window) -> None:
    reader.editor("第一句。").fill("Mine, not saved.")
    open_note(reader, "第一句。")
    reader.write("Too free.")
    room.translate({"第一句。": "Theirs."})
    reader.act("第一句。", "reject")
    expect(reader.page.locator("#say")).to_contain_text("has changed")
    expect(reader.editor("第一句。")).to_have_value("Mine, not saved.")
    reader.act("第一句。", "save")
    expect(reader.card("第一句。")).to_contain_class("conflict")
    expect(reader.card("第一句。").locator(".theirs")).to_have_text("Theirs.")


def test_the_note_of_a_joined_unit_survives_a_reload(reader: Window) -> None:
    reader.editor("第二句。").focus()
    reader.keys("Alt+Shift+ArrowUp")
    expect(reader.card("第二句。")).to_contain_class("joined")
    reader.card("第二句。").locator("details.more summary").click()
    note_of(reader, "第二句。").fill("One sentence in English.")
    reader.page.reload()
    expect(note_of(reader, "第二句。")).to_have_value("One sentence in English.")


def test_a_note_that_is_being_written_goes_with_the_save_of_its_text(reader: Window) -> None:
    open_note(reader, "第三句。")
    reader.write("To be asked.")
    reader.editor("第三句。").fill("The third.")
    reader.act("第三句。", "save")
    expect(reader.card("第三句。")).to_have_attribute("data-state", "translated")
    expect(reader.card("第三句。").locator(".thread .text")).to_have_text(["To be asked."])
    expect(note_of(reader, "第三句。")).to_have_value("")
    reader.page.reload()
    expect(note_of(reader, "第三句。")).to_have_value("")


def test_two_notes_of_two_tabs_are_both_kept(reader: Window) -> None:
    first = reader.page
    open_note(reader, "第三句。")
    reader.write("From the first.")
    reader.tab()
    reader.article()
    expect(note_of(reader, "第三句。")).to_have_value("From the first.")
    note_of(reader, "第三句。").fill("From the second.")
    second, reader.page = reader.page, first
    note_of(reader, "第三句。").fill("From the first, longer.")
    first.close(run_before_unload=False)
    second.close(run_before_unload=False)
    reader.tab()
    reader.article()
    expect(note_of(reader, "第三句。")).to_have_value("From the first, longer.\nFrom the second.")


# Texts of others ---------------------------------------------------------------------------------------------------


def test_a_note_does_not_let_a_text_over_one_that_was_not_seen(room: Newsroom, reader: Window) -> None:
    reader.editor("第一句。").fill("Mine.")
    room.translate({"第一句。": "Theirs."})
    open_note(reader, "第一句。")
    reader.write("Why?")
    reader.act("第一句。", "note")
    expect(reader.card("第一句。").locator(".thread .text")).to_have_text(["Why?"])
    expect(reader.editor("第一句。")).to_have_value("Mine.")
    reader.act("第一句。", "save")
    expect(reader.card("第一句。")).to_contain_class("conflict")
    expect(reader.card("第一句。").locator(".theirs")).to_have_text("Theirs.")
    assert text_of(room, "第一句。") == "Theirs."


def test_a_refused_text_does_not_go_over_one_that_was_not_seen(room: Newsroom, reader: Window) -> None:
    reader.editor("第一句。").fill("Mine \x0b.")
    room.translate({"第一句。": "Theirs."})
    reader.act("第一句。", "save")
    expect(reader.card("第一句。")).to_contain_class("conflict")
    expect(reader.card("第一句。").locator(".theirs")).to_have_text("Theirs.")


def test_a_page_of_one_name_saves_nothing_under_another(room: Newsroom, reader: Window) -> None:
    mine = reader.page
    reader.editor("第三句。").fill("Ann's.")
    reader.tab()
    reader.open("/")
    reader.page.locator(".who summary").click()
    reader.page.locator("form.name input[name=name]").fill("Bo")
    reader.page.locator("form.name button").click()
    expect(reader.page.locator(".who")).to_contain_text("Bo")
    reader.page = mine
    reader.act("第三句。", "save")
    expect(reader.page.locator("#say")).to_contain_text("You are Bo now")
    assert text_of(room, "第三句。") == ""


# Drafts ----------------------------------------------------------------------------------------------------------


def test_two_tabs_do_not_overwrite_each_other_s_drafts(reader: Window) -> None:
    first = reader.page
    reader.editor("第三句。").fill("From the first tab.")
    second = reader.tab()
    reader.article()
    expect(reader.editor("第三句。")).to_have_value("From the first tab.")  # taken over, should the first be lost
    reader.editor("第三句。").fill("")
    reader.editor("第三句。").fill("From the second tab.")
    reader.page = first
    reader.editor("第三句。").fill("From the first tab, longer.")
    first.close(run_before_unload=False)
    second.close(run_before_unload=False)
    reader.tab()
    reader.article()
    expect(reader.editor("第三句。")).to_have_value("From the first tab, longer.")
    note = reader.card("第三句。").locator(".draft-note [data-use]:not([hidden])")
    expect(note).to_have_count(1)
    note.click()
    expect(reader.editor("第三句。")).to_have_value("From the second tab.")


def test_a_browser_that_keeps_no_drafts_is_told_of(reader: Window) -> None:
    reader.page.evaluate(
        "() => { Storage.prototype.setItem = () => { throw new DOMException('full', 'QuotaExceededError'); }; }"
    )
    reader.editor("第三句。").fill("Only here.")
    expect(reader.page.locator("#say")).to_contain_text("keeps no drafts")
    asked = []
    reader.page.on("dialog", lambda dialog: (asked.append(dialog.type), dialog.accept()))
    reader.page.get_by_role("link", name="All documents").click()
    expect(reader.page.locator("body")).to_contain_class("home-page")
    assert asked == ["beforeunload"]


def test_the_draft_of_a_renamed_document_is_on_the_first_page(room: Newsroom, reader: Window) -> None:
    reader.allowed.add("404")
    reader.editor("第三句。").fill("My draft.")
    (room.root / "source/a.txt").rename(room.root / "source/b.txt")
    synced(room)
    reader.page.evaluate("dispatchEvent(new Event('focus'))")
    expect(reader.page.locator("#say")).to_contain_text("no longer here")
    reader.open("/")
    kept = reader.page.locator("#lost li")
    expect(kept.locator(".text")).to_have_text("My draft.")
    expect(kept.locator(".label")).to_contain_text("no longer in the document")
    expect(kept.locator(".label")).to_contain_text("第三句。")
    kept.locator("[data-discard]").click()
    expect(reader.page.locator("#lost")).to_be_hidden()


def test_a_draft_is_offered_to_the_unit_that_its_own_became(room: Newsroom, reader: Window) -> None:
    reader.editor("第一句。").fill("My first sentence.")
    room.write(ARTICLE.replace("第一句。", "第一句話。"))
    synced(room)
    reader.article()
    note = reader.card("第一句話。").locator(".draft-note")
    expect(note.locator(".text")).to_have_text("My first sentence.")
    expect(reader.page.locator("#lost")).to_be_hidden()
    note.locator("[data-use]").click()
    expect(reader.editor("第一句話。")).to_have_value("My first sentence.")


def test_another_person_s_draft_is_not_put_into_my_editor(served: Served, reader: Window) -> None:
    reader.editor("第三句。").fill("Ann's draft.")
    reader.open("/")
    reader.page.locator(".who summary").click()
    reader.page.locator("form.name input[name=name]").fill("Bo")
    reader.page.locator("form.name button").click()
    reader.article()
    expect(reader.editor("第三句。")).to_have_value("")


def test_a_draft_begun_before_one_gave_a_name_is_kept(served: Served, request: pytest.FixtureRequest) -> None:
    with window(request.config, served, name="") as opened:
        opened.allowed |= {"401", "403"}
        opened.open(served.path(served.told[-1]))
        opened.article()
        opened.editor("第三句。").fill("Typed at once.")
        asked = []
        opened.page.on("dialog", lambda dialog: (asked.append(dialog.type), dialog.accept()))
        opened.page.locator("section.ask input[name=name]").fill("Ann")
        opened.page.locator("section.ask button").click()
        expect(opened.page.locator(".who")).to_contain_text("Ann")
        expect(opened.editor("第三句。")).to_have_value("Typed at once.")
        assert asked == []


def test_a_merge_keeps_theirs_after_an_edit_that_was_taken_back(room: Newsroom, reader: Window) -> None:
    reader.editor("第一句。").fill("The first sentence!")
    room.translate({"第一句。": "Now the first sentence."})
    reader.act("第一句。", "save")
    expect(reader.card("第一句。")).to_contain_class("conflict")
    reader.editor("第一句。").press("End")
    reader.keys("x", "Backspace")
    reader.card("第一句。").locator("[data-choice=merge]").click()
    expect(reader.editor("第一句。")).to_have_value("Now the first sentence!")


def test_a_text_is_not_hidden_by_joining(reader: Window) -> None:
    reader.editor("第二句。").fill("Not saved.")
    reader.editor("第二句。").focus()
    reader.keys("Alt+Shift+ArrowUp")
    expect(reader.page.locator("#say")).to_contain_text("unsaved text")
    expect(reader.editor("第二句。")).to_have_value("Not saved.")


def test_a_session_that_has_ended_is_no_change_from_outside(served: Served, reader: Window) -> None:
    reader.allowed |= {"401", "403"}
    for name, secret in served.browser("").cookies.items():
        reader.context.add_cookies([{"name": name, "value": secret[::-1], "url": reader.url("/")}])
    with reader.page.expect_response("**/stamp?*"):
        reader.page.evaluate("dispatchEvent(new Event('focus'))")
    expect(reader.page.locator("#say")).not_to_be_empty()
    expect(reader.page.locator("#changed")).to_be_hidden()
    expect(reader.page.locator(".stale-card")).to_have_count(0)


# Focus -----------------------------------------------------------------------------------------------------------


def test_the_focus_stays_in_the_unit_after_a_rejection_and_the_history(reader: Window) -> None:
    open_note(reader, "第一句。")
    reader.write("Too free.")
    reader.act("第一句。", "reject")
    expect(reader.card("第一句。")).to_have_attribute("data-state", "needs-editing")
    expect(reader.editor("第一句。")).to_be_focused()
    reader.card("第一句。").locator("details.more summary").click()
    reader.card("第一句。").get_by_text("History", exact=True).click()
    expect(reader.card("第一句。").locator(".no-history, .revisions")).to_be_focused()


def test_the_focus_is_in_the_editor_when_theirs_was_taken(room: Newsroom, reader: Window) -> None:
    reader.editor("第一句。").fill("Mine.")
    room.translate({"第一句。": "Theirs."})
    reader.act("第一句。", "save")
    expect(reader.card("第一句。")).to_contain_class("conflict")
    reader.card("第一句。").locator("[data-choice=theirs]").click()
    expect(reader.editor("第一句。")).to_be_focused()
    expect(reader.page.locator("#say")).to_contain_text("as it is now")


def test_what_has_the_focus_stays_in_sight_when_the_card_above_grows(served: Served, request) -> None:
    with window(request.config, served, viewport={"width": 1280, "height": 420}) as opened:
        opened.article()
        opened.editor("第一句。").fill(
            "The first sentence, 柳州 among others, and a bracket ( that is never closed. " * 6
        )
        opened.keys("Control+Enter")
        expect(opened.card("第一句。")).to_have_attribute("data-state", "untranslated")  # Han was left in it
        expect(opened.card("第一句。").locator(".remarks")).to_be_visible()
        expect(opened.editor("第二句。")).to_be_focused()
        expect(opened.editor("第二句。")).to_be_in_viewport()


def test_the_preview_follows_the_focus_after_a_save(reader: Window) -> None:
    reader.page.locator("#preview-link").click()
    reader.editor("第一句。").fill("First.")
    reader.keys("Control+Enter")
    expect(reader.editor("第二句。")).to_be_focused()
    unit = reader.focused()
    expect(reader.page.locator("#preview iframe")).to_be_visible()
    reader.page.wait_for_function(
        "unit => document.querySelector('#preview iframe').contentWindow.location.hash === `#u-${unit}`", arg=unit
    )


def test_the_list_of_keys_begins_at_its_beginning(served: Served, request) -> None:
    with window(request.config, served, viewport={"width": 390, "height": 500}) as opened:
        opened.article()
        opened.page.locator("#help-button").click()
        expect(opened.page.locator("#help-title")).to_be_in_viewport()


# The interface's language ----------------------------------------------------------------------------------------


def test_the_page_speaks_the_browser_s_language_or_the_one_chosen(served: Served, request) -> None:
    with window(request.config, served, locale="zh-HK") as opened:
        page = opened.article()
        expect(page.locator("html")).to_have_attribute("lang", "zh-Hant")
        opened.editor("第三句。").fill("Third.")
        opened.act("第三句。", "save")
        expect(page.locator("#say")).to_contain_text("已儲存")
        page.locator("details.view summary").click()
        page.get_by_role("button", name="简体中文").click()
        expect(page.locator("html")).to_have_attribute("lang", "zh-Hans")
        expect(opened.card("第三句。").locator("button[value=save]")).to_have_text("保存")
        opened.open("/")
        expect(page.locator("html")).to_have_attribute("lang", "zh-Hans")
    with window(request.config, served) as other:
        expect(other.article().locator("html")).to_have_attribute("lang", "en")


# Help with the text -----------------------------------------------------------------------------------------------


def test_matches_come_when_one_begins_and_are_inserted_by_key(room: Newsroom, reader: Window) -> None:
    room.write("第三句呢。\n\n不相干的話。\n", "b.txt")
    synced(room)
    room.translate({"第三句呢。": "The third sentence?"}, name="b")
    reader.article()
    expect(reader.page.locator(".matches")).to_have_count(0)
    reader.editor("第三句。").click()
    match = reader.card("第三句。").locator(".matches li").first
    expect(match.locator(".label")).to_contain_text("b")
    expect(match.locator(".was del")).to_have_text("呢")
    reader.keys("Alt+Enter", "1")
    expect(reader.editor("第三句。")).to_have_value("The third sentence?")
    reader.keys("Control+z")
    expect(reader.editor("第三句。")).to_have_value("")


def test_a_fix_is_applied_to_the_text_and_saved_by_the_reader(reader: Window) -> None:
    reader.editor("第三句。").fill("The third sentence。")
    reader.act("第三句。", "save")
    fix = reader.card("第三句。").locator(".fixes button")
    expect(fix).to_have_text("Replace 。 with .")
    fix.click()
    expect(reader.editor("第三句。")).to_have_value("The third sentence.")
    reader.keys("Control+z")
    expect(reader.editor("第三句。")).to_have_value("The third sentence。")
    reader.editor("第三句。").fill("A third 😀。")
    fix = reader.card("第三句。").locator(".fixes button")
    reader.page.reload()
    expect(reader.editor("第三句。")).to_have_value("A third 😀。")
    reader.card("第三句。").locator(".fixes button").click()
    expect(reader.page.locator("#say")).to_contain_text("does not fit")
    expect(reader.editor("第三句。")).to_have_value("A third 😀。")


# Earlier texts ---------------------------------------------------------------------------------------------------


def history_of(reader: Window, source: str):
    card = reader.card(source)
    card.locator("details.more summary").click()
    card.get_by_text("History", exact=True).click()
    return card.locator(".revisions")


def test_an_earlier_text_is_put_into_the_editor_and_saved_by_the_reader(room: Newsroom, reader: Window) -> None:
    for text in ("One.", "Two."):
        reader.editor("第三句。").fill(text)
        reader.act("第三句。", "save")
        expect(reader.card("第三句。").locator(".unsaved")).to_be_hidden()
    found = history_of(reader, "第三句。")
    expect(found.locator("li").first).to_contain_text("saved")
    found.get_by_role("button", name="Put the text of").first.press("Enter")
    expect(reader.editor("第三句。")).to_have_value("One.")
    expect(reader.editor("第三句。")).to_be_focused()
    expect(reader.card("第三句。").locator(".unsaved")).to_be_visible()
    assert text_of(room, "第三句。") == "Two."
    reader.act("第三句。", "save")
    expect(reader.card("第三句。").locator(".unsaved")).to_be_hidden()
    assert text_of(room, "第三句。") == "One."


def test_the_last_save_is_undone_by_key_wherever_one_has_gone(room: Newsroom, reader: Window) -> None:
    before = room.po_path("en").read_text("utf-8")
    reader.editor("第一句。").fill("A slip.")
    reader.keys("Control+Enter")
    expect(reader.editor("第二句。")).to_be_focused()
    expect(reader.card("第一句。").get_by_role("button", name="Undo")).to_be_visible()
    reader.keys("Alt+Shift+ArrowDown")
    expect(reader.editor("第一句。")).to_have_value("The first sentence.")
    expect(reader.page.locator("#say")).to_have_text("Undone.")
    assert entries_of(room.po_path("en").read_text("utf-8")) == entries_of(before)


def test_there_is_nothing_to_undo_at_first_and_a_change_of_another_is_not_undone(
    room: Newsroom, reader: Window
) -> None:
    reader.editor("第一句。").focus()
    reader.keys("Alt+Shift+ArrowDown")
    expect(reader.page.locator("#say")).to_have_text("There is nothing to undo.")
    reader.editor("第一句。").fill("Mine.")
    reader.act("第一句。", "save")
    expect(reader.card("第一句。").get_by_role("button", name="Undo")).to_be_visible()
    room.translate({"第一句。": "Theirs."})
    reader.act("第一句。", "undo")
    expect(reader.page.locator(".alert")).to_be_visible()
    assert text_of(room, "第一句。") == "Theirs."


def entries_of(catalogue: str) -> str:
    return catalogue.partition("\n\n")[2]
