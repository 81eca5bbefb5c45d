"""The looks of the review page in a real browser: access, narrow and wide windows, enlargement, and long documents."""

from __future__ import annotations

from collections.abc import Iterator
from typing import Any

import pytest
from axe_playwright_python.sync_playwright import Axe
from playwright.sync_api import Page, expect

from browser import Window, window
from conftest import Newsroom
from l10n_flow.review.server.accounts import Accounts
from served import path_of, serving, synced

TERMS = "zh_Hant,zh_Hans,en,note,confidence\n柳州,柳州,Liuzhou,the city,high\n柳鋼,柳钢,Liugang,,high\n"
LONG = "柳鋼在柳州有很多人，" * 12 + "很多人。"


@pytest.fixture
def room(newsroom: Newsroom) -> Newsroom:
    """An article that shows everything a card can hold."""
    newsroom.write(f"題目\n\n廣西柳州很大。柳鋼很好。\n\n{LONG}\n\n柳州在廣西。\n\n最後一句。\n")
    (newsroom.root / "terms.csv").write_text(TERMS, encoding="utf-8")
    config = newsroom.root / "l10n-flow.toml"
    config.write_text(config.read_text().replace("[locale.zh", 'termbase = "terms.csv"\n\n[locale.zh', 1))
    synced(newsroom)
    newsroom.translate(
        {"柳鋼很好。": "Steel is good", "柳州在廣西。": "Liuzhou is in Guangxi", LONG: "Supercalifragilistic" * 12}
    )
    newsroom.write(f"題目\n\n廣西柳州很大。柳鋼非常好。\n\n{LONG}\n\n柳州在廣西。\n\n最後一句。\n\n柳州在廣西。\n")
    synced(newsroom)
    return newsroom


@pytest.fixture
def reader(room: Newsroom, request: pytest.FixtureRequest) -> Iterator[Window]:
    with serving(room.root) as served, window(request.config, served) as opened:
        yield opened


def furnish(reader: Window) -> None:
    """Approve, note, ignore and correct, so that every part of a card is there."""
    reader.article(locale="zh_Hans")
    reader.editor("最後一句。").fill("最后一句话。")
    reader.act("最後一句。", "save")
    expect(reader.page.locator(".changed ins")).to_have_text("话")
    reader.article()
    reader.editor("題目").fill("Title")
    reader.act("題目", "approve")
    expect(reader.card("題目")).to_have_attribute("data-state", "approved")
    finding = reader.card("柳州在廣西。").locator(".remarks li", has_text="end-punctuation")
    finding.locator("summary").click()
    finding.locator("input[name=note]").fill("A caption")
    finding.locator("button[value=ignore]").click()
    expect(finding.locator(".sign.ignored")).to_be_visible()
    note = reader.card("柳鋼非常好。")
    note.locator("details.more summary").click()
    note.locator("textarea[name=note]").fill("A note that says something.")
    note.locator("button[value=note]").click()
    expect(note.locator(".thread")).to_be_visible()


def unfold(page: Page) -> None:
    page.evaluate("document.querySelectorAll('main details').forEach(each => { each.open = true; })")


# Access ----------------------------------------------------------------------------------------------------------


def violations(page: Page) -> list[str]:
    """What axe-core finds wrong; of the dark scheme only the colours are another thing than of the light one."""
    found = []
    for scheme, options in (("light", {}), ("dark", {"runOnly": ["color-contrast", "link-in-text-block"]})):
        page.emulate_media(color_scheme=scheme, reduced_motion="reduce")  # type: ignore[arg-type]
        for each in Axe().run(page, options={"resultTypes": ["violations"], **options}).response["violations"]:
            found += [
                f"{scheme}: {each['id']}: {node['html'][:200]} {node['failureSummary']}" for node in each["nodes"]
            ]
    return found


def test_axe_finds_nothing_on_the_sample(sample: Newsroom, request: pytest.FixtureRequest) -> None:
    with serving(sample.root) as served, window(request.config, served) as reader:
        assert violations(reader.article("liuzhou", q="老三樣", near="1")) == []


