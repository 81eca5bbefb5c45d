"""The review page in a real browser, as a translator and a reviewer use it."""

from __future__ import annotations

import shutil
import subprocess
from collections.abc import Iterator
from pathlib import Path

import pytest
from playwright.sync_api import expect

from browser import Window, text_of, window
from conftest import ROOT, Newsroom
from l10n_flow import catalogue as po
from l10n_flow.inside import Inside
from served import serving, synced

ARTICLE = "題目\n\n廣西柳州很大。柳鋼很好。\n\n柳鋼在柳州。\n\n最後一句。\n"
TERMS = "zh_Hant,zh_Hans,en,note,confidence\n柳州,柳州,Liuzhou,,high\n柳鋼,柳钢,Liugang,,high\n"


@pytest.fixture
def room(newsroom: Newsroom) -> Newsroom:
    newsroom.write(ARTICLE)
    config = newsroom.root / "l10n-flow.toml"
    config.write_text(config.read_text().replace("[locale.zh", 'termbase = "terms.csv"\n\n[locale.zh', 1))
    (newsroom.root / "terms.csv").write_text(TERMS, encoding="utf-8")
    synced(newsroom)
    return newsroom


@pytest.fixture
def reader(room: Newsroom, request: pytest.FixtureRequest) -> Iterator[Window]:
    """Ann, with the article open in English."""
    with serving(room.root) as served, window(request.config, served) as opened:
        opened.article()
        yield opened


# The whole way ---------------------------------------------------------------------------------------------------


def shipped() -> dict[str, str]:
    found = po.read(Inside.at(ROOT / "locales" / "en" / "LC_MESSAGES" / "liuzhou.po"), "en")
    assert found is not None
    return {key.source: entry.msgstr for key, entry in found.entries.items()}


def enter(reader: Window) -> None:
    """To the English article, without a mouse."""
    reader.page.goto(reader.served.told[-1])
    reader.tab_to("form.name input[name=name]")
    reader.page.keyboard.insert_text("陳小明")
    reader.keys("Enter")
    reader.page.wait_for_selector("text=You are 陳小明")
    reader.tab_to("a.open[href*='locale=en']")
    reader.keys("Enter")
    reader.page.wait_for_selector("#units")


def test_the_whole_sample_by_keyboard(sample: Newsroom, request: pytest.FixtureRequest) -> None:
    english = shipped()
    sample.po_path("en", "liuzhou").unlink()
    synced(sample)
    with serving(sample.root) as served, window(request.config, served, name="") as reader:
        enter(reader)
        units = dict(reader.page.eval_on_selector_all("article.unit[data-unit]", SOURCES))
        assert set(units.values()) == set(english)
        reader.keys("Alt+ArrowDown")
        approved = list(units)[::2]  # at once; the others at a second reading
        for unit, source in units.items():
            assert reader.focused() == unit
            reader.write(english[source])
            reader.keys("Control+Shift+Enter" if unit in approved else "Control+Enter")
        expect(reader.page.locator("article.unit[data-state=translated]")).to_have_count(len(units) - len(approved))
        reader.page.reload()
        for unit in (unit for unit in units if unit not in approved):
            reader.keys("Alt+PageDown")
            assert reader.focused() == unit
            reader.keys("Control+Shift+Enter", "Alt+ArrowUp")
        expect(reader.page.locator("article.unit[data-state=approved]")).to_have_count(len(units))
        expect(reader.page.locator("#progress")).to_contain_text("100 %")
    done = sample.catalogue("en", "liuzhou")
    assert {key.source: entry.msgstr for key, entry in done.entries.items()} == english
    assert sample.po_path("en", "liuzhou").read_text().count("陳小明") >= len(units)
    assert [line.split()[-2:] for line in sample.run("status").out.splitlines() if "en " in line] == [["100", "%"]]
    accepted(sample.po_path("en", "liuzhou"))


SOURCES = "cards => cards.map(card => [card.dataset.unit, card.querySelector('.source .text').textContent])"


def accepted(path: Path) -> None:
    if msgfmt := shutil.which("msgfmt"):
        subprocess.run([msgfmt, "-c", "-o", "-", str(path)], stdout=subprocess.DEVNULL, check=True)


# Keys ------------------------------------------------------------------------------------------------------------


def compose(reader: Window, text: str) -> None:
    """Begin to compose, as an input method does: nothing is entered yet."""
    reader.context.new_cdp_session(reader.page).send(
        "Input.imeSetComposition", {"text": text, "selectionStart": len(text), "selectionEnd": len(text)}
    )


#: As browsers report the keys that an input method consumes: with ``isComposing``, or (at its end, in Safari) 229 only.
COMPOSING = """([key, field]) => document.activeElement.dispatchEvent(new KeyboardEvent("keydown",
    {key, ctrlKey: true, shiftKey: true, bubbles: true, cancelable: true, ...field}))"""


@pytest.mark.parametrize("field", [{"isComposing": True}, {"keyCode": 229}], ids=["isComposing", "229"])
def test_nothing_fires_while_an_input_method_composes(room: Newsroom, reader: Window, field: dict[str, object]) -> None:
    saves: list[str] = []
    reader.context.on("request", lambda request: saves.extend(["save"] * (request.method == "POST")))
    reader.editor("題目").focus()
    compose(reader, "ti mu")
    before = reader.focused()
    reader.page.evaluate(COMPOSING, ["Enter", field])
    assert (saves, reader.focused()) == ([], before)
    reader.page.keyboard.insert_text("Title")
    expect(reader.editor("題目")).to_have_value("Title")
    reader.keys("Control+Enter")
    expect(reader.card("題目")).to_have_attribute("data-state", "translated")
    assert (saves, text_of(room, "題目")) == (["save"], "Title")


def test_real_keys_while_composing_do_nothing(room: Newsroom, reader: Window) -> None:
    reader.editor("題目").focus()
    compose(reader, "標")
    expect(reader.editor("題目")).to_have_value("標")
    reader.context.new_cdp_session(reader.page).send(
        "Input.dispatchKeyEvent",
        {"type": "rawKeyDown", "key": "Enter", "code": "Enter", "windowsVirtualKeyCode": 229, "modifiers": 2},
    )
    expect(reader.page.locator("#say")).to_be_empty()
    assert text_of(room, "題目") == ""


def test_moving_by_keys(reader: Window) -> None:
    order = reader.page.locator("article.unit[data-unit]").evaluate_all("cards => cards.map(c => c.dataset.unit)")
    visited = []
    for key in ["Alt+ArrowDown"] * 5 + ["Alt+ArrowUp"] * 2:
        reader.keys(key)
        visited.append(reader.focused())
    assert visited == [*order, order[3], order[2]]


def test_the_next_unit_that_needs_me(reader: Window) -> None:
    for source in ("題目", "柳鋼很好。"):
        reader.editor(source).fill("Done.")
        reader.act(source, "approve")
        expect(reader.card(source)).to_have_attribute("data-state", "approved")
        expect(reader.page.get_by_role("status").and_(reader.page.locator("#say"))).to_have_text("Approved.")
    reader.editor("題目").focus()
    for source in ("廣西柳州很大。", "柳鋼在柳州。", "最後一句。"):
        reader.keys("Alt+PageDown")
        expect(reader.editor(source)).to_be_focused()


def test_single_letters_are_for_outside_fields_only(reader: Window) -> None:
    search, help_box = reader.page.locator("#search"), reader.page.locator("#help")
    reader.editor("題目").focus()
    reader.page.keyboard.type("j?k/")
    expect(reader.editor("題目")).to_have_value("j?k/")
    expect(help_box).to_be_hidden()
    reader.keys("Escape", "j")
    expect(reader.card("廣西柳州很大。")).to_be_focused()
    reader.keys("k")
    expect(reader.card("題目")).to_be_focused()
    reader.keys("?")
    expect(help_box).to_be_visible()
    reader.keys("j", "Escape")
    expect(reader.card("題目")).to_be_focused()
    reader.keys("/")
    expect(search).to_be_focused()