def test_axe_finds_nothing_on_the_home_page(reader: Window) -> None:
    furnish(reader)
    page = reader.open("/?q=柳钢")
    expect(page.locator(".hits li").first).to_be_visible()
    expect(page.locator(".activity li").first).to_be_visible()
    assert violations(page) == []
    assert violations(reader.open("/?q=nothing at all")) == []


def test_axe_finds_nothing_on_cards_that_show_everything(reader: Window) -> None:
    furnish(reader)
    page = reader.article()
    unfold(page)
    for part in (
        ".changed del",
        ".remarks .warning",
        ".remarks .ignored",
        ".thread",
        ".terms",
        ".by",
        ".repeated, .again",
    ):
        expect(page.locator(f"#units {part}").first).to_be_attached()
    assert violations(page) == []
    page = reader.article(locale="zh_Hans")
    unfold(page)
    expect(page.locator("button[value=revert]")).to_be_visible()
    assert violations(page) == []


def test_axe_finds_nothing_on_conflicts_drafts_and_refusals(room: Newsroom, reader: Window) -> None:
    reader.article()
    reader.editor("柳州在廣西。").fill("Mine is here.")
    reader.editor("最後一句。").fill("Mine is gone.")
    reader.editor("題目").fill("")
    reader.act("題目", "approve")
    expect(reader.card("題目").locator(".alert")).to_be_visible()
    room.translate({"柳州在廣西。": "Theirs is there.", "題目": "Theirs"})
    reader.act("柳州在廣西。", "save")
    expect(reader.card("柳州在廣西。")).to_contain_class("conflict")
    reader.page.evaluate("dispatchEvent(new Event('focus'))")
    expect(reader.page.locator("#changed")).to_be_visible()
    assert violations(reader.page) == []
    room.write("題目\n\n柳州在廣西。\n")
    synced(room)
    reader.allowed.add("404")
    reader.act("最後一句。", "save")
    expect(reader.page.locator("article.gone")).to_be_visible()
    assert violations(reader.page) == []
    reader.tab()
    reader.article()
    expect(reader.page.locator("#lost li")).to_be_visible()
    expect(reader.page.locator(".draft-note")).to_be_visible()
    assert violations(reader.page) == []


def test_axe_finds_nothing_on_dialogs_menus_and_the_preview(reader: Window) -> None:
    page = reader.article()
    page.locator("#help-button").click()
    expect(page.locator("#help")).to_be_visible()
    assert violations(page) == []
    reader.keys("Escape")
    reader.editor("廣西柳州很大。").focus()
    reader.keys("Alt+Enter")
    expect(page.locator("#insert")).to_be_visible()
    assert violations(page) == []
    reader.keys("Escape")
    page.locator(".menu.view summary").click()
    assert violations(page) == []
    page.locator("#preview-link").click()
    expect(page.frame_locator("#preview iframe").locator("h1")).to_be_visible()
    assert violations(page) == []


def test_axe_finds_nothing_on_messages_and_refused_names(room: Newsroom, request: pytest.FixtureRequest) -> None:
    with serving(room.root) as served, window(request.config, served, name="") as reader:
        reader.allowed |= {"403", "404", "401"}
        assert violations(reader.open("/")) == []
        reader.page.goto(served.told[-1])
        expect(reader.page.locator("form.name").first).to_be_visible()
        assert violations(reader.page) == []
        assert violations(reader.article()) == []
        assert violations(reader.open("/d/nothing")) == []


def test_axe_finds_nothing_on_the_login(room: Newsroom, request: pytest.FixtureRequest) -> None:
    Accounts(room.root).add("Ann", "reviewer", "a good long password")
    with serving(room.root) as served, window(request.config, served, name="") as reader:
        reader.allowed.add("403")  # the wrong password
        page = reader.open("/")
        assert violations(page) == []
        for password in ("wrong", "a good long password"):
            page.locator("#name").fill("Ann")
            page.locator("#password").fill(password)
            reader.keys("Enter")
            expect(page.locator("#failed" if password == "wrong" else "#documents")).to_be_visible()
            assert violations(page) == []
        page.locator(".menu.who summary").click()
        page.locator(".menu.who button").click()
        expect(page.locator("#password")).to_be_visible()