def test_single_letters_can_be_switched_off_for_good(reader: Window) -> None:
    reader.page.locator(".menu.view summary").click()
    reader.page.locator("#letters").uncheck()
    reader.page.reload()
    reader.page.locator("article.unit").first.focus()
    reader.keys("j", "?", "/")
    expect(reader.page.locator("article.unit").first).to_be_focused()
    expect(reader.page.locator("#help")).to_be_hidden()
    reader.page.locator("#help-button").click()
    expect(reader.page.locator("#help")).to_be_visible()


def test_a_term_is_inserted_by_keyboard_and_undone(reader: Window) -> None:
    area = reader.editor("廣西柳州很大。")
    area.focus()
    reader.page.keyboard.type("In  it is.")
    for _ in range(len(" it is.")):
        reader.keys("ArrowLeft")
    reader.keys("Alt+Enter")
    expect(reader.page.locator("#insert li button")).to_have_text(["Liuzhou"])
    reader.keys("1")
    expect(area).to_have_value("In Liuzhou it is.")
    expect(area).to_be_focused()
    reader.keys("Control+z")
    expect(area).to_have_value("In  it is.")


def test_the_palette_by_arrows_and_left_again(reader: Window) -> None:
    area = reader.editor("柳鋼在柳州。")
    area.focus()
    reader.keys("Alt+Enter")
    expect(reader.page.locator("#insert li button")).to_have_count(2)
    wanted = reader.page.locator("#insert li button").nth(1).inner_text()
    reader.keys("Escape")
    expect(area).to_be_focused()
    reader.keys("Alt+Enter", "ArrowDown", "Enter")
    expect(area).to_have_value(wanted)


def test_a_note_by_keyboard(room: Newsroom, reader: Window) -> None:
    reader.editor("題目").fill("Title")
    reader.act("題目", "save")
    expect(reader.card("題目")).to_have_attribute("data-state", "translated")
    for note in ("Is that <right>?", "Yes: 對。"):
        reader.editor("題目").focus()
        reader.keys("Alt+Shift+Enter")
        reader.page.keyboard.insert_text(note)
        reader.keys("Control+Enter")
        expect(reader.card("題目").locator(".thread")).to_contain_text(note)
    expect(reader.card("題目").locator(".thread b")).to_have_text(["Ann", "Ann"])
    expect(reader.editor("題目")).to_have_value("Title")
    reader.page.reload()
    expect(reader.card("題目").locator(".thread .text")).to_have_text(["Is that <right>?", "Yes: 對。"])


def test_missing_codes_are_inserted_by_key(room: Newsroom, request: pytest.FixtureRequest) -> None:
    room.write("見[**柳州**](/x)和`c`，`c`。[^1]\n\n沒有。\n\n[^1]: 註\n", "m.md")
    synced(room)
    source = "見[**柳州**](/x)和`c`，`c`。[^1]"
    with serving(room.root) as served, window(request.config, served) as reader:
        reader.article("m")
        area = reader.editor(source)
        area.focus()
        reader.page.keyboard.type("See ")
        reader.keys("F8")
        expect(area).to_have_value("See [](/x)")
        reader.page.keyboard.type("it")
        reader.keys("End")
        for inserted in ("`c`", "`c``c`", "`c``c`[^1]"):
            reader.keys("F8")
            expect(area).to_have_value(f"See [it](/x){inserted}")
        reader.keys("F8")
        expect(reader.page.locator("#say")).to_have_text("The text has all codes of the source.")
        expect(area).to_have_value("See [it](/x)`c``c`[^1]")
        area.fill("Liuzhou")
        reader.keys("Control+a", "F8")
        expect(area).to_have_value("[Liuzhou](/x)")
        reader.keys("Control+z")
        expect(area).to_have_value("Liuzhou")
        reader.editor("沒有。").focus()
        reader.keys("F8")
        expect(reader.page.locator("#say")).to_have_text("The source has no code to insert.")


# What else is done to a unit -------------------------------------------------------------------------------------