def test_the_scheme_is_the_systems_or_chosen(reader: Window) -> None:
    page = reader.article()
    paper = "getComputedStyle(document.documentElement).backgroundColor"
    colours = {}
    for scheme in ("light", "dark"):
        page.emulate_media(color_scheme=scheme)  # type: ignore[arg-type]
        colours[scheme] = page.evaluate(paper)
    assert colours["light"] != colours["dark"]
    page.locator(".menu.view summary").click()
    page.locator("#theme").select_option("light")
    assert page.evaluate(paper) == colours["light"]
    assert reader.open("/").evaluate(paper) == colours["light"]


# Widths, enlargement, focus and targets --------------------------------------------------------------------------

SIZES: dict[str, dict[str, Any]] = {
    "phone": {
        "viewport": {"width": 390, "height": 844},
        "device_scale_factor": 3,
        "has_touch": True,
        "is_mobile": True,
    },
    "narrowest": {"viewport": {"width": 320, "height": 640}},
    "tablet": {"viewport": {"width": 820, "height": 1180}},
    "200 %": {"viewport": {"width": 640, "height": 400}, "device_scale_factor": 2},
    "wide": {"viewport": {"width": 1920, "height": 1080}},
}

WIDER = """() => document.documentElement.scrollWidth <= document.documentElement.clientWidth ? []
    : [...document.querySelectorAll("body *")]
    .filter(each => each.getBoundingClientRect().right > document.documentElement.clientWidth + 1 && each.checkVisibility())
    .map(each => each.outerHTML.slice(0, 120)).concat("wider than the window")"""

SMALL = """() => [...document.querySelectorAll("a, button, input:not([type=hidden]), select, summary, textarea, .button")]
    .filter(each => each.checkVisibility({visibilityProperty: true}) && !each.closest("li.text, .skip") && !each.matches(".skip"))
    .map(each => [each, (each.matches("[type=checkbox]") ? each.closest("label") : each).getBoundingClientRect()])
    .filter(([each, box]) => box.width > 0 && Math.round(Math.min(box.width, box.height)) < 24)
    .map(([each, box]) => `${Math.round(box.width)}x${Math.round(box.height)} ${each.outerHTML.slice(0, 160)}`)"""


@pytest.mark.parametrize("size", SIZES)
def test_nothing_is_cut_off_and_targets_are_large_enough(
    room: Newsroom, request: pytest.FixtureRequest, size: str
) -> None:
    with serving(room.root) as served, window(request.config, served, **SIZES[size]) as reader:
        furnish(reader)
        for path in ("/", "/?q=柳", "/d/nothing", path_of("a"), path_of("a", "zh_Hans"), path_of("a", state="todo")):
            reader.allowed.add("404")
            page = reader.open(path)
            unfold(page)
            assert page.evaluate(WIDER) == [], path
            assert page.evaluate(SMALL) == [], path
        page.locator("#preview-link").click()
        assert page.evaluate(WIDER) == []
        page.locator("#preview-close").click()
        for button in (".menu.view summary", ".menu.who summary"):
            page.locator(button).click()
            assert (page.evaluate(WIDER), page.evaluate(SMALL)) == ([], []), button


#: Why the focus is not seen: our keys bring the whole field into view, where it fits; Tab at least a part (its caret).
HIDDEN = """whole => {
    const it = document.activeElement, box = it.getBoundingClientRect();
    const bars = [...document.querySelectorAll(".sticky, #changed:not([hidden])")]
        .filter(bar => !bar.contains(it) && getComputedStyle(bar).position === "sticky");
    const top = Math.max(0, ...bars.map(bar => bar.getBoundingClientRect()).filter(bar => bar.top < 80).map(bar => bar.bottom));
    const fits = box.height <= innerHeight - top - 48;
    const part = Math.min(box.bottom, innerHeight) - Math.max(box.top, top);
    if (it === document.body || part > (whole && fits ? box.height - 1 : Math.min(box.height - 1, 24))) return "";
    return `${it.tagName} ${it.name ?? ""} ${it.className} at ${Math.round(box.top)}-${Math.round(box.bottom)} of ${Math.round(top)}-${innerHeight}`;
}"""
OUTLINE = "getComputedStyle(document.activeElement).outlineStyle"


@pytest.mark.parametrize("size", SIZES)
def test_the_focus_is_never_hidden(sample: Newsroom, request: pytest.FixtureRequest, size: str) -> None:
    with serving(sample.root) as served, window(request.config, served, **SIZES[size]) as reader:
        page = reader.article("liuzhou")
        for keys in (["Alt+ArrowDown"] * 20, ["Alt+ArrowUp"] * 10, ["Tab"] * 60, ["Shift+Tab"] * 60):
            for key in keys:
                reader.keys(key)
                assert page.evaluate(HIDDEN, "Alt" in key) == "", key
                assert page.evaluate(OUTLINE) != "none", page.evaluate("document.activeElement.outerHTML")


# Long documents --------------------------------------------------------------------------------------------------

#: How long from a key to the frame that shows its letter, in ms, one after another.
TYPING = """async area => {
    area.focus();
    const times = [];
    for (let n = 0; n < 20; n += 1) {
        const start = performance.now();
        document.execCommand("insertText", false, "x");
        area.getBoundingClientRect();
        times.push(performance.now() - start);
        await new Promise(requestAnimationFrame);
    }
    return times.sort((a, b) => a - b)[10];
}"""


def test_five_thousand_units(newsroom: Newsroom, request: pytest.FixtureRequest, record_property: Any) -> None:
    newsroom.write("題目\n\n" + "\n\n".join(f"這是第{n}句。" for n in range(5_000)) + "\n")
    synced(newsroom)
    with serving(newsroom.root) as served, window(request.config, served) as reader:
        for name in ("first", "again"):
            page = reader.article()
            opened = page.evaluate("performance.getEntriesByType('navigation')[0].domContentLoadedEventEnd")
            record_property(f"opened {name}, ms", round(opened))
            print(f"\n5,000 units, {name} time: {opened:,.0f} ms")  # noqa: T201
        assert 0 < page.locator("article.unit[data-unit]").count() <= 200, "it opens in pages"
        typed = page.locator("textarea[name=text]").nth(50).evaluate(TYPING)
        print(f"a letter: {typed:.1f} ms")  # noqa: T201
        assert typed < 100


#: Whether the card with the focus shows a text as saved.
SAVED = "text => document.activeElement?.closest('article')?.querySelector('textarea').defaultValue === text"


# What is to be hit stays where it is -----------------------------------------------------------------------------

#: Where the buttons of a card begin, by action.
PLACES = """card => Object.fromEntries([...card.querySelectorAll(".row .actions button")]
    .map(button => [button.value, Math.round(button.getBoundingClientRect().left)]))"""


def test_buttons_keep_their_place_in_every_state(reader: Window) -> None:
    """A translated unit, an empty one, one to edit, an approved one, one with a long status, one being written, one with Undo."""
    furnish(reader)
    reader.act("柳州在廣西。", "needs-editing")
    expect(reader.card("柳州在廣西。")).to_have_attribute("data-state", "needs-editing")
    reader.editor("廣西柳州很大。").fill("Liuzhou is large.")
    cards = reader.page.locator("article.unit[data-unit]").all()
    states = {card.get_attribute("data-state") for card in cards}
    assert {"untranslated", "translated", "needs-editing", "approved"} <= states
    places = [card.evaluate(PLACES) for card in cards]
    assert any("undo" in place for place in places)
    for action in ("save", "approve", "needs-editing", "undo"):
        assert len({place[action] for place in places if action in place}) == 1, places
    assert all({"save", "approve", "needs-editing"} <= set(place) for place in places)


def test_buttons_keep_their_place_where_nobody_approves_their_own(
    room: Newsroom, request: pytest.FixtureRequest
) -> None:
    config = room.root / "l10n-flow.toml"
    config.write_text(config.read_text().replace("[project]", "[project]\nforbid-own-approval = true"))
    with serving(room.root) as served, window(request.config, served) as reader:
        reader.article()
        before = reader.card("題目").evaluate(PLACES)
        reader.editor("題目").fill("Title")
        reader.act("題目", "save")
        expect(reader.card("題目")).to_have_attribute("data-state", "translated")
        expect(reader.card("題目").locator("button[value=approve]")).to_be_disabled()
        after = reader.card("題目").evaluate(PLACES)
        assert {**after, **before} == after
        assert violations(reader.page) == []