def test_a_finding_is_ignored_with_its_reason(room: Newsroom, reader: Window) -> None:
    reader.editor("最後一句。").fill("The last one")
    reader.act("最後一句。", "save")
    card = reader.card("最後一句。")
    finding = card.locator(".remarks li", has_text="end-punctuation")
    finding.locator("summary").click()
    finding.locator("input[name=note]").fill("A caption")
    finding.locator("button[value=ignore]").click()
    expect(finding).to_contain_text("A caption")
    expect(finding.locator(".sign")).to_have_text("ignored")
    assert "A caption" in room.po_path("en").read_text()
    finding.locator("button[value=unignore]").click()
    expect(finding.locator(".sign.ignored")).to_have_count(0)
    assert "A caption" not in room.po_path("en").read_text()


def test_join_and_unjoin_by_keyboard(room: Newsroom, reader: Window) -> None:
    reader.editor("廣西柳州很大。").fill("Both.")
    reader.act("廣西柳州很大。", "save")
    expect(reader.card("廣西柳州很大。")).to_have_attribute("data-state", "translated")
    reader.editor("柳鋼很好。").focus()
    reader.keys("Alt+Shift+ArrowUp")
    expect(reader.card("柳鋼很好。")).to_contain_class("joined")
    expect(reader.card("柳鋼很好。")).to_have_attribute("data-state", "translated")
    expect(reader.editor("柳鋼很好。")).to_have_count(0)
    assert len(room.catalogue("en").entries) == 5
    reader.keys("Alt+Shift+ArrowUp")
    expect(reader.editor("柳鋼很好。")).to_be_visible()
    expect(reader.card("柳鋼很好。")).to_have_attribute("data-state", "untranslated")


def test_rejecting_takes_a_reason_and_the_approval_away(room: Newsroom, reader: Window) -> None:
    reader.editor("題目").fill("Title")
    reader.act("題目", "approve")
    card = reader.card("題目")
    expect(card).to_have_attribute("data-state", "approved")
    expect(card.locator(".by")).to_contain_text("Ann")
    card.locator("details.more summary").click()
    reader.act("題目", "reject")
    expect(reader.page.locator("#say")).to_have_class("trouble")
    expect(card).to_have_attribute("data-state", "approved")
    card.locator("textarea[name=note]").fill("Too short")
    reader.act("題目", "reject")
    expect(card).to_have_attribute("data-state", "needs-editing")
    expect(card.locator(".by")).to_have_count(0)
    expect(card.locator(".thread")).to_contain_text("Too short")


def test_a_converted_text_is_corrected_and_given_back(room: Newsroom, reader: Window) -> None:
    reader.article(locale="zh_Hans")
    card, area = reader.card("柳鋼很好。"), reader.editor("柳鋼很好。")
    expect(area).to_have_value("柳钢很好。")
    expect(card.locator(".status .converted")).to_be_visible()
    area.fill("柳钢非常好。")
    area.press("Control+Enter")
    expect(card.locator(".changed ins")).to_have_text("非常")
    expect(card.locator(".status .converted")).to_have_count(0)
    synced(room)
    assert text_of(room, "柳鋼很好。", "zh_Hans") == "柳钢非常好。", "conversion leaves a person's text alone"
    reader.page.reload()
    reader.act("柳鋼很好。", "revert")
    expect(area).to_have_value("柳钢很好。")
    expect(card.locator(".status .converted")).to_be_visible()
    assert text_of(room, "柳鋼很好。", "zh_Hans") == "柳钢很好。"


def test_all_shown_are_approved(room: Newsroom, reader: Window) -> None:
    for source in ("題目", "最後一句。"):
        reader.editor(source).fill("Text.")
        reader.act(source, "save")
        expect(reader.card(source)).to_have_attribute("data-state", "translated")
    reader.page.reload()
    reader.editor("最後一句。").fill("Not saved.")
    reader.page.on("dialog", lambda dialog: dialog.accept())  # it asks because of the unsaved text
    reader.page.locator(".approve-shown summary").click()
    reader.page.locator(".approve-shown button").click()
    expect(reader.page.locator("main")).to_contain_text("1 approved")
    reader.article()
    expect(reader.card("題目")).to_have_attribute("data-state", "approved")
    expect(reader.card("最後一句。")).to_have_attribute("data-state", "translated")