# What opens is seen ----------------------------------------------------------------------------------------------


@pytest.mark.parametrize("size", [(1280, 800), (390, 844)], ids=["wide", "narrow"])
def test_what_opens_in_a_card_is_in_the_window(
    newsroom: Newsroom, request: pytest.FixtureRequest, size: tuple[int, int]
) -> None:
    """Matches, notes and the history of a card at the lower edge of the window, with its editor and its terms."""
    newsroom.write(
        "題目\n\n" + "\n\n".join(f"柳州的第{n}座鋼鐵廠在去年賣出了很多鋼鐵。" for n in "一二三四五六七八九") + "\n"
    )
    (newsroom.root / "terms.csv").write_text(TERMS, encoding="utf-8")
    config = newsroom.root / "l10n-flow.toml"
    config.write_text(config.read_text().replace("[locale.zh", 'termbase = "terms.csv"\n\n[locale.zh', 1))
    synced(newsroom)
    source = "柳州的第八座鋼鐵廠在去年賣出了很多鋼鐵。"
    similar = source.replace("八", "十")
    newsroom.write(f"{similar}\n", "b.txt")
    synced(newsroom)
    newsroom.translate({similar: "Steelworks No. 10 of Liuzhou sold much steel last year."}, name="b")
    viewport = {"width": size[0], "height": size[1]}
    with serving(newsroom.root) as served, window(request.config, served, viewport=viewport) as reader:
        reader.article()
        card = reader.card(source)
        card.evaluate("card => window.scrollBy(0, card.getBoundingClientRect().bottom - innerHeight)")
        reader.editor(source).focus()
        card.locator(".matches").wait_for()
        expect(card.locator(".memory .matches")).to_be_in_viewport(ratio=0.99)
        expect(card.locator(".terms").first).to_be_in_viewport(ratio=0.99)
        expect(reader.editor(source)).to_be_in_viewport(ratio=0.99)
        card.locator("details.more summary").click()
        expect(card.locator("details.more textarea")).to_be_in_viewport(ratio=0.99)
        expect(card.locator("details.more .actions")).to_be_in_viewport(ratio=0.99)
        for text in ("Sold.", "Sold much."):
            reader.editor(source).fill(text)
            reader.act(source, "save")
            reader.page.wait_for_function(SAVED, arg=text)
        card.locator("details.more summary").click()
        card.locator(".history a").click()
        card.locator(".revisions").wait_for()
        expect(card.locator(".revisions")).to_be_in_viewport(ratio=0.99)
        expect(card.get_by_text("The history ends here")).to_be_visible()


def test_axe_finds_nothing_on_the_twin(room: Newsroom, request: pytest.FixtureRequest) -> None:
    """In a narrow window nothing scrolls sideways that the keyboard does not reach: not the terms, wider than it."""
    long = "the prefecture-level city of Liuzhou in the Guangxi Zhuang Autonomous Region"
    (room.root / "terms.csv").write_text(TERMS.replace("Liuzhou", long), encoding="utf-8")
    room.run("build", "--review")
    (twin,) = (room.root / "preview" / "review").rglob("en/a.html")
    with serving(room.root) as served, window(request.config, served, viewport={"width": 390, "height": 844}) as reader:
        reader.page.goto(twin.as_uri())
        found = Axe().run(reader.page, options={"resultTypes": ["violations"]}).response["violations"]
        assert [each["id"] for each in found if each["impact"] in {"serious", "critical"}] == []
        wide = reader.page.locator(".terms", has_text=long).first
        assert wide.evaluate("list => list.scrollWidth <= list.clientWidth && list.clientHeight > 40"), "it is in lines"
        reader.troubles.clear()


def test_words_that_are_looked_for_are_marked_in_the_article(reader: Window) -> None:
    reader.article(q="柳钢 steel")
    card = reader.page.locator("article.unit").first
    expect(card.locator(".source .looked-for").first).to_have_text("柳鋼")
    reader.article(q="廣西")
    expect(reader.page.locator(".others mark").first).to_have_text("广西")