# Finding one's way -----------------------------------------------------------------------------------------------


@pytest.fixture
def long_reader(newsroom: Newsroom, request: pytest.FixtureRequest) -> Iterator[Window]:
    """Ann, before 300 units of which one in three is translated."""
    sentences = [f"第{n}句在柳鋼。" for n in range(1, 300)]
    newsroom.write("題目\n\n" + "\n\n".join("".join(sentences[n : n + 3]) for n in range(0, len(sentences), 3)) + "\n")
    synced(newsroom)
    newsroom.translate({sentence: f"Sentence {n}." for n, sentence in enumerate(sentences) if n % 3 == 0})
    with serving(newsroom.root) as served, window(request.config, served) as opened:
        yield opened


def test_filters_keep_their_state_in_the_address(long_reader: Window) -> None:
    page = long_reader.article()
    filters, cards = page.locator("nav.filters"), page.locator("article.unit[data-unit]")
    filters.get_by_role("link", name="untranslated").click()
    expect(filters.locator(".found")).to_contain_text("Units found: 200")
    filters.locator("#search").fill("第29")
    filters.locator("#search").press("Enter")
    page.wait_for_url("**q=*")
    number = cards.count()
    assert 0 < number < 12
    expect(page.locator("article.unit:not([data-state=untranslated])")).to_have_count(0)
    assert "state=untranslated" in page.url
    filters.get_by_role("link", name="with neighbours").click()
    page.wait_for_url("**near=1*")
    assert cards.count() > number
    page.reload()
    assert cards.count() > number
    page.go_back()
    expect(cards).to_have_count(number)


def test_a_deep_link_opens_the_page_that_holds_the_unit(long_reader: Window) -> None:
    page = long_reader.article(page="3")
    unit = long_reader.card("第270句在柳鋼。").get_attribute("data-unit")
    long_reader.open(f"/u/en/a/{unit}")
    assert f"page=3#u-{unit}" in page.url
    expect(long_reader.editor("第270句在柳鋼。")).to_be_focused()
    expect(long_reader.editor("第270句在柳鋼。")).to_be_in_viewport()


def test_paging_by_keyboard(long_reader: Window) -> None:
    page = long_reader.article(state="untranslated")
    page.locator("article.unit[data-unit] textarea[name=text]").last.focus()
    long_reader.keys("Alt+ArrowDown")
    expect(page.locator("nav.pages [rel=next]")).to_be_focused()
    long_reader.keys("Enter")
    page.wait_for_url("**page=2*")
    assert "state=untranslated" in page.url


def test_search_finds_the_other_script(reader: Window) -> None:
    page = reader.open("/")
    page.locator("#search").fill("柳钢")
    page.locator("#search").press("Enter")
    hits = page.locator(".hits li")
    expect(hits.first).to_contain_text("柳鋼")
    found = hits.locator("a[href*='/en/']", has_text="柳鋼在柳州。")
    expect(found).to_have_count(1)
    found.click()
    expect(reader.editor("柳鋼在柳州。")).to_be_focused()


def test_the_preview_follows_the_focus(reader: Window) -> None:
    page = reader.page
    page.locator("#preview-link").click()
    expect(page.locator("#preview")).to_be_visible()
    for source in ("最後一句。", "廣西柳州很大。"):
        reader.editor(source).fill("The new text.")
        unit = reader.card(source).get_attribute("data-unit")
        expect(page.frame_locator("#preview iframe").locator(":target")).to_have_id(f"u-{unit}")
    reader.act("廣西柳州很大。", "save")
    expect(page.frame_locator("#preview iframe").locator("body")).to_contain_text("The new text.")
    page.locator("#preview-close").click()
    expect(page.locator("#preview")).to_be_hidden()
    reader.editor("最後一句。").press("Control+Enter")
    expect(reader.card("最後一句。")).to_have_attribute("data-state", "translated")
